<?php
// Reads lines of "handler base64" and answers each with a JSON line: whether session_decode() accepts the bytes, what
// serialize() makes of the session then (base64), and what session_encode() writes of it (base64).
namespace App\Model {
    enum Suit: string { case Hearts = 'h'; case Spades = 's'; }
    enum Level { case Low; case High; }
}
namespace {
    ob_start();
    error_reporting(0);
    class OldSer implements Serializable {
        public $p;
        function serialize() { return $this->p; }
        function unserialize($s) { $this->p = $s; }
    }
    class BothSer implements Serializable {
        public $d;
        function serialize() { return ''; }
        function unserialize($s) {}
        function __serialize(): array { return ['d' => $this->d]; }
        function __unserialize(array $d): void { $this->d = $d['d'] ?? null; }
    }
    class Modern {
        private $all;
        function __serialize(): array { return $this->all; }
        function __unserialize(array $d): void { $this->all = $d; }
    }
    ini_set('session.use_cookies', '0');
    ini_set('session.cache_limiter', '');
    ini_set('session.use_strict_mode', '0');
    ini_set('session.save_path', $argv[1]);
    ini_set('memory_limit', '1G');
    $out = fopen($argv[3], 'w');
    foreach (new SplFileObject($argv[2]) as $line) {
        if (trim($line) === '') {
            continue;
        }
        [$handler, $bytes] = explode(' ', trim($line)) + [1 => ''];
        ini_set('session.serialize_handler', $handler);
        session_id('oracle');
        session_start();
        $_SESSION = [];
        $answer = ['ok' => false];
        try {
            $answer['ok'] = session_decode(base64_decode($bytes));
            if ($answer['ok']) {
                $answer['value'] = base64_encode(serialize($_SESSION));
                $encoded = session_encode();
                $answer['encoded'] = $encoded === false ? null : base64_encode($encoded);
            }
        } catch (Throwable $refused) {
            $answer = ['ok' => false, 'error' => $refused->getMessage()];
        }
        fwrite($out, json_encode($answer) . "\n");
        $_SESSION = [];
        if (session_status() === PHP_SESSION_ACTIVE) {
            session_destroy();
        }
    }
}
