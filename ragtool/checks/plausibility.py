"""Figures that may be a slip of the hand. Each is used as it was read; somebody should look."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ragtool import columns as c
from ragtool.checks.base import Check, Rated, ask
from ragtool.figures import show
from ragtool.frames import Row, records
from ragtool.merge import ENTERED_AT
from ragtool.model import Basis, DataStatus, Query

TENFOLD = 10
"""A figure so many times its target or last figure, or so small a part of it, may be a slip of the decimal point."""

IDENTICAL = 3
"""So many quarters with the same figure, this one included, may be the same return sent again."""


def figures_are_plausible(rated: Rated) -> Iterator[Query]:
    """Each figure against its target and its earlier figures; the first doubt is the one that is raised."""
    for row in records(rated.measures):
        entered = row[ENTERED_AT] is not None and row[c.DATA_STATUS] is not DataStatus.NO_NEWER
        if row[c.PERFORMANCE] is not None and entered:
            doubts = (doubt(row, rated) for doubt in DOUBTS)
            if problem := next((found for found in doubts if found), ""):
                yield from ask(row, c.PERFORMANCE, problem, "Check the figure; if it is right, leave it as it is.")


def others(row: Row, rated: Rated) -> list[tuple[str, Decimal]]:
    """What a figure can be held against: its target, its last figure."""
    last = rated.earlier.last_figure(row[c.KEY], row[c.PART])
    found = [("the target", row[c.TARGET])]
    if last:
        found.append((f"the figure of {last[c.QUARTER]}", last[c.PERFORMANCE]))
    return [(name, other) for name, other in found if other and row[c.PERFORMANCE]]


def percentage_or_fraction(row: Row, rated: Rated) -> str:
    """74.4 stored where 74.4 % is meant, or 0.744 % where 74.4 % is."""
    figure = row[c.PERFORMANCE]
    if row[c.UNIT] != "%":
        return ""
    for name, other in others(row, rated):
        if figure > 1 and figure >= 20 * other:
            return (
                f"{shown(row, figure)} looks like a percentage typed without its sign; {name} is {shown(row, other)}."
            )
        if other >= Decimal("0.1") and 0 < figure * 50 <= other:
            return f"{shown(row, figure)} looks like a fraction typed as a percentage; {name} is {shown(row, other)}."
    return ""


def tenfold(row: Row, rated: Rated) -> str:
    """Ten times or a tenth of the target or of the last figure."""
    figure = row[c.PERFORMANCE]
    for name, other in others(row, rated):
        times = abs(figure) / abs(other)
        if times >= TENFOLD:
            return f"{shown(row, figure)} is at least ten times {name}, {shown(row, other)}."
        if times <= Decimal(1) / TENFOLD:
            return f"{shown(row, figure)} is at most a tenth of {name}, {shown(row, other)}."
    return ""


def shrinking(row: Row, rated: Rated) -> str:
    """A year-to-date figure lower than the last quarter's of the same year."""
    last = rated.earlier.last_figure(row[c.KEY], row[c.PART])
    if row[c.BASIS] is not Basis.YEAR_TO_DATE or not last or last[c.QUARTER].year != rated.quarter.year:
        return ""
    if row[c.PERFORMANCE] >= last[c.PERFORMANCE]:
        return ""
    now, then = shown(row, row[c.PERFORMANCE]), shown(row, last[c.PERFORMANCE])
    return f"{now} for the year to date is less than the {then} of {last[c.QUARTER]}."


def standing_still(row: Row, rated: Rated) -> str:
    """The same figure in every quarter known."""
    before = [then[c.PERFORMANCE] for then in rated.earlier.about(row[c.KEY], row[c.PART])]
    figures = [figure for figure in before if figure is not None]
    if row[c.BASIS] is Basis.LATEST or len(figures) + 1 < IDENTICAL or any(f != row[c.PERFORMANCE] for f in figures):
        return ""
    return f"{shown(row, row[c.PERFORMANCE])} is the same figure as in each quarter before."


def shown(row: Row, figure: Decimal) -> str:
    """A figure as the officer would write it."""
    return show(figure, row[c.UNIT] or "", row[c.DECIMALS])


DOUBTS = (percentage_or_fraction, tenfold, shrinking, standing_still)

PLAUSIBILITY: tuple[Check, ...] = (figures_are_plausible,)
