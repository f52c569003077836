"""The plan workbook, corporate_plan.xlsx: blank and annotated for `ragtool new`, or with the rows given."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.forms import CREAM_HEADING, TEXT, set_form_page
from ragtool.looks.palette import QUIET, RATING_LOOKS, WHITE, conditional_properties
from ragtool.looks.style import INK, Style
from ragtool.looks.table import Content, Heading, TableLook, table_name, write_table
from ragtool.model import NO, IndexMethod, NoneDue, Rating
from ragtool.plan.column_notes import ABOUT_SHEETS, COLUMNS, SETTINGS
from ragtool.plan.entry_checks import LEVELS, check_entries
from ragtool.plan.example_sheet import write_examples
from ragtool.plan.from_list_sheet import write_from_list
from ragtool.plan.growing_lists import ABOVE, define_lists, room_for
from ragtool.plan.plan_values import StoredValue, own_headings, sheet_values
from ragtool.plan.read_me_sheet import write_read_me
from ragtool.quarters import APRIL
from ragtool.workbooks.edit.growing_rows import with_growing_rows

S = c.PlanSheets
CREATED = datetime(2000, 1, 1)
"""The document's date. The clock would change the bytes of every run."""

DEFAULTS: Mapping[str, object] = {
    "Plan title": "Corporate Plan",
    "Financial year starts": month_name[APRIL],
    "Intervention level": "15 %",
    "At the intervention level": Rating.AMBER.word,
    "Index method": IndexMethod.MEAN,
    "No milestones due": NoneDue.NOT_DUE,
    "Direction tolerance": "0 %",
    "Escalate after": 1,
    "Green within": "0 %",
    "Amber needs improvement": NO,
    "Blue beyond": "off",
    "Milestones for Green": "100 %",
    "Milestones for Amber": "100 %",
    "Complete shows as": Rating.GREEN.word,
    "Ask for a forecast": NO,
}
"""What a blank plan's settings say; they are those that an absent setting has."""

WIDE = {
    c.SETTING: 26, c.VALUE: 44, c.NOTES: 90, c.THEME_STATEMENT: 50, c.OUTCOME: 46, c.OUTCOME_LEADS: 34, c.EMAIL: 40,
    c.KEY_ACTION: 46, c.MILESTONE: 60, c.MEASURE: 40, c.PART_DESCRIPTION: 34, c.PORTFOLIO_LEAD: 24, c.OFFICER_LEAD: 28,
    c.SERVICE_AREA: 26, c.CONTRIBUTING: 24, c.PANEL: 24, c.REMIT: 70, c.DECISION: 34, c.DATA_SOURCE: 30, c.REASON: 50,
    c.APPROVED_BY: 26, c.HEAD_OF_SERVICE: 34, c.REVIEW: 40, c.KEY: 9, c.PART: 7, c.NO: 6, c.OUTCOME_NO: 10,
    c.DECIMALS: 10, c.THEME: 20, c.TARGET_PERIOD: 17, c.UNIT: 16, c.THREE_YEAR_TARGET: 14, c.BENCHMARK_IS: 22,
}  # fmt: skip
"""Column widths in characters; others are `USUAL`."""
USUAL = 13.0

SHEET_TITLE = 14
"""Points."""

FROZEN = {S.KEY_ACTIONS: 2, S.MEASURES: 3, S.MILESTONES: 2}
"""Columns that stay in view; one on the other sheets."""

PAGES_WIDE = {S.KEY_ACTIONS: 2, S.MEASURES: 4}
"""Pages side by side, each with those columns, so that a sheet's letters can be read on paper; one of the others."""


def write_plan(
    target: Path | BinaryIO,
    sheets: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
    first_month: int = APRIL,
) -> None:
    """Writes a corporate plan with all nine sheets; without `sheets`, the blank one with the usual settings, of
    financial years that start in `first_month`, and a sheet of examples.

    `sheets` holds rows by sheet name, each a mapping from heading to value: text as the manager would type it (`80%`,
    `15 %`, `2013/14 Q2`, `2013-10-18`), or typed values. A number in a `%` row is a share.
    """
    given = sheets or {S.SETTINGS.name: blank_settings(first_month)}
    held = BytesIO()
    with Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "Corporate plan", "created": CREATED})
        style = Style(book)
        write_read_me(book, style, with_examples=not sheets)
        if not sheets:
            write_examples(book, style)
        for sheet in S.ALL:
            write_sheet(book, style, sheet, given.get(sheet.name, ()), given)
        if taken := given.get(S.FROM_LIST.name):
            write_from_list(book, style, taken)
        define_lists(book, given)
    whole = with_growing_rows(held.getvalue())
    if isinstance(target, Path):
        target.write_bytes(whole)
    else:
        target.write(whole)


def blank_settings(first_month: int = APRIL) -> list[dict[str, object]]:
    """Every setting with its usual value and what it does, where financial years start in `first_month`."""
    usual = {**DEFAULTS, "Financial year starts": month_name[first_month]}
    return [{c.SETTING: name, c.VALUE: usual.get(name), c.NOTES: note} for name, note in SETTINGS.items()]


def write_sheet(
    book: Workbook,
    style: Style,
    sheet: c.Sheet,
    rows: Sequence[Mapping[str, object]],
    given: Mapping[str, Sequence[Mapping[str, object]]],
) -> None:
    """One sheet: its title, the rows as a table, and notes and checks with room for more."""
    page = book.add_worksheet(sheet.name)
    page.write_string(0, 0, sheet.name, style.title(SHEET_TITLE))
    page.write_string(1, 0, ABOUT_SHEETS[sheet.name], style.plain(font_color=QUIET, text_wrap=False))
    for row, high in enumerate((fitting.line_height(SHEET_TITLE) + 3, fitting.line_height() + 5)):
        page.set_row(row, high)
    named = (*sheet.headings, *(() if sheet is S.SETTINGS else own_headings(rows)))
    headings = [plan_heading(sheet, heading, style) for heading in named]
    values = sheet_values(sheet, rows, given.get(S.MEASURES.name, ()))
    cells = [[plan_cell(row[heading], style) for heading in named] for row in values]
    look = TableLook(FROZEN.get(sheet, 1), top=ABOVE, name=table_name(sheet.name))
    write_table(page, headings, cells, look)
    if not cells:
        for column, heading in enumerate(sheet.headings):
            page.write_blank(ABOVE + 1, column, None, style.boxed(num_format=column_format(heading), align="left"))
    check_entries(page, sheet, rows)
    if c.RAG in sheet.headings:
        colour_published(page, style, sheet, room_for(rows))
    page.ignore_errors({"number_stored_as_text": f"A1:AZ{room_for(rows) + ABOVE + 1}"})
    set_form_page(page, "Corporate plan", sheet.name, "")
    if sheet in PAGES_WIDE:
        page.fit_to_pages(PAGES_WIDE[sheet], 0)
        page.repeat_columns(0, FROZEN[sheet] - 1)


def colour_published(page: Worksheet, style: Style, sheet: c.Sheet, rows: int) -> None:
    """Colours the ratings that stand on a sheet or are typed there, as letters or as words."""
    column = sheet.headings.index(c.RAG)
    for rating in RATING_LOOKS:
        look = {"format": style.bare(**conditional_properties(rating)), "stop_if_true": True}
        for text in (rating.value, rating.word):
            rule = {"type": "cell", "criteria": "==", "value": f'"{text}"'}
            page.conditional_format(ABOVE + 1, column, ABOVE + rows, column, rule | look)


def plan_heading(sheet: c.Sheet, heading: str, style: Style) -> Heading:
    """A column's heading, yellow where it is needed in every row."""
    needed = heading in sheet.headings and COLUMNS[sheet.name][heading].needed
    colours = {"bg_color": CREAM_HEADING} if needed else {"bg_color": INK, "font_color": WHITE}
    look = style.boxed(bold=True, valign="vcenter", **colours)
    below = style.plain(num_format=column_format(heading), align="left")
    return Heading(heading, look, fitting.pixels(WIDE.get(heading, USUAL)), below)


def plan_cell(value: StoredValue, style: Style) -> tuple[Content, Format]:
    """One cell, as what it is; text is always text."""
    look = style.boxed(num_format=value.number_format, align="left")
    return Content(value.value, value.text, value.number_format), look


def column_format(heading: str) -> str:
    """The format of a column's empty cells: keys and numbers of parts stay text, so that 1.10 isn't 1.1."""
    if heading in (c.KEY, c.PART, c.NO, c.OUTCOME_NO, c.QUARTER, c.TARGET_PERIOD, c.FORMERLY, c.REPORTED_IN):
        return TEXT
    return "0.0#%" if heading in LEVELS else "General"
