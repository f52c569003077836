"""Work for all cores, where there is enough of it: the results come in the order of the work, whoever did it."""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import contextmanager
from functools import lru_cache
from math import ceil
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Task = TypeVar("Task")
Result = TypeVar("Result")

ENOUGH = 40
"""Tasks from which other processes are worth their start, which takes as long as reading eighty returns."""

MOST = 8
"""Processes at most: each takes some 100 MB."""

SHARES = 12
"""Shares of the tasks for each process, so that none waits long for the last."""

LARGEST_SHARE = 16
"""Tasks of a share at most, so that a run that is stopped ends soon."""

AHEAD, ONE_BY_ONE = 2, 6
"""Shares that each other process has before it, so that none waits for this one, which can't take them back; and how
many of single tasks, such as the reports that are written while this process writes the main one.
"""

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


def usable_cores() -> int:
    """How many cores this process may use: it may be kept to some of the machine's, as in a container."""
    if hasattr(os, "process_cpu_count"):  # from Python 3.13 on
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):  # neither on Windows nor on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_turn(function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
    """One after the other, each when its result is asked for."""
    return map(function, tasks)


class Workers:
    """The processes that share a run's work with this one: none until there is `ENOUGH` to do, then until it ends."""

    def __init__(self) -> None:
        self.others = min(usable_cores(), MOST) - 1
        self.pool: ProcessPoolExecutor | None = None
        self.loading: list[Future[list[Any]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def prepare(self, function: Callable[[Task], Result], count: int) -> None:
        """Starts the processes where so many tasks are enough for them, and lets them load what `function` needs."""
        if self.pool is None and self.others > 0 and count >= ENOUGH:
            try:
                self.pool = started(self.others)
            # Some systems let no processes share work; then this one does it all.
            except (OSError, ImportError, NotImplementedError):
                self.others = 0
            packed = pickle.dumps(function)
            self.loading = [each for _ in range(self.others) if (each := self.submit(packed, ()))]

    def run(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
        """Runs `function` for each of `tasks`: it, they and the results must be such as processes can send each other,
        and a task may be begun twice. Once there are processes, they take their shares of any tasks.

        They begin at the end, while this process begins at the front as soon as the first result is asked for.
        """
        self.prepare(function, len(tasks))
        if self.pool is None:
            return in_turn(function, tasks)
        size = min(LARGEST_SHARE, ceil(len(tasks) / ((self.others + 1) * SHARES))) or 1
        left = deque(tasks[first : first + size] for first in range(0, len(tasks), size))
        packed = pickle.dumps(function)
        sent: list[tuple[Sequence[Task], Future[list[Result]]]] = []
        self.send(packed, left, sent)
        return self.gathered(function, packed, left, sent)

    def send(
        self,
        packed: bytes,
        left: deque[Sequence[Task]],
        sent: list[tuple[Sequence[Task], Future[list[Result]]]],
    ) -> None:
        """Sends the last of the shares that are `left`, as long as the other processes have less before them than
        `AHEAD` says; nothing while none of them has loaded what it needs.
        """
        if not any(each.done() for each in self.loading):
            return
        ahead = ONE_BY_ONE if left and len(left[-1]) == 1 else AHEAD
        while left and sum(not future.done() for _, future in sent) < self.others * ahead:
            future = self.submit(packed, left[-1])
            if future is None:
                return
            sent.append((left.pop(), future))

    def submit(self, packed: bytes, share: Sequence[Task]) -> Future[list[Any]] | None:
        """Sends a share to the other processes, if there are any yet."""
        try:
            with sheltered():
                return self.pool.submit(run_sent, packed, share) if self.pool else None
        # A process was ended since the last tasks, or the system starts no more of them.
        except (BrokenExecutor, OSError, RuntimeError):
            self.leave_alone()
            return None

    def gathered(
        self,
        function: Callable[[Task], Result],
        packed: bytes,
        left: deque[Sequence[Task]],
        sent: list[tuple[Sequence[Task], Future[list[Result]]]],
    ) -> Iterator[Result]:
        """The results in the tasks' order: shares from the front are done in this process until it meets those that
        were sent. What was sent is done here too where the system ends a process, as for want of memory.
        """
        while left:
            share = left.popleft()
            self.send(packed, left, sent)
            yield from in_turn(function, share)
        for tasks, future in reversed(sent):
            try:
                results = future.result()
            except (BrokenExecutor, CancelledError):
                self.leave_alone()
                results = for_each(function, tasks)
            yield from results

    def leave_alone(self) -> None:
        """Does without other processes from now on: none of them is at work any more."""
        pool, self.pool, self.others = self.pool, None, 0
        if pool:
            pool.shutdown(cancel_futures=True)


def for_each(function: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
    """What a function gives for each task."""
    return [function(task) for task in tasks]


def started(count: int) -> ProcessPoolExecutor:
    """So many processes, each begun anew on every system, as Windows does it. They are imported where they are needed:
    most runs need none.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(count, get_context("spawn"), begin)


@contextmanager
def sheltered() -> Iterator[None]:
    """Processes that are started now take no Ctrl-C, not even while they are loaded; this one takes it afterwards.
    Windows has no such shelter.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin() -> None:
    """What a process does first. Ctrl+C is its parent's to answer, which ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()


def run_sent(function: bytes, tasks: Sequence[Any]) -> list[Any]:
    """Runs a function that was sent to this process for each of the tasks that were."""
    return for_each(unpacked(function), tasks)


@lru_cache(maxsize=1)
def unpacked(function: bytes) -> Callable[[Any], Any]:
    """A function that was sent: it may carry the whole plan with it, so it is unpacked once, not for every share."""
    sent: Callable[[Any], Any] = pickle.loads(function)  # noqa: S301 - the parent process sent it
    return sent
