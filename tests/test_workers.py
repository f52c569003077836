"""The cores that share the work: the same outputs, the same sentences, each return read once."""

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, wait
from multiprocessing import active_children
from multiprocessing.context import SpawnProcess
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from councils import Council, make_council
from ragtool import workers
from ragtool.cli import Progress, run
from ragtool.errors import RagtoolError
from ragtool.returns import one_return
from ragtool.returns.marked import copies
from ragtool.workbooks import opening
from ragtool.workers import Workers
from small_quarter import report_of


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three service areas, each of whose returns has a query."""
    return make_council(tmp_path_factory.mktemp("council") / "2013-14 Q2", Council(3, 2, 2, 2))


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes, however few tasks there are."""
    monkeypatch.setattr(workers, "ENOUGH", 2)
    monkeypatch.setattr(workers, "usable_cores", lambda: 2)


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def run_all(folder: Path) -> list[int]:
    """What a quarter's commands end with."""
    commands = (["check"], ["consolidate"], ["templates", "--quarter", "2013/14 Q3"])
    return [run([command[0], str(folder), *command[1:]]) for command in commands]


def test_the_outputs_are_the_same_byte_for_byte(council, tmp_path, monkeypatch, capsys):
    alone, together = (Path(shutil.copytree(council, tmp_path / name / "2013-14 Q2")) for name in ("alone", "shared"))
    assert run_all(alone) == [1, 1, 1]
    said = capsys.readouterr()
    elsewhere: list[list[Future[Any]]] = []
    start, prepare = workers.started, Workers.prepare

    def prepared(together: Workers, *what_for: Any) -> None:
        prepare(together, *what_for)
        wait(together.loading)  # or this process might do all of so little work

    def started(count: int) -> Any:
        pool, begun = start(count), list[Future[Any]]()
        submit = pool.submit

        def submitted(*task: Any) -> Future[Any]:
            begun.append(submit(*task))
            return begun[-1]

        patch.setattr(pool, "submit", submitted)
        elsewhere.append(begun)
        return pool

    with monkeypatch.context() as patch:
        patch.setattr(workers, "ENOUGH", 2)
        patch.setattr(workers, "usable_cores", lambda: 2)
        patch.setattr(workers, "started", started)
        patch.setattr(Workers, "prepare", prepared)
        assert run_all(together) == [1, 1, 1]
    assert [{future.exception() for future in begun} for begun in elsewhere] == [{None}] * 3
    assert min(map(len, elsewhere)) > 1  # what was loaded isn't work yet
    assert [text.replace("shared", "alone") for text in capsys.readouterr()] == list(said)
    assert files_of(together) == files_of(alone)
    assert len([name for name in files_of(alone) if "queries" in name]) == 3


@pytest.mark.parametrize(
    ("lacking", "cores"),
    [((), 3), (("process_cpu_count",), 2), (("process_cpu_count", "sched_getaffinity"), 4)],
    ids=["Python 3.13", "Linux", "Windows and macOS"],
)
def test_the_cores_are_those_that_the_process_may_use(lacking, cores, monkeypatch):
    monkeypatch.setattr(os, "process_cpu_count", lambda: 3, raising=False)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 5}, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    for name in lacking:
        monkeypatch.delattr(os, name)
    with Workers() as together:
        assert together.others == cores - 1


def refuse(task: int) -> int:
    if task == 1:
        raise RagtoolError("It can't be written. Close it and run again.")
    return os.getpid()


def end_elsewhere(task: int) -> int:
    if os.getpid() != task:
        os._exit(1)
    return task


def test_what_goes_wrong_in_a_process_is_said_as_elsewhere(shared):
    with pytest.raises(RagtoolError, match=r"It can't be written\. Close it and run again\."), Workers() as together:
        list(together.run(refuse, [0, 1]))


def test_what_a_process_left_that_the_system_ended_is_done_here(shared):
    here = [os.getpid()] * 3
    with Workers() as together:
        assert list(together.run(end_elsewhere, here)) == here
        assert list(together.run(end_elsewhere, here)) == here


def end_at_the_last(task: tuple[int, int]) -> int:
    """Ends the process that isn't the one named and has task 39; every other task takes it a while."""
    here, number = task
    if os.getpid() != here:
        if number == 39:
            os._exit(1)
        sleep(0.01)
    return number


def test_where_one_process_of_several_is_ended_all_is_done_and_the_run_ends(shared, monkeypatch):
    monkeypatch.setattr(workers, "usable_cores", lambda: 3)
    with Workers() as together:
        together.prepare(end_at_the_last, 40)
        wait(together.loading)
        assert list(together.run(end_at_the_last, [(os.getpid(), each) for each in range(40)])) == list(range(40))
        assert together.pool is None
    assert not active_children()


@pytest.mark.parametrize(
    ("place", "start", "problem"),
    [
        (workers, "started", OSError(38, "Function not implemented")),
        (SpawnProcess, "start", BlockingIOError(11, "Resource temporarily unavailable")),
    ],
    ids=["no processes", "no more processes"],
)
def test_where_no_process_can_be_started_all_is_done_here(place, start, problem, shared, monkeypatch):
    def refused(started: Any) -> Any:
        raise problem

    monkeypatch.setattr(place, start, refused)
    with Workers() as alone:
        assert set(alone.run(refuse, [0, 0, 0])) == {os.getpid()}


def test_little_work_stays_in_one_process():
    tasks: Sequence[int] = [0] * (workers.ENOUGH - 1)
    with Workers() as alone:
        assert set(alone.run(refuse, tasks)) == {os.getpid()}


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each workbook is parsed, by the SHA-256 of its bytes."""
    counter: Counter[str] = Counter()
    read_into = opening.read_into

    def counted(filling: Any, data: bytes) -> Any:
        counter[hashlib.sha256(data).hexdigest()] += 1
        return read_into(filling, data)

    monkeypatch.setattr(opening, "read_into", counted)
    monkeypatch.setattr(copies, "read_into", counted)
    return counter


def times(parsed: Counter[str], paths: Sequence[Path]) -> dict[str, int]:
    """How often each of the files was parsed."""
    return {path.name: parsed[hashlib.sha256(path.read_bytes()).hexdigest()] for path in paths}


def test_each_return_is_parsed_once(council, tmp_path, parsed):
    """For its digest, for the merge and for its marked copy."""
    folder = Path(shutil.copytree(council, tmp_path / "2013-14 Q2"))
    assert run(["consolidate", str(folder)]) == 1
    assert len(list((folder / "returns" / "queries").iterdir())) == 3
    inputs = [folder / "corporate_plan.xlsx", *(folder / "returns").glob("*.xlsx")]
    assert times(parsed, inputs) == {path.name: 1 for path in inputs}


def test_a_return_too_large_to_keep_that_cant_be_marked_is_parsed_once_more(council, tmp_path, parsed, monkeypatch):
    """For the template that is filled with it, and not for the attempt to mark it and for that."""
    folder = Path(shutil.copytree(council, tmp_path / "2013-14 Q2"))
    monkeypatch.setattr(one_return, "KEPT", 0)
    monkeypatch.setattr(copies, "MARKABLE", ())
    assert run(["check", str(folder)]) == 1
    assert len(list((folder / "returns" / "queries").iterdir())) == 3
    inputs = list((folder / "returns").glob("*.xlsx"))
    assert times(parsed, inputs) == {path.name: 2 for path in inputs}


def test_a_check_of_two_quarters_returns_parses_each_once(council, tmp_path, parsed, monkeypatch):
    folder = Path(shutil.copytree(council, tmp_path / "2013-14 Q2"))
    run(["consolidate", str(folder)])
    shutil.copy(report_of(folder), folder / "previous.xlsx")
    run(["templates", str(folder), "--quarter", "2013/14 Q3"])
    inputs = [folder / "corporate_plan.xlsx", folder / "previous.xlsx", *(folder / "returns").glob("*.xlsx")]
    assert len(inputs) == 8
    parsed.clear()
    counts: list[tuple[int, int]] = []
    monkeypatch.setattr(Progress, "__call__", lambda self, task, count, of: counts.append((count, of)))
    assert run(["check", str(folder)]) == 1
    assert times(parsed, inputs) == {path.name: 1 for path in inputs}
    assert counts == [(number, 6) for number in range(1, 7)]
