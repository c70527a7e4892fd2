<?php
// Sessions of phpredis' rediscluster handler over a primary and its backup, which change their roles:
// cluster_checks.php PRIMARY BACKUP. Every page connects anew, to the one that was the backup first.
require __DIR__ . '/checks.php';
// A page has sent nothing yet when its session starts.
ob_start();
[, $primary, $backup] = $argv;
ini_set('session.use_cookies', '0');
ini_set('session.use_only_cookies', '0');
ini_set('session.cache_limiter', '');
ini_set('session.save_handler', 'rediscluster');
ini_set('session.save_path', "seed[]=127.0.0.1:$backup&seed[]=127.0.0.1:$primary&timeout=60&read_timeout=60");

function ask(string $port, string ...$words): mixed
{
    $redis = new Redis();
    $redis->connect('127.0.0.1', (int)$port, 60);
    return $redis->rawCommand(...$words);
}

check('every page counts one more, before and behind the change', function () use ($primary, $backup) {
    for ($page = 1; $page <= 6; $page++) {
        for ($visitor = 1; $visitor <= 40; $visitor++) {
            session_id("visitor-$visitor");
            same(true, session_start());
            $_SESSION['pages'] = ($_SESSION['pages'] ?? 0) + 1;
            same("$visitor: $page", "$visitor: " . $_SESSION['pages']);
            same(true, session_write_close());
        }
        if ($page == 3) {
            // What is behind is written and acknowledged before the roles change.
            for ($i = 0; $i < 1000 && ask($primary, 'ROLE')[1] > ask($backup, 'ROLE')[4]; $i++) {
                usleep(10000);
            }
            same(true, ask($backup, 'REPLICAOF', 'NO', 'ONE'));
            same(true, ask($primary, 'REPLICAOF', '127.0.0.1', $backup));
        }
    }
});
finish();
