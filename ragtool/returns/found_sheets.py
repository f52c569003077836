"""The sheets of a return as officers leave them: renamed, copied, or with columns of their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from openpyxl.utils import get_column_letter

from ragtool import columns as c
from ragtool.model import Query, Severity
from ragtool.sheets.plain_values import as_heading, is_blank
from ragtool.sheets.tables import find_headings
from ragtool.sheets.unreadable import quoted
from ragtool.workbooks.book import Book, SheetCells

S = c.ReturnSheets

ALIKE = 0.7
"""The share of two sets of headings that must be the same for one sheet to be told as the other."""

IDENTIFYING = tuple(as_heading(name) for name in (c.About.ORGANISATION, c.About.SERVICE_AREA, c.About.QUARTER))
"""Fields that only the hidden sheet has together, as they are compared."""

TITLE, MARKS_HEADINGS = "Queries on this return", ("Marked", "As it was")
"""What the two sheets begin with that a marked copy has beside the return's."""

MOST_NAMED = 5
"""Columns named in one query."""


class FoundSheets:
    """A return's sheets, each held against the template's once, however often one is asked for."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.like = [(each, templates_like(each)) for each in strangers(book)]
        """The sheets that the template doesn't have, and the names of the template's that each is like."""

    def find(self, sheet: c.Sheet) -> tuple[SheetCells | None, list[Query]]:
        """The sheet of the return, and what is odd about it; one that was renamed is told by its headings."""
        book, worksheet = self.book, self.book.sheet(sheet.name)
        others = [each for each, names in self.like if sheet.name in names]
        if worksheet is not None:
            what = "Delete it when nothing in it is needed, or copy what is needed into the sheet itself."
            copies = [
                about(book, each.name, Severity.QUERY, f"It is a second sheet like {sheet.name}; it isn't read.", what)
                for each in others
            ]
            return worksheet, copies
        if len(others) == 1:
            problem = f"There is no sheet named {sheet.name}; this one has its headings, so it is read in its place."
            return others[0], [about(book, others[0].name, Severity.QUERY, problem, f"Name it {sheet.name} again.")]
        named = " and ".join(each.name for each in others)
        problem = f"There is no sheet named {sheet.name}, so nothing on it is used."
        what = "Copy the sheet back from the template, under its own name."
        if others:
            what = f"{named} have its headings: delete all but the one that is meant, and name that {sheet.name}."
        return None, [about(book, sheet.name, Severity.ERROR, problem, what)]


def about_sheet(book: Book) -> SheetCells | None:
    """The hidden sheet that says whose return it is; renamed, as by Apple Numbers, it is told by its fields."""
    named = book.sheet(S.ABOUT.name)
    if named is not None:
        return named
    candidates = [sheet for sheet in book.sheets.values() if set(IDENTIFYING) <= fields_of(sheet)]
    return candidates[0] if len(candidates) == 1 else None


def guidance_sheet(book: Book) -> SheetCells | None:
    """The sheet that says how a return is filled in; renamed by Apple Numbers it is `Guidance - Table 1`."""
    named = book.sheet(S.GUIDANCE)
    begin = (sheet for sheet in book.sheets.values() if sheet.name.startswith(f"{S.GUIDANCE} - "))
    return named if named is not None else next(begin, None)


def fields_of(sheet: SheetCells) -> set[str]:
    """What stands under Field on a sheet that has the headings of the hidden one."""
    row, positions = find_headings(sheet, S.ABOUT.headings)
    if set(positions) != set(S.ABOUT.headings):
        return set()
    column = positions[c.FIELD][0]
    below = (cells[column].value for number, cells in sheet.rows.items() if number > row and column in cells)
    return {as_heading(value) for value in below if isinstance(value, str)}


def about(book: Book, sheet: str, severity: Severity, problem: str, what_to_do: str) -> Query:
    """A query about a whole sheet."""
    return Query(book.name, sheet, "", "", severity, problem, what_to_do)


def strangers(book: Book) -> list[SheetCells]:
    """The sheets that the template doesn't have."""
    own = [about_sheet(book), guidance_sheet(book), *(book.sheet(sheet.name) for sheet in S.TABLES)]
    return [sheet for sheet in book.sheets.values() if not any(sheet is each for each in own)]


def templates_like(worksheet: SheetCells) -> set[str]:
    """The names of the template's sheets whose headings a sheet has, more than those of any other."""
    shares = {sheet.name: likeness(worksheet, sheet) for sheet in S.TABLES}
    return {name for name, share in shares.items() if share >= ALIKE and share == max(shares.values())}


def likeness(worksheet: SheetCells, sheet: c.Sheet) -> float:
    """The share of a sheet's headings and of the template's that are the same."""
    row, positions = find_headings(worksheet, sheet.headings)
    if len(positions) < ALIKE * len(sheet.headings):  # whatever else stands there
        return 0
    texts = {as_heading(cell.value) for cell in worksheet.rows.get(row, {}).values() if isinstance(cell.value, str)}
    return len(positions) / len(texts | {as_heading(heading) for heading in sheet.headings})


def extra_columns(book: Book, worksheet: SheetCells, headings: Collection[str]) -> list[Query]:
    """A query about what stands beside the template's columns, none of which is read."""
    heading_row, positions = find_headings(worksheet, headings)
    known = {column for columns in positions.values() for column in columns}
    first: dict[int, int] = {}
    for number, cells in worksheet.rows.items():
        for column, cell in cells.items():
            if number > heading_row > 0 and column not in known and not is_blank(cell):
                first.setdefault(column, number)
    if not first:
        return []
    titles = worksheet.rows[heading_row]
    named = []
    for column in sorted(first):
        title = titles.get(column)
        heading = f" ({quoted(title.value)})" if title is not None and isinstance(title.value, str) else ""
        named.append(f"{get_column_letter(column)}{heading}")
    column = min(first)
    where = f"{get_column_letter(column)}{first[column]}"
    problem = f"What stands in {named_columns(named)} isn't read: the template has no such column."
    what = "Move what is to be reported into one of the template's columns."
    return [Query(book.name, worksheet.name, where, "", Severity.QUERY, problem, what)]


def named_columns(columns: Sequence[str]) -> str:
    """`column M`, `columns M and N`, or the first few."""
    if len(columns) == 1:
        return f"column {columns[0]}"
    if len(columns) > MOST_NAMED:
        return f"columns {', '.join(columns[:MOST_NAMED])} and {len(columns) - MOST_NAMED} more"
    return f"columns {', '.join(columns[:-1])} and {columns[-1]}"
