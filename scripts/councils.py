"""Made-up councils of any size: a plan of so many service areas, and their returns filled and signed.

Made by ragtool's own writers, so that plan, returns and program can't drift; no spreadsheet program is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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

Row = Mapping[str, object]


@dataclass(frozen=True)
class Council:
    """How large a council is: its service areas, and what each of them answers for.

    In one return of every `query_in_one_of` something is missing, so that it has a query.
    """

    areas: int
    actions: int = 12
    milestones: int = 4
    measures: int = 10
    query_in_one_of: int = 1
    panels: int = 5
    quarter: Quarter = Q2

    def plan(self) -> dict[str, list[Row]]:
        """The rows of its plan, by sheet."""
        numbers = range(self.areas)
        settings = {"Organisation": "Anytown Council", "First quarter": str(self.quarter)}
        return {
            S.SETTINGS.name: [{c.SETTING: name, c.VALUE: value} for name, value in settings.items()],
            S.OUTCOMES.name: [
                {c.THEME: f"Theme {n % 4}", c.OUTCOME_NO: str(n // 4 + 1), c.OUTCOME: f"Outcome {n} is reached"}
                for n in range(16)
            ],
            S.SERVICE_AREAS.name: [
                {c.SERVICE_AREA: area_name(n), c.HEAD_OF_SERVICE: f"Head of {n}", c.EMAIL: f"head{n}@anytown.example"}
                for n in numbers
            ],
            S.KEY_ACTIONS.name: [
                self.item(n, n + m) | {c.KEY: f"K{n}.{m}", c.KEY_ACTION: f"Renew what is due in area {n}, step {m}"}
                for n in numbers
                for m in range(self.actions)
            ],
            S.MILESTONES.name: [
                {c.KEY: f"K{n}.{m}", c.NO: no, c.MILESTONE: f"Step {no} of K{n}.{m} taken", c.DUE: str(self.quarter)}
                for n in numbers
                for m in range(self.actions)
                for no in range(1, self.milestones + 1)
            ],
            S.MEASURES.name: [
                self.item(n, n + m) | self.aim(m) | {c.KEY: f"P{n}.{m}", c.MEASURE: f"Share of {m} in area {n}"}
                for n in numbers
                for m in range(self.measures)
            ],
            S.PANELS.name: [{c.PANEL: f"Panel {n}", c.REMIT: f"Remit {n}"} for n in range(self.panels)],
        }

    def item(self, area: int, place: int) -> dict[str, object]:
        """What every item of a service area has."""
        return {
            c.THEME: f"Theme {place % 4}",
            c.OUTCOME_NO: str(place // 4 % 4 + 1),
            c.OFFICER_LEAD: f"Officer {place % 7}",
            c.SERVICE_AREA: area_name(area),
            c.PANEL: f"Panel {area % self.panels}",
        }

    def aim(self, measure: int) -> dict[str, object]:
        """What a measure is held against: every other one in per cent, every third better when lower."""
        higher, percent = measure % 3 != 2, measure % 2
        return {
            c.BETTER_WHEN: "Higher" if higher else "Lower",
            c.UNIT: "%" if percent else "cases",
            c.TARGET_QUARTERS[self.quarter.number - 1]: "80%" if percent else 100,
        }

    def entries(self, area: int) -> Entries:
        """What a service area's officers enter: milestones, figures of which some miss, a proposal, the sign-off."""
        forgets = area % self.query_in_one_of == 0
        return {
            R.MILESTONES.name: [
                {c.KEY: f"K{area}.{m}", c.NO: str(no), c.STATUS: "Complete", c.QUALITY_CONCERN: "No"}
                for m in range(self.actions)
                for no in range(1, self.milestones + 1)
            ],
            R.MEASURES.name: [
                {
                    c.KEY: f"P{area}.{m}",
                    **self.figure(area, m),
                    c.RESOLUTION: None if forgets else "More is done about it.",
                }
                for m in range(self.measures)
            ],
            R.NEXT.name: [
                {c.KEY: f"K{area}.0", c.MILESTONE: f"Next step of area {area}", c.DUE: str(self.quarter.plus(1))}
            ],
            R.SIGN_OFF.name: [
                {c.FIELD: field, c.ENTRY: "Head of service"}
                for field in (c.SignOff.COMPLETED_BY, c.SignOff.SIGNED_OFF_BY)
            ],
        }

    def figure(self, area: int, measure: int) -> Row:
        """A measure's figure: every fifth misses its target."""
        percent, lower, misses = measure % 2, measure % 3 == 2, measure % 5 == 0
        if percent:
            figure = 0.7 if lower else 0.81 + area % 9 / 100
        elif lower:
            figure = 95 - area % 40
        else:
            figure = 90 + area % 7 if misses else 101 + area % 40
        return {c.PERFORMANCE: figure, c.PERIOD: str(self.quarter), c.DATA_STATUS: "Final"}


def area_name(number: int) -> str:
    """What a service area is called."""
    return f"Area {number}"


def make_council(folder: Path, council: Council) -> Path:
    """A quarter folder with the council's plan and its filled returns."""
    make_plan(folder, council)
    plan, _ = read_plan(folder / PLAN)
    counted = [step for step in plan_milestones(plan, council.quarter).shown if step.counts]
    items = items_by_area(plan, council.quarter, counted)
    for number, (area, path) in enumerate(return_paths(folder / RETURNS, plan.areas, council.quarter)):
        entries = council.entries(number)
        put(path, partial(write_return, plan=plan, quarter=council.quarter, items=items[area], entries=entries))
    return folder


def make_plan(folder: Path, council: Council) -> Path:
    """A quarter folder with the council's plan alone."""
    folder.mkdir(parents=True)
    write_plan(folder / PLAN, council.plan())
    return folder
