"""The plan and the returns brought together, by key and part or milestone number and never by position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import TypeVar

from ragtool import columns as c
from ragtool.model import Query, Severity, item_name
from ragtool.plan.due_milestones import DueMilestone
from ragtool.plan.plan import Measure, Plan, in_force, measures_in_force
from ragtool.quarter.items import ReturnedKeyAction, ReturnedMeasure, ReturnedMilestone
from ragtool.quarter.proposals import proposal_queries
from ragtool.quarter.row_counts import RowCounts
from ragtool.quarter.row_texts import Asked, AskedT, area_of
from ragtool.quarter.sheet_entries import SheetEntries, place_of
from ragtool.quarters import Quarter
from ragtool.returns.entries import KeyActionEntry, MeasureEntry, MilestoneEntry
from ragtool.returns.marked.figure_formats import what_to_type
from ragtool.returns.received import Received
from ragtool.sheets import figure_cells
from ragtool.sheets.unreadable import Unreadable

S = c.ReturnSheets

ForecastingT = TypeVar("ForecastingT", KeyActionEntry, MeasureEntry)


@dataclass(frozen=True)
class Merged:
    """The plan's items in force, each with its officer's entries."""

    key_actions: tuple[ReturnedKeyAction, ...]
    milestones: tuple[ReturnedMilestone, ...]
    measures: tuple[ReturnedMeasure, ...]
    queries: tuple[Query, ...]
    rows: RowCounts


def merge(plan: Plan, milestones: Iterable[DueMilestone], received: Received, quarter: Quarter) -> Merged:
    """Every key action, milestone and measure of the quarter with what its own service area returned for it."""
    queries: list[Query] = []
    counts: RowCounts = Counter()
    whole = {area.name for area in plan.service_areas if received.came_whole(area, plan)}
    actions = [
        ReturnedKeyAction(action, KeyActionEntry(), returned=action.area in whole)
        for action in in_force(plan.key_actions, quarter)
    ]
    steps = [ReturnedMilestone(step, MilestoneEntry(), returned=step.area in whole) for step in milestones]
    measures = [
        ReturnedMeasure(measure, MeasureEntry(), returned=measure.area in whole)
        for measure in measures_in_force(plan, quarter)
    ]
    part_of = partial(SheetEntries, plan=plan, received=received, quarter=quarter, queries=queries, counts=counts)
    of_actions = part_of(S.KEY_ACTIONS, {each.id: each for each in actions}).chosen(lambda each: each.key_actions)
    counted: dict[Hashable, Asked] = {each.id: each for each in steps if each.milestone.counts}
    of_steps = part_of(S.MILESTONES, counted).chosen(lambda each: each.milestones)
    of_measures = part_of(S.MEASURES, {each.id: each for each in measures}).chosen(lambda each: each.measures)
    came = Came(received)
    if not plan.settings.ask_for_a_forecast:
        of_actions = {about: without_forecast(row, queries) for about, row in of_actions.items()}
        of_measures = {about: without_forecast(row, queries) for about, row in of_measures.items()}
    merged = Merged(
        key_actions=tuple(came.as_it_is(with_plans_answers(each, of_actions.get(each.id))) for each in actions),
        milestones=tuple(came.as_it_is(replace(each, entry=of_steps.get(each.id, each.entry))) for each in steps),
        measures=tuple(came.as_it_is(with_figure(each, of_measures.get(each.id), queries)) for each in measures),
        queries=(),
        rows=counts,
    )
    queries += proposal_queries(plan, received, quarter, counts)
    return replace(merged, queries=tuple(queries))


class Came:
    """How items came: in a return at all, and in one that nobody signed off."""

    def __init__(self, received: Received) -> None:
        self.unsigned = {each.file for each in received.used if not each.is_signed}
        self.areas = {
            area for area, returns in received.by_area.items() if any(each.file in self.unsigned for each in returns)
        }

    def as_it_is(self, item: AskedT) -> AskedT:
        """An item with that: as the return says that its entries stand in, else as its service area's returns are."""
        if item.entry.at:
            return replace(item, returned=True, unsigned=item.entry.at.file in self.unsigned)
        return replace(item, unsigned=area_of(item) in self.areas)


def without_forecast(row: ForecastingT, queries: list[Query]) -> ForecastingT:
    """A row of a return whose plan asks for no forecast; one that stands there all the same is queried."""
    if row.forecast is None:
        return row
    problem, what = "The plan asks for no forecast, so this one isn't used.", "Clear the cell."
    queries.append(place_of(row).query(c.FORECAST, item_name(row.key, row.part), problem, what))
    return replace(row, forecast=None)


def with_plans_answers(action: ReturnedKeyAction, entry: KeyActionEntry | None) -> ReturnedKeyAction:
    """A key action with its entries; where the officer left an answer blank that the plan knows, the plan's stands."""
    entry, item = entry or action.entry, action.item
    entry = replace(
        entry,
        action_plan=item.action_plan if entry.action_plan is None else entry.action_plan,
        business_plan=item.business_plan if entry.business_plan is None else entry.business_plan,
    )
    return replace(action, entry=entry)


def with_figure(measure: ReturnedMeasure, entry: MeasureEntry | None, queries: list[Query]) -> ReturnedMeasure:
    """A measure with its entries and its figure in its unit; the plan's data source stands where none was given."""
    if entry is None:
        return replace(measure, entry=replace(measure.entry, data_source=measure.item.data_source))
    if measure.item.has_parts:  # what may stand in these locked cells is queried, and never used
        entry = replace(entry, performance=None, period=None, data_as_at=None, data_status=None, data_source=None)
    if entry.data_source is None:
        entry = replace(entry, data_source=measure.item.data_source)
    return replace(measure, entry=entry, figure=read_performance(measure.item, entry, queries))


def read_performance(measure: Measure, entry: MeasureEntry, queries: list[Query]) -> Decimal | None:
    """A figure in its row's unit; None where nothing was typed, or, with an Error, where it can't be read."""
    if entry.performance is None:
        return None
    try:
        return figure_cells.figure(entry.performance, measure.unit)
    except Unreadable as fault:
        name = item_name(measure.key, measure.part)
        what = what_to_type(entry.performance, fault)
        queries.append(place_of(entry).query(c.PERFORMANCE, name, fault.problem, what, Severity.ERROR))
        return None
