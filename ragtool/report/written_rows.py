"""A sheet written from its top, row by row: no cell is merged, and long texts take more rows.

No heading, and no part of a text, stands on another page than what belongs to it, and a table that goes on on the next
page says its headings there again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ragtool.looks import fitting, printing
from ragtool.looks.style import INK, Style
from ragtool.looks.table import Content, heading_lines, make_table, write_content
from ragtool.report.page_rows import CONTINUED

ABOVE_SECTION = 4.0
"""Points above a section."""
BESIDE_THE_LABEL = 1
"""The column of a text whose label stands in the first."""

CellsOfRow = Sequence[tuple[Content, Format]]


class WrittenRows:
    """The sheet, its columns `widths` pixels wide: `heights` are those of the rows so far, `begins` those of the rows
    with which a page begins in any case, `bound` those that stand on the page of the row above.
    """

    def __init__(self, sheet: Worksheet, style: Style, widths: Sequence[int]) -> None:
        self.sheet, self.style, self.widths = sheet, style, widths
        self.heights: list[float] = []
        self.begins: set[int] = set()
        self.bound: set[int] = set()
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
        self.bound.update(rows[1:])
        for row, line in zip(rows, lines, strict=True):
            self.sheet.write_string(row, column, line, made)
        return rows[0]

    def write_title(self, text: str, points: int) -> None:
        """A title of the sheet."""
        self.write_text(text, 0, points, bold=True, font_color=INK)

    def write_labelled(self, label: str, text: str) -> None:
        """A text with a label before it."""
        self.write_label(self.write_text(text, BESIDE_THE_LABEL), 0, label)

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
        self.bound |= {row, len(self.heights)}

    def write_section(self, heading: str, lines: Iterable[str]) -> None:
        """A heading and its lines; nothing where there are none."""
        for number, line in enumerate(lines):
            if number == 0:
                self.write_heading(heading)
            self.write_text(line)

    def write_parted_table(
        self, title: str, headings: Sequence[str], rows: Sequence[CellsOfRow], name: str, spared: float = 0
    ) -> None:
        """A table beneath its title, each row as high as its texts need but for so many points that it does without.

        Where a page ends within it, the next begins with title and headings again, and another table of Excel's own.
        """
        self.write_heading(title)
        heights, first = [self.row_height(cells) - spared for cells in rows], 0
        while first < len(rows):
            if first:
                self.begins.add(len(self.heights))
                self.write_heading(f"{title} {CONTINUED}")
            top = self.add_headings(headings)
            count = self.rows_that_fit(heights[first:])
            self.begin_table(headings, top, count, f"{name}{first or ''}")
            for cells, height in zip(rows[first : first + count], heights[first:], strict=False):
                self.write_row(cells, height)
            first += count

    def rows_that_fit(self, heights: Sequence[float]) -> int:
        """How many of the rows that are to follow stand on this page, where more follow on the next; the first goes
        with the headings above it.
        """
        now, more = len(self.heights), printing.parted_height()
        starts = printing.page_starts([*self.heights, *heights, more], self.begins, self.bound)
        return next(start - now for start in starts if start > now)

    def page_starts(self) -> list[int]:
        """The rows with which a new page begins."""
        return printing.page_starts(self.heights, self.begins, self.bound)

    def keep_together(self, first: int) -> None:
        """Has the rows from `first` on begin a page where they would be parted otherwise."""
        if any(start > first for start in self.page_starts()):
            self.begins.add(first)

    def add_headings(self, headings: Sequence[str], filters: bool = False) -> int:
        """The row of a table's headings, to which the table's first row is bound."""
        lines = (heading_lines(text, wide, filters) for text, wide in zip(headings, self.widths, strict=False))
        row = self.add(max(lines) * fitting.line_height() + 2)
        self.bound.add(row + 1)
        return row

    def begin_table(self, headings: Sequence[str], top: int, rows: int, name: str, filters: bool = False) -> None:
        """The headings, in row `top`, of a table of so many rows."""
        make_table(self.sheet, headings, top, rows, name, filters=filters)
        for column, heading in enumerate(headings):
            self.sheet.write_string(top, column, heading, self.style.heading(valign="vcenter"))

    def row_height(self, cells: CellsOfRow, bold: bool = False) -> float:
        """The points that a row of a table needs for its texts."""
        texts = [(content.text, wide) for (content, _), wide in zip(cells, self.widths, strict=False)]
        return fitting.row_height(texts, bold=bold)

    def write_row(self, cells: CellsOfRow, height: float) -> None:
        """A row of a table, so many points high."""
        row = self.add(height)
        for column, (content, look) in enumerate(cells):
            write_content(self.sheet, row, column, content, look)
