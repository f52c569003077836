"""Outputs appear whole or not at all, whatever goes wrong while they are written."""

from __future__ import annotations

import errno
import os
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from ragtool.errors import RagtoolError
from ragtool.workbooks.outputs import Outputs, put
from ragtool.workbooks.steps import Step
from ragtool.workbooks.whole_files import PREFIX, file_name, these_bytes, write_whole
from small_quarter import Quarter, report_of, type_in

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def raises(problem: BaseException) -> Callable[..., Any]:
    def fails(*_: object, **__: object) -> None:
        raise problem

    return fails


def fail(problem: BaseException) -> Any:
    def write(file: BinaryIO) -> None:
        file.write(b"half")
        raise problem

    return write


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (FULL, "can't be written (No space left on device). Check the disk's space and the network drive."),
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
def test_a_failure_leaves_what_was_there_and_is_a_sentence(
    tmp_path: Path, problem: Exception, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"before")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", raises(problem))
        with pytest.raises(RagtoolError) as refused:
            put(target, these_bytes(b"new"))
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
    """Windows says so when the file is opened, or not before it is replaced."""
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"before")
    for step in ("open", "replace"):
        with monkeypatch.context() as patch, Outputs() as outputs:
            outputs.write(target, these_bytes(b"new"))
            patch.setattr(Path, step, raises(PermissionError(errno.EACCES, "The process cannot access the file")))
            with pytest.raises(RagtoolError, match="it is open in another program, or read-only"):
                outputs.put_in()
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"report.xlsx": b"before"}


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
        put(target, these_bytes(b"new"))


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Three places in two folders: files stand in the first and the last."""
    first, second, last = tmp_path / "panels" / "a.xlsx", tmp_path / "panels" / "b.xlsx", tmp_path / "report.xlsx"
    first.parent.mkdir()
    first.write_bytes(b"before")
    last.write_bytes(b"before")
    return first, second, last


def standing(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write_to(places: Sequence[Path], outputs: Outputs) -> None:
    for place in places:
        outputs.write(place, these_bytes(b"new"))


@pytest.mark.parametrize("name", ["link", "replace"])
def test_all_are_put_in_or_none(
    places: tuple[Path, Path, Path], tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever operation fails, also where the drive gives a file one name only."""
    before = standing(tmp_path)
    if name == "replace":
        monkeypatch.setattr(os, "link", raises(PermissionError(errno.EPERM, "Operation not permitted")))
    for fails_at in range(1, 50):
        operations = 0

        def counted(function: Callable[..., Any], fails_at: int = fails_at) -> Callable[..., Any]:
            def call(*arguments: Any, **options: Any) -> Any:
                nonlocal operations
                operations += 1
                if operations == fails_at:
                    raise FULL
                return function(*arguments, **options)

            return call

        with monkeypatch.context() as patch, Outputs() as outputs:
            write_to(places, outputs)
            for function in ("replace", "rename", "write_text", "open"):
                patch.setattr(Path, function, counted(getattr(Path, function)))
            if name == "link":
                patch.setattr(os, "link", counted(os.link))
            with suppress(RagtoolError):
                outputs.put_in()
        if operations < fails_at:
            break
        if standing(tmp_path) != before:  # a second name that wasn't needed to put it in
            assert set(standing(tmp_path).values()) == {b"new"}
            for path, data in before.items():
                (tmp_path / path).write_bytes(data)
            places[1].unlink()
    assert fails_at > 6
    assert set(standing(tmp_path).values()) == {b"new"}


def test_what_appeared_or_was_changed_is_kept(places: tuple[Path, Path, Path], tmp_path: Path) -> None:
    for place, how in zip(places, ("was changed", "appeared", "was changed"), strict=True):
        with Outputs() as outputs:
            write_to(places, outputs)
            before = {**standing(tmp_path)}
            place.write_bytes(b"somebody's own")
            with pytest.raises(RagtoolError, match=rf"{place.name} {how} while ragtool was at work, so it is kept"):
                outputs.put_in()
        after = {path: data for path, data in before.items() if PREFIX not in path}
        assert standing(tmp_path) == after | {str(place.relative_to(tmp_path)): b"somebody's own"}


def test_what_was_deleted_meanwhile_is_said(places: tuple[Path, Path, Path]) -> None:
    with Outputs() as outputs:
        write_to(places, outputs)
        places[0].unlink()
        with pytest.raises(
            RagtoolError, match=r"a\.xlsx was moved or deleted while ragtool was at work\. Run again\.$"
        ):
            outputs.put_in()


def test_what_appears_at_the_very_moment_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the drive gives a file two names or one only."""
    monkeypatch.setattr(Step, "look_again", lambda self: None)
    for link in (os.link, raises(PermissionError(errno.EPERM, "Operation not permitted"))):
        monkeypatch.setattr(os, "link", link)
        target = tmp_path / "report.xlsx"
        with Outputs() as outputs:
            outputs.write(target, these_bytes(b"new"))
            target.write_bytes(b"somebody's own")
            with pytest.raises(
                RagtoolError, match=r"report.xlsx appeared while ragtool was at work, so it is kept. Run again\.$"
            ):
                outputs.put_in()
        assert standing(tmp_path) == {"report.xlsx": b"somebody's own"}
        target.unlink()


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
    open_file = Path.open

    def read_only(self: Path, mode: str = "r", **options: Any) -> Any:
        if mode == "wb":
            raise PermissionError(errno.EROFS, "Read-only file system")
        return open_file(self, mode, **options)

    monkeypatch.setattr(Path, "open", read_only)
    done = quarter.run("consolidate", quarter.folder)
    assert done.status == 2
    assert "can't be written: it is open in another program, or read-only. Close it and run again." in done.err
    assert not report_of(quarter.folder).exists()


@pytest.mark.parametrize("fails_at", [1, 2, 3, 4, 5])
def test_a_disk_that_fills_up_leaves_every_earlier_output_whole(
    quarter: Quarter, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    type_in(quarter.highways, "Measures", "J3", 8)  # has a marked copy, a pack, a panel's report and the report
    quarter.run("consolidate", quarter.folder)
    before = outputs(quarter.folder)
    assert len(before) == 4
    type_in(quarter.highways, "Measures", "J3", 9)
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
    assert outputs(quarter.folder) == before
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


def test_an_earlier_report_that_is_damaged_or_locked_is_never_lost(quarter: Quarter) -> None:
    report = report_of(quarter.folder)
    report.write_bytes(b"somebody's notes, not a report")
    done = quarter.run("consolidate", quarter.folder, "--no-panels", "--no-pack")
    kept = [path for path in quarter.folder.glob("*.xlsx") if path.read_bytes() == b"somebody's notes, not a report"]
    assert kept, done.err


def test_what_an_ended_process_left_beside_is_written_again(tmp_path: Path) -> None:
    beside = tmp_path / ".ragtool-1.writing"
    beside.write_bytes(b"half of it")
    write_whole(tmp_path / "report.xlsx", beside, lambda file: file.write(b"whole"))
    assert beside.read_bytes() == b"whole"
