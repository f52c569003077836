"""An .ods as cells. Source: OpenDocument 1.3 part 3, and LibreOffice's own `calcext` attributes for errors."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from ragtool.workbooks.book import NEVER_CALCULATED, UNREADABLE, Cell
from ragtool.workbooks.package import Package
from ragtool.workbooks.stored import LAST_COLUMN, LAST_ROW, LONGEST_TEXT, Filling, Shape, clock, number_cell, text_cell

CONTENT = "content.xml"
META = "meta.xml"

CELLS = ("table:table-cell", "table:covered-table-cell")
NOT_IN_CELL = ("office:annotation", "table:tracked-changes", "table:shapes", "text:ruby-text", "draw:")
"""Beginnings of elements whose text and tables are no cell's: comments, deleted cells, phonetic guides, drawings."""

ERROR = re.compile(r"#[A-Z0-9/_]+[!?]?|Err:[0-9]{3}")
"""What a formula in error shows; older versions and Excel store it as a text or a zero."""

DURATION = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?")

PLAIN, PERCENT = Shape(), Shape(percent=True)


class ContentPart:
    """Reads the cells of every sheet."""

    def __init__(self, filling: Filling) -> None:
        self.filling = filling
        self.row = self.column = 0
        self.row_repeats = self.repeats = 1
        self.elsewhere = 0
        self.cached = False
        self.covered = False
        self.cell: dict[str, str] | None = None
        self.pieces: list[str] = []
        self.length = 0
        self.in_paragraph = False
        self.shows = False
        self.filled: list[tuple[int, Cell]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.elsewhere or name.startswith(NOT_IN_CELL):
            self.elsewhere += 1
        elif self.cell is not None:
            self.start_in_cell(name, attributes)
        elif name in CELLS:
            self.cell, self.covered = attributes, name != CELLS[0]
            self.repeats = count(attributes, "table:number-columns-repeated", LAST_COLUMN)
            self.pieces, self.length, self.shows = [], 0, False
        elif name == "table:table-row":
            self.column, self.filled = 0, []
            self.row_repeats = count(attributes, "table:number-rows-repeated", LAST_ROW)
        elif name == "table:table":
            self.row, self.cached = 0, False
            self.filling.open_sheet(attributes.get("table:name", ""))
        elif name == "table:table-source":  # a copy of another file's sheet, kept for the formulas that refer to it
            self.cached = True

    def start_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == "text:p":
            if self.pieces:
                self.add("\n")
            self.in_paragraph = self.shows = True
        elif name == "text:s":
            self.add(" " * count(attributes, "text:c", LONGEST_TEXT))
        elif name == "text:tab":
            self.add("\t")
        elif name == "text:line-break":
            self.add("\n")

    def text(self, text: str) -> None:
        if self.in_paragraph and not self.elsewhere:
            self.add(text)

    def add(self, text: str) -> None:
        if self.length <= LONGEST_TEXT:
            self.pieces.append(text)
            self.length += len(text)

    def end(self, name: str) -> None:
        if self.elsewhere:
            self.elsewhere -= 1
        elif name == "text:p":
            self.in_paragraph = False
        elif name in CELLS:
            self.finish_cell()
        elif name == "table:table-row":
            self.finish_row()
        elif name == "table:table" and not self.cached:
            self.filling.close_sheet()

    def finish_cell(self) -> None:
        """Notes the cell and its repeats; what lies beneath merged cells isn't seen, so it isn't read."""
        attributes, self.cell = self.cell or {}, None
        cell = None if self.covered else value(attributes, "".join(self.pieces), self.shows)
        if cell is not None:
            first = self.column + 1
            last = max(first, min(self.column + self.repeats, LAST_COLUMN + 1))  # one too far is told of on the way
            self.filled += ((column, cell) for column in range(first, last + 1))
        self.column += self.repeats

    def finish_row(self) -> None:
        """Puts the row's cells in place, once for each time that the row is repeated."""
        if self.filled and not self.cached:
            for row in range(self.row + 1, self.row + 1 + self.row_repeats):
                for column, cell in self.filled:
                    self.filling.put(row, column, cell)
        self.row += self.row_repeats


class PropertiesPart:
    """Reads the custom properties, each as text."""

    def __init__(self) -> None:
        self.properties: dict[str, str] = {}
        self.name = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.name = attributes.get("meta:name", "") if name == "meta:user-defined" else ""

    def end(self, name: str) -> None:
        self.name = ""

    def text(self, text: str) -> None:
        if self.name:
            self.properties[self.name] = (self.properties.get(self.name, "") + text)[:1000]


def count(attributes: dict[str, str], name: str, most: int) -> int:
    """A repeat count: 1 where none is given, never more than one beyond `most`."""
    return min(int(attributes.get(name, "1")), most + 1)


def value(attributes: dict[str, str], text: str, shows: bool) -> Cell | None:
    """What stands in a cell, from its attributes and the text that it `shows`, were it an empty one.

    Source: OpenDocument 1.3 part 3, 19.389.
    """
    formula = attributes.get("table:formula")
    kind = attributes.get("office:value-type", "")
    if attributes.get("calcext:value-type") == "error" or (formula is not None and ERROR.fullmatch(text)):
        return Cell(text, fault=text if text.startswith("#") else f"the error {text}".rstrip())
    if not kind:
        # LibreOffice gives a formula's empty text no type, but a paragraph; one never calculated has neither.
        uncalculated = formula is not None and not shows
        return Cell(f"{formula}", fault=NEVER_CALCULATED) if uncalculated else text_cell(text, PLAIN)
    if kind == "string":
        return text_cell(attributes.get("office:string-value") or text, PLAIN)
    try:
        if kind == "boolean":
            return Cell({"true": True, "false": False}[attributes["office:boolean-value"]])
        if kind == "float" and text in ("TRUE", "FALSE"):  # as LibreOffice writes some formulas' results
            return Cell(text == "TRUE")
        if kind == "date":
            return Cell(datetime.fromisoformat(attributes["office:date-value"]).replace(tzinfo=None))
        if kind == "time":
            return time_cell(attributes["office:time-value"])
        return number_cell(float(attributes["office:value"]), PERCENT if kind == "percentage" else PLAIN, False)
    except (ValueError, KeyError, OverflowError):
        return Cell(text, fault=UNREADABLE)


def time_cell(stored: str) -> Cell:
    """A time of day; what is longer than a day, or negative, is a duration and so a text."""
    match = DURATION.fullmatch(stored)
    if not match:
        raise ValueError(stored)
    sign, days, hours, minutes, seconds = match.groups()
    duration = timedelta(int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0))
    duration += timedelta(seconds=float((seconds or "0").replace(",", ".")))
    if sign or duration >= timedelta(days=1):
        return Cell(sign + clock(duration))
    return Cell((datetime.min + duration).time())


def read_ods(package: Package, filling: Filling) -> None:
    """The sheets of an OpenDocument spreadsheet, hidden ones too."""
    package.parse(CONTENT, ContentPart(filling))


def user_properties(package: Package) -> dict[str, str]:
    """The workbook's custom properties by name."""
    part = PropertiesPart()
    if META in package:
        package.parse(META, part)
    return part.properties
