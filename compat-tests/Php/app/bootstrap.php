<?php
// Common to all pages: settings of one request, and an answer that tells everything.
declare(strict_types=1);

/** Warnings of the handlers become part of the answer: they are what a user would find in the log. */
$problems = [];
set_error_handler(static function (int $level, string $message) use (&$problems): bool {
    // pecl-memcache itself is outdated for PHP 8.2; that says nothing about the server.
    if ($level !== E_DEPRECATED) {
        $problems[] = $message;
    }
    return true;
});

// Settings for this request only, as an application gives them with ini_set() before session_start().
foreach (json_decode($_SERVER['HTTP_X_INI'] ?? '{}', true, 2, JSON_THROW_ON_ERROR) as $name => $value) {
    if (ini_set($name, $value) === false) {
        $problems[] = "cannot set $name";
    }
}

/** Ends the request with a JSON document. */
function answer(array $fields): never
{
    global $problems;
    header('Content-Type: application/json');
    $fields += ['node' => (int) $_SERVER['SERVER_PORT'], 'pid' => getmypid(), 'problems' => $problems];
    echo json_encode($fields, JSON_THROW_ON_ERROR);
    exit;
}

/** An exception of a handler ends the page; the answer names it. */
set_exception_handler(static function (Throwable $error): void {
    answer(['exception' => get_class($error) . ': ' . $error->getMessage()]);
});
