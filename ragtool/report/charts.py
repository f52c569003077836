"""The Summary's charts: native Excel charts of the count tables, which stay live when a table is edited."""

from __future__ import annotations

from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ragtool.frames import records
from ragtool.looks.style import BLACK, CHART_FILLS, FONT, RATING_COLOURS, WHITE
from ragtool.model import Rating
from ragtool.results.results import QUARTERS, RATING, STATE

LABEL, AROUND = 14, 40
"""Pixels that a label is high, and that a chart has above and below its columns."""
HEADING_ROW = 1
"""Rows from the gap above a count table to its headings."""


def insert_count_chart(
    sheet: Worksheet, workbook: Workbook, counts: pd.DataFrame, place: tuple[int, int], wide: int, title: str
) -> None:
    """Stacked columns of the counts in the table whose gap row is `place`'s row, put beside it,
    so many pixels wide."""
    states = [state for state in records(counts) if state[RATING] is not None]
    plotted = [
        (row, state)
        for row, state in enumerate(states, start=place[0] + HEADING_ROW + 1)
        if any(state[quarter] for quarter in QUARTERS)
    ]
    if not plotted:
        return
    gap, column = place
    heading = gap + HEADING_ROW
    chart = workbook.add_chart({"type": "column", "subtype": "stacked"})
    high = 20 * (len(counts) + 1)
    tallest = max(sum(state[quarter] or 0 for state in states) for quarter in QUARTERS)
    least = tallest * LABEL / (high - AROUND)
    for row, state in plotted:
        chart.add_series(series(sheet.get_name(), row, heading, state, least))
    font = {"name": FONT, "size": 10, "bold": False}
    chart.set_title({"name": title, "name_font": font | {"bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": font})
    chart.set_y_axis({"num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}, "min": 0})
    chart.set_size({"width": wide, "height": high})
    sheet.insert_chart(heading, column, chart, {"description": described(title, states), "object_position": 2})


def series(sheet: str, row: int, heading: int, state: dict[Any, Any], least: float) -> dict[str, Any]:
    """A state's series; each of its columns is labelled with letters and count, for colour can't be the only sign.

    Counts below `least` are too low for a label, which would cover its neighbours': the table beside has them all.
    """
    rating = Rating(state[RATING])
    fill, font = RATING_COLOURS[rating]
    font = WHITE if rating == Rating.NOT_RETURNED else font
    labels: list[dict[str, Any] | None] = [
        {"value": f"{rating} {state[quarter]}"} if (state[quarter] or 0) >= max(1, least) else {"delete": True}
        for quarter in QUARTERS
    ]
    return {
        "name": [sheet, row, 1],
        "categories": [sheet, heading, 2, heading, 5],
        "values": [sheet, row, 2, row, 5],
        "fill": {"color": CHART_FILLS.get(rating, fill)},
        "border": {"color": "#A6A6A6", "width": 0.5},
        "gap": 60,
        "data_labels": {
            "value": True,
            "custom": labels,
            "font": {"name": FONT, "size": 9, "bold": True, "color": font if font else BLACK},
        },
    }


def described(title: str, states: list[dict[Any, Any]]) -> str:
    """The chart in words, for readers who don't see it."""
    quarters = []
    for quarter in QUARTERS:
        counts = ", ".join(f"{state[quarter]} {state[STATE]}" for state in states if state[quarter])
        if counts:
            quarters.append(f"{quarter}: {counts}")
    return f"{title}. {'. '.join(quarters)}."
