"""A panel report's Cover: whom it is for, what the panel is allocated, and who is allocated the rest."""

from __future__ import annotations

from datetime import date

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.figures import how_many, show_day
from ragtool.looks import fitting
from ragtool.looks.style import INK, PALE, Style
from ragtool.report import page_setup
from ragtool.results.history_counts import quarters_in_words
from ragtool.results.key_action_texts import taken_out
from ragtool.results.results import Results
from ragtool.results.sentences import unsigned_returns

WIDTHS = (36, 56, 40)
HEADINGS = (c.PANEL, c.PANEL_KEY_ACTIONS, c.PANEL_MEASURES)


def write_cover(sheet: Worksheet, style: Style, results: Results) -> None:
    """Writes the titles, the panel's share in words, and the allocation table with the panel's row set off."""
    for column, width in enumerate(WIDTHS):
        sheet.set_column_pixels(column, column, fitting.pixels(width))
    row = 0
    for text, points, bold in lines(results):
        wide = sum(fitting.pixels(width) for width in WIDTHS)
        sheet.set_row(row, fitting.row_height([(text, wide)], points, bold))
        look = {"bold": True, "font_color": INK} if bold else {}
        sheet.merge_range(row, 0, row, len(WIDTHS) - 1, text, style.plain(font_size=points, **look))
        row += 1
    row += 1
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(row, column, heading, style.heading(font_size=11))
    for share in results.allocation:
        row += 1
        own = share.panel == results.panel
        keys = (", ".join(share.key_actions), ", ".join(share.measures))
        texts = [share.panel, *(listed or "None" for listed in keys)]
        cells = [(text, fitting.pixels(width)) for text, width in zip(texts, WIDTHS, strict=True)]
        sheet.set_row(row, fitting.row_height(cells, 11, own))
        look = {"bold": True, "bg_color": PALE} if own else {}
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, style.boxed(font_size=11, **look))
    page_setup.set_up(sheet, results)


def lines(results: Results) -> list[tuple[str, int, bool]]:
    """The texts above the table: text, points, and whether it is a title."""
    settings, panel = results.settings, results.panel
    own = next((share for share in results.panels), None)
    remit, meets = (own.remit, own.meeting_date) if own else (None, None)
    meeting = show_day(meets) if isinstance(meets, date) else meets
    actions = how_many(len(results.key_actions), "key action")
    measures = how_many(sum(not measure.part for measure in results.measures), "measure")
    texts = [
        (settings.organisation, 18, True),
        (panel, 16, True),
        (f"{settings.plan_title}: performance report, {results.quarter} ({results.standing})", 14, True),
        (f"Committee: {panel}", 11, False),
        (f"{c.MEETING_DATE}: {meeting}" if meeting else "", 11, False),
        (f"Report author: {settings.report_author}" if settings.report_author else "", 11, False),
        (f"Report reference: {settings.report_reference}" if settings.report_reference else "", 11, False),
        (f"Remit: {remit}" if remit else "", 11, False),
        ("What this panel is allocated", 13, True),
        (f"{actions} and {measures}: only these are rated here.", 11, False),
        *((text, 11, False) for text in taken_out(results.key_actions)),
        (unsigned_returns([*results.items, *results.milestones]), 11, False),
        *((line, 11, False) for line in quarters_in_words(results.history)),
    ]
    return [line for line in texts if line[0]]
