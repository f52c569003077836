"""The quarters so far: the plan's own earlier ones and an earlier report's, held against each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ragtool import columns as c
from ragtool import rules
from ragtool.history.earlier import Earlier, at
from ragtool.history.previous import Previous
from ragtool.history.reported import Reported, ReportedId
from ragtool.history.revision import same, shown_value
from ragtool.model import Better, ItemId, Kind, Origin, Place, Query, Severity, item_id
from ragtool.plan.plan import EarlierQuarter, Measure, Plan
from ragtool.quarters import Quarter

PLANS_QUARTERS = "From the plan's earlier quarters."
"""Why a row of the Data sheet has its rating where the quarter wasn't reported with this tool."""

DIGITS = "0123456789abc"
"""What may follow the letters of a key."""


def plan_quarters(plan: Plan) -> Iterable[tuple[Place, Reported]]:
    """The plan's quarters from before the tool was used, each with its place there.

    A measure's shortfall follows from its figure and target by the plan's polarity. A row that has but a review isn't
    a quarter's.
    """
    letters = key_letters(plan)
    for row in plan.earlier_quarters:
        if row.rating is None and row.performance is None and row.target is None:
            continue
        item = plan.item.get(row.id)
        measure = item if isinstance(item, Measure) else None
        shortfall = None
        aimed = measure and (row.target is not None or measure.better is Better.IN_RANGE)
        if measure and aimed and row.performance is not None:
            shortfall = rules.shortfall(measure, row.performance, row.target)
        reported = Reported(
            quarter=row.quarter,
            kind=kind_of(row, plan, letters),
            key=row.key,
            part=row.part,
            description=item.description if item else None,
            rating=row.rating,
            rule_rating=row.rating,
            performance=row.performance,
            target=row.target,
            shortfall=shortfall,
            unit=measure.unit if measure else None,
            better=measure.better_when if measure else None,
            basis=measure.basis if measure else None,
            low=measure.low if measure else None,
            high=measure.high if measure else None,
            why=PLANS_QUARTERS,
            source=row.at.source(c.RAG),
            origin=Origin.PLAN,
        )
        yield row.at, reported


def key_letters(plan: Plan) -> tuple[set[str], set[str]]:
    """The letters with which the keys of key actions and of measures begin."""
    return (
        {action.id[0].rstrip(DIGITS) for action in plan.key_actions},
        {measure.id[0].rstrip(DIGITS) for measure in plan.measures},
    )


def kind_of(row: EarlierQuarter, plan: Plan, letters: tuple[set[str], set[str]]) -> Kind:
    """What a row is about; an item no longer in the plan is told by its figures, or its key's letters."""
    item: ItemId = row.id
    if item in plan.item:
        return plan.item[item].kind
    if (item[0], "") in plan.measure:
        return Kind.MEASURE
    if row.part is not None or row.performance is not None or row.target is not None:
        return Kind.MEASURE
    of_actions, of_measures = letters
    return Kind.KEY_ACTION if item[0].rstrip(DIGITS) in of_actions - of_measures else Kind.MEASURE


def merge_earlier(plan: Plan, previous: Previous | None, quarter: Quarter) -> tuple[list[Reported], list[Query]]:
    """The plan's own earlier quarters and an earlier report's together; where both have one, they must agree.

    The report's rows count, since they were published; nothing of either is lost. What a correction changed since
    needn't agree.
    """
    reported = previous.data if previous else ()
    published = Earlier.of(reported, quarter, plan)
    corrected = {
        (row.quarter, item_id(row.key or "", row.part), row.field, row.was)
        for row in (previous.revisions if previous else ())
    }
    kept: dict[ReportedId, Reported] = {}
    queries: list[Query] = []
    for place, row in plan_quarters(plan):
        if row.quarter >= quarter:
            problem = f"{row.quarter} isn't before {quarter}, the quarter that is reported, so the row isn't used."
            queries.append(place.query(c.QUARTER, row.key, problem, "Correct the quarter, or delete the row."))
            continue
        then = published.in_quarter(row.key, row.part, row.quarter)
        if then is None:
            if row.id in kept:
                problem = f"{row.key} stands twice for {row.quarter}; the first row is used."
                queries.append(place.query(c.KEY, row.key, problem, "Delete the row that isn't meant."))
            kept.setdefault(row.id, row)
            continue
        figures = (
            (c.RAG, row.rating, then.rating),
            (c.PERFORMANCE, row.performance, then.performance),
            (c.TARGET, row.target, then.target),
        )
        for heading, here, there in figures:
            named = shown_value(here, row.unit or "")
            if here is None or same(here, there) or (row.quarter, then.item, heading, named) in corrected:
                continue
            was = shown_value(there, row.unit or "")
            problem = f"{heading} of {row.quarter} is {named} here but {was} in the earlier report, which counts."
            queries.append(place.query(heading, row.key, problem, "Correct it, or delete the row."))
    calendar = plan.settings.calendar_years
    # A report of an earlier version wrote a calendar year as two.
    written = (
        row if row.quarter.calendar == calendar else replace(row, quarter=row.quarter.written(calendar))
        for row in reported
    )
    return [*kept.values(), *written], queries


def fullest(
    previous: Previous | None, standing: Previous | None, plan: Plan, quarter: Quarter
) -> tuple[Previous | None, list[Query]]:
    """The report to go on from: the earlier one, unless the report in place has quarters that would be lost with it."""
    if standing is None:
        return previous, []
    known = {row.id for row in merge_earlier(plan, previous, quarter)[0]}
    lost = sorted({row.quarter for row in standing.data if row.quarter < quarter and row.id not in known})
    if not lost:
        return previous, []
    lacking = f"{previous.file} lacks some of it" if previous else "no earlier report is named"
    which = f"{lost[0]}" if len(lost) == 1 else f"{lost[0]} to {lost[-1]}"
    problem = f"The report in place goes back to {which}, and {lacking}, so its earlier quarters are kept."
    what = "Name last quarter's report with --previous; to do without those quarters, move the report in place away."
    return standing, [Query(standing.file, c.ReportSheets.DATA.name, "", "", Severity.QUERY, problem, what)]


def late_overrides(plan: Plan, earlier: Earlier, quarter: Quarter) -> list[Query]:
    """Queries about overrides of quarters that were reported without them: what was published isn't changed."""
    entries = {(each.quarter, each.key): each for each in plan.overrides if each.quarter and each.rating}
    queries: list[Query] = []
    for override in entries.values():
        when, key = override.quarter, override.key
        if not when or not key or when >= quarter:
            continue
        then = (earlier.in_quarter(key, None, when), at(earlier.rows, item_id(key), when))
        published = [row.rating for row in then if row]
        if published and override.rating not in published:
            problem = f"{key} was published as {shown_value(published[0])} in {when}, before this override."
            what = "Run that quarter again if it is to be published; else delete the row."
            queries.append(override.at.query(c.RAG, key, problem, what))
    return queries


def with_quarter(earlier: Iterable[Reported], rows: Iterable[Reported], quarter: Quarter) -> list[Reported]:
    """All quarters with this one's rows at the end, in place of any that a re-run finds of it already."""
    kept = sorted((row for row in earlier if row.quarter != quarter), key=lambda row: row.quarter.ordinal)
    return [*kept, *rows]
