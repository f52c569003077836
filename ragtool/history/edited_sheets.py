"""Whether anyone has edited an earlier report, in what the next run takes from it."""

from __future__ import annotations

from collections.abc import Iterator

from ragtool import columns as c
from ragtool.model import Query, Severity
from ragtool.sheets.tables import find_headings
from ragtool.workbooks.book import Book
from ragtool.workbooks.digest import digest

S = c.ReportSheets

WHERE_IT_IS_SAID = {
    S.DATA: "Correct earlier figures in a return's Revisions sheet; take the report as ragtool wrote it.",
    S.MILESTONES: "Say in a return what became of a milestone; take the report as ragtool wrote it.",
    S.REGISTER: "Say in a return what became of a milestone; take the report as ragtool wrote it.",
    S.REVISIONS: "Take the report as ragtool wrote it.",
}
"""What to do instead of editing a sheet."""


def edited(book: Book) -> Iterator[Query]:
    """A query about each sheet that isn't as it was written. Reports of earlier versions tell it of Data alone."""
    for sheet, what in WHERE_IT_IS_SAID.items():
        as_written = book.properties.get(c.Property.digest_of(sheet))
        if as_written is None:
            continue
        if book.sheet(sheet.name) is None:
            problem = f"The sheet {sheet.name} was deleted since ragtool wrote it, so nothing of it is known."
            yield Query(book.name, sheet.name, "", "", Severity.ERROR, problem, what)
        elif as_written != digest_of_sheet(book, sheet):
            problem = f"The sheet {sheet.name} was edited since ragtool wrote it; it is used as it stands."
            yield Query(book.name, sheet.name, "", "", Severity.QUERY, problem, what)


def digest_of_sheet(book: Book, sheet: c.Sheet) -> str:
    """The digest of what stands beneath a sheet's headings."""
    there = book.sheet(sheet.name)
    assert there is not None
    top, _ = find_headings(there, sheet.headings)
    return digest(cell.value for number, row in there.rows.items() if number > top for cell in row.values())
