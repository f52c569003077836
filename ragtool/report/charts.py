"""The Summary's charts: native Excel charts of the tables beside them, which say by their titles what they show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ragtool.looks import fitting
from ragtool.looks.palette import look_of_rating
from ragtool.looks.style import FONT
from ragtool.model import Rating
from ragtool.results.at_a_glance import THE_REST
from ragtool.results.spread import Spread, in_sentences

LABEL_LINE, LABEL_GAP = 14, 3
"""Pixels of a line of a bar's label, and between the labels of two bars."""
LEGEND_HEIGHT, TITLE_LINE, EDGE = 26, 20, 8
"""Pixels of the legend, of a line of the title, and left free at the edges and beside the labels."""
FEWEST_BARS = 3
"""A chart has room for so many, or its labels would be left out."""
LABELS_SHARE = 0.45
"""The share of a chart's width that its labels take at the most: longer ones have more lines, and bars more room."""
TITLE_FONT_POINTS = 11
TITLE_SHARE = 0.85
"""The share of a chart's width that programs give a line of its title."""
ON_HOLD_FILL = "#E8E8E8"
"""In a bar, what is on hold has to be told from what isn't rated."""
FONT_OF_CHARTS = {"name": FONT, "size": 10, "bold": False}


def word_of(rating: Rating | None) -> str:
    """What a column of the tables, and a legend, calls a rating."""
    return rating.word if rating else THE_REST.capitalize()


@dataclass(frozen=True)
class ChartRoom:
    """The room of a chart, in pixels: how wide it is in all, and of that its labels; how high title and bars are.

    It is fixed, for programs that are left to themselves leave out labels, or bars no room beside them.
    """

    wide: int
    labels: int
    title: int
    bars: int

    @property
    def high(self) -> int:
        """How high it is in all."""
        return self.title + self.bars + LEGEND_HEIGHT

    @property
    def layout(self) -> dict[str, float]:
        """Where the bars stand, as shares of the chart."""
        left, right = self.labels + EDGE, EDGE
        return {
            "x": left / self.wide,
            "y": self.title / self.high,
            "width": (self.wide - left - right) / self.wide,
            "height": self.bars / self.high,
        }


def chart_room(shown: Spread, wide: int) -> ChartRoom:
    """The room of a chart so many pixels wide."""
    longest = max((fitting.text_pixels(name) for name in shown.counts), default=0)
    labels = min(ceil(longest) + 2 * EDGE, round(wide * LABELS_SHARE))
    lines = max((fitting.line_count(name, labels) for name in shown.counts), default=1)
    titles = fitting.line_count(shown.finding, wide * TITLE_SHARE, TITLE_FONT_POINTS, bold=True)
    bar = lines * LABEL_LINE + LABEL_GAP
    return ChartRoom(wide, labels, titles * TITLE_LINE + EDGE, bar * max(FEWEST_BARS, len(shown.counts)))


def insert_spread_chart(
    sheet: Worksheet,
    workbook: Workbook,
    shown: Spread,
    table: tuple[int, int],
    place: tuple[int, int, int],
    room: ChartRoom,
) -> None:
    """A bar of 100 % for each row of the table whose headings stand in row and column `table`.

    `place` is the chart's row and column, and how many pixels it begins beneath that.
    """
    chart = workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for number, rating in enumerate(shown.ratings):
        counts = [row[number] for row in shown.counts.values()]
        if any(counts):
            chart.add_series(series_of(sheet.get_name(), rating, counts, table, number))
    row, column, beneath = place
    points = TITLE_FONT_POINTS
    chart.set_title(
        {
            "name": never_a_cell(shown.finding),
            "name_font": FONT_OF_CHARTS | {"size": points, "bold": True},
            "overlay": False,
        }
    )
    chart.set_legend({"position": "bottom", "font": FONT_OF_CHARTS})
    axis = {"num_font": FONT_OF_CHARTS, "line": {"none": True}, "major_tick_mark": "none"}
    chart.set_y_axis(axis | {"reverse": True, "interval_unit": 1})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_plotarea({"layout": room.layout})
    chart.set_size({"width": room.wide, "height": room.high})
    description = f"{shown.finding}. {in_sentences(shown, map(word_of, shown.ratings))}"
    sheet.insert_chart(
        row, column, chart, {"description": description, "object_position": 2, "y_offset": beneath, "x_offset": 6}
    )


def never_a_cell(title: str) -> str:
    """A chart's title. XlsxWriter takes one with an exclamation mark before letters and a number, as in `Homes!A1`, for
    the cell whose text it is to show: blanks part them.
    """
    return re.sub(r"!(?=\$?[A-Z]+\$?\d)", "! ", title)


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
