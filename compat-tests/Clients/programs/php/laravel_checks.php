<?php
// Laravel's cache, locks, queue and session handler against one server: laravel_checks.php PORT CLIENT, where CLIENT is
// phpredis or predis.
require __DIR__ . '/checks.php';
foreach (['Redis', 'Cache', 'Queue', 'Session', 'Config', 'Container'] as $part) {
    require_once "Illuminate/$part/autoload.php";
}
require_once 'Predis/autoload.php';

use Illuminate\Cache\RedisStore;
use Illuminate\Cache\Repository;
use Illuminate\Container\Container;
use Illuminate\Queue\LuaScripts;
use Illuminate\Queue\RedisQueue;
use Illuminate\Redis\RedisManager;
use Illuminate\Session\CacheBasedSessionHandler;
use Illuminate\Session\Store;

$redis = new RedisManager(new Container(), $argv[2], [
    'options' => ['prefix' => 'app:'],
    'default' => ['host' => '127.0.0.1', 'port' => (int) $argv[1], 'database' => 0],
]);
$redis->connection()->flushdb();
$store = new RedisStore($redis, 'cache:', 'default');
$store->setLockConnection('default');

check('values of the cache', function () use ($store) {
    same(true, $store->put('a', ['b' => 1], 60));
    same(['b' => 1], $store->get('a'));
    same(null, $store->get('none'));
    same(true, $store->forever('n', 5));
    same(7, (int) $store->increment('n', 2));
    same(['a' => ['b' => 1], 'none' => null], $store->many(['a', 'none']));
    same(true, $store->forget('a'));
    same(null, $store->get('a'));
});

check('a value is added once', function () use ($store) {
    same(true, (bool) $store->add('once', 'first', 60));
    same(false, (bool) $store->add('once', 'second', 60));
    same('first', $store->get('once'));
});

check('a lock is released by its owner only', function () use ($store) {
    $mine = $store->lock('job', 60, 'me');
    same(true, $mine->acquire());
    same(false, $store->lock('job', 60, 'you')->acquire());
    same(false, $store->lock('job', 60, 'you')->release());
    same(true, $mine->release());
    same(true, $store->lock('job', 60, 'you')->acquire());
    $store->lock('job')->forceRelease();
    same(true, $mine->acquire());
});

check('tags', function () use ($store) {
    $tagged = (new Repository($store))->tags(['people']);
    $tagged->put('john', 1, 60);
    same(1, (int) $tagged->get('john'));
    $tagged->flush();
    same(null, $tagged->get('john'));
});

$queue = new RedisQueue($redis, 'default', 'default', 60);
$queue->setContainer(new Container());

check('a job is pushed, reserved, released and deleted', function () use ($queue, $redis) {
    $queue->pushRaw(json_encode(['id' => 'one', 'attempts' => 0, 'data' => [1.5, 'ü', null, true, []]]));
    same(1, $queue->size());
    $job = $queue->pop();
    same('one', $job->getJobId());
    same(1, $job->attempts());
    same(1, $queue->size());
    same(1, (int) $redis->connection()->zcard('queues:default:reserved'));
    $job->release(0);
    same(1, (int) $redis->connection()->zcard('queues:default:delayed'));
    $again = $queue->pop();
    same(2, $again->attempts());
    $again->delete();
    same(0, $queue->size());
    same(null, $queue->pop());
});

check('250 delayed jobs move when their time has come', function () use ($queue, $redis) {
    for ($i = 0; $i < 250; $i++) {
        $redis->connection()->zadd('queues:default:delayed', [json_encode(['id' => "$i", 'attempts' => 0]) => 1000 + $i]);
    }
    $seen = [];
    while ($job = $queue->pop()) {
        $seen[] = $job->getJobId();
        $job->delete();
    }
    same(array_map('strval', range(0, 249)), $seen);
    same(0, (int) $redis->connection()->llen('queues:default:notify'));
});

check('a queue is cleared', function () use ($queue, $redis) {
    foreach (['a', 'b'] as $id) {
        $queue->pushRaw(json_encode(['id' => $id, 'attempts' => 0]));
    }
    $redis->connection()->zadd('queues:default:delayed', [json_encode(['id' => 'c', 'attempts' => 0]) => time() + 100]);
    same(3, (int) $queue->clear('default'));
    same(0, $queue->size());
});

check('what the scripts of the queue answer', function () use ($redis) {
    $connection = $redis->connection();
    same(0, (int) $connection->eval(LuaScripts::size(), 3, 'x', 'y', 'z'));
    same(true, in_array($connection->eval(LuaScripts::push(), 2, 'x', 'n', 'job'), [null, false], true));
    same(1, (int) $connection->eval(LuaScripts::size(), 3, 'x', 'y', 'z'));
    same(1, (int) $connection->eval(LuaScripts::release(), 2, 'd', 'y', 'job', '12.5'));
    same('12.5', (string) $connection->zscore('d', 'job'));
    same(['job'], $connection->eval(LuaScripts::migrateExpiredJobs(), 3, 'd', 'x', 'n', '13'));
    same(['job', 'job'], $connection->lrange('x', 0, -1));
});

check('sessions in the cache', function () use ($store) {
    $handler = new CacheBasedSessionHandler(new Repository($store), 10);
    $session = new Store('laravel', $handler, str_repeat('s', 40));
    $session->start();
    $session->put('user', ['id' => 7]);
    $session->flash('notice', 'hello');
    $session->save();
    $second = new Store('laravel', $handler, str_repeat('s', 40));
    $second->start();
    same(['id' => 7], $second->get('user'));
    same('hello', $second->get('notice'));
    $second->invalidate();
    same('', $handler->read(str_repeat('s', 40)));
});

finish();
