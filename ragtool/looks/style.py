"""Colours and fonts: how a rating, a heading and a line of text look on every sheet.

Every pair of colours has a contrast of 4.5 or more (WCAG 2.1, 1.4.3), and a rating always carries its letters.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from ragtool.model import Rating

FONT = "Calibri"
POINTS = 10

WHITE, BLACK = "#FFFFFF", "#000000"
INK = "#1F3864"
QUIET = "#595959"
PALE = "#E8EDF5"
LINE = "#BFBFBF"
STRONG_LINE = "#404040"
LINK = "#0B4C8C"

GREY = ("#D9D9D9", BLACK)
RATING_COLOURS = {
    Rating.RED: ("#D4351C", WHITE),
    Rating.AMBER: ("#FFBF00", BLACK),
    Rating.GREEN: ("#00703C", WHITE),
    Rating.BLUE: ("#1D70B8", WHITE),
    Rating.TBC: GREY,
    Rating.NOT_RETURNED: GREY,
    Rating.NOT_AVAILABLE: GREY,
    Rating.NOT_DUE: GREY,
    Rating.DATA_ONLY: GREY,
    Rating.ON_HOLD: GREY,
}
"""Fill and font of each rating."""

CHART_FILLS = {
    Rating.TBC: "#D9D9D9",
    Rating.NOT_RETURNED: "#7F7F7F",
    Rating.NOT_AVAILABLE: "#A6A6A6",
    Rating.NOT_DUE: "#E8E8E8",
    Rating.DATA_ONLY: "#BFBFBF",
    Rating.ON_HOLD: "#C9C3B4",
}
"""In a chart the greys have to be told apart; elsewhere the letters do it."""

THEME_COLOURS = ("#1F3864", "#5B2C6F", "#0B5563", "#5C3A21", "#6B1F4E", "#3F4A1D", "#3B3B6D", "#404040")
"""Bands of the report on a page; none looks like a rating."""

BY_LETTERS = {str(rating): rating for rating in Rating}

Properties = dict[str, Any]


def rating_of(value: object) -> Rating | None:
    """The rating that a RAG or history cell shows (`R`, and `R*` where revised); None on any other text."""
    return BY_LETTERS.get(str(value).removesuffix(REVISED))


def rating_properties(rating: Rating) -> Properties:
    """Fill, font and alignment of a rating's cell."""
    fill, font = RATING_COLOURS[rating]
    return {"bg_color": fill, "font_color": font, "bold": True, "align": "center", "text_wrap": False}


class Style:
    """The formats of one workbook, each made once: `asked` are those by the properties that were asked for, `made` by
    all that they have.
    """

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.asked: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def plain(self, **properties: Any) -> Format:
        """Wrapped text at the top of its cell, and what `properties` change."""
        asked = tuple(properties.items())
        if asked not in self.asked:
            wanted = {"font_name": FONT, "font_size": POINTS, "valign": "top", "text_wrap": True} | properties
            # XlsxWriter takes a format that says General for another than one that says nothing, and finds out for
            # each cell anew that they are the same.
            if wanted.get("num_format") == "General":
                del wanted["num_format"]
            self.asked[asked] = self.bare(**wanted)
        return self.asked[asked]

    def bare(self, **properties: Any) -> Format:
        """These properties and no others: what a conditional format changes in the look of a cell."""
        known_as = tuple(sorted(properties.items()))
        if known_as not in self.made:
            self.made[known_as] = self.workbook.add_format(properties)
        return self.made[known_as]

    def boxed(self, **properties: Any) -> Format:
        """A table's cell: `plain` within thin lines."""
        return self.plain(**({"border": 1, "border_color": LINE} | properties))

    def rating(self, rating: Rating, **properties: Any) -> Format:
        """A rating's cell."""
        return self.boxed(**(rating_properties(rating) | properties))

    def heading(self, **properties: Any) -> Format:
        """A table's heading."""
        dark = {"bold": True, "font_color": WHITE, "bg_color": INK, "border_color": WHITE}
        return self.boxed(**(dark | properties))

    def title(self, points: int = 16, **properties: Any) -> Format:
        """A heading that stands free on the sheet."""
        return self.plain(**({"bold": True, "font_color": INK, "font_size": points, "text_wrap": False} | properties))


REVISED = "*"
"""In the history, what follows a rating that was corrected later."""
