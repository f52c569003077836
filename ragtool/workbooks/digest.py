"""A digest of a sheet's values, which tells whether anyone has edited the sheet since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from ragtool.model import yes_or_no


def digest(values: Iterable[object]) -> str:
    """The digest of a sheet's filled cells, row by row; the same for a sheet as written and as read back."""
    hashed = hashlib.sha256()
    for value in values:
        hashed.update(f"{plain(value)}\n".encode())
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
