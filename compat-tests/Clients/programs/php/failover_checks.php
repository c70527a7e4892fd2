<?php
// A session of phpredis' handler through an agent while the primary dies: failover_checks.php PORT PID, where PID is the
// primary's. Every page connects anew, as pages do.
require __DIR__ . '/checks.php';
[, $port, $primary] = $argv;
ini_set('default_socket_timeout', '90');
ini_set('session.use_cookies', '0');
ini_set('session.use_only_cookies', '0');
ini_set('session.cache_limiter', '');
ini_set('session.save_handler', 'redis');
ini_set('session.save_path', "tcp://127.0.0.1:$port");

// Sentinels that find their own clock late do nothing for half a minute, and may do so again; a request that was refused
// was not executed.
function start(): void
{
    for ($attempt = 1; ; $attempt++) {
        try {
            session_start();
            return;
        } catch (RedisException $refused) {
            if ($attempt == 5 || !str_starts_with($refused->getMessage(), 'MASTERDOWN')) {
                throw $refused;
            }
            session_abort();
        }
    }
}

check('every page counts one more', function () use ($port, $primary) {
    for ($page = 1; $page <= 40; $page++) {
        session_id('visitor');
        start();
        $_SESSION['pages'] = ($_SESSION['pages'] ?? 0) + 1;
        same($page, $_SESSION['pages']);
        same(true, session_write_close());
        if ($page == 20) {
            // Whatever the backup has not got, a Redis loses with its primary.
            $redis = new Redis();
            $redis->connect('127.0.0.1', (int)$port);
            $redis->set('mark', '1');
            same(1, $redis->rawCommand('WAIT', 1, 60000));
            // What is sent to a process while it dies may have been executed: nothing is sent before it is dead, with
            // all of its threads, which share its sockets.
            exec("kill -9 $primary");
            while (($stat = @file_get_contents("/proc/$primary/stat")) !== false
                && (!str_contains($stat, ') Z ') || count(glob("/proc/$primary/task/*")) > 1)) {
                usleep(5000);
            }
        }
    }
});
finish();
