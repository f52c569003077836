"""What Excel says in the plan's cells, and lets people type: a note on every column, drop-downs, checks."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks.data_validation import YES_NO, EntryRule, a_choice, a_day, anything
from ragtool.looks.hover_notes import note_look
from ragtool.model import Basis, Better, IndexMethod, MilestonePlan, NoneDue, RatedBy, Rating
from ragtool.plan import growing_lists as lists
from ragtool.plan.column_notes import COLUMNS, SETTINGS
from ragtool.plan.growing_lists import ABOVE, column_letter, outcomes_of, room_for
from ragtool.plan.plan import KEY_ACTION_STATUSES, MEASURE_STATUSES

S = c.PlanSheets

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

LISTED: Mapping[str, tuple[str, str]] = {
    c.THEME: (lists.KNOWN_THEMES, S.OUTCOMES.name),
    c.SERVICE_AREA: (lists.KNOWN_AREAS, S.SERVICE_AREAS.name),
    c.CONTRIBUTING: (lists.KNOWN_AREAS, S.SERVICE_AREAS.name),
    c.PANEL: (lists.KNOWN_PANELS, S.PANELS.name),
}
"""Columns that take names from another sheet: the list of these, and that sheet."""
SEVERAL = (c.CONTRIBUTING, c.PANEL)
"""Those whose cells may hold several, parted by `;`."""


def check_entries(page: Worksheet, sheet: c.Sheet, rows: Sequence[Mapping[str, object]]) -> None:
    """A note on every heading and on every column's cells, and lists and checks where there is a choice."""
    for column, heading in enumerate(sheet.headings):
        note = COLUMNS[sheet.name][heading]
        hint = f"{heading}: {'needed in every row. ' if note.needed else ''}{note.text}"
        page.write_comment(ABOVE, column, hint, note_look(hint))
        if sheet is not S.SETTINGS:
            page.data_validation(
                ABOVE + 1, column, ABOVE + room_for(rows), column, column_rule(sheet, heading, note.text)
            )
    if sheet is S.SETTINGS:
        for number, row in enumerate(rows, ABOVE + 1):
            name = str(row.get(c.SETTING))
            said = SETTINGS.get(name, "")
            choices = SETTING_CHOICES.get(name)
            rule = a_choice(name[:32], said, choices) if choices else anything(name[:32], said)
            page.data_validation(number, 1, number, 1, rule)


def column_rule(sheet: c.Sheet, heading: str, note: str) -> EntryRule:
    """The note and the check of a column's cells."""
    if choices := CHOICES.get((sheet.name, heading)):
        return a_choice(heading, note, choices)
    if sheet is S.OVERRIDES and heading == c.DATE:
        return a_day(heading, note)
    if sheet is S.MILESTONES and heading == c.KEY:
        return a_name(heading, note, f"={lists.KNOWN_KEYS}", S.KEY_ACTIONS.name)
    if sheet is not S.OUTCOMES and heading == c.OUTCOME_NO:
        theme = f"${column_letter(sheet, c.THEME)}{ABOVE + 2}"
        return a_name(heading, note, outcomes_of(theme), S.OUTCOMES.name)
    if heading in LISTED:
        names, home = LISTED[heading]
        if sheet.name != home:
            return a_name(heading, note, f"={names}", home, heading in SEVERAL)
        # A theme stands again in the row of each of its outcomes; the other names are new wherever they stand.
        return a_suggestion(heading, note, f"={names}") if heading == c.THEME else anything(heading, note)
    if heading == c.REPORTED_IN:
        return a_suggestion(heading, note, ["Q1", "Q2", "Q3", "Q4", "Q2;Q4"])
    return a_figure(sheet, heading, note) if sheet is S.MEASURES else anything(heading, note)


def a_suggestion(heading: str, note: str, source: str | Sequence[str]) -> EntryRule:
    """A drop-down that takes anything else without a word."""
    rule: EntryRule = {"validate": "list", "source": source, "show_error": False}
    return rule | {"input_title": heading, "input_message": note}


def a_name(heading: str, note: str, source: str, home: str, several: bool = False) -> EntryRule:
    """A drop-down of the names on the sheet `home`, which warns of any other, or tells of it where there may be
    `several` in a cell.
    """
    warning = f"The sheet {home} has no such entry yet. Is it spelled as there?"
    if several:
        warning = f"The sheet {home} has no entry of this very name. Several may stand in a cell, parted by ;"
    rule = a_suggestion(heading, note, source) | {"show_error": True}
    return rule | {"error_type": "information" if several else "warning", "error_message": warning}


def a_figure(sheet: c.Sheet, heading: str, note: str) -> EntryRule:
    """The note, and the check where a column of the Measures holds a number or a level."""
    own: EntryRule = {"input_title": heading, "input_message": note}
    if heading in NUMBERS:
        kind, least, most, problem = NUMBERS[heading]
        limits: dict[str, Any] = {"validate": kind, "criteria": "between", "minimum": least, "maximum": most}
        return limits | own | {"error_message": problem}
    if heading in LEVELS:
        cell = f"{column_letter(sheet, heading)}{ABOVE + 2}"
        # Points are typed as such or as pp; Excel takes no list of both here.
        either = f'=OR(AND(ISNUMBER({cell}),{cell}>=0,{cell}<=10),ISNUMBER(SEARCH("p",{cell})))'
        problem = "Type a share with its sign, such as 15 %, or a distance in the measure's unit, such as 5 points."
        return own | {"validate": "custom", "value": either, "error_message": problem}
    return anything(heading, note)
