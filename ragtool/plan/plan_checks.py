"""What must hold in a plan, each check a function from the plan to its queries."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from ragtool import columns as c
from ragtool.model import MilestonePlan, Query, Severity, as_name, fold
from ragtool.plan.measure_checks import measures_can_be_rated
from ragtool.plan.plan import UNDATED, Item, Measure, Plan
from ragtool.plan.row_queries import PlacedRow, doubt, error, row_name
from ragtool.quarters import quarter_of
from ragtool.rules.words import percent

S = c.PlanSheets


def something_to_report(plan: Plan) -> Iterator[Query]:
    """A plan needs an organisation's name, an outcome and a service area at least."""
    for rows, sheet in ((plan.outcomes, S.OUTCOMES), (plan.service_areas, S.SERVICE_AREAS)):
        if not rows:
            problem = f"The sheet {sheet.name} has no rows."
            yield Query(plan.file, sheet.name, "", "", Severity.ERROR, problem, "Fill in at least one row.")
    if not plan.settings.organisation:
        problem = "The setting Organisation is blank."
        yield Query(plan.file, S.SETTINGS.name, "", "", Severity.QUERY, problem, "Fill in the organisation's name.")


def no_doubles(plan: Plan) -> Iterator[Query]:
    """Rows that say who they are twice."""
    seen: dict[tuple[Hashable, ...], PlacedRow] = {}
    for row, headings, *identity in identities(plan):
        folded = tuple(as_name(part) if isinstance(part, str) else part for part in identity)
        first = seen.setdefault(folded, row)
        if first is not row:
            assert first.at is not None
            where = f"{first.at.sheet}, {first.at.where(headings[0])}"
            named = row_name(row) or str(identity[-1])
            what = f"Delete one of the two rows, or correct its {' or '.join(headings)}."
            yield error(row, headings[0], f"{named} stands in {where} already.", what)


def identities(plan: Plan) -> Iterator[tuple[PlacedRow, tuple[str, ...], *tuple[Hashable, ...]]]:
    """Each row that says who it is: the headings that tell it from others, its kind, and what no other of it may be."""
    month = plan.settings.financial_year_starts
    for item in (each for each in plan.items if each.key):
        yield item, (c.KEY, c.PART) if item.part else (c.KEY,), "item", item.key, item.part
    for step in plan.milestones:
        if step.key and step.no and step.due is not UNDATED:
            yield step, (c.NO,), "milestone", step.key, step.no, quarter_of(step.due, month)
    for override in plan.overrides:
        if override.key and override.quarter:
            yield override, (c.KEY, c.QUARTER), "override", override.quarter, override.key
    for earlier in plan.earlier_quarters:
        if earlier.quarter is not UNDATED:
            yield earlier, (c.KEY, c.QUARTER), "earlier quarter", earlier.quarter, earlier.key, earlier.part
    for outcome in plan.outcomes:
        if outcome.theme and outcome.number:
            yield outcome, (c.OUTCOME_NO,), "outcome", outcome.theme, outcome.number
    yield from ((each, (c.SERVICE_AREA,), "area", each.name) for each in plan.service_areas if each.name)
    yield from ((each, (c.PANEL,), "panel", each.name) for each in plan.panels if each.name)


def known_names(plan: Plan) -> Iterator[Query]:
    """Outcomes, service areas, panels and keys that a row names must exist."""
    outcomes = {(each.theme, each.number) for each in plan.outcomes}
    panels = {each.name for each in plan.panels}
    for item in plan.items:
        if outcomes and item.theme and item.outcome_no and (item.theme, item.outcome_no) not in outcomes:
            problem = f"There is no outcome {item.outcome_no} under the theme {item.theme}."
            yield error(item, c.OUTCOME_NO, problem, "Correct it, or add the outcome on the sheet Outcomes.")
        for panel in item.panels:
            if panels and panel not in panels:
                problem = f"There is no panel {panel} on the sheet Panels."
                yield error(item, c.PANEL, problem, "Correct the name, or add the panel there.")
        for area in areas_named(item):
            heading = c.SERVICE_AREA if area == item.area else c.CONTRIBUTING
            yield from known_area(plan, item, heading, area)
    for step in plan.milestones:
        if step.key and step.key not in plan.key_action:
            problem = f"There is no key action {step.key} on the sheet Key actions."
            yield error(step, c.KEY, problem, "Correct the key, or add the key action there.")
        yield from known_area(plan, step, c.SERVICE_AREA, step.area)
    keys = {item.key for item in plan.items}
    formerly = {fold(item.formerly) for item in plan.items if item.formerly}
    for earlier in plan.earlier_quarters:
        if earlier.key not in keys and fold(earlier.key) not in formerly:
            problem = f"There is no item {earlier.key} in the plan, now or formerly."
            what = "Correct the key; an item of earlier years stands in the plan as Closed."
            yield doubt(earlier, c.KEY, problem, what)
    for override in plan.overrides:
        if override.key and override.key not in keys:
            yield error(override, c.KEY, f"There is no item {override.key} in the plan.", "Correct the key.")


def areas_named(item: Item) -> Sequence[str]:
    """The service areas that an item names."""
    return (item.area,) if isinstance(item, Measure) else (item.area, *item.contributing)


def known_area(plan: Plan, row: PlacedRow, heading: str, area: str | None) -> Iterator[Query]:
    """A service area that is named must be on its sheet."""
    if area and plan.areas and area not in plan.areas:
        problem = f"There is no service area {area} on the sheet Service areas"
        what = "Correct the name, or add the service area there."
        if called := plan.areas_called.get(as_name(area)):
            problem, what = f"{problem}; {' and '.join(called)} were called so", "Type the one that is meant."
        yield error(row, heading, f"{problem}.", what)


def decisions_stand_whole(plan: Plan) -> Iterator[Query]:
    """A milestone is moved or withdrawn only with its decision."""
    for step in plan.milestones:
        if step.revised_due and not step.decision:
            problem = "Revised due stands without a Decision, so Due counts."
            yield doubt(step, c.DECISION, problem, "Write who decided and when, or delete Revised due.")
        if step.status is MilestonePlan.WITHDRAWN and not step.decision:
            problem = "The milestone is withdrawn without a Decision, so it still counts."
            yield doubt(step, c.DECISION, problem, "Write who decided and when, or set it Active.")


def overrides_stand_whole(plan: Plan) -> Iterator[Query]:
    """An override needs its quarter, key, rating, reason, approver and date; without one of them it isn't used."""
    for override in plan.overrides:
        needed = {
            c.QUARTER: override.quarter,
            c.KEY: override.key,
            c.RAG: override.rating,
            c.REASON: override.reason,
            c.APPROVED_BY: override.approved_by,
            c.DATE: override.on,
        }
        missing = [heading for heading, value in needed.items() if value is None]
        if missing:
            problem = f"The override has no {', '.join(missing)}, so it isn't used."
            yield doubt(override, missing[0], problem, "Fill it in, or delete the row.")


def levels_follow_each_other(plan: Plan) -> Iterator[Query]:
    """Fewer milestones complete make Amber than make Green; 100 % stands for a level that isn't used."""
    green, amber = plan.settings.milestones_for_green, plan.settings.milestones_for_amber
    at = plan.settings_at.get("milestones_for_amber")
    if at and green < amber < 1:
        problem = "Milestones for Amber is above Milestones for Green, so no share of milestones makes Amber."
        yield at.query(c.VALUE, "", problem, "Correct one of the two, or type 100 % for Amber.")


def lives_make_sense(plan: Plan) -> Iterator[Query]:
    """Nothing ends before it starts."""
    for item in plan.items:
        if item.starts and item.ends and item.starts > item.ends:
            yield error(item, c.ENDS, f"It ends in {item.ends}, before it starts.", "Correct Starts or Ends.")


def levels_of_the_plan_leave_an_amber(plan: Plan) -> Iterator[Query]:
    """A `Green within` above the intervention level leaves nothing to be Amber; one equal to it is a rule in use."""
    green, level = plan.settings.green_within, plan.settings.intervention_level
    at = plan.settings_at.get("green_within") or plan.settings_at.get("intervention_level")
    if at and green > level:
        problem = (
            f"Green within, {percent(green)}, is above the intervention level, {percent(level)}, so no miss is Amber."
        )
        yield at.query(c.VALUE, "", problem, "Correct one of the two levels.")


PLAN_CHECKS: tuple[Callable[[Plan], Iterator[Query]], ...] = (
    something_to_report,
    no_doubles,
    known_names,
    measures_can_be_rated,
    decisions_stand_whole,
    overrides_stand_whole,
    lives_make_sense,
    levels_follow_each_other,
    levels_of_the_plan_leave_an_amber,
)
