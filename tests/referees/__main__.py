"""Runs a referee by name; without one, or with a wrong one, says which there are.

    python tests/referees [NAME [OPTIONS]]

Needs an environment with ragtool (`python scripts/test.py` makes one in .venv-test). Exit status 0 where the referee
found nothing, 1 where it found something, and 2 where there is no referee of that name or it has no such option.
"""

import sys
from importlib import import_module
from pathlib import Path

REFEREES = {
    "at_once": "two commands at once, or a file that appears where one writes: nothing lost or replaced",
    "compare_rules": "ragtool's rating rules against an independent oracle, over generated cases",
    "failing_drive": "each command with the drive failing at each operation: all outputs are in or none",
    "fuzz": "broken and odd returns, each read and rated without harm",
    "fuzz_plans": "broken and odd plans and previous reports, each given to the commands without harm",
    "hostile": "files made to take time or memory, each by name, read or refused within what is promised",
    "killed": "each command killed at random moments: every output whole, and the next run makes all right",
    "simulate": "years of quarters through the commands, each report against books kept by hand",
}
"""Each referee's module in this folder, whose `main` takes the options and gives the exit status, and what it holds."""


def main(arguments: list[str]) -> int:
    """Runs the referee named first with the options after it."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(listed())
        return 0
    name, *options = arguments
    if name not in REFEREES:
        print(f"There is no referee {name}.\n\n{listed()}", file=sys.stderr)
        return 2
    status: int = import_module(f"referees.{name}").main(options)
    return status


def listed() -> str:
    """How a referee is run, and a line for each."""
    widest = max(map(len, REFEREES))
    lines = [f"  {name:{widest}}  {what}" for name, what in REFEREES.items()]
    return "\n".join(
        ["python tests/referees NAME [OPTIONS], where NAME is one of", *lines, "NAME --help has its options."]
    )


if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # where the package lies, rather than what lies in it
    sys.exit(main(sys.argv[1:]))
