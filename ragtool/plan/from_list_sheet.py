"""What a plan that was made from a council's own list says of that, on a sheet that is never read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter import Workbook

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.forms import set_form_page
from ragtool.looks.palette import QUIET
from ragtool.looks.style import Style
from ragtool.looks.table import Content, Heading, TableLook, table_name, write_table

LIST_SHEET = c.PlanSheets.FROM_LIST
WIDTHS = (20.0, 18.0, 8.0, 28.0, 34.0, 60.0, 56.0)
WHAT_IT_IS = (
    "What was taken for what when this plan was made from a list, and what is to be looked at. Nothing on this sheet "
    "is read: delete it when all is settled."
)
HEADLINE_POINTS = 14


def write_from_list(book: Workbook, style: Style, rows: Sequence[Mapping[str, object]]) -> None:
    """Writes the sheet: a title, what it is, and the rows as a table."""
    page = book.add_worksheet(LIST_SHEET.name)
    page.write_string(0, 0, LIST_SHEET.name, style.title(HEADLINE_POINTS))
    page.write_string(1, 0, WHAT_IT_IS, style.plain(font_color=QUIET, text_wrap=False))
    page.set_row(0, fitting.line_height(HEADLINE_POINTS) + 3)
    headings = [
        Heading(heading, style.heading(), fitting.pixels(wide), None)
        for heading, wide in zip(LIST_SHEET.headings, WIDTHS, strict=True)
    ]
    cells = [
        [
            (Content(text or None, text), style.boxed())
            for heading in LIST_SHEET.headings
            for text in [str(row.get(heading) or "")]
        ]
        for row in rows
    ]
    write_table(page, headings, cells, TableLook(frozen=0, top=2, name=table_name(LIST_SHEET.name)))
    set_form_page(page, "Corporate plan", LIST_SHEET.name, "")
