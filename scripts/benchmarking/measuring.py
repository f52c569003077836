"""What a command costs, measured from outside: whole processes, run in turn, each on a fresh copy of its inputs."""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import linear_regression, median
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import environment

CHUNK = 1 << 20
"""Bytes of a sheet that are held at a time: a process counts as large as the one that started it."""


@dataclass(frozen=True)
class Cost:
    """What one run took: seconds by the clock, seconds of processor time, and bytes of memory at its peak.

    Memory is that of the largest process, where a command starts several. None where the system doesn't say.
    """

    wall: float
    cpu: float | None
    memory: float | None


Costs = Mapping[str, Sequence[Cost]]
"""The runs of each task, by its name, in the order of the rounds."""


@dataclass(frozen=True)
class Task:
    """A command to measure.

    `command` is given the folder that a run has to itself, with a copy of the folder `inputs` in it under its name.
    `status` are the exit statuses of a good run, and one that `writes` leaves workbooks. Their sizes are put into the
    file `sizes`, for a peer to write as much.
    """

    name: str
    command: Callable[[Path], Sequence[str | Path]]
    inputs: Path | None = None
    status: tuple[int, ...] = (0,)
    writes: bool = True
    sizes: Path | None = None


def run_in_turn(tasks: Sequence[Task], repeat: int, what: str) -> Costs:
    """Runs every task once, then every task again, `repeat` times. Raises CannotSetUp where one fails."""
    costs: dict[str, list[Cost]] = {task.name: [] for task in tasks}
    for number in range(repeat):
        for task in tasks:
            costs[task.name].append(run_once(task))
            wall = costs[task.name][-1].wall
            environment.say(f"{what}, round {number + 1} of {repeat}: {task.name} {wall:.2f} s", error=True)
    return costs


def run_once(task: Task) -> Cost:
    """Runs a task in a folder of its own."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        if task.inputs:
            shutil.copytree(task.inputs, place / task.inputs.name)
        before = set(place.rglob("*.xlsx"))
        cost, status = measure(task.command(place), place)
        written = sorted(set(place.rglob("*.xlsx")) - before)
        if status not in task.status or bool(written) != task.writes:
            environment.say((place / "printed.txt").read_text(encoding="utf-8", errors="replace")[-2000:], error=True)
            raise environment.CannotSetUp(
                f"'{task.name}' can't be measured: it ended with status {status} and wrote {len(written)} workbooks; "
                "see the lines above."
            )
        if task.sizes and not task.sizes.exists():
            task.sizes.write_text(json.dumps([sheet_sizes(path) for path in written]), encoding="utf-8")
    return cost


def measure(command: Sequence[str | Path], home: Path) -> tuple[Cost, int]:
    """What a command costs, and its exit status; what it prints and keeps for its user goes to the folder `home`."""
    variables = {**os.environ, "PYTHONPATH": str(environment.ROOT), "HOME": str(home), "USERPROFILE": str(home)}
    with (home / "printed.txt").open("wb") as printed:
        start = time.perf_counter()
        process = subprocess.Popen(
            [*map(str, command)],
            cwd=environment.ROOT,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        status, cpu, memory = wait_for(process)
        return Cost(time.perf_counter() - start, cpu, memory), status


def wait_for(process: subprocess.Popen[bytes]) -> tuple[int, float | None, float | None]:
    """The exit status of a process, its seconds of processor time and its peak memory in bytes, children included."""
    if sys.platform == "win32":  # the standard library can't ask it what a process has used
        return process.wait(), None, None
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss * unit


def sheet_sizes(workbook: Path) -> list[tuple[int, int]]:
    """The cells and rows of each sheet of a workbook."""
    with ZipFile(workbook) as package:
        parts = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        return [(count(package, part, b"<c "), count(package, part, b"<row ")) for part in parts]


def count(package: ZipFile, part: str, tag: bytes) -> int:
    """How often a tag opens in a part, which is read a chunk at a time."""
    number, rest = 0, b""
    with package.open(part) as stream:
        for chunk in iter(partial(stream.read, CHUNK), b""):
            held = rest + chunk
            number += held.count(tag)
            rest = held[1 - len(tag) :]
    return number


def ratio(costs: Sequence[Cost], others: Sequence[Cost]) -> float:
    """How many times as long one command takes as another: the median of the rounds, in each of which both ran."""
    return median(one.wall / other.wall for one, other in zip(costs, others, strict=True))


def middle(figures: Iterable[float | None]) -> float | None:
    """The median; None where the figures aren't known."""
    known = [figure for figure in figures if figure is not None]
    return median(known) if known else None


def slope(seconds: Mapping[int, float]) -> float | None:
    """The slope of log time over log size, by least squares: 1 where time grows as the size does.

    None where there are fewer than two sizes.
    """
    if len(seconds) < 2:
        return None
    return linear_regression([math.log(size) for size in seconds], [math.log(time) for time in seconds.values()]).slope
