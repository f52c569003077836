"""The Measures sheet: a row a measure, and right beneath it a lighter one for each of its parts."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks.palette import QUIET, Properties
from ragtool.looks.style import STRONG_LINE, Style
from ragtool.report.key_action_sheet import SCREEN_ONLY
from ragtool.report.report_table import Layout, places_of, write_report_table
from ragtool.report.sheet_rows import ShownRow, measure_row
from ragtool.results.results import Results

WIDTHS = {
    c.THEME: 9.5,
    c.OUTCOME: 13,
    c.PORTFOLIO_LEADS: 11.5,
    c.OFFICER_LEADS: 13,
    c.MEASURE: 17,
    c.RAG: 6,
    c.KEY: 8,
    c.PART: 6,
    c.DIRECTION: 10,
    c.PERFORMANCE: 11,
    c.PERIOD: 9,
    c.TARGET: 11,
    c.TARGET_PERIOD: 9,
    c.SHORTFALL: 8,
    c.INTERVENTION_LEVEL: 10,
    c.THREE_YEAR_TARGET: 10,
    c.DATA_STATUS: 10,
    c.RESOLUTION: 19,
    c.BY_WHEN: 8,
    c.HIGHLIGHT: 17,
    c.WHY: 20,
    c.UNIT: 9,
    c.RULE_RAG: 6,
    c.MARK: 9,
}
"""The widest each column may be, in characters: what is printed has to stay readable on A4."""
ABOUT = "A row a measure, and beneath it a row a part."
REPEATED = (c.THEME, c.OUTCOME, c.PORTFOLIO_LEADS, c.OFFICER_LEADS, c.KEY)
"""What a part shares with its measure."""


def write_measures(sheet: Worksheet, style: Style, results: Results, links: Mapping[str, str]) -> dict[str, str]:
    """Writes the sheet, its keys linked to where `links` says; gives where each key stands."""
    looks = dict.fromkeys(REPEATED, repeated_look) | {c.MEASURE: indented_look}
    rows = [measure_row(measure, results) for measure in results.measures]
    layout = Layout(WIDTHS, 8, SCREEN_ONLY, measure_look, looks, links, ABOUT)
    return places_of(sheet, rows, layout, write_report_table(sheet, style, results, rows, layout))


def measure_look(row: ShownRow) -> Properties:
    """A strong line above each measure."""
    return {} if row[c.PART] else {"top": 1, "top_color": STRONG_LINE}


def repeated_look(row: ShownRow) -> Properties:
    """On a part's row, what it shares with its measure is paler."""
    return {"font_color": QUIET, "bold": False} if row[c.PART] else {}


def indented_look(row: ShownRow) -> Properties:
    """A part's description is set in."""
    return {"indent": 1, "italic": True} if row[c.PART] else {}
