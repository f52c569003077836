"""Locked cells of a return that no longer say what the plan says: the plan's value counts, and the change is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from ragtool import columns as c
from ragtool.figures import show
from ragtool.history.earlier import Earlier
from ragtool.model import ItemId, Place, Severity, item_id, item_name
from ragtool.plan.due_milestones import milestone_id
from ragtool.plan.plan import BY_PARTS, Measure, Plan
from ragtool.quarter.typed_over import Formulas, entered_by_area, unread_figures
from ragtool.quarters import Quarter
from ragtool.returns.digests import last_changed
from ragtool.returns.entries import KeyActionEntry, MeasureEntry, MilestoneEntry
from ragtool.returns.one_return import Return
from ragtool.returns.received import Received
from ragtool.returns.template.area_items import AreaItems, items_by_area
from ragtool.returns.template.return_cells import OF_PARTS, asked_cells, last_cells, milestone_cells, shortfall_format
from ragtool.returns.template.return_rows import measure_rows, milestone_rows
from ragtool.returns.template.return_sheet import ReturnCell
from ragtool.rules.limits import has_limits
from ragtool.sheets import cells, date_cells
from ragtool.sheets.typed_figures import typed_figure
from ragtool.sheets.typed_rows import values_of
from ragtool.sheets.unreadable import Unreadable
from ragtool.workbooks.book import Cell
from ragtool.workbooks.shown_numbers import as_shown_by

if TYPE_CHECKING:  # which joins frames: templates has none
    from ragtool.quarter.merge import Merged

S = c.ReturnSheets

COMPARED = {
    S.KEY_ACTIONS: (c.KEY_ACTION,),
    S.MILESTONES: (c.KEY_ACTION, c.MILESTONE, c.DUE),
    S.MEASURES: (c.MEASURE, c.UNIT, c.BETTER_WHEN, c.BASIS, c.TARGET, c.TARGET_PERIOD, c.INTERVENTION_LEVEL)
    + (c.BENCHMARK,),
}
"""Locked cells that say what an officer reports on."""

OF_THE_PLAN = (c.BASIS, c.INTERVENTION_LEVEL, c.BENCHMARK)
"""Those of which a return that speaks for itself, without a plan, makes nothing."""

UNITS = {c.INTERVENTION_LEVEL: "%"}
"""What is in a unit of its own, whatever the measure's is."""

BLANK_WORD = "blank"


@dataclass(frozen=True)
class ChangedCell:
    """A locked cell of a return that differs from the plan, or, with `formula`, from what its formula makes, or, with
    `reported`, from what was last reported.

    `outdated`: the return was made from an earlier plan.
    """

    place: Place
    heading: str
    key: str
    part: str | None
    no: str | None
    in_return: str
    in_plan: str
    outdated: bool
    formula: bool = False
    reported: bool = False

    @property
    def item(self) -> ItemId:
        """Whom it is about."""
        return item_id(self.key, self.part)

    @property
    def name(self) -> str:
        """What its row is about."""
        return item_name(self.key, self.part, self.no)


def changed_cells(
    plan: Plan,
    received: Received,
    merged: Merged,
    quarter: Quarter,
    earlier: Earlier,
) -> list[ChangedCell]:
    """Every locked cell of the used returns that differs from what the template would hold now. That one can't be read
    is told where it is read.
    """
    items = items_by_area(plan, quarter, [step.milestone for step in merged.milestones])
    entered = entered_by_area(merged.key_actions, merged.milestones, merged.measures)
    open_figures = unread_figures(merged.measures)
    changed: list[ChangedCell] = []
    for each in received.used:
        unread = {(query.sheet, query.cell) for query in each.queries if query.severity is Severity.ERROR}
        for area in (area for area in each.areas if area in items):
            cells_there = changed_in(each, plan, items[area], quarter)
            changed += [cell for cell in cells_there if (cell.place.sheet, cell.place.cell(cell.heading)) not in unread]
            changed += changed_last_figures(each, plan, items[area], quarter, earlier)
            if as_the_template_is(each, plan):
                formulas = Formulas(plan, quarter, earlier, items[area], entered.get(area, {}))
                typed = formulas.typed_over(each, open_figures)
                changed += [over_formula(*cell, plan.measure.get(cell[0].id(quarter))) for cell in typed if cell[0].at]
    return changed


def as_the_template_is(each: Return, plan: Plan) -> bool:
    """Whether a return's formulas are those that its template would have now."""
    return bool(plan.file) and (each.fingerprint, each.template_version) == (plan.fingerprint, c.TEMPLATE_VERSION)


def over_formula(
    row: KeyActionEntry | MeasureEntry, heading: str, there: str, result: object, measure: Measure | None
) -> ChangedCell:
    """A cell that was typed over its formula, of a measure where it is one's."""
    assert row.at is not None
    made = BLANK_WORD if result is None else str(result)
    if measure and isinstance(result, Decimal):
        made = as_shown_by(float(result), shortfall_format(measure))
    return ChangedCell(row.at, heading, row.key or "", row.part, row.no, there, made, False, formula=True)


def changed_last_figures(
    each: Return, plan: Plan, items: AreaItems, quarter: Quarter, earlier: Earlier
) -> Iterator[ChangedCell]:
    """The last figures and periods that somebody changed since the template showed them. What was reported since then
    makes no change of them.
    """
    changed = last_changed(each.measures, each.last_figures)
    if changed and plan.file:
        yield from other_last_figures(changed, plan, items, quarter, earlier)


def other_last_figures(
    entries: Iterable[MeasureEntry], plan: Plan, items: AreaItems, quarter: Quarter, earlier: Earlier
) -> Iterator[ChangedCell]:
    """The last figures and periods that differ from what the template would show now."""
    rows = {row.item.id: row for row in measure_rows(items, quarter, plan.settings, earlier)}
    for entry in entries:
        if entry.at is not None and (row := rows.get(entry.id(quarter))):
            there = {c.LAST_FIGURE: entry.last_figure, c.LAST_PERIOD: entry.last_period}
            for heading, cell in last_cells(row).items():
                was, now = read_back(cell.value), read_back(there[heading])
                if not alike(now, was):
                    unit = row.item.unit if heading == c.LAST_FIGURE else ""
                    here, reported = (as_seen(text, unit) or BLANK_WORD for text in (now, was))
                    key, part = entry.key or "", entry.part
                    yield ChangedCell(entry.at, heading, key, part, None, here, reported, False, reported=True)


def changed_in(each: Return, plan: Plan, items: AreaItems, quarter: Quarter) -> Iterator[ChangedCell]:
    """The locked cells of one return that differ."""
    steps = {
        milestone_id(row.milestone.key, row.milestone.carried_from or quarter, row.milestone.no): milestone_cells(row)
        for row in milestone_rows(items)
    }
    actions = {item_id(row.key): {c.KEY_ACTION: ReturnCell(row.title)} for row in items.key_actions}
    asked = asked_cells(items.measures, quarter, plan.settings)
    measures = dict(zip((measure.id for measure in items.measures), asked, strict=True))
    # Version 0.1.0, whose returns don't say which last figures they showed, left the level of such measures blank.
    older = items.measures if not each.last_figures else ()
    limited = (measure for measure in older if has_limits(measure) and not measure.has_parts)
    once = {(measure.id, c.INTERVENTION_LEVEL, BLANK_WORD) for measure in limited}
    for action in each.key_actions:
        if action.key:
            yield from differing(each, plan, S.KEY_ACTIONS, action, actions.get(action.id(quarter)))
    for step in each.milestones:
        if step.key:
            yield from differing(each, plan, S.MILESTONES, step, steps.get(step.id(quarter)))
    for measure in each.measures:
        if measure.key:
            cells_there = differing(each, plan, S.MEASURES, measure, measures.get(measure.id(quarter)))
            yield from (cell for cell in cells_there if (cell.item, cell.heading, cell.in_return) not in once)


def differing(
    each: Return,
    plan: Plan,
    sheet: c.Sheet,
    row: KeyActionEntry | MilestoneEntry | MeasureEntry,
    expected: Mapping[str, ReturnCell] | None,
) -> Iterator[ChangedCell]:
    """The locked cells of one row that differ; none where the plan has no such row."""
    if expected is None or row.at is None:
        return
    values = values_of(row)
    by_parts = sheet is S.MEASURES and expected[c.TARGET].value == BY_PARTS
    for heading in (*COMPARED[sheet], *(OF_PARTS if by_parts else ())):
        if heading not in row.at.letters:  # that the column is missing is said once, not in every row
            continue
        if heading in OF_THE_PLAN and not plan.file:
            continue
        there, planned = read_back(values[heading]), read_back(expected.get(heading, ReturnCell()).value)
        if not alike(there, planned):
            unit = read_back(expected[c.UNIT].value) if heading == c.TARGET else UNITS.get(heading, "")
            here, in_plan = (as_seen(text, unit) or BLANK_WORD for text in (there, planned))
            outdated = each.fingerprint != plan.fingerprint
            yield ChangedCell(row.at, heading, row.key or "", row.part, row.no, here, in_plan, outdated)


def read_back(value: object) -> str:
    """A value of the template as it reads back, or of a return as it was read."""
    if value is None:
        return ""
    if isinstance(value, Cell):
        return value.fault or cells.seen(value)
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
        return date_cells.day(Cell(text))
    except Unreadable:
        return date_cells.day_of_number(text)


def as_figure(text: str) -> Decimal:
    """The number that a cell holds, or says as a text, as another program may have left it."""
    return typed_figure(text, "%" if text.endswith("%") else "")


def as_seen(text: str, unit: str) -> str:
    """What a cell says as the officer sees it: a share in `%` as a percentage."""
    try:
        return show(Decimal(text), unit) if unit == "%" else text
    except InvalidOperation:
        return text
