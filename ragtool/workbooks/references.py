"""Where cells stand: `B7` as row and column."""

from __future__ import annotations

import re
from functools import lru_cache

from openpyxl.utils import column_index_from_string

from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.package import DAMAGED

REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")

Position = tuple[int, int]
"""A cell's row and column, both from 1."""


@lru_cache(20_000)  # somewhat more than there are columns
def column_number(letters: str) -> int:
    """The number of a column from its letters."""
    return column_index_from_string(letters.upper())


def position_of(reference: str) -> Position:
    """Row and column of `B7`. Raises NotAWorkbook where it is no reference to a cell."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        raise NotAWorkbook(DAMAGED)
    return int(match[2]), column_number(match[1])


def corners(reference: str) -> tuple[Position, Position]:
    """The first and the last cell of `A1:B7`; of `A1` both are the same."""
    first, _, last = reference.partition(":")
    return position_of(first), position_of(last or first)
