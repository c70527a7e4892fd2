<?php
// laravel.php PORT REDIS_PREFIX CACHE_PREFIX ID put|get|lock: Laravel's own session over its own cache over phpredis.
// put stores, get prints, lock takes the lock of Route::block() and keeps it.
foreach (['Container', 'Config', 'Redis', 'Cache', 'Session'] as $part) {
    require_once "Illuminate/$part/autoload.php";
}
[, $port, $redisPrefix, $cachePrefix, $id, $what] = $argv;
$app = new Illuminate\Container\Container;
$redis = [
    'client' => 'phpredis',
    'options' => ['prefix' => $redisPrefix],
    'default' => ['host' => '127.0.0.1', 'port' => (int) $port, 'database' => 0],
];
$app['config'] = new Illuminate\Config\Repository([
    'database' => ['redis' => $redis],
    'cache' => [
        'default' => 'redis',
        'stores' => ['redis' => ['driver' => 'redis', 'connection' => 'default', 'lock_connection' => 'default']],
        'prefix' => $cachePrefix,
    ],
    'session' => ['driver' => 'redis', 'lifetime' => 120, 'cookie' => 'laravel_session', 'connection' => null, 'encrypt' => false],
]);
$app['redis'] = new Illuminate\Redis\RedisManager($app, 'phpredis', $redis);
$app['cache'] = new Illuminate\Cache\CacheManager($app);
if ($what === 'lock') {
    // As StartSession::handleRequestWhileBlocking does.
    echo json_encode($app['cache']->driver(null)->lock('session:' . $id, 30)->get());
    exit;
}
$session = (new Illuminate\Session\SessionManager($app))->driver();
$session->setId($id);
$session->start();
if ($what === 'put') {
    $session->put('user', 'anna');
    $session->save();
}
echo json_encode([$session->getId() === $id, $session->get('user'), $session->get('n')]);
