<?php
// The same store through the API of an extension: api.php?api=memcache|memcached&port=N[&binary=1]&do=...
declare(strict_types=1);
require __DIR__ . '/bootstrap.php';

function client(): Memcache|Memcached
{
    if ($_GET['api'] === 'memcache') {
        // its protocol is a setting: memcache.protocol
        $client = new Memcache();
    } else {
        $client = new Memcached();
        $client->setOption(Memcached::OPT_BINARY_PROTOCOL, (bool) ($_GET['binary'] ?? false));
    }
    if ($client instanceof Memcache) {
        // not persistent: it remembers for 15 s that a server was "broken"
        $client->addServer('127.0.0.1', (int) $_GET['port'], false);
    } else {
        $client->addServer('127.0.0.1', (int) $_GET['port']);
    }
    return $client;
}

/** set(), replace()... of pecl-memcache have the flags before the lifetime. */
function store(Memcache|Memcached $client, string $verb, string $key, mixed $value, int $lifetime = 0): bool
{
    return $client instanceof Memcache
        ? $client->$verb($key, $value, 0, $lifetime)
        : $client->$verb($key, $value, $lifetime);
}

/** One value of each kind that the extensions tell apart by the flags. */
function samples(): array
{
    return [
        'int' => 42,
        'float' => 1.5,
        'true' => true,
        'text' => 'grün',
        'bytes' => "\x00\r\n\xff",
        'empty' => '',
        'array' => ['a' => 1, 'b' => [true, null]],
        'long' => str_repeat('session ', 20000),
    ];
}

/** The calls that applications use, with what each returns. */
function tour(Memcache|Memcached $client, string $key): array
{
    $results = [];
    $results['miss'] = $client->get($key);
    $results['add'] = store($client, 'add', $key, '1', 60);
    $results['add again'] = store($client, 'add', $key, '2', 60);
    $results['replace'] = store($client, 'replace', $key, '5', 60);
    $results['increment'] = $client->increment($key, 10);
    $results['decrement'] = $client->decrement($key, 100);
    $results['increment nothing'] = $client->increment("$key.none", 1);
    $results['set'] = store($client, 'set', $key, 'one', 60);
    $results['get several'] = $client instanceof Memcached
        ? $client->getMulti([$key, "$key.none"])
        : $client->get([$key, "$key.none"]);
    $results['get several'] = array_values($results['get several']);
    $results['delete'] = $client->delete($key);
    $results['delete again'] = $client->delete($key);
    if ($client instanceof Memcached) {
        $client->set($key, 'one', 60);
        $results['touch'] = $client->touch($key, 120);
        $results['touch nothing'] = $client->touch("$key.none", 120);
        $cas = $client->get($key, null, Memcached::GET_EXTENDED)['cas'];
        $results['cas'] = $client->cas($cas, $key, 'two', 60);
        $results['cas again'] = $client->cas($cas, $key, 'three', 60);
        $results['after cas'] = $client->get($key);
        $results['set several'] = $client->setMulti(["$key.1" => 'a', "$key.2" => 'b'], 60);
        $results['delete several'] = $client->deleteMulti(["$key.1", "$key.2"]) === ["$key.1" => true, "$key.2" => true];
    }
    // At the end: with its binary protocol pecl-memcache takes the answer for a broken server.
    $results['replace nothing'] = store($client, 'replace', "$key.none", '5', 60);
    return $results;
}

$client = client();
$key = $_GET['key'] ?? '';
switch ($_GET['do']) {
    case 'session':
        session_start();
        $_SESSION['user'] = 'alice';
        if (isset($_GET['fill'])) {
            $_SESSION['fill'] = str_repeat('x', (int) $_GET['fill']);
        }
        $encoded = session_encode();
        session_write_close();
        answer(['sid' => session_id(), 'values' => ['same' => $client->get($_GET['prefix'] . session_id()) === $encoded]]);
    case 'store':
        foreach (samples() as $name => $value) {
            $values[$name] = store($client, 'set', "$key.$name", $value, 60);
        }
        answer(['values' => $values]);
    case 'load':
        foreach (samples() as $name => $value) {
            $values[$name] = $client->get("$key.$name") === $value;
        }
        answer(['values' => $values]);
    case 'tour':
        answer(['values' => tour($client, $key)]);
}
