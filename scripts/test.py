"""Checks the code as a contributor should before handing it in: python scripts/test.py [arguments for pytest]

Makes a virtual environment in .venv-test with ragtool (as it stands in this checkout) and the tools, and runs
ruff check, ruff format --check, mypy, codespell, vulture and pytest: all of them, also where one fails.
"""

import environment

CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "spelling": ["codespell_lib"],
    "what nothing uses": ["vulture"],
    "pytest": ["pytest"],
}


def test(arguments: "list[str]") -> int:
    """Sets up, runs every check, `arguments` going to pytest, and gives 1 where one failed."""
    folder = environment.ROOT / ".venv-test"
    environment.prepare(folder, extra="test", editable=True)
    failed = []
    for name, command in CHECKS.items():
        environment.say(f"{name} ...")
        more = arguments if name == "pytest" else []
        if environment.show([str(environment.program(folder, "python")), "-m", *command, *more]):
            failed.append(name)
    environment.say(closing_sentence(failed), error=bool(failed))
    return 1 if failed else 0


def closing_sentence(failed: "list[str]") -> str:
    """Says which of the checks failed, in the order they ran."""
    if not failed:
        return "All is well: " + listed(list(CHECKS)) + " found nothing wrong."
    return "Not yet: " + listed(failed) + " failed; see above."


def listed(names: "list[str]") -> str:
    """The names as a sentence has them: a, b and c."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


if __name__ == "__main__":
    environment.run_script(test)
