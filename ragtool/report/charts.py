"""The Summary's charts: native Excel charts of the tables beside them, which say by their titles what they show."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ragtool.looks.palette import look_of_rating
from ragtool.looks.style import FONT
from ragtool.model import Rating
from ragtool.results.at_a_glance import THE_REST
from ragtool.results.spread import Spread, in_sentences

BAR_HEIGHT, AROUND = 17, 54
"""Pixels of a bar with its gap, and of title and legend together."""
FEWEST_BARS = 3
"""A chart has room for so many, or its labels would be left out."""
TITLE_FONT_POINTS = 11
ON_HOLD_FILL = "#E8E8E8"
"""In a bar, what is on hold has to be told from what isn't rated."""
FONT_OF_CHARTS = {"name": FONT, "size": 10, "bold": False}


def word_of(rating: Rating | None) -> str:
    """What a column of the tables, and a legend, calls a rating."""
    return rating.word if rating else THE_REST.capitalize()


def chart_height(shown: Spread) -> int:
    """Pixels that the chart is high."""
    return AROUND + BAR_HEIGHT * max(FEWEST_BARS, len(shown.counts))


def insert_spread_chart(
    sheet: Worksheet, workbook: Workbook, shown: Spread, table: tuple[int, int], place: tuple[int, int, int, int]
) -> None:
    """A bar of 100 % for each row of the table whose headings stand in row and column `table`.

    `place` is the chart's row and column, how many pixels it begins beneath that, and how wide it is.
    """
    chart = workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for number, rating in enumerate(shown.ratings):
        counts = [row[number] for row in shown.counts.values()]
        if any(counts):
            chart.add_series(series_of(sheet.get_name(), rating, counts, table, number))
    row, column, beneath, wide = place
    points = TITLE_FONT_POINTS
    chart.set_title(
        {"name": shown.finding, "name_font": FONT_OF_CHARTS | {"size": points, "bold": True}, "overlay": False}
    )
    chart.set_legend({"position": "bottom", "font": FONT_OF_CHARTS})
    chart.set_y_axis({"reverse": True, "num_font": FONT_OF_CHARTS, "line": {"none": True}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": wide, "height": chart_height(shown)})
    description = f"{shown.finding}. {in_sentences(shown, map(word_of, shown.ratings))}"
    sheet.insert_chart(
        row, column, chart, {"description": description, "object_position": 2, "y_offset": beneath, "x_offset": 6}
    )


def series_of(
    sheet: str, rating: Rating | None, counts: list[int], table: tuple[int, int], number: int
) -> dict[str, Any]:
    """A rating's part of each bar, labelled with its count."""
    top, left = table
    look = look_of_rating(rating)
    column, last = left + 1 + number, top + len(counts)
    labels: list[dict[str, Any]] = [{} if count else {"delete": True} for count in counts]
    return {
        "name": [sheet, top, column],
        "categories": [sheet, top + 1, left, last, left],
        "values": [sheet, top + 1, column, last, column],
        "fill": {"color": ON_HOLD_FILL if rating is Rating.ON_HOLD else look.ground},
        "border": {"color": look.frame_colour, "width": 0.75},
        "gap": 25,
        "data_labels": {
            "value": True,
            "custom": labels,
            "font": FONT_OF_CHARTS | {"bold": bool(look.sign), "color": look.ink},
        },
    }
