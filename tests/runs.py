"""How commands at work on a quarter ended: what they said, the report's tables, and what `check` asks and rates."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ragtool import columns as c
from ragtool.commands.check import Checked
from ragtool.quarter.items import RatedItem, RatedMeasure
from ragtool.sheets.tables import find_headings
from ragtool.workbooks.book import Book
from ragtool.workbooks.opening import open_book

HEADINGS = {each.name: each.headings for each in vars(c.ReportSheets).values() if isinstance(each, c.Sheet)}
"""The headings of each sheet of a report, by its name."""

ASKED_MOST = ("Data", "Queries", "Returns")
"""The sheets of a report that each run is asked for: what is asked of others is rare."""


@lru_cache(maxsize=8)
def book_of_report(path: Path, data: bytes, only: Collection[str] = ()) -> Book:
    """A workbook with those bytes as ragtool reads it, once for all that is asked of it."""
    return open_book(path, only=only)


def rows_of(report: Path, sheet: str) -> list[dict[str, Any]]:
    """A sheet of a report, by heading."""
    only = ASKED_MOST if sheet in ASKED_MOST else ()
    book = book_of_report(report, report.read_bytes(), only).sheets[sheet]
    held, (top, _) = book.rows, find_headings(book, HEADINGS[sheet])
    headings = {column: str(cell.value) for column, cell in held[top].items()}
    blank = dict.fromkeys(headings.values())
    return [
        blank | {headings[column]: cell.value for column, cell in row.items() if column in headings}
        for number, row in held.items()
        if number > top
    ]


@dataclass(frozen=True)
class Ran:
    """How a command ended: its status, what it said, and the report's tables."""

    status: int
    out: str
    err: str
    report: Path

    def table(self, sheet: str) -> list[dict[str, Any]]:
        """A sheet of the report, by heading."""
        return rows_of(self.report, sheet)

    @property
    def ratings(self) -> dict[str, str]:
        """Every item's published rating."""
        rows = self.table("Data")
        return {f"{row[c.KEY]} {row[c.PART] or ''}".strip(): row[c.RAG] for row in rows}

    @property
    def queries(self) -> list[dict[str, Any]]:
        """The Queries sheet, each cell by its address alone: `row 22, Performance (cell K22)` is K22."""
        return [row | {c.CELL: (row[c.CELL] or "").split(" ")[-1].rstrip(")") or None} for row in self.table("Queries")]

    def figure(self, key: str, part: str | None = None) -> object:
        rows = self.table("Data")
        return next(row[c.PERFORMANCE] for row in rows if row[c.KEY] == key and str(row[c.PART] or "") == (part or ""))


@dataclass(frozen=True)
class RanCheck:
    """What `check` asks about a quarter's returns, and how it rates them: in a third of a report's time."""

    checked: Checked

    @property
    def status(self) -> int:
        """How the command ends."""
        return int(bool(self.checked.asked))

    @property
    def out(self) -> str:
        """What became of the files and rows that were found."""
        return "\n".join(self.checked.lines)

    @property
    def ratings(self) -> dict[str, str]:
        """Every item's rating."""
        return {f"{item.item.key} {item.part or ''}".strip(): str(item.published.rating) for item in self.items}

    @property
    def items(self) -> list[RatedItem]:
        return [item for _, item in self.checked.items]

    def figure(self, key: str, part: str | None = None) -> float | None:
        (figure,) = (
            item.figure
            for item in self.items
            if isinstance(item, RatedMeasure) and (item.item.key, item.part) == (key, part)
        )
        return None if figure is None else float(figure)

    @property
    def queries(self) -> list[dict[str, Any]]:
        """Every query, as `Ran` has those of a report."""
        return [
            {
                c.FILE: query.file or None,
                c.SHEET: query.sheet or None,
                c.CELL: query.cell or None,
                c.KEY: query.key or None,
                c.SEVERITY: query.severity.value,
                c.PROBLEM: query.problem,
                c.WHAT_TO_DO: query.what_to_do or None,
            }
            for query in self.checked.asked
        ]


def counts_found(said: str, what: str) -> tuple[int, list[int]]:
    """How many files or rows were found, and of these used, refused and passed over: it must be all of them."""
    line = re.search(rf"{what} found (\d+) = used (\d+) \+ refused (\d+) \+ passed over (\d+)\.", said)
    assert line, said
    found, *parts = map(int, line.groups())
    assert found == sum(parts)
    return found, parts


def assert_reconciled(done: Ran) -> None:
    """Files and rows found are those used, refused and passed over, on the terminal and on Returns."""
    rows = done.table("Returns")
    found, parts = counts_found(done.out, "Files")
    assert found == sum(row[c.FILE] is not None for row in rows)
    assert parts[0] == sum(row[c.RECEIVED] == "Yes" for row in rows)
    _, parts = counts_found(done.out, "Rows")
    for heading, count in zip(("used", "refused", "passed over"), parts, strict=True):
        assert count == sum(row[f"Rows {heading}"] or 0 for row in rows)
