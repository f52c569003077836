"""The launchers and launch.py: what was dropped on them, and how they end, without a network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import environment
import launch

LAUNCHERS = Path(__file__).parents[2] / "launchers"
CMD = (LAUNCHERS / "ragtool.cmd").read_bytes()
STARTED = r'C:\WINDOWS\system32\cmd.exe /c ""C:\R&G (new)\launchers\ragtool.cmd" '


@pytest.mark.parametrize(
    ("after", "paths"),
    [
        ('"', []),
        (r'"C:\My Files\2026-27 Q2""', [r"C:\My Files\2026-27 Q2"]),
        (r'C:\R&G\2026-27_Q2"', [r"C:\R&G\2026-27_Q2"]),
        (r'"C:\a & b\Köln 100%!.xlsx" C:\c^d(1)"', [r"C:\a & b\Köln 100%!.xlsx", r"C:\c^d(1)"]),
    ],
)
def test_what_windows_drops_on_the_launcher(after: str, paths: list[str]) -> None:
    assert launch.dropped_on_windows(STARTED + after) == paths


@pytest.mark.parametrize("line", ["", r'"C:\WINDOWS\system32\cmd.exe" ', r"cmd /c other.cmd C:\a"])
def test_a_line_of_another_kind_drops_nothing(line: str) -> None:
    assert launch.dropped_on_windows(line) == []


def test_the_windows_launcher_is_plain_and_quoted() -> None:
    text = CMD.decode("ascii")
    lines = text.split("\r\n")
    assert "\n" not in "".join(lines)
    assert lines[0] == "@echo off"
    after = lines[lines.index("pause") :]
    asks = f'if not "!{launch.STARTED_BY}:ragtool.cmd=!"=="!{launch.STARTED_BY}!" exit'
    assert after.index(asks) == after.index("exit /b") - 1  # without it, what follows an & in a path would be run
    assert '"%~dp0..\\scripts\\launch.py" %*' in text
    assert launch.STARTED_BY in text
    expanding = [line for line in lines if "!" in line]
    assert expanding == [f'set "{launch.STARTED_BY}=!cmdcmdline!"', asks]
    at = lines.index(expanding[0])
    assert (lines[at - 1], lines[at + 1]) == ("setlocal EnableDelayedExpansion", "setlocal DisableDelayedExpansion")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no execute bit, and its own launcher")
@pytest.mark.parametrize("name", ["ragtool.sh", "ragtool.command"])
def test_launchers_can_be_run(name: str) -> None:
    assert os.access(LAUNCHERS / name, os.X_OK)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout whose path has all that shells take for something else, with a launch.py that tells its arguments."""
    folder = tmp_path / 'it\'s "R&G" $HOME (copy) 100%! ü'
    shutil.copytree(LAUNCHERS, folder / "launchers")
    (folder / "scripts").mkdir()
    (folder / "scripts" / "launch.py").write_text("import sys\nprint(sys.argv[1:])\nsys.exit(7)\n", encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def no_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a desktop, so that no test opens a window."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.skipif(os.name == "nt", reason="Windows has its own launcher")
def test_on_a_desktop_without_a_terminal_it_opens_one(folder: Path, tmp_path: Path) -> None:
    terminal = tmp_path / "programs" / "x-terminal-emulator"
    terminal.parent.mkdir()
    terminal.write_text('#!/bin/sh\necho "in a window"\nshift\nexec "$@"\n', encoding="utf-8")
    terminal.chmod(0o755)
    ended = subprocess.run(
        [folder / "launchers" / "ragtool.sh", "2026-27 Q2"],
        env={**os.environ, "DISPLAY": ":0", "PATH": f"{terminal.parent}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (7, "in a window\n['2026-27 Q2']\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has its own launcher")
@pytest.mark.parametrize("name", ["ragtool.sh", "ragtool.command"])
def test_paths_reach_ragtool_as_they_are(folder: Path, name: str) -> None:
    paths = ["/a b/2026-27 Q2", "it's", '"quoted"', "$HOME & * 100%! ü"]
    ended = subprocess.run(
        [folder / "launchers" / name, *paths], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (7, f"{paths}\n", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has its own launcher")
def test_without_python_it_says_where_to_get_it(folder: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bin"
    bare.mkdir()
    for name in ("sh", "dirname"):
        (bare / name).symlink_to(shutil.which(name) or "")
    ended = subprocess.run(
        [folder / "launchers" / "ragtool.sh"],
        env={"PATH": str(bare)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stdout.startswith("ragtool needs Python 3.11 or newer: install it from https://www.python.org/")
    assert (ended.stdout.count("\n"), ended.stderr) == (1, "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has its own launcher")
def test_an_old_python_is_passed_over_for_a_newer_one(folder: Path, tmp_path: Path) -> None:
    """As on Ubuntu 22.04, whose python3 is 3.10, or on macOS."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, script in (
        ("python3", "exit 1"),
        ("python3.14", "exit 127"),
        ("python3.12", f'exec "{sys.executable}" "$@"'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    ended = subprocess.run(
        [folder / "launchers" / "ragtool.sh", "2026-27 Q2"],
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (7, "['2026-27 Q2']\n")


def test_the_launchers_take_the_pythons_that_ragtool_works_on() -> None:
    oldest = f"sys.exit(sys.version_info < {environment.OLDEST_PYTHON})"
    assert oldest in (LAUNCHERS / "ragtool.sh").read_text(encoding="utf-8")
    assert oldest in CMD.decode("ascii")


@pytest.mark.parametrize("inside", ["", "the program", "Windows"])
def test_it_sets_up_once_and_runs_where_the_user_is(
    inside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At home, where that is a folder of the program, or of Windows, as where the launcher is on a network drive."""
    asked: list[tuple[Path, bool]] = []
    ran: list[tuple[list[str], Path]] = []

    def show(command: list[str], folder: Path) -> int:
        ran.append((command, folder))
        return 3

    monkeypatch.setattr(environment, "prepare", lambda folder, editable: asked.append((folder, editable)))
    monkeypatch.setattr(environment, "show", show)
    here = LAUNCHERS if inside == "the program" else tmp_path
    if inside == "Windows":
        monkeypatch.setenv("SYSTEMROOT", str(tmp_path))
    monkeypatch.chdir(here)
    assert launch.launch(["2026-27 Q2"]) == 3
    own = environment.ROOT / ".venv-ragtool"
    python = str(environment.program(own, "python"))
    assert asked == [(own, True)]
    where = Path.home() if inside else tmp_path
    assert ran == [([python, "-P", "-m", "ragtool", str(here / "2026-27 Q2")], where)]


def test_an_environment_that_was_damaged_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(environment, "prepare", lambda folder, editable: False)
    monkeypatch.setattr(environment, "program", lambda folder, name: tmp_path / "gone")
    with pytest.raises(environment.CannotSetUp, match="Delete the folder it is in"):
        launch.launch([])


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signal to a group of programs")
def test_ctrl_c_is_answered_once_and_the_window_stays(folder: Path, tmp_path: Path) -> None:
    """What runs says that it stopped; neither launch.py says so once more, nor does the window close."""
    told = "try:\n    print('at work', flush=True)\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    sys.exit(130)\n"
    (folder / "scripts" / "job.py").write_text(f"import sys, time\n{told}", encoding="utf-8")
    shutil.copy(Path(environment.__file__), folder / "scripts" / "environment.py")
    job = "environment.show([sys.executable, str(environment.ROOT / 'scripts' / 'job.py')])"
    launched = f"import sys, environment\nenvironment.run_script(lambda arguments: {job})\n"
    (folder / "scripts" / "launch.py").write_text(launched, encoding="utf-8")
    (folder / "launchers" / "window.sh").write_text('"$1"\necho "window is open"\n', encoding="utf-8")
    running = subprocess.Popen(
        [folder / "launchers" / "ragtool.sh"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
    )
    assert running.stdout
    assert running.stdout.readline() == "at work\n"
    os.killpg(running.pid, signal.SIGINT)
    said, _ = running.communicate(timeout=20)
    assert (running.returncode, said) == (130, "")
