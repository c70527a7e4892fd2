<?php
// Decodes and encodes one session again and again, for SessionThroughput. Each line of stdin is "decode MILLISECONDS" or
// "encode MILLISECONDS"; the answer is "OPERATIONS NANOSECONDS".
ob_start();
ini_set('session.use_cookies', '0');
ini_set('session.cache_limiter', '');
ini_set('session.save_path', $argv[3]);
ini_set('session.serialize_handler', $argv[1]);
$bytes = file_get_contents($argv[2]);
session_id('throughput');
session_start();
if (!session_decode($bytes) || session_encode() !== $bytes) {
    fwrite(STDOUT, "PHP does not read and write these bytes\n");
    exit(1);
}

while (($line = fgets(STDIN)) !== false) {
    [$what, $milliseconds] = explode(' ', trim($line));
    $operations = 0;
    $start = hrtime(true);
    $end = $start + (int)$milliseconds * 1000000;
    do {
        if ($what === 'decode') {
            for ($i = 0; $i < 20; $i++) {
                $_SESSION = [];
                session_decode($bytes);
            }
        } else {
            for ($i = 0; $i < 20; $i++) {
                session_encode();
            }
        }
        $operations += 20;
        $now = hrtime(true);
    } while ($now < $end);
    ob_end_clean();
    fwrite(STDOUT, $operations . ' ' . ($now - $start) . "\n");
    ob_start();
}
$_SESSION = [];
session_destroy();
