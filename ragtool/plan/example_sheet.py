"""The sheet of examples: written into a blank plan, never read, and gone once it is deleted.

Nothing else of the workbook refers to it. It is locked against slips; what is typed there all the same is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from openpyxl.utils import get_column_letter
from xlsxwriter import Workbook

from ragtool import columns as c
from ragtool.figures import how_many
from ragtool.looks import fitting
from ragtool.looks.forms import LOCKED, set_form_page
from ragtool.looks.palette import QUIET
from ragtool.looks.style import Style
from ragtool.looks.table import make_table, table_name
from ragtool.model import Query, Severity
from ragtool.plan.example_rows import EXAMPLE_ROWS, Example
from ragtool.sheets.cells import text
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.opening import Book

WARNING = "Examples: nothing on this sheet is read"
HOW_THEY_STAND = (
    "A column of a table below is a row of the sheet that the table is named after. When you no longer need them, "
    "right-click on this sheet's name and choose Delete."
)
VERSION = "Examples, version 1."
"""Goes up when the examples change: what an earlier version wrote is no entry of the manager's."""

COLUMN = "Column"
COMES_OF_IT = "What comes of it"
ACROSS, LABELS = 21.0, 22.0
"""Characters."""

Block = tuple[str, Sequence[Sequence[str]]]
"""A sheet's name, and its examples as rows of texts: the names of the examples first, a column's entries each."""


@cache
def blocks() -> Sequence[Block]:
    """The examples as they stand on the sheet, turned round, without the columns that none of them fills."""
    return [(name, [*turned(name, examples)]) for name, examples in EXAMPLE_ROWS.items()]


def turned(name: str, examples: Sequence[Example]) -> Iterator[list[str]]:
    """The rows of a block."""
    (sheet,) = (sheet for sheet in c.PlanSheets.ALL if sheet.name == name)
    yield [COLUMN, *(each.name for each in examples)]
    for heading in sheet.headings:
        if any(heading in each.row for each in examples):
            yield [heading, *(each.row.get(heading, "") for each in examples)]
    yield [COMES_OF_IT, *(each.comes_of_it for each in examples)]


def placed_blocks() -> Iterator[tuple[int, Block]]:
    """Each block with the row, counted from 0, of its title; its table begins beneath."""
    row = 4
    for block in blocks():
        yield row, block
        row += len(block[1]) + 2


@cache
def example_cells() -> Mapping[tuple[int, int], str]:
    """Every text of the sheet by its row and column, counted from 1."""
    cells = {(1, 1): WARNING, (2, 1): HOW_THEY_STAND, (3, 1): VERSION}
    for top, (name, rows) in placed_blocks():
        cells[top + 1, 1] = name
        cells |= {
            (row, column): entry
            for row, entries in enumerate(rows, top + 2)
            for column, entry in enumerate(entries, 1)
            if entry
        }
    return cells


def write_examples(book: Workbook, style: Style) -> None:
    """Writes the sheet, each kind of example a table."""
    page = book.add_worksheet(c.PlanSheets.EXAMPLES)
    most = max(len(rows[0]) for _, rows in blocks())
    wide = [fitting.pixels(width) for width in (LABELS, *[ACROSS] * (most - 1))]
    for column, pixels in enumerate(wide):
        page.set_column_pixels(column, column, pixels)
    page.write_string(0, 0, WARNING, style.title(16))
    page.set_row(0, 28)
    for row, line in enumerate((HOW_THEY_STAND, VERSION), 1):
        page.write_string(row, 0, line, style.plain(font_color=QUIET, text_wrap=False))
    for top, (name, rows) in placed_blocks():
        page.write_string(top, 0, name, style.title(12))
        page.set_row(top, fitting.line_height(12) + 3)
        make_table(page, rows[0], top + 1, len(rows) - 1, f"{c.PlanSheets.EXAMPLES}{table_name(name)}", filters=False)
        for row, entries in enumerate(rows, top + 1):
            for column, entry in enumerate(entries):
                strong = {"bold": True} if column == 0 else {}
                look = style.heading() if row == top + 1 else style.boxed(bg_color=LOCKED, num_format="@", **strong)
                page.write(row, column, entry or None, look)
            page.set_row(row, fitting.row_height(zip(entries, wide, strict=False), bold=row == top + 1))
    page.hide_gridlines(2)
    page.set_tab_color(LOCKED)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.set_h_pagebreaks([max(top for top, _ in placed_blocks())])
    set_form_page(page, "Corporate plan", c.PlanSheets.EXAMPLES, "")


def typed_on_examples(book: Book) -> Iterator[Query]:
    """A query where something was typed on the sheet of examples, which nothing is read of.

    Only on one that this version wrote: a sheet of the manager's own may bear that name.
    """
    sheet = book.sheet(c.PlanSheets.EXAMPLES)
    expected = example_cells()
    if sheet is None:
        return
    shown: dict[tuple[int, int], str] = {}
    for row, cells in sheet.rows.items():
        for column, cell in cells.items():
            try:
                shown[row, column] = text(cell)
            except Unreadable:
                shown[row, column] = ""
    if [shown.get((row, 1)) for row in (1, 3)] != [WARNING, VERSION]:
        return
    typed = [place for place, entry in sorted(shown.items()) if entry and entry != expected.get(place)]
    if typed:
        row, column = typed[0]
        more = len(typed) - 1
        others = f" and {how_many(more, 'cell')} more" if more else ""
        problem = f"{quoted(shown[row, column])}{others} was typed here, on a sheet of examples: nothing on it is read."
        what = "Type it on the sheet that it belongs to, and delete this one."
        yield Query(book.name, sheet.name, f"{get_column_letter(column)}{row}", "", Severity.QUERY, problem, what)
