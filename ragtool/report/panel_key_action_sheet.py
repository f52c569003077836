"""A panel's Key action summary: one row a key action, with last and this quarter's milestones side by side."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.columns import PanelSheets
from ragtool.looks.style import Style
from ragtool.plan.due_milestones import DueMilestone, MilestoneState
from ragtool.report.key_action_sheet import SCREEN_ONLY, counted_milestones, milestone_text, resolutions
from ragtool.report.report_table import Layout, places_of, write_report_table
from ragtool.report.sheet_rows import key_action_row, next_by_key
from ragtool.results.results import LastMilestone, Results
from ragtool.results.revisions import status_word

PANEL_WIDTHS = (14, 8, 24, 9, 9, 38, 38, 6, 11, 30, 30)
WIDTHS = dict(zip(PanelSheets.KEY_ACTIONS.headings, PANEL_WIDTHS, strict=True)) | {c.RULE_RAG: 6, c.MARK: 9}

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
    rows = []
    for action in results.key_actions:
        key, mine = action.item.key, counted.get(action.item.key, [])
        lines = [milestone_line(step.milestone, status_word(step.status)) for step in mine]
        rows.append(
            {
                **key_action_row(action, results, coming),
                c.PANEL: results.panel,
                c.MILESTONES_LAST_QUARTER: "\n".join(last.get(key, ())) or None,
                c.MILESTONES_THIS_QUARTER: "\n".join(lines) or None,
                c.RESOLUTION: resolutions(action, mine),
            }
        )
    layout = Layout(WIDTHS, 2, SCREEN_ONLY, links=links, about=ABOUT)
    return places_of(sheet, rows, layout, write_report_table(sheet, style, results, rows, layout))


def milestone_line(milestone: DueMilestone | LastMilestone, status: str) -> str:
    """A milestone in a line: `1. Budget set: Complete`."""
    return f"{milestone_text(milestone)}: {status}" if status else milestone_text(milestone)
