"""Notes, lists and checks put to the entry cells of a return: those of all rows, and those of a row's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks.data_validation import EntryRule, a_choice
from ragtool.model import Rating
from ragtool.quarters import Quarter
from ragtool.returns.template.entry_rules import RATED_BY_YOU, REASON_OF_YOURS, Examples, a_key, performance
from ragtool.returns.template.return_rows import KeyActionRow, MeasureRow
from ragtool.returns.template.return_sheet import HEADINGS_AT

R = c.ReturnSheets
NEXT_ROWS, REVISION_ROWS = 27, 15  # as many as print on a page each
EARLIER_QUARTERS = 8
"""How many earlier quarters a revision offers to choose from."""


def add_rules(
    page: Worksheet, sheet: c.Sheet, own: Sequence[Mapping[str, EntryRule]], usual: Mapping[str, EntryRule]
) -> None:
    """Messages, lists and checks of the entry cells: of each row its `own`, else the `usual` ones, by heading."""
    for heading in sheet.headings:
        row = HEADINGS_AT + 1
        for rule, alike in groupby(rules.get(heading, usual.get(heading)) for rules in own):
            count = len(list(alike))
            if rule:
                add_rule(page, sheet, heading, row, row + count - 1, rule)
            row += count


def add_rule(page: Worksheet, sheet: c.Sheet, heading: str, first: int, last: int, rule: EntryRule) -> None:
    """One entry rule for the rows `first` to `last`, counted from 0."""
    column = sheet.headings.index(heading)
    if last >= first:
        page.data_validation(first, column, last, column, dict(rule))


def rules_of_measure(row: MeasureRow, like: Examples) -> Mapping[str, EntryRule]:
    """The check of a figure, with its unit; a measure with parts has no figure of its own."""
    not_due = row.rated.why if row.rated and row.rated.rating is Rating.NOT_DUE else ""
    return {} if row.item.has_parts else {c.PERFORMANCE: performance(row.item, like, not_due)}


def rules_of_key_action(row: KeyActionRow, rated_by_you: Collection[str]) -> Mapping[str, EntryRule]:
    """What holds for a key action that its officer rates."""
    return {c.OWN_RATING: RATED_BY_YOU, c.REASON_OWN: REASON_OF_YOURS} if row.item.key in rated_by_you else {}


def add_planned_rules(pages: Mapping[c.Sheet, Worksheet], quarter: Quarter, keys: int, measure_keys: int) -> None:
    """The lists that depend on this return: its keys, and the quarters before this one."""
    quarters = [str(quarter.plus(-back)) for back in range(1, EARLIER_QUARTERS + 1)]
    when = a_choice(c.QUARTER, "The quarter whose figure changes.", quarters, strict=False)
    when["error_message"] = "This is not one of the last two years' quarters. Is it the right one?"
    add_rule(pages[R.REVISIONS], R.REVISIONS, c.QUARTER, HEADINGS_AT + 1, HEADINGS_AT + REVISION_ROWS, when)
    for sheet, column, rows, count in (
        (R.NEXT, "D", NEXT_ROWS, keys),
        (R.REVISIONS, "E", REVISION_ROWS, measure_keys),
    ):
        if count:
            source = f"'{R.ABOUT.name}'!${column}$2:${column}${count + 1}"
            add_rule(pages[sheet], sheet, c.KEY, HEADINGS_AT + 1, HEADINGS_AT + rows, a_key(source))
