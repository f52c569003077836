"""Columns of the plan that aren't read: told, so that nobody relies on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from openpyxl.utils import get_column_letter

from ragtool import columns as c
from ragtool.model import Query, Severity
from ragtool.sheets.cells import text
from ragtool.sheets.tables import as_heading, find_headings
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.opening import Book

OWN = "note"
"""How headings of the manager's own columns begin: `Notes`, `Note for us`."""


def unread_columns(book: Book, sheet: c.Sheet, told: Iterable[Query]) -> Iterator[Query]:
    """A query about each column of a sheet of the plan that has a heading which isn't read and is no note.

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


def is_own_heading(heading: str) -> bool:
    """Whether a heading is that of a column of the manager's own."""
    return as_heading(heading).startswith(OWN)


def note_of(heading: str) -> str:
    """The heading of a column of the manager's own, for what a list has under `heading`."""
    return f"Note: {' '.join(heading.split())}".rstrip(": ")
