"""A panel's Key action summary: one row a key action, with last and this quarter's milestones side by side."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import printing
from ragtool.looks.style import Style
from ragtool.plan.due_milestones import DueMilestone, MilestoneState
from ragtool.report.grouped_rows import group_look, grouped, in_plan_order, repeats_outcome, theme_look
from ragtool.report.key_action_sheet import milestone_text, unasked
from ragtool.report.report_table import places_of, write_report_table
from ragtool.report.sheet_rows import key_action_row, next_by_key
from ragtool.report.table_layout import Layout
from ragtool.results.key_action_texts import progress_word
from ragtool.results.red_items import counted_milestones, resolutions
from ragtool.results.results import LastMilestone, Results

PRINTED = {
    c.THEME: 10,
    c.OUTCOME: 14,
    c.KEY: 7,
    c.KEY_ACTION: 18,
    c.RAG: 6,
    c.FORECAST: 7,
    c.WHY: 17,
    c.DIRECTION: 12,
    c.MILESTONES_LAST_QUARTER: 26,
    c.MILESTONES_THIS_QUARTER: 26,
    c.RESOLUTION: 19,
    c.ACTION_PLAN: 8,
    c.BUSINESS_PLAN: 9,
}
"""The widest each column may be, in characters: all that is printed fits on A4."""
ON_SCREEN = {c.PANEL: 14, c.RULE_RAG: 6, c.MARK: 9}
WIDTHS = PRINTED | ON_SCREEN
IN_VIEW = 4

ABOUT = "Last and this quarter's milestones of each key action side by side."


def write_panel_key_actions(
    sheet: Worksheet, style: Style, results: Results, links: Mapping[str, str]
) -> dict[str, str]:
    """Writes the sheet, its keys linked to where `links` says; gives where each key stands."""
    counted, coming = counted_milestones(results.milestones), next_by_key(results)
    last: dict[str, list[str]] = {}
    for step in results.milestones_last_quarter:
        if not isinstance(step.status, MilestoneState):
            last.setdefault(step.key, []).append(milestone_line(step, step.status or ""))
    by_action = []
    for action in in_plan_order(results.key_actions, results):
        key, mine = action.item.key, counted.get(action.item.key, [])
        lines = [milestone_line(step.milestone, progress_word(step, action)) for step in mine]
        row = {
            **key_action_row(action, results, coming),
            c.PANEL: results.panel,
            c.MILESTONES_LAST_QUARTER: "\n".join(last.get(key, ())) or None,
            c.MILESTONES_THIS_QUARTER: "\n".join(lines) or None,
            c.RESOLUTION: resolutions(action, mine),
        }
        by_action.append((action, [row]))
    rows = grouped(by_action, results)
    layout = Layout(
        *(WIDTHS, IN_VIEW, len(ON_SCREEN), group_look, {c.THEME: theme_look}, links, repeats_outcome),
        about=ABOUT,
        least_points=printing.LEAST_POINTS,
        hidden=unasked(results),
    )
    return places_of(sheet, rows, layout, write_report_table(sheet, style, results, rows, layout))


def milestone_line(milestone: DueMilestone | LastMilestone, status: str) -> str:
    """A milestone in a line: `1. Budget set: Complete`."""
    return f"{milestone_text(milestone)}: {status}" if status else milestone_text(milestone)
