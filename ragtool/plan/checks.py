"""What must hold in a plan, each check a function from the plan to its queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ragtool import columns as c
from ragtool.frames import AT, Row, label, records
from ragtool.model import Better, ItemStatus, MilestonePlan, Query, Severity, fold
from ragtool.plan.plan import HAS_PARTS, Plan
from ragtool.quarters import quarter_of

AIMS = (*c.TARGET_QUARTERS, c.ANNUAL_TARGET, c.RANGE_LOW, c.RANGE_HIGH)
"""Columns that say what a figure is held against: five targets, two bounds."""


INHERITED = (c.MEASURE, c.THEME, c.OUTCOME_NO, c.SERVICE_AREA)
"""Needed columns that a part may leave blank, since it takes them from its measure."""


def error(row: Row, heading: str, problem: str, what_to_do: str) -> Query:
    """An Error about one cell of a row."""
    query: Query = row[AT].query(heading, label(row), problem, what_to_do, Severity.ERROR)
    return query


def doubt(row: Row, heading: str, problem: str, what_to_do: str) -> Query:
    """A Query about one cell of a row; the plan is used as it stands."""
    query: Query = row[AT].query(heading, label(row), problem, what_to_do)
    return query


def needed_cells(plan: Plan) -> Iterator[Query]:
    """Cells without which a row says nothing."""
    needed = (
        (plan.outcomes, (c.THEME, c.OUTCOME_NO, c.OUTCOME)),
        (plan.service_areas, (c.SERVICE_AREA,)),
        (plan.key_actions, (c.KEY, c.KEY_ACTION, c.THEME, c.OUTCOME_NO, c.SERVICE_AREA)),
        (plan.milestones, (c.KEY, c.NO, c.MILESTONE, c.DUE)),
        (plan.measures, (c.KEY, c.MEASURE, c.THEME, c.OUTCOME_NO, c.SERVICE_AREA)),
        (plan.panels, (c.PANEL,)),
        (plan.history, (c.QUARTER, c.KEY)),
    )
    for frame, headings in needed:
        for row in records(frame):
            for heading in headings:
                inherits = heading in INHERITED and row.get(c.PART) is not None and row[c.KEY] is not None
                if row[heading] is None and not inherits:
                    yield error(row, heading, f"{heading} is blank.", f"Fill in {heading}, or delete the row.")


def something_to_report(plan: Plan) -> Iterator[Query]:
    """A plan needs an organisation's name, an outcome and a service area at least."""
    for frame, sheet in ((plan.outcomes, c.PlanSheets.OUTCOMES), (plan.service_areas, c.PlanSheets.SERVICE_AREAS)):
        if frame.empty:
            problem = f"The sheet {sheet.name} has no rows."
            yield Query(plan.file, sheet.name, "A2", "", Severity.ERROR, problem, "Fill in at least one row.")
    if not plan.settings.organisation:
        problem = "The setting Organisation is blank."
        name = c.PlanSheets.SETTINGS.name
        yield Query(plan.file, name, "A2", "", Severity.QUERY, problem, "Fill in the organisation's name.")


def no_doubles(plan: Plan) -> Iterator[Query]:
    """Rows that say who they are twice."""
    month = plan.settings.financial_year_starts
    seen: dict[tuple[Any, ...], Row] = {}

    def double(row: Row, heading: str, *identity: Any) -> Iterator[Query]:
        folded = tuple(part.casefold() if isinstance(part, str) else part for part in identity)
        if folded in seen:
            first = seen[folded][AT]
            where = f"{first.sheet}!{first.cell(heading)}"
            named = label(row) or str(identity[-1])
            yield error(row, heading, f"{named} stands in {where} already.", "Give one of the two another name.")
        else:
            seen[folded] = row

    for row in records(plan.key_actions):
        if row[c.KEY]:
            yield from double(row, c.KEY, "item", row[c.KEY], None)
    for row in records(plan.measures):
        if row[c.KEY]:
            yield from double(row, c.KEY, "item", row[c.KEY], row[c.PART])
    for row in records(plan.milestones):
        if row[c.KEY] and row[c.NO] and row[c.DUE]:
            yield from double(row, c.NO, "milestone", row[c.KEY], row[c.NO], quarter_of(row[c.DUE], month))
    for row in records(plan.overrides):
        if row[c.KEY] and row[c.QUARTER]:
            yield from double(row, c.KEY, "override", row[c.QUARTER], row[c.KEY])
    for row in records(plan.history):
        if row[c.KEY] and row[c.QUARTER]:
            yield from double(row, c.KEY, "history", row[c.QUARTER], row[c.KEY], row[c.PART])
    for row in records(plan.outcomes):
        if row[c.THEME] and row[c.OUTCOME_NO]:
            yield from double(row, c.OUTCOME_NO, "outcome", row[c.THEME], row[c.OUTCOME_NO])
    for row in records(plan.service_areas):
        if row[c.SERVICE_AREA]:
            yield from double(row, c.SERVICE_AREA, "area", row[c.SERVICE_AREA])
    for row in records(plan.panels):
        if row[c.PANEL]:
            yield from double(row, c.PANEL, "panel", row[c.PANEL])


def known_names(plan: Plan) -> Iterator[Query]:
    """Outcomes, service areas, panels and keys that a row names must exist."""
    outcomes = set(zip(plan.outcomes[c.THEME], plan.outcomes[c.OUTCOME_NO], strict=True))
    panels = set(plan.panels[c.PANEL])
    for frame in (plan.key_actions, plan.measures):
        for row in records(frame):
            theme, number = row[c.THEME], row[c.OUTCOME_NO]
            if outcomes and theme and number and (theme, number) not in outcomes:
                problem = f"There is no outcome {number} under the theme {theme}."
                yield error(row, c.OUTCOME_NO, problem, "Correct it, or add the outcome on the sheet Outcomes.")
            for panel in row[c.PANEL]:
                if panels and panel not in panels:
                    problem = f"There is no panel {panel} on the sheet Panels."
                    yield error(row, c.PANEL, problem, "Correct the name, or add the panel there.")
            for area in (row[c.SERVICE_AREA], *row.get(c.CONTRIBUTING, ())):
                yield from known_area(
                    plan, row, c.SERVICE_AREA if area == row[c.SERVICE_AREA] else c.CONTRIBUTING, area
                )
    actions = set(plan.key_actions[c.KEY])
    for row in records(plan.milestones):
        if row[c.KEY] and row[c.KEY] not in actions:
            problem = f"There is no key action {row[c.KEY]} on the sheet Key actions."
            yield error(row, c.KEY, problem, "Correct the key, or add the key action there.")
        yield from known_area(plan, row, c.SERVICE_AREA, row[c.SERVICE_AREA])
    keys = actions | set(plan.measures[c.KEY])
    old = {fold(row[c.FORMERLY]) for row in [*records(plan.key_actions), *records(plan.measures)] if row[c.FORMERLY]}
    for row in records(plan.history):
        if row[c.KEY] and row[c.KEY] not in keys and fold(row[c.KEY]) not in old:
            problem = f"There is no item {row[c.KEY]} in the plan, now or formerly."
            yield doubt(row, c.KEY, problem, "Correct the key; an item of earlier years stands in the plan as Closed.")
    for row in records(plan.overrides):
        if row[c.KEY] and row[c.KEY] not in keys:
            yield error(row, c.KEY, f"There is no item {row[c.KEY]} in the plan.", "Correct the key.")


def known_area(plan: Plan, row: Row, heading: str, area: str | None) -> Iterator[Query]:
    """A service area that is named must be on its sheet."""
    if area and plan.areas and area not in plan.areas:
        problem = f"There is no service area {area} on the sheet Service areas."
        yield error(row, heading, problem, "Correct the name, or add the service area there.")


def measures_can_be_rated(plan: Plan) -> Iterator[Query]:
    """Parts with a measure, a direction for every target, bounds and weights that make sense."""
    wholes = {row[c.KEY] for row in records(plan.measures) if row[c.PART] is None}
    weights: dict[str, list[Any]] = {}
    for row in records(plan.measures):
        targets = [row[heading] for heading in AIMS[:5] if row[heading] is not None]
        bounds = [row[heading] for heading in AIMS[5:] if row[heading] is not None]
        if row[c.PART] is not None:
            weights.setdefault(row[c.KEY], []).append(row[c.WEIGHT])
            if row[c.KEY] and row[c.KEY] not in wholes:
                problem = f"{row[c.KEY]} has a part but no row of its own."
                yield error(row, c.PART, problem, "Add a row with this key and no part for the whole measure.")
        if row[HAS_PARTS] and (targets or bounds):
            heading = next(
                h for h in (*c.TARGET_QUARTERS, c.ANNUAL_TARGET, c.RANGE_LOW, c.RANGE_HIGH) if row[h] is not None
            )
            yield doubt(
                row, heading, "A measure with parts has no target of its own, so this isn't used.", "Delete it."
            )
        elif row[c.BETTER_WHEN] is None and (targets or bounds):
            yield error(
                row,
                c.BETTER_WHEN,
                "Better when is blank, so the figure can't be rated.",
                "Choose Higher, Lower or In range.",
            )
        elif row[c.BETTER_WHEN] is Better.IN_RANGE and targets and not bounds:
            yield doubt(
                row,
                c.BETTER_WHEN,
                "In range needs Range low and Range high; a target isn't used.",
                "Fill in the range.",
            )
        if len(bounds) == 2 and bounds[0] > bounds[1]:
            yield error(row, c.RANGE_LOW, "Range low is above Range high.", "Correct the two bounds.")
        if row[c.WEIGHT] < 0:
            yield error(row, c.WEIGHT, "A weight can't be negative.", "Type a weight of 0 or more.")
        yield from limits_on_the_right_side(row, targets)
    for row in records(plan.measures):
        if row[HAS_PARTS] and not any(weights.get(row[c.KEY], [])):
            yield error(row, c.WEIGHT, "All parts have the weight 0, so they make no mean.", "Give one part a weight.")


def limits_on_the_right_side(row: Row, targets: list[Any]) -> Iterator[Query]:
    """Red beyond must lie on the worse side of every target."""
    limit, better = row[c.RED_BEYOND], row[c.BETTER_WHEN]
    if limit is None or not targets:
        return
    above = better is Better.HIGHER and limit > min(targets)
    below = better is Better.LOWER and limit < max(targets)
    if above or below:
        problem = "Red beyond lies on the better side of the target, so a figure that misses is always Red."
        yield doubt(row, c.RED_BEYOND, problem, "Check Red beyond, the target and Better when.")


def decisions_stand_whole(plan: Plan) -> Iterator[Query]:
    """A milestone is moved or withdrawn only with its decision."""
    for row in records(plan.milestones):
        if row[c.REVISED_DUE] and not row[c.DECISION]:
            problem = "Revised due stands without a Decision, so Due counts."
            yield doubt(row, c.DECISION, problem, "Write who decided and when, or delete Revised due.")
        if row[c.STATUS] is MilestonePlan.WITHDRAWN and not row[c.DECISION]:
            problem = "The milestone is withdrawn without a Decision, so it still counts."
            yield doubt(row, c.DECISION, problem, "Write who decided and when, or set it Active.")


def overrides_stand_whole(plan: Plan) -> Iterator[Query]:
    """An override needs its quarter, key, rating, reason, approver and date; without one of them it isn't used."""
    for row in records(plan.overrides):
        missing = [h for h in (c.QUARTER, c.KEY, c.RAG, c.REASON, c.APPROVED_BY, c.DATE) if row[h] is None]
        if missing:
            problem = f"The override has no {', '.join(missing)}, so it isn't used."
            yield doubt(row, missing[0], problem, "Fill it in, or delete the row.")


def lives_make_sense(plan: Plan) -> Iterator[Query]:
    """Nothing ends before it starts; a key action can't be Data only."""
    for frame in (plan.key_actions, plan.measures):
        for row in records(frame):
            if row[c.STARTS] and row[c.ENDS] and row[c.STARTS] > row[c.ENDS]:
                yield error(row, c.ENDS, f"It ends in {row[c.ENDS]}, before it starts.", "Correct Starts or Ends.")
    for row in records(plan.key_actions):
        if row[c.STATUS] is ItemStatus.DATA_ONLY:
            yield error(
                row, c.STATUS, "A key action can't be Data only.", "Choose Active, Under development or Closed."
            )


CHECKS: tuple[Callable[[Plan], Iterator[Query]], ...] = (
    needed_cells,
    something_to_report,
    no_doubles,
    known_names,
    measures_can_be_rated,
    decisions_stand_whole,
    overrides_stand_whole,
    lives_make_sense,
)
