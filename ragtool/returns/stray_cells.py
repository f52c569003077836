"""What officers type where a return's template has no cell for it: above the headings, beside or beneath Guidance and
Sign-off.
"""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from ragtool import columns as c
from ragtool.model import Rating
from ragtool.returns.found_sheets import FoundSheets, guidance_sheet
from ragtool.returns.note_openings import NOTES_BEGIN
from ragtool.sheets.plain_values import as_heading, is_blank
from ragtool.sheets.tables import find_headings
from ragtool.workbooks.book import Book, SheetCells
from ragtool.workbooks.references import Position
from ragtool.workbooks.stored import LAST_ROW

S = c.ReturnSheets

GUIDANCE_COLUMNS, MOST_GUIDANCE_COLUMNS = 2, 6
"""Columns that Guidance has, and those that it had in the templates of earlier versions, which told what a rating means
in more than one.
"""

LETTERS = {*Rating, "?"}
"""What begins the rows in which Guidance, at its end, tells what the ratings mean."""

FIELDS = {as_heading(name) for name in c.SignOff.ALL}
"""What Sign-off asks, as it is compared."""


def stray_cells(book: Book, sheets: FoundSheets) -> list[tuple[str, str]]:
    """The cells of the template's own sheets that hold what it has no cell for: sheet and cell."""
    stray: list[tuple[str, Position]] = []
    if guidance := guidance_sheet(book):
        stray += [(guidance.name, at) for at in around_guidance(guidance)]
    for sheet in S.TABLES:
        if page := sheets.find(sheet)[0]:
            heading_row, positions = find_headings(page, sheet.headings)
            stray += [(page.name, at) for at in above_headings(page, heading_row)]
            if sheet is S.SIGN_OFF and set(positions) == set(sheet.headings):
                stray += [(page.name, at) for at in beside_sign_off(page, heading_row, positions[c.FIELD][0])]
    return [(name, f"{get_column_letter(column)}{row}") for name, (row, column) in stray]


def filled(page: SheetCells) -> Iterator[Position]:
    """The cells of a sheet that hold anything."""
    for row, cells in page.rows.items():
        yield from ((row, column) for column, cell in cells.items() if not is_blank(cell))


def above_headings(page: SheetCells, heading_row: int) -> Iterator[Position]:
    """What stands above a sheet's headings to the right of its title and of what else begins the rows there."""
    above = [at for at in filled(page) if at[0] < heading_row]
    first = min((column for _, column in above), default=1)
    yield from (at for at in above if at[1] > first)


def around_guidance(page: SheetCells) -> Iterator[Position]:
    """What stands to the right of what Guidance says, or beneath it."""
    first = min((column for _, column in filled(page)), default=1)
    meanings = [row for row, cells in page.rows.items() if first in cells and cells[first].value in LETTERS]
    in_more = not meanings or all(first + GUIDANCE_COLUMNS in page.rows[row] for row in meanings)
    columns = MOST_GUIDANCE_COLUMNS if in_more else GUIDANCE_COLUMNS
    last = max(meanings) if meanings and not in_more else LAST_ROW
    for row, column in filled(page):
        note = column == first + 1 and str(page.rows[row][column].value).startswith(NOTES_BEGIN)
        if column >= first + columns or (row > last and not note):
            yield row, column


def beside_sign_off(page: SheetCells, heading_row: int, fields: int) -> Iterator[Position]:
    """What stands on Sign-off beside what it asks, or beneath it."""
    for row, column in filled(page):
        asked = page.rows[row].get(fields)
        known = asked is not None and as_heading(str(asked.value)).rstrip(":") in FIELDS
        if row > heading_row and not (known and column <= fields + 1):
            yield row, column
