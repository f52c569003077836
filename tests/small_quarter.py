"""A quarter of three small service areas, filled and signed; one return is then made messy, and the rest must stay."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from officers import at_work, complete_all, fill, heading_row, sign
from ragtool import columns as c
from ragtool.cli import run
from ragtool.commands.check import check
from ragtool.plan.plan_workbook import write_plan
from runs import Ran, RanCheck, assert_reconciled, counts_found
from typed_cells import can_be_typed, typed_into

HIGHWAYS, FINANCE, CHILDREN = "Highways", "Finance", "Children’s Services"
AREAS = {HIGHWAYS: "h@anytown.example", FINANCE: "f@anytown.example", CHILDREN: "c@anytown.example"}
ITEM = {c.THEME: "Caring", c.OUTCOME_NO: 1, c.SERVICE_AREA: HIGHWAYS}
HIGHER = {c.BETTER_WHEN: "Higher", c.BASIS: "Quarter"}

PLAN: dict[str, list[dict[str, Any]]] = {
    "Settings": [
        {c.SETTING: "Organisation", c.VALUE: "Anytown Council"},
        {c.SETTING: "First quarter", c.VALUE: "2013/14 Q2"},
        {c.SETTING: "Return deadline", c.VALUE: "11 October 2013"},
    ],
    "Outcomes": [{c.THEME: "Caring", c.OUTCOME_NO: 1, c.OUTCOME: "People are safe"}],
    "Service areas": [
        {c.SERVICE_AREA: area, c.HEAD_OF_SERVICE: f"Head of {area}", c.EMAIL: email} for area, email in AREAS.items()
    ],
    "Key actions": [
        ITEM | {c.KEY: key, c.KEY_ACTION: f"Action {key}", c.SERVICE_AREA: area, c.PANEL: "Safer"}
        for key, area in (("K1", HIGHWAYS), ("K2", HIGHWAYS), ("K3", FINANCE), ("K4", CHILDREN))
    ],
    "Milestones": [
        {c.KEY: key, c.NO: no, c.MILESTONE: f"Step {key}.{no} of {due}", c.DUE: f"2013/14 {due}"}
        for key, no, due in (
            ("K1", 1, "Q1"), ("K1", 1, "Q2"), ("K1", 2, "Q2"), ("K2", 1, "Q2"), ("K3", 1, "Q2"), ("K4", 1, "Q2")
        )
    ],
    "Measures": [
        ITEM | HIGHER | {c.KEY: "M1", c.MEASURE: "Homes built", c.UNIT: "homes", "Target Q2": 80},
        ITEM | HIGHER | {c.KEY: "M2", c.MEASURE: "Roads in order", c.UNIT: "%", "Target Q2": "70 %"},
        ITEM | HIGHER | {c.KEY: "P1", c.MEASURE: "Feeling safe", c.UNIT: "%"},
        {c.KEY: "P1", c.PART: "1", c.PART_DESCRIPTION: "By day", "Target Q2": "50 %"},
        {c.KEY: "P1", c.PART: "2", c.PART_DESCRIPTION: "By night", "Target Q2": "40 %"},
        ITEM | HIGHER | {c.KEY: "M3", c.MEASURE: "Savings", c.UNIT: "£m", "Target Q2": 4, c.SERVICE_AREA: FINANCE},
        ITEM | HIGHER | {c.KEY: "M4", c.MEASURE: "Visits", c.UNIT: "", "Target Q2": 1000, c.SERVICE_AREA: CHILDREN},
    ],
    "Panels": [{c.PANEL: "Safer", c.REMIT: "Safety"}],
}  # fmt: skip

FIGURES = {
    ("M1", None): 80, ("M2", None): 0.75, ("P1", "1"): 0.6, ("P1", "2"): 0.5, ("M3", None): 4.6, ("M4", None): 1200,
}  # fmt: skip
"""What is typed as Performance; all are Green."""

ITEMS = ("K1", "K2", "K3", "K4", "M1", "M2", "P1", "P1 1", "P1 2", "M3", "M4")
"""Every item of the plan, as `ratings` names them."""

GREEN = dict.fromkeys(ITEMS, "G")
"""The ratings of the quarter as it is filled."""


def build(folder: Path, plan: Mapping[str, list[dict[str, Any]]] = PLAN) -> Path:
    """A quarter folder whose returns are filled and signed; with the usual plan, without a query."""
    folder.mkdir(parents=True)
    write_plan(folder / "corporate_plan.xlsx", plan)
    run(["templates", str(folder), "--quarter", "2013/14 Q2"])
    for area in AREAS:
        complete_all(return_of(folder, area))
        sign(return_of(folder, area))
    for (key, part), figure in FIGURES.items():
        area = {"M3": FINANCE, "M4": CHILDREN}.get(key, HIGHWAYS)
        fill(return_of(folder, area), "Measures", {c.PERFORMANCE: figure, c.DATA_STATUS: "Final"}, key=key, part=part)
    return folder


def return_of(folder: Path, area: str = HIGHWAYS) -> Path:
    """A service area's return, of any plan for this quarter."""
    return folder / "returns" / f"2013-14 Q2 {area}.xlsx"


def report_of(folder: Path) -> Path:
    """The report of this quarter, whatever its plan."""
    return folder / "2013-14 Q2 performance report.xlsx"


def edit(path: Path, change: Callable[[Any], object]) -> None:
    """Opens a workbook as another program would, lets `change` at it and saves it."""
    with at_work(path) as book:
        change(book)


def turn_rows(page: Any, last: int) -> None:
    """Turns a sheet's entries down to the row `last` the other way round, as sorting does; formats stay."""
    first = heading_row(page) + 1
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=first, max_row=last)]
    for number, row in enumerate(reversed(rows), first):
        for column, value in enumerate(row, 1):
            page.cell(number, column).value = value


def type_in(path: Path, sheet: str, cell: str, value: Any, shown_as: str | None = None) -> None:
    """Types into one cell; text stays text, whatever it begins with, but for a formula in braces: `{=1/0}`.

    `shown_as` is the number format that the cell gets, where it isn't to keep its own.
    """
    as_typed = value[1:-1] if isinstance(value, str) and value.startswith("{") else None
    if shown_as is not None or isinstance(value, date):
        with typed_into(path) as book:
            book.type_shown(sheet, cell, value, shown_as)
        return
    if not can_be_typed(value) or (as_typed and not as_typed.startswith("=")):
        edit(path, lambda book: setattr(book[sheet][cell], "value", as_typed or value))
        return
    letters, row = coordinate_from_string(cell)
    with typed_into(path) as book:
        book[sheet].type_in(row, column_index_from_string(letters), as_typed or value, formula=bool(as_typed))


class Quarter:
    """A filled quarter of its own, and the commands at work on it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    @property
    def highways(self) -> Path:
        return return_of(self.folder)

    @property
    def finance(self) -> Path:
        return return_of(self.folder, FINANCE)

    @property
    def children(self) -> Path:
        return return_of(self.folder, CHILDREN)

    def run(self, *arguments: object) -> Ran:
        """Runs a command; whatever happens, it never shows a fault of ragtool's own."""
        self.capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        said = self.capsys.readouterr()
        assert "fault of its own" not in said.err, said.err
        assert "Traceback" not in said.err
        return Ran(status, said.out, said.err, report_of(self.folder))

    def consolidate(self, *options: object) -> Ran:
        """Consolidates without the panels' reports, whose figures are the report's; what was found must add up."""
        done = self.run("consolidate", self.folder, "--no-panels", "--no-pack", *options)
        if done.status != 2:
            assert_reconciled(done)
        return done

    def check(self, *paths: object) -> Ran:
        return self.run("check", *(paths or (self.folder,)))

    def asked(self) -> RanCheck:
        """Checks the whole quarter; what was found must add up."""
        asked = RanCheck(check(self.folder))
        for what in ("Files", "Rows"):
            counts_found(asked.out, what)
        return asked


def copy_of(made: Path, folder: Path) -> Path:
    """A quarter folder copied to be made messy."""
    target = folder / made.name
    shutil.copytree(made, target)
    return target


def resaved(path: Path) -> None:
    """Saves a return as openpyxl does, which keeps no result of any formula."""
    held = io.BytesIO()
    load_workbook(path).save(held)
    path.write_bytes(held.getvalue())
