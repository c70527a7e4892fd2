<?php
// Named checks: every one is run, every failure is printed, the exit code tells whether all passed.
error_reporting(E_ALL & ~E_DEPRECATED);
$passed = $failed = 0;

function check(string $name, callable $body): void
{
    global $passed, $failed;
    try {
        $body();
        $passed++;
        echo "ok $name\n";
    } catch (Throwable $error) {
        $failed++;
        echo "FAIL $name: ", get_class($error), ': ', $error->getMessage(), "\n";
    }
}

function same($expected, $actual): void
{
    if ($expected !== $actual) {
        throw new Exception('expected ' . var_export($expected, true) . ', got ' . var_export($actual, true));
    }
}

function finish(): void
{
    global $passed, $failed;
    echo "$passed passed, $failed failed\n";
    exit($failed || !$passed ? 1 : 0);
}
