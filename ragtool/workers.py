"""Work for all cores, where there is enough of it: the results come in the order of the work, whoever did it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from math import ceil
from multiprocessing import get_context
from types import TracebackType
from typing import Protocol, Self, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

ENOUGH = 200
"""Tasks from which processes of their own are worth their start: it takes as long as reading eighty returns."""

MOST = 8
"""Processes at most: each takes some 100 MB."""

SHARES = 4
"""Shares of the tasks that each process gets, one after the other, so that none waits long for the last."""


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
        """Runs `function` for each of `tasks`: it, they and the results must be such as processes can send each other.

        Raises MemoryError where the system ended a process, which it does for want of memory.
        """
        if self.pool is None and self.count > 1 and len(tasks) >= ENOUGH:
            self.pool = ProcessPoolExecutor(self.count, get_context("spawn"))  # as on Windows, so on every system
        if self.pool is None:
            return in_turn(function, tasks)
        share = ceil(len(tasks) / (self.count * SHARES)) or 1
        return unbroken(self.pool.map(function, tasks, chunksize=share))


def unbroken(results: Iterator[Result]) -> Iterator[Result]:
    """The results. Raises MemoryError where a process was ended."""
    try:
        yield from results
    except BrokenProcessPool:
        raise MemoryError from None
