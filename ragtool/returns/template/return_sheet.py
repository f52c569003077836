"""One table sheet of a return: a heading row, cells that are locked or open to entry, and how it prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from math import ceil
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.figures import short_day
from ragtool.looks import fitting, printing
from ragtool.looks.forms import CREAM, DAY, LOCKED, TEXT, heading, set_form_page
from ragtool.looks.palette import QUIET
from ragtool.looks.style import POINTS, Style
from ragtool.looks.table import Content, Heading, TableLook, heights_of_rows, table_name, write_table
from ragtool.model import yes_or_no
from ragtool.workbooks.edit.held_formulas import HeldFormulas
from ragtool.workbooks.shown_numbers import shown_by


class Look(Enum):
    """What a cell is to the officer."""

    LOCKED = "locked"
    AGAIN = "again"
    """Locked, and the same as in the row above: one quiet line, which needs no room."""
    AGAIN_WHOLE = "again, whole"
    """The same in a row that is high enough all the same."""
    ENTRY = "entry"
    RATING = "rating"


class ReturnCell(NamedTuple):
    """A cell to be written. With a `formula`, `value` is the result that stands until Excel calculates."""

    value: object = None
    look: Look = Look.LOCKED
    number_format: str = "General"
    formula: str = ""

    @property
    def shown_as(self) -> str:
        """The number format that it gets: a date is shown as one whatever else its column holds."""
        return DAY if isinstance(self.value, date) else self.number_format

    @property
    def holds_number(self) -> bool:
        """Whether it holds a number, which its format shows."""
        return isinstance(self.value, int | float | Decimal) and not isinstance(self.value, bool)


SHEET_TITLE_POINTS = 13
SIZES_OF_TITLES = range(SHEET_TITLE_POINTS, POINTS - 1, -1)
"""The sizes that a title may have, the largest first."""

MOST_IN_VIEW = 528
"""Pixels of the columns that stay in view: 40 % of a laptop's 1,320, so that what is typed stands beside them."""

NO_CONTENT = Content()
"""Nothing, as most cells of a blank return hold."""


@dataclass(frozen=True)
class ReturnLayout:
    """How a table sheet looks: its column widths in characters, how many key columns stay in view, and how many pages
    wide it prints.
    """

    sheet: c.Sheet
    widths: Mapping[str, float]
    frozen: int = 1
    pages_wide: int = 1


@dataclass(frozen=True)
class Running:
    """What every page of a return prints at its head and foot, and every sheet says in its title."""

    organisation: str
    area: str
    quarter: str
    marking: str = ""

    def set_page(self, page: Worksheet, landscape: bool = True) -> None:
        """Prints a sheet on A4, as wide as the page."""
        foot = ", ".join(text for text in (self.quarter, self.marking) if text)
        set_form_page(page, self.organisation, self.area, self.quarter, landscape, foot)


HEADINGS_AT = 1
"""The row of the headings, counted from 0: above them stands the sheet's title."""

FIRST_ROW = HEADINGS_AT + 2
"""The first row beneath the headings, counted from 1 as formulas do."""


def letter(sheet: c.Sheet, name: str) -> str:
    """The column that a heading stands in: `H`."""
    return str(xl_col_to_name(sheet.headings.index(name)))


def column_range(sheet: c.Sheet, name: str, rows: int) -> str:
    """All data cells under a heading, as a formula on any sheet names them: `'Key actions'!$A$3:$A$9`."""
    column = letter(sheet, name)
    return f"'{sheet.name}'!${column}${FIRST_ROW}:${column}${FIRST_ROW + max(rows, 1) - 1}"


def write_return_table(
    book: Workbook,
    style: Style,
    layout: ReturnLayout,
    rows: Sequence[Mapping[str, ReturnCell]],
    running: Running,
    formulas: HeldFormulas,
) -> Worksheet:
    """Writes a table sheet and protects what is locked in it; there is no password, since nothing is secret."""
    sheet = layout.sheet
    page = book.add_worksheet(sheet.name)
    entries = c.ENTRY_HEADINGS[sheet.name]
    wide = {name: column_pixels(layout.widths[name], [row[name] for row in rows]) for name in sheet.headings}
    wide |= kept_in_view({name: wide[name] for name in sheet.headings[: layout.frozen]})
    headings = [Heading(name, heading(style, name in entries), wide[name]) for name in sheet.headings]
    look_of = cache(partial(cell_format, style))  # a return has a thousand cells and some ten looks
    known: dict[int, tuple[Content, Format]] = {}  # those in which nothing is entered are one and the same

    def shown(cell: ReturnCell) -> tuple[Content, Format]:
        if id(cell) not in known:
            known[id(cell)] = return_content(cell, formulas), look_of(cell.look, cell.shown_as)
        return known[id(cell)]

    cells = [[shown(row[name]) for name in sheet.headings] for row in rows]
    high = heights_of_rows([[content for content, _ in column] for column in zip(*cells, strict=True)], wide.values())
    for at, name in enumerate(sheet.headings):
        for each, held, height in zip(rows, cells, high, strict=True):
            if each[name].look is Look.AGAIN and fitting.height(str(each[name].value), wide[name]) <= height:
                held[at] = held[at][0], look_of(Look.AGAIN_WHOLE, each[name].shown_as)
    repeated = sum(each.wide for each in headings[: layout.frozen]) if layout.pages_wide > 1 else None
    title, points = title_within(sheet.name, running, repeated)
    page.write_string(0, 0, title, style.title(points))
    page.set_row(0, SHEET_TITLE_POINTS * 1.6)
    look = TableLook(layout.frozen, top=HEADINGS_AT, name=table_name(sheet.name), filters=False, heights=high)
    heights = write_table(page, headings, cells, look)
    across = (sum(wide.values()) + (repeated or 0)) // layout.pages_wide
    for row, height in enumerate(printing.stretched([SHEET_TITLE_POINTS * 1.6, *heights], across, HEADINGS_AT)):
        page.set_row(row, min(fitting.TALLEST, height))
    page.hide_gridlines(2)
    page.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
    page.ignore_errors({"number_stored_as_text": f"A1:Z{len(rows) + 100}"})
    running.set_page(page)
    if layout.pages_wide > 1:
        page.fit_to_pages(layout.pages_wide, 0)
        page.repeat_columns(0, layout.frozen - 1)
    return page


def column_pixels(characters: float, cells: Sequence[ReturnCell]) -> int:
    """The width of a column: so many characters, or some more where a locked text has a word that would be broken, or
    a number has no room.
    """
    usual = fitting.pixels(characters)
    locked = [cell for cell in cells if cell.look is Look.LOCKED]
    words = (fitting.word_pixels(cell.value) for cell in locked if isinstance(cell.value, str))
    numbers = (fitting.text_pixels(shown_number(cell)) + fitting.INDENT for cell in locked if cell.holds_number)
    longest = ceil(max((*words, *numbers), default=0)) + fitting.PADDING
    return int(max(usual, min(longest, usual * fitting.FOR_A_WORD)))


def shown_number(cell: ReturnCell) -> str:
    """The number that a cell holds as its format shows it: on one line, however many digits are stored."""
    number = float(str(cell.value))
    return shown_by(number, cell.number_format) or f"{number:g}"


def kept_in_view(wide: Mapping[str, int]) -> dict[str, int]:
    """The widths of the columns that stay in view, the widest made less wide where they would take more than they may
    of a laptop's screen.
    """
    widest = max(wide, key=lambda name: wide[name])
    return {**wide, widest: wide[widest] - max(0, sum(wide.values()) - MOST_IN_VIEW)}


def title_within(name: str, running: Running, room: float | None) -> tuple[str, int]:
    """A sheet's title and its size in points. Where columns are repeated on several pages side by side, and so have
    `room` for it, it is made smaller, or says no area, which every page's head does, rather than be cut there.
    """
    whole = f"{name}: {running.area}, {running.quarter}"
    texts = [(text, points) for text in (whole, f"{name}, {running.quarter}") for points in SIZES_OF_TITLES]
    fits = (
        (text, points)
        for text, points in texts
        if room is None or fitting.text_pixels(text, points, bold=True) <= room - fitting.PADDING
    )
    return next(fits, texts[-1])


def return_content(cell: ReturnCell, formulas: HeldFormulas) -> Content:
    """What a cell is to hold; its formula stands with `formulas`."""
    value = cell.value
    if value is None and not cell.formula:
        return NO_CONTENT
    text = shown_number(cell) if cell.holds_number else cell_text(value)
    if cell.formula:
        result = float(str(value)) if cell.holds_number else text
        return Content(result, text, formula=formulas.hold(cell.formula))
    if isinstance(value, date):
        return Content(value, text)
    if cell.holds_number:
        return Content(float(str(value)), text)
    whole = Content(text, text)
    return whole.again() if cell.look is Look.AGAIN else whole


def cell_format(style: Style, look: Look, shape: str) -> Format:
    """The look of a cell whose number format is `shape`."""
    aligned: dict[str, object] = {"num_format": shape}
    if shape in (DAY, TEXT):
        aligned["align"] = "left"
    elif shape != "General":
        aligned |= {"align": "right", "indent": 1}
    match look:
        case Look.RATING:
            return style.rating(None, valign="vcenter")
        case Look.ENTRY:
            return style.boxed(bg_color=CREAM, locked=False, **aligned)
        case Look.AGAIN:
            return style.boxed(bg_color=LOCKED, font_color=QUIET, text_wrap=False, **aligned)
        case Look.AGAIN_WHOLE:
            return style.boxed(bg_color=LOCKED, font_color=QUIET, **aligned)
        case Look.LOCKED:
            return style.boxed(bg_color=LOCKED, **aligned)


def cell_text(value: object) -> str:
    """A value as text."""
    match value:
        case None:
            return ""
        case bool():
            return yes_or_no(value)
        case Enum():
            return str(value.value)
        case date():
            return short_day(value)
        case _:
            return str(value)
