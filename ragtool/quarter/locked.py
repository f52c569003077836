"""Locked cells of a return that no longer say what the plan says: the plan's value counts, and the change is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from ragtool import columns as c
from ragtool.figures import show
from ragtool.history.earlier import Earlier
from ragtool.model import ItemId, Place, item_id, item_name
from ragtool.plan.due_milestones import DueMilestone, milestone_id
from ragtool.plan.plan import Plan
from ragtool.quarters import Quarter
from ragtool.returns.entries import MeasureEntry, MilestoneEntry
from ragtool.returns.one_return import Return
from ragtool.returns.received import Received
from ragtool.returns.template.area_items import AreaItems, items_by_area
from ragtool.returns.template.return_cells import measure_cells, milestone_cells
from ragtool.returns.template.return_rows import measure_rows, milestone_rows
from ragtool.returns.template.return_sheet import ReturnCell
from ragtool.sheets import cells
from ragtool.sheets.cells import Unreadable, typed_figure
from ragtool.sheets.typed_rows import values_of
from ragtool.workbooks.book import Cell

S = c.ReturnSheets

COMPARED = {
    S.MILESTONES: (c.KEY_ACTION, c.MILESTONE, c.DUE),
    S.MEASURES: (c.MEASURE, c.UNIT, c.BETTER_WHEN, c.TARGET, c.TARGET_PERIOD),
}
"""Locked cells that say what an officer reports on."""

BLANK_WORD = "blank"


@dataclass(frozen=True)
class ChangedCell:
    """A locked cell of a return that differs from the plan. `outdated`: the return was made from an earlier plan."""

    place: Place
    heading: str
    key: str
    part: str | None
    no: str | None
    in_return: str
    in_plan: str
    outdated: bool

    @property
    def item(self) -> ItemId:
        """Whom it is about."""
        return item_id(self.key, self.part)

    @property
    def name(self) -> str:
        """What its row is about."""
        return item_name(self.key, self.part, self.no)


def changed_cells(
    plan: Plan, received: Received, milestones: Iterable[DueMilestone], quarter: Quarter
) -> list[ChangedCell]:
    """Every locked cell of the used returns that differs from what the template would hold now."""
    items = items_by_area(plan, quarter, milestones)
    return [
        changed
        for each in received.used
        if each.area in items
        for changed in changed_in(each, plan, items[each.area], quarter)
    ]


def changed_in(each: Return, plan: Plan, items: AreaItems, quarter: Quarter) -> Iterator[ChangedCell]:
    """The locked cells of one return that differ."""
    steps = {
        milestone_id(row.milestone.key, row.milestone.carried_from or quarter, row.milestone.no): milestone_cells(row)
        for row in milestone_rows(items)
    }
    rows = measure_rows(items, quarter, plan.settings, Earlier({}))
    measures = dict(zip((row.item.id for row in rows), measure_cells(rows, quarter, plan.settings), strict=True))
    for step in each.milestones:
        if step.key:
            yield from differing(each, plan, S.MILESTONES, step, steps.get(step.id(quarter)))
    for measure in each.measures:
        if measure.key:
            yield from differing(each, plan, S.MEASURES, measure, measures.get(measure.id(quarter)))


def differing(
    each: Return,
    plan: Plan,
    sheet: c.Sheet,
    row: MilestoneEntry | MeasureEntry,
    expected: Mapping[str, ReturnCell] | None,
) -> Iterator[ChangedCell]:
    """The locked cells of one row that differ; none where the plan has no such row."""
    if expected is None or row.at is None:
        return
    values = values_of(row)
    for heading in COMPARED[sheet]:
        if heading not in row.at.letters:  # that the column is missing is said once, not in every row
            continue
        there, planned = values[heading] or "", read_back(expected[heading].value)
        if not alike(there, planned):
            unit = read_back(expected[c.UNIT].value) if heading == c.TARGET else ""
            here, in_plan = (as_seen(text, unit) or BLANK_WORD for text in (there, planned))
            outdated = each.fingerprint != plan.fingerprint
            yield ChangedCell(row.at, heading, row.key or "", row.part, row.no, here, in_plan, outdated)


def read_back(value: object) -> str:
    """A value of the template as it reads back."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def alike(one: str, other: str) -> bool:
    """Whether two texts say the same, as text, as a number or as a day."""
    if " ".join(one.split()) == " ".join(other.split()):
        return True
    days = [day_said(text) for text in (one, other)]
    if None not in days:
        return days[0] == days[1]
    try:
        return as_figure(one) == as_figure(other)
    except Unreadable:
        return False


def day_said(text: str) -> date | None:
    """The day that a cell holds, or says in any form, as another program may have left it: as a text, or a number."""
    try:
        return cells.day(Cell(text))
    except Unreadable:
        return cells.day_of_number(text)


def as_figure(text: str) -> Decimal:
    """The number that a cell holds, or says as a text, as another program may have left it."""
    return typed_figure(text, "%" if text.endswith("%") else "")


def as_seen(text: str, unit: str) -> str:
    """What a cell says as the officer sees it: a share in `%` as a percentage."""
    try:
        return show(Decimal(text), unit) if unit == "%" else text
    except InvalidOperation:
        return text
