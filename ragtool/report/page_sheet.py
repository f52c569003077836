"""The report on a page: themes, their outcomes, and a coloured cell for every key action and measure."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.hover_notes import note_look
from ragtool.looks.palette import QUIET, Properties, theme_colour
from ragtool.looks.style import INK, LINE, Style
from ragtool.looks.table import cell_place, table_name
from ragtool.report import page_setup
from ragtool.report.page_content import PageContent, item_text, page_content
from ragtool.report.page_layout import PageLayout, PrintLimits, fit
from ragtool.report.page_rows import LABEL, THEME_POINTS, TITLE_POINTS, GridRow, PageCell, RowKind
from ragtool.report.sheet_rows import forecast_in_words
from ragtool.results.results import PageItem, Results

SCREEN = 1300
"""Pixels of a laptop's screen: a page that is wider is shown smaller, as far as it can be read."""
SMALLEST_ZOOM = 70
LIST_TITLE = "The same as a list"
TEXTS: Mapping[RowKind, Properties] = {
    RowKind.TITLE: {"bold": True, "font_color": INK, "font_size": TITLE_POINTS},
    RowKind.VISION: {"italic": True},
    RowKind.NOTES: {"font_color": QUIET},
    RowKind.OUTCOME: {"bold": True},
    RowKind.LEADS: {"font_color": QUIET},
}
"""The look of a row's texts."""
LABELLED = (RowKind.KEY_ACTION, RowKind.MEASURE, RowKind.LEADS)
LABELS: Properties = {"bold": True}
"""The rows that say in the first column what they hold, and how."""
EDGE: Properties = {"left": 2, "left_color": INK}


class PageSheet:
    """The page, laid out: other sheets lead to its `places`, by key, and it to theirs."""

    def __init__(self, sheet: Worksheet, results: Results, limits: PrintLimits) -> None:
        self.sheet = sheet
        self.content = page_content(results)
        self.layout = fit(self.content, limits)
        cells = self.layout.places.items()
        self.places = {key: cell_place(sheet.get_name(), row, column) for key, (row, column) in cells}

    def write(self, style: Style, results: Results, places: Mapping[str, str]) -> None:
        """Writes the grid, each item linked to where `places` says that its key stands, and the list beneath."""
        sheet, layout = self.sheet, self.layout
        sheet.set_column_pixels(0, 0, LABEL)
        sheet.set_column_pixels(1, layout.columns, layout.column_width)
        for number, row in enumerate(layout.rows):
            sheet.set_row(number, row.height)
            if row.kind is RowKind.THEME:
                look = style.band(theme_colour(results.settings.palette, row.theme), THEME_POINTS)
                write_band(sheet, number, row, look, layout.columns)
            else:
                for column in row.edges:
                    sheet.write_blank(number, column, None, style.plain(**EDGE))
                for cell in row.cells:
                    write_page_cell(sheet, style, number, row, cell, places)
        write_list(sheet, style, self.content, len(layout.rows) + 1, layout.column_width)
        print_page(sheet, results, layout)


def write_band(sheet: Worksheet, number: int, row: GridRow, look: Format, columns: int) -> None:
    """A band from edge to edge: its text runs on over cells that are empty."""
    for column in range(1, columns + 1):
        sheet.write_blank(number, column, None, look)
    sheet.write_string(number, 0, row.cells[0].text, look)


def write_page_cell(
    sheet: Worksheet, style: Style, number: int, row: GridRow, cell: PageCell, places: Mapping[str, str]
) -> None:
    """One text, legend entry or item."""
    look: Properties = {"text_wrap": False, "valign": "vcenter"}
    if cell.item:
        write_page_item(sheet, style, number, cell, places.get(cell.item.key, ""))
    elif cell.entry:
        sheet.write_string(number, cell.column, cell.text, style.tile(cell.entry.rating))
    else:
        look |= TEXTS.get(row.kind, LABELS) if cell.column or row.kind not in LABELLED else LABELS
        edge = EDGE if cell.column in row.edges else {}
        sheet.write_string(number, cell.column, cell.text, style.plain(**look | edge))


def write_page_item(sheet: Worksheet, style: Style, number: int, cell: PageCell, place: str) -> None:
    """A key action or measure: a link that shows sign, key, letters and arrow, with a note on what it stands for."""
    item = cell.item
    assert item is not None
    text = item_text(item)
    named_only: Properties = {} if item.rating else {"border_color": LINE}
    made = style.tile(item.rating, **named_only)
    if place:
        sheet.write_formula(number, cell.column, link_formula(place, text), made, text)
    else:
        sheet.write_string(number, cell.column, text, made)
    if note := note_on(item):
        sheet.write_comment(number, cell.column, note, note_look(note))


def link_formula(place: str, text: str) -> str:
    """A link within the workbook that keeps the colours of its cell, as a cell's own hyperlink doesn't everywhere."""
    target, shown = (part.replace('"', '""') for part in (f"#{place}", text))
    return f'=HYPERLINK("{target}","{shown}")'


def note_on(item: PageItem) -> str:
    """What a cell stands for: its name, its figure where Why doesn't tell it, and why it has its rating."""
    figure = f"{c.PERFORMANCE}: {item.figure}" if item.figure else ""
    rating = f"{item.rating.word}. " if item.rating else ""
    name = f"{item.key} {item.name}".strip()
    forecast = forecast_in_words(item.forecast) if item.forecast else ""
    return "\n".join(filter(None, (name, figure, f"{rating}{item.why}".strip(), item.direction, forecast)))


def write_list(sheet: Worksheet, style: Style, page: PageContent, first: int, wide: int) -> None:
    """The grid's content as a table, for those who have it read to them; not printed. Its columns are the grid's, so
    many pixels wide.
    """
    sheet.write_string(first, 0, LIST_TITLE, style.title(12))
    sheet.set_row(first, fitting.line_height(12) + 3)
    headings, items = c.ReportSheets.PAGE_LIST.headings, page.items
    top, last = first + 1, len(headings) - 1
    made = [{"header": heading, "header_format": style.heading()} for heading in headings]
    area = (top, 0, top + max(1, len(items)), last)
    sheet.add_table(
        *area, {"name": table_name(c.ReportSheets.PAGE), "columns": made, "autofilter": False, "style": None}
    )
    cell, whole = style.plain(), style.plain(text_wrap=False)
    for row, item in enumerate(items, top + 1):
        texts = (item.key, item.name, item.rating.word if item.rating else "", item.direction, item.why)
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, whole if column == last else cell)
        high = fitting.row_height(zip(texts[:last], (LABEL, *[wide] * (last - 1)), strict=True))
        sheet.set_row(row, high)


def print_page(sheet: Worksheet, results: Results, layout: PageLayout) -> None:
    """Prints the grid alone: on one page, or on as many as its layout says, each with the title and the legend."""
    points = max(page_setup.HEADER_POINTS, ceil(layout.least_points / layout.scale))
    page_setup.set_up(sheet, results, pages_high=1, paper=layout.paper, points=points)
    sheet.print_area(0, 0, len(layout.rows) - 1, layout.columns)
    if layout.breaks:
        sheet.set_print_scale(int(layout.scale * 100))
        sheet.set_h_pagebreaks(list(layout.breaks))
        sheet.repeat_rows(0)
    wide = LABEL + layout.columns * layout.column_width
    sheet.set_zoom(max(SMALLEST_ZOOM, min(100, 100 * SCREEN // wide)))
