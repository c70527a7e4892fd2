<?php
// The PHP side: opens the session, does what `do` says, closes it and tells what it holds.
declare(strict_types=1);

enum Level: string
{
    case Gold = 'gold';
}

class User
{
    public ?User $friend = null;
    protected array $roles = ['admin'];
    private string $secret = "\0bytes\xff";

    public function __construct(public string $name, public Level $level)
    {
    }
}

/** Objects, enums, references and everything else that another stack must not touch. */
function treasures(): array
{
    $anna = new User('anna', Level::Gold);
    $anna->friend = new User('bert', Level::Gold);
    $anna->friend->friend = $anna;
    $list = [1, 2.5, null, true, "x|y;\"", ['deep' => ['er' => PHP_INT_MIN]]];
    $treasures = ['anna' => $anna, 'same' => $anna, 'level' => Level::Gold, 'list' => $list, 'copy' => $list,
        'date' => new ArrayObject(['a' => 1]), 'std' => (object) ['p' => 1, 'q' => null]];
    $treasures['one'] = 1;
    $treasures['two'] = &$treasures['one'];
    $treasures['ring'] = ['self' => null];
    $treasures['ring']['friend'] = &$treasures['anna']->friend;
    return $treasures;
}

$problems = [];
set_error_handler(static function (int $level, string $message) use (&$problems): bool {
    $problems[] = $message;
    return true;
});

session_start();
$do = $_GET['do'] ?? '';
$answer = [];
switch ($do) {
    case 'count':
        $_SESSION['n'] = ($_SESSION['n'] ?? 0) + 1;
        break;
    case 'set':
        $_SESSION[$_GET['name']] = $_GET['value'];
        break;
    case 'append':
        $_SESSION[$_GET['name']][] = $_GET['value'];
        break;
    case 'logout':
        session_destroy();
        $_SESSION = [];
        break;
    case 'bury':
        foreach (treasures() as $name => &$value) {
            $_SESSION[$name] = &$value;
        }
        unset($value);
        break;
    case 'dig':
        // What .NET added goes; what is left must be what PHP itself would write for what it buried.
        unset($_SESSION['net']);
        $answer['encoded'] = base64_encode(session_encode());
        $answer['friends'] = $_SESSION['anna']->friend->friend === $_SESSION['anna'] && $_SESSION['same'] === $_SESSION['anna'];
        $_SESSION['two'] = 7;
        $answer['linked'] = $_SESSION['one'] === 7;
        $_SESSION['two'] = 1;
        $answer['gold'] = $_SESSION['level'] === Level::Gold && $_SESSION['anna']->level === Level::Gold;
        break;
    case 'encode':
        $answer['encoded'] = base64_encode(session_encode());
        break;
}
$answer['sid'] = session_id();
if (session_status() === PHP_SESSION_ACTIVE && !session_write_close()) {
    $problems[] = 'not written';
}
header('Content-Type: application/json');
$scalars = array_filter($_SESSION, static fn ($value): bool => !is_object($value) && !is_float($value));
echo json_encode($answer + ['session' => (object) $scalars, 'problems' => $problems], JSON_PARTIAL_OUTPUT_ON_ERROR);
