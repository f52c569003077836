"""Outputs appear whole or not at all, whatever goes wrong while they are written."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter.exceptions import FileCreateError

from ragtool.errors import RagtoolError
from ragtool.workbooks.whole_files import PREFIX, STALE, SUFFIX, file_name, put
from small_quarter import Quarter, report_of, type_in

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def fail(problem: BaseException) -> Any:
    def write(path: Path) -> None:
        path.write_bytes(b"half")
        raise problem

    return write


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (FULL, "can't be written (No space left on device). Check the disk's space and the network drive."),
        (FileCreateError(FULL), "can't be written (No space left on device). Check the disk's space"),
        (FileCreateError("gone"), "can't be written (gone). Check the disk's space"),
        (
            PermissionError(errno.EACCES, "locked"),
            "it is open in another program, or read-only. Close it and run again.",
        ),
        (
            OSError(errno.ENETUNREACH, "Network is unreachable"),
            "(Network is unreachable). Check the disk's space and the",
        ),
    ],
)
def test_a_failure_leaves_what_was_there_and_is_a_sentence(tmp_path: Path, problem: Exception, said: str) -> None:
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"before")
    with pytest.raises(RagtoolError) as refused:
        put(target, fail(problem))
    assert str(refused.value).startswith(f"{target} can't be written")
    assert said in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]
    assert target.read_bytes() == b"before"


def test_what_is_interrupted_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"before")
    with pytest.raises(KeyboardInterrupt):
        put(target, fail(KeyboardInterrupt()))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("report.xlsx", b"before")]


def test_a_target_that_another_program_holds_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(self: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "The process cannot access the file")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(RagtoolError, match="it is open in another program, or read-only"):
        put(tmp_path / "report.xlsx", lambda path: path.write_bytes(b"new"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.parent.write_text(""), "a file stands where its folder should be. Move that file away."),
        (lambda path: path.mkdir(parents=True), "a folder of that name stands there. Move that folder away."),
    ],
)
def test_what_stands_in_the_way_is_named(tmp_path: Path, make: Any, said: str) -> None:
    target = tmp_path / "panels" / "report.xlsx"
    make(target)
    with pytest.raises(RagtoolError, match=said):
        put(target, lambda path: path.write_bytes(b"new"))


def test_what_a_killed_run_left_is_cleared_away_in_time(tmp_path: Path) -> None:
    old, new = tmp_path / f"{PREFIX}old{SUFFIX}", tmp_path / f"{PREFIX}new{SUFFIX}"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * STALE,) * 2)
    put(tmp_path / "report.xlsx", lambda path: path.write_bytes(b"new"))
    assert sorted(path.name for path in tmp_path.iterdir()) == [new.name, "report.xlsx"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ('Roads: "A/B" <1>?*|\\', "Roads- -A-B- -1-----"),
        (" ends in dots. . ", "ends in dots"),
        ("...", "-"),
        ("é" * 200, "é" * 90),
        ("line\nbreak\ttab", "line-break-tab"),
    ],
)
def test_a_name_as_it_can_stand_in_a_files_name(name: str, kept: str) -> None:
    assert file_name(name) == kept


# The whole run


def test_a_read_only_folder_is_a_sentence(quarter: Quarter, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(**_: object) -> None:
        raise PermissionError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("ragtool.workbooks.whole_files.tempfile.mkstemp", read_only)
    done = quarter.run("consolidate", quarter.folder)
    assert done.status == 2
    assert "can't be written: it is open in another program, or read-only. Close it and run again." in done.err
    assert not report_of(quarter.folder).exists()


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_disk_that_fills_up_leaves_every_earlier_output_whole(
    quarter: Quarter, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    type_in(quarter.highways, "Measures", "H2", 8)  # has a marked copy, a panel's report and the report
    quarter.run("consolidate", quarter.folder)
    before = outputs(quarter.folder)
    assert len(before) == 3
    type_in(quarter.highways, "Measures", "H2", 9)
    replaces = 0
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        nonlocal replaces
        replaces += 1
        if replaces == fails_at:
            raise FULL
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    done = quarter.run("consolidate", quarter.folder)
    assert done.status == 2
    assert "No space left on device" in done.err
    after = outputs(quarter.folder)
    assert after.keys() == before.keys()
    assert after[report_of(quarter.folder)] == before[report_of(quarter.folder)]
    assert_whole(quarter.folder)


def outputs(folder: Path) -> dict[Path, bytes]:
    """All that a run writes into a quarter folder."""
    inputs = {folder / "corporate_plan.xlsx", *(folder / "returns").glob("*.xlsx")}
    return {path: path.read_bytes() for path in folder.rglob("*.xlsx") if path not in inputs}


def assert_zip(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None


def assert_whole(folder: Path) -> None:
    for path in outputs(folder):
        assert_zip(path)
    assert not [path for path in folder.rglob("*") if path.name.startswith(PREFIX)]


def test_killed_at_any_moment_every_output_is_whole(quarter: Quarter) -> None:
    quarter.run("consolidate", quarter.folder)
    chance = random.Random(4)
    command = [sys.executable, "-m", "ragtool", "consolidate", str(quarter.folder)]
    for _ in range(3):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.6, 1.6))
        running.kill()
        running.wait()
        for path in outputs(quarter.folder):
            assert_zip(path)
    assert quarter.run("consolidate", quarter.folder).status == 0


def test_an_earlier_report_that_is_damaged_or_locked_is_never_lost(quarter: Quarter) -> None:
    report = report_of(quarter.folder)
    report.write_bytes(b"somebody's notes, not a report")
    done = quarter.run("consolidate", quarter.folder, "--no-panels")
    kept = [path for path in quarter.folder.glob("*.xlsx") if path.read_bytes() == b"somebody's notes, not a report"]
    assert kept, done.err
