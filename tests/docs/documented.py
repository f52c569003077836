"""Whether docs/messages.md has a row for a message: each row quotes one, with … for what differs."""

from __future__ import annotations

import re
from functools import cache

from docs.pages import page, tables

ROWS = [row["message"].strip("`") for table in tables(page("messages.md")) for row in table]
"""The messages that the page quotes."""


def as_pattern(row: str) -> str:
    """A row as an expression for the messages that it stands for; more sentences may follow a whole one."""
    quoted = [re.escape(part) for part in row.split("…")]
    return ".*?".join(quoted) + (r"(?: .*)?" if not row.endswith("…") else ".*")


KNOWN = re.compile("|".join(f"(?:{as_pattern(row)})" for row in ROWS), re.DOTALL)


@cache
def has_row(message: str) -> bool:
    """Whether the page has a row for a message."""
    return KNOWN.fullmatch(message) is not None
