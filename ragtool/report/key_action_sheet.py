"""The Key actions sheet: a row a milestone, and what belongs to the key action on its first row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks.palette import Properties
from ragtool.looks.style import STRONG_LINE, Style
from ragtool.model import MilestoneStatus
from ragtool.plan.due_milestones import DueMilestone
from ragtool.quarter.items import RatedItem, ReturnedMilestone
from ragtool.report.report_table import Layout, places_of, write_report_table
from ragtool.report.sheet_rows import ShownRow, key_action_row, next_by_key
from ragtool.results.results import LastMilestone, Results
from ragtool.results.revisions import status_word

WIDTHS = {
    c.THEME: 9.5,
    c.OUTCOME: 13.5,
    c.PORTFOLIO_LEADS: 11.5,
    c.OFFICER_LEADS: 13,
    c.KEY_ACTION: 17,
    c.RAG: 6,
    c.KEY: 8,
    c.DIRECTION: 10,
    c.MILESTONE_DUE: 27,
    c.STATUS: 10,
    c.RESOLUTION: 20,
    c.HIGHLIGHT: 15,
    c.NEXT_MILESTONES: 15,
    c.ACTION_PLAN: 7,
    c.BUSINESS_PLAN: 8,
    c.WHY: 20,
    c.RULE_RAG: 6,
    c.MARK: 9,
}
"""The widest each column may be, in characters: what is printed has to stay readable on A4."""
ABOUT = "A row a milestone that counts this quarter."
SCREEN_ONLY = 2
"""Rule RAG and Mark are for filters; in print, Why says what they say."""


def write_key_actions(sheet: Worksheet, style: Style, results: Results, links: Mapping[str, str]) -> dict[str, str]:
    """Writes the sheet, its keys linked to where `links` says; gives where each key stands."""
    status_look = {c.STATUS: lambda row: {"bold": is_behind(row)}}
    rows, layout = detail_rows(results), Layout(WIDTHS, 7, SCREEN_ONLY, group_look, status_look, links, ABOUT)
    return places_of(sheet, rows, layout, write_report_table(sheet, style, results, rows, layout))


def detail_rows(results: Results) -> list[dict[str, Any]]:
    """The sheet's rows, each with the columns that have something to say in it."""
    rows: list[dict[str, Any]] = []
    milestones, coming = counted_milestones(results.milestones), next_by_key(results)
    for action in results.key_actions:
        mine = milestones.get(action.item.key, [])
        first, *later = [milestone_columns(step) for step in mine] or [{}]
        row = key_action_row(action, results, coming)
        rows.append({**row, **first, c.RESOLUTION: resolutions(action, mine[:1])})
        rows.extend(later)
    return rows


def milestone_columns(step: ReturnedMilestone) -> dict[str, Any]:
    """A milestone as it stands in its key action's rows."""
    return {
        c.MILESTONE_DUE: milestone_text(step.milestone),
        c.STATUS: status_word(step.status),
        c.RESOLUTION: step.entry.resolution,
    }


def resolutions(item: RatedItem, milestones: Iterable[ReturnedMilestone]) -> str | None:
    """What is proposed for an item and for these of its milestones, each once, a line each."""
    texts = (item.entry.resolution, *(step.entry.resolution for step in milestones))
    return "\n".join(dict.fromkeys(text for text in texts if text)) or None


def counted_milestones(milestones: Iterable[ReturnedMilestone]) -> dict[str, list[ReturnedMilestone]]:
    """Each key action's counted milestones."""
    by_key: dict[str, list[ReturnedMilestone]] = {}
    for step in milestones:
        if step.milestone.counts:
            by_key.setdefault(step.milestone.key, []).append(step)
    return by_key


def milestone_text(milestone: DueMilestone | LastMilestone) -> str:
    """`3. Budget consulted on (carried from 2013/14 Q1)`."""
    text = ". ".join(part for part in (milestone.no, milestone.text) if part)
    carried = milestone.carried_from if isinstance(milestone, DueMilestone) else None
    return f"{text} (carried from {carried})" if carried else text


def is_behind(row: ShownRow) -> bool:
    """Whether a row's milestone is one that the reader should see first."""
    return bool(row.get(c.STATUS)) and row[c.STATUS] != MilestoneStatus.COMPLETE


def group_look(row: ShownRow) -> Properties:
    """A strong line above each key action."""
    return {"top": 1, "top_color": STRONG_LINE} if row.get(c.KEY) else {}
