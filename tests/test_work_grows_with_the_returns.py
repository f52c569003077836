"""No command's work grows faster than the returns: counted in steps of the program, not in seconds."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import ragtool
from councils import Council, make_council
from ragtool.cli import run
from ragtool.commands import check, consolidate, next_quarter, templates  # noqa: F401, so that no run imports them

PACKAGE = str(Path(ragtool.__file__).parent)
ROOMS = tuple(
    str(Path(PACKAGE) / room)
    for room in ("commands", "report", "results", "checks", "quarter", "returns", "history", "plan")
)
"""The rooms whose steps are counted: those above reading and writing single cells, whose work is that of the cells."""

SIZES = (4, 8, 16)
MOST = 2.001
"""Times the steps from 8 to 16 returns may be those from 4 to 8: what every run does once is in neither, and a scan of
all rows for each return makes it more.
"""


@contextmanager
def counted() -> Iterator[list[int]]:
    """Counts every step (bytecode instruction) that is done in `ROOMS`, so that no scan of all rows goes unseen."""
    steps = [0]

    def trace(frame: FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        if event == "call":
            if not frame.f_code.co_filename.startswith(ROOMS):
                return None
            frame.f_trace_opcodes, frame.f_trace_lines = True, False
        elif event == "opcode":
            steps[0] += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield steps
    finally:
        sys.settrace(before)


def steps_of(folder: Path, *arguments: str) -> int:
    """How many steps a command takes."""
    with counted() as steps:
        status = run([argument.replace("FOLDER", str(folder)) for argument in arguments])
    assert status in (0, 1)
    return steps[0]


@pytest.fixture(scope="module")
def councils(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Two councils, one with twice as many service areas; each has its report."""
    made = {}
    for areas in SIZES:
        made[areas] = make_council(tmp_path_factory.mktemp("council") / "2013-14 Q2", Council(areas, 3, 2, 4))
        assert run(["consolidate", str(made[areas])]) == 1
    return made


@pytest.mark.parametrize(
    "command",
    [
        ("templates", "FOLDER", "--quarter", "2013/14 Q3"),
        ("check", "FOLDER"),
        ("consolidate", "FOLDER"),
        ("next", "FOLDER", "FOLDER next"),
    ],
    ids=lambda command: command[0],
)
def test_twice_the_returns_are_at_most_twice_the_work(
    councils: dict[int, Path], command: tuple[str, ...], tmp_path: Path
) -> None:
    few, twice, four_times = (
        steps_of(Path(shutil.copytree(councils[areas], tmp_path / f"{areas}" / "2013-14 Q2")), *command)
        for areas in SIZES
    )
    assert few > 1000
    assert four_times - twice <= MOST * (twice - few), f"{command[0]}: {few:,}, {twice:,}, {four_times:,} steps"
