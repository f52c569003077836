"""The records of an .xls, counted and thinned out before xlrd reads them: it has no bounds of its own.

A name that doubles another, a sheet that is listed a thousand times and a cell in the last row each make it take
gigabytes. So what isn't read is renamed to what it passes over, and the rest may take so many steps of work.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct, error, unpack_from
from typing import NamedTuple

from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.bounds import Work
from ragtool.workbooks.package import DAMAGED

RECORD_HEAD = Struct("<HH")
PLACE = Struct("<HH")
"""How a record begins, with its number and size, and a cell's with its row and column. Source: [MS-XLS] 2.1.4."""

NO_RECORD = 0xFFFE
"""The number of no record."""

BEGINS, ENDS, LISTED_SHEET, MERGED = (0x0009, 0x0209, 0x0409, 0x0809), 0x0A, 0x85, 0xE5
LONG_ROWS = {0xBD: 6, 0xBE: 2}
"""Records that hold several cells of a row, and the bytes of each cell."""

CELLS = frozenset((0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0201, 0x0203, 0x0204, 0x0205, 0x0206, 0x0406))
CELLS |= {0x7E, 0x027E, 0xD6, 0xFD, *LONG_ROWS}
STYLES = frozenset((0x1E, 0x041E, 0x31, 0x0231, 0x43, 0x0243, 0x0443, 0xE0, 0x92))
OTHERS = frozenset((*BEGINS, ENDS, LISTED_SHEET, MERGED, 0x22, 0x42, 0x2F, 0x44, 0x45, 0x56, 0xFC, 0x3C, 0x00, 0x0200))
OF_FORMULAS = frozenset((0x07, 0x0207, 0x21, 0x0221, 0x04BC, 0x36, 0x37, 0x0236))
OF_COMMENTS = frozenset((0x1C, 0x5D, 0x01B6))
READ = CELLS | STYLES | OTHERS | OF_FORMULAS | OF_COMMENTS
"""The records that are read: cells, formats and fonts, dates, texts, the results of formulas, comments ..."""

STEPS_OF_RECORD, STEPS_OF_FILLED, STEPS_OF_STYLE, STEPS_OF_ROW, STEPS_OF_RANGE = 3, 10, 150, 4, 10
"""What each costs in xlrd and here. Every row down to a sheet's last cell is held, and every cell of a row up to its
last, blank or not.
"""


class BinaryPiece(NamedTuple):
    """A record's number, where its content begins, and the bytes that this has."""

    kind: int
    at: int
    size: int


def thinned(data: bytes, work: Work) -> bytes:
    """The stream of an .xls with all records that aren't read made such as are passed over.

    Raises NotAWorkbook where the sheets lie over one another, or reading takes more steps than are left.
    """
    changed = bytearray(data)
    starts, end = [], 0
    for piece in substream(data, 0, work):
        weighed(data, piece, {}, work)
        keep(piece, changed)
        end = piece.at + piece.size
        if piece.kind == LISTED_SHEET and unpack_from("<B", data, piece.at + 5) == (0,):  # a sheet of cells, no chart
            starts.append(unpack_from("<I", data, piece.at)[0])
    for start in sorted(starts):
        if start < end:  # as no program writes them: each would be read as often as it is listed
            raise NotAWorkbook(DAMAGED)
        widths: dict[int, int] = {}
        last = 0
        for piece in substream(data, start, work):
            last = weighed(data, piece, widths, work, last)
            keep(piece, changed)
            end = piece.at + piece.size
        end = max(end, start)
    return bytes(changed)


def substream(data: bytes, start: int, work: Work) -> Iterator[BinaryPiece]:
    """The records from `start` to the end of the sheet, or of what counts for all of them. A chart in a sheet is passed
    over, up to its own end.
    """
    at, embedded = start, False
    while at + RECORD_HEAD.size <= len(data):
        work.take(STEPS_OF_RECORD)
        kind, size = RECORD_HEAD.unpack_from(data, at)
        if not embedded:
            yield BinaryPiece(kind, at + RECORD_HEAD.size, size)
        if kind == ENDS and not embedded:
            return
        embedded = (embedded or (kind in BEGINS and at > start)) and kind != ENDS
        at += RECORD_HEAD.size + size


def keep(piece: BinaryPiece, changed: bytearray) -> None:
    """Gives a record that isn't read the number of none."""
    if piece.kind not in READ:
        RECORD_HEAD.pack_into(changed, piece.at - RECORD_HEAD.size, NO_RECORD, piece.size)


def weighed(data: bytes, piece: BinaryPiece, widths: dict[int, int], work: Work, last: int = 0) -> int:
    """Takes the steps that a record needs; gives the last row of its sheet so far, from 1. `widths` are those of its
    rows.
    """
    kind, at, size = piece
    try:
        if kind in STYLES:
            work.take(STEPS_OF_STYLE)
        elif kind in CELLS:
            row, column = PLACE.unpack_from(data, at)
            if kind in LONG_ROWS:
                many = max(size - 6, 0) // LONG_ROWS[kind]
                work.take(many * (STEPS_OF_FILLED if kind == 0xBD else 1))
                column += many
            else:
                work.take(STEPS_OF_FILLED)
            work.take(max(column + 1 - widths.get(row, 0), 0))
            widths[row] = max(widths.get(row, 0), column + 1)
            return held_rows(last, row + 1, work)
        elif kind == MERGED:
            ranges = unpack_from("<H", data, at)[0]
            work.take(STEPS_OF_RANGE * ranges)
            for number in range(ranges):
                last = held_rows(last, PLACE.unpack_from(data, at + 2 + 8 * number)[1] + 1, work)
    except error as problem:  # the content is shorter than it says
        raise NotAWorkbook(DAMAGED) from problem
    return last


def held_rows(last: int, row: int, work: Work) -> int:
    """The last row of a sheet, after the steps that the rows down to `row` take."""
    work.take(STEPS_OF_ROW * max(row - last, 0))
    return max(last, row)
