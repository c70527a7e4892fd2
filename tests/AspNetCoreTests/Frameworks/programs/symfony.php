<?php
// symfony.php PORT HANDLER PREFIX ID put|get: Symfony's own session over its own handler (redis), or over PHP's (phpredis).
require_once 'Symfony/Component/HttpFoundation/autoload.php';
use Symfony\Component\HttpFoundation\Session\Session;
use Symfony\Component\HttpFoundation\Session\Storage\Handler\SessionHandlerFactory;
use Symfony\Component\HttpFoundation\Session\Storage\Handler\RedisSessionHandler;
use Symfony\Component\HttpFoundation\Session\Storage\NativeSessionStorage;

[, $port, $handler, $prefix, $id, $what] = $argv;
ob_start();
$options = ['use_cookies' => 0, 'cache_limiter' => '', 'gc_maxlifetime' => 1440, 'serialize_handler' => 'php',
    'use_strict_mode' => 0]; // The test names the id of a session that is not there yet.
if ($handler === 'redis') {
    $redis = new Redis;
    $redis->connect('127.0.0.1', (int) $port);
    // The factory's choice for handler_id: 'redis://…' without ?prefix=; the constructor's own option with it.
    $save = $prefix === '' ? SessionHandlerFactory::createHandler($redis) : new RedisSessionHandler($redis, ['prefix' => $prefix]);
} else {
    ini_set('session.save_handler', 'redis');
    ini_set('session.save_path', "tcp://127.0.0.1:$port" . ($prefix === '' ? '' : '?prefix=' . urlencode($prefix)));
    $save = null;
}
$session = new Session(new NativeSessionStorage($options, $save));
$session->setId($id);
$session->start();
if ($what === 'put') {
    $session->set('user', 'anna');
}
$seen = json_encode([$session->getId() === $id, $session->get('user'), $session->get('n')]);
$session->save();
ob_end_clean();
echo $seen;
