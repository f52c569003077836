"""Locked cells of a return that no longer say what the plan says: the plan's value counts, and the change is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

import pandas as pd

from ragtool import columns as c
from ragtool.figures import show
from ragtool.frames import AT, Row, records
from ragtool.history.earlier import Earlier, item
from ragtool.model import Place
from ragtool.plan.milestones import identity
from ragtool.plan.plan import Plan
from ragtool.quarters import Quarter
from ragtool.returns.reading import Return
from ragtool.returns.received import Received
from ragtool.returns.template.cells import measure_cells, milestone_cells
from ragtool.returns.template.rows import measures_of, milestones_of
from ragtool.returns.template.sheet import Cell
from ragtool.sheets.cells import Unreadable, typed_figure

S = c.ReturnSheets

COMPARED = {
    S.MILESTONES: (c.KEY_ACTION, c.MILESTONE, c.DUE),
    S.MEASURES: (c.MEASURE, c.UNIT, c.BETTER_WHEN, c.TARGET, c.TARGET_PERIOD),
}
"""Locked cells that say what an officer reports on."""

BLANK = "blank"


@dataclass(frozen=True)
class Changed:
    """A locked cell of a return that differs from the plan. `outdated`: the return was made from an earlier plan."""

    place: Place
    heading: str
    key: str
    part: str | None
    no: str | None
    in_return: str
    in_plan: str
    outdated: bool


def changed_cells(plan: Plan, received: Received, milestones: pd.DataFrame, quarter: Quarter) -> list[Changed]:
    """Every locked cell of the used returns that differs from what the template would hold now."""
    return [changed for each in received.used for changed in changed_in(each, plan, milestones, quarter)]


def changed_in(each: Return, plan: Plan, milestones: pd.DataFrame, quarter: Quarter) -> Iterator[Changed]:
    """The locked cells of one return that differ."""
    asked = milestones_of(plan, each.area, quarter, milestones, {})
    expected_milestones = {
        identity(row[c.KEY], row.get(c.CARRIED_FROM) or quarter, row[c.NO]): milestone_cells(row) for row in asked
    }
    measures = measures_of(plan, each.area, quarter, {}, Earlier({}))
    expected_measures = {
        item(row.plan[c.KEY], row.plan[c.PART]): cells
        for row, cells in zip(measures, measure_cells(measures, quarter, plan.settings), strict=True)
    }
    for row in records(each.tables[S.MILESTONES.name]):
        if row[c.KEY]:
            id_ = identity(row[c.KEY], row[c.CARRIED_FROM] or quarter, row[c.NO] or "")
            yield from differing(each, plan, S.MILESTONES, row, expected_milestones.get(id_))
    for row in records(each.tables[S.MEASURES.name]):
        if row[c.KEY]:
            yield from differing(each, plan, S.MEASURES, row, expected_measures.get(item(row[c.KEY], row[c.PART])))


def differing(
    each: Return, plan: Plan, sheet: c.Sheet, row: Row, expected: Mapping[str, Cell] | None
) -> Iterator[Changed]:
    """The locked cells of one row that differ; none where the plan has no such row."""
    letters = row[AT].letters
    if expected is None:
        return
    for heading in COMPARED[sheet]:
        if heading not in letters:  # that the column is missing is said once, not in every row
            continue
        there, planned = row[heading] or "", as_text(expected[heading].value)
        if not alike(there, planned):
            outdated = each.fingerprint != plan.fingerprint
            names = (row[c.KEY], row.get(c.PART), row.get(c.NO))
            unit = as_text(expected[c.UNIT].value) if heading == c.TARGET else ""
            here, in_plan = (as_seen(said, unit) or BLANK for said in (there, planned))
            yield Changed(row[AT], heading, *names, here, in_plan, outdated)


def as_text(value: object) -> str:
    """A value of the template as it reads back."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def alike(one: str, other: str) -> bool:
    """Whether two texts say the same, as text or as a number."""
    if " ".join(one.split()) == " ".join(other.split()):
        return True
    try:
        return as_figure(one) == as_figure(other)
    except Unreadable:
        return False


def as_figure(said: str) -> Decimal:
    """The number that a cell holds, or says as a text, as another program may have left it."""
    return typed_figure(said, "%" if said.endswith("%") else "")


def as_seen(said: str, unit: str) -> str:
    """What a cell says as the officer sees it: a share in `%` as a percentage."""
    try:
        return show(Decimal(said), unit) if unit == "%" else said
    except InvalidOperation:
        return said
