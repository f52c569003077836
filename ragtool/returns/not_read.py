"""What officers leave in a return that isn't read: comments, text boxes, sheets, colours for words, merged entries.

Nothing of it counts, so each kind is said, once a return.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from ragtool import columns as c
from ragtool.model import MilestoneStatus, Query, Rating, Severity
from ragtool.returns.found_sheets import MARKS_HEADINGS, TITLE, FoundSheets
from ragtool.returns.stray_cells import stray_cells
from ragtool.sheets.cells import is_spelled, shown, text
from ragtool.sheets.plain_values import is_blank
from ragtool.sheets.tables import find_headings
from ragtool.sheets.unreadable import quoted
from ragtool.workbooks.book import COMMENT, TEXT_BOX, Book, Cell, SheetCells, title

S = c.ReturnSheets

AN_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")

MOST_CELLS = 5
"""Cells named in one query."""

RATED_BY_COLOUR = {
    S.KEY_ACTIONS.name: (c.OWN_RATING, c.RAG_PREVIEW),
    S.MILESTONES.name: (c.STATUS,),
    S.MEASURES.name: (c.PERFORMANCE, c.OWN_RATING, c.RAG_PREVIEW),
}
"""Columns in which a colour may be meant as a rating."""

NAMING = (c.KEY, c.PART, c.KEY_ACTION, c.NO, c.MILESTONE, c.MEASURE)
"""Columns that say what a row is about, whose colour may be meant as its rating too."""

SAME_AS_COLOUR = {MilestoneStatus.COMPLETE: ("Green",), MilestoneStatus.OVERDUE: ("Red", "Amber")}
"""What a status is coloured like."""

Placed = tuple[str, str]
"""A sheet and a cell."""


def not_read(sheets: FoundSheets) -> list[Query]:
    """A query for each kind of thing that stands in a return and isn't read."""
    book = sheets.book
    queries = [*beside_queries(book), *foreign_queries(book), *added_sheets(sheets)]
    pages = [(sheet, page) for sheet in S.TABLES if (page := sheets.find(sheet)[0])]
    coloured = [each for sheet, page in pages for each in coloured_cells(sheet, page)]
    if coloured:
        problem = f"{named_cells(coloured, 'is', 'are')} filled with the colour of a rating, which isn't read."
        queries.append(query_at(book, coloured[0], problem, "Choose the rating or status in words."))
    merged = [each for sheet, page in pages for each in merged_entries(sheet, page)]
    if merged:
        problem = (
            f"{named_cells(merged, 'is', 'are')} merged over several rows, so what is typed counts for the first alone."
        )
        queries.append(query_at(book, merged[0], problem, "Unmerge the cells, and fill in each row."))
    return [*queries, *stray_queries(book, sheets)]


def foreign_queries(book: Book) -> Iterator[Query]:
    """A query about what no template has in it: links, macros, drawings ..."""
    if book.foreign:
        *others, last = book.foreign
        before = f"{', '.join(others)} and " if others else ""
        problem = f"It holds {before}{last}, which aren't read."
        what = "Nothing of it comes along into a copy to correct. Type into the cells what counts."
        yield Query(book.name, "", "", "", Severity.QUERY, problem, what)


def beside_queries(book: Book) -> Iterator[Query]:
    """A query about the comments, and one about the text boxes, each with what the first says."""
    for kind, several in ((COMMENT, "Comments stand"), (TEXT_BOX, "Text boxes stand")):
        listed = [(page.name, each) for page in book.sheets.values() for each in page.beside if each.kind == kind]
        if listed:
            places = [(sheet, each.cell) for sheet, each in listed]
            stand, read = (
                (several, "aren't read; the first says") if len(listed) > 1 else (f"A {kind} stands", "isn't read:")
            )
            problem = f"{stand} at {named_cells(places)}, and {read} {quoted(listed[0][1].text)}."
            yield query_at(book, places[0], problem, "Type what is to be reported into the cells.")


def stray_queries(book: Book, sheets: FoundSheets) -> Iterator[Query]:
    """A query about what was typed where the template has no cell for it."""
    stray = stray_cells(book, sheets)
    if stray:
        sheet, cell = stray[0]
        column, row = coordinate_to_tuple(cell)[::-1]
        first = shown(book.sheets[sheet].rows[row][column])
        problem = f"What stands at {named_cells(stray)} isn't read{'; the first says' if len(stray) > 1 else ':'}"
        yield query_at(book, stray[0], f"{problem} {quoted(first)}.", "Type what is to be reported into its own cells.")


def added_sheets(sheets: FoundSheets) -> Iterator[Query]:
    """A query about the sheets that somebody added and filled; those of a marked copy are ragtool's own.

    One that is like a sheet of the template is told where that is looked for.
    """
    added = [
        page
        for page, templates in sheets.like
        if not templates
        and any(not is_blank(cell) for cells in page.rows.values() for cell in cells.values())
        and not is_mark(page)
    ]
    if added:
        names = ", ".join(quoted(page.name) for page in added[:MOST_CELLS])
        named = f"{names} and {len(added) - MOST_CELLS} more" if len(added) > MOST_CELLS else names
        they = f"The sheet {named} isn't" if len(added) == 1 else f"The sheets {named} aren't"
        what = "Type what is to be reported into the template's own sheets."
        yield Query(
            sheets.book.name, added[0].name, "", "", Severity.QUERY, f"{they} read: the template has none such.", what
        )


def is_mark(page: SheetCells) -> bool:
    """Whether a sheet is one that a marked copy has beside the return's."""
    first = page.rows.get(1, {})
    return tuple(first[column].value for column in (1, 2) if column in first)[:2] in ((TITLE,), MARKS_HEADINGS)


def coloured_cells(sheet: c.Sheet, page: SheetCells) -> Iterator[Placed]:
    """The cells whose fill says a rating that isn't typed there."""
    wanted = RATED_BY_COLOUR.get(sheet.name, ())
    if not wanted or not any(row > 1 for row, _ in page.fills):  # headings may be of any colour
        return
    heading_row, positions = find_headings(page, sheet.headings)
    rated, naming = ({place for each in headings for place in positions.get(each, ())} for headings in (wanted, NAMING))
    rows_rated = {row for row, column in page.fills if column in rated}
    for (row, column), rating in page.fills.items():
        cells = page.rows.get(row, {})
        if row <= heading_row or all(is_blank(cell) for cell in cells.values()):
            continue
        named = column in naming and row not in rows_rated  # one cell a row, however far it is filled
        saying = rated if named else (column,)
        if (column in rated or named) and not any(says_colour(cells.get(each), rating) for each in saying):
            rows_rated |= {row} if named else set()
            yield page.name, f"{get_column_letter(column)}{row}"


def says_colour(cell: Cell | None, rating: str) -> bool:
    """Whether a cell says in words or letters what its colour says."""
    if cell is None or is_blank(cell) or cell.fault:
        return False
    typed = text(cell)
    if any(rating in colours and is_spelled(typed, status) for status, colours in SAME_AS_COLOUR.items()):
        return True
    try:
        return Rating.parse(typed).word == rating
    except ValueError:
        return False


def merged_entries(sheet: c.Sheet, page: SheetCells) -> Iterator[Placed]:
    """The entry cells that are merged with those of other rows."""
    if not page.merged:
        return
    heading_row, positions = find_headings(page, sheet.headings)
    entered = {column for heading in c.ENTRY_HEADINGS.get(sheet.name, ()) for column in positions.get(heading, ())}
    for top, bottom, left, right in page.merged:
        typed = page.rows.get(top, {}).get(left)
        if typed and bottom > top > heading_row > 0 and any(left <= column <= right for column in entered):
            last = f":{get_column_letter(right)}{bottom}"
            yield page.name, f"{get_column_letter(left)}{top}{last}"


def named_cells(places: Sequence[Placed], one: str = "", several: str = "") -> str:
    """Cells as they are named in a sentence, the first few, with the verb that follows."""
    named = [f"{sheet}!{cell}" for sheet, cell in places]
    text = ", ".join(named[:MOST_CELLS])
    if len(named) > MOST_CELLS:
        text = f"{text} and {len(named) - MOST_CELLS} more"
    elif len(named) > 1:
        text = f"{', '.join(named[:-1])} and {named[-1]}"
    return f"{text} {one if len(named) == 1 else several}".rstrip()


def query_at(book: Book, place: Placed, problem: str, what_to_do: str) -> Query:
    """A query about the first of several cells."""
    sheet, cells = place
    cell = cells.partition(":")[0]
    return Query(book.name, sheet, cell, "", Severity.QUERY, problem, what_to_do, heading_above(book, sheet, cell))


def heading_above(book: Book, sheet: str, cell: str) -> str:
    """The heading of a cell's column, where it stands in a table of the template's; an empty text elsewhere."""
    if not AN_ADDRESS.fullmatch(cell):  # as a file says it
        return ""
    row, column = coordinate_to_tuple(cell)
    for template in (each for each in S.TABLES if title(each.name) == title(sheet)):
        top, positions = find_headings(book.sheets[sheet], c.with_asked_columns(template, c.AT_TIMES).headings)
        return next((each for each, columns in positions.items() if row > top and column in columns), "")
    return ""
