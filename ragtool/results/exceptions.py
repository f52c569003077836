"""What needs attention, each with its evidence: the report's Exceptions sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction

from ragtool.checks.contradictions import CONTRADICTIONS
from ragtool.figures import how_many
from ragtool.model import Mark, Rating, fold
from ragtool.plan.due_milestones import milestone_name
from ragtool.quarter.items import RatedItem, RatedKeyAction, RatedMeasure, ReturnedMilestone
from ragtool.quarter.rated import RatedQuarter
from ragtool.quarters import Quarter, When
from ragtool.results.red_items import counted_milestones, resolutions
from ragtool.results.results import ExceptionRow
from ragtool.rules import forecast_worse


class Reason(StrEnum):
    """Why an item is an exception, in the order of its rows."""

    ESCALATED = "Escalated"
    RED_PART = "Red part"
    OVERDUE = "Overdue milestone"
    RED = "Red"
    AMBER = "Amber"
    DECLARED = "Declared"
    OVERRIDE = "Override"
    CONTRADICTION = "Contradiction"
    NOT_RETURNED = "Not returned"
    NOT_AVAILABLE = "Not available"
    FORECAST_WORSE = "Forecast worse"


def exceptions(rated: RatedQuarter) -> tuple[ExceptionRow, ...]:
    """The exceptions: the rows of an item together, the worst item first."""
    parts = [measure for measure in rated.measures if measure.part is not None]
    whole_items: list[RatedItem] = [*rated.key_actions, *rated.wholes]
    actions = {action.item.key: action for action in rated.key_actions}
    told = {step.milestone.key for step in rated.milestones if step.is_overdue}
    told |= {item.item.key for item in whole_items if item.escalated or item.published.mark is not None}
    rows = (
        *exceptions_for(Reason.ESCALATED, rated.wholes, lambda item: item.escalated),
        *exceptions_for(Reason.RED_PART, parts, lambda item: item.rating is Rating.RED),
        *(overdue(step, actions, rated) for step in rated.milestones if step.is_overdue),
        *exceptions_for(Reason.RED, whole_items, lambda item: item.rating is Rating.RED and item.item.key not in told),
        *exceptions_for(Reason.AMBER, whole_items, lambda item: item.rating is Rating.AMBER),
        *exceptions_for(Reason.DECLARED, rated.items, lambda item: item.published.mark is Mark.DECLARED),
        *exceptions_for(Reason.OVERRIDE, rated.items, lambda item: item.published.mark is Mark.OVERRIDE),
        *(exception(Reason.CONTRADICTION, item, proof) for find in CONTRADICTIONS for item, proof in find(rated)),
        *exceptions_for(Reason.NOT_RETURNED, whole_items, lambda item: item.rating is Rating.NOT_RETURNED),
        *exceptions_for(Reason.NOT_AVAILABLE, rated.measures, lambda item: item.rating is Rating.NOT_AVAILABLE),
        *(
            exception(Reason.FORECAST_WORSE, item, proof)
            for item in rated.items
            if (proof := forecast_worse(item.rating, item.entry.forecast))
        ),
    )

    proposed, in_all = proposed_for_items(rated), proposed_with_milestones(rated)
    return worst_first([acted_on(row, proposed, in_all) for row in rows], rated)


def worst_first(rows: Sequence[ExceptionRow], rated: RatedQuarter) -> tuple[ExceptionRow, ...]:
    """The rows by item, the worst first; items that are equally bad in the plan's order, an item's rows by reason."""
    by_item: dict[str, list[ExceptionRow]] = {}
    for row in rows:
        by_item.setdefault(fold(row.key), []).append(row)
    order = {fold(key): place for place, key in enumerate(dict.fromkeys(item.item.key for item in rated.items))}
    worst = {key: min(map(gravity, mine)) for key, mine in by_item.items()}
    keys = sorted(by_item, key=lambda key: (worst[key], order.get(key, len(order))))
    return tuple(row for key in keys for row in sorted(by_item[key], key=lambda row: (by_reason(row), -row.extent)))


def by_reason(row: ExceptionRow) -> int:
    """The place of a row's reason among them."""
    return list(Reason).index(Reason(row.reason))


def gravity(row: ExceptionRow) -> tuple[int, Fraction]:
    """How grave a row is, the gravest least: what is escalated and overdue before what else is Red, then Red parts.

    An overdue milestone is as grave as its key action is rated: by shares of milestones one may be Green.
    """
    ranks = {Reason.ESCALATED: 0, Reason.OVERDUE: 1, Reason.RED_PART: 3}
    if row.rating is Rating.RED or row.reason == Reason.RED_PART:
        return ranks.get(Reason(row.reason), 2), -row.extent
    return (4 if row.rating is Rating.AMBER else 5 + by_reason(row)), -row.extent


ACTED_ON = (Reason.ESCALATED, Reason.RED_PART, Reason.OVERDUE, Reason.RED, Reason.AMBER)
"""The reasons that call for a resolution."""


def proposed_for_items(rated: RatedQuarter) -> dict[str, str]:
    """What is proposed for each item as a whole, by folded key."""
    wholes: list[RatedItem] = [*rated.key_actions, *rated.wholes]
    return {fold(item.item.key): item.entry.resolution for item in wholes if item.entry.resolution}


def proposed_with_milestones(rated: RatedQuarter) -> dict[str, str]:
    """What is proposed for each key action and for its milestones that count, by folded key."""
    milestones = counted_milestones(rated.milestones)
    proposed = {
        action.item.key: resolutions(action, milestones.get(action.item.key, ())) for action in rated.key_actions
    }
    return {fold(key): text for key, text in proposed.items() if text}


def acted_on(row: ExceptionRow, whole: Mapping[str, str], in_all: Mapping[str, str]) -> ExceptionRow:
    """A row with what is proposed for its item, and whether nothing is.

    A milestone's or part's own comes before what is proposed for its item as a `whole`; a row about a key action has
    what is proposed `in_all`, for it and for its milestones.
    """
    key = fold(row.key)
    about_action = row.reason != Reason.OVERDUE and key in in_all
    resolution = in_all[key] if about_action else row.resolution or whole.get(key)
    return replace(row, resolution=resolution, lacks_resolution=not resolution and row.reason in ACTED_ON)


def exceptions_for(
    reason: Reason, items: Iterable[RatedItem], applies: Callable[[RatedItem], bool]
) -> Iterator[ExceptionRow]:
    """The items to which a reason applies, with why they are rated as they are."""
    return (exception(reason, item, item.published.why) for item in items if applies(item))


def exception(reason: Reason, item: RatedItem, detail: str) -> ExceptionRow:
    """One row of the sheet about a key action, measure or part; a part that has no description is told by its name."""
    planned = item.item
    unnamed = isinstance(item, RatedMeasure) and item.part and not item.item.part_description
    return ExceptionRow(
        reason=reason,
        key=planned.key,
        description=f"{planned.description}: part {item.part}" if unnamed else planned.description,
        rating=item.rating,
        area=planned.area,
        officer_leads=planned.officer_leads,
        detail=detail,
        resolution=item.entry.resolution,
        due=item.by_when,
        extent=item.shortfall or Fraction(0) if isinstance(item, RatedMeasure) else Fraction(0),
    )


def overdue(step: ReturnedMilestone, actions: Mapping[str, RatedKeyAction], rated: RatedQuarter) -> ExceptionRow:
    """An overdue milestone on its own."""
    milestone, action = step.milestone, actions.get(step.milestone.key)
    times = milestone.times_carried
    often = f", carried forward {how_many(times, 'time')}" if times else ""
    return ExceptionRow(
        reason=Reason.OVERDUE,
        key=milestone.key,
        description=milestone.text,
        rating=action.rating if action else None,
        area=milestone.area,
        officer_leads=action.item.officer_leads if action else (),
        detail=f"Milestone {milestone_name(None, milestone.no, milestone.carried_from)} is overdue{often}.",
        resolution=step.entry.resolution,
        due=milestone.due_by,
        revised_date=step.entry.revised_date,
        extent=Fraction(days_overdue(milestone.due_by, rated)),
    )


def days_overdue(due: When, rated: RatedQuarter) -> int:
    """For how many days something has been overdue at the quarter's end; what is due in a quarter, since its end."""
    month = rated.plan.settings.financial_year_starts
    day = due.last_day(month) if isinstance(due, Quarter) else due
    return (rated.quarter.last_day(month) - day).days
