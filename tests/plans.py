"""Plans for tests: written by the shipped plan writer and read by the plan reader, so that neither can drift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ragtool import columns as c
from ragtool.plan.growing_lists import ABOVE
from ragtool.plan.plan import Plan
from ragtool.plan.plan_reading import read_plan
from ragtool.plan.plan_workbook import write_plan

AREA = "Highways"
OTHER_AREA = "Finance"
ITEM = {c.THEME: "Caring", c.OUTCOME_NO: "1", c.SERVICE_AREA: AREA}
AREAS = ({c.SERVICE_AREA: AREA, c.HEAD_OF_SERVICE: "Head of Highways"}, {c.SERVICE_AREA: OTHER_AREA})
S = c.PlanSheets

HEADING_ROW = ABOVE + 1
FIRST_ROW = HEADING_ROW + 1
"""Rows of every sheet of a plan as it is written; above the headings stands its title."""

Rows = Sequence[Mapping[str, object]]


def plan_of(
    folder: Path,
    settings: Mapping[str, object] | None = None,
    key_actions: Rows = (),
    milestones: Rows = (),
    measures: Rows = (),
    history: Rows = (),
    overrides: Rows = (),
    panels: Rows = (),
    areas: Rows = AREAS,
) -> Plan:
    """A plan of the rows given, with two service areas; what a row leaves out of theme, outcome and area is usual."""
    given = {"Organisation": "Anytown Council", "First quarter": "2013/14 Q1"} | dict(settings or {})
    sheets: dict[str, Rows] = {
        S.SETTINGS.name: [{c.SETTING: name, c.VALUE: value} for name, value in given.items()],
        S.OUTCOMES.name: [{c.THEME: "Caring", c.OUTCOME_NO: "1", c.OUTCOME: "People are safe"}],
        S.SERVICE_AREAS.name: areas,
        S.KEY_ACTIONS.name: [ITEM | {c.KEY_ACTION: f"Action {row[c.KEY]}"} | dict(row) for row in key_actions],
        S.MILESTONES.name: [{c.MILESTONE: f"Step {row[c.NO]}"} | dict(row) for row in milestones],
        S.MEASURES.name: [
            dict(row) if row.get(c.PART) else ITEM | {c.MEASURE: f"Measure {row[c.KEY]}"} | dict(row)
            for row in measures
        ],
        S.PANELS.name: panels,
        S.EARLIER.name: history,
        S.OVERRIDES.name: overrides,
    }
    path = folder / "corporate_plan.xlsx"
    write_plan(path, sheets)
    plan, _ = read_plan(path)
    return plan


def heading_of(page: Any, heading: str) -> Any:
    """The cell of a sheet of a plan, as openpyxl reads it, that holds a heading."""
    return next(cell for cell in page[HEADING_ROW] if cell.value == heading)
