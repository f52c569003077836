"""The streams of an OLE2 file, the wrapping of .xls and of all that Office encrypts. Source: [MS-CFB].

xlrd reads these too, but a chain of sectors that bites its own tail keeps it going until memory is full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from struct import iter_unpack, unpack_from

from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.package import CUT_SHORT, DAMAGED

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

LAST_REGULAR = 0xFFFFFFFA
"""Numbers beyond this are no sectors; they end a chain, or say that there is none."""

SHORT = 64
"""Bytes of a short sector, many of which lie in one stream."""

MOST_STREAMS = 20_000
"""Streams and storages of a file: an .xls with macros has some hundred."""


@dataclass(frozen=True)
class DirectoryEntry:
    """What the directory says of a stream or storage: its place in the tree of names, its first sector and size."""

    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """An OLE2 file's streams by name; only those at the top, since a stream of a storage is of an embedded document."""

    def __init__(self, data: bytes) -> None:
        """Raises NotAWorkbook where the file is damaged."""
        if len(data) < 512:
            raise NotAWorkbook(CUT_SHORT)
        self.data = data
        shift: int = unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise NotAWorkbook(DAMAGED)
        self.sector_size = 1 << shift
        first_entry, short_below, short_table = unpack_from("<I4xII", data, 48)
        self.table = self.sector_table()
        directory = self.pieces(self.joined(first_entry), 128)
        if len(directory) > MOST_STREAMS:
            raise NotAWorkbook(DAMAGED)
        entries = [directory_entry(piece) for piece in directory]
        if not entries:
            raise NotAWorkbook(DAMAGED)
        self.short_below = short_below
        self.short_sectors = self.joined(entries[0].start)
        self.short_table = numbers(self.joined(short_table)[: len(self.short_sectors) // SHORT * 4])
        self.top = siblings(entries, entries[0].child)

    def sector(self, number: int) -> bytes:
        start = (number + 1) * self.sector_size
        if start >= len(self.data):
            raise NotAWorkbook(CUT_SHORT)
        return self.data[start : start + self.sector_size]

    def sector_table(self) -> list[int]:
        """Which sector follows each, for as many as there are; its own sectors are listed in the header and, for large
        files, a chain.
        """
        sectors = len(self.data) // self.sector_size
        own = [number for number in unpack_from("<109I", self.data, 76) if number < LAST_REGULAR]
        following: int = unpack_from("<I", self.data, 68)[0]
        in_one = self.sector_size // 4
        while following < LAST_REGULAR and len(own) * in_one < sectors:
            *more, following = numbers(self.sector(following))
            own += more
        table: list[int] = []
        for number in own:
            if number < LAST_REGULAR and len(table) < sectors:
                table += numbers(self.sector(number))
        return table[:sectors]

    def joined(self, start: int) -> bytes:
        """The sectors of a chain, from its first on."""
        return b"".join(self.sector(number) for number in chain(start, self.table))

    @staticmethod
    def pieces(content: bytes, size: int) -> list[bytes]:
        return [content[at : at + size] for at in range(0, len(content) - size + 1, size)]

    def stream(self, name: str) -> bytes:
        """A stream's content. Raises NotAWorkbook where part of it is missing."""
        stored = self.top[name.casefold()]
        if stored.size < self.short_below:
            steps = (SHORT * step for step in chain(stored.start, self.short_table))
            content = b"".join(self.short_sectors[step : step + SHORT] for step in steps)
        else:
            content = self.joined(stored.start)
        if len(content) < stored.size:
            raise NotAWorkbook(CUT_SHORT)
        return content[: stored.size]


def numbers(content: bytes) -> list[int]:
    """The sector numbers that a table holds."""
    return [number for (number,) in iter_unpack("<I", content[: len(content) // 4 * 4])]


def chain(start: int, table: Sequence[int]) -> list[int]:
    """The sectors from `start` on. Raises NotAWorkbook where one is missing, or there are more than exist: the chain
    has no end.
    """
    sectors: list[int] = []
    while start < LAST_REGULAR:
        if start >= len(table):
            raise NotAWorkbook(CUT_SHORT)
        if len(sectors) > len(table):
            raise NotAWorkbook(DAMAGED)
        sectors.append(start)
        start = table[start]
    return sectors


def directory_entry(stored: bytes) -> DirectoryEntry:
    """One entry of the directory. Source: [MS-CFB] 2.6.1."""
    length, left, right, child = unpack_from("<H2xIII", stored, 64)
    start, size = unpack_from("<II", stored, 116)
    return DirectoryEntry(
        stored[: max(length - 2, 0)][:64].decode("utf-16-le", "replace"), left, right, child, start, size
    )


def siblings(entries: Sequence[DirectoryEntry], first: int) -> dict[str, DirectoryEntry]:
    """The entries of one storage, by their names in lower case, found through the tree that joins them."""
    by_name: dict[str, DirectoryEntry] = {}
    waiting, seen = [first], set()
    while waiting:
        number = waiting.pop()
        if number < len(entries) and number not in seen:
            seen.add(number)
            by_name[entries[number].name.casefold()] = entries[number]
            waiting += [entries[number].left, entries[number].right]
    return by_name
