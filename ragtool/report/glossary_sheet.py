"""The Glossary sheet: the rules as this plan sets them, and what every key stands for."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import printing
from ragtool.looks.style import Style
from ragtool.report.report_table import places_of, write_report_table
from ragtool.report.table_layout import Layout
from ragtool.results.results import Results

WIDTHS = {c.KEY: 12, c.DESCRIPTION: 104}
"""Characters; together what an upright page has room for."""


def write_glossary(sheet: Worksheet, style: Style, results: Results) -> dict[str, str]:
    """Writes the keys as a table, and the rules above it; gives where each key stands."""
    rows = [{c.KEY: row.key, c.DESCRIPTION: row.description} for row in results.glossary]
    about = "The rules as this plan sets them, and what each key stands for."
    least = printing.LEAST_POINTS
    layout = Layout(WIDTHS, about=about, notes=results.rules, least_points=least, compact=True, upright=True)
    return places_of(sheet, rows, layout, write_report_table(sheet, style, results, rows, layout))
