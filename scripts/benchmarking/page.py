"""The page of the figures: what was asked for beside what was measured, then all that was measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarking import tasks
from benchmarking.measuring import Cost, Costs, middle, ratio, slope

COMPARED_AT = (60, 500, 2000)
"""The returns at which commands are held against the least that any program must do."""

SLOPE_FROM = 60
"""The fewest returns that count for the slope: with fewer, starting takes most of the time."""

MB = 1_000_000

UNKNOWN = "–"


@dataclass(frozen=True)
class Figures:
    """What was measured: by the number of returns, with and without a history, and of starting."""

    repeat: int
    returns: Mapping[int, Costs]
    history: Costs
    start: Costs


@dataclass(frozen=True)
class Target:
    """What was asked for; `figure` is None where it was not measured."""

    what: str
    figure: float | None
    limit: float
    form: str = "{:.2f} ×"
    at_least: bool = False

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """Its row of the page."""
        limit = f"{'at least' if self.at_least else 'at most'} {self.form.format(self.limit)}"
        if self.figure is None:
            return self.what, UNKNOWN, limit, "not measured"
        met = self.figure >= self.limit if self.at_least else self.figure <= self.limit
        return self.what, self.form.format(self.figure), limit, "met" if met else "**missed**"


def targets(figures: Figures) -> Iterator[Target]:
    """Everything that was asked for."""
    for name in tasks.COMMANDS:
        yield Target(f"{name}: slope from {SLOPE_FROM} returns on", slope_of(figures, name), 1.05, "{:.2f}")
    for name, floor, most in (
        (tasks.TENTH, tasks.FLOOR_TENTH, 2),
        (tasks.ALL, tasks.FLOOR_ALL, 3),
        (tasks.TEMPLATES, tasks.BARE, 1.5),
    ):
        for size in COMPARED_AT:
            yield Target(f"{name}: against {floor}, {size:,} returns", compared(figures, size, name, floor), most)
    pandas = compared(figures, 500, tasks.PANDAS, tasks.TENTH)
    yield Target(f"{tasks.PANDAS}: against consolidate, 500 returns", pandas, 3, at_least=True)
    for size in (240, 500):
        datamaps = compared(figures, size, tasks.DATAMAPS, tasks.TENTH)
        yield Target(f"{tasks.DATAMAPS}: against consolidate, {size} returns", datamaps, 1, at_least=True)
    for later, first in ((tasks.LATER, tasks.FIRST), (tasks.LATER_TEMPLATES, tasks.FIRST_TEMPLATES)):
        yield Target(f"{later}: against the first", times(figures.history, later, first), 2)
    peak = "{:.0f} MB"
    for size, most in ((500, 400), (2000, 1500)):
        yield Target(f"peak memory of every command, {size:,} returns", largest(figures, size), most, peak)
    yield Target("peak memory of consolidate over importing it, 12 returns", over_importing(figures), 40, peak)
    for name in (tasks.HELP, tasks.VERSION, tasks.USAGE_ERROR):
        yield Target(name, middle(cost.wall for cost in figures.start.get(name, ())), 0.15, "{:.2f} s")
    one = times(figures.start, tasks.CHECK_ONE, tasks.CHECK_IMPORTS)
    yield Target(f"{tasks.CHECK_ONE}: against {tasks.CHECK_IMPORTS}", one, 1.3)


def slope_of(figures: Figures, name: str) -> float | None:
    """How the time of a task grows with the returns."""
    walls = {size: middle(cost.wall for cost in costs.get(name, ())) for size, costs in figures.returns.items()}
    return slope({size: wall for size, wall in walls.items() if wall is not None and size >= SLOPE_FROM})


def compared(figures: Figures, size: int, name: str, other: str) -> float | None:
    """How many times as long one task takes as another with so many returns."""
    return times(figures.returns.get(size, {}), name, other)


def times(costs: Costs, name: str, other: str) -> float | None:
    """How many times as long one task takes as another; None where either was not measured."""
    return ratio(costs[name], costs[other]) if name in costs and other in costs else None


def peak(costs: Costs, name: str) -> float | None:
    """The peak memory of a task in MB."""
    memory = middle(cost.memory for cost in costs.get(name, ()))
    return None if memory is None else memory / MB


def largest(figures: Figures, size: int) -> float | None:
    """The peak memory of the command that needs most with so many returns."""
    peaks = [peak(figures.returns.get(size, {}), name) for name in tasks.COMMANDS]
    return max((each for each in peaks if each is not None), default=None)


def over_importing(figures: Figures) -> float | None:
    """The peak memory of consolidate with 12 returns, less that of a process which only imports it."""
    whole, imports = peak(figures.returns.get(12, {}), tasks.TENTH), peak(figures.start, tasks.IMPORTS)
    return None if whole is None or imports is None else whole - imports


MEASURED: Mapping[str, tuple[Callable[[Cost], float | None], str]] = {
    "Seconds by the clock": (lambda cost: cost.wall, "{:.2f}"),
    "Seconds of processor time": (lambda cost: cost.cpu, "{:.2f}"),
    "Peak memory in MB": (lambda cost: None if cost.memory is None else cost.memory / MB, "{:.0f}"),
}
"""What is shown of each run, and how."""


def page(figures: Figures) -> str:
    """The whole page, as Markdown."""
    blocks = [
        "# Benchmarks",
        f"Written by `scripts/benchmark.py` on {date.today():%d %B %Y}, on {machine()}, with {programs()}.",
        f"Rounds: {figures.repeat}. In each, every command runs once, a whole process on a fresh copy of its inputs; "
        "a figure is the median of the rounds. A return has 12 key actions, 48 milestones and 10 measures, a "
        "council five panels. The floor reads the same returns with python-calamine and writes with XlsxWriter as many "
        "cells as the report, the panels' reports and the marked copies have; bare writing does so for the blank "
        "returns. How many times as long one command takes as another is the median of the rounds too. The slope is "
        "that of log time over log returns, 1 where time grows as the returns do. The pandas script and datamaps get "
        f"up to {tasks.PEERS_UP_TO} returns. Memory is that of the largest process where a command starts several, as "
        "datamaps does; Windows tells neither memory nor processor time.",
        "## What was asked for",
        table(("target", "measured", "asked for", ""), (target.cells for target in targets(figures))),
    ]
    if figures.returns:
        blocks += ["## By the number of returns", *returns_tables(figures)]
    if figures.history:
        title = f"## After {tasks.HISTORY} quarters of history, {tasks.FEW} returns"
        blocks += [title, costs_table(figures.history)]
    if figures.start:
        blocks += ["## Starting", costs_table(figures.start)]
    return "\n\n".join(blocks) + "\n"


def returns_tables(figures: Figures) -> Iterator[str]:
    """A table for each thing that is measured, a row a task and a column a number of returns."""
    names = list(dict.fromkeys(name for costs in figures.returns.values() for name in costs))
    for title, (of, form) in MEASURED.items():
        rows = [
            [name, *(shown(map(of, costs.get(name, ())), form) for costs in figures.returns.values())] for name in names
        ]
        heads = [title, *(f"{size:,}" for size in figures.returns)]
        if title.endswith("clock"):
            heads.append("slope")
            rows = [[*row, shown([slope_of(figures, row[0])], "{:.2f}")] for row in rows]
        yield table(heads, rows)


def costs_table(costs: Costs) -> str:
    """A row a task and a column for each thing that is measured."""
    rows = ([name, *(shown(map(of, runs), form) for of, form in MEASURED.values())] for name, runs in costs.items())
    return table(["", *MEASURED], rows)


def shown(figures: Iterable[float | None], form: str) -> str:
    """The median as a cell shows it."""
    figure = middle(figures)
    return UNKNOWN if figure is None else form.format(figure)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, its figures on the right."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """The machine in a few words, without its name."""
    return f"{platform.system()} {platform.machine()} with {os.cpu_count()} processors ({processor()})"


def processor() -> str:
    """The kind of processor, which only Linux doesn't give to `platform`."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return next(iter(names), platform.processor() or "of a kind that it doesn't tell")


def programs() -> str:
    """The versions that count."""
    return f"Python {platform.python_version()}, pandas {version('pandas')} and XlsxWriter {version('xlsxwriter')}"
