"""How a command ends that is stopped, has nobody to tell, or finds no room: one sentence and a status, no traceback."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ragtool.cli import STOPPED, run
from small_quarter import Quarter, report_of, type_in

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other streams and sends no signals to a process")
RAGTOOL = [sys.executable, "-m", "ragtool"]


CONSOLIDATE, NEW = 'consolidate "$FOLDER" --no-panels --no-pack', 'new "$FOLDER/new"'
"""The command that says the most, as a shell is given it, and one that takes a quarter of its time."""


def shell(command: str, streams: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command as a shell does, with what `streams` says of its streams."""
    line = f'"$PYTHON" -m ragtool {command} {streams}'
    environment = {**os.environ, "PYTHON": sys.executable, "FOLDER": str(folder)}
    return subprocess.run(["sh", "-c", line], env=environment, capture_output=True, text=True, check=False)


UNSAID = "The command is done, but what it has to say can't be shown"


@pytest.mark.parametrize(
    ("command", "streams", "status", "said"),
    [
        (NEW, ">&-", 0, ""),
        (NEW, "2>&-", 0, ""),
        (CONSOLIDATE, "<&- >&- 2>&-", 0, ""),
        (NEW, "> /dev/full", 2, f"{UNSAID} (No space left on device).\n"),
        (CONSOLIDATE, "> /dev/full 2> /dev/full", 2, ""),
    ],
)
def test_a_stream_that_takes_nothing(quarter: Quarter, command: str, streams: str, status: int, said: str) -> None:
    if "/dev/full" in streams and not Path("/dev/full").exists():
        pytest.skip("only Linux has a full device")
    ended = shell(command, streams, quarter.folder)
    assert (ended.returncode, ended.stderr) == (status, said)
    made = report_of(quarter.folder) if command == CONSOLIDATE else quarter.folder / "new" / "corporate_plan.xlsx"
    assert made.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_help_that_cannot_be_shown() -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run([*RAGTOOL, "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr == "What was asked for can't be shown (No space left on device). Ask for it in a window.\n"


def test_a_reader_that_has_gone(quarter: Quarter) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [*RAGTOOL, "check", quarter.folder], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert ended.returncode == 2
    assert ended.stderr == f"{UNSAID} (Broken pipe).\n"


READY = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
print("ready", flush=True)
from ragtool.__main__ import start
start()
"""
"""A command that says when Python itself is ready, which on a busy machine takes it as long as it likes."""


def test_ctrl_c_at_any_moment_is_one_sentence(quarter: Quarter) -> None:
    chance = random.Random(11)
    for latest in (0.05, 0.4, 1.0):
        running = subprocess.Popen(
            [sys.executable, "-c", READY, "consolidate", quarter.folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert running.stdout
        running.stdout.readline()
        time.sleep(chance.uniform(0, latest))
        running.send_signal(signal.SIGINT)
        _, said = running.communicate()
        if running.returncode == STOPPED:
            assert said.lstrip("\n") == (
                "Stopped. No output is half done: each is as it was, or new and whole. Run the command again.\n"
            )
        else:
            assert (running.returncode, said) == (0, "")
        assert not list(quarter.folder.rglob(".ragtool-*"))


def test_ctrl_c_before_it_can_be_answered() -> None:
    """While Python's own module is loaded by which it is."""
    lines = (
        "import runpy, sys",
        "class Stops:",
        "    def find_spec(self, name, *_):",
        "        if name == 'signal' and self in sys.meta_path:",
        "            sys.meta_path.remove(self)",
        "            raise KeyboardInterrupt",
        "sys.modules.pop('signal', None)",
        "sys.meta_path.insert(0, Stops())",
        "runpy.run_module('ragtool', run_name='__main__', alter_sys=True)",
    )
    ended = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=False)
    assert ended.returncode == STOPPED
    assert ended.stderr.startswith("Stopped. No output is half done")
    assert ended.stderr.count("\n") == 1


def test_ctrl_c_at_the_moment_from_which_it_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    def stopped_at_once() -> None:
        raise KeyboardInterrupt

    assert run(["--help"], begin=stopped_at_once) == STOPPED
    assert capsys.readouterr() == (
        "",
        "Stopped. No output is half done: each is as it was, or new and whole. Run the command again.\n",
    )


def test_the_package_itself_loads_nothing_more() -> None:
    """It is loaded before Ctrl-C can be held back, so it must take no time."""
    lines = "import sys; before = set(sys.modules); import ragtool; print(*(set(sys.modules) - before))"
    ended = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert ended.stdout == "ragtool\n"


def test_ctrl_c_that_meets_code_made_from_text_ends_with_its_status(tmp_path: Path) -> None:
    """As a dataclass has it: Python then ends a module by the signal, whatever status it asks for."""
    lines = (
        "from ragtool.cli import STOPPED, endings",
        "def run(*_):",
        "    try:",
        "        exec('raise KeyboardInterrupt')",
        "    except KeyboardInterrupt:",
        "        return STOPPED",
        "endings.run = run",
        "endings.main()",
    )
    (tmp_path / "stopped.py").write_text("\n".join(lines))
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[1])])
    environment = {**os.environ, "PYTHONPATH": path}
    assert subprocess.run([sys.executable, "-m", "stopped"], env=environment, check=False).returncode == STOPPED


def test_no_temporary_folder_is_needed(quarter: Quarter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even for the fresh template that takes the place of a return that can't be marked as it is."""

    def none_there(*_: object, **__: object) -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    type_in(quarter.highways, "Measures", "J3", 8)
    monkeypatch.setattr("tempfile.gettempdir", none_there)
    monkeypatch.setattr("ragtool.returns.marked.copies.MARKABLE", ())
    done = quarter.run("consolidate", quarter.folder)
    assert (done.status, done.err) == (1, "")
    assert (quarter.folder / "returns" / "queries" / quarter.highways.name).exists()
