"""Figures that may be a slip of the hand. Each is used as it was read; somebody should look."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ragtool import columns as c
from ragtool.checks.base import Check, ask
from ragtool.figures import show
from ragtool.frames import Row, records
from ragtool.model import Basis, Better, DataStatus, Query
from ragtool.quarter.merge import ENTERED_AT
from ragtool.quarter.rated import Rated

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
    """What a figure can be held against: its target, or the end of its range that it is beyond; its last figure.

    A year-to-date figure starts again each year, so the last one of another year is left out.
    """
    last = rated.earlier.last_figure(row[c.KEY], row[c.PART])
    begun_again = row[c.BASIS] is Basis.YEAR_TO_DATE and last and last[c.QUARTER].year != rated.quarter.year
    found = end_of_range(row) if row[c.BETTER_WHEN] is Better.IN_RANGE else [("the target", row[c.TARGET])]
    if last and not begun_again:
        found.append((f"the figure of {last[c.QUARTER]}", last[c.PERFORMANCE]))
    return [(name, other) for name, other in found if other and row[c.PERFORMANCE]]


def end_of_range(row: Row) -> list[tuple[str, Decimal]]:
    """The end of its range that a figure is beyond."""
    figure, low, high = row[c.PERFORMANCE], row[c.RANGE_LOW], row[c.RANGE_HIGH]
    if low is not None and figure < low:
        return [("the low end of its range", low)]
    return [("the high end of its range", high)] if high is not None and figure > high else []


def percentage_or_fraction(row: Row, rated: Rated) -> str:
    """74.4 stored where 74.4 % is meant, or 0.744 % where 74.4 % is."""
    figure = row[c.PERFORMANCE]
    if row[c.UNIT] != "%":
        return ""
    compared = others(row, rated)
    for name, other in compared:
        if figure > 1 and figure >= 20 * other:
            return (
                f"{shown(row, figure)} looks like a percentage typed without its sign; {name} is {shown(row, other)}."
            )
        if other >= Decimal("0.1") and 0 < figure * 50 <= other:
            return f"{shown(row, figure)} looks like a fraction typed as a percentage; {name} is {shown(row, other)}."
    if not compared and figure > TENFOLD:
        return f"{shown(row, figure)} looks like a percentage typed without its sign."
    return ""


def tenfold(row: Row, rated: Rated) -> str:
    """Ten times or a tenth of the target or of the last figure."""
    figure = row[c.PERFORMANCE]
    for name, other in others(row, rated):
        times = abs(figure) / abs(other)
        if times >= TENFOLD:
            return f"The figure, {shown(row, figure)}, is at least ten times {name}, {shown(row, other)}."
        if times <= Decimal(1) / TENFOLD:
            return f"The figure, {shown(row, figure)}, is at most a tenth of {name}, {shown(row, other)}."
    return ""


def shrinking(row: Row, rated: Rated) -> str:
    """A year-to-date figure lower than the last quarter's of the same year."""
    last = rated.earlier.last_figure(row[c.KEY], row[c.PART])
    if row[c.BASIS] is not Basis.YEAR_TO_DATE or not last or last[c.QUARTER].year != rated.quarter.year:
        return ""
    if row[c.PERFORMANCE] >= last[c.PERFORMANCE]:
        return ""
    now, then = shown(row, row[c.PERFORMANCE]), shown(row, last[c.PERFORMANCE])
    return f"The figure for the year to date, {now}, is less than the {then} of {last[c.QUARTER]}."


def standing_still(row: Row, rated: Rated) -> str:
    """The same figure in every quarter known. None at all, or all of 100 %, may well stay so."""
    figure = row[c.PERFORMANCE]
    before = [then[c.PERFORMANCE] for then in rated.earlier.about(row[c.KEY], row[c.PART])]
    figures = [earlier for earlier in before if earlier is not None]
    ordinary = row[c.BASIS] is Basis.LATEST or figure == 0 or (row[c.UNIT] == "%" and figure == 1)
    if ordinary or len(figures) + 1 < IDENTICAL or any(earlier != figure for earlier in figures):
        return ""
    return f"The figure, {shown(row, figure)}, is the same as in each quarter before."


def shown(row: Row, figure: Decimal) -> str:
    """A figure as the officer would write it."""
    return show(figure, row[c.UNIT] or "", row[c.DECIMALS])


DOUBTS = (percentage_or_fraction, tenfold, shrinking, standing_still)

PLAUSIBILITY: tuple[Check, ...] = (figures_are_plausible,)
