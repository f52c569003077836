"""Values as cells: what Excel stores, how it formats it, and the text that a reader sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ragtool import columns as c
from ragtool.figures import Points, exact, number_in_digits, show
from ragtool.looks.forms import DAY
from ragtool.looks.style import rating_of
from ragtool.looks.table import Content
from ragtool.looks.unit_formats import (
    none_called,
    point,
    points_name,
    size_format,
    unit_format,
    worse_or_better,
)
from ragtool.model import yes_or_no

EXACT_NUMBERS = (Decimal, Fraction)
MEASURED = (*EXACT_NUMBERS, Points)
SHARES = {c.INTERVENTION_LEVEL, c.GREEN_WITHIN}
"""Headings whose numbers are shares whatever the row's unit."""
NUMBERS = {c.NO, c.PART, c.OUTCOME_NO}
"""Headings whose texts are written as numbers where they are ones, as in the plan."""
SHOWN_FIGURES = (c.PERFORMANCE, c.TARGET, c.SHORTFALL, c.INTERVENTION_LEVEL, c.THREE_YEAR_TARGET) + (
    c.RANGE_LOW,
    c.RANGE_HIGH,
    c.RED_BEYOND,
    c.RED_BELOW,
    c.RED_ABOVE,
    c.GREEN_WITHIN,
    c.STRETCH_TARGET,
    c.BENCHMARK,
    *c.YEARS_TARGETS,
)
"""Headings whose figures stand at the right of their column, set in a little."""
RATING_HEADINGS = {c.RAG, c.RULE_RAG, c.FORECAST}
DECIMALS_SHOWN = 6

EMPTY = Content(None)


def column_contents(heading: str, rows: Sequence[Mapping[str, Any]]) -> list[Content]:
    """What stands under `heading` in each row. Each different value is made once: most of them come every quarter."""
    known: dict[tuple[type, Any], Content] = {}
    shown: list[Content] = []
    for row in rows:
        value = row.get(heading)
        if value is None:
            shown.append(EMPTY)
        elif isinstance(value, MEASURED):  # its unit stands in the row
            shown.append(content(heading, row))
        else:
            alike = type(value), value
            if alike not in known:
                known[alike] = content(heading, row)
            shown.append(known[alike])
    return shown


def content(heading: str, row: Mapping[str, Any]) -> Content:
    """What stands under `heading` in a row. Figures are formatted by the row's Unit and Decimals."""
    value = row.get(heading)
    if isinstance(value, str):
        return text_content(heading, str(value)) if value else EMPTY
    if value is None or value == () or value != value:  # noqa: PLR0124 - not a number
        return EMPTY
    if isinstance(value, bool):
        return Content(yes_or_no(value), yes_or_no(value))
    if isinstance(value, date):
        return Content(value, f"{value.day} {value:%b %Y}", DAY)
    if isinstance(value, EXACT_NUMBERS) and heading == c.SHORTFALL:
        level, none = row.get(c.INTERVENTION_LEVEL), none_called(row.get(c.BETTER_WHEN))
        return shortfall_cell(Fraction(value), level if isinstance(level, Decimal) else None, none)
    if isinstance(value, Points) and heading == c.SHORTFALL:
        return points_cell(value.size, str(row.get(c.UNIT) or ""), none_called(row.get(c.BETTER_WHEN)))
    if isinstance(value, EXACT_NUMBERS) and heading in SHARES:
        return Content(stored(value), *in_per_cent(Fraction(value), None))
    if isinstance(value, Decimal):
        return figure_cell(value, str(row.get(c.UNIT) or ""), row.get(c.DECIMALS))
    if isinstance(value, Fraction):
        return Content(stored(value), f"{float(value):.2f}", "0.00")
    if isinstance(value, int | float):
        return Content(value, str(value), "General")
    return text_content(heading, "; ".join(map(str, value)) if isinstance(value, tuple) else str(value))


def text_content(heading: str, text: str) -> Content:
    """A text under a heading: some are numbers, some ratings."""
    number = number_in_digits(text) if heading in NUMBERS else None
    if str(number) == text:
        return Content(number, text, "General")
    return Content(text, text, "", rating_of(text) if heading in RATING_HEADINGS else None)


def stored(number: Fraction | Decimal) -> float:
    """A number with the 15 digits that every spreadsheet program keeps, so that none changes it when it saves."""
    return float(exact(float(number)))


def shortfall_cell(shortfall: Fraction, level: Decimal | None, none: str) -> Content:
    """How far from target, as a number that is shown in words: `5.8 % worse`, `on target`, `2 % better`."""
    shown, number_format = in_per_cent(abs(shortfall), level if shortfall > 0 else None)
    return distance_cell(shortfall, shown, number_format, none)


def distance_cell(distance: Fraction | Decimal, shown: str, number_format: str, none: str) -> Content:
    """A distance from target, positive when worse, whose size is `shown`; `none` says that there is none."""
    words = f"{shown} {'worse' if distance > 0 else 'better'}" if distance else none
    return Content(stored(distance), words, worse_or_better(number_format, none))


def points_cell(distance: Decimal, unit: str, none: str) -> Content:
    """How far from target in the measure's own unit, as a number that is shown in words: `3 points worse`."""
    size = abs(distance)
    name, decimals = points_name(unit, size == 1), needed_decimals(size, most=15)
    number_format = size_format(name, decimals)
    shown = show(size, name if '"' in number_format else "", decimals)
    return distance_cell(distance, shown, number_format, none)


def in_per_cent(share: Fraction, apart_from: Decimal | None) -> tuple[str, str]:
    """A share in per cent and its number format, with decimals enough not to look equal to the level that it isn't
    equal to, nor to none.
    """
    percent, level = share * 100, None if apart_from is None else Fraction(apart_from) * 100
    fewest = 0 if percent.denominator == 1 else 1
    for decimals in range(fewest, DECIMALS_SHOWN + 1):
        shown = f"{float(percent):.{decimals}f}"
        if (percent == level or Fraction(shown) != level) and (Fraction(shown) or not percent):
            break
    return f"{shown} %", f"0{point(decimals)} %"


def figure_cell(figure: Decimal, unit: str, decimals: int | None) -> Content:
    """A figure with its unit in the number format, so that the cell stays a number."""
    if decimals is None:
        decimals = needed_decimals(figure * 100 if unit == "%" else figure)
    number_format = unit_format(unit, decimals)
    shown = show(figure, unit if '"' in number_format or unit == "%" else "", decimals)
    return Content(stored(figure), shown, number_format)


def needed_decimals(figure: Decimal, most: int = DECIMALS_SHOWN) -> int:
    """The decimals that show a figure whole, or `most`."""
    exponent = figure.normalize().as_tuple().exponent
    return min(most, max(0, -exponent)) if isinstance(exponent, int) else 0
