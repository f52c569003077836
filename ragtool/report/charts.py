"""The Summary's charts: native Excel charts of the count tables, which stay live when a table is edited."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ragtool.looks.palette import look_of_rating
from ragtool.looks.style import FONT
from ragtool.model import Rating
from ragtool.results.results import QUARTERS, RATING, STATE

LABEL_HEIGHT, AROUND = 14, 40
"""Pixels that a label is high, and that a chart has above and below its columns."""
TO_HEADINGS = 1
"""Rows from the gap above a count table to its headings."""


class Plotted(NamedTuple):
    """A state with its count in each quarter, None where that has no report."""

    rating: Rating
    state: str
    counts: list[int | None]


def insert_count_chart(
    sheet: Worksheet, workbook: Workbook, counts: pd.DataFrame, place: tuple[int, int], wide: int, title: str
) -> None:
    """Stacked columns of the counts in the table whose gap row is `place`'s row, put beside it,
    so many pixels wide."""
    states = [
        Plotted(rating, state, [None if pd.isna(count) else int(count) for count in by_quarter])
        for rating, state, *by_quarter in counts[[RATING, STATE, *QUARTERS]].itertuples(index=False)
        if rating is not None
    ]
    plotted = [(row, state) for row, state in enumerate(states, start=place[0] + TO_HEADINGS + 1) if any(state.counts)]
    if not plotted:
        return
    gap, column = place
    heading = gap + TO_HEADINGS
    chart = workbook.add_chart({"type": "column", "subtype": "stacked"})
    high = 20 * (len(counts) + 1)
    tallest = max(sum(state.counts[number] or 0 for state in states) for number in range(len(QUARTERS)))
    least = tallest * LABEL_HEIGHT / (high - AROUND)
    for row, state in plotted:
        chart.add_series(series(sheet.get_name(), row, heading, state, least))
    font = {"name": FONT, "size": 10, "bold": False}
    chart.set_title({"name": title, "name_font": font | {"bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": font})
    chart.set_y_axis({"num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}, "min": 0})
    chart.set_size({"width": wide, "height": high})
    sheet.insert_chart(heading, column, chart, {"description": described(title, states), "object_position": 2})


def series(sheet: str, row: int, heading: int, state: Plotted, least: float) -> dict[str, Any]:
    """A state's series; each of its columns is labelled with letters and count, for colour can't be the only sign.

    Counts below `least` are too low for a label, which would cover its neighbours': the table beside has them all.
    """
    rating = state.rating
    look = look_of_rating(rating)
    labels: list[dict[str, Any] | None] = [
        {"value": look.signed(f"{rating} {count}")} if (count or 0) >= max(1, least) else {"delete": True}
        for count in state.counts
    ]
    return {
        "name": [sheet, row, 1],
        "categories": [sheet, heading, 2, heading, 5],
        "values": [sheet, row, 2, row, 5],
        "fill": {"color": look.ground},
        "border": {"color": look.frame_colour, "width": 0.75},
        "gap": 60,
        "data_labels": {
            "value": True,
            "custom": labels,
            "font": {"name": FONT, "size": 9, "bold": True, "color": look.ink},
        },
    }


def described(title: str, states: list[Plotted]) -> str:
    """The chart in words, for readers who don't see it."""
    quarters = []
    for number, quarter in enumerate(QUARTERS):
        counts = ", ".join(f"{state.counts[number]} {state.state}" for state in states if state.counts[number])
        if counts:
            quarters.append(f"{quarter}: {counts}")
    return f"{title}. {'. '.join(quarters)}."
