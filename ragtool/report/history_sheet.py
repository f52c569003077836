"""The Quarterly history: every quarter of every year shown, a coloured letter each, with yearly reviews and trends."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.palette import QUIET, Properties, rating_properties
from ragtool.looks.style import INK, REVISED, STRONG_LINE, Style, rating_of
from ragtool.looks.table import make_table, table_name
from ragtool.report import page_setup
from ragtool.report.sheet_title import write_title
from ragtool.results.results import NO_REPORT, HistoryRow, Results

KEY_WIDTH, DESCRIPTION_WIDTH, CELL_WIDTH, REVIEW_WIDTH, TREND_WIDTH = 9.0, 34.0, 6.3, 8.0, 14.0
DIRECTION_WIDTH = 23.0
"""Each of the two directions on a line: a row of letters needs no more."""
FIRST = 2
"""The first column of a quarter."""
BUTTON = 14
"""Points under a heading for the filter button."""
YEARS_ABREAST = 3
"""Financial years on a printed page; more would be too small to read."""
SCALE = 80
ABOUT = (
    f"{REVISED} revised since it was first published. {NO_REPORT} no report of that quarter. "
    "Trend: how far performance was above (better) or below (worse) its target, quarter by quarter."
)
NOTE_LOOK = {"author": "ragtool", "x_scale": 2, "font_size": 9}
TREND_LOOK: Properties = {
    "type": "column",
    "show_hidden": True,
    "series_color": INK,
    "negative_points": True,
    "negative_color": QUIET,
}
"""Columns up and down from the target: a single quarter shows too, and LibreOffice prints no lines."""


def write_history(sheet: Worksheet, style: Style, results: Results) -> None:
    """Writes the headings, a row an item, and the trends beside."""
    periods, items = results.history.periods, results.history.rows
    wide = [*map(fitting.pixels, column_widths(periods))]
    top = len(write_title(sheet, style, results, ABOUT, wide))
    write_headings(sheet, style, top, periods, wide, len(items))
    for row, item in enumerate(items, start=top + 1):
        new_kind = row == top + 1 or item.kind != items[row - top - 2].kind
        edge: Properties = {"top": 2, "top_color": STRONG_LINE} if new_kind else {}
        write_item(sheet, style, row, item, periods, edge)
    write_trends(sheet, items, periods, top + 1)
    sheet.freeze_panes(top + 1, FIRST)
    print_pages(sheet, results, top, len(items))


def column_widths(periods: Sequence[str]) -> list[float]:
    """How wide each column is, in characters."""
    cells = [REVIEW_WIDTH if period.endswith(c.REVIEW) else CELL_WIDTH for period in periods]
    return [KEY_WIDTH, DESCRIPTION_WIDTH, *cells, DIRECTION_WIDTH, TREND_WIDTH]


def write_headings(
    sheet: Worksheet, style: Style, top: int, periods: Sequence[str], wide: Sequence[int], items: int
) -> None:
    """The headings in row `top` of a table of so many items: a quarter's says its year."""
    headings = [c.KEY, c.DESCRIPTION, *periods, c.DIRECTION, c.TREND]
    make_table(sheet, headings, top, items, table_name(sheet.get_name()))
    sheet.set_row(top, fitting.row_height(zip(headings, wide, strict=True), bold=True) + BUTTON)
    for column, heading in enumerate(headings):
        centred = {"align": "center"} if heading in periods else {}
        sheet.set_column_pixels(column, column, wide[column])
        sheet.write_string(top, column, heading, style.heading(**centred))


def write_item(
    sheet: Worksheet, style: Style, row: int, item: HistoryRow, periods: Sequence[str], edge: Properties
) -> None:
    """A key action's or measure's row."""
    direction = FIRST + len(periods)
    texts = [(item.description or "", DESCRIPTION_WIDTH), (item.direction or "", DIRECTION_WIDTH)]
    texts += [(item.cells[period] or "", REVIEW_WIDTH) for period in periods if period.endswith(c.REVIEW)]
    sheet.set_row(row, max(18.0, fitting.row_height((text, fitting.pixels(width)) for text, width in texts)))
    sheet.write_string(row, 0, item.key, style.boxed(bold=True, **edge))
    sheet.write_string(row, 1, texts[0][0], style.boxed(**edge))
    for column, period in enumerate(periods, start=FIRST):
        text = item.cells[period] or ""
        rating = rating_of(text)
        look: Properties = (rating_properties(rating) if rating else {"align": "center"}) | {"valign": "vcenter"}
        year_begins: Properties = {"left": 1, "left_color": STRONG_LINE} if period.endswith("Q1") else {}
        made = style.boxed(**(edge | year_begins | look))
        if text:
            sheet.write_string(row, column, text, made)
        else:
            sheet.write_blank(row, column, None, made)
        if note := item.notes.get(period):
            sheet.write_comment(row, column, note, NOTE_LOOK)
    sheet.write_string(row, direction, texts[1][0], style.boxed(**edge))
    sheet.write_blank(row, direction + 1, None, style.boxed(**edge))


def write_trends(sheet: Worksheet, items: Sequence[HistoryRow], periods: Sequence[str], first_row: int) -> None:
    """A sparkline for each item that has figures; they stand in hidden columns at the right, less the target."""
    first = FIRST + len(periods) + 3
    longest = max((len(item.trend) for item in items), default=0)
    if not longest:
        return
    sheet.set_column(first, first + longest - 1, None, None, {"hidden": True})
    for row, item in enumerate(items, start=first_row):
        trend = item.trend
        for column, level in enumerate(trend, start=first):
            if level is not None:
                sheet.write_number(row, column, float(level) - 1)
        furthest = max((abs(float(level) - 1) for level in trend if level is not None), default=None)
        if furthest is not None:
            where = f"'{sheet.get_name()}'!{xl_range_abs(row, first, row, first + len(trend) - 1)}"
            limits = {"max": furthest or 1, "min": -(furthest or 1), "axis": True}
            sheet.add_sparkline(row, first - 2, TREND_LOOK | limits | {"range": where})


def print_pages(sheet: Worksheet, results: Results, top: int, items: int) -> None:
    """One page wide for a few years; else so many years a page, with keys and descriptions repeated on each."""
    periods = results.history.periods
    page_setup.set_up(sheet, results)
    sheet.repeat_rows(top)
    sheet.repeat_columns(0, FIRST - 1)
    sheet.print_area(0, 0, top + max(1, items), FIRST + len(periods) + 1)
    reviews = [column for column, period in enumerate(periods, start=FIRST) if period.endswith(c.REVIEW)]
    if len(reviews) > YEARS_ABREAST:
        sheet.set_v_pagebreaks([column + 1 for column in reviews[YEARS_ABREAST - 1 : -1 : YEARS_ABREAST]])
        sheet.set_print_scale(SCALE)
