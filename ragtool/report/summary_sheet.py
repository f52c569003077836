"""The Summary sheet: what a committee asks first on one screen, then the counts by quarter and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.figures import how_many
from ragtool.looks import fitting
from ragtool.looks.palette import Properties
from ragtool.looks.style import STRONG_LINE, Style
from ragtool.looks.table import make_table, table_name
from ragtool.model import Kind, Rating
from ragtool.report import page_setup
from ragtool.report.charts import ChartRoom, chart_room, insert_spread_chart, word_of
from ragtool.report.first_screen import RED_HEADINGS, SPARED, SUMMARY_WIDTHS, write_first_screen
from ragtool.report.written_rows import ABOVE_SECTION, WrittenRows
from ragtool.results.at_a_glance import gaps_in_words
from ragtool.results.results import QUARTERS, RATING, STATE, Results, ReturnStatus
from ragtool.results.spread import Spread, spreads

CHART_COLUMN = RED_HEADINGS.index(c.WHY)
CHART_WIDTH = sum(SUMMARY_WIDTHS[CHART_COLUMN:]) - 6
SPREAD_COLUMN = len(SUMMARY_WIDTHS) + 1
"""Right of all that is printed, the tables of what the charts show, who label it."""
POINTS_A_PIXEL = 0.75
FIRST_QUARTER = 2
"""The column of the first quarter in a count table."""
BETWEEN_CHARTS = 6


def write_summary(sheet: Worksheet, style: Style, results: Results, places: Mapping[str, str]) -> None:
    """Writes the sheet, the keys of what is Red linked to where `places` says.

    The sentences at its end are printed where they take no page more: tables and charts say most of it too.
    """
    rows = WrittenRows(sheet, style, SUMMARY_WIDTHS)
    write_first_screen(rows, results, places)
    write_numbers(rows, results)
    printed, breaks = len(rows.heights), rows.page_starts()
    write_sentences(rows, results)
    if len(rows.page_starts()) == len(breaks):
        printed = len(rows.heights)
    page_setup.set_up_in_parts(sheet, results, breaks)
    sheet.print_area(0, 0, printed - 1, len(SUMMARY_WIDTHS) - 1)


def write_numbers(rows: WrittenRows, results: Results) -> None:
    """The count tables, and the charts beside them, on a page of their own where they would be parted by its end.

    No chart is parted either.
    """
    first = len(rows.heights)
    rows.add(ABOVE_SECTION)
    top = len(rows.heights)
    for kind in Kind:
        write_counts(rows, f"{kind}s", results.counts[kind, c.RAG], f"{table_name(kind)}Counts")
    write_rule_counts(rows, results)
    shown = spreads(results)
    rooms = [chart_room(each, CHART_WIDTH) for each in shown]
    add_rows(rows, top, sum(map(points_of_chart, rooms)))
    rows.keep_together(first)
    beneath, table = 0.0, top
    for each, room in zip(shown, rooms, strict=True):
        high = points_of_chart(room)
        add_rows(rows, top, beneath + high)
        ends = (sum(rows.heights[top:start]) for start in rows.page_starts() if start > top)
        beneath = next((end for end in ends if beneath < end < beneath + high), beneath)
        add_rows(rows, top, beneath + high)
        place = (top, CHART_COLUMN, round(beneath / POINTS_A_PIXEL))
        insert_spread_chart(rows.sheet, rows.style.workbook, each, (table, SPREAD_COLUMN), place, room)
        table = write_spread(rows, each, table)
        beneath += high
    named = [fitting.text_pixels(name) for each in shown for name in each.counts]
    headed = [fitting.text_pixels(heading_of(each), bold=True) for each in shown]
    if named:
        wide = ceil(max(*named, *headed)) + fitting.PADDING
        rows.sheet.set_column_pixels(SPREAD_COLUMN, SPREAD_COLUMN, wide)


def points_of_chart(room: ChartRoom) -> float:
    """The points down the sheet that a chart takes."""
    return (room.high + BETWEEN_CHARTS) * POINTS_A_PIXEL


def add_rows(rows: WrittenRows, top: int, height: float) -> None:
    """Rows until those from `top` on are so many points high."""
    while sum(rows.heights[top:]) < height:
        rows.add(fitting.USUAL_HEIGHT)


def write_sentences(rows: WrittenRows, results: Results) -> None:
    """What the numbers say and rest on, in sentences."""
    above = {text for _, text in gaps_in_words(results)}
    overview = [line for line in results.overview if line not in above]
    rows.write_section("Overview", overview)
    rows.write_section("Direction of travel", results.direction_counts)
    lines = [line for line in returns_lines(results.returns) if line not in overview]
    rows.write_section(c.ReportSheets.RETURNS.name, lines)
    rows.write_section("Reconciliation", results.reconciliation)


def write_spread(rows: WrittenRows, shown: Spread, row: int) -> int:
    """The table of a chart from a row on: a row a quarter, theme or service area; gives where the next may begin."""
    sheet, style = rows.sheet, rows.style
    headings = [heading_of(shown), *map(word_of, shown.ratings)]
    name = table_name(headings[0])
    make_table(sheet, headings, row, len(shown.counts), name, column=SPREAD_COLUMN, filters=False)
    for column, heading in enumerate(headings, start=SPREAD_COLUMN):
        sheet.write_string(row, column, heading, style.heading(text_wrap=False))
    for number, (name, counts) in enumerate(shown.counts.items(), start=row + 1):
        sheet.write_string(number, SPREAD_COLUMN, name, style.boxed(text_wrap=False))
        for column, count in enumerate(counts, start=SPREAD_COLUMN + 1):
            sheet.write_number(number, column, count, style.boxed(align="center"))
    return row + len(shown.counts) + 2


def heading_of(shown: Spread) -> str:
    """The heading of what a chart's bars are: `By service area`."""
    return f"By {shown.heading.lower()}"


def write_counts(rows: WrittenRows, heading: str, counts: pd.DataFrame, name: str) -> None:
    """A count table of this name: a row a state, a column a quarter, the total last."""
    sheet, style = rows.sheet, rows.style
    row = rows.add(fitting.line_height() + 2)
    headings = [c.RAG, heading, *QUARTERS]
    make_table(sheet, headings, row, len(counts), name, filters=False)
    for column, text in enumerate(headings):
        sheet.write_string(row, column, text, style.heading(align="left" if column < FIRST_QUARTER else "center"))
    for rating, state, *by_quarter in counts[[RATING, STATE, *QUARTERS]].itertuples(index=False):
        total = rating is None
        look: Properties = {"valign": "vcenter"}
        look |= {"bold": True, "top": 2, "top_color": STRONG_LINE} if total else {}
        row = rows.add(fitting.row_height([(state, SUMMARY_WIDTHS[1])]) - SPARED)
        if rating:
            sheet.write_string(row, 0, rating, style.rating(Rating(rating), **look))
        else:
            sheet.write_blank(row, 0, None, style.boxed(**look))
        sheet.write_string(row, 1, state, style.boxed(**look))
        for column, count in enumerate(by_quarter, start=FIRST_QUARTER):
            made = style.boxed(align="center", **look)
            if pd.isna(count):
                sheet.write_blank(row, column, None, made)
            else:
                sheet.write_number(row, column, int(count), made)
    rows.add(ABOVE_SECTION)


def write_rule_counts(rows: WrittenRows, results: Results) -> None:
    """The rule's own counts of the states of which declared or overridden ratings make the published ones differ."""
    for kind in Kind:
        published, rule = results.counts[kind, c.RAG], results.counts[kind, c.RULE_RAG]
        differing = {rating for rating, _ in dict(tallies(published).items() ^ tallies(rule).items())}
        if differing:
            by_rule = rule[rule[RATING].isin(differing)]
            write_counts(rows, f"{kind}s: by the rule alone", by_rule, f"{table_name(kind)}RuleCounts")


def tallies(counts: pd.DataFrame) -> dict[tuple[object, int], int]:
    """The counts that aren't zero, by rating and quarter."""
    return {
        (rating, number): int(count)
        for rating, *by_quarter in counts[[RATING, *QUARTERS]].itertuples(index=False)
        for number, count in enumerate(by_quarter, 1)
        if not pd.isna(count) and count
    }


def returns_lines(returns: Iterable[ReturnStatus]) -> list[str]:
    """How many returns came, and whose did not. A row without a service area is a file that isn't used."""
    expected = [each for each in returns if each.area]
    missing = [each.area or "" for each in expected if not each.received]
    if not expected:
        return []
    lines = [f"{len(expected) - len(missing)} of {how_many(len(expected), 'return')} received."]
    return [*lines, f"Not received: {'; '.join(missing)}."] if missing else lines
