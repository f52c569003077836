"""What a cell says where a figure, a share or a count is asked for: the number that it stores, if it shows no other."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

from ragtool.figures import Level, PercentagePoints, Points, exact, show, show_day, show_number
from ragtool.sheets.cells import shown, sound, text
from ragtool.sheets.typed_figures import LONGEST_FIGURE, says_same, typed_figure
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.book import Cell

MOST_DECIMALS, MOST_WHOLE = 6, 1_000_000
"""Decimals of a figure that is shown, and the largest number that counts something."""


class ShareOrPercentage(Unreadable):
    """A bare 0.8 in a measure in per cent: whoever typed it meant 0.8 % or 80 %."""

    def __init__(self, cell: Cell) -> None:
        assert isinstance(cell.value, int | float)
        self.readings = tuple(show_number(exact(cell.value) * times) for times in (1, 100))
        low, high = self.readings
        super().__init__(
            f"{quoted(low)} may mean {low} % or {high} %: the cell isn't formatted as a percentage.",
            f"Type it with its sign: {low}% or {high}%, whichever is meant.",
        )


def number(cell: Cell) -> Decimal:
    """A plain number, typed as one or as text with thousands separators."""
    return as_it_shows(cell, stored_figure(cell, ""), "%" if "%" in cell.shown else "")


def stored_number(cell: Cell) -> Decimal:
    """A number of a report that ragtool wrote: the stored one, whatever unit its format shows beside it."""
    return stored_figure(cell, "")


def figure(cell: Cell, unit: str, bare_percent: bool = False) -> Decimal:
    """A measure's figure; a share where `unit` is `%`.

    In a `%` cell the stored value counts (0.744 is 74.4 %); with `bare_percent`, as in the plan, a number in a cell
    without a percentage format is so many per cent (80 is 80 %), and one from -1 to 1 could be either and is refused;
    without, one above 1 is, and so is a number that its cell shows as another, such as a percentage where the unit is
    another.
    """
    stored = stored_figure(cell, unit)
    if isinstance(cell.value, str):
        return stored
    if cell.percent and unit != "%":
        percentage = cell.shown or f"{format((stored * 100).normalize(), 'f')}%"
        raise shown_and_stored(percentage, stored, f", and the unit is {unit}" if unit else ", and the unit isn't %")
    if unit == "%" and not cell.percent:
        if bare_percent and stored and abs(stored) <= 1 and not cell.shown:
            raise ShareOrPercentage(cell)
        if bare_percent:
            stored /= 100
        elif abs(stored) > 1 and not cell.shown:
            raise Unreadable(
                f"{quoted(shown(cell))} stands in a cell that isn't formatted as a percentage, so it may mean "
                f"{shown(cell)} % or {format((stored * 100).normalize(), 'f')} %.",
                f"Type it with its sign: {shown(cell)}%.",
            )
    return as_it_shows(cell, stored, unit)


def stored_figure(cell: Cell, unit: str) -> Decimal:
    """The number that a cell stores, or its text says."""
    value = sound(cell, "figure").value
    if isinstance(value, str):
        return typed_figure(text(cell), unit)
    if isinstance(value, bool) or not isinstance(value, int | float):
        of_day = f"the time {value:%H:%M}" if isinstance(value, time) else f"a tick ({value})"
        what = f"the date {show_day(value)}" if isinstance(value, date) else of_day
        raise Unreadable(f"The cell holds {what}, not a figure.", "Type the figure as a plain number.")
    if len(format(exact(value), "f")) > LONGEST_FIGURE:
        raise Unreadable(f"{quoted(str(value))} is beyond any measure's figure.", "Type the figure as a plain number.")
    return exact(value)


def as_it_shows(cell: Cell, figure: Decimal, unit: str) -> Decimal:
    """A figure, unless the cell shows another one by its number format."""
    if cell.shown and not says_same(cell.shown, unit, figure):
        raise shown_and_stored(cell.shown, exact(cell.value) if isinstance(cell.value, int | float) else figure, "")
    return figure


def shown_and_stored(seen: str, stored: Decimal, why: str) -> Unreadable:
    """A cell whose number format shows another figure than is stored."""
    return Unreadable(
        f"The cell shows {quoted(seen)} but stores {format(stored, 'f')}{why}, so either may be meant.",
        "Type the figure in full; where the cell then shows it otherwise, type an apostrophe before it.",
    )


TYPED_POINTS = re.compile(
    r"(?P<size>\d+(?:\.\d+)?|\.\d+)\s*"
    r"(?:points?|(?P<of_percentage>pps?|p\.p\.|ppts?|(?:percentage|per cent|%)[ -]?points?))",
    re.IGNORECASE,
)
"""A distance in a measure's own unit, as a plan types it; percentage points are said to be such."""

WORDS_FOR_POINTS = re.compile(r"\b(?:points?|pts?|pp|ppts?)\.?$", re.IGNORECASE)


def level_or_points(cell: Cell) -> Level:
    """A level of a measure's own: a share, or a distance in its unit: `5 points`, or `5 pp` where that is `%`."""
    value = sound(cell).value
    seen = text(cell) if isinstance(value, str) else cell.shown
    if match := TYPED_POINTS.fullmatch(seen.strip()):
        size = Decimal(match["size"])
        if isinstance(value, int | float | Decimal) and exact(value) != size:
            raise shown_and_stored(seen, stored_figure(cell, ""), "")
        return PercentagePoints(size) if match["of_percentage"] else Points(size)
    if WORDS_FOR_POINTS.search(seen.strip()):
        raise Unreadable(f"{quoted(seen)} is not a number of points.", "Type it as such: 5 points.")
    return level(cell, SHARE_OR_POINTS)


A_SHARE = "Type a share with its sign, such as 5 %"
SHARE, SHARE_OR_POINTS = f"{A_SHARE}.", f"{A_SHARE}, or a distance in its unit, such as 5 points."
"""What to type for a level of the plan's, and of a measure's own."""


def level(cell: Cell, what_to_type: str = SHARE) -> Decimal:
    """A share such as an intervention level: `15 %` or 0.15. A bare 15 could be either and is refused."""
    value = sound(cell).value
    if isinstance(value, str) and WORDS_FOR_POINTS.search(text(cell).strip()):
        raise Unreadable(
            f"{quoted(text(cell))} is a distance in one measure's unit, and this holds for all of them.",
            "Type a share with its sign, such as 5 %; points stand in a measure's own row.",
        )
    if isinstance(value, str) and value.strip().endswith("%"):
        return not_negative(cell, typed_figure(text(cell), "%"))
    try:
        typed = number(cell)
    except Unreadable as fault:
        raise Unreadable(fault.problem, what_to_type) if isinstance(value, str) else fault from None
    share = not_negative(cell, typed)
    if share >= 1 and not cell.percent:
        raise Unreadable(
            f"{quoted(shown(cell))} may mean {shown(cell)} % or a share.", f"Type it with its sign: {shown(cell)} %."
        )
    return share


def not_negative(cell: Cell, share: Decimal) -> Decimal:
    """A share, unless it is below 0, which none can be that a figure may fall short by."""
    if share < 0:
        typed = show(share, "%") if cell.percent else shown(cell)
        raise Unreadable(f"{quoted(typed)} is below 0, which no level can be.", "Type a share such as 5 %.")
    return share


def whole(cell: Cell) -> int:
    """A whole number from 0 up to a million."""
    count = number(cell)
    if not 0 <= count <= MOST_WHOLE or count != count.to_integral_value():
        raise Unreadable(f"{quoted(shown(cell))} is not a whole number.", "Type a whole number, such as 1.")
    return int(count)


def few_decimals(cell: Cell) -> int:
    """How many decimals a figure is shown with."""
    count = whole(cell)
    if count > MOST_DECIMALS:
        raise Unreadable(
            f"{quoted(shown(cell))} is more decimals than are shown.", f"Type a whole number from 0 to {MOST_DECIMALS}."
        )
    return count
