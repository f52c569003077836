"""A panel report's Cover: how the panel's items stand, what is Red, its outcomes, and who is allocated what."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.columns import PanelSheets
from ragtool.looks import fitting
from ragtool.looks.style import LINK, PALE, Style
from ragtool.looks.table import Content
from ragtool.report import page_setup
from ragtool.report.cover_texts import facts_of, outcome_lines, remit_of
from ragtool.report.page_sheet import link_formula
from ragtool.report.red_table import RED_TABLE, WHAT_IS_RED, red_rows
from ragtool.report.tiles import write_tiles
from ragtool.report.written_rows import ABOVE_SECTION, WrittenRows
from ragtool.results.about_report import about_report
from ragtool.results.at_a_glance import tiles
from ragtool.results.red_items import RED_PARTS, red_items, red_parts
from ragtool.results.results import Results

COVER_WIDTHS = (112, 270, 266, 326, 155, 93)
"""Pixels: the longest text, what is proposed for a Red item, has most of them."""
PANEL_POINTS, COUNCIL_POINTS = 18, 14
RED_ON_COVER = (c.KEY, c.DESCRIPTION, c.WHY, c.RESOLUTION, c.OFFICER_LEADS, c.BY_WHEN)
OUTCOME_HEADINGS = (c.THEME, c.OUTCOME, c.PANEL_KEY_ACTIONS, c.PANEL_MEASURES, c.OUTCOME_LEADS)
ALLOCATION_HEADINGS = (c.PANEL, c.PANEL_KEY_ACTIONS, c.PANEL_MEASURES)
OUTCOMES_HEADING = "This panel's outcomes"
OUTCOMES, ALLOCATION = "PanelOutcomes", "Allocation"
"""The names of tables; Allocation is the last one on the sheet."""
NOTHING_RED = "Nothing of this panel's is Red."


def write_cover(sheet: Worksheet, style: Style, results: Results, places: Mapping[str, str]) -> None:
    """Writes the sheet; what is Red leads to where `places` says that its key stands."""
    rows = WrittenRows(sheet, style, COVER_WIDTHS)
    rows.write_title(results.panel, PANEL_POINTS)
    settings = results.settings
    rows.write_title(f"{settings.organisation}: performance in {results.quarter} ({results.standing})", COUNCIL_POINTS)
    rows.write_text(". ".join(about_report(results)))
    if remit := remit_of(results):
        rows.write_text(f"{c.REMIT}: {remit}")
    write_contents(rows)
    write_tiles(rows, tiles(results))
    rows.add(ABOVE_SECTION)
    for text in facts_of(results):
        rows.write_text(text)
    write_red_items(rows, results, places)
    write_outcomes(rows, results)
    write_allocation(rows, results)
    page_setup.set_up_in_parts(sheet, results, rows.page_starts())
    sheet.print_area(0, 0, len(rows.heights) - 1, len(COVER_WIDTHS) - 1)


def write_contents(rows: WrittenRows) -> None:
    """Where each sheet of the report is, a link each."""
    look = rows.style.plain(font_color=LINK, underline=1, text_wrap=False)
    rows.add(ABOVE_SECTION)
    row = rows.add(fitting.line_height() + 4)
    for column, name in enumerate(PanelSheets.ORDER[1:]):
        rows.sheet.write_formula(row, column, link_formula(f"'{name}'!A1", name), look, name)


def write_red_items(rows: WrittenRows, results: Results, places: Mapping[str, str]) -> None:
    """What is Red, and which parts are of measures that aren't."""
    if red := red_items(results):
        shown = red_rows(rows, red, RED_ON_COVER, places)
        rows.write_parted_table(WHAT_IS_RED, RED_ON_COVER, shown, RED_TABLE)
    else:
        rows.write_section(WHAT_IS_RED, [NOTHING_RED])
    if parts := red_parts(results):
        rows.write_text(f"{RED_PARTS}: {parts}")


def write_outcomes(rows: WrittenRows, results: Results) -> None:
    """The panel's outcomes, and how its items stand under each."""
    lines = [[(Content(text or None, text), rows.style.boxed()) for text in texts] for texts in outcome_lines(results)]
    if lines:
        rows.write_parted_table(OUTCOMES_HEADING, OUTCOME_HEADINGS, lines, OUTCOMES)
    else:
        rows.write_section(OUTCOMES_HEADING, ["This panel is allocated nothing that is reported."])


def write_allocation(rows: WrittenRows, results: Results) -> None:
    """What every panel is allocated, this one's row set off; all on one page."""
    first = len(rows.heights)
    rows.write_heading("What each panel is allocated")
    top = rows.add_headings(ALLOCATION_HEADINGS, filters=True)
    rows.begin_table(ALLOCATION_HEADINGS, top, len(results.allocation), ALLOCATION, filters=True)
    for share in results.allocation:
        own = share.panel == results.panel
        look = rows.style.boxed(**({"bold": True, "bg_color": PALE} if own else {}))
        keys = (", ".join(share.key_actions), ", ".join(share.measures))
        texts = [share.panel, *(listed or "None" for listed in keys)]
        cells = [(Content(text, text), look) for text in texts]
        rows.write_row(cells, rows.row_height(cells, bold=own))
    rows.keep_together(first)
