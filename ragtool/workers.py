"""Work for all cores, where there is enough of it: the results come in the order of the work, whoever did it."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from math import ceil
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Task = TypeVar("Task")
Result = TypeVar("Result")

ENOUGH = 200
"""Tasks from which processes of their own are worth their start: it takes as long as reading eighty returns."""

MOST = 8
"""Processes at most: each takes some 100 MB."""

SHARES = 4
"""Shares of the tasks that each process gets, one after the other, so that none waits long for the last."""

SELDOM = (200_000, 20, 100)
"""How often Python looks for unused objects that refer to each other. A run has millions of objects and few of those:
at Python's own 700 a quarter of the time goes into looking, without any looking each workbook stays in memory.
"""


def collect_seldom() -> None:
    """Makes a process that does a run's work look for unused objects seldom."""
    gc.set_threshold(*SELDOM)


class Run(Protocol):
    """Runs a function for each task; what it gives comes in the tasks' order."""

    def __call__(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]: ...


def in_turn(function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
    """One after the other, each when its result is asked for."""
    return map(function, tasks)


class Workers:
    """The processes that share a run's work: none until there is `ENOUGH` to do, then until the run ends."""

    def __init__(self) -> None:
        self.count = min(os.cpu_count() or 1, MOST)
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def run(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
        """Runs `function` for each of `tasks`: it, they and the results must be such as processes can send each other,
        and a task may be begun twice.
        """
        if self.pool is None and self.count > 1 and len(tasks) >= ENOUGH:
            try:
                self.pool = started(self.count)
            except (OSError, ImportError, NotImplementedError):  # a system that lets no processes share work
                self.count = 1
        if self.pool is None:
            return in_turn(function, tasks)
        share = ceil(len(tasks) / (self.count * SHARES)) or 1
        try:
            results = self.pool.map(function, tasks, chunksize=share)
        except BrokenExecutor:  # a process was ended since the last tasks
            self.pool, self.count = None, 1
            return in_turn(function, tasks)
        return self.unbroken(results, function, tasks)

    def unbroken(
        self, results: Iterator[Result], function: Callable[[Task], Result], tasks: Sequence[Task]
    ) -> Iterator[Result]:
        """The results; where the system ends a process, as for want of memory, what is left is done in this one."""
        count = 0
        try:
            for result in results:
                yield result
                count += 1
        except BrokenExecutor:
            self.pool, self.count = None, 1
            yield from in_turn(function, tasks[count:])


def started(count: int) -> ProcessPoolExecutor:
    """So many processes, each begun anew on every system, as Windows does it. They are imported where they are needed:
    most runs need none.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(count, get_context("spawn"), begin)


def begin() -> None:
    """What a process does first. Ctrl+C is its parent's to answer, which ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
