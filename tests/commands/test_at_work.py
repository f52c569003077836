"""One run at a time in a folder, and what a killed run left is no hindrance to the next."""

from __future__ import annotations

import errno
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from ragtool.commands import at_work
from ragtool.commands.at_work import LOCK, alone_in, alone_in_new
from ragtool.errors import RagtoolError
from small_quarter import Quarter, report_of, type_in


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "command", [("consolidate",), ("check",), ("templates", "--quarter", "2013/14 Q3"), ("next",), ("new",)]
)
def test_a_second_run_says_who_is_at_work_and_since_when(
    quarter: Quarter, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USERNAME", "Ada")
    monkeypatch.setattr("platform.node", lambda: "PC-17")
    quarter.consolidate()
    with alone_in(quarter.folder):
        before = files_in(quarter.folder)
        done = quarter.run(command[0], quarter.folder, *command[1:])
        assert files_in(quarter.folder) == before
    assert done.status == 2
    assert f"Another run of ragtool is at work in {quarter.folder} (Ada on PC-17, since " in done.err
    assert done.err.endswith("). Wait until it has ended, then run again.\n")
    assert not (quarter.folder / LOCK).exists()
    assert quarter.run("consolidate", quarter.folder).status == 0


def test_a_report_elsewhere_is_alone_there_and_in_the_returns_own_folder(quarter: Quarter, tmp_path: Path) -> None:
    for folder in (tmp_path, quarter.folder):
        options = ["--output", tmp_path / "report.xlsx", "--returns", quarter.folder / "returns"]
        with alone_in(folder):
            done = quarter.run("consolidate", quarter.folder, *options)
        assert f"at work in {folder} (" in done.err


def test_a_killed_runs_lock_stops_nobody(quarter: Quarter) -> None:
    hold = f"""
import sys
from pathlib import Path
from ragtool.commands.at_work import alone_in
with alone_in(Path({str(quarter.folder)!r})):
    print("at work", flush=True)
    sys.stdin.read()
"""
    running = subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert running.stdout
    assert running.stdin
    assert running.stdout.readline() == b"at work\n" or sys.platform == "win32"
    assert "Another run of ragtool is at work" in quarter.run("consolidate", quarter.folder).err
    running.kill()
    running.wait()
    running.stdout.close()
    running.stdin.close()
    assert (quarter.folder / LOCK).exists()
    done = quarter.run("consolidate", quarter.folder)
    assert done.status == 0
    assert not (quarter.folder / LOCK).exists()


def test_what_a_killed_run_left_is_no_file_found_and_is_cleared_away(quarter: Quarter) -> None:
    quarter.run("consolidate", quarter.folder)
    before = files_in(quarter.folder)
    for name in ("", "returns", "panels"):
        (quarter.folder / name / ".ragtool-1-2.writing").write_bytes(b"half")
    quarter.run("consolidate", quarter.folder)
    assert files_in(quarter.folder) == before


def test_runs_at_the_same_moment_come_one_after_the_other(tmp_path: Path) -> None:
    at_once, most, refused = 0, 0, 0

    def work() -> None:
        nonlocal at_once, most, refused
        for _ in range(100):
            try:
                with alone_in(tmp_path):
                    at_once += 1
                    most = max(most, at_once)
                    at_once -= 1
            except RagtoolError:
                refused += 1

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(at_work, "time", type("clock", (), {"sleep": lambda seconds: None}))
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert most == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("where", ["os.open", "hold"])
def test_a_folder_that_takes_no_lock_is_used_without(
    quarter: Quarter, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    type_in(quarter.highways, "Measures", "H2", 8)
    name = "hold" if where == "hold" else "os.open"
    with monkeypatch.context() as patch:
        patch.setattr(f"ragtool.commands.at_work.{name}", refuse)
        assert quarter.run("consolidate", quarter.folder).status == 1
    assert report_of(quarter.folder).exists()


def test_a_new_folder_that_stays_empty_is_removed_again(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    with alone_in_new(folder):
        assert folder.is_dir()
    assert list(tmp_path.iterdir()) == []
    with alone_in_new(folder):
        (folder / "plan.xlsx").write_bytes(b"")
    assert files_in(tmp_path) == {"a/b/plan.xlsx": b""}
