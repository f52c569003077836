"""What one service area's return holds: its rows, what is entered in them, and what the rules make of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from ragtool import columns as c
from ragtool import rules
from ragtool.frames import Row, records
from ragtool.history.direction import by_shortfall, comparable
from ragtool.history.earlier import Earlier
from ragtool.model import YES, Basis, Better, DataStatus, MilestoneStatus, Rating, Settings
from ragtool.plan.facts import measure_facts
from ragtool.plan.milestones import due_by
from ragtool.plan.plan import HAS_PARTS, Plan, in_force, measures_in_force
from ragtool.quarters import Quarter
from ragtool.returns.template.preview import ELSEWHERE, NOT_A_FIGURE, ToBeat, fixed_rating
from ragtool.returns.template.preview_indexes import fixed_index_rating

Entries = Mapping[tuple[object, ...], Row]
"""What is entered in a sheet, by the values that identify a row."""

Name = tuple[str, str | None]
"""A measure's key and part."""

R = c.ReturnSheets

NO_LONGER_PLANNED = "(no longer in the plan)"
"""What stands for the title of a key action that a new plan leaves out while a milestone of it isn't complete."""


@dataclass(frozen=True)
class KeyActionRow:
    """A key action in its service area's return, with its milestones there.

    `shared` says that others of its milestones stand in another service area's return.
    """

    plan: Row
    facts: rules.KeyActionCriteria
    entered: Row
    milestones: Sequence[rules.MilestoneOutturn]
    previous: Rating | None
    shared: bool = False

    @property
    def counts(self) -> tuple[int, int, int]:
        """Milestones due, complete and overdue."""
        states = [milestone.complete for milestone in self.milestones]
        return len(states), states.count(True), states.count(False)


@dataclass(frozen=True)
class MeasureRow:
    """A measure or part in a return, and what its preview shows for what is entered.

    `parts` are an index's: what the plan says of each, and its place among the return's rows, None where another
    service area returns it.
    """

    plan: Row
    facts: rules.Criteria
    entered: Row
    preview: str = NOT_A_FIGURE
    rated: rules.RuleRating | None = None
    parts: Sequence[tuple[rules.Criteria, int | None]] = ()
    to_beat: ToBeat | None = None

    @property
    def name(self) -> Name:
        """The measure's key and part."""
        return self.plan[c.KEY], self.plan[c.PART]

    @property
    def is_index(self) -> bool:
        """Whether its parts make it."""
        return bool(self.plan[HAS_PARTS])

    @property
    def shortfall(self) -> Decimal | None:
        """The shortfall as a cell holds it."""
        short = self.rated.shortfall if self.rated else None
        return None if short is None else Decimal(short.numerator) / Decimal(short.denominator)


def entered_in(entries: Mapping[str, pd.DataFrame] | None, sheet: c.Sheet) -> Entries:
    """What is entered in a sheet, by row, blanks left out. Rows of other service areas may be among them."""
    frame = (entries or {}).get(sheet.name)
    names = c.IDENTIFIED_BY[sheet.name]
    return {
        tuple(row.get(name) for name in names): known(row, *(set(c.ENTRY_HEADINGS[sheet.name]) & set(row)))
        for row in ([] if frame is None else records(frame))
    }


def known(row: Row, *headings: str) -> Row:
    """What a row says under some headings, blanks left out."""
    return {heading: row[heading] for heading in headings if row[heading] is not None}


def milestones_of(plan: Plan, area: str, quarter: Quarter, milestones: pd.DataFrame, entered: Entries) -> list[Row]:
    """The milestones that an area answers for, in the order of the plan's key actions, with what is entered."""
    titles = {row[c.KEY]: row[c.KEY_ACTION] for row in records(in_force(plan.key_actions, quarter))}
    order = {key: place for place, key in enumerate(titles)}
    mine = [row for row in records(milestones) if row[c.SERVICE_AREA] == area]
    mine.sort(key=lambda row: order.get(row[c.KEY], len(order)))
    return [
        known(row, c.KEY, c.NO, c.MILESTONE, c.CARRIED_FROM)
        | {c.DUE: due_by(row), c.KEY_ACTION: titles.get(row[c.KEY], NO_LONGER_PLANNED)}
        | entered.get((row[c.KEY], row[c.NO], row[c.CARRIED_FROM]), {})
        for row in mine
    ]


def rate_here(row: KeyActionRow, quarter: Quarter, settings: Settings) -> str:
    """The rating that a key action's preview shows for what is entered."""
    rating = rules.rate_key_action(row.facts, row.milestones, True, quarter, settings, row.previous).rating
    due, complete, overdue = row.counts
    open_elsewhere = row.shared and complete == due and not overdue
    decided = rules.rate_key_action(row.facts, [rules.MilestoneOutturn("", None)], True, quarter, settings).rating
    return ELSEWHERE if open_elsewhere and decided is Rating.NOT_RETURNED else rating.value


def key_actions_of(
    plan: Plan,
    area: str,
    quarter: Quarter,
    milestones: Sequence[Row],
    entered: Entries,
    earlier: Earlier,
    elsewhere: Set[str],
) -> list[KeyActionRow]:
    """The key actions in force that an area leads, each with its milestones in this return.

    `elsewhere` are the keys of those with milestones in another service area's return.
    """
    return [
        KeyActionRow(
            row,
            rules.KeyActionCriteria(row[c.STATUS], row[c.STARTS]),
            known(row, c.ACTION_PLAN, c.BUSINESS_PLAN) | entered.get((row[c.KEY],), {}),
            [milestone_facts(each) for each in milestones if each[c.KEY] == row[c.KEY]],
            last[c.RAG] if (last := earlier.last_rating(row[c.KEY])) else None,
            row[c.KEY] in elsewhere,
        )
        for row in records(in_force(plan.key_actions, quarter))
        if row[c.SERVICE_AREA] == area
    ]


def milestone_facts(row: Row) -> rules.MilestoneOutturn:
    """What the rules need of a milestone as its return has it."""
    status = row.get(c.STATUS)
    complete = None if status is None else status == MilestoneStatus.COMPLETE
    return rules.MilestoneOutturn(f"no. {row.get(c.NO)}", complete, row.get(c.QUALITY_CONCERN) in (YES, True))


def measures_of(plan: Plan, area: str, quarter: Quarter, entered: Entries, earlier: Earlier) -> list[MeasureRow]:
    """The measures and parts in force that an area returns, in plan order, each with its preview."""
    everything = records(measures_in_force(plan, quarter))
    mine = [row for row in everything if row[c.SERVICE_AREA] == area]
    place = {(row[c.KEY], row[c.PART]): number for number, row in enumerate(mine)}
    rows = []
    for row in mine:
        parts = [part for part in everything if row[HAS_PARTS] and part[c.KEY] == row[c.KEY] and part[c.PART]]
        rows.append(
            MeasureRow(
                row,
                measure_facts(row),
                prefilled(row, quarter) | entered.get((row[c.KEY], row[c.PART]), {}),
                parts=[(measure_facts(part), place.get((part[c.KEY], part[c.PART]))) for part in parts],
                to_beat=to_beat(row, quarter, earlier),
            )
        )
    rows = [row if row.is_index else rate_alone(row, quarter, plan.settings) for row in rows]
    return [rate_by_parts(row, rows, quarter, plan.settings) if row.is_index else row for row in rows]


def prefilled(row: Row, quarter: Quarter) -> Row:
    """The entries that the plan knows: the data source, and the period unless only the officer can know it."""
    if row[HAS_PARTS]:
        return {}
    period = row[c.TARGET_PERIOD] or (None if row[c.BASIS] is Basis.LATEST else str(quarter))
    return known(row, c.DATA_SOURCE) | ({c.PERIOD: period} if period else {})


def to_beat(row: Row, quarter: Quarter, earlier: Earlier) -> ToBeat | None:
    """What a measure must better to have improved on the same quarter of last year; None where nothing compares."""
    then = earlier.in_quarter(row[c.KEY], row[c.PART], quarter.plus(-4))
    if then is None or not comparable(row, then):
        return None
    by_share = by_shortfall(row)
    beaten = then[c.SHORTFALL if by_share else c.PERFORMANCE]
    return None if beaten is None else ToBeat(Fraction(beaten), by_share)


def rate_alone(row: MeasureRow, quarter: Quarter, settings: Settings) -> MeasureRow:
    """A measure without parts, or a part, with the rating that its preview shows."""
    actual, status = row.entered.get(c.PERFORMANCE), row.entered.get(c.DATA_STATUS)
    if isinstance(actual, str) and not actual.strip():
        actual = None
    unavailable = status == DataStatus.NOT_AVAILABLE
    unclear = not unavailable and (isinstance(actual, str) or (actual is None and status == DataStatus.NO_NEWER))
    if unclear and not fixed_rating(row.facts, quarter, settings):
        return row
    figure = rules.Figure(actual if isinstance(actual, Decimal) else None, unavailable)
    rated = rules.rate_measure(row.facts, figure, quarter, settings)
    if improvement := improvement_of(row, figure.actual, rated.shortfall):
        rated = rules.rate_measure(row.facts, figure, quarter, settings, improvement)
    return replace(row, preview=rated.rating.value, rated=rated)


def improvement_of(row: MeasureRow, actual: Decimal | None, shortfall: Fraction | None) -> rules.Improvement | None:
    """Whether a row's figure improved on the same quarter of last year; None where that isn't known."""
    if row.to_beat is None or (shortfall if row.to_beat.by_shortfall else actual) is None:
        return None
    if row.to_beat.by_shortfall:
        return rules.Improvement(shortfall is not None and shortfall < row.to_beat.value, "")
    now = Fraction(actual or 0)
    higher = row.facts.better is Better.HIGHER
    return rules.Improvement(now > row.to_beat.value if higher else now < row.to_beat.value, "")


def rate_by_parts(row: MeasureRow, rows: Sequence[MeasureRow], quarter: Quarter, settings: Settings) -> MeasureRow:
    """An index with the rating that its preview shows, by the rated rows of the return that are its parts."""
    if fixed := fixed_index_rating(row.facts, [facts for facts, _ in row.parts], quarter, settings):
        return replace(row, preview=fixed.value)
    if any(place is None for _, place in row.parts):
        return replace(row, preview=ELSEWHERE)
    rated_parts = [rows[place] for _, place in row.parts if place is not None]
    # A part that can't be told here leaves the measure open, unless another has no figure at all.
    unclear = [part for part in rated_parts if part.rated is None]
    if unclear and not any(part.preview == Rating.NOT_RETURNED for part in rated_parts):
        return row
    parts = [rules.RatedPart("", part.facts.weight, part.rated) for part in rated_parts if part.rated]
    rated = rules.rate_index(row.facts, parts, quarter, settings)
    if improvement := improvement_of(row, None, rated.shortfall):
        rated = rules.rate_index(row.facts, parts, quarter, settings, improvement)
    return replace(row, preview=rated.rating.value, rated=rated)
