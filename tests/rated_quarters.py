"""Rated quarters for tests: of a plan that says nothing but its settings, and of items made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ragtool import columns as c
from ragtool.history.earlier import Earlier
from ragtool.model import Better, Place, Settings
from ragtool.plan.plan import Measure, Plan
from ragtool.quarter.items import RatedKeyAction, RatedMeasure, ReturnedMeasure, ReturnedMilestone
from ragtool.quarter.rated import RatedQuarter
from ragtool.quarter.rating import Rater
from ragtool.quarters import Quarter
from ragtool.returns.entries import MeasureEntry
from ragtool.rules import RuleRating

IN_PLAN = Place("corporate_plan.xlsx", "Measures", 2)
IN_RETURN = Place("Highways.xlsx", "Measures", 2, {c.PERFORMANCE: "H"})
PLAN = Plan(
    file="corporate_plan.xlsx",
    settings=Settings(),
    fingerprint="",
    outcomes=(),
    service_areas=(),
    key_actions=(),
    milestones=(),
    measures=(),
    panels=(),
    earlier_quarters=(),
    overrides=(),
)


def measure(key: str, better_when: Better | None = Better.HIGHER, **facts: Any) -> Measure:
    """A measure of the plan, rated each quarter on a figure of its own."""
    return Measure(at=IN_PLAN, key=key, better_when=better_when, better=better_when or Better.HIGHER, **facts)


def rated_measure(
    item: Measure,
    figure: str | None,
    rule: RuleRating,
    quarter: Quarter,
    earlier: Earlier,
    settings: Settings | None = None,
    **entered: Any,
) -> RatedMeasure:
    """A measure whose figure was returned, with all that goes with the rule's rating of it."""
    entry = MeasureEntry(at=IN_RETURN, **entered)
    returned = ReturnedMeasure(item, entry, True, None if figure is None else Decimal(figure))
    plan = replace(PLAN, settings=settings or Settings())
    return Rater(plan, quarter, earlier).publish(returned, returned, rule, {})


def rated_quarter(
    quarter: Quarter,
    key_actions: Sequence[RatedKeyAction] = (),
    milestones: Sequence[ReturnedMilestone] = (),
    measures: Sequence[RatedMeasure] = (),
    earlier: Earlier | None = None,
) -> RatedQuarter:
    """A quarter of the items given."""
    return RatedQuarter(
        plan=PLAN,
        quarter=quarter,
        key_actions=tuple(key_actions),
        milestones=tuple(milestones),
        measures=tuple(measures),
        earlier=earlier or Earlier({}),
    )
