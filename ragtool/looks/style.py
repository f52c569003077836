"""Fonts and formats: how a heading, a table's cell and a line of text look on every sheet.

Every pair of colours has a contrast of 4.5 or more (WCAG 2.1, 1.4.3). The colours of ratings and themes stand in
palette.py.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from ragtool.looks.palette import WHITE, Properties, rating_properties
from ragtool.model import Rating

FONT = "Calibri"
POINTS = 10

INK = "#1F3864"
PALE = "#E8EDF5"
LINE = "#BFBFBF"
STRONG_LINE = "#404040"
LINK = "#0B4C8C"

BY_LETTERS = {str(rating): rating for rating in Rating}

LINES: Properties = {"border": 1, "border_color": LINE}
"""Thin lines around a table's cell."""


def rating_of(value: object) -> Rating | None:
    """The rating that a RAG or history cell shows (`R`, and `R*` where revised); None on any other text."""
    return BY_LETTERS.get(str(value).removesuffix(REVISED))


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
        return self.plain(**(LINES | properties))

    def run(self, **properties: Any) -> Format:
        """A part of a cell's text."""
        return self.bare(**({"font_name": FONT, "font_size": POINTS} | properties))

    def rating(self, rating: Rating | None, **properties: Any) -> Format:
        """A rating's cell; what isn't one looks as what isn't rated."""
        return self.boxed(**(rating_properties(rating) | properties))

    def tile(self, rating: Rating | None, points: int = POINTS, **properties: Any) -> Format:
        """A cell that counts, or names, what has a rating: its text says the sign itself, as `signed` gives it."""
        own = {"num_format": "General", "font_size": points, "valign": "vcenter"}
        return self.rating(rating, **(own | properties))

    def band(self, colour: str, points: int = 12, **properties: Any) -> Format:
        """A band of a colour, such as a theme's, from edge to edge: its text runs on over the empty cells beside it."""
        own = {"bold": True, "font_color": WHITE, "bg_color": colour, "font_size": points, "valign": "vcenter"}
        return self.plain(**(own | {"text_wrap": False} | properties))

    def heading(self, **properties: Any) -> Format:
        """A table's heading."""
        dark = {"bold": True, "font_color": WHITE, "bg_color": INK, "border_color": WHITE}
        return self.boxed(**(dark | properties))

    def title(self, points: int = 16, **properties: Any) -> Format:
        """A heading that stands free on the sheet."""
        return self.plain(**({"bold": True, "font_color": INK, "font_size": points, "text_wrap": False} | properties))


REVISED = "*"
"""In the history, what follows a rating that was corrected later."""
