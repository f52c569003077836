"""The plan's first sheet: what to do, and what every column is for. Nothing on it is read."""

from __future__ import annotations

from xlsxwriter import Workbook

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.forms import set_form_page
from ragtool.looks.style import Style
from ragtool.looks.table import make_table
from ragtool.plan.column_notes import COLUMNS, LOOK_AT_EXAMPLES, STEPS

WIDTHS = (16.0, 28.0, 84.0)
HEADINGS = (c.SHEET, "Column", "What to put there")
DOCUMENT, SUBTITLE = "The corporate plan", "What every column is for"


def write_read_me(book: Workbook, style: Style, with_examples: bool) -> None:
    """Writes the steps, one a row, and beneath them the columns as a table."""
    steps = [step for step in STEPS if with_examples or step is not LOOK_AT_EXAMPLES]
    page = book.add_worksheet(c.PlanSheets.README)
    wide = [fitting.pixels(width) for width in WIDTHS]
    for column, pixels in enumerate(wide):
        page.set_column_pixels(column, column, pixels)
    page.write_string(0, 0, DOCUMENT, style.title(16))
    page.set_row(0, 28)
    for row, (name, step) in enumerate(steps, 1):
        page.write_string(row, 0, f"Step {row}", style.plain())
        page.write_string(row, 1, name, style.plain(bold=True))
        page.write_string(row, 2, step, style.plain())
        page.set_row(row, fitting.row_height([(name, wide[1]), (step, wide[2])]))
    top = len(steps) + 3
    page.write_string(top - 1, 0, SUBTITLE, style.title(12))
    page.set_row(top - 1, fitting.line_height(12) + 3)
    columns = [(sheet.name, heading) for sheet in c.PlanSheets.ALL for heading in sheet.headings]
    make_table(page, HEADINGS, top, len(columns), "Columns")
    for column, heading in enumerate(HEADINGS):
        page.write_string(top, column, heading, style.heading())
    for row, (sheet, heading) in enumerate(columns, top + 1):
        note = COLUMNS[sheet][heading]
        text = ("Needed. " if note.needed else "") + note.text
        page.write_string(row, 0, sheet, style.boxed())
        page.write_string(row, 1, heading, style.boxed(bold=note.needed))
        page.write_string(row, 2, text, style.boxed())
        page.set_row(row, fitting.row_height([(text, wide[2])]))
    page.hide_gridlines(2)
    page.repeat_rows(top)
    set_form_page(page, DOCUMENT, c.PlanSheets.README, "", landscape=False)
