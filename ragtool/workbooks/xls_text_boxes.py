"""The text boxes of an .xls, which xlrd doesn't tell of, from the records of its sheets.

Source: [MS-XLS] 2.1.7.20.5 (Worksheet), 2.4.181 (Obj), 2.4.329 (TxO), 2.5.193 (OfficeArtClientAnchorSheet);
[MS-ODRAW] 2.2.1 (OfficeArtRecordHeader).
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct, error
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from ragtool.workbooks.beside import MOST_BESIDE
from ragtool.workbooks.book import TEXT_BOX, Beside
from ragtool.workbooks.stored import LAST_COLUMN

SHEET_NAMED, SHEET_BEGINS, DRAWING, DRAWN_OBJECT, OBJECTS_TEXT, GOES_ON = 0x85, 0x0809, 0xEC, 0x5D, 0x01B6, 0x3C
"""Records: a sheet's name and place, where one begins, a drawing, an object in it, its text, more of a record."""

SHAPES = frozenset((0x02, 0x03, 0x04, 0x06, 0x09, 0x1E))
"""Objects that may hold an officer's text: rectangles, ovals, arcs, text boxes, polygons and shapes; comments have a
kind of their own, and buttons and boxes to tick bear a caption.
"""

RECORD_START, WIDE = Struct("<HH"), 1
NAME_AT = Struct("<IHBB")
KIND_OF_OBJECT = Struct("<4xH")
TEXT_LENGTH = Struct("<10xH")
ART_HEAD, CONTAINER, ANCHOR = Struct("<HHI"), 0xF, 0xF010
FIRST_CELL = Struct("<2xH2xH")


class Record(NamedTuple):
    """A record: where it begins, what it is, and what it holds."""

    at: int
    kind: int
    content: bytes


def text_boxes_of_xls(data: bytes) -> dict[str, list[Beside]]:
    """The texts of shapes by their sheet's name, each at the cell in which its shape begins."""
    found: dict[str, list[Beside]] = {}
    try:
        for sheet, box in drawn_texts(data):
            boxes = found.setdefault(sheet, [])
            if box.text.strip() and len(boxes) < MOST_BESIDE:
                boxes.append(box)
    except error:  # a record that is cut short: what came before it is told
        pass
    return found


def drawn_texts(data: bytes) -> Iterator[tuple[str, Beside]]:
    """Each shape's text with the name of its sheet."""
    names: dict[int, str] = {}
    sheet, cell, is_shape, lacking = "", "A1", False, 0
    pieces: list[str] = []
    for record in records_of_xls(data):
        if lacking and record.kind == GOES_ON:
            piece = piece_of_text(record.content, lacking)
            pieces.append(piece)
            lacking -= len(piece) or lacking
            if not lacking:
                yield sheet, Beside(TEXT_BOX, cell, "".join(pieces).replace("\r", "\n"))
            continue
        lacking = 0
        if record.kind == SHEET_NAMED:
            place, _, length, how = NAME_AT.unpack_from(record.content)
            names[place] = stored_characters(record.content[NAME_AT.size :], length, how)
        elif record.kind == SHEET_BEGINS:
            sheet = names.get(record.at, sheet)
        elif record.kind == DRAWING:
            cell = first_cell_drawn(record.content) or cell
        elif record.kind == DRAWN_OBJECT:
            is_shape = KIND_OF_OBJECT.unpack_from(record.content)[0] in SHAPES
        elif record.kind == OBJECTS_TEXT and is_shape:
            (lacking,), pieces = TEXT_LENGTH.unpack_from(record.content), []


def records_of_xls(data: bytes) -> Iterator[Record]:
    """The records that may be of a drawing, and those that name sheets."""
    wanted = (SHEET_NAMED, SHEET_BEGINS, DRAWING, DRAWN_OBJECT, OBJECTS_TEXT, GOES_ON)
    at = 0
    while at + RECORD_START.size <= len(data):
        kind, size = RECORD_START.unpack_from(data, at)
        if kind in wanted:
            yield Record(at, kind, data[at + RECORD_START.size : at + RECORD_START.size + size])
        at += RECORD_START.size + size


def piece_of_text(content: bytes, most: int) -> str:
    """The characters of one record of a text; the first byte says how they are stored."""
    return stored_characters(content[1:], most, content[0]) if content else ""


def stored_characters(stored: bytes, most: int, how: int) -> str:
    """Characters of two bytes or, where all of them are Latin, of one."""
    return stored[: 2 * most].decode("utf-16-le", "replace") if how & WIDE else stored[:most].decode("latin-1")


def first_cell_drawn(content: bytes) -> str:
    """The cell in which the last shape of a drawing begins; an empty text where it has none."""
    cell, at = "", 0
    while at + ART_HEAD.size <= len(content):
        version, kind, size = ART_HEAD.unpack_from(content, at)
        at += ART_HEAD.size
        if kind == ANCHOR and size >= FIRST_CELL.size and at + FIRST_CELL.size <= len(content):
            column, row = FIRST_CELL.unpack_from(content, at)
            cell = f"{get_column_letter(min(column, LAST_COLUMN - 1) + 1)}{row + 1}"
        at += 0 if version & CONTAINER == CONTAINER else size
    return cell
