"""What stands above a table of the report: its title in A1, and beneath it the way back and what the table holds."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from ragtool.columns import PanelSheets, ReportSheets
from ragtool.looks import fitting
from ragtool.looks.palette import QUIET
from ragtool.looks.style import LINK, Style
from ragtool.results.results import Results

ABOVE_POINTS = 14
SCREEN_WIDTH = 1270
"""Pixels of a laptop's screen: what a sheet is about is seen without scrolling."""


def write_title(sheet: Worksheet, style: Style, results: Results, about: str, columns: Sequence[int]) -> list[float]:
    """Writes the title, a link to the first sheet and, beside that, what the sheet is about; gives the rows' heights.

    `columns` are the widths of the sheet's columns, in pixels. Nothing is merged: the texts run on over empty cells.
    """
    first = PanelSheets.COVER if results.panel else ReportSheets.SUMMARY
    back = f"Back to {first}"
    whole = min(SCREEN_WIDTH, sum(columns))
    beside = column_after(columns, fitting.text_pixels(back) + fitting.PADDING)
    lines, first_line = fitting.lines_of(about, whole - sum(columns[:beside])), 1
    if len(lines) > 1:
        lines, first_line, beside = fitting.lines_of(about, whole), 2, 0
    texts = dict(enumerate(lines, first_line))
    heights = [fitting.line_height(ABOVE_POINTS) + 3, *[fitting.line_height() + 2] * max(texts)]
    heights[-1] += 3
    for row, high in enumerate(heights):
        sheet.set_row(row, high)
    sheet.write_string(0, 0, title_of(sheet, results), style.title(ABOVE_POINTS))
    link = style.plain(font_color=LINK, underline=1, text_wrap=False)
    sheet.write_url(1, 0, f"internal:'{first}'!A1", link, back, f"Go to the sheet {first}")
    for row, line in texts.items():
        sheet.write_string(row, beside, line, style.plain(font_color=QUIET, text_wrap=False))
    return heights


def title_of(sheet: Worksheet, results: Results) -> str:
    """`Key actions, 2013/14 Q2 (Draft)`; in a panel's report the panel too."""
    whose = f" of {results.panel}" if results.panel else ""
    return f"{sheet.get_name()}{whose}, {results.quarter} ({results.standing})"


def column_after(columns: Sequence[int], wide: float) -> int:
    """The first column that begins at so many pixels or further right, the last if none does."""
    begins = 0
    for column, each in enumerate(columns):
        if column and begins >= wide:
            return column
        begins += each
    return len(columns)
