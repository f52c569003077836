"""Trends: a small chart in a cell, of a measure's performance against its target quarter by quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
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


HEADROOM = 1.15
"""How much higher a cell is than its furthest column, so that it doesn't stand at those of the rows above and beneath.
"""
TREND_IN_WORDS = (
    "Trend: how far performance was above (better) or below (worse) its target, quarter by quarter; the highest column "
    "is the intervention level, or more"
)


def write_trends(
    sheet: Worksheet, trends: Mapping[int, Sequence[float | None]], column: int, first: int, least: float
) -> None:
    """Draws the trend of each row (1 is on target) in a column; none where no quarter has a figure.

    All are drawn to the same scale, on which the highest column is the intervention level `least`, but for those that
    go beyond it. The figures, less the target, stand in the row itself, from column `first` on, which is hidden.
    """
    longest = max(map(len, trends.values()), default=0)
    if not longest:
        return
    sheet.set_column(first, first + longest - 1, None, None, {"hidden": True})
    rows_alike: dict[float, list[int]] = {}
    for row, trend in trends.items():
        for where, level in enumerate(trend, start=first):
            if level is not None:
                sheet.write_number(row, where, float(level) - 1)
        furthest = max((abs(float(level) - 1) for level in trend if level is not None), default=None)
        if furthest is not None:
            rows_alike.setdefault(HEADROOM * (max(furthest, least) or 1), []).append(row)
    for furthest, rows in rows_alike.items():  # XlsxWriter makes up a table of colours anew in each call
        sheet.add_sparkline(
            rows[0],
            column,
            TREND_LOOK
            | {"max": furthest, "min": -furthest, "axis": True}
            | {"location": [xl_rowcol_to_cell(row, column) for row in rows]}
            | {"range": [xl_range_abs(row, first, row, first + longest - 1) for row in rows]},
        )
