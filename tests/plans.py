"""Plans for tests: stored as the shipped plan writer stores them, and read by the plan reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from plain_books import Plain, plain_book
from ragtool import columns as c
from ragtool.plan.growing_lists import ABOVE
from ragtool.plan.plan import Plan
from ragtool.plan.plan_reading import read_plan
from ragtool.plan.plan_values import own_headings, sheet_values
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
    shipped: bool = False,
) -> Plan:
    """A plan of the rows given, with two service areas; what a row leaves out of theme, outcome and area is usual.

    One as it is `shipped` has its looks, tables, notes and checks too, which nothing reads.
    """
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
    if shipped:
        write_plan(path, sheets)
    else:
        path.write_bytes(plain_plan(sheets))
    plan, _ = read_plan(path)
    return plan


def plain_plan(sheets: Mapping[str, Rows]) -> bytes:
    """What `write_plan` stores of the rows, without its looks, notes and checks: in a tenth of its time."""
    pages: dict[str, list[Sequence[Plain]]] = {}
    formats: dict[tuple[str, int, int], str] = {}
    for sheet in S.ALL:
        rows = sheets.get(sheet.name, ())
        headings = (*sheet.headings, *(() if sheet is S.SETTINGS else own_headings(rows)))
        pages[sheet.name] = [[sheet.name], *[()] * (ABOVE - 1), headings]
        for number, row in enumerate(sheet_values(sheet, rows, sheets.get(S.MEASURES.name, ())), FIRST_ROW):
            stored = [row[heading] for heading in headings]
            pages[sheet.name].append([each.value for each in stored])
            formats |= {(sheet.name, number, column): each.number_format for column, each in enumerate(stored, 1)}
    return plain_book(pages, formats)


def heading_of(page: Any, heading: str) -> Any:
    """The cell of a sheet of a plan, as openpyxl reads it, that holds a heading."""
    return next(cell for cell in page[HEADING_ROW] if cell.value == heading)
