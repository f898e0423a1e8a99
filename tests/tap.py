"""Cases in Python as the build understands them: each function is one, its first doc line says what it proves."""

import sys
import traceback


class Skip(Exception):
    """Raised where a case can't be run here; says why."""


def run(*cases):
    """Runs the cases in order and prints TAP; ends the program with 1 where one fails."""
    print(f"1..{len(cases)}")
    failed = 0
    for number, case in enumerate(cases, 1):
        name = (case.__doc__ or case.__name__).strip().splitlines()[0].rstrip(".")
        try:
            case()
        except Skip as why:
            print(f"ok {number} - {name} # SKIP {why}")
        except Exception:  # a failed case is reported, whatever it raised
            failed += 1
            print(f"not ok {number} - {name}")
            print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), end="")
        else:
            print(f"ok {number} - {name}")
        sys.stdout.flush()
    sys.exit(1 if failed else 0)
