"""A panel's Key action summary: one row a key action, with last and this quarter's milestones side by side."""

from __future__ import annotations

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.columns import PanelSheets
from ragtool.frames import records
from ragtool.looks.style import Style
from ragtool.report.key_actions import SCREEN_ONLY, counted_milestones, milestone_text, resolutions
from ragtool.report.table import Layout, write_table
from ragtool.results.results import NOT_COUNTED, Results

PANEL_WIDTHS = (14, 8, 24, 9, 9, 38, 38, 6, 11, 30, 30)
WIDTHS = dict(zip(PanelSheets.KEY_ACTIONS.headings, PANEL_WIDTHS, strict=True)) | {c.RULE_RAG: 6, c.MARK: 9}


def write_panel_key_actions(sheet: Worksheet, style: Style, results: Results, panel: str) -> None:
    """Writes the sheet."""
    last, this = milestone_lines(results.milestones_last_quarter), milestone_lines(results.milestones)
    counted = counted_milestones(results.milestones)
    rows = [
        action
        | {c.PANEL: panel}
        | {c.MILESTONES_LAST_QUARTER: last.get(action[c.KEY]), c.MILESTONES_THIS_QUARTER: this.get(action[c.KEY])}
        | {c.RESOLUTION: resolutions(action, counted.get(action[c.KEY], []))}
        for action in records(results.key_actions)
    ]
    write_table(sheet, style, results, rows, Layout(WIDTHS, 2, SCREEN_ONLY))


def milestone_lines(milestones: pd.DataFrame) -> dict[str, str]:
    """Each key action's milestones in one text, a line each: `1. Budget set: Complete`."""
    lines: dict[str, str] = {}
    for row in records(milestones):
        status = str(row[c.STATUS] or "")
        if not status.startswith(NOT_COUNTED):
            line = milestone_text(row) + (f": {status}" if status else "")
            lines[row[c.KEY]] = f"{lines[row[c.KEY]]}\n{line}" if row[c.KEY] in lines else line
    return lines
