"""Where cells stand: `B7` as row and column, columns by their letters."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_uppercase

from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.package import DAMAGED

REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")

MOST_LETTERS = 3
"""Those of Excel's last column, XFD."""

Position = tuple[int, int]
"""A cell's row and column, both from 1."""


@lru_cache(20_000)  # somewhat more than there are columns
def column_number(letters: str) -> int:
    """The number of a column from its letters. Raises NotAWorkbook where these are none of a column."""
    number, capitals = 0, letters.upper()
    if not 0 < len(capitals) <= MOST_LETTERS or not set(capitals) <= set(ascii_uppercase):
        raise NotAWorkbook(DAMAGED)
    for letter in capitals:
        number = number * len(ascii_uppercase) + ascii_uppercase.index(letter) + 1
    return number


@lru_cache(20_000)
def column_letters(number: int) -> str:
    """The letters of a column, counted from 1: `A`, `AB`."""
    letters = ""
    while number > 0:
        number, last = divmod(number - 1, len(ascii_uppercase))
        letters = ascii_uppercase[last] + letters
    return letters


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
