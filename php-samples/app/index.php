<?php
// A shop in one page: log in, count visits, fill a cart, log out. Everything lives in the session.
// ?do=login&user=NAME   ?do=add&item=NAME   ?do=logout   (nothing: just look)
declare(strict_types=1);

session_start();
$do = $_GET['do'] ?? '';
if ($do === 'login') {
    session_regenerate_id(true);
    $_SESSION['user'] = (string) ($_GET['user'] ?? 'guest');
} elseif ($do === 'add') {
    $_SESSION['cart'][] = (string) ($_GET['item'] ?? 'something');
} elseif ($do === 'logout') {
    session_unset();
    session_destroy();
}
if ($do !== 'logout') {
    $_SESSION['visits'] = ($_SESSION['visits'] ?? 0) + 1;
}

header('Content-Type: application/json');
echo json_encode([
    'node' => getenv('NODE') ?: gethostname(),
    'user' => $_SESSION['user'] ?? null,
    'visits' => $_SESSION['visits'] ?? 0,
    'cart' => $_SESSION['cart'] ?? [],
]), "\n";
