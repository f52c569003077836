"""The Key actions sheet: a row a milestone, and what belongs to the key action on each of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import printing
from ragtool.looks.style import Style
from ragtool.model import MilestoneStatus
from ragtool.plan.due_milestones import DueMilestone
from ragtool.quarter.items import RatedKeyAction, ReturnedMilestone
from ragtool.report.grouped_rows import GROUP, group_look, grouped, in_plan_order, repeats_outcome, theme_look
from ragtool.report.report_table import places_of, write_report_table
from ragtool.report.sheet_rows import ShownRow, key_action_row, next_by_key
from ragtool.report.table_layout import Layout
from ragtool.results.key_action_texts import progress_word
from ragtool.results.red_items import counted_milestones, resolutions
from ragtool.results.results import LastMilestone, Results

WIDTHS = {
    c.THEME: 9.5,
    c.OUTCOME: 16,
    c.KEY: 8,
    c.KEY_ACTION: 22,
    c.RAG: 6,
    c.WHY: 22,
    c.DIRECTION: 12,
    c.MILESTONE_DUE: 27,
    c.STATUS: 9,
    c.RESOLUTION: 20,
    c.HIGHLIGHT: 15,
    c.NEXT_MILESTONES: 24,
    c.FORECAST: 7,
    c.OFFICER_LEADS: 12,
    c.PORTFOLIO_LEADS: 10,
    c.ACTION_PLAN: 7,
    c.BUSINESS_PLAN: 8,
    c.RULE_RAG: 6,
    c.MARK: 9,
}
"""The widest each column may be, in characters: the first five stay in view, and what is printed fits on A4."""
IN_VIEW = 5
OWN_COLUMNS = (c.MILESTONE_DUE, c.STATUS, c.RESOLUTION)
"""What a milestone has of its own; all else belongs to its key action."""
ABOUT = (
    "A row a milestone that counts this quarter. What belongs to its key action stands on each of its rows, in grey "
    "after the first, so that any filter shows whose it is."
)
SCREEN_ONLY = 2
"""Rule RAG and Mark are for filters; in print, Why says what they say."""
NOT_PRINTED = SCREEN_ONLY + 2
"""Nor are the answers on plans: the panels' reports print them."""


def write_key_actions(sheet: Worksheet, style: Style, results: Results, links: Mapping[str, str]) -> dict[str, str]:
    """Writes the sheet, its keys linked to where `links` says; gives where each key stands."""
    looks = {c.STATUS: lambda row: {"bold": is_behind(row)}, c.THEME: theme_look}
    layout = Layout(
        *(WIDTHS, IN_VIEW, NOT_PRINTED, group_look, looks, links, repeats_key_action, ABOUT),
        least_points=printing.SMALLEST_POINTS,
        hidden=unasked(results),
    )
    rows = detail_rows(results)
    return places_of(sheet, rows, layout, write_report_table(sheet, style, results, rows, layout))


def unasked(results: Results) -> tuple[str, ...]:
    """The columns that this plan has nothing for, by their headings."""
    return () if results.settings.ask_for_a_forecast else (c.FORECAST,)


def detail_rows(results: Results) -> list[dict[str, Any]]:
    """The sheet's rows: what belongs to a key action on each of its milestones'."""
    milestones, coming = counted_milestones(results.milestones), next_by_key(results)
    by_action = []
    for action in in_plan_order(results.key_actions, results):
        row, mine = key_action_row(action, results, coming), milestones.get(action.item.key, [])
        first, *later = [{**row, **milestone_columns(step, action)} for step in mine] or [row]
        first = first | {c.RESOLUTION: resolutions(action, mine[:1])}
        by_action.append((action, [first, *(with_own_resolution(each, action) for each in later)]))
    return grouped(by_action, results)


def with_own_resolution(row: dict[str, Any], action: RatedKeyAction) -> dict[str, Any]:
    """A later row with its key action's resolution where its milestone has none."""
    own = action.entry.resolution
    return row if row[c.RESOLUTION] or not own else row | {c.RESOLUTION: own, OF_KEY_ACTION: True}


OF_KEY_ACTION = "of the key action"
"""Under this, which is no heading, a row says that its resolution isn't its milestone's."""


def repeats_key_action(row: ShownRow, heading: str) -> bool:
    """Whether what a row has under a heading stands on its key action's first row, or its outcome's."""
    if row[GROUP].begins_item:
        return repeats_outcome(row, heading)
    return heading not in OWN_COLUMNS or (heading == c.RESOLUTION and OF_KEY_ACTION in row)


def milestone_columns(step: ReturnedMilestone, action: RatedKeyAction) -> dict[str, Any]:
    """A milestone as it stands in its key action's rows."""
    return {
        c.MILESTONE_DUE: milestone_text(step.milestone),
        c.STATUS: progress_word(step, action),
        c.RESOLUTION: step.entry.resolution,
    }


def milestone_text(milestone: DueMilestone | LastMilestone) -> str:
    """`3. Budget consulted on (carried from 2013/14 Q1)`."""
    text = ". ".join(part for part in (milestone.no, milestone.text) if part)
    comes_from = milestone.comes_from if isinstance(milestone, DueMilestone) else ""
    return f"{text} ({comes_from})" if comes_from else text


def is_behind(row: ShownRow) -> bool:
    """Whether a row's milestone is one that the reader should see first."""
    return bool(row.get(c.STATUS)) and row[c.STATUS] != MilestoneStatus.COMPLETE
