"""Columns of the plan that aren't read: told, so that nobody relies on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from openpyxl.utils import get_column_letter

from ragtool import columns as c
from ragtool.model import Query, Severity
from ragtool.sheets.cells import text
from ragtool.sheets.plain_values import as_heading, is_blank
from ragtool.sheets.tables import find_headings
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.opening import Book, SheetCells

OWN = re.compile(r"notes?\b")
"""How headings of the manager's own columns begin: `Notes`, `Note for us`, and not `Noted`."""


def unread_columns(book: Book, sheet: c.Sheet, told: Iterable[Query]) -> Iterator[Query]:
    """A query about each column of a sheet of the plan that has a heading which isn't read and is no note, or has
    entries and no heading.

    One of which `told` says already that it stands in place of another is left out.
    """
    worksheet = book.sheet(sheet.name)
    if worksheet is None:
        return
    heading_row, positions = find_headings(worksheet, sheet.headings)
    if not positions:
        return
    known = {column for columns in positions.values() for column in columns}
    renamed = {query.cell for query in told}
    for column, cell in worksheet.rows[heading_row].items():
        try:
            heading = " ".join(text(cell).split())
        except Unreadable:
            continue
        where = f"{get_column_letter(column)}{heading_row}"
        if column in known or where in renamed or is_own_heading(heading) or not as_heading(heading):
            continue
        problem = f"There is no column {quoted(heading)} on the sheet {sheet.name}, so what stands there isn't used."
        what = "Correct the heading, delete the column, or let its heading begin with Note if it is for yourselves."
        yield Query(book.name, worksheet.name, where, "", Severity.QUERY, problem, what)
    yield from entries_without_heading(book, worksheet, heading_row)


def entries_without_heading(book: Book, worksheet: SheetCells, heading_row: int) -> Iterator[Query]:
    """A query about the first entry of each column that has entries beneath the headings and none itself."""
    headed = {column for column, cell in worksheet.rows[heading_row].items() if not is_blank(cell)}
    first: dict[int, int] = {}
    for row, cells in worksheet.rows.items():
        if row > heading_row:
            for column, cell in cells.items():
                if column not in headed and not is_blank(cell):
                    first.setdefault(column, row)
    for column, row in sorted(first.items()):
        where = f"{get_column_letter(column)}{row}"
        problem = f"Column {get_column_letter(column)} has no heading, so what stands in it isn't used."
        what = "Give it a heading of this sheet, or one that begins with Note if it is for yourselves."
        yield Query(book.name, worksheet.name, where, "", Severity.QUERY, problem, what)


def is_own_heading(heading: str) -> bool:
    """Whether a heading is that of a column of the manager's own."""
    return OWN.match(as_heading(heading)) is not None


def note_of(heading: str) -> str:
    """The heading of a column of the manager's own, for what a list has under `heading`."""
    return f"Note: {' '.join(heading.split())}".rstrip(": ")
