"""Figures that may be a slip of the hand. Each is used as it was read; somebody should look."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ragtool import columns as c
from ragtool.checks.base import Check, ask
from ragtool.figures import show
from ragtool.model import Basis, Better, Query
from ragtool.quarter.items import RatedMeasure
from ragtool.quarter.rated import RatedQuarter

TENFOLD = 10
"""A figure so many times its target or last figure, or so small a part of it, may be a slip of the decimal point."""

HARDLY_MORE = Decimal("1.25")
"""A year-to-date figure up to so many times what a quarter usually brings may be the figure of one quarter alone."""
UNKNOWN = "If it isn't known, clear the cell and choose Not available; if it is 0, leave it as it is."

IDENTICAL = 3
"""So many quarters with the same figure, this one included, may be the same return sent again."""


def figures_are_plausible(rated: RatedQuarter) -> Iterator[Query]:
    """Each figure against its target and its earlier figures; the first doubt is the one that is raised."""
    for row in rated.measures:
        entered = row.entry.at is not None and not row.stands
        if row.figure is not None and entered:
            doubts = (doubt(row, row.figure, rated) for doubt in DOUBTS)
            if problem := next((problem for problem in doubts if problem), ""):
                what = "Check the figure; if it is right, leave it as it is." if row.figure else UNKNOWN
                yield from ask(row, c.PERFORMANCE, problem, what)


def others(row: RatedMeasure, figure: Decimal, rated: RatedQuarter) -> list[tuple[str, Decimal]]:
    """What a figure can be held against: its target, or the end of its range that it is beyond; its last figure.

    A year-to-date figure starts again each year, so the last one of another year is left out.
    """
    last = rated.earlier.last_figure(row.item.key, row.part)
    begun_again = row.item.basis is Basis.YEAR_TO_DATE and last and last.quarter.year != rated.quarter.year
    in_range = row.item.better_when is Better.IN_RANGE
    compared = end_of_range(row, figure) if in_range else [("the target", row.target)]
    if last and not begun_again:
        compared.append((f"the figure of {last.quarter}", last.performance))
    return [(name, other) for name, other in compared if other]


def end_of_range(row: RatedMeasure, figure: Decimal) -> list[tuple[str, Decimal | None]]:
    """The end of its range that a figure is beyond."""
    low, high = row.item.low, row.item.high
    if low is not None and figure < low:
        return [("the low end of its range", low)]
    return [("the high end of its range", high)] if high is not None and figure > high else []


def percentage_or_fraction(row: RatedMeasure, figure: Decimal, rated: RatedQuarter) -> str:
    """74.4 stored where 74.4 % is meant, or 0.744 % where 74.4 % is."""
    if row.item.unit != "%":
        return ""
    compared = others(row, figure, rated)
    for name, other in compared:
        returned, beside = in_unit(row, figure), in_unit(row, other)
        if figure > 1 and figure >= 20 * other:
            return f"{returned} looks like a percentage typed without its sign; {name} is {beside}."
        if other >= Decimal("0.1") and 0 < figure * 50 <= other:
            return f"{returned} looks like a fraction typed as a percentage; {name} is {beside}."
    if not compared and figure > TENFOLD:
        return f"{in_unit(row, figure)} looks like a percentage typed without its sign."
    return ""


def tenfold(row: RatedMeasure, figure: Decimal, rated: RatedQuarter) -> str:
    """Ten times or a tenth of the target or of the last figure."""
    for name, other in others(row, figure, rated) if figure else ():
        times = abs(figure) / abs(other)
        if times >= TENFOLD:
            return f"The figure, {in_unit(row, figure)}, is at least ten times {name}, {in_unit(row, other)}."
        if times <= Decimal(1) / TENFOLD:
            return f"The figure, {in_unit(row, figure)}, is at most a tenth of {name}, {in_unit(row, other)}."
    return ""


def nought(row: RatedMeasure, figure: Decimal, rated: RatedQuarter) -> str:
    """0, as may be typed for a figure that isn't known, where all that it can be held against is far from it.

    Where 0 was reported before, it may well be so again.
    """
    compared = others(row, figure, rated)
    before = (then.performance for then in rated.earlier.about(row.item.key, row.part))
    if figure or not all(is_far_from_0(row, other) for _, other in compared) or any(each == 0 for each in before):
        return ""
    against = " and from ".join(f"{name}, {in_unit(row, other)}" for name, other in compared)
    return f"The figure is {in_unit(row, figure)}, far from {against}." if against else ""


def is_far_from_0(row: RatedMeasure, other: Decimal) -> bool:
    """Whether a figure is such that 0 in its place would be strange: of things that are counted, few may be none."""
    if row.item.unit == "%":
        return abs(other) >= Decimal("0.1")
    return abs(other) >= (TENFOLD if other == other.to_integral_value() else 1)


def shrinking(row: RatedMeasure, figure: Decimal, rated: RatedQuarter) -> str:
    """A year-to-date figure lower than the last quarter's of the same year."""
    last = rated.earlier.last_figure(row.item.key, row.part)
    if row.item.basis is not Basis.YEAR_TO_DATE or not last or last.quarter.year != rated.quarter.year:
        return ""
    if last.performance is None or figure >= last.performance:
        return ""
    now, then = in_unit(row, figure), in_unit(row, last.performance)
    return f"The figure for the year to date, {now}, is less than the {then} of {last.quarter}."


def quarter_alone(row: RatedMeasure, figure: Decimal, rated: RatedQuarter) -> str:
    """A figure for the year to date that is hardly more than one quarter's share of the last: it may be the quarter's
    alone. A share, in per cent, needn't grow.
    """
    last = rated.earlier.last_figure(row.item.key, row.part)
    if row.item.basis is not Basis.YEAR_TO_DATE or row.item.unit == "%" or not last or last.performance is None:
        return ""
    quarters = rated.quarter.ordinal - last.quarter.ordinal
    usual = last.performance / last.quarter.number
    if last.quarter.year != rated.quarter.year or quarters < 1 or not 0 < figure <= usual * HARDLY_MORE:
        return ""
    now, then = in_unit(row, figure), in_unit(row, last.performance)
    return (
        f"The figure for the year to date, {now}, is hardly more than the {then} of {last.quarter}. "
        f"It may be the figure of {rated.quarter} alone."
    )


def standing_still(row: RatedMeasure, figure: Decimal, rated: RatedQuarter) -> str:
    """The same figure in every quarter known. None at all, or all of 100 %, may well stay so."""
    before = [then.performance for then in rated.earlier.about(row.item.key, row.part)]
    figures = [earlier for earlier in before if earlier is not None]
    ordinary = row.item.basis is Basis.LATEST or figure == 0 or (row.item.unit == "%" and figure == 1)
    if ordinary or len(figures) + 1 < IDENTICAL or any(earlier != figure for earlier in figures):
        return ""
    return f"The figure, {in_unit(row, figure)}, is the same as in each quarter before."


def in_unit(row: RatedMeasure, figure: Decimal) -> str:
    """A figure as the officer would write it."""
    return show(figure, row.item.unit, row.item.decimals)


DOUBTS = (percentage_or_fraction, tenfold, nought, shrinking, quarter_alone, standing_still)

PLAUSIBILITY: tuple[Check, ...] = (figures_are_plausible,)
