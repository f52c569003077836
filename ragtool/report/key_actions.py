"""The Key actions sheet: a row a milestone, and what belongs to the key action on its first row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.frames import records
from ragtool.looks.style import STRONG_LINE, Properties, Style
from ragtool.model import MilestoneStatus
from ragtool.report.table import Layout, Row, write_table
from ragtool.results.results import NOT_COUNTED, Results

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
SCREEN_ONLY = 2
"""Rule RAG and Mark are for filters; in print, Why says what they say."""


def write_key_actions(sheet: Worksheet, style: Style, results: Results) -> None:
    """Writes the sheet."""
    status_look = {c.STATUS: lambda row: {"bold": is_behind(row)}}
    write_table(
        sheet, style, results, key_action_rows(results), Layout(WIDTHS, 7, SCREEN_ONLY, group_look, status_look)
    )


def key_action_rows(results: Results) -> list[dict[Any, Any]]:
    """The sheet's rows, each with the columns that have something to say in it."""
    rows: list[dict[Any, Any]] = []
    milestones = counted_milestones(results.milestones)
    for action in records(results.key_actions):
        first, *later = milestones.get(action[c.KEY], []) or [{}]
        rows.append(action | first | {c.RESOLUTION: resolutions(action, [first])})
        rows.extend(later)
    return rows


def resolutions(action: Row, milestones: Sequence[Row]) -> str | None:
    """What is proposed for a key action and for these of its milestones, each once, a line each."""
    texts = (row.get(c.RESOLUTION) for row in (action, *milestones))
    return "\n".join(dict.fromkeys(text for text in texts if text)) or None


def counted_milestones(milestones: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Each key action's counted milestones, as they stand in its rows."""
    by_key: dict[str, list[dict[str, Any]]] = {}
    for row in records(milestones):
        status = str(row[c.STATUS] or "")
        if not status.startswith(NOT_COUNTED):
            shown = {c.MILESTONE_DUE: milestone_text(row), c.STATUS: status, c.RESOLUTION: row[c.RESOLUTION]}
            by_key.setdefault(row[c.KEY], []).append(shown)
    return by_key


def milestone_text(row: Row) -> str:
    """`3. Budget consulted on (carried from 2013/14 Q1)`."""
    text = ". ".join(str(part) for part in (row[c.NO], row[c.MILESTONE]) if part is not None)
    carried = row.get(c.CARRIED_FROM)
    return f"{text} (carried from {carried})" if carried else text


def is_behind(row: Row) -> bool:
    """Whether a row's milestone is one that the reader should see first."""
    return bool(row.get(c.STATUS)) and row[c.STATUS] != MilestoneStatus.COMPLETE


def group_look(row: Row) -> Properties:
    """A strong line above each key action."""
    return {"top": 1, "top_color": STRONG_LINE} if row.get(c.KEY) else {}
