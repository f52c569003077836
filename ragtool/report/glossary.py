"""The Glossary sheet: what every key stands for, and beneath it the rules as this plan sets them."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.frames import records
from ragtool.report import fitting
from ragtool.report.style import Style
from ragtool.report.table import Layout, write_table
from ragtool.results import Results

WIDTHS = {c.KEY: 12, c.DESCRIPTION: 110}


def write_glossary(sheet: Worksheet, style: Style, results: Results) -> None:
    """Writes the keys as a table, and the rules two rows below it, under Description: no key stands beside them."""
    write_table(sheet, style, results, records(results.glossary), Layout(WIDTHS))
    wide = fitting.pixels(WIDTHS[c.DESCRIPTION])
    sheet.set_column_pixels(1, 1, wide)
    sheet.print_area(0, 0, len(results.glossary) + 2 + len(results.rules), 1)
    if not results.rules:
        return
    heading = len(results.glossary) + 2
    sheet.write_string(heading, 1, "The rules as this plan sets them", style.title(13))
    for row, rule in enumerate(results.rules, start=heading + 1):
        sheet.set_row(row, fitting.height(rule, wide))
        sheet.write_string(row, 1, rule, style.plain())
