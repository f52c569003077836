"""The Glossary sheet: what every key stands for, and beneath it the rules as this plan sets them."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import fitting, printing
from ragtool.looks.style import Style
from ragtool.report.report_table import Layout, places_of, write_report_table
from ragtool.results.results import Results

WIDTHS = {c.KEY: 12, c.DESCRIPTION: 110}


def write_glossary(sheet: Worksheet, style: Style, results: Results) -> dict[str, str]:
    """Writes the keys as a table, and the rules beneath; gives where each key stands."""
    rows, layout = [{c.KEY: row.key, c.DESCRIPTION: row.description} for row in results.glossary], Layout(WIDTHS)
    heights = write_report_table(sheet, style, results, rows, layout)
    if results.rules:
        write_rules(sheet, style, results, heights)
    return places_of(sheet, rows, layout)


def write_rules(sheet: Worksheet, style: Style, results: Results, heights: list[float]) -> None:
    """Writes the rules two rows below the keys' rows of these heights, under Description: no key stands beside them."""
    key, wide = (fitting.pixels(width) for width in WIDTHS.values())
    sheet.set_column_pixels(1, 1, wide)
    heights += [fitting.USUAL_HEIGHT, fitting.line_height(13)]
    title = len(heights) - 1
    sheet.write_string(title, 1, "The rules as this plan sets them", style.title(13))
    for row, rule in enumerate(results.rules, start=len(heights)):
        heights.append(fitting.height(rule, wide))
        sheet.set_row(row, heights[row])
        sheet.write_string(row, 1, rule, style.plain())
    sheet.print_area(0, 0, len(heights) - 1, 1)
    printing.keep_together(sheet, heights, title, 1, printing.scale_across(key + wide))
