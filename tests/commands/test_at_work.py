"""One run at a time in a folder, and what a killed run left is no hindrance to the next."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from ragtool.commands import at_work
from ragtool.commands.at_work import LOCK, alone_in, alone_in_new
from ragtool.errors import RagtoolError
from ragtool.workbooks.outputs import Outputs
from ragtool.workbooks.whole_files import PREFIX, these_bytes
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
    assert quarter.check().status == 0


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

    type_in(quarter.highways, "Measures", "H3", 8)
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


def refuse(*_: Any, **__: Any) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


class Killed(BaseException):
    """The end of a process: it does nothing any more."""


@contextmanager
def killed_at(number: int) -> Iterator[list[int]]:
    """Lets no operation that changes a file be done from the so-manieth on; gives how many were asked for."""
    asked = [0]

    def until_killed(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            asked[0] += 1
            if asked[0] >= number:
                raise Killed
            return function(*arguments, **options)

        return call

    with pytest.MonkeyPatch.context() as patch, suppress(Killed):
        for name in ("replace", "rename", "link", "unlink"):
            patch.setattr(os, name, until_killed(getattr(os, name)))
        yield asked


@pytest.mark.parametrize("first", ["a", "b"])
@pytest.mark.parametrize("links", [True, False])
def test_the_next_run_in_either_folder_finishes_what_one_that_was_killed_had_begun(
    tmp_path: Path, first: str, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one folder two files are replaced and one is taken away, in the other one is replaced and one is new."""
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    homes, ended, killed, asked = (tmp_path / "a", tmp_path / "b"), [], 0, [1]
    places = ("a/returns/queries/1", "b/panels/1", "b/panels/new", "a/returns/queries/gone", "a/report")
    before = dict.fromkeys((place for place in places if place != "b/panels/new"), b"before")
    after = {**dict.fromkeys((place for place in places if place != "a/returns/queries/gone"), b"after")}
    while asked[0] >= killed:
        killed += 1
        for place in places:
            (tmp_path / place).unlink(missing_ok=True)
            (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        for place, data in before.items():
            (tmp_path / place).write_bytes(data)
        outputs = Outputs([home.resolve() for home in homes])
        for place in places:
            if place in after:
                outputs.write(tmp_path / place, these_bytes(after[place]))
            else:
                outputs.remove(tmp_path / place)
        with killed_at(killed) as asked:
            outputs.put_in()
        with alone_in(tmp_path / first):
            seen = {path: data for path, data in files_in(tmp_path).items() if PREFIX not in path}
            ended.append(seen)
            assert seen in (before, after)
        with alone_in(tmp_path / ("a" if first == "b" else "b")):
            pass
        assert files_in(tmp_path) == ended[-1]
    assert ended[0] == before
    assert ended[3] == ended[-1] == after


def test_what_was_begun_in_a_folder_that_is_not_there_waits_for_it(tmp_path: Path) -> None:
    """The other is finished meanwhile, unless only the one that isn't there can tell whether it was begun."""
    for gone in ("a", "b"):
        homes = [tmp_path / gone / "a", tmp_path / gone / "b"]
        outputs = Outputs(homes)
        for home in homes:
            home.mkdir(parents=True)
            outputs.write(home / "report", these_bytes(b"after"))
        with killed_at(3):
            outputs.put_in()
        (tmp_path / gone / gone).rename(tmp_path / "away")
        other = tmp_path / gone / ("b" if gone == "a" else "a")
        for _ in range(2):
            with alone_in(other):
                assert (other / "report").exists() == (gone == "b")
        (tmp_path / "away").rename(tmp_path / gone / gone)
        with alone_in(other):
            pass
        assert files_in(tmp_path / gone) == {"a/report": b"after", "b/report": b"after"}


@pytest.mark.parametrize("text", ["", "[1]", "{}", '{"homes": [], "steps": []}', '{"homes": [".."], "steps": [[1]]}'])
def test_a_journal_that_is_none_is_cleared_away(tmp_path: Path, text: str) -> None:
    (tmp_path / f"{PREFIX}0.putting-in").write_text(text)
    with alone_in(tmp_path):
        pass
    assert files_in(tmp_path) == {}


def test_a_killed_run_is_finished_under_whatever_name_its_folder_has_by_then(tmp_path: Path) -> None:
    """As where it was reached by a link or a drive's letter."""
    (tmp_path / "real").mkdir()
    try:
        (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    outputs = Outputs([tmp_path / "real"])
    outputs.write(tmp_path / "link" / "panels" / "a", these_bytes(b"after"))
    outputs.write(tmp_path / "link" / "report", these_bytes(b"after"))
    with killed_at(2):
        outputs.put_in()
    (tmp_path / "real").rename(tmp_path / "renamed")
    with alone_in(tmp_path / "renamed"):
        assert (tmp_path / "renamed" / "report").read_bytes() == b"after"
    assert files_in(tmp_path / "renamed") == {"panels/a": b"after", "report": b"after"}


def test_a_folder_inside_in_which_another_run_is_at_work_is_left_alone(tmp_path: Path) -> None:
    inside, left = tmp_path / "returns", tmp_path / "returns" / f"{PREFIX}1-0.writing"
    inside.mkdir()
    with alone_in(inside):
        left.write_bytes(b"its own")
        with alone_in(tmp_path):
            assert left.exists()
    (inside / LOCK).write_bytes(b"of a killed run")
    with alone_in(tmp_path):
        assert list(inside.iterdir()) == []


def test_a_journal_that_cannot_be_written_is_said_and_nothing_was_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = [tmp_path / "a", tmp_path / "b"]
    for home in homes:
        home.mkdir()
    monkeypatch.setattr(Path, "write_text", refuse)
    with Outputs(homes) as outputs:
        outputs.write(homes[0] / "report", these_bytes(b"after"))
        with pytest.raises(RagtoolError) as refused:
            outputs.put_in()
    said = f"{homes[1]} can't be written: it is open in another program, or read-only. Close it and run again."
    assert str(refused.value) == said
    assert files_in(tmp_path) == {}


@pytest.mark.parametrize(("fails_from", "then"), [(2, b"after"), (3, b"before")])
def test_what_could_not_be_put_back_is_put_right_by_the_next_run(
    tmp_path: Path, fails_from: int, then: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It puts all in where the journal couldn't even be turned round, and else all back."""
    replaces = 0
    replace = os.replace

    def failing(*paths: Any, **options: Any) -> None:
        nonlocal replaces
        replaces += 1
        if replaces >= fails_from and replaces != fails_from + (then == b"before"):
            raise OSError(errno.EIO, "Input/output error")
        replace(*paths, **options)

    for name in ("one", "two"):
        (tmp_path / name).write_bytes(b"before")
    with Outputs([tmp_path]) as outputs, monkeypatch.context() as patch:
        for name in ("one", "two"):
            outputs.write(tmp_path / name, these_bytes(b"after"))
        patch.setattr(os, "replace", failing)
        with pytest.raises(RagtoolError) as refused:
            outputs.put_in()
    assert str(refused.value).endswith(
        "(Input/output error). Check the disk's space and the network drive. Not all outputs could be put back as they "
        "were: when the drive can be written to, run again, which puts them right."
    )
    with alone_in(tmp_path):
        pass
    assert files_in(tmp_path) == {"one": then, "two": then}


def test_what_could_not_be_put_back_where_no_run_looks_again_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a drive that knows neither locks nor second names."""
    (tmp_path / "report").write_bytes(b"before")
    with Outputs() as outputs, monkeypatch.context() as patch:
        outputs.write(tmp_path / "report", these_bytes(b"after"))
        replace = os.replace
        patch.setattr(os, "link", refuse)
        patch.setattr(os, "replace", lambda *paths: refuse() if str(paths[1]).endswith("report") else replace(*paths))
        with pytest.raises(RagtoolError) as refused:
            outputs.put_in()
    said = "what stood there is beside them, in files whose names begin with .ragtool- and end with .earlier."
    assert str(refused.value).endswith(f"Not all outputs could be put back as they were: {said}")
    assert [(path.suffix, path.read_bytes()) for path in sorted(tmp_path.iterdir())][:1] == [(".earlier", b"before")]
