"""The plan and the returns brought together, by key and part or milestone number and never by position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypedDict, TypeVar

import pandas as pd

from ragtool import columns as c
from ragtool.model import Place, Query, Severity, item_name
from ragtool.plan.due_milestones import DueMilestone
from ragtool.plan.plan import Measure, Plan, in_force, measures_in_force
from ragtool.quarter.items import ReturnedKeyAction, ReturnedMeasure, ReturnedMilestone
from ragtool.quarter.proposals import proposal_queries
from ragtool.quarter.row_counts import PASSED_OVER, REFUSED, USED, RowCounts
from ragtool.quarter.row_texts import (
    Asked,
    area_of,
    asked_name,
    by_text,
    mixed_up,
    text_of_another,
    told_by_text,
    told_query,
)
from ragtool.quarters import Quarter
from ragtool.returns.entries import (
    ItemEntry,
    KeyActionEntry,
    MeasureEntry,
    MilestoneEntry,
    entered_values,
    is_filled,
)
from ragtool.returns.marked.figure_formats import what_to_type
from ragtool.returns.one_return import Return
from ragtool.returns.received import Received
from ragtool.sheets import figure_cells
from ragtool.sheets.cells import Unreadable
from ragtool.sheets.tables import LONGEST_LABEL

S = c.ReturnSheets

MOST_TWINS = 5
"""Rows about the same item that one query names beside its own."""

AREA, IDENTITY, ROW, ORDER, HELD_BY = "area", "identity", "row", "order", "held by"
"""The columns of what is asked for, of what returns hold, and of the two joined."""

EntryT = TypeVar("EntryT", KeyActionEntry, MilestoneEntry, MeasureEntry)
ForecastingT = TypeVar("ForecastingT", KeyActionEntry, MeasureEntry)


class Came(TypedDict):
    """Whether a service area sent its return, and whether without a signature."""

    returned: bool
    unsigned: bool


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
    signed = {each.area.casefold(): each.is_signed for each in received.used}

    def came(area: str) -> Came:
        return {"returned": area.casefold() in signed, "unsigned": not signed.get(area.casefold(), True)}

    queries: list[Query] = []
    counts: RowCounts = Counter()
    actions = [
        ReturnedKeyAction(action, KeyActionEntry(), **came(action.area))
        for action in in_force(plan.key_actions, quarter)
    ]
    steps = [ReturnedMilestone(step, MilestoneEntry(), **came(step.area)) for step in milestones]
    measures = [
        ReturnedMeasure(measure, MeasureEntry(), **came(measure.area)) for measure in measures_in_force(plan, quarter)
    ]
    on_actions = SheetEntries(S.KEY_ACTIONS, {each.id: each for each in actions}, quarter, queries, counts)
    of_actions = on_actions.chosen([(each, each.key_actions) for each in received.used])
    counted: dict[Hashable, Asked] = {each.id: each for each in steps if each.milestone.counts}
    on_steps = SheetEntries(S.MILESTONES, counted, quarter, queries, counts)
    of_steps = on_steps.chosen([(each, each.milestones) for each in received.used])
    on_measures = SheetEntries(S.MEASURES, {each.id: each for each in measures}, quarter, queries, counts)
    of_measures = on_measures.chosen([(each, each.measures) for each in received.used])
    if not plan.settings.ask_for_a_forecast:
        of_actions = {about: without_forecast(row, queries) for about, row in of_actions.items()}
        of_measures = {about: without_forecast(row, queries) for about, row in of_measures.items()}
    merged = Merged(
        key_actions=tuple(with_plans_answers(each, of_actions.get(each.id)) for each in actions),
        milestones=tuple(replace(each, entry=of_steps.get(each.id, each.entry)) for each in steps),
        measures=tuple(with_figure(each, of_measures.get(each.id), queries) for each in measures),
        queries=(),
        rows=counts,
    )
    queries += proposal_queries(plan, received, counts)
    return replace(merged, queries=tuple(queries))


@dataclass
class SheetEntries:
    """One sheet of all returns, held against what the plan asks for there.

    `expected` is that by identity. A row that is foreign, stands twice with different entries, or is missing is
    queried; `counts` takes what became of each row.
    """

    sheet: c.Sheet
    expected: Mapping[Hashable, Asked]
    quarter: Quarter
    queries: list[Query]
    counts: RowCounts

    def chosen(self, returns: Sequence[tuple[Return, Sequence[EntryT]]]) -> dict[Hashable, EntryT]:
        """The row that counts of each identity: only those that the plan expects from that return's service area."""
        own: dict[str, dict[Hashable, Asked]] = {}
        for identity, asked in self.expected.items():
            own.setdefault(area_of(asked).casefold(), {})[identity] = asked
        meant = by_text(self.expected)
        chosen: dict[Hashable, EntryT] = {}
        read = [(each, rows, own.get(each.area.casefold(), {})) for each, rows in returns]
        identities = [[identity_of(row, mine, meant, self.quarter) for row in rows] for _, rows, mine in read]
        asked_for, missing = self.join([(each.area, ids) for (each, *_), ids in zip(read, identities, strict=True)])
        for (each, rows, mine), ids, is_asked in zip(read, identities, asked_for, strict=True):
            same: dict[Hashable, list[EntryT]] = {}
            for row, identity, is_mine in zip(rows, ids, is_asked, strict=True):
                if is_mine and not (row.key and row.id(self.quarter) == identity):
                    self.queries.append(told_query(place_of(row), row, mine[identity]))
                if not is_mine:
                    self.refuse(each, row, *why_foreign(row, each, self.expected.get(identity)))
                elif another := text_of_another(row, mine, meant, identity):
                    same.setdefault(identity, [])
                    self.refuse(each, row, *mixed_up(row, another))
                else:
                    same.setdefault(identity, []).append(row)
            self.counts[each.area, REFUSED] += each.unread.get(self.sheet.name, 0)
            for identity, twins in same.items():
                if twins and (kept := self.only_one(each, twins)):
                    chosen[identity] = kept
            if self.sheet.name not in each.unread:
                self.queries += [
                    missing_row(each, self.sheet, self.expected[identity])
                    for identity in missing.get(each.area.casefold(), ())
                ]
        return chosen

    def join(
        self, rows: Sequence[tuple[str, Sequence[Hashable]]]
    ) -> tuple[list[list[bool]], dict[str, list[Hashable]]]:
        """Which rows of each return the plan asks for, and what it asks for of each service area that no row is about.

        `rows` are the service area of each return and the identities of its rows.
        """
        identities = list(self.expected)
        asked = pd.DataFrame(
            {
                AREA: [area_of(each).casefold() for each in self.expected.values()],
                IDENTITY: [join_key(identity) for identity in identities],
                ORDER: range(len(identities)),
            }
        )
        held = pd.DataFrame(
            {
                AREA: [area.casefold() for area, ids in rows for _ in ids],
                IDENTITY: [join_key(identity) for _, ids in rows for identity in ids],
            }
        ).rename_axis(ROW)
        joined = asked.merge(
            held.reset_index(), how="outer", on=[AREA, IDENTITY], validate="one_to_many", indicator=HELD_BY
        )
        answering = joined.loc[joined[HELD_BY] == "both", ROW].astype(int)
        flags = iter(held.index.isin(answering).tolist())
        unanswered = joined[joined[HELD_BY] == "left_only"].sort_values(ORDER)
        missing = {
            str(area): [identities[int(order)] for order in orders]
            for area, orders in unanswered.groupby(AREA, sort=False)[ORDER]
        }
        return [[next(flags) for _ in ids] for _, ids in rows], missing

    def refuse(self, each: Return, row: EntryT, problem: str, what_to_do: str) -> None:
        """Notes a row whose entries aren't used, with why."""
        self.queries.append(foreign(row, problem, what_to_do))
        self.counts[each.area, REFUSED] += 1

    def only_one(self, each: Return, same: Sequence[EntryT]) -> EntryT | None:
        """The row that counts among rows about one item, copies and unfilled ones aside; None where they differ."""
        kept, *others = [row for row in same if len(same) == 1 or is_filled(row)] or same
        if any(entered_values(other) != entered_values(kept) for other in others):
            self.queries += [doubled(row, same) for row in same]
            self.counts[each.area, REFUSED] += len(same)
            return None
        self.counts[each.area, USED] += 1
        self.counts[each.area, PASSED_OVER] += len(same) - 1
        return kept


def identity_of(
    row: ItemEntry, own: Mapping[Hashable, Asked], meant: Mapping[str, Sequence[Hashable]], quarter: Quarter
) -> Hashable:
    """What a row is about: by its key, or where its return isn't asked for such an item, by its text."""
    identity = row.id(quarter) if row.key else None
    if identity in own:
        return identity
    by_title = told_by_text(row, own, meant)
    return identity if by_title is None else by_title


def join_key(identity: Hashable) -> str:
    """An identity as the text by which rows are joined; a row without a key is about nothing."""
    return "\x1f".join(map(str, identity)) if isinstance(identity, tuple) else ""


def place_of(row: ItemEntry) -> Place:
    """Where a row stands in its return."""
    assert row.at is not None
    return row.at


def doubled(row: ItemEntry, same: Sequence[ItemEntry]) -> Query:
    """A query about a row that stands several times with different entries."""
    others = [str(place_of(other).row) for other in same if other is not row]
    more = f" and {len(others) - MOST_TWINS} more" if len(others) > MOST_TWINS else ""
    rows = f"row{'s' if len(others) > 1 else ''} {', '.join(others[:MOST_TWINS])}{more}"
    problem = f"The row stands here and in {rows} with different entries, so none is used."
    return foreign(row, problem, "Delete the rows that aren't meant.")


def foreign(row: ItemEntry, problem: str, what_to_do: str) -> Query:
    """An Error about a row whose entries aren't used."""
    name = item_name(row.key, row.part, row.no)[:LONGEST_LABEL]
    return place_of(row).query(c.KEY, name, problem, what_to_do, Severity.ERROR)


def why_foreign(row: ItemEntry, each: Return, planned: Asked | None) -> tuple[str, str]:
    """Why a row isn't one that its return is asked for, and what to do."""
    if not row.key:
        return "The row has no key, so it isn't used.", "Type its key as in the template."
    what = "Delete the row, or correct its key."
    if planned is not None:
        owner = area_of(planned)
        what = f"Delete the row, which {owner} fills in, or correct its key."
        return f"{owner} reports this item, not {each.area}, so the row isn't used.", what
    return "The plan asks for no such item this quarter, so the row isn't used.", what


def missing_row(each: Return, sheet: c.Sheet, planned: Asked) -> Query:
    """A row that a return doesn't have: it was deleted there, or came into the plan after the return was made."""
    name = asked_name(planned)
    problem = f"The row of {name} is missing."
    what = "Copy it back from the template, or type its key and number in a row of its own, and fill it in."
    return Query(each.file, sheet.name, "", name, Severity.ERROR, problem, what)


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
