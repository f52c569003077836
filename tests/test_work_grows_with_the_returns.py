"""No command's work grows faster than the returns, or than the quarters before: counted in steps, not in seconds."""

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

import ragtool
from councils import Council, make_council, make_plan, make_returns
from ragtool.cli import run
from ragtool.commands import consolidate, next_quarter, templates  # noqa: F401, so that no run imports them
from ragtool.commands.folder import PREVIOUS, RETURNS
from ragtool.looks import fitting
from ragtool.quarters import Quarter

PACKAGE = str(Path(ragtool.__file__).parent)
"""Steps are counted in all rooms, down to those that read and write single cells."""

SIZES = (2, 4, 8)
"""So few that no list goes on to a second page, as it does from twelve service areas on."""
BEFORE = (2, 4, 6)
"""Quarters that were reported before."""

MORE = 1.25
"""Times as much as it should a function's steps may grow, since XML is parsed in pieces and rows go on pages. A scan of
all rows for each return makes it 2.
"""
SPARE = 350
"""Steps more that any function may have: figures and texts differ, and so how they are shown."""

Steps = Counter[CodeType]
"""How often each function did a step: its call, a line, another turn of a loop or generator, its return."""

Tracing = Callable[[FrameType, str, Any], Any]


@contextmanager
def counted() -> Iterator[Steps]:
    """Counts every step that is done in ragtool by its function, so that no scan of all rows goes unseen."""
    steps: Steps = Counter()
    taken: dict[CodeType, count[int]] = {}
    known: dict[int, tuple[CodeType, Tracing | None]] = {}  # Python would read a function's whole code to find it by

    def tracing(code: CodeType) -> Tracing | None:
        if not code.co_filename.startswith(PACKAGE):
            return None
        one_more = taken.setdefault(code, count()).__next__

        def step(frame: FrameType, event: str, argument: Any) -> Tracing:
            one_more()
            return step

        return step

    def begin(frame: FrameType, event: str, argument: Any) -> Tracing | None:
        code = frame.f_code
        if id(code) not in known:
            known[id(code)] = code, tracing(code)
        step = known[id(code)][1]
        return step(frame, event, argument) if step else None

    before = sys.gettrace()
    sys.settrace(begin)
    try:
        yield steps
    finally:
        sys.settrace(before)
        steps.update({code: next(so_many) for code, so_many in taken.items()})


def steps_of(folder: Path, *arguments: str) -> Steps:
    """The steps that a command takes, as in a process of its own, which knows no text's width yet."""
    for known in (fitting.text_pixels, fitting.broken, fitting.lines_of):
        known.cache_clear()
    with counted() as steps:
        status = run([argument.replace("FOLDER", str(folder)) for argument in arguments])
    assert status in (0, 1)
    return steps


def growing_faster(first: Steps, second: Steps, third: Steps, times: float) -> list[str]:
    """The functions that have many more steps in the third run over the second than so many `times` those in the second
    over the first.
    """
    return [
        f"{each.co_qualname}: {first[each]:,}, {second[each]:,}, {third[each]:,} steps"
        for each in third
        if third[each] - second[each] > MORE * times * max(0, second[each] - first[each]) + SPARE
    ]


def test_a_scan_of_all_rows_for_each_return_would_be_noticed() -> None:
    """Of the fourteen rows that each of these returns has; a loop does two steps for a row."""
    first, second, third = (Counter({counted.__code__: 2 * 14 * areas * areas}) for areas in SIZES)
    assert len(growing_faster(first, second, third, 2)) == 1


def test_a_scan_of_all_rows_for_each_row_before_would_be_noticed() -> None:
    """Of the nine rows that a quarter has."""
    first, second, third = (Counter({counted.__code__: 2 * (9 * quarters) ** 2}) for quarters in BEFORE)
    assert len(growing_faster(first, second, third, 1)) == 1


@pytest.fixture(scope="module")
def councils(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Three councils, each with twice as many service areas as the one before; each has its report."""
    made = {}
    for areas in SIZES:
        made[areas] = make_council(tmp_path_factory.mktemp("council") / "2013-14 Q2", Council(areas, 3, 2, 4, panels=2))
        assert run(["consolidate", str(made[areas]), "--no-panels", "--no-pack"]) == 1
    return made


@pytest.mark.parametrize(
    "command",
    [
        ("templates", "FOLDER", "--quarter", "2013/14 Q3"),
        ("consolidate", "FOLDER"),
        ("next", "FOLDER", "FOLDER next"),
    ],
    ids=lambda command: command[0],
)
def test_twice_the_returns_are_at_most_twice_the_work(
    councils: dict[int, Path], command: tuple[str, ...], tmp_path: Path
) -> None:
    """What `check` does, `consolidate` does as well."""
    few, twice, four_times = (
        steps_of(Path(shutil.copytree(councils[areas], tmp_path / f"{areas}" / "2013-14 Q2")), *command)
        for areas in SIZES
    )
    assert few.total() > 1000
    assert growing_faster(few, twice, four_times, 2) == []


@pytest.fixture(scope="module")
def later_quarters(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """A council's quarter folders after so many quarters, each with the last one's report, which has all before it."""
    place, made, report = tmp_path_factory.mktemp("quarters"), {}, None
    for number in range(max(BEFORE) + 1):
        council = Council(1, 3, 1, 3, panels=1, quarter=Quarter(2010, 1).plus(number), history=number)
        folder = make_plan(place / str(number) / council.quarter.file_name, council)
        if report:
            shutil.copyfile(report, folder / PREVIOUS)
        make_returns(folder, council)
        if number in BEFORE:
            made[number] = folder
        report = consolidate.consolidate(folder, output=place / f"{number}.xlsx", panels=False, pack=False).report
    return made


@pytest.mark.parametrize("command", ["templates", "consolidate"])
def test_each_quarter_before_is_as_much_work_as_any_other(
    later_quarters: dict[int, Path], command: str, tmp_path: Path
) -> None:
    counts = []
    for quarters, made in later_quarters.items():
        folder = Path(shutil.copytree(made, tmp_path / str(quarters) / made.name))
        if command == "templates":
            shutil.rmtree(folder / RETURNS)
        counts.append(steps_of(folder, command, "FOLDER", "--quarter", made.name))
    first, second, third = counts
    assert second.total() - first.total() > 1000
    assert growing_faster(first, second, third, 1) == []
