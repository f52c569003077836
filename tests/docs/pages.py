"""The documents as tests read them: their tables by heading, and what stands in code in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
DOCS = CHECKOUT / "docs"

Row = dict[str, str]


def page(name: str) -> str:
    """A page of docs/."""
    return (DOCS / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading, as far as the next one that is no lower."""
    start = re.search(rf"^(#+) {re.escape(heading)}\n", text, re.MULTILINE)
    assert start, heading
    rest = text[start.end() :]
    end = re.search(rf"^#{{1,{len(start[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def tables(text: str) -> Iterator[list[Row]]:
    """The tables of a text, each a list of rows by heading."""
    for found in re.finditer(r"^(\|.*\|)\n\|[-|: ]+\|\n((?:\|.*\|\n)*)", text, re.MULTILINE):
        headings = cells(found[1])
        yield [dict(zip(headings, cells(line), strict=True)) for line in found[2].splitlines()]


def cells(line: str) -> list[str]:
    """The cells of a table's line."""
    return [cell.strip() for cell in re.split(r"(?<= )\|(?= )|^\|(?= )|(?<= )\|$", line.strip())[1:-1]]


def the_table(text: str) -> list[Row]:
    """The only table, or the first, of a text."""
    return next(tables(text))
