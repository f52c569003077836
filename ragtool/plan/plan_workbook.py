"""The plan workbook, corporate_plan.xlsx: blank and annotated for `ragtool new`, or with the rows given."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.data_validation import YES_NO, EntryRule, a_choice, a_day, anything
from ragtool.looks.forms import CREAM_HEADING, TEXT, set_form_page
from ragtool.looks.palette import WHITE
from ragtool.looks.style import INK, Style
from ragtool.looks.table import Content, Heading, TableLook, write_table
from ragtool.model import NO, Basis, Better, IndexMethod, MilestonePlan, NoneDue, RatedBy, Rating
from ragtool.plan.column_notes import COLUMNS, SETTINGS
from ragtool.plan.from_list_sheet import write_from_list
from ragtool.plan.plan import KEY_ACTION_STATUSES, MEASURE_STATUSES
from ragtool.plan.plan_values import StoredValue, own_headings, sheet_values

S = c.PlanSheets
CREATED = datetime(2000, 1, 1)
"""The document's date. The clock would change the bytes of every run."""

ROOM = 1000
"""Rows that are formatted and checked, beyond any plan's length."""

README = "Read me first"

DEFAULTS: Mapping[str, object] = {
    "Plan title": "Corporate Plan",
    "Financial year starts": "April",
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

STEPS = (
    "Fill in the Settings, the Outcomes and the Service areas. Every column has a note: click on a cell to see it.",
    "List the key actions with their milestones, and the measures with their targets. Rows may stand in any order; "
    "delete no heading and rename none. Columns of your own have a heading that begins with Note; any other that isn't "
    "read is queried. Sheets of your own are left alone.",
    "A measure with several parts is one row for the measure, with Part blank and no target, and one row a part.",
    "Yellow headings are needed in every row, but a part takes from its measure what it leaves blank.",
    'Then make the returns: ragtool templates FOLDER --quarter "2013/14 Q2". What is wrong in this plan is reported '
    "cell by cell.",
)

WIDE = {
    c.SETTING: 26, c.VALUE: 44, c.NOTES: 90, c.THEME_STATEMENT: 50, c.OUTCOME: 46, c.OUTCOME_LEADS: 34, c.EMAIL: 40,
    c.KEY_ACTION: 46, c.MILESTONE: 60, c.MEASURE: 40, c.PART_DESCRIPTION: 34, c.PORTFOLIO_LEAD: 24, c.OFFICER_LEAD: 28,
    c.SERVICE_AREA: 26, c.CONTRIBUTING: 24, c.PANEL: 24, c.REMIT: 70, c.DECISION: 34, c.DATA_SOURCE: 30, c.REASON: 50,
    c.APPROVED_BY: 26, c.HEAD_OF_SERVICE: 34, c.REVIEW: 40, c.KEY: 9, c.PART: 7, c.NO: 6, c.OUTCOME_NO: 10,
    c.DECIMALS: 10, c.TARGET_PERIOD: 17, c.UNIT: 16, c.THREE_YEAR_TARGET: 14, c.BENCHMARK_IS: 22,
}  # fmt: skip
"""Column widths in characters; others are `USUAL`."""
USUAL = 13.0

FROZEN = {S.KEY_ACTIONS: 2, S.MEASURES: 3, S.MILESTONES: 2}
"""Columns that stay in view; one on the other sheets."""


def write_plan(target: Path | BinaryIO, sheets: Mapping[str, Sequence[Mapping[str, object]]] | None = None) -> None:
    """Writes a corporate plan with all nine sheets; without `sheets`, the blank one with the usual settings.

    `sheets` holds rows by sheet name, each a mapping from heading to value: text as the manager would type it (`80%`,
    `15 %`, `2013/14 Q2`, `2013-10-18`), or typed values. A number in a `%` row is a share.
    """
    given = sheets or {S.SETTINGS.name: blank_settings()}
    file = str(target) if isinstance(target, Path) else target
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "Corporate plan", "created": CREATED})
        style = Style(book)
        write_readme(book, style)
        for sheet in S.ALL:
            write_sheet(book, style, sheet, given.get(sheet.name, ()), given)
        if rows := given.get(S.FROM_LIST.name):
            write_from_list(book, style, rows)
        book.get_worksheet_by_name(README).activate()


def blank_settings() -> list[dict[str, object]]:
    """Every setting with its usual value and what it does."""
    return [{c.SETTING: name, c.VALUE: DEFAULTS.get(name), c.NOTES: note} for name, note in SETTINGS.items()]


def write_readme(book: Workbook, style: Style) -> None:
    """What to do, and what every column is for. Nothing on this sheet is read."""
    page = book.add_worksheet(README)
    widths = (16.0, 24.0, 80.0)
    wide = [fitting.pixels(width) for width in widths]
    for column, pixels in enumerate(wide):
        page.set_column_pixels(column, column, pixels)
    page.write_string(0, 0, "The corporate plan", style.title(16))
    page.set_row(0, 28)
    row = 1
    for number, step in enumerate(STEPS, 1):
        page.merge_range(row, 0, row, 2, f"{number}. {step}", style.plain())
        page.set_row(row, fitting.row_height([(step, sum(wide))]))
        row += 1
    row += 1
    for column, heading in enumerate((c.SHEET, "Column", "What to put there")):
        page.write_string(row, column, heading, style.heading())
    for sheet in S.ALL:
        for heading in sheet.headings:
            row += 1
            note = COLUMNS[sheet.name][heading]
            look = style.boxed(bold=note.needed)
            text = ("Needed. " if note.needed else "") + note.text
            for column, each in enumerate((sheet.name, heading, text)):
                page.write_string(row, column, each, look if column == 1 else style.boxed())
            page.set_row(row, fitting.row_height([(text, wide[2])]))
    page.hide_gridlines(2)
    set_form_page(page, "Corporate plan", README, "", landscape=False)


def write_sheet(
    book: Workbook,
    style: Style,
    sheet: c.Sheet,
    rows: Sequence[Mapping[str, object]],
    given: Mapping[str, Sequence[Mapping[str, object]]],
) -> None:
    """One sheet: headings in row 1, the rows, and notes and checks with room for more."""
    page = book.add_worksheet(sheet.name)
    own = () if sheet is S.SETTINGS else own_headings(rows)
    named = (*sheet.headings, *own)
    headings = [plan_heading(sheet, heading, style) for heading in named]
    values = sheet_values(sheet, rows, given.get(S.MEASURES.name, ()))
    cells = [[plan_cell(row[heading], style) for heading in named] for row in values]
    write_table(page, headings, cells, TableLook(FROZEN.get(sheet, 1), heading_room=16))
    note_columns(page, sheet, rows)
    if rows and sheet is not S.SETTINGS:
        page.autofilter(0, 0, len(rows), len(named) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:AZ{ROOM}"})
    set_form_page(page, "Corporate plan", sheet.name, "")
    if sheet is S.MEASURES:
        page.fit_to_pages(3, 0)
        page.repeat_columns(0, 2)


def plan_heading(sheet: c.Sheet, heading: str, style: Style) -> Heading:
    """A column's heading, yellow where it is needed in every row."""
    needed = heading in sheet.headings and COLUMNS[sheet.name][heading].needed
    colours = {"bg_color": CREAM_HEADING} if needed else {"bg_color": INK, "font_color": WHITE}
    look = style.boxed(bold=True, valign="vcenter", **colours)
    below = style.plain(num_format=column_format(heading))
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


RATINGS = [rating.value for rating in Rating]
CHOICES: Mapping[tuple[str, str], Sequence[str]] = {
    (S.KEY_ACTIONS.name, c.RATED_BY): list(RatedBy),
    (S.KEY_ACTIONS.name, c.STATUS): KEY_ACTION_STATUSES,
    (S.KEY_ACTIONS.name, c.ACTION_PLAN): YES_NO,
    (S.KEY_ACTIONS.name, c.BUSINESS_PLAN): YES_NO,
    (S.MILESTONES.name, c.STATUS): list(MilestonePlan),
    (S.MEASURES.name, c.BETTER_WHEN): list(Better),
    (S.MEASURES.name, c.BASIS): list(Basis),
    (S.MEASURES.name, c.PROFILE): ["Straight line"],
    (S.MEASURES.name, c.INDEX_METHOD): list(IndexMethod),
    (S.MEASURES.name, c.STATUS): MEASURE_STATUSES,
    (S.EARLIER.name, c.RAG): RATINGS,
    (S.OVERRIDES.name, c.RAG): RATINGS,
}
SETTING_CHOICES: Mapping[str, Sequence[str]] = {
    "Financial year starts": list(calendar.month_name)[1:],
    "At the intervention level": [Rating.AMBER.word, Rating.RED.word],
    "Index method": list(IndexMethod),
    "No milestones due": list(NoneDue),
    "Amber needs improvement": YES_NO,
    "Complete shows as": [Rating.GREEN.word, Rating.BLUE.word],
    "Ask for a forecast": YES_NO,
}
NUMBERS = {
    c.DECIMALS: ("integer", 0, 6, "Type a whole number from 0 to 6."),
    c.WEIGHT: ("decimal", 0, 1e9, "Type a number, such as 2."),
}
LEVELS = (c.INTERVENTION_LEVEL, c.GREEN_WITHIN)
"""Columns of a share of the target, or of points of the measure's unit."""


def note_columns(page: Worksheet, sheet: c.Sheet, rows: Sequence[Mapping[str, object]]) -> None:
    """A note on every column's cells and heading, and lists and checks where the choice is closed."""
    for column, heading in enumerate(sheet.headings):
        note = COLUMNS[sheet.name][heading].text
        page.data_validation(0, column, 0, column, anything(heading, note))
        if sheet is not S.SETTINGS:
            page.data_validation(1, column, ROOM, column, column_rule(sheet, heading, note))
    if sheet is S.SETTINGS:
        for number, row in enumerate(rows, 1):
            name = str(row.get(c.SETTING))
            note = SETTINGS.get(name, "")
            choices = SETTING_CHOICES.get(name)
            rule = a_choice(name[:32], note, choices) if choices else anything(name[:32], note)
            page.data_validation(number, 1, number, 1, rule)


def column_rule(sheet: c.Sheet, heading: str, note: str) -> EntryRule:
    """The note and the check of a column's cells."""
    if choices := CHOICES.get((sheet.name, heading)):
        return a_choice(heading, note, choices)
    if sheet is S.OVERRIDES and heading == c.DATE:
        return a_day(heading, note)
    if heading in NUMBERS and sheet is S.MEASURES:
        kind, least, most, error = NUMBERS[heading]
        limits: dict[str, Any] = {"validate": kind, "criteria": "between", "minimum": least, "maximum": most}
        return limits | {"input_title": heading, "input_message": note, "error_message": error}
    if heading in LEVELS and sheet is S.MEASURES:
        cell = f"{xl_col_to_name(sheet.headings.index(heading))}2"
        either = f'=OR(AND(ISNUMBER({cell}),{cell}>=0,{cell}<=10),ISNUMBER(SEARCH("point",{cell})))'
        error = "Type a share with its sign, such as 15 %, or a distance in the measure's unit, such as 5 points."
        own: EntryRule = {"validate": "custom", "value": either, "error_message": error}
        return own | {"input_title": heading, "input_message": note}
    home = S.SERVICE_AREAS if heading == c.SERVICE_AREA else S.KEY_ACTIONS
    listed = heading == c.SERVICE_AREA or (sheet is S.MILESTONES and heading == c.KEY)
    if listed and sheet is not home:
        column = xl_col_to_name(home.headings.index(heading))
        source = f"='{home.name}'!${column}$2:${column}${ROOM}"
        warning = f"The {home.name} sheet has no such entry yet. Is it spelled as there?"
        rule: EntryRule = {"validate": "list", "source": source, "error_type": "warning", "error_message": warning}
        return rule | {"input_title": heading, "input_message": note}
    return anything(heading, note)
