"""The rows of a return: what is asked, what is entered there, and what the rules make of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from ragtool import columns as c
from ragtool import rules
from ragtool.history.direction import Outturn, comparable, compared_in
from ragtool.history.earlier import Earlier
from ragtool.history.reported import Reported
from ragtool.model import NO, OWN_COLOURS, YES, Basis, DataStatus, MilestoneStatus, RatedBy, Rating, Settings
from ragtool.plan.due_milestones import DueMilestone
from ragtool.plan.plan import KeyAction, Measure
from ragtool.quarters import Quarter
from ragtool.returns.template.area_items import NO_LONGER_PLANNED, AreaItems
from ragtool.returns.template.preview import ELSEWHERE, NOT_A_FIGURE, ToBeat, fixed_rating, in_own_points
from ragtool.returns.template.preview_indexes import fixed_index_rating
from ragtool.returns.template.preview_key_actions import fixed_key_action_rating
from ragtool.rules.key_actions import any_overdue_is_red
from ragtool.sheets.cells import is_spelled

Entered = Mapping[str, object]
"""What stands in a row's entry cells, by heading; what is blank isn't there."""

Entries = Mapping[str, Sequence[Entered]]
"""What is entered in a return, by sheet: rows with the columns that identify them and the entry columns."""

R = c.ReturnSheets


@dataclass(frozen=True)
class KeyActionRow:
    """A key action in its service area's return, with its milestones there.

    `shared` says that others of its milestones stand in another service area's return.
    """

    item: KeyAction
    entered: Entered
    milestones: Sequence[rules.MilestoneOutturn]
    previous: Rating | None
    shared: bool = False

    @property
    def counts(self) -> tuple[int, int, int]:
        """Milestones due, complete and overdue."""
        states = [milestone.complete for milestone in self.milestones]
        return len(states), states.count(True), states.count(False)


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone in a return, with the title of its key action."""

    milestone: DueMilestone
    title: str
    entered: Entered


@dataclass(frozen=True)
class MeasureRow:
    """A measure or part in a return, and what its preview shows for what is entered.

    `parts` are an index's: what the plan says of each, and its place among the return's rows, None where another
    service area returns it. `last` is the last row with a figure in the same unit, None where there is none, and
    `stands` how that figure is rated, which counts where there is no newer one.
    """

    item: Measure
    entered: Entered
    preview: str = NOT_A_FIGURE
    rated: rules.RuleRating | None = None
    parts: Sequence[tuple[Measure, int | None]] = ()
    to_beat: ToBeat | None = None
    last: Reported | None = None
    stands: rules.RuleRating | None = None

    @property
    def shortfall(self) -> Decimal | None:
        """The shortfall as a cell holds it: a share, or points where its level is in them."""
        if self.rated is None or not in_own_points(self.item):
            return self.share_short
        return in_a_cell(self.rated.gap)

    @property
    def share_short(self) -> Decimal | None:
        """The shortfall as a share, which returns of version 0.1.0 show whatever the level is in."""
        return in_a_cell(self.rated.shortfall) if self.rated else None


def in_a_cell(short: Fraction | None) -> Decimal | None:
    """A shortfall with as many digits as a cell could show."""
    return None if short is None else Decimal(short.numerator) / Decimal(short.denominator)


def entered_in(entries: Entries | None, sheet: c.Sheet) -> dict[tuple[object, ...], Entered]:
    """What is entered in a sheet, by what identifies a row. Rows of other service areas may be among them."""
    names, kept = c.IDENTIFIED_BY[sheet.name], c.ENTRY_HEADINGS[sheet.name]
    return {
        tuple(row.get(name) for name in names): {h: row[h] for h in kept if row.get(h) is not None}
        for row in (entries or {}).get(sheet.name, ())
    }


def milestone_rows(items: AreaItems, entries: Entries | None = None) -> list[MilestoneRow]:
    """The milestones that an area answers for, with what is entered."""
    entered = entered_in(entries, R.MILESTONES)
    return [
        MilestoneRow(
            step,
            items.titles.get(step.key, NO_LONGER_PLANNED),
            entered.get((step.key, step.no, step.carried_from), {}),
        )
        for step in items.milestones
    ]


def rate_here(row: KeyActionRow, quarter: Quarter, settings: Settings) -> str:
    """The rating that a key action's preview shows for what is entered."""
    own = rules.OwnRating(own_colour(row.entered.get(c.OWN_RATING)))
    rated = rules.rate_key_action(row.item, row.milestones, True, quarter, settings, row.previous, own)
    by_milestones = row.item.rated_by is RatedBy.MILESTONES and not fixed_key_action_rating(row.item, quarter, settings)
    if not row.shared or not by_milestones:
        return rated.rating.value
    due, complete, overdue = row.counts
    if overdue and any_overdue_is_red(settings):
        return Rating.RED.value
    return Rating.NOT_RETURNED.value if complete + overdue < due else ELSEWHERE


def is_rated_by_officer(action: KeyAction, quarter: Quarter, settings: Settings) -> bool:
    """Whether its officer rates a key action this quarter, and no state of it, such as On hold."""
    return action.rated_by is RatedBy.OFFICER and not fixed_key_action_rating(action, quarter, settings)


def own_colour(entered: object) -> Rating | None:
    """The colour that an officer's own rating is; None for what the report won't take."""
    try:
        rating = Rating.parse(str(entered or ""))
    except ValueError:
        return None
    return rating if rating in OWN_COLOURS else None


def key_action_rows(
    items: AreaItems, milestones: Sequence[MilestoneRow], earlier: Earlier, entries: Entries | None = None
) -> list[KeyActionRow]:
    """The key actions in force that an area leads, each with its milestones in this return."""
    entered = entered_in(entries, R.KEY_ACTIONS)
    outturns: dict[str, list[rules.MilestoneOutturn]] = {}
    for row in milestones:
        outturns.setdefault(row.milestone.key, []).append(outturn_of(row))
    rows = []
    for action in items.key_actions:
        last = earlier.last_rating(action.key)
        rows.append(
            KeyActionRow(
                action,
                {**answers_known(action), **entered.get((action.key,), {})},
                outturns.get(action.key, []),
                last.rating if last else None,
                items.is_shared(action),
            )
        )
    return rows


def answers_known(action: KeyAction) -> Entered:
    """The entries about a key action that the plan knows."""
    answers = {c.ACTION_PLAN: action.action_plan, c.BUSINESS_PLAN: action.business_plan}
    return {heading: answer for heading, answer in answers.items() if answer is not None}


def outturn_of(row: MilestoneRow) -> rules.MilestoneOutturn:
    """What the rules need of a milestone as its return has it."""
    status, concern = row.entered.get(c.STATUS), row.entered.get(c.QUALITY_CONCERN)
    complete = is_spelled(status, MilestoneStatus.COMPLETE)
    known = complete or is_spelled(status, MilestoneStatus.OVERDUE)
    doubted = concern is True or is_spelled(concern, YES)
    clear = doubted or concern in (None, "", False) or is_spelled(concern, NO)
    return rules.MilestoneOutturn(f"no. {row.milestone.no}", complete if known else None, doubted if clear else None)


def measure_rows(
    items: AreaItems, quarter: Quarter, settings: Settings, earlier: Earlier, entries: Entries | None = None
) -> list[MeasureRow]:
    """The measures and parts in force that an area returns, in plan order, each with its preview."""
    entered = entered_in(entries, R.MEASURES)
    place = {measure.id: number for number, measure in enumerate(items.measures)}
    rows = [
        MeasureRow(
            measure,
            {**prefilled(measure, quarter), **entered.get((measure.key, measure.part), {})},
            parts=[(part, place.get(part.id)) for part in items.parts.get(measure.key, ())]
            if measure.has_parts
            else (),
            to_beat=to_beat(measure, quarter, earlier),
            last=last_figure(measure, earlier),
        )
        for measure in items.measures
    ]
    rows = [row if row.item.has_parts else rate_alone(row, quarter, settings) for row in rows]
    return [rate_by_parts(row, rows, quarter, settings) if row.item.has_parts else row for row in rows]


def prefilled(measure: Measure, quarter: Quarter) -> Entered:
    """The entries that the plan knows: the data source, and the period unless only the officer can know it."""
    if measure.has_parts:
        return {}
    period = measure.target_period or (None if measure.basis is Basis.LATEST else str(quarter))
    known = {c.DATA_SOURCE: measure.data_source, c.PERIOD: period}
    return {heading: value for heading, value in known.items() if value}


def last_figure(measure: Measure, earlier: Earlier) -> Reported | None:
    """The last row with a figure of a measure or part, which a figure in another unit says nothing about."""
    last = earlier.last_figure(measure.key, measure.part)
    return last if last and (last.unit or "") == measure.unit else None


def to_beat(measure: Measure, quarter: Quarter, earlier: Earlier) -> ToBeat | None:
    """What a measure must better to have improved on the same quarter of last year; None where nothing compares."""
    then, now = earlier.in_quarter(measure.key, measure.part, quarter.plus(-4)), Outturn.of(measure)
    if then is None or not comparable(now, then):
        return None
    beaten = compared_in(then, now)
    return None if beaten is None else ToBeat(Fraction(beaten), now.by_shortfall)


def rate_alone(row: MeasureRow, quarter: Quarter, settings: Settings) -> MeasureRow:
    """A measure without parts, or a part, with the rating that its preview shows, and that of its last figure."""
    if row.last:
        row = replace(row, stands=rated_by(row, rules.Figure(row.last.performance), quarter, settings))
    actual, status = row.entered.get(c.PERFORMANCE), row.entered.get(c.DATA_STATUS)
    if isinstance(actual, str) and not actual.strip():
        actual = None
    unavailable = is_spelled(status, DataStatus.NOT_AVAILABLE)
    if isinstance(actual, str) and not unavailable and not fixed_rating(row.item, quarter, settings):
        return row
    figure = rules.Figure(actual if isinstance(actual, Decimal) else None, unavailable)
    rated = rated_by(row, figure, quarter, settings)
    if actual is None and row.stands and is_spelled(status, DataStatus.NO_NEWER):
        rated = row.stands
    return replace(row, preview=rated.rating.value, rated=rated)


def rated_by(row: MeasureRow, figure: rules.Figure, quarter: Quarter, settings: Settings) -> rules.RuleRating:
    """How a figure of a measure without parts, or of a part, is rated."""
    rated = rules.rate_measure(row.item, figure, quarter, settings)
    if improvement := improvement_shown(row, figure.actual, rated.shortfall):
        return rules.rate_measure(row.item, figure, quarter, settings, improvement)
    return rated


def improvement_shown(row: MeasureRow, actual: Decimal | None, shortfall: Fraction | None) -> rules.Improvement | None:
    """Whether a row's figure improved on the same quarter of last year; None where that isn't known."""
    if row.to_beat is None or (shortfall if row.to_beat.by_shortfall else actual) is None:
        return None
    if row.to_beat.by_shortfall:
        return rules.Improvement(shortfall is not None and shortfall < row.to_beat.value, "")
    now = Fraction(actual or 0)
    upwards = row.item.better.upwards
    return rules.Improvement(now > row.to_beat.value if upwards else now < row.to_beat.value, "")


def rate_by_parts(row: MeasureRow, rows: Sequence[MeasureRow], quarter: Quarter, settings: Settings) -> MeasureRow:
    """An index with the rating that its preview shows, by the rated rows of the return that are its parts."""
    if fixed := fixed_index_rating(row.item, [part for part, _ in row.parts], quarter, settings):
        return replace(row, preview=fixed.value)
    if any(place is None for _, place in row.parts):
        return replace(row, preview=ELSEWHERE)
    rated_parts = [rows[place] for _, place in row.parts if place is not None]
    # A part that can't be told here leaves the measure open, unless another has no figure at all.
    unclear = [part for part in rated_parts if part.rated is None]
    if unclear and not any(part.preview == Rating.NOT_RETURNED for part in rated_parts):
        return row
    parts = [rules.RatedPart("", part.item.weight, part.rated) for part in rated_parts if part.rated]
    rated = rules.rate_index(row.item, parts, quarter, settings)
    if improvement := improvement_shown(row, None, rated.shortfall):
        rated = rules.rate_index(row.item, parts, quarter, settings, improvement)
    return replace(row, preview=rated.rating.value, rated=rated)
