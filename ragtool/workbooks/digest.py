"""A digest of a sheet's values, which tells whether anyone has edited the sheet since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice

from ragtool.model import yes_or_no

AT_ONCE = 10_000
"""Cells whose texts are hashed together: one by one took a tenth of a run after twenty quarters."""


class LineOf(dict[str, str]):
    """The line of a cell that holds a text, made once: most texts of a long table stand in many of its rows."""

    def __missing__(self, text: str) -> str:
        self[text] = made = f"{plain(text)}\n"
        return made


def digest(values: Iterable[object]) -> str:
    """The digest of a sheet's filled cells, row by row; the same for a sheet as written and as read back."""
    line_of = LineOf()
    lines = (line_of[value] if type(value) is str else f"{plain(value)}\n" for value in values)
    hashed = hashlib.sha256()
    while some := "".join(islice(lines, AT_ONCE)):
        hashed.update(some.encode())
    return hashed.hexdigest()


def plain(value: object) -> str:
    """A value as text, whichever program stored it."""
    if isinstance(value, str):
        return "".join(value.split())
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, int | float):
        return format(float(value), ".12g")
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else plain(str(value))
