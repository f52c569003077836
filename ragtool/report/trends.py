"""A measure's trend: a small chart in a cell, of its performance against its target quarter by quarter."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from ragtool.looks.palette import QUIET, Properties
from ragtool.looks.style import INK

TREND_LOOK: Properties = {
    "type": "column",
    "show_hidden": True,
    "series_color": INK,
    "negative_points": True,
    "negative_color": QUIET,
}
"""Columns up and down from the target: a single quarter shows too, and LibreOffice prints no lines."""


def write_trend(sheet: Worksheet, cell: tuple[int, int], trend: Sequence[float | None], first: int) -> None:
    """Draws a trend (1 is on target) in a cell; its figures, less the target, stand in the row from column `first` on,
    which is to be hidden. Nothing where no quarter has a figure.
    """
    row, column = cell
    for where, level in enumerate(trend, start=first):
        if level is not None:
            sheet.write_number(row, where, float(level) - 1)
    furthest = max((abs(float(level) - 1) for level in trend if level is not None), default=None)
    if furthest is not None:
        cells = xl_range_abs(row, first, row, first + len(trend) - 1)
        figures = f"{quote_sheetname(sheet.get_name())}!{cells}"
        limits = {"max": furthest or 1, "min": -(furthest or 1), "axis": True}
        sheet.add_sparkline(row, column, TREND_LOOK | limits | {"range": figures})
