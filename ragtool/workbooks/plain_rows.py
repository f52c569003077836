"""The rows of a sheet that hold plain values alone, read from the XML's bytes: a long table has thousands of them.

What is read so is what the XML says, however it was made: a row counts as plain only where every byte of it is as
spreadsheet programs write values, and rows are only looked for where nothing can make them other than they seem.
All else goes on to be read as a tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from ragtool.workbooks.book import Cell
from ragtool.workbooks.references import column_number
from ragtool.workbooks.stored import Filling
from ragtool.workbooks.vocabulary import MAIN, STRICT_MAIN

HEAD_OF_SHEET = re.compile(
    rb'\s*(?:<\?xml [^<>]*\?>\s*)?<worksheet xmlns="(?:%s)"[ >]' % b"|".join(map(str.encode, (MAIN, STRICT_MAIN)))
)
ROWS_BEGIN, ROW_BEGINS, ROW_ENDS = b"<sheetData>", b'<row r="', b"</row>"
"""How a sheet's rows begin, and how each begins and ends."""

PLAIN_CONTENT = rb'(?: s="[0-9]{1,7}")?(?: t="[a-zA-Z]{1,9}")?(?:/>|><v>[ -%\'-;=?-~]*</v></c>)'
PLAIN_CELLS = rb'((?:<c r="[A-Z]{1,3}\1"' + PLAIN_CONTENT + rb")*+)"
ATTRIBUTES = rb'((?: [A-Za-z0-9:]+="[ !#-%\'-;=?-~]*")*+)'
PLAIN_ROW = re.compile(rb'<row r="([1-9][0-9]{0,6})"' + ATTRIBUTES + rb"(?:/>|>" + PLAIN_CELLS + rb"</row>)")
ATTRIBUTE_NAME = re.compile(rb" (?:([A-Za-z][A-Za-z0-9]*):)?([A-Za-z][A-Za-z0-9]*)=")
PLAIN_CELL = re.compile(rb'<c r="([A-Z]+)[0-9]+"(' + PLAIN_CONTENT + rb")")
PARTS_OF_CONTENT = re.compile(rb'(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?(?:/>|><v>([^<]*)</v></c>)')

ANOTHER_MEANING = (b"<?", b"xmlns")
"""What may make of a row something else than it seems, as a comment may: an instruction, another namespace."""

LONGEST_PLAIN_ROW = 1 << 18
"""Bytes of a row that isn't complete yet."""

CellOfValue = Callable[[str | None, str | None, str | None], Cell | None]
"""What gives a cell from its type, its style and its stored value."""


class PlainRows:
    """Takes the plain rows out of a sheet's XML, which it is given a piece at a time, and puts them into `filling`.

    `number` is that of the last row, where it was plain: one that doesn't say its own counts on from there.
    """

    def __init__(self, filling: Filling, fills: Mapping[str, str], cell_of: CellOfValue) -> None:
        self.filling = filling
        self.known = KnownCells(cell_of, fills)
        self.begun = self.ended = self.remarked = False
        self.before = self.rest = self.head = b""
        self.sound: dict[bytes, bool] = {}
        self.number = 0

    def __call__(self, xml: bytes) -> bytes:
        """What is left of the next piece, with what was kept back of the one before; an empty piece is the last."""
        self.remarked = self.remarked or b"<!" in self.before + xml
        self.before = xml[-1:]
        if not self.remarked:
            xml = without_empties(xml)
        if self.ended:
            return xml
        first = 0 if self.begun else place_of_rows(xml)
        self.head = self.head or xml[: max(first, 0)]
        self.begun, left, self.rest = True, self.rest + xml, b""
        unsure = self.remarked or any(left.find(each, max(first, 0)) >= 0 for each in ANOTHER_MEANING)
        if first < 0 or unsure or not xml or len(left) > LONGEST_PLAIN_ROW:
            self.ended = True
            return left
        return self.without_plain(left, first)

    def without_plain(self, xml: bytes, at: int) -> bytes:
        """The XML without its plain rows from a place on, and without a row at its end that isn't complete."""
        left = [xml[:at]]
        while True:
            if (plain := PLAIN_ROW.match(xml, at)) and self.take(plain):
                at = plain.end()
                continue
            end = xml.find(ROW_ENDS, at) + len(ROW_ENDS)
            if end < len(ROW_ENDS) or not xml.startswith(ROW_BEGINS, at) or xml.find(b"<row", at + 1, end) >= 0:
                break
            left.append(xml[at:end])
            at, self.number = end, 0
        if (xml.startswith(ROW_BEGINS, at) and end < len(ROW_ENDS)) or ROW_BEGINS.startswith(xml[at:]):
            self.rest = xml[at:]
        else:
            self.ended = True
            left.append(xml[at:])
        return b"".join(left)

    def take(self, row: re.Match[bytes]) -> bool:
        """Puts a row's cells in their places; not where two of them have the same, or the row isn't well-formed."""
        if row[2] not in self.sound:
            self.sound[row[2]] = self.are_sound(row[2])
        found = PLAIN_CELL.findall(row[3] or b"")
        cells = {column_of(letters): self.known[content] for letters, content in found}
        if len(cells) < len(found) or not self.sound[row[2]]:
            return False
        self.filling.work.take(row[0].count(b"<") + row[0].count(b"/>"))
        self.number = int(row[1])
        if self.known.rated:
            for letters, content in found:
                if content in self.known.rated:
                    self.filling.fill(self.number, column_of(letters), self.known.rated[content])
        filled = {column: cell for column, cell in cells.items() if cell is not None}
        if filled:
            self.filling.put_row(self.number, filled)
        return True

    def are_sound(self, attributes: bytes) -> bool:
        """Whether each of a row's further attributes stands once, and the sheet's head says what its prefix means."""
        names = ATTRIBUTE_NAME.findall(attributes)
        declared = all(f" xmlns:{prefix.decode()}=".encode() in self.head for prefix, _ in names if prefix)
        return declared and len(names) == attributes.count(b'="') and len({(b"", b"r"), *names}) == len(names) + 1


class KnownCells(dict[bytes, "Cell | None"]):
    """The cells of what stands in a sheet's XML after their references, each made once; `rated` says which ratings
    their fills may stand for.
    """

    def __init__(self, cell_of: CellOfValue, fills: Mapping[str, str]) -> None:
        super().__init__()
        self.cell_of, self.fills = cell_of, fills
        self.rated: dict[bytes, str] = {}

    def __missing__(self, content: bytes) -> Cell | None:
        match = PARTS_OF_CONTENT.fullmatch(content)
        assert match
        style, kind, stored = (None if part is None else part.decode() for part in match.groups())
        if rating := self.fills.get(style or ""):
            self.rated[content] = rating
        self[content] = None if stored is None else self.cell_of(kind, style, stored)
        return self[content]


@lru_cache(20_000)  # somewhat more than there are columns
def column_of(letters: bytes) -> int:
    """The number of a column."""
    return column_number(letters.decode())


def place_of_rows(xml: bytes) -> int:
    """Where a sheet's rows begin in the first piece of its XML; below 0 where that isn't plain to see."""
    begin = xml.find(ROWS_BEGIN)
    head = xml[: max(begin, 0)]
    opened = head.count(b"<") - head.count(b"</") - head.count(b"<?")
    closed = head.count(b"</") + head.count(b"/>")
    sure = HEAD_OF_SHEET.match(head) and opened - closed == 1 and head.count(b"xmlns=") == 1 and head.count(b"<?") <= 1
    return begin + len(ROWS_BEGIN) if sure else -1


def without_empties(xml: bytes) -> bytes:
    """The XML without its rows, where those that begin and end in it hold no values: formatted to its last row, a sheet
    has a million of them. The last is kept, from whose number the next may count on. What a parser would refuse in them
    isn't noticed: nothing of it is read.
    """
    first, last = xml.find(b"<row r="), xml.rfind(b"<row r=")
    rows = xml[first:last]
    if rows.count(b"<") == sum(map(rows.count, (b"<row ", b"</row>", b"<c ", b"</c>"))):
        return xml[:first] + xml[last:]
    return xml
