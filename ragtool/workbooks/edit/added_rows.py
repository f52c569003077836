"""Rows added to a sheet of the manager's workbook, or cells emptied, while all else stays byte for byte as it was.

No library of ours keeps everything that a workbook holds, such as drop-downs as new Excel stores them; so the new cells
are put in between those that are there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from openpyxl.utils import get_column_letter

from ragtool.workbooks.content_types import STYLES_TYPE
from ragtool.workbooks.edit.edits import (
    CannotMark,
    Edits,
    Element,
    elements,
    end_tag,
    opening_tag,
    prefix_of,
    start_tag,
    with_attributes,
)
from ragtool.workbooks.edit.parts import Parts
from ragtool.workbooks.edit.sheet_list import SheetList
from ragtool.workbooks.edit.styles import PLAIN_STYLES, Styles
from ragtool.workbooks.references import Position, position_of
from ragtool.workbooks.texts import escaped
from ragtool.workbooks.vocabulary import HEAD, MAIN, STRICT_MAIN

AddedValue = str | int | date

FIRST_DAY, FIRST_MAC_DAY = date(1899, 12, 30), date(1904, 1, 1)
"""Day 0 of Excel's dates, and of those that count from 1904."""

MOST_BYTES = 500_000_000
LARGEST_SHEET = 100_000_000
"""What a plan may unpack to, pictures and all, and the sheet that rows are added to: each of its cells is in memory."""


def with_rows(data: bytes, name: str, rows: Sequence[Mapping[int, AddedValue]], first: int) -> bytes:
    """A workbook with `rows` (values by column number) on the sheet `name` from row `first` on.

    They look as the cells that are there already, or else as the first of them or the row above. A table whose rows go
    on down to them takes them in, with what was typed beneath it.
    Raises CannotMark where the workbook can't be changed in this way.
    """
    parts = Parts(data, MOST_BYTES)
    book = SheetList(parts)
    part = part_of(parts, book, name)
    styles_part = parts.of_kind(parts.main, "styles") or add_styles(parts)
    styles = Styles(parts.content[styles_part])
    day_0 = FIRST_MAC_DAY if book.mac_dates else FIRST_DAY
    sheet = SheetRows(parts.content[part], styles, day_0)
    parts.content[part] = sheet.with_rows(rows, first)
    parts.content[styles_part] = styles.changed()
    for each in parts.relationships.get(part, ()):
        if each.kind == "table":
            above = [row for row in sheet.cells if row < first]
            parts.content[each.target] = longer_table(parts.content[each.target], above, first + len(rows) - 1)
    drop_calculation_order(parts)
    return parts.put_together()


def without_values(data: bytes, name: str, cells: Iterable[str]) -> bytes:
    """A workbook with those cells of the sheet `name` blank, which look as they did.

    Raises CannotMark where the workbook can't be changed in this way.
    """
    parts = Parts(data, MOST_BYTES)
    part = part_of(parts, SheetList(parts), name)
    edits, blank = Edits(parts.content[part]), {position_of(cell) for cell in cells}
    for at, element in placed_cells(elements(edits.data, without=("c",))):
        if at in blank and not element.empty:
            tag = with_attributes(start_tag(edits.data, element.start), {"t": None})
            edits.pieces.append((element.start, element.end, opening_tag(tag) + end_tag(tag)))
    parts.content[part] = edits.changed()
    drop_calculation_order(parts)
    return parts.put_together()


def part_of(parts: Parts, book: SheetList, name: str) -> str:
    """The part of a worksheet. Raises CannotMark where there is none, or it is too large."""
    part = next((sheet.part for sheet in book.sheets() if sheet.name == name), None)
    if part is None:
        raise CannotMark(f"it has no worksheet named {name}")
    if len(parts.content[part]) > LARGEST_SHEET:
        raise CannotMark(f"its sheet {name} is larger than {LARGEST_SHEET // 1_000_000} MB")
    return part


def drop_calculation_order(parts: Parts) -> None:
    """Takes out the list of every formula, of which one may have given way; Excel makes it anew."""
    in_order = parts.of_kind(parts.main, "calcChain")
    if in_order:
        parts.drop(in_order)


def placed_cells(within: Iterable[Element]) -> Iterator[tuple[Position, Element]]:
    """The cells among the elements of a sheet, and where each is; one that doesn't say so follows the one before."""
    row = column = 0
    for element in within:
        if element.name == "row":
            row, column = int(element.attributes.get("r") or row + 1), 0
        elif element.name == "c":
            reference = element.attributes.get("r")
            row, column = position_of(reference) if reference else (row, column + 1)
            yield (row, column), element


def add_styles(parts: Parts) -> str:
    """Gives a workbook without styles a part for them."""
    xml = HEAD + PLAIN_STYLES.format(main=STRICT_MAIN if parts.strict else MAIN)
    part = parts.add("xl/styles{}.xml", xml.encode(), STYLES_TYPE)
    parts.relate(parts.main, "styles", part)
    return part


class SheetRows:
    """A sheet's part: where its rows and cells are, by their numbers."""

    def __init__(self, data: bytes, styles: Styles, day_0: date) -> None:
        self.data, self.styles, self.day_0 = data, styles, day_0
        self.edits, self.prefix = Edits(data), prefix_of(data)
        self.rows: dict[int, Element] = {}
        self.cells: dict[int, dict[int, Element]] = {}
        self.below: list[bytes] = []
        within = elements(data, without=("c",))
        self.all = next(element for element in within if element.name == "sheetData")
        self.dimension = [element for element in within if element.name == "dimension" and "ref" in element.attributes]
        row = 0
        for element in within:
            if element.name == "row":
                row = int(element.attributes.get("r") or row + 1)
                self.rows[row] = element
        for (number, column), element in placed_cells(within):
            self.cells.setdefault(number, {})[column] = element

    def with_rows(self, rows: Sequence[Mapping[int, AddedValue]], first: int) -> bytes:
        """The part with the rows in it."""
        like = first if first in self.cells else first - 1
        for number, row in enumerate(rows, first):
            self.add(number, row, like)
        if self.below:
            self.edits.append(self.all, b"".join(self.below))
        for element in self.dimension:
            self.edits.set(element.start, {"ref": longer(element.attributes["ref"], first + len(rows) - 1)})
        return self.edits.changed()

    def add(self, number: int, row: Mapping[int, AddedValue], like: int) -> None:
        """One row: its values in the cells that are there, or in new ones."""
        there, above = self.cells.get(number, {}), self.cells.get(like, {})
        tags = sorted({*row, *([] if number in self.rows else above)} - set(there))
        new = [self.cell(number, column, row.get(column), above.get(column)) for column in tags]
        for column, element in there.items():
            if column in row:
                made = self.cell(number, column, row[column], element)
                self.edits.pieces.append((element.start, element.end, made))
        if number not in self.rows:
            self.add_row(number, b"".join(new))
            return
        element = self.rows[number]
        if element.empty:
            tag = with_attributes(start_tag(self.data, element.start), {"spans": None})
            self.edits.pieces.append((element.start, element.end, opening_tag(tag) + b"".join(new) + end_tag(tag)))
            return
        self.edits.set(element.start, {"spans": None})
        for column, xml in zip(tags, new, strict=True):
            following = [other.start for at, other in there.items() if at > column]
            self.edits.insert(min(following, default=element.close), xml)

    def add_row(self, number: int, cells: bytes) -> None:
        """A row that isn't there yet, in its place among the others."""
        xml = f'<{self.prefix}row r="{number}">'.encode() + cells + f"</{self.prefix}row>".encode()
        after = min((other for other in self.rows if other > number), default=None)
        if after is None:
            self.below.append(xml)
        else:
            self.edits.insert(self.rows[after].start, xml)

    def cell(self, row: int, column: int, value: AddedValue | None, like: Element | None) -> bytes:
        """A cell that looks like another."""
        style = int(like.attributes.get("s") or "0") if like else 0
        p, where = self.prefix, f'r="{get_column_letter(column)}{row}"'
        if isinstance(value, str):
            text = f'<{p}is><{p}t xml:space="preserve">{escaped(value)}</{p}t></{p}is>'
            return f'<{p}c {where} s="{style}" t="inlineStr">{text}</{p}c>'.encode()
        if isinstance(value, date):
            days = (value - self.day_0).days
            return f'<{p}c {where} s="{self.styles.dated(style)}"><{p}v>{days}</{p}v></{p}c>'.encode()
        if value is None:
            return f'<{p}c {where} s="{style}"/>'.encode()
        return f'<{p}c {where} s="{style}"><{p}v>{value}</{p}v></{p}c>'.encode()


def longer_table(data: bytes, above: Collection[int], new_last: int) -> bytes:
    """A table's part; where no row is blank between it and the last of those `above`, it reaches down to `new_last`."""
    edits = Edits(data)
    for element in elements(data):
        ref = element.attributes.get("ref", "")
        if element.name in ("table", "autoFilter") and ref:
            first, _, end = ref.rpartition(":")
            top, bottom = position_of(first or end)[0], position_of(end)[0]
            if top in above and {*range(bottom + 1, max(above) + 1)} <= {*above}:
                edits.set(element.start, {"ref": longer(ref, new_last)})
    return edits.changed()


def longer(ref: str, last: int) -> str:
    """A range that reaches down to row `last` at least: `A1:H20`."""
    start, _, end = ref.rpartition(":")
    row, column = position_of(end)
    return f"{start or end}:{get_column_letter(column)}{max(row, last)}"
