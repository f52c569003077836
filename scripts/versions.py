"""Tries ragtool with other versions than those of constraints.txt: python scripts/versions.py [for pytest]

Builds the sdist, and the wheel from it, and then, in a virtual environment each: the oldest version of every
dependency that pyproject.toml allows, and every other Python that is here with the newest. Each installs the wheel,
writes the sample quarter from a folder of its own, and runs the tests of what the libraries do.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import environment

NEWEST_PYTHON = 20
TESTED = (
    "tests/rules",
    "tests/samples",
    "tests/sheets",
    "tests/workbooks/test_whole_files.py",
    "tests/commands/test_api.py",
)
SAME_BYTES = "committed"
"""What the tests are called that hold with one set of versions alone."""
TOOLS = ("pytest", "pytest-xdist", "hypothesis")


def try_versions(arguments: list[str]) -> int:
    """Tries each set of versions, and gives 1 where one failed."""
    with tempfile.TemporaryDirectory(prefix="ragtool versions ") as made:
        home = Path(made)
        wheel = built_wheel(home)
        oldest = home / "oldest.txt"
        oldest.write_text("\n".join(oldest_allowed()), encoding="utf-8")
        ways = [("the oldest dependencies", sys.executable, oldest)]
        ways += [(name, python, environment.ROOT / "constraints.txt") for name, python in other_pythons()]
        failed = [name for name, python, versions in ways if not tried(home, name, python, wheel, versions, arguments)]
    environment.say(
        f"Failed with {', '.join(failed)}." if failed else f"All is well with {len(ways)} sets of versions."
    )
    return 1 if failed else 0


def built_wheel(home: Path) -> Path:
    """The wheel, made from the sdist as an installer makes it."""
    environment.say("Building the sdist and the wheel ...")
    environment.make(home / "build")
    python = str(environment.program(home / "build", "python"))
    environment.install(home / "build", ["build"])
    environment.run([python, "-I", "-m", "build", "--outdir", str(home / "dist"), str(environment.ROOT)])
    (wheel,) = (home / "dist").glob("*.whl")
    return wheel


def oldest_allowed() -> Iterator[str]:
    """The dependencies, each in the oldest version that pyproject.toml allows."""
    project = tomllib.loads((environment.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in project["dependencies"]:
        name, _, versions = requirement.partition(">=")
        yield f"{name}=={versions.partition(',')[0]}"


def other_pythons() -> Iterator[tuple[str, str]]:
    """The Pythons that ragtool works with and that can be found here, but for the one that runs this."""
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for minor in range(environment.OLDEST_PYTHON[1], NEWEST_PYTHON):
        name = f"python3.{minor}"
        places = [shutil.which(name), *map(str, sorted(versions.glob(f"3.{minor}.*/bin/{name}")))]
        working = next((place for place in places if place and runs(place)), None)
        if working and minor != sys.version_info.minor:
            yield f"Python 3.{minor}", working


def runs(python: str) -> bool:
    """Whether a Python is there and can make environments: pyenv leaves a command for each that it doesn't run."""
    return not subprocess.run([python, "-c", "import venv, ensurepip"], capture_output=True, check=False).returncode


def tried(home: Path, name: str, python: str, wheel: Path, versions: Path, arguments: list[str]) -> bool:
    """Whether ragtool installs, runs and passes its tests with a Python and the versions that a file names."""
    environment.say(f"{name} ...")
    folder = home / name.replace(" ", "-")
    environment.run([python, "-I", "-X", "utf8", "-m", "venv", str(folder)])
    own = str(environment.program(folder, "python"))
    environment.run([own, "-I", "-m", "pip", "install", "--constraint", str(versions), str(wheel), *TOOLS])
    away = home / f"away {name}"
    away.mkdir()
    written = subprocess.run([str(environment.program(folder, "ragtool")), "demo"], cwd=away, check=False)
    tests = [own, "-P", "-m", "pytest", "-p", "no:cacheprovider", "-k", f"not {SAME_BYTES}", *TESTED]
    return written.returncode == 0 and environment.show([*tests, *arguments]) == 0


if __name__ == "__main__":
    environment.run_script(try_versions)
