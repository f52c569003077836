"""The quarters so far as one long table, this quarter added."""

from __future__ import annotations

import pandas as pd

from ragtool import columns as c
from ragtool import rules
from ragtool.frames import AT, Row, frame, records
from ragtool.history.earlier import Earlier, at, description, item
from ragtool.history.previous import Previous
from ragtool.history.revision import same, shown
from ragtool.model import Better, Place, Query, Severity
from ragtool.plan.facts import measure_facts
from ragtool.plan.plan import Plan
from ragtool.quarters import Quarter

KEY_ACTION, MEASURE = "Key action", "Measure"
"""The kinds of item in the Data sheet."""

DATA = (*c.ReportSheets.DATA.headings, c.FORMERLY, *c.YEARS_TARGETS)

FROM_HISTORY = "From the plan's History sheet."
"""Why a row of the Data sheet has its rating where the quarter wasn't reported with this tool."""

FIGURES = (c.RAG, c.PERFORMANCE, c.TARGET)


def plan_history(plan: Plan) -> list[Row]:
    """The plan's History sheet, quarters before the tool was used, as rows of the Data sheet.

    A measure's shortfall follows from its figure and target by the plan's polarity. A row that has but a review isn't
    a quarter's.
    """
    actions = {item(row[c.KEY], None): row for row in records(plan.key_actions)}
    measures = {item(row[c.KEY], row[c.PART]): row for row in records(plan.measures)}
    rows: list[Row] = []
    for row in records(plan.history):
        if all(row[heading] is None for heading in FIGURES):
            continue
        id_ = item(row[c.KEY], row[c.PART])
        about = actions.get(id_) or measures.get(id_) or {}
        figures = {c.PERFORMANCE: row[c.PERFORMANCE], c.TARGET: row[c.TARGET], c.SHORTFALL: None}
        if id_ in measures and row[c.PERFORMANCE] is not None:
            facts = measure_facts(about)
            if row[c.TARGET] is not None or facts.better is Better.IN_RANGE:
                figures[c.SHORTFALL] = rules.shortfall(facts, row[c.PERFORMANCE], row[c.TARGET])
        rows.append(
            {
                c.QUARTER: row[c.QUARTER],
                c.KIND: kind_of(row, plan),
                c.KEY: row[c.KEY],
                c.PART: row[c.PART],
                c.DESCRIPTION: description(about),
                c.RAG: row[c.RAG],
                c.RULE_RAG: row[c.RAG],
                c.UNIT: about.get(c.UNIT),
                c.BETTER_WHEN: about.get(c.BETTER_WHEN),
                c.BASIS: about.get(c.BASIS),
                c.RANGE_LOW: about.get(c.RANGE_LOW),
                c.RANGE_HIGH: about.get(c.RANGE_HIGH),
                c.WHY: FROM_HISTORY,
                c.SOURCE: row[AT].source(c.RAG),
                AT: row[AT],
                **figures,
            }
        )
    return rows


def kind_of(row: Row, plan: Plan) -> str:
    """What a row of the plan's History sheet is about; an item no longer in the plan is told by its key's letters."""
    id_ = item(row[c.KEY], row[c.PART])
    actions, measures = ({item(key, None) for key in items[c.KEY]} for items in (plan.key_actions, plan.measures))
    if id_ in actions or (id_[0], "") in measures:
        return KEY_ACTION if id_ in actions else MEASURE
    if row[c.PART] is not None or row[c.PERFORMANCE] is not None or row[c.TARGET] is not None:
        return MEASURE
    like_it = [{key.rstrip("0123456789abc") for key, _ in ids} for ids in (actions, measures)]
    letters = id_[0].rstrip("0123456789abc")
    return KEY_ACTION if letters in like_it[0] - like_it[1] else MEASURE


def merge_earlier(plan: Plan, previous: Previous | None, quarter: Quarter) -> tuple[pd.DataFrame, list[Query]]:
    """The plan's own earlier quarters and an earlier report's together; where both have one, they must agree.

    The report's rows count, since they were published; nothing of either is lost. What a correction changed since
    needn't agree.
    """
    reported = previous.data if previous else frame([], DATA)
    published = Earlier.of(reported, quarter, plan)
    corrected = {
        (row[c.QUARTER], *item(row[c.KEY], row[c.PART]), row[c.FIELD], row[c.WAS])
        for row in (records(previous.revisions) if previous else ())
    }
    kept: dict[tuple[Quarter, str, str], Row] = {}
    queries: list[Query] = []
    for row in plan_history(plan):
        place: Place = row[AT]
        id_ = (row[c.QUARTER], *item(row[c.KEY], row[c.PART]))
        if row[c.QUARTER] >= quarter:
            problem = f"{row[c.QUARTER]} isn't before {quarter}, the quarter that is reported, so the row isn't used."
            queries.append(place.query(c.QUARTER, row[c.KEY], problem, "Correct the quarter, or delete the row."))
            continue
        then = published.in_quarter(row[c.KEY], row[c.PART], row[c.QUARTER])
        if then is None:
            if id_ in kept:
                problem = f"{row[c.KEY]} stands twice for {row[c.QUARTER]}; the first row is used."
                queries.append(place.query(c.KEY, row[c.KEY], problem, "Delete the row that isn't meant."))
            kept.setdefault(id_, row)
            continue
        who = (row[c.QUARTER], *item(then[c.KEY], then[c.PART]))
        for heading in FIGURES:
            told = shown(row[heading], row)
            if row[heading] is None or same(row[heading], then[heading]) or (*who, heading, told) in corrected:
                continue
            was = shown(then[heading], row)
            problem = f"{heading} of {row[c.QUARTER]} is {told} here but {was} in the earlier report, which counts."
            queries.append(place.query(heading, row[c.KEY], problem, "Correct it, or delete the row."))
    together = [*kept.values(), *records(reported)]
    return frame(together, dict.fromkeys((*DATA, *reported.columns))), queries


def fullest(
    previous: Previous | None, standing: Previous | None, plan: Plan, quarter: Quarter
) -> tuple[Previous | None, list[Query]]:
    """The report to go on from: the earlier one, unless the report in place has quarters that would be lost with it."""
    known = {id_of(row) for row in records(merge_earlier(plan, previous, quarter)[0])}
    held = records(standing.data) if standing else []
    lost = sorted({row[c.QUARTER] for row in held if row[c.QUARTER] < quarter and id_of(row) not in known})
    if standing is None or not lost:
        return previous, []
    lacking = f"{previous.file} lacks some of it" if previous else "no earlier report is named"
    which = f"{lost[0]}" if len(lost) == 1 else f"{lost[0]} to {lost[-1]}"
    problem = f"The report in place goes back to {which}, and {lacking}, so its earlier quarters are kept."
    what = "Name last quarter's report with --previous; to do without those quarters, move the report in place away."
    return standing, [Query(standing.file, c.ReportSheets.DATA.name, "", "", Severity.QUERY, problem, what)]


def id_of(row: Row) -> tuple[Quarter, str, str]:
    """What makes two rows of the Data sheet the same: quarter, key, part."""
    return row[c.QUARTER], *item(row[c.KEY], row[c.PART])


def late_overrides(plan: Plan, earlier: Earlier, quarter: Quarter) -> list[Query]:
    """Queries about overrides of quarters that were reported without them: what was published isn't changed."""
    entries = {(row[c.QUARTER], row[c.KEY]): row for row in records(plan.overrides) if row[c.QUARTER] and row[c.RAG]}
    queries: list[Query] = []
    for (when, key), row in entries.items():
        then = [earlier.in_quarter(key, None, when), at(earlier.rows, item(key, None), when)] if key else []
        published = [found[c.RAG] for found in then if found]
        if when < quarter and published and row[c.RAG] not in published:
            problem = f"{key} was published as {shown(published[0], row)} in {when}, before this override."
            what = "Run that quarter again if it is to be published; else delete the row."
            queries.append(row[AT].query(c.RAG, key, problem, what))
    return queries
