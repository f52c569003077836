"""The Summary sheet: what a committee asks first on one screen, then the counts by quarter and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.figures import how_many
from ragtool.looks import fitting, printing
from ragtool.looks.palette import Properties
from ragtool.looks.style import POINTS, STRONG_LINE, Style
from ragtool.model import Kind, Rating
from ragtool.report import page_setup
from ragtool.report.charts import chart_height, insert_spread_chart, word_of
from ragtool.report.first_screen import write_first_screen
from ragtool.report.summary_rows import ABOVE_SECTION, RED_HEADINGS, SUMMARY_WIDTHS, SummaryRows
from ragtool.results.results import QUARTERS, RATING, STATE, Results, ReturnStatus
from ragtool.results.spread import Spread, spreads

CHART_COLUMN = RED_HEADINGS.index(c.WHY)
POINTS_A_PIXEL = 0.75
FITTED = ((1, 8), (2, 8), (2, 7))
"""Pages, and the points under which nothing may be printed to get by with them; the first that is enough is taken."""


def write_summary(sheet: Worksheet, style: Style, results: Results, places: Mapping[str, str]) -> None:
    """Writes the sheet, the keys of what is Red linked to where `places` says."""
    rows = SummaryRows(sheet, style)
    write_first_screen(rows, results, places)
    write_numbers(rows, results)
    page_setup.set_up(sheet, results, pages_of(sum(rows.heights)))
    sheet.print_area(0, 0, len(rows.heights) - 1, len(SUMMARY_WIDTHS) - 1)


def pages_of(height: float) -> int:
    """On how many pages rows so many points high are to be fitted: as few as letters that can be read allow, 0 where
    they are too many.
    """
    for pages, points in FITTED:
        if height <= pages * printing.printed_height(printing.A4) * POINTS / points:
            return pages
    return 0


def write_numbers(rows: SummaryRows, results: Results) -> None:
    """The count tables and those of the charts one beneath the other; beside them the charts, then the sentences."""
    rows.add(ABOVE_SECTION)
    top = len(rows.heights)
    for kind in Kind:
        write_counts(rows, f"{kind}s", results.counts[kind, c.RAG])
    write_rule_counts(rows, results)
    beneath, wide = 0, sum(SUMMARY_WIDTHS[CHART_COLUMN:]) - 6
    for shown in spreads(results):
        table = write_spread(rows, shown)
        insert_spread_chart(rows.sheet, rows.style.workbook, shown, table, (top, CHART_COLUMN, beneath, wide))
        beneath += chart_height(shown) + 6
    sections = {
        "Overview": results.overview,
        "Direction of travel": results.direction_counts,
        c.ReportSheets.RETURNS.name: returns_lines(results.returns),
        "Reconciliation": results.reconciliation,
    }
    rows.write_beside(CHART_COLUMN, row_beneath(rows, top, beneath * POINTS_A_PIXEL), sections)


def row_beneath(rows: SummaryRows, top: int, height: float) -> int:
    """The first row that begins so many points beneath the row `top`, or further down; rows are added up to it."""
    row = top
    while height > 0:
        if row == len(rows.heights):
            rows.add(fitting.USUAL_HEIGHT)
        height -= rows.heights[row]
        row += 1
    return row


def write_spread(rows: SummaryRows, shown: Spread) -> tuple[int, int]:
    """The table of a chart: a row a quarter, theme or service area; gives where its headings begin."""
    sheet, style = rows.sheet, rows.style
    row = top = rows.add(fitting.line_height() + 4)
    sheet.write_string(row, 1, f"By {shown.heading.lower()}", style.heading())
    for column, rating in enumerate(shown.ratings, start=2):
        sheet.write_string(row, column, word_of(rating), style.heading(align="center"))
    for name, counts in shown.counts.items():
        row = rows.add(fitting.row_height([(name, SUMMARY_WIDTHS[1])]))
        sheet.write_string(row, 1, name, style.boxed())
        for column, count in enumerate(counts, start=2):
            sheet.write_number(row, column, count, style.boxed(align="center"))
    rows.add(ABOVE_SECTION)
    return top, 1


def write_counts(rows: SummaryRows, heading: str, counts: pd.DataFrame) -> None:
    """A count table: a row a state, a column a quarter, the total last."""
    sheet, style = rows.sheet, rows.style
    row = rows.add(fitting.line_height() + 4)
    sheet.write_blank(row, 0, None, style.heading())
    sheet.write_string(row, 1, heading, style.heading())
    for column, quarter in enumerate(QUARTERS, start=2):
        sheet.write_string(row, column, quarter, style.heading(align="center"))
    for rating, state, *by_quarter in counts[[RATING, STATE, *QUARTERS]].itertuples(index=False):
        total = rating is None
        look: Properties = {"valign": "vcenter"}
        look |= {"bold": True, "top": 2, "top_color": STRONG_LINE} if total else {}
        row = rows.add(fitting.row_height([(state, SUMMARY_WIDTHS[1])]))
        if rating:
            sheet.write_string(row, 0, rating, style.rating(Rating(rating), **look))
        else:
            sheet.write_blank(row, 0, None, style.boxed(**look))
        sheet.write_string(row, 1, state, style.boxed(**look))
        for column, count in enumerate(by_quarter, start=2):
            made = style.boxed(align="center", **look)
            if pd.isna(count):
                sheet.write_blank(row, column, None, made)
            else:
                sheet.write_number(row, column, int(count), made)
    rows.add(ABOVE_SECTION)


def write_rule_counts(rows: SummaryRows, results: Results) -> None:
    """The rule's own counts of the states of which declared or overridden ratings make the published ones differ."""
    for kind in Kind:
        published, rule = results.counts[kind, c.RAG], results.counts[kind, c.RULE_RAG]
        differing = {rating for rating, _ in dict(tallies(published).items() ^ tallies(rule).items())}
        if differing:
            write_counts(rows, f"{kind}s: by the rule alone", rule[rule[RATING].isin(differing)])


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
