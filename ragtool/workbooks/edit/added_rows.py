"""Rows added to a sheet of the manager's workbook, in which all else stays byte for byte as it was.

No library of ours keeps everything that a workbook holds, such as drop-downs as new Excel stores them; so the new cells
are put in between those that are there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl.utils import get_column_letter

from ragtool.workbooks.edit.edits import (
    CannotMark,
    Edits,
    Element,
    elements,
    end_tag,
    opened,
    prefix_of,
    start_tag,
    with_attributes,
)
from ragtool.workbooks.edit.parts import Parts
from ragtool.workbooks.edit.sheet_list import SheetList
from ragtool.workbooks.edit.styles import Styles
from ragtool.workbooks.references import place
from ragtool.workbooks.stored import escaped

Value = str | int | date

FIRST_DAY = date(1899, 12, 30)
"""Day 0 of Excel's dates."""

DATE_FORMAT = "14"
"""Excel's own number of the short date, which every country sees its own way."""


def with_rows(data: bytes, name: str, rows: Sequence[Mapping[int, Value]], first: int) -> bytes:
    """A workbook with `rows` (values by column number) on the sheet `name` from row `first` on.

    They look as the cells that are there already, or else as the row above. A table that ends there takes them in.
    Raises CannotMark where the workbook can't be changed in this way.
    """
    parts = Parts(data)
    part = next((sheet.part for sheet in SheetList(parts).sheets() if sheet.name == name), None)
    styles_part = parts.of_kind(parts.main, "styles")
    if part is None or styles_part is None or b"date1904=" in parts.content[parts.main]:
        raise CannotMark
    styles = Styles(parts.content[styles_part])
    parts.content[part] = Rows(parts.content[part], styles).with_rows(rows, first)
    parts.content[styles_part] = styles.done()
    for relation in parts.relationships.get(part, ()):
        if relation.kind == "table":
            table = parts.content[relation.target]
            parts.content[relation.target] = longer_table(table, first - 1, first + len(rows) - 1)
    return parts.put_together()


class Rows:
    """A sheet's part: where its rows and cells are, by their numbers."""

    def __init__(self, data: bytes, styles: Styles) -> None:
        self.data, self.styles, self.edits, self.prefix = data, styles, Edits(data), prefix_of(data)
        self.rows: dict[int, Element] = {}
        self.cells: dict[int, dict[int, Element]] = {}
        found = elements(data, without=("c",))
        self.all = next(element for element in found if element.name == "sheetData")
        self.dimension = [element for element in found if element.name == "dimension" and "ref" in element.attributes]
        for element in found:
            if element.name in ("row", "c") and "r" not in element.attributes:
                raise CannotMark
            if element.name == "row":
                self.rows[int(element.attributes["r"])] = element
            elif element.name == "c":
                row, column = place(element.attributes["r"])
                self.cells.setdefault(row, {})[column] = element

    def with_rows(self, rows: Sequence[Mapping[int, Value]], first: int) -> bytes:
        """The part with the rows in it."""
        for number, row in enumerate(rows, first):
            self.add(number, row, first - 1)
        for element in self.dimension:
            self.edits.set(element.start, {"ref": longer(element.attributes["ref"], first + len(rows) - 1)})
        return self.edits.done()

    def add(self, number: int, row: Mapping[int, Value], like: int) -> None:
        """One row: its values in the cells that are there, or in new ones."""
        there, above = self.cells.get(number, {}), self.cells.get(like, {})
        new: list[bytes] = []
        tags = sorted({*row, *([] if number in self.rows else above)} - set(there))
        for column in tags:
            new.append(self.cell(number, column, row.get(column), above.get(column)))
        for column, element in there.items():
            if column in row:
                made = self.cell(number, column, row[column], element)
                self.edits.pieces.append((element.start, element.end, made))
        if number not in self.rows:
            xml = f'<{self.prefix}row r="{number}">'.encode() + b"".join(new) + f"</{self.prefix}row>".encode()
            after = min((other for other in self.rows if other > number), default=None)
            if after is not None:
                self.edits.insert(self.rows[after].start, xml)
            elif self.all.empty:
                raise CannotMark
            else:
                self.edits.insert(self.all.close, xml)
            return
        element = self.rows[number]
        if element.empty:
            tag = with_attributes(start_tag(self.data, element.start), {"spans": None})
            self.edits.pieces.append((element.start, element.end, opened(tag) + b"".join(new) + end_tag(tag)))
            return
        self.edits.set(element.start, {"spans": None})
        for column, xml in zip(tags, new, strict=True):
            following = [other.start for at, other in there.items() if at > column]
            self.edits.insert(min(following, default=element.close), xml)

    def cell(self, row: int, column: int, value: Value | None, like: Element | None) -> bytes:
        """A cell that looks like another."""
        style = int(like.attributes.get("s", "0")) if like else 0
        p, where = self.prefix, f'r="{get_column_letter(column)}{row}"'
        if isinstance(value, str):
            text = f'<{p}is><{p}t xml:space="preserve">{escaped(value)}</{p}t></{p}is>'
            return f'<{p}c {where} s="{style}" t="inlineStr">{text}</{p}c>'.encode()
        if isinstance(value, date):
            return f'<{p}c {where} s="{self.as_date(style)}"><{p}v>{(value - FIRST_DAY).days}</{p}v></{p}c>'.encode()
        if value is None:
            return f'<{p}c {where} s="{style}"/>'.encode()
        return f'<{p}c {where} s="{style}"><{p}v>{value}</{p}v></{p}c>'.encode()

    def as_date(self, style: int) -> int:
        """A format that shows a date, and is the given one in all else."""
        known = self.styles.items["cellXfs"]
        original = known[style if style < len(known) else 0]
        tag = start_tag(original, 0)
        dated = with_attributes(tag, {"numFmtId": DATE_FORMAT, "applyNumberFormat": "1"})
        return self.styles.add("cellXfs", dated + original[len(tag) :])


def longer_table(data: bytes, last: int, new_last: int) -> bytes:
    """A table's part; where it ends at row `last`, it takes in the rows up to `new_last`."""
    edits = Edits(data)
    for element in elements(data):
        ref = element.attributes.get("ref", "")
        if element.name in ("table", "autoFilter") and ref and place(ref.rpartition(":")[2])[0] == last:
            edits.set(element.start, {"ref": longer(ref, new_last)})
    return edits.done()


def longer(ref: str, last: int) -> str:
    """A range that reaches down to row `last` at least: `A1:H20`."""
    start, _, end = ref.rpartition(":")
    row, column = place(end)
    return f"{start or end}:{get_column_letter(column)}{max(row, last)}"
