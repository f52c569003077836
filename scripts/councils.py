"""Made-up councils of any size: python scripts/councils.py FOLDER --areas 60

A plan of so many service areas, their returns filled and signed, and where asked for the reports of earlier quarters.
Made by ragtool itself, so that plan, returns and program can't drift; no spreadsheet program is needed.
"""

from __future__ import annotations

import argparse
import io
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from ragtool import columns as c
from ragtool.commands.consolidate import consolidate
from ragtool.commands.folder import PLAN, PREVIOUS, RETURNS
from ragtool.commands.templates import return_paths
from ragtool.history.earlier import Earlier
from ragtool.plan.plan import Plan
from ragtool.plan.plan_reading import read_plan
from ragtool.plan.plan_workbook import write_plan
from ragtool.quarter.carrying import plan_milestones
from ragtool.quarters import Quarter
from ragtool.returns.template.area_items import AreaItems, items_by_area
from ragtool.returns.template.prefill import last_figures_of_items, prefill_of_items
from ragtool.returns.template.return_rows import Entries, measure_rows
from ragtool.returns.template.template import write_return
from ragtool.workbooks.outputs import put

S = c.PlanSheets
R = c.ReturnSheets
Q2 = Quarter(2013, 2)

Row = Mapping[str, object]

ALIKE = 20
"""After so many service areas all comes round again, but the number that stands in their names, keys and texts."""

STAND_IN = 7_654_320
"""The number of the first service area whose return others are made from: it stands nowhere else in a return."""


@dataclass(frozen=True)
class Council:
    """How large a council is: its service areas, and what each of them answers for.

    In one return of every `query_in_one_of`, which divides ALIKE, something is missing, so that it has a query.
    `history` quarters before `quarter` were reported. `first` is the number of its first service area.
    """

    areas: int
    actions: int = 12
    milestones: int = 4
    measures: int = 10
    query_in_one_of: int = 1
    panels: int = 5
    quarter: Quarter = Q2
    history: int = 0
    first: int = 0

    def before(self) -> Council:
        """The council in the quarter before."""
        return replace(self, quarter=self.quarter.plus(-1), history=self.history - 1)

    def plan(self) -> dict[str, list[Row]]:
        """The rows of its plan, by sheet."""
        numbers = range(self.first, self.first + self.areas)
        settings = {"Organisation": "Anytown Council", "First quarter": str(self.quarter.plus(-self.history))}
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
            c.OFFICER_LEAD: f"Officer {place % 5}",
            c.SERVICE_AREA: area_name(area),
            c.PANEL: f"Panel {area % self.panels}",
        }

    def aim(self, measure: int) -> dict[str, object]:
        """What a measure is held against: every other one in per cent, every third better when lower."""
        higher, percent = measure % 3 != 2, measure % 2
        return {
            c.BETTER_WHEN: "Higher" if higher else "Lower",
            c.UNIT: "%" if percent else "cases",
            **dict.fromkeys(c.TARGET_QUARTERS, "80%" if percent else 100),
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
        """A measure's figure, another each quarter: every fifth misses its target, but for those in per cent."""
        percent, lower, misses = measure % 2, measure % 3 == 2, measure % 5 == 0
        step = area + self.history
        if percent:
            figure = Decimal((70 if lower else 81) + step % 10) / 100
        elif lower:
            figure = Decimal(95 - step % ALIKE)
        else:
            figure = Decimal(90 + step % 5 if misses else 101 + step % ALIKE)
        return {c.PERFORMANCE: figure, c.PERIOD: str(self.quarter), c.DATA_STATUS: "Final"}


def area_name(number: int) -> str:
    """What a service area is called."""
    return f"Area {number}"


def make_council(folder: Path, council: Council) -> Path:
    """A quarter folder with the council's plan, its filled returns and, where it has a history, the last report."""
    make_plan(folder, council)
    if council.history:
        with TemporaryDirectory() as place:
            before = make_council(Path(place) / "before", council.before())
            shutil.copyfile(consolidate(before).report, folder / PREVIOUS)
    make_returns(folder, council)
    return folder


def make_plan(folder: Path, council: Council) -> Path:
    """A quarter folder with the council's plan alone."""
    folder.mkdir(parents=True)
    write_plan(folder / PLAN, council.plan())
    return folder


def make_returns(folder: Path, council: Council) -> None:
    """The filled returns of a quarter folder that has its plan: a few are written, the others are copies renumbered."""
    plan, _ = read_plan(folder / PLAN)
    examples = write_examples(replace(council, areas=min(council.areas, ALIKE), first=STAND_IN), plan)
    items = items_by_area(plan, council.quarter, plan_milestones(plan, council.quarter).shown)
    for number, (area, path) in enumerate(return_paths(folder / RETURNS, plan.areas, council.quarter), council.first):
        stand_in = STAND_IN + number % ALIKE
        example, told = examples[stand_in]
        own = told_of_changes(items[area], plan, council.quarter)
        put(path, partial(renumber, example, {str(stand_in): str(number), **dict(zip(told, own, strict=True))}))


def told_of_changes(items: AreaItems, plan: Plan, quarter: Quarter) -> tuple[str, str]:
    """What a return has to tell whether anybody changed what its template fills in, and the last figures."""
    measures = measure_rows(items, quarter, plan.settings, Earlier({}))
    return prefill_of_items(items, quarter), last_figures_of_items(measures)


def write_examples(council: Council, plan: Plan) -> dict[int, tuple[bytes, tuple[str, str]]]:
    """The return of each of the council's service areas by its number, as if it were made from `plan`, and what tells
    of that which its template fills in.
    """
    with TemporaryDirectory() as place:
        own, _ = read_plan(make_plan(Path(place) / "plan", council) / PLAN)
    counted = [step for step in plan_milestones(own, council.quarter).shown if step.counts]
    examples = {}
    for number, items in enumerate(items_by_area(own, council.quarter, counted).values(), council.first):
        written, shown = io.BytesIO(), replace(own, fingerprint=plan.fingerprint)
        write_return(written, shown, council.quarter, items, council.entries(number))
        examples[number] = written.getvalue(), told_of_changes(items, own, council.quarter)
    return examples


def renumber(example: bytes, texts: Mapping[str, str], target: BinaryIO) -> None:
    """Writes a copy of a return with another number in all its texts, and what tells of them."""
    with ZipFile(io.BytesIO(example)) as source, ZipFile(target, "w", ZIP_DEFLATED) as package:
        for part in source.infolist():
            content = source.read(part)
            for stand_in, own in texts.items():
                content = content.replace(stand_in.encode(), own.encode())
            package.writestr(part, content)


def main() -> None:
    """Makes the council that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the quarter folder to make")
    parser.add_argument("--areas", type=int, default=60, help="its service areas, a return each (default: 60)")
    parser.add_argument("--query-in-one-of", type=int, default=10, help="so many returns one has a query (default: 10)")
    parser.add_argument("--history", type=int, default=0, help="quarters that were reported before (default: none)")
    asked = parser.parse_args()
    make_council(asked.folder, Council(asked.areas, query_in_one_of=asked.query_in_one_of, history=asked.history))


if __name__ == "__main__":
    main()
