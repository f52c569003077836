"""A cell that its column can't take, and what people type that no one sees."""

from __future__ import annotations

import unicodedata
from itertools import groupby

LONGEST_QUOTE = 80
"""Characters of a cell that a message repeats; the cell itself is named beside it."""

LONG_TEXT, MOST_MARKS = 500, 30
"""Characters of a text, and marks on one letter. Source of the second: Unicode Standard Annex 15, stream-safe text."""

INVISIBLE = dict.fromkeys(
    [0x00AD, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF]
    + [*range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A)]
)
"""Soft hyphens, zero-width blanks and marks of writing direction, which come along from web pages and messages."""


class Unreadable(Exception):
    """A cell whose content its column can't take: what is wrong, and what to do, each a sentence."""

    def __init__(self, problem: str, what_to_do: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.what_to_do = what_to_do


def visible(typed: str) -> str:
    """A text without the characters that nobody sees, its accents composed, as a keyboard types it."""
    if typed.isascii():
        return typed
    seen = typed.translate(INVISIBLE)
    return seen if has_heaped_marks(seen) else unicodedata.normalize("NFC", seen)


def has_heaped_marks(typed: str) -> bool:
    """Whether a long text has marks over one another as no letter bears: the time to put these in their usual order
    grows with the square of their number.
    """
    if len(typed) <= LONG_TEXT:
        return False
    return any(
        len(tuple(run)) > MOST_MARKS for marked, run in groupby(map(unicodedata.combining, typed), bool) if marked
    )


def quoted(text: str) -> str:
    """What a cell says, in quotes on one line, short enough for a message.

    >>> quoted("about 50")
    "'about 50'"
    """
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= LONGEST_QUOTE else f"'{line[:LONGEST_QUOTE].rstrip()}…'"
