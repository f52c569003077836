"""The plan that the next quarter begins with: what was proposed stands in it, and this quarter's dates no longer do.

All else of the manager's workbook stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ragtool import columns as c
from ragtool.errors import RagtoolError
from ragtool.model import MilestonePlan
from ragtool.plan.quarter_dates import QuarterDate
from ragtool.quarters import When, when_text
from ragtool.returns.marked import AddedValue, CannotMark, with_rows, without_values
from ragtool.sheets.tables import find_headings
from ragtool.workbooks.bounds import own_bounds
from ragtool.workbooks.formats import Format
from ragtool.workbooks.opening import Book, open_book, read_bytes

MILESTONES = c.PlanSheets.MILESTONES
EXCEL = (Format.XLSX, Format.STRICT, Format.XLSM)
"""Formats that can be changed in place."""


@dataclass(frozen=True)
class Proposed:
    """A proposed milestone as it is added to the plan. `area` None means the key action's own."""

    key: str
    no: int
    text: str
    area: str | None
    due: When

    def __str__(self) -> str:
        return f"{self.key}: {self.text} ({when_text(self.due)})"

    @property
    def cells(self) -> dict[str, AddedValue]:
        """What its row holds, by heading."""
        row: dict[str, AddedValue] = {c.KEY: self.key, c.NO: self.no, c.MILESTONE: self.text}
        row |= {c.DUE: self.due if isinstance(self.due, date) else str(self.due)}
        row |= {c.STATUS: MilestonePlan.PROPOSED.value}
        return row | ({c.SERVICE_AREA: self.area} if self.area else {})


def make_next_plan(plan: Path, proposed: Sequence[Proposed], dates: Sequence[QuarterDate]) -> bytes:
    """A copy of the plan workbook with the proposed milestones beneath its own, and without `dates`.

    Raises RagtoolError where it has no sheet for the milestones, isn't stored as .xlsx, or can't be changed in place.
    """
    book = open_book(plan, own_bounds)
    data = read_bytes(plan, own_bounds(0).file)
    if not proposed and not dates:
        return data
    if book.format not in EXCEL:
        raise RagtoolError(f"{plan} is stored as {book.format}. Save it in Excel as .xlsx, then run again.")
    try:
        for sheet, cells in by_sheet(dates).items():
            data = without_values(data, sheet, cells)
        return with_milestones(data, book, plan, proposed) if proposed else data
    except RagtoolError:
        raise
    except Exception as problem:  # in which ways a workbook is odd can't be listed
        why = str(problem) if isinstance(problem, CannotMark) else "it isn't put together as Excel does it"
        raise RagtoolError(
            f"{plan} can't be changed, since {why}. Save it in Excel as a plain .xlsx, then run again."
        ) from problem


def by_sheet(dates: Sequence[QuarterDate]) -> Mapping[str, Sequence[str]]:
    """The cells that hold dates, by the sheets on which they stand."""
    cells: dict[str, list[str]] = {}
    for each in dates:
        cells.setdefault(each.at.sheet, []).append(each.at.cell(each.heading))
    return cells


def with_milestones(data: bytes, book: Book, plan: Path, proposed: Sequence[Proposed]) -> bytes:
    """The plan workbook with the proposed milestones beneath its own."""
    sheet = book.sheet(MILESTONES.name)
    if sheet is None:
        raise RagtoolError(
            f"{plan} has no sheet named {MILESTONES.name} to add milestones to. Add it with its headings."
        )
    heading_row, positions = find_headings(sheet, MILESTONES.headings)
    rows = [
        {positions[heading][0]: value for heading, value in row.cells.items() if heading in positions}
        for row in proposed
    ]
    return with_rows(data, sheet.name, rows, max(sheet.rows, default=heading_row) + 1)
