<?php
// Symfony's lock store and session handler against one server: symfony_checks.php PORT CLIENT, where CLIENT is phpredis
// or predis.
require __DIR__ . '/checks.php';
require_once 'Symfony/Component/Lock/autoload.php';
require_once 'Symfony/Component/HttpFoundation/autoload.php';
require_once 'Predis/autoload.php';

use Symfony\Component\HttpFoundation\Session\Storage\Handler\RedisSessionHandler;
use Symfony\Component\Lock\LockFactory;
use Symfony\Component\Lock\Store\RedisStore;

if ($argv[2] === 'predis') {
    $redis = new Predis\Client(['host' => '127.0.0.1', 'port' => (int) $argv[1]]);
} else {
    $redis = new Redis();
    $redis->connect('127.0.0.1', (int) $argv[1]);
}
$redis->flushdb();
$factory = new LockFactory(new RedisStore($redis));

check('a lock has one owner', function () use ($factory) {
    $mine = $factory->createLock('invoice', 60, false);
    same(true, $mine->acquire());
    same(true, $mine->isAcquired());
    same(false, $factory->createLock('invoice', 60, false)->acquire());
    $mine->release();
    same(false, $mine->isAcquired());
    same(true, $factory->createLock('invoice', 60, false)->acquire());
});

check('a lock is taken again and refreshed by its owner', function () use ($factory) {
    $mine = $factory->createLock('report', 60, false);
    same(true, $mine->acquire());
    same(true, $mine->acquire());
    $mine->refresh(600);
    same(true, $mine->getRemainingLifetime() > 500);
    $mine->release();
});

check('readers share a lock, a writer has it alone', function () use ($factory) {
    $one = $factory->createLock('book', 60, false);
    $two = $factory->createLock('book', 60, false);
    $writer = $factory->createLock('book', 60, false);
    same(true, $one->acquireRead());
    same(true, $two->acquireRead());
    same(false, $writer->acquire());
    $one->release();
    same(false, $writer->acquire());
    $two->release();
    same(true, $writer->acquire());
    same(false, $one->acquireRead());
    $writer->release();
});

check('a reader becomes the writer and a reader again', function () use ($factory) {
    $lock = $factory->createLock('page', 60, false);
    same(true, $lock->acquireRead());
    same(true, $lock->acquire());
    same(false, $factory->createLock('page', 60, false)->acquireRead());
    same(true, $lock->acquireRead());
    same(true, $factory->createLock('page', 60, false)->acquireRead());
});

check('a lock whose time is over is free', function () use ($factory, $redis) {
    $mine = $factory->createLock('short', 60, false);
    same(true, $mine->acquire());
    $redis->pexpire('short', 1);
    for ($i = 0; $i < 3000 && $redis->exists('short'); $i++) {
        usleep(10000);
    }
    same(false, $mine->isAcquired());
    same(true, $factory->createLock('short', 60, false)->acquire());
});

check('sessions', function () use ($redis) {
    $handler = new RedisSessionHandler($redis, ['prefix' => 'sf_', 'ttl' => 600]);
    $handler->open('', 'PHPSESSID');
    same('', $handler->read('abc'));
    same(true, $handler->write('abc', 'user|i:7;'));
    same('user|i:7;', $handler->read('abc'));
    same(true, $handler->validateId('abc'));
    same(true, $handler->updateTimestamp('abc', 'user|i:7;'));
    same(true, $handler->destroy('abc'));
    same('', (new RedisSessionHandler($redis, ['prefix' => 'sf_']))->read('abc'));
});

finish();
