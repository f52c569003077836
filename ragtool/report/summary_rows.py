"""The columns of the Summary, and how its rows follow one another: no cell is merged, and long texts take more rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.style import INK, Style

RED_HEADINGS = (c.KEY, c.DESCRIPTION, c.OFFICER_LEADS, c.SERVICE_AREA, c.DIRECTION, c.BY_WHEN, c.WHY, c.RESOLUTION)
"""Those of the table of what is Red, whose columns all else on the sheet stands in."""
SUMMARY_WIDTHS = (66, 244, 142, 124, 76, 74, 249, 249)
"""Pixels; together what a laptop's screen shows and a page of A4 prints."""
ABOVE_SECTION = 4.0
"""Points above a section."""


class SummaryRows:
    """The sheet, written from the top: `heights` are those of the rows so far."""

    def __init__(self, sheet: Worksheet, style: Style) -> None:
        self.sheet, self.style = sheet, style
        self.heights: list[float] = []
        for column, wide in enumerate(SUMMARY_WIDTHS):
            sheet.set_column_pixels(column, column, wide)

    def add(self, height: float) -> int:
        """The number of the next row, which is so many points high."""
        row = len(self.heights)
        self.sheet.set_row(row, height)
        self.heights.append(height)
        return row

    def write_text(self, text: str, column: int = 0, points: int = 10, **look: Any) -> int:
        """A text from a column to the sheet's right edge, in as many rows as it takes; gives the first."""
        room = sum(SUMMARY_WIDTHS[column:])
        lines = fitting.lines_of(text, room, points, bool(look.get("bold")))
        made = self.style.plain(font_size=points, text_wrap=False, valign="vcenter", **look)
        rows = [self.add(fitting.line_height(points)) for _ in lines]
        for row, line in zip(rows, lines, strict=True):
            self.sheet.write_string(row, column, line, made)
        return rows[0]

    def write_labelled(self, label: str, text: str) -> None:
        """A text with a label before it."""
        self.write_label(self.write_text(text, 1), 0, label)

    def write_label(self, row: int, column: int, label: str) -> None:
        """The label of the text beside it."""
        self.sheet.write_string(row, column, label, self.style.plain(bold=True, text_wrap=False, valign="vcenter"))

    def write_heading(self, text: str) -> None:
        """The heading of a section, a gap above it and a line beneath it."""
        self.add(ABOVE_SECTION)
        look = {"bottom": 2, "bottom_color": INK}
        row = self.write_text(text, 0, 12, bold=True, font_color=INK, **look)
        for column in range(1, len(SUMMARY_WIDTHS)):
            self.sheet.write_blank(row, column, None, self.style.plain(**look))

    def write_section(self, heading: str, lines: Iterable[str]) -> None:
        """A heading and its lines; nothing where there are none."""
        for number, line in enumerate(lines):
            if number == 0:
                self.write_heading(heading)
            self.write_text(line)
