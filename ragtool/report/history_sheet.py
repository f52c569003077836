"""The Quarterly history: every quarter of every year shown, a coloured letter each, with yearly reviews and trends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from math import ceil

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import fitting, printing
from ragtool.looks.palette import Properties, rating_properties
from ragtool.looks.style import REVISED, STRONG_LINE, Style, rating_of
from ragtool.looks.table import heading_height, make_table, table_name
from ragtool.model import Rating
from ragtool.report import page_setup
from ragtool.report.column_widths import heading_pixels
from ragtool.report.sheet_title import write_title
from ragtool.report.trends import TREND_IN_WORDS, write_trends
from ragtool.results.history_table import REVIEWS_IN_WORDS
from ragtool.results.results import NO_REPORT, HistoryRow, Results

LEAST_KEY_WIDTH, DESCRIPTION_WIDTH, CELL_WIDTH, TREND_WIDTH = 8.0, 28.0, 6.3, 11.0
WIDEST_DESCRIPTION = 60.0
"""Characters, where there are few years: most descriptions then need one line."""
DIRECTION_WIDTH = 21.0
"""Each of the two directions on a line: a row of letters needs no more."""
FIRST = 2
"""The first column of a quarter."""
YEARS_ABREAST = 3
"""Financial years on a printed page; more would be too small to read."""
SCALE = 80
ABOUT = f"{REVISED} revised since it was first published. {NO_REPORT} no report of that quarter. {TREND_IN_WORDS}."
LettersLook = Callable[[Rating | None, bool, bool], Format]
"""What gives the look of a quarter's cell, from its rating, whether a year begins there, and a kind of item."""

NOTE_LOOK = {"author": "ragtool", "x_scale": 2, "font_size": 9}


def write_history(sheet: Worksheet, style: Style, results: Results) -> None:
    """Writes the headings, a row an item, and the trends beside."""
    periods, items = results.history.periods, results.history.rows
    ahead = quarters_ahead(results)
    wide = column_widths([item.key for item in items], periods, ahead)
    seen = [0 if column - FIRST in ahead else each for column, each in enumerate(wide)]
    about = f"{ABOUT} {REVIEWS_IN_WORDS}" if results.history.has_reviews else ABOUT
    above = write_title(sheet, style, results, about, seen)
    top = len(above)
    heights = [*above, write_headings(sheet, style, top, periods, wide, len(items))]
    letters_look: LettersLook = cache(partial(look_of_letters, style))  # a long history has some ten looks
    for row, item in enumerate(items, start=top + 1):
        new_kind = row == top + 1 or item.kind != items[row - top - 2].kind
        heights.append(write_item(sheet, style, row, item, periods, wide, new_kind, letters_look))
    column = FIRST + len(periods) + 1
    trends = {row: item.trend for row, item in enumerate(items, start=top + 1)}
    write_trends(sheet, trends, column, column + 2, float(results.settings.intervention_level))
    for period in ahead:
        sheet.set_column_pixels(FIRST + period, FIRST + period, wide[FIRST + period], None, {"hidden": True})
    sheet.freeze_panes(top + 1, FIRST)
    print_pages(sheet, results, top, heights, sum(seen))


def quarters_ahead(results: Results) -> list[int]:
    """Which of the periods are still to come, so that nothing stands there; they are hidden until then."""
    periods, now = results.history.periods, str(results.quarter)
    first = periods.index(now) + 1 if now in periods else len(periods)
    rows = results.history.rows
    return [number for number in range(first, len(periods)) if not any(row.cells[periods[number]] for row in rows)]


def column_widths(keys: Sequence[str], periods: Sequence[str], ahead: Sequence[int]) -> list[int]:
    """How wide each column is, in pixels; those of the periods `ahead` take no room."""
    cells = [max(fitting.pixels(CELL_WIDTH), ceil(heading_pixels(each)) + fitting.PADDING) for each in periods]
    longest = max((fitting.text_pixels(key, bold=True) for key in keys), default=0)
    key = max(fitting.pixels(LEAST_KEY_WIDTH), ceil(longest) + fitting.PADDING)
    last = [fitting.pixels(DIRECTION_WIDTH), fitting.pixels(TREND_WIDTH)]
    others = key + sum(wide for number, wide in enumerate(cells) if number not in ahead) + sum(last)
    room = printing.widest_on(printing.A4, printing.LEAST_POINTS) - others
    description = min(fitting.pixels(WIDEST_DESCRIPTION), max(fitting.pixels(DESCRIPTION_WIDTH), room))
    return [key, description, *cells, *last]


def write_headings(
    sheet: Worksheet, style: Style, top: int, periods: Sequence[str], wide: Sequence[int], items: int
) -> float:
    """The headings in row `top` of a table of so many items: a quarter's says its year. Gives the row's height."""
    headings = [c.KEY, c.DESCRIPTION, *periods, c.DIRECTION, c.TREND]
    make_table(sheet, headings, top, items, table_name(sheet.get_name()))
    high = heading_height(zip(headings, wide, strict=True), buttons=True)
    sheet.set_row(top, high)
    for column, heading in enumerate(headings):
        centred = {"align": "center"} if heading in periods else {}
        sheet.set_column_pixels(column, column, wide[column])
        sheet.write_string(top, column, heading, style.heading(**centred))
    return high


def write_item(
    sheet: Worksheet,
    style: Style,
    row: int,
    item: HistoryRow,
    periods: Sequence[str],
    wide: Sequence[int],
    new_kind: bool,
    letters_look: LettersLook,
) -> float:
    """A row in columns so wide, with a line above it where it is the first of its kind; gives its height."""
    edge = edge_above(new_kind)
    direction = FIRST + len(periods)
    texts = [item.key, item.description or "", *(item.cells[period] or "" for period in periods), item.direction or ""]
    high = fitting.row_height(zip(texts, wide, strict=False))
    sheet.set_row(row, high)
    sheet.write_string(row, 0, item.key, style.boxed(bold=True, **edge))
    sheet.write_string(row, 1, item.description or "", style.boxed(**edge))
    for column, period in enumerate(periods, start=FIRST):
        text = item.cells[period] or ""
        made = letters_look(rating_of(text), period.endswith("Q1"), new_kind)
        if text:
            sheet.write_string(row, column, text, made)
        else:
            sheet.write_blank(row, column, None, made)
        if note := item.notes.get(period):
            sheet.write_comment(row, column, note, NOTE_LOOK)
    sheet.write_string(row, direction, item.direction or "", style.boxed(**edge))
    sheet.write_blank(row, direction + 1, None, style.boxed(**edge))
    return high


def look_of_letters(style: Style, rating: Rating | None, year_begins: bool, new_kind: bool) -> Format:
    """The look of a quarter's cell; None stands for no rating."""
    look: Properties = (rating_properties(rating) if rating else {"align": "center"}) | {"valign": "vcenter"}
    line: Properties = {"left": 1, "left_color": STRONG_LINE} if year_begins else {}
    return style.boxed(**(edge_above(new_kind) | line | look))


def edge_above(new_kind: bool) -> Properties:
    """The line above the first row of key actions, and of measures."""
    return {"top": 2, "top_color": STRONG_LINE} if new_kind else {}


def print_pages(sheet: Worksheet, results: Results, top: int, heights: Sequence[float], wide: int) -> None:
    """One page wide for a few years; else so many years a page, with keys and descriptions repeated on each."""
    periods = results.history.periods
    page_setup.set_up(sheet, results, printing.fewest_pages_high(heights, wide, top))
    sheet.repeat_rows(top)
    sheet.repeat_columns(0, FIRST - 1)
    sheet.print_area(0, 0, max(len(heights) - 1, top + 1), FIRST + len(periods) + 1)
    reviews = [column for column, period in enumerate(periods, start=FIRST) if period.endswith(c.REVIEW)]
    if len(reviews) > YEARS_ABREAST:
        sheet.set_v_pagebreaks([column + 1 for column in reviews[YEARS_ABREAST - 1 : -1 : YEARS_ABREAST]])
        sheet.set_print_scale(SCALE)
