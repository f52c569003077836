"""The virtual environments that demo.py, test.py and benchmark.py make for themselves inside the checkout.

Standard library only. This file, demo.py and test.py keep to what Python 3.6 can read (annotations such as
`list[str]` stand in quotes; no `match`, no `:=`), so that a Python too old for ragtool gets as far as the sentence
that says so, and not a SyntaxError.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Callable, Mapping, NoReturn, Optional

OLDEST_PYTHON = (3, 11)
WINDOWS = os.name == "nt"

# Not Path.resolve(): it turns a mapped network drive into \\server\share, which some programs can't start in.
ROOT = Path(os.path.abspath(__file__)).parent.parent  # noqa: PTH100

STAMP = "ragtool-environment.txt"  # written last, so an environment that has none was never finished

# pip's own settings in the user's environment are kept (index, proxy, certificates), except those that would have it
# install elsewhere, or other things, than these scripts ask for.
PIP_SETTINGS_SET_ASIDE = (
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_ROOT",
    "PIP_PYTHON",
    "PIP_NO_DEPS",
    "PIP_DRY_RUN",
    "PIP_REQUIREMENT",
    "PIP_EDITABLE",
)

NETWORK_SIGNS = (
    "NewConnectionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "SSLError",
    "Connection broken",
    "connection error",
    "Could not fetch URL",
)
NOT_FOUND_SIGNS = ("No matching distribution found", "ResolutionImpossible")


class CannotSetUp(Exception):
    """The script can't go on; the message is one plain sentence, or two, that say what to do."""


def run_script(job: "Callable[[list[str]], int]") -> NoReturn:
    """Runs `job` with the command line's arguments and exits with its status, or with 2 and a sentence."""
    try:
        check_python(sys.version_info[:2])
        status = job(sys.argv[1:])
    except CannotSetUp as problem:
        say(str(problem), error=True)
        status = 2
    except KeyboardInterrupt:
        say("Stopped. Run the same command again to start afresh.", error=True)
        status = 2
    sys.exit(status)


def say(text: str, error: bool = False) -> None:
    """Prints a line; what the console has no letter for (a path on cp1252, say) is escaped, since it may not fail."""
    stream = sys.stderr if error else sys.stdout
    encoding = stream.encoding or "ascii"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    stream.flush()  # before what a child process prints


def check_python(version: "tuple[int, ...]") -> None:
    """Raises CannotSetUp where `version` is older than ragtool works on."""
    if version < OLDEST_PYTHON:
        raise CannotSetUp(
            f"ragtool needs Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer, and this is Python {version[0]}."
            f"{version[1]}: install a newer one from python.org, then run this script with it."
        )


def check_venv_modules() -> None:
    """Raises CannotSetUp where Python came without the parts that make a virtual environment, as Debian's does."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise CannotSetUp(
            "This Python came without the parts that make a virtual environment: on Debian or Ubuntu install them with "
            "'sudo apt install python3-venv'; elsewhere install Python from python.org. Then run this again."
        ) from None


def program(folder: Path, name: str, windows: bool = WINDOWS) -> Path:
    """Where a program of the environment `folder` is."""
    return folder / "Scripts" / (name + ".exe") if windows else folder / "bin" / name


def fingerprint(root: Path, extra: str) -> str:
    """Says in one line what an environment is made from: two that agree need not be made again.

    The folder counts too, since an environment that was moved with its checkout no longer works.
    """
    parts = [sys.version, sys.base_prefix, platform.machine(), str(root), extra]
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape"))
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def is_whole(folder: Path, wanted: str) -> bool:
    """Whether `folder` holds an environment that was made to the end and from what `wanted` says."""
    try:
        stamp = (folder / STAMP).read_bytes()
    except OSError:
        return False
    return stamp == wanted.encode() and program(folder, "python").exists()


def prepare(folder: Path, extra: str = "", editable: bool = False) -> bool:
    """Makes the environment `folder` with ragtool in it, unless it is there and whole; True where it made it.

    `extra` is a part of pyproject.toml's optional dependencies. With `editable`, ragtool runs from the checkout.
    Raises CannotSetUp.
    """
    try:
        wanted = fingerprint(ROOT, extra)
        if is_whole(folder, wanted):
            return False
        check_venv_modules()
        say(f"Setting up {folder.name} (a minute or two the first time) ...")
        remove(folder)
        make(folder)
        install(folder, build_requirements())
        install_ragtool(folder, extra, editable)
        (folder / STAMP).write_bytes(wanted.encode())
    except OSError as problem:
        raise CannotSetUp(f"{folder} could not be set up ({problem}). Put that right, then run this again.") from None
    return True


def remove(folder: Path) -> None:
    """Removes an environment, its stamp first, so that what is left of it if that fails is not taken for whole."""
    if not folder.exists():
        return
    if Path(sys.prefix) == folder:
        raise CannotSetUp(
            f"{folder} has to be made again, and this script is run by the Python inside it. Leave that environment "
            "with 'deactivate', then run this again."
        )
    try:
        if (folder / STAMP).exists():
            (folder / STAMP).unlink()
        shutil.rmtree(str(folder))
    except OSError as problem:
        raise CannotSetUp(
            f"{folder} could not be removed ({problem}). Close what is using it or delete it yourself, then run this "
            "again."
        ) from None


def make(folder: Path) -> None:
    """Makes an environment that holds pip and nothing else."""
    run(
        [sys.executable, "-I", "-X", "utf8", "-m", "venv", str(folder)],
        "This Python could not make a virtual environment: see the lines above. Install Python from python.org (on "
        "Debian or Ubuntu, 'sudo apt install python3-venv'), then run this again.",
    )


def build_requirements() -> "list[str]":
    """What pyproject.toml names to build ragtool with."""
    import tomllib  # Python 3.11 is the first that has it

    requires = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    return [str(requirement) for requirement in requires]


def install(folder: Path, requirements: "list[str]") -> None:
    """Installs `requirements` and what they need, in the versions that constraints.txt gives.

    What builds ragtool is installed before it, and pip told to build with that: so its version is settled too, and
    installing again after a change to the code needs no network.
    """
    pip = [str(program(folder, "python")), "-I", "-X", "utf8", "-m", "pip", "--disable-pip-version-check"]
    run([*pip, "install", "--no-build-isolation", "--constraint", "constraints.txt", *requirements])


def install_ragtool(folder: Path, extra: str = "", editable: bool = False) -> None:
    """Installs the checkout with what it needs; where `editable`, so that changes to it count at once."""
    # '.' and not the path: pip would take apart one that has a bracket in it.
    target = f".[{extra}]" if extra else "."
    install(folder, ["--editable", target] if editable else [target])
    if editable:
        point_to_checkout(folder)


def point_to_checkout(folder: Path) -> None:
    """Has the environment find ragtool in the checkout by a relative path.

    pip's editable install names the whole path, which Python before 3.13 misreads on Windows where it has an accent.
    """
    packages = sysconfig.get_path("purelib", "venv", {"base": str(folder)})
    (Path(packages) / "ragtool-checkout.pth").write_text(os.path.relpath(str(ROOT), packages), encoding="ascii")


def reinstall_ragtool(folder: Path) -> None:
    """Installs the checkout again as it is now, and nothing else. Raises CannotSetUp."""
    try:
        install(folder, ["--no-deps", "--force-reinstall", "."])
    except OSError as problem:
        raise CannotSetUp(f"{folder} no longer works ({problem}). Delete it, then run this again.") from None


def run(command: "list[str]", sentence: "Optional[str]" = None) -> None:
    """Runs `command` without a word; where it fails, prints how its output ends and raises CannotSetUp(sentence)."""
    done = subprocess.run(
        command,
        cwd=str(ROOT),
        env=child_environment(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        output = done.stdout.decode("utf-8", "replace")
        say("\n".join(output.rstrip().splitlines()[-25:]), error=True)
        raise CannotSetUp(sentence or what_pip_needs(output))


def show(command: "list[str]", folder: "Optional[Path]" = None) -> int:
    """Runs `command` in a folder (else in the checkout) with its output shown, and gives its exit status.

    Ctrl-C reaches it too, and it says itself how it ends. Raises CannotSetUp.
    """
    try:
        running = subprocess.Popen(command, cwd=str(folder or ROOT), env=child_environment(os.environ))
    except OSError as problem:
        raise CannotSetUp(
            f"{command[0]} could not be run ({problem}). Delete the folder it is in, then run this again."
        ) from None
    while True:
        try:
            return running.wait()
        except KeyboardInterrupt:
            continue


def what_pip_needs(output: str) -> str:
    """The sentence for a pip that failed and printed `output`."""
    if any(sign in output for sign in NETWORK_SIGNS):
        return (
            "pip can't reach the index that it installs packages from: connect to the internet, or ask your IT service "
            "for the index or proxy to use and set it with 'pip config set global.index-url' or 'global.proxy'. Then "
            "run this again."
        )
    if any(sign in output for sign in NOT_FOUND_SIGNS):
        return (
            "pip can't find a package in the version that constraints.txt names: set it to an index that has them all "
            "(ask your IT service which to use, if not the public one) and leave out constraints of your own in "
            "PIP_CONSTRAINT or pip's settings. Then run this again."
        )
    return "pip could not install what ragtool needs: put right what the lines above say, then run this again."


def child_environment(variables: "Mapping[str, str]") -> "dict[str, str]":
    """The user's environment variables, less those that would mix another Python's packages into this one."""
    aside = ["PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__", *PIP_SETTINGS_SET_ASIDE]
    kept = {name: value for name, value in variables.items() if name.upper() not in aside}
    kept["PIP_USER"] = "0"  # a pip.ini with 'user = true' is common, and pip refuses it in a virtual environment
    kept["PIP_NO_INPUT"] = "1"  # its output isn't shown, so a question from it would wait for ever
    return kept
