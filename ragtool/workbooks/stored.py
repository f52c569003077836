"""Stored values as cells: what number formats and error codes make of them, and how much a workbook may hold."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from math import isfinite

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from ragtool.workbooks.book import (
    LEFT_OVER,
    NO_DATE,
    NOT_THERE_YET,
    PICTURE,
    TOO_NARROW,
    Beside,
    Cell,
    NotAWorkbook,
    SheetCells,
    title,
)
from ragtool.workbooks.bounds import RETURN, Bounds, Work
from ragtool.workbooks.error_values import ERROR_TEXTS
from ragtool.workbooks.number_formats import Shape
from ragtool.workbooks.package import DAMAGED
from ragtool.workbooks.shown_numbers import as_shown_by, shows_zero
from ragtool.workbooks.texts import printable

LONGEST_TEXT = 32_767
"""Excel's own limit on the characters of a cell, as are the next two on a sheet's rows and columns."""

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

MERGED_STEPS = 1_000_000
"""Filled rows and cells looked through for values beneath merged cells, before these count as absurd."""

STEPS_OF_SHEET = 1_000
"""What a sheet costs, here and where it is looked for and marked, however little is in it."""

STEPS_OF_MERGED = 4
"""What merged cells cost beside the tag or record that says them."""

CHARACTERS_OF_STEP = 100
"""Characters that one step is enough for, where a few bytes stand for many or one text for many cells."""

MOST_FILLS = 2_000
"""Cells filled with the colour of a rating that are noted of a sheet."""

WAITING = {"loading", "requesting data", "#n/a requesting data", "retrieving data", "fetching", "fetching data"}
WAITING |= {"calculating", "refreshing", "loading data", "getting data", "updating", "querying", "please wait"}
"""What Google Sheets and data services show, before dots, while a value is still to come."""

NO_VALUES = {"undefined", "null", "Null", "NULL", "nan", "Nan", "NaN", "NAN", "<NA>", "NaT", "[object Object]"}
"""What programs write into a cell for which they have nothing, as they spell it: Nat is a name, Undefined a word."""

DOTS = ("...", "…")

NO_VALUE = re.compile(r"\s*(?:(?P<error>Err:\d{3})|#{3,})\s*")
"""An error of LibreOffice's, and what programs show of a figure where its column is too narrow, kept as texts."""

PICTURE_FORMULA = re.compile(r"\s*=\s*(_xlfn\.)?(DISPIMG|IMAGE)\s*\(", re.IGNORECASE)
"""How WPS and Google Sheets store a picture in a cell."""

EXACT_INTEGERS = 2**53
"""Up to here a stored number says exactly which whole number it is."""

RESIDUE = 1e-9
"""A formula's result smaller than this, which its cell shows as 0, is what a subtraction of decimals leaves of 0.
Source: the rating rules, Exactness.
"""


def number_cell(value: float, as_shown: Shape, mac_dates: bool, calculated: bool = False) -> Cell:
    """A stored number by its format, `calculated` by a formula or typed. Whole numbers are ints; a duration is text,
    since no column asks for one.
    """
    if not isfinite(value):
        return Cell(str(value), fault="#NUM!")
    if not (as_shown.date or as_shown.duration):
        if calculated and 0 < abs(value) < RESIDUE and shows_zero(value, as_shown.code):
            value = 0.0
        number = int(value) if value.is_integer() and abs(value) < EXACT_INTEGERS else value
        shown = as_shown_by(number, as_shown.code) if as_shown.own_signs else ""
        return Cell(number, as_shown.percent, "", shown)
    epoch = CALENDAR_MAC_1904 if mac_dates else CALENDAR_WINDOWS_1900
    try:
        if value < 0:
            raise ValueError
        if as_shown.duration:
            return Cell(clock(timedelta(days=value)))
        return Cell(from_excel(value, epoch))
    except (ValueError, OverflowError):
        return Cell(value, fault=NO_DATE)


def clock(duration: timedelta) -> str:
    """A duration as hours, minutes and seconds: 36:30:00."""
    seconds = round(duration.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def text_cell(value: str, as_shown: Shape) -> Cell | None:
    """A stored text, None where it is blank; only what no workbook may hold is taken out."""
    value = printable(value)
    if value.startswith("#") and value.strip() in ERROR_TEXTS:
        return Cell(value.strip(), fault=value.strip())
    if no_value := NO_VALUE.fullmatch(value):
        return Cell(value, fault=f"the error {no_value['error']}" if no_value["error"] else TOO_NARROW)
    if value.strip() in NO_VALUES:
        return Cell(value, fault=LEFT_OVER)
    if value.endswith(DOTS) and value.strip(" .…").casefold() in WAITING:
        return Cell(value, fault=NOT_THERE_YET)
    if "=" in value[:4] and PICTURE_FORMULA.match(value):
        return Cell(value, fault=PICTURE)
    return Cell(value, as_shown.percent) if value.strip() else None


class Filling:
    """A workbook's cells as a reader finds them, sheet by sheet, within bounds.

    With `only`, those of the sheets with one of these names, case and surrounding blanks aside.
    """

    def __init__(self, bounds: Bounds = RETURN, only: Collection[str] = ()) -> None:
        self.bounds = bounds
        self.work = Work(bounds)
        self.only = {title(name) for name in only}
        self.left_out = False
        self.sheets: dict[str, SheetCells] = {}
        self.rows: dict[int, dict[int, Cell]] = {}
        self.fills: dict[tuple[int, int], str] = {}
        self.name, self.hidden = "", False
        self.cells = self.filled_rows = 0
        self.characters = 0
        self.foreign: set[str] = set()
        self.parts: set[str] = set()

    def wants(self, name: str) -> bool:
        """Whether the sheet is one of those to be read."""
        wanted = not self.only or title(name) in self.only
        self.left_out |= not wanted
        return wanted

    def open_sheet(self, name: str, part: str = "", hidden: bool = False) -> None:
        """Begins the next sheet, which stands in a `part` of its own where the format has such."""
        if name in self.sheets:
            raise NotAWorkbook(f"The file has two sheets named {name}. Rename one and send it again.")
        if part and part in self.parts:  # it would be read as often as it is listed
            raise NotAWorkbook(DAMAGED)
        self.parts.add(part)
        self.work.take(STEPS_OF_SHEET)
        self.name, self.rows, self.fills, self.hidden = name, {}, {}, hidden

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Adds a cell. Raises NotAWorkbook where it is beyond what a workbook may hold."""
        self.put_row(row, {column: cell})

    def put_row(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Adds cells of a row by column. Raises NotAWorkbook where they are beyond what a workbook may hold."""
        if not (0 < row <= LAST_ROW and min(cells) > 0 and max(cells) <= LAST_COLUMN):
            column = next((each for each in cells if not 0 < each <= LAST_COLUMN), min(cells))
            raise NotAWorkbook(
                f"The file has a cell in row {row}, column {column} of {self.name}, where Excel has none. "
                "Open it in Excel, save it as .xlsx and send it again."
            )
        lengths = [len(cell.value) for cell in cells.values() if isinstance(cell.value, str)]
        if max(lengths, default=0) > LONGEST_TEXT:
            column = next(each for each, cell in cells.items() if len(str(cell.value)) > LONGEST_TEXT)
            raise NotAWorkbook(
                f"Cell {get_column_letter(column)}{row} of {self.name} holds a text of more than {LONGEST_TEXT:,} "
                "characters, Excel's limit. Shorten it and send the file again."
            )
        there = self.rows.setdefault(row, {})
        self.cells += len(cells)
        self.filled_rows += not there
        self.characters += sum(lengths)
        most = self.bounds
        if self.cells > most.cells or self.filled_rows > most.rows or self.characters > most.characters:
            raise NotAWorkbook(
                f"The file holds more than {most.rows:,} filled rows, {most.cells:,} cells or {most.characters:,} "
                "characters, far more than a return or a plan. Delete what doesn't belong to it and send it again."
            )
        if there and any(there.get(column, cell) != cell for column, cell in cells.items()):
            raise NotAWorkbook(DAMAGED)  # which of the two a program shows can't be told
        there.update(cells)

    def fill(self, row: int, column: int, rating: str) -> None:
        """Notes that a cell is filled with the colour of a rating."""
        if len(self.fills) < MOST_FILLS:
            self.fills[row, column] = rating

    def close_sheet(self, merged: Iterable[tuple[int, int, int, int]] = (), beside: Sequence[Beside] = ()) -> None:
        """Ends the sheet. What lies beneath `merged` cells (first and last row, first and last column) isn't seen
        in Excel and is left out, but for each one's first cell. Comments and text boxes stand `beside` its cells.
        """
        merged = tuple(merged)
        numbers = sorted(self.rows)
        steps = 0
        for top, bottom, left, right in merged:
            beneath = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
            steps += 1 + sum(1 + len(self.rows[row]) for row in beneath)
            if steps > MERGED_STEPS:
                raise NotAWorkbook(
                    f"The file's merged cells on {self.name} overlap. Open it in Excel, save it and send it again."
                )
            for row in beneath:
                cells = self.rows[row]
                for column in [each for each in cells if left <= each <= right and (row, each) != (top, left)]:
                    del cells[column]
        if list(self.rows) != numbers:
            self.rows = {row: self.rows[row] for row in numbers}
        if self.wants(self.name):
            filled = {row: cells for row, cells in self.rows.items() if cells}
            self.sheets[self.name] = SheetCells(self.name, filled, tuple(beside), self.fills, merged, self.hidden)
        self.rows = {}
