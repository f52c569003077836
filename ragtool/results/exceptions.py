"""What needs attention, each with its evidence: the report's Exceptions sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum

from ragtool.checks.contradictions import CONTRADICTIONS
from ragtool.figures import how_many
from ragtool.model import Mark, Rating
from ragtool.quarter.items import RatedItem, RatedKeyAction, RatedMeasure, ReturnedMilestone
from ragtool.quarter.rated import RatedQuarter
from ragtool.results.results import ExceptionRow
from ragtool.rules import forecast_worse


class Reason(StrEnum):
    """Why an item is an exception, the gravest first."""

    ESCALATED = "Escalated"
    RED_PART = "Red part"
    OVERDUE = "Overdue milestone"
    AMBER = "Amber"
    DECLARED = "Declared"
    OVERRIDE = "Override"
    CONTRADICTION = "Contradiction"
    NOT_RETURNED = "Not returned"
    NOT_AVAILABLE = "Not available"
    FORECAST_WORSE = "Forecast worse"


def exceptions(rated: RatedQuarter) -> tuple[ExceptionRow, ...]:
    """The exceptions, the gravest reason first, in the plan's order within each."""
    parts = [measure for measure in rated.measures if measure.part is not None]
    whole_items: list[RatedItem] = [*rated.key_actions, *rated.wholes]
    actions = {action.item.key: action for action in rated.key_actions}
    return (
        *exceptions_for(Reason.ESCALATED, rated.wholes, lambda item: item.escalated),
        *exceptions_for(Reason.RED_PART, parts, lambda item: item.rating is Rating.RED),
        *(overdue(step, actions) for step in rated.milestones if step.is_overdue),
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
    )


def overdue(step: ReturnedMilestone, actions: Mapping[str, RatedKeyAction]) -> ExceptionRow:
    """An overdue milestone on its own."""
    milestone, action = step.milestone, actions.get(step.milestone.key)
    times = milestone.times_carried
    often = f", carried forward {how_many(times, 'time')}" if times else ""
    proposed = f"; proposed for {step.entry.revised_date:%d/%m/%Y}" if step.entry.revised_date else ""
    return ExceptionRow(
        reason=Reason.OVERDUE,
        key=milestone.key,
        description=milestone.text,
        rating=action.rating if action else None,
        area=milestone.area,
        officer_leads=action.item.officer_leads if action else (),
        detail=f"Milestone no. {milestone.no} is overdue{often}{proposed}.",
        resolution=step.entry.resolution,
        due=milestone.due_by,
    )
