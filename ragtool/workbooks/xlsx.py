"""An .xlsx or .xlsm, strict or not, as cells: values and the formulas without one, in a single pass.

openpyxl needs two passes to tell a formula without a result from a blank, reads no strict Open XML, and stops at a
broken picture or drop-down that no reader of values needs; so the few parts that hold values are read here.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from openpyxl.utils import column_index_from_string

from ragtool.workbooks.book import NEVER_CALCULATED, UNREADABLE, Cell, NotAWorkbook
from ragtool.workbooks.openxml import relations
from ragtool.workbooks.package import AGAIN, BOMB, DAMAGED, Package
from ragtool.workbooks.stored import (
    LONGEST_TEXT,
    MOST_CHARACTERS,
    Filling,
    Shape,
    number_cell,
    shapes,
    text_cell,
    unescaped,
)

REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
PLAIN = Shape()
YES = ("1", "true", "on")

LONGEST_STORED = 7 * LONGEST_TEXT + 1
"""The longest text that may become one of the longest allowed: each character may be escaped in seven."""


class WorkbookPart:
    """Reads the sheets, each with the id of its part, which dates the workbook counts from, and whether its formulas
    wait to be calculated when it is opened, as programs ask for that can't calculate themselves.
    """

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.mac_dates = False
        self.to_calculate = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            part = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((unescaped(attributes.get("name", "")), part))
        elif name == "workbookPr":
            self.mac_dates = attributes.get("date1904", "0") in YES
        elif name == "calcPr":
            self.to_calculate = attributes.get("fullCalcOnLoad", "0") in YES

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


class StylesPart:
    """Reads the number format of each cell style."""

    def __init__(self) -> None:
        self.custom: dict[int, str] = {}
        self.formats: list[int] = []
        self.in_formats = self.in_cell_formats = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "xf" and self.in_cell_formats:
            self.formats.append(int(attributes.get("numFmtId", "0")))
        elif name == "cellXfs":
            self.in_cell_formats = True
        elif name == "numFmts":
            self.in_formats = True
        elif name == "numFmt" and self.in_formats:  # those of conditional formats count on their own
            self.custom[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "General")

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.in_cell_formats = False
        elif name == "numFmts":
            self.in_formats = False

    def text(self, text: str) -> None: ...


class TextPart:
    """Collects text runs: plain or rich text is their text alone, without the phonetic guide beneath it."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.length = 0
        self.collecting = False
        self.phonetic = False

    def begin(self) -> None:
        """Forgets the runs so far."""
        self.runs, self.length = [], 0

    def text(self, text: str) -> None:
        if self.collecting and self.length < LONGEST_STORED:
            self.runs.append(text)
            self.length += len(text)

    def taken(self) -> str:
        """The runs as one text."""
        return "".join(self.runs)


class StringsPart(TextPart):
    """Reads the texts that the sheets share."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self.characters = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.begin()
        elif name == "t":
            self.collecting = not self.phonetic
        elif name == "rPh":
            self.phonetic = True

    def end(self, name: str) -> None:
        if name == "t":
            self.collecting = False
        elif name == "rPh":
            self.phonetic = False
        elif name == "si":
            self.strings.append(unescaped(self.taken()))
            self.characters += self.length
            if self.characters > MOST_CHARACTERS:
                raise NotAWorkbook(BOMB)


class SheetPart(TextPart):
    """Reads the cells of one sheet; the dimension that it claims is never looked at."""

    def __init__(self, filling: Filling, strings: list[str], styles: list[Shape], book: WorkbookPart) -> None:
        super().__init__()
        self.filling, self.strings, self.styles = filling, strings, styles
        self.mac_dates, self.to_calculate = book.mac_dates, book.to_calculate
        self.merged: list[tuple[int, int, int, int]] = []
        self.row = self.column = 0
        self.in_cell = False
        self.cell: dict[str, str] = {}
        self.stored: str | None = None
        self.inline = ""
        self.formula: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.cell, self.in_cell = attributes, True
            self.stored, self.inline, self.formula = None, "", None
            reference = attributes.get("r")
            self.row, self.column = place(reference) if reference else (self.row, self.column + 1)
        elif self.in_cell:
            if name in ("v", "f", "t"):
                self.begin()
                self.collecting = not self.phonetic
            elif name == "rPh":
                self.phonetic = True
        elif name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "A1").partition(":")
            (top, left), (bottom, right) = place(first), place(last or first)
            self.merged.append((top, bottom, left, right))

    def end(self, name: str) -> None:
        if not self.in_cell:
            return
        if name == "c":
            self.in_cell = False
            if self.stored is not None or self.formula is not None or self.inline:
                self.finish()
        elif name == "v":
            self.stored, self.collecting = self.taken(), False
        elif name == "f":
            self.formula, self.collecting = self.taken(), False
        elif name == "t":
            self.inline += self.taken() if self.collecting else ""
            self.collecting = False
        elif name == "rPh":
            self.phonetic = False

    def finish(self) -> None:
        """Puts the cell in its place, unless nothing stands in it."""
        style = int(self.cell.get("s", "0"))
        as_shown = self.styles[style] if 0 <= style < len(self.styles) else PLAIN
        cell = self.value(self.cell.get("t", "n"), as_shown)
        if cell is not None:
            self.filling.put(self.row, self.column, cell)

    def value(self, kind: str, as_shown: Shape) -> Cell | None:
        """What stands in the cell, by the type it is stored as. Source: ECMA-376 part 1, 18.18.11 (ST_CellType)."""
        if kind == "inlineStr":
            return text_cell(unescaped(self.inline or self.stored or ""), as_shown)
        stored = self.stored or ""
        if not stored:
            # A formula's empty text is stored as a text; without a result, no type is given.
            uncalculated = self.formula is not None and kind != "str"
            return Cell(f"={self.formula}", fault=NEVER_CALCULATED) if uncalculated else None
        if kind == "s":
            if not stored.strip().isdecimal():
                raise NotAWorkbook(DAMAGED)
            return text_cell(self.strings[int(stored)], as_shown)
        if kind == "str":
            return text_cell(unescaped(stored), as_shown)
        stored = stored.strip()
        if kind == "e":
            return Cell(stored, fault=stored if stored.startswith("#") else f"the error {stored}")
        try:
            if kind == "b":
                return Cell({"1": True, "true": True, "0": False, "false": False}[stored])
            if kind == "d":
                return Cell(datetime.fromisoformat(stored).replace(tzinfo=None))
            number = float(stored.replace("_", "?"))  # Python alone reads 1_000 as a number
            if number == 0 and self.to_calculate and self.formula is not None:
                return Cell(f"={self.formula}", fault=NEVER_CALCULATED)
            return number_cell(number, as_shown, self.mac_dates)
        except (ValueError, KeyError):
            return Cell(stored, fault=UNREADABLE)


@lru_cache(16_384)
def column_number(letters: str) -> int:
    """The number of a column from its letters."""
    return column_index_from_string(letters.upper())


def place(reference: str) -> tuple[int, int]:
    """Row and column of `B7`."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        raise NotAWorkbook(DAMAGED)
    return int(match[2]), column_number(match[1])


def without_empties(xml: bytes) -> bytes:
    """The XML without its rows, where those that begin and end in it hold no values: formatted to its last row, a sheet
    has a million of them. The last is kept, from whose number the next may count on.
    """
    first, last = xml.find(b"<row r="), xml.rfind(b"<row r=")
    rows = xml[first:last]
    if rows.count(b"<") == sum(map(rows.count, (b"<row ", b"</row>", b"<c ", b"</c>"))):
        return xml[:first] + xml[last:]
    return xml


def read_xlsx(package: Package, main: str, filling: Filling) -> None:
    """The worksheets of the workbook whose main part is `main`, hidden ones too; charts have no cells."""
    book = WorkbookPart()
    package.parse(main, book)
    parts = relations(package, main)
    by_kind = {relation.kind: relation.target for relation in parts.values()}
    strings, styles = StringsPart(), StylesPart()
    if "sharedStrings" in by_kind:
        package.parse(by_kind["sharedStrings"], strings)
    if "styles" in by_kind and by_kind["styles"] in package:
        package.parse(by_kind["styles"], styles)
    as_shown = shapes(styles.formats, styles.custom)
    for name, part in book.sheets:
        relation = parts.get(part)
        if relation is None or relation.target not in package:
            raise NotAWorkbook(f"The file is damaged: its sheet {name} is missing from it. {AGAIN}")
        if relation.kind == "worksheet":
            filling.open_sheet(name)
            sheet = SheetPart(filling, strings.strings, as_shown, book)
            package.parse(relation.target, sheet, shrink=without_empties)
            filling.close_sheet(sheet.merged)
