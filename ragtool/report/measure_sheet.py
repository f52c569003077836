"""The Measures sheet: a row a measure, and right beneath it a lighter one for each of its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import printing
from ragtool.looks.palette import Properties
from ragtool.looks.style import Style
from ragtool.report.grouped_rows import group_look, grouped, in_plan_order, repeats_outcome, theme_look
from ragtool.report.key_action_sheet import unasked
from ragtool.report.performance_bar import BAR_IN_WORDS, bar_look
from ragtool.report.report_table import places_of, write_report_table
from ragtool.report.sheet_rows import ShownRow, measure_row
from ragtool.report.table_layout import Layout
from ragtool.results.results import Results

WIDTHS = {
    c.THEME: 9.5,
    c.OUTCOME: 17,
    c.KEY: 7,
    c.PART: 6,
    c.MEASURE: 20,
    c.RAG: 6,
    c.PERFORMANCE: 11,
    c.TARGET: 11,
    c.SHORTFALL: 8,
    c.AGAINST_TARGET: 14,
    c.WHY: 24,
    c.DIRECTION: 12,
    c.RESOLUTION: 19,
    c.BY_WHEN: 8,
    c.HIGHLIGHT: 16,
    c.OFFICER_LEADS: 11.5,
    c.FORECAST: 7,
    c.DATA_STATUS: 9,
    c.PERIOD: 9,
    c.TARGET_PERIOD: 9,
    c.INTERVENTION_LEVEL: 10,
    c.THREE_YEAR_TARGET: 10,
    c.BENCHMARK: 10,
    c.BENCHMARK_IS: 11,
    c.PORTFOLIO_LEADS: 11.5,
    c.UNIT: 9,
    c.RULE_RAG: 6,
    c.MARK: 9,
}
"""The widest each column may be, in characters: the first six stay in view, and what is printed fits on A4."""
IN_VIEW = 6
NOT_PRINTED = 11
"""The last columns are for screen and filters: a page of A4 has no room for them."""
PRINTED_FOR_PANELS = {
    **{heading: WIDTHS[heading] for heading in (c.THEME, c.OUTCOME, c.KEY, c.PART)},
    c.MEASURE: 32,
    c.RAG: 6,
    c.FIGURE: 14,
    c.AGAINST_TARGET: 14,
    c.WHY: 44,
    c.DIRECTION: 12,
    c.RESOLUTION: 34,
    c.BY_WHEN: 9,
    c.HIGHLIGHT: 24,
    c.OFFICER_LEADS: 16,
    c.FORECAST: 7,
}
WIDTHS_FOR_PANELS = PRINTED_FOR_PANELS | {h: wide for h, wide in WIDTHS.items() if h not in PRINTED_FOR_PANELS}
"""The same in a panel's report, whose letters are larger: printed there are each figure with its period and whether it
is provisional, which Why doesn't say of all that was returned, in one column of text that wraps, as a number can't.
"""
REPEATED = (c.KEY, c.OFFICER_LEADS, c.PORTFOLIO_LEADS)
"""What a part shares with its measure."""
ABOUT = f"A row a measure, and beneath it a row a part. {c.AGAINST_TARGET}: the bar runs {BAR_IN_WORDS}."


def write_measures(sheet: Worksheet, style: Style, results: Results, links: Mapping[str, str]) -> dict[str, str]:
    """Writes the sheet, its keys linked to where `links` says; gives where each key stands."""
    looks: dict[str, Callable[[ShownRow], Properties]] = {
        c.THEME: theme_look,
        c.MEASURE: indented_look,
        c.AGAINST_TARGET: lambda row: bar_look(row[c.RAG]),
    }
    measures = in_plan_order(results.measures, results)
    rows = grouped([(measure, [measure_row(measure, results)]) for measure in measures], results)
    widths, unprinted = WIDTHS, NOT_PRINTED
    if results.panel:
        widths, unprinted = WIDTHS_FOR_PANELS, len(WIDTHS_FOR_PANELS) - len(PRINTED_FOR_PANELS)
    layout = Layout(
        *(widths, IN_VIEW, unprinted, group_look, looks, links, repeats_measure, ABOUT),
        compact=bool(results.panel),
        least_points=printing.LEAST_POINTS if results.panel else printing.SMALLEST_POINTS,
        hidden=unasked(results),
    )
    return places_of(sheet, rows, layout, write_report_table(sheet, style, results, rows, layout))


def repeats_measure(row: ShownRow, heading: str) -> bool:
    """Whether what a row has under a heading stands above it: what a part shares, and the outcome."""
    return repeats_outcome(row, heading) or (bool(row[c.PART]) and heading in REPEATED)


def indented_look(row: ShownRow) -> Properties:
    """A part's description is set in."""
    return {"indent": 1, "italic": True} if row[c.PART] else {}
