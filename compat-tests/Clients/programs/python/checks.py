"""Named checks: every one is run, every failure is printed, the exit code tells whether all passed."""

import sys
import traceback

_checks = []


def check(name):
    """Registers a function as a check."""
    def register(function):
        _checks.append((name, function))
        return function
    return register


def same(expected, actual):
    if expected != actual:
        raise AssertionError(f"expected {expected!r:.200}, got {actual!r:.200}")


def run(*arguments):
    """Runs all checks with the same arguments and ends the program."""
    failed = 0
    for name, function in _checks:
        try:
            function(*arguments)
            print(f"ok {name}")
        except Exception as error:  # a check may fail in any way
            failed += 1
            print(f"FAIL {name}: {type(error).__name__}: {error}")
            traceback.print_exc(file=sys.stderr)
    print(f"{len(_checks) - failed} passed, {failed} failed")
    sys.exit(1 if failed or not _checks else 0)
