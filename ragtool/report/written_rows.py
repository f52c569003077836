"""A sheet written from its top, row by row: no cell is merged, and long texts take more rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ragtool.looks import fitting
from ragtool.looks.style import INK, Style
from ragtool.looks.table import Content, heading_lines, make_table, write_content

ABOVE_SECTION = 4.0
"""Points above a section."""


class WrittenRows:
    """The sheet, its columns `widths` pixels wide: `heights` are those of the rows so far."""

    def __init__(self, sheet: Worksheet, style: Style, widths: Sequence[int]) -> None:
        self.sheet, self.style, self.widths = sheet, style, widths
        self.heights: list[float] = []
        for column, wide in enumerate(widths):
            sheet.set_column_pixels(column, column, wide)

    def add(self, height: float) -> int:
        """The number of the next row, which is so many points high."""
        row = len(self.heights)
        self.sheet.set_row(row, height)
        self.heights.append(height)
        return row

    def write_text(self, text: str, column: int = 0, points: int = 10, **look: Any) -> int:
        """A text from a column to the sheet's right edge, in as many rows as it takes; gives the first."""
        room = sum(self.widths[column:])
        lines = fitting.lines_of(text, room, points, bool(look.get("bold")))
        made = self.style.plain(font_size=points, text_wrap=False, valign="vcenter", **look)
        rows = [self.add(fitting.line_height(points)) for _ in lines]
        for row, line in zip(rows, lines, strict=True):
            self.sheet.write_string(row, column, line, made)
        return rows[0]

    def write_title(self, text: str, points: int) -> None:
        """A title of the sheet."""
        self.write_text(text, 0, points, bold=True, font_color=INK)

    def write_labelled(self, label: str, text: str) -> None:
        """A text with a label before it."""
        self.write_label(self.write_text(text, 1), 0, label)

    def write_label(self, row: int, column: int, label: str, **look: Any) -> None:
        """The label of the text beside it."""
        made = self.style.plain(bold=True, text_wrap=False, valign="vcenter", **look)
        self.sheet.write_string(row, column, label, made)

    def write_heading(self, text: str) -> None:
        """The heading of a section, a gap above it and a line beneath it."""
        self.add(ABOVE_SECTION)
        look = {"bottom": 2, "bottom_color": INK}
        row = self.write_text(text, 0, 12, bold=True, font_color=INK, **look)
        for column in range(1, len(self.widths)):
            self.sheet.write_blank(row, column, None, self.style.plain(**look))

    def write_section(self, heading: str, lines: Iterable[str]) -> None:
        """A heading and its lines; nothing where there are none."""
        for number, line in enumerate(lines):
            if number == 0:
                self.write_heading(heading)
            self.write_text(line)

    def begin_table(self, headings: Sequence[str], rows: int, name: str, filters: bool = False) -> None:
        """The headings of a table of so many rows, which are to follow."""
        lines = (heading_lines(text, wide, filters) for text, wide in zip(headings, self.widths, strict=False))
        row = self.add(max(lines) * fitting.line_height() + 2)
        make_table(self.sheet, headings, row, rows, name, filters=filters)
        for column, heading in enumerate(headings):
            self.sheet.write_string(row, column, heading, self.style.heading(valign="vcenter"))

    def write_row(self, cells: Sequence[tuple[Content, Format]], spared: float = 0, bold: bool = False) -> None:
        """A row of a table, as high as its texts need, but for so many points that it does without."""
        texts = [(content.text, wide) for (content, _), wide in zip(cells, self.widths, strict=False)]
        row = self.add(fitting.row_height(texts, bold=bold) - spared)
        for column, (content, look) in enumerate(cells):
            write_content(self.sheet, row, column, content, look)
