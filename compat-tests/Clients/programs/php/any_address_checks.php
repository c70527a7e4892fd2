<?php
// Sessions of PHP's handlers over the addresses of a primary and of its backup, which forwards:
// any_address_checks.php PRIMARY BACKUP SESSIONS, ports that understand memcached and Redis. Every page connects anew.
require __DIR__ . '/checks.php';
// A page has sent nothing yet when its session starts.
ob_start();
[, $primary, $backup, $sessions] = $argv;
define('SESSIONS', (int)$sessions);
ini_set('default_socket_timeout', '60');
ini_set('memcached.sess_connect_timeout', '60000');
ini_set('session.use_cookies', '0');
ini_set('session.use_only_cookies', '0');
ini_set('session.cache_limiter', '');
ini_set('memcached.sess_lock_wait_min', '5');
ini_set('memcached.sess_lock_wait_max', '50');
ini_set('memcached.sess_lock_retries', '1000');

// A page of each visitor with each list of addresses, in turn: each counts on from the one before.
function visit(string $name, array $settings, string ...$paths): void
{
    foreach ($settings as $setting => $value) {
        ini_set($setting, $value);
    }
    for ($page = 1; $page <= count($paths) + 1; $page++) {
        ini_set('session.save_path', $paths[$page % count($paths)]);
        for ($visitor = 1; $visitor <= SESSIONS; $visitor++) {
            session_id("$name-$visitor");
            same(true, session_start());
            $_SESSION['pages'] = ($_SESSION['pages'] ?? 0) + 1;
            same("$visitor: $page", "$visitor: " . $_SESSION['pages']);
            same(true, session_write_close());
        }
    }
}

foreach (['1', '0'] as $binary) {
    check("php-memcached, binary=$binary", fn () => visit("memcached$binary",
        ['session.save_handler' => 'memcached', 'memcached.sess_binary_protocol' => $binary],
        "127.0.0.1:$backup", "127.0.0.1:$primary", "127.0.0.1:$primary,127.0.0.1:$backup",
        "127.0.0.1:$backup,127.0.0.1:$primary"));
}
check('php-memcached with replicas', fn () => visit('replicas',
    ['session.save_handler' => 'memcached', 'memcached.sess_binary_protocol' => '1',
        'memcached.sess_number_of_replicas' => '1', 'memcached.sess_consistent_hash' => '1'],
    "127.0.0.1:$primary,127.0.0.1:$backup", "127.0.0.1:$backup,127.0.0.1:$primary"));
// A server that does not answer within a second is left out for a quarter of a minute, unless more time is given.
[$one, $two] = ["tcp://127.0.0.1:$primary?timeout=60", "tcp://127.0.0.1:$backup?timeout=60"];
foreach (['ascii', 'binary'] as $protocol) {
    check("pecl-memcache, $protocol", fn () => visit("memcache$protocol",
        ['session.save_handler' => 'memcache', 'memcache.protocol' => $protocol, 'memcache.session_redundancy' => '3',
            'memcache.allow_failover' => '1'],
        "$one,$two", "$two,$one", $two));
}
check('phpredis', fn () => visit('redis', ['session.save_handler' => 'redis', 'redis.session.locking_enabled' => '1'],
    "tcp://127.0.0.1:$primary,tcp://127.0.0.1:$backup", "tcp://127.0.0.1:$backup,tcp://127.0.0.1:$primary",
    "tcp://127.0.0.1:$backup"));
finish();
