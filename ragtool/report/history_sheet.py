"""The History sheet: every quarter of every year shown, a coloured letter each, with yearly reviews and trends."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import fitting, printing
from ragtool.looks.style import INK, PALE, QUIET, REVISED, STRONG_LINE, Properties, Style, rating_of, rating_properties
from ragtool.model import Rating
from ragtool.report import page_setup
from ragtool.results.results import NO_REPORT, HistoryRow, Results

KEY_WIDTH, DESCRIPTION_WIDTH, CELL_WIDTH, REVIEW_WIDTH, TREND_WIDTH = 9.0, 34.0, 5.0, 8.0, 16.0
DIRECTION_WIDTH = 23.0
"""Each of the two directions on a line: a row of letters needs no more."""
FIRST = 2
"""The first column of a quarter."""
HEADINGS = 2
"""Rows of headings: the years, then their quarters."""
YEARS_ABREAST = 3
"""Financial years on a printed page; more would be too small to read."""
SCALE = 80
COUNTED = (Rating.RED, Rating.AMBER, Rating.GREEN, Rating.BLUE, Rating.ON_HOLD)
"""Counted in each quarter; Blue and On hold only where a cell is."""
WHERE_SHOWN = (Rating.BLUE, Rating.ON_HOLD)
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
    """Writes the headings, a row an item, the counts of each quarter beneath, and the trends beside."""
    periods, items = results.history.periods, results.history.rows
    heights = write_headings(sheet, style, periods)
    for row, item in enumerate(items, start=HEADINGS):
        new_kind = row == HEADINGS or item.kind != items[row - HEADINGS - 1].kind
        edge: Properties = {"top": 2, "top_color": STRONG_LINE} if new_kind else {}
        heights.append(write_item(sheet, style, row, item, periods, edge))
    heights.append(fitting.USUAL_HEIGHT)
    counts = len(heights)
    heights += write_rating_counts(sheet, style, counts, items, periods)
    write_trends(sheet, items, periods)
    last = FIRST + len(periods) + 1
    sheet.freeze_panes(HEADINGS, FIRST)
    sheet.autofilter(HEADINGS - 1, 0, max(HEADINGS, HEADINGS + len(items) - 1), last)
    print_pages(sheet, results, periods, heights, counts)


def write_headings(sheet: Worksheet, style: Style, periods: Sequence[str]) -> list[float]:
    """Row 1: the financial years over their quarters. Row 2: the headings proper. Gives the rows' heights."""
    centred = style.heading(align="center")
    heights = [fitting.USUAL_HEIGHT, fitting.line_height() + 18]
    sheet.set_row(1, heights[1])
    for column, (heading, width) in enumerate(((c.KEY, KEY_WIDTH), (c.DESCRIPTION, DESCRIPTION_WIDTH))):
        sheet.set_column_pixels(column, column, fitting.pixels(width))
        sheet.write_blank(0, column, None, style.heading())
        sheet.write_string(1, column, heading, style.heading())
    years = [period.partition(" ")[0] for period in periods]
    for year in dict.fromkeys(years):
        first = FIRST + years.index(year)
        last = first + years.count(year) - 1
        if first == last:
            sheet.write_string(0, first, year, centred)
        else:
            sheet.merge_range(0, first, 0, last, year, centred)
    for column, period in enumerate(periods, start=FIRST):
        name = period.partition(" ")[2]
        wide = fitting.pixels(REVIEW_WIDTH if name == c.REVIEW else CELL_WIDTH)
        sheet.set_column_pixels(column, column, wide)
        sheet.write_string(1, column, name, centred)
    ends = ((c.DIRECTION, DIRECTION_WIDTH), (c.TREND, TREND_WIDTH))
    for column, (heading, width) in enumerate(ends, start=FIRST + len(periods)):
        sheet.set_column_pixels(column, column, fitting.pixels(width))
        sheet.write_blank(0, column, None, style.heading())
        sheet.write_string(1, column, heading, style.heading())
    return heights


def write_item(
    sheet: Worksheet, style: Style, row: int, item: HistoryRow, periods: Sequence[str], edge: Properties
) -> float:
    """A key action's or measure's row; gives its height."""
    direction = FIRST + len(periods)
    texts = [(item.description or "", DESCRIPTION_WIDTH), (item.direction or "", DIRECTION_WIDTH)]
    texts += [(item.cells[period] or "", REVIEW_WIDTH) for period in periods if period.endswith(c.REVIEW)]
    high = max(18.0, fitting.row_height((text, fitting.pixels(width)) for text, width in texts))
    sheet.set_row(row, high)
    sheet.write_string(row, 0, item.key, style.boxed(bold=True, **edge))
    sheet.write_string(row, 1, texts[0][0], style.boxed(**edge))
    for column, period in enumerate(periods, start=FIRST):
        text = item.cells[period] or ""
        rating = rating_of(text)
        look: Properties = (rating_properties(rating) if rating else {"align": "center"}) | {"valign": "vcenter"}
        year_begins: Properties = {"left": 1, "left_color": STRONG_LINE} if period.endswith("Q1") else {}
        made = style.boxed(**(look | edge | year_begins))
        if text:
            sheet.write_string(row, column, text, made)
        else:
            sheet.write_blank(row, column, None, made)
        if note := item.notes.get(period):
            sheet.write_comment(row, column, note, NOTE_LOOK)
    sheet.write_string(row, direction, texts[1][0], style.boxed(**edge))
    sheet.write_blank(row, direction + 1, None, style.boxed(**edge))
    return high


def write_rating_counts(
    sheet: Worksheet, style: Style, row: int, items: Sequence[HistoryRow], periods: Sequence[str]
) -> list[float]:
    """How many key actions and measures were Red, Amber, Green or something else in each quarter; the rows' heights.

    What stands in two rows, since an item was split, counts once.
    """
    heights: list[float] = []
    shown = {rating_of(item.cells[period] or "") for item in items for period in periods}
    colours = [rating for rating in COUNTED if rating not in WHERE_SHOWN or rating in shown]
    for kind in dict.fromkeys(item.kind for item in items):
        mine = [item for item in items if item.kind == kind]
        for group in (*colours, None):
            sheet.write_string(row, 1, f"{kind}s: {group.word if group else c.OTHER}", style.boxed(bg_color=PALE))
            for column, period in enumerate(periods, start=FIRST):
                once = [item.cells[period] for item in mine if period not in item.shared]
                ratings = [rating for text in once if text and (rating := rating_of(text))]
                count = sum(rating == group if group else rating not in colours for rating in ratings)
                made = style.boxed(align="center", bg_color=PALE)
                if ratings and not period.endswith(c.REVIEW):
                    sheet.write_number(row, column, count, made)
                else:
                    sheet.write_blank(row, column, None, made)
            heights.append(fitting.USUAL_HEIGHT)
            row += 1
    notes = (
        f"{REVISED} revised since it was first published. {NO_REPORT} no report of that quarter.",
        "Trend: how far performance was above (better) or below (worse) its target, quarter by quarter.",
    )
    heights.append(fitting.USUAL_HEIGHT)
    for number, note in enumerate(notes, start=row + 1):
        heights.append(fitting.height(note, fitting.pixels(DESCRIPTION_WIDTH)))
        sheet.set_row(number, heights[-1])
        sheet.write_string(number, 1, note, style.plain())
    return heights


def write_trends(sheet: Worksheet, items: Sequence[HistoryRow], periods: Sequence[str]) -> None:
    """A sparkline for each item that has figures; they stand in hidden columns at the right, less the target."""
    first = FIRST + len(periods) + 3
    longest = max((len(item.trend) for item in items), default=0)
    if not longest:
        return
    sheet.set_column(first, first + longest - 1, None, None, {"hidden": True})
    for row, item in enumerate(items, start=HEADINGS):
        trend = item.trend
        for column, level in enumerate(trend, start=first):
            if level is not None:
                sheet.write_number(row, column, float(level) - 1)
        furthest = max((abs(float(level) - 1) for level in trend if level is not None), default=None)
        if furthest is not None:
            where = f"'{sheet.get_name()}'!{xl_range_abs(row, first, row, first + len(trend) - 1)}"
            limits = {"max": furthest or 1, "min": -(furthest or 1), "axis": True}
            sheet.add_sparkline(row, first - 2, TREND_LOOK | limits | {"range": where})


def print_pages(
    sheet: Worksheet, results: Results, periods: Sequence[str], heights: Sequence[float], counts: int
) -> None:
    """One page wide for a few years; else so many years a page, with keys and descriptions repeated on each.

    The counts, from row `counts` on, aren't parted.
    """
    last = FIRST + len(periods) + 1
    page_setup.set_up(sheet, results)
    sheet.repeat_rows(0, HEADINGS - 1)
    sheet.repeat_columns(0, FIRST - 1)
    sheet.print_area(0, 0, len(heights) - 1, last)
    cells = [REVIEW_WIDTH if period.endswith(c.REVIEW) else CELL_WIDTH for period in periods]
    wide = sum(map(fitting.pixels, (KEY_WIDTH, DESCRIPTION_WIDTH, *cells, DIRECTION_WIDTH, TREND_WIDTH)))
    reviews = [column for column, period in enumerate(periods, start=FIRST) if period.endswith(c.REVIEW)]
    scale = SCALE
    if len(reviews) > YEARS_ABREAST:
        sheet.set_v_pagebreaks([column + 1 for column in reviews[YEARS_ABREAST - 1 : -1 : YEARS_ABREAST]])
    else:
        scale = printing.scale_across(wide)
    printing.keep_together(sheet, heights, counts, HEADINGS, scale)
