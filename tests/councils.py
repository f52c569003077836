"""Councils of any size for tests that count: a plan of so many service areas, and their returns filled and signed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from ragtool import columns as c
from ragtool.commands.folder import PLAN, RETURNS
from ragtool.commands.templates import return_paths
from ragtool.plan.plan_reading import read_plan
from ragtool.plan.plan_workbook import write_plan
from ragtool.quarter.carrying import plan_milestones
from ragtool.quarters import Quarter
from ragtool.returns.template.area_items import items_by_area
from ragtool.returns.template.return_rows import Entries
from ragtool.returns.template.template import write_return
from ragtool.workbooks.whole_files import put

S = c.PlanSheets
R = c.ReturnSheets
Q2 = Quarter(2013, 2)
PANELS, ACTIONS, MILESTONES, MEASURES = 5, 3, 2, 4

Row = Mapping[str, object]


def make_council(folder: Path, areas: int) -> Path:
    """A quarter folder of a council with so many service areas, every return filled; every third figure misses."""
    folder.mkdir(parents=True)
    write_plan(folder / PLAN, plan_of(areas))
    plan, _ = read_plan(folder / PLAN)
    items = items_by_area(plan, Q2, [step for step in plan_milestones(plan, Q2).shown if step.counts])
    for area, path in return_paths(folder / RETURNS, plan.areas, Q2):
        put(path, partial(write_return, plan=plan, quarter=Q2, items=items[area], entries=entries_of(area)))
    return folder


def number_of(area: str) -> int:
    return int(area.removeprefix("Area "))


def plan_of(areas: int) -> dict[str, list[Row]]:
    """The rows of a plan with so many service areas, each with the same number of items."""
    names = [f"Area {number}" for number in range(areas)]
    settings = {"Organisation": "Anytown Council", "First quarter": "2013/14 Q2"}
    own = {name: {c.THEME: "Caring", c.OUTCOME_NO: "1", c.SERVICE_AREA: name} for name in names}
    aim = {c.BETTER_WHEN: "Higher", "Target Q2": 100}
    panel = {name: {c.PANEL: f"Panel {number % PANELS}"} for number, name in enumerate(names)}
    actions = {name: [f"K{number}.{n}" for n in range(ACTIONS)] for number, name in enumerate(names)}
    measures = {name: [f"P{number}.{n}" for n in range(MEASURES)] for number, name in enumerate(names)}
    return {
        S.SETTINGS.name: [{c.SETTING: name, c.VALUE: value} for name, value in settings.items()],
        S.OUTCOMES.name: [{c.THEME: "Caring", c.OUTCOME_NO: "1", c.OUTCOME: "People are safe"}],
        S.SERVICE_AREAS.name: [{c.SERVICE_AREA: name} for name in names],
        S.KEY_ACTIONS.name: [
            own[name] | panel[name] | {c.KEY: key, c.KEY_ACTION: f"Action {key}"}
            for name in names
            for key in actions[name]
        ],
        S.MILESTONES.name: [
            {c.KEY: key, c.NO: no, c.MILESTONE: f"Step {key} {no}", c.DUE: "2013/14 Q2"}
            for name in names
            for key in actions[name]
            for no in range(1, MILESTONES + 1)
        ],
        S.MEASURES.name: [
            own[name] | panel[name] | aim | {c.KEY: key, c.MEASURE: f"Measure {key}"}
            for name in names
            for key in measures[name]
        ],
        S.PANELS.name: [{c.PANEL: f"Panel {number}"} for number in range(min(PANELS, areas))],
    }


def entries_of(area: str) -> Entries:
    """What a service area's officers enter: milestones complete, figures on target but for every third, a proposal."""
    number = number_of(area)
    return {
        R.MILESTONES.name: [
            {
                c.KEY: f"K{number}.{n}",
                c.NO: str(no),
                c.CARRIED_FROM: None,
                c.STATUS: "Complete",
                c.QUALITY_CONCERN: "No",
            }
            for n in range(ACTIONS)
            for no in range(1, MILESTONES + 1)
        ],
        R.MEASURES.name: [
            {c.KEY: f"P{number}.{n}", c.PART: None, c.PERFORMANCE: 100 - 10 * (n % 3 == 0), c.DATA_STATUS: "Final"}
            for n in range(MEASURES)
        ],
        R.NEXT.name: [{c.KEY: f"K{number}.0", c.MILESTONE: f"Next step of {area}", c.DUE: "2013/14 Q3"}],
        R.SIGN_OFF.name: [
            {c.FIELD: field, c.ENTRY: "Head of service"} for field in (c.SignOff.COMPLETED_BY, c.SignOff.SIGNED_OFF_BY)
        ],
    }
