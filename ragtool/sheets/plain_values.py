"""What a cell under a heading holds, where nothing is to be said of it, and when it holds nothing or the heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from ragtool.sheets.cells import Reader
from ragtool.sheets.unreadable import Unreadable, visible
from ragtool.workbooks.book import Cell

SHORT = 100
"""Characters of a heading that is compared once and then known."""


class PlainValues:
    """What cells are read as about which there is nothing to say, each once: in a long table nearly all of them have
    stood in rows before, and a reader of workbooks keeps what is alike as one and the same.
    """

    def __init__(self, positions: Mapping[str, Sequence[int]], readers: Mapping[str, Reader]) -> None:
        self.headed = {places[0]: heading for heading, places in positions.items()}
        self.twice = any(len(places) > 1 for places in positions.values())
        self.readers = readers
        self.known: dict[int, dict[int, Any]] = {column: {} for column in self.headed}

    def of_row(self, cells: Mapping[int, Cell]) -> dict[str, Any] | None:
        """A row's values by heading; None where there is something to say of it, or a heading stands twice."""
        if self.twice:
            return None
        values: dict[str, Any] = {}
        for column, cell in cells.items():
            if column in self.known:
                known = self.known[column]
                if id(cell) not in known and not self.learn(column, cell):
                    return None
                values[self.headed[column]] = known[id(cell)]
        return values

    def learn(self, column: int, cell: Cell) -> bool:
        """Reads a cell that isn't known yet; says whether nothing is to be said of it."""
        heading = self.headed[column]
        if cell.looks or is_blank(cell) or says_heading(cell, heading):
            return False
        try:
            self.known[column][id(cell)] = self.readers[heading](cell)
        except Unreadable:
            return False
        return True


def once(read: Reader) -> Reader:
    """A reader that reads alike cells once, however many they are: a long table says the same in most of its rows."""
    known: dict[tuple[type, Cell], Any] = {}

    def reading(cell: Cell) -> Any:
        alike = type(cell.value), cell  # 1, 1.0 and a tick are equal, and not the same
        if alike not in known:
            known[alike] = read(cell)
        return known[alike]

    return reading


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing that anyone can see."""
    return isinstance(cell.value, str) and not (cell.fault or cell.looks) and not visible(cell.value).strip()


def says_heading(cell: Cell, heading: str) -> bool:
    """Whether a cell repeats its heading."""
    return isinstance(cell.value, str) and as_heading(cell.value) == heading.casefold()


def as_heading(typed: str) -> str:
    """A heading as it is compared: line breaks, blanks and case don't matter."""
    return short_heading(typed) if len(typed) <= SHORT else " ".join(visible(typed).split()).casefold()


@lru_cache(10_000)
def short_heading(typed: str) -> str:
    """A heading as it is compared, of those that can be kept: the same stand on sheet after sheet."""
    return " ".join(visible(typed).split()).casefold()
