<?php
// One page of an application: opens the session, does what `do` says, closes it and tells what it saw.
declare(strict_types=1);
require __DIR__ . '/bootstrap.php';

$do = $_GET['do'] ?? 'show';
$fields = ['started' => session_start($do === 'peek' ? ['read_and_close' => true] : [])];
$seen = $_SESSION ?? [];

switch ($do) {
    case 'show':
    case 'peek':
        break;
    case 'login':
        $_SESSION['user'] = $_GET['user'];
        break;
    case 'count':
        $n = $_SESSION['n'] ?? 0;
        usleep(1000 * (int) ($_GET['hold'] ?? 0));
        $_SESSION['n'] = $n + 1;
        break;
    case 'fill':
        // random: must not shrink when a handler compresses it
        $length = (int) $_GET['length'];
        $_SESSION['blob'] = ($_GET['of'] ?? 'random') === 'random' ? random_bytes($length) : str_repeat('x', $length);
        break;
    case 'abort':
        $_SESSION['user'] = 'aborted';
        session_abort();
        break;
    case 'regenerate':
        $fields['result'] = session_regenerate_id((bool) ($_GET['delete'] ?? false));
        break;
    case 'destroy':
        $fields['result'] = session_destroy();
        break;
    case 'twice':
        // Two sessions opened in one request: what a persistent connection is reused for.
        $_SESSION['n'] = ($_SESSION['n'] ?? 0) + 1;
        session_write_close();
        session_start();
        $_SESSION['n']++;
        break;
    default:
        http_response_code(404);
}

$fields['sid'] = session_id();
if (session_status() === PHP_SESSION_ACTIVE) {
    $fields['encoded'] = base64_encode((string) session_encode());
    $fields['closed'] = session_write_close();
}
$data = $_SESSION ?? [];
if (isset($data['blob'])) {
    $data['blob'] = sha1($data['blob']);
}
if (isset($seen['blob'])) {
    $seen['blob'] = sha1($seen['blob']);
}
answer($fields + ['seen' => (object) $seen, 'data' => (object) $data]);
