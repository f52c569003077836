"""A cell that its column can't take, and what people type that no one sees."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_QUOTE = 80
"""Characters of a cell that a message repeats; the cell itself is named beside it."""

LONG_TEXT, MOST_MARKS = 500, 30
"""Characters of a text, and marks on one letter. Source of the second: Unicode Standard Annex 15, stream-safe text."""

HEAPED_MARKS = re.compile(rb"[^\0]{%d}" % (MOST_MARKS + 1))
"""More marks on one letter, in the classes of a text's characters, of which 0 is that of letters."""

INVISIBLE = re.compile("[\u00ad\u180e\u200b\u200e\u200f\ufeff\u202a-\u202e\u2060-\u2064\u2066-\u2069]+")
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
    return composed_once(typed) if len(typed) > LONG_TEXT else composed(typed)


def composed(typed: str) -> str:
    """A text's visible characters, each letter one with its accents."""
    shown = INVISIBLE.sub("", typed)
    return shown if has_heaped_marks(shown) else unicodedata.normalize("NFC", shown)


composed_once = lru_cache(512)(composed)
"""The same for a long text: its cell is asked for it again and again."""


def has_heaped_marks(typed: str) -> bool:
    """Whether a long text has marks over one another as no letter bears: the time to put these in their usual order
    grows with the square of their number.
    """
    return len(typed) > LONG_TEXT and bool(HEAPED_MARKS.search(bytes(map(unicodedata.combining, typed))))


def quoted(text: str) -> str:
    """What a cell says, in quotes on one line, short enough for a message.

    >>> quoted("about 50")
    "'about 50'"
    """
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= LONGEST_QUOTE else f"'{line[:LONGEST_QUOTE].rstrip()}…'"
