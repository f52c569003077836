"""What changed without anyone saying so: a plan's titles and targets, or a quarter's figures on a re-run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from ragtool import columns as c
from ragtool import rules
from ragtool.frames import Row, frame, records
from ragtool.history.earlier import description, item
from ragtool.history.previous import Previous
from ragtool.history.quarters_so_far import FROM_HISTORY, KEY_ACTION
from ragtool.history.revision import RERUN, field_name, revision, same, shown
from ragtool.model import Rating, fold
from ragtool.plan.facts import measure_facts
from ragtool.plan.milestones import identity
from ragtool.plan.plan import HAS_PARTS, Plan
from ragtool.quarter.milestones import status_of, status_word
from ragtool.quarter.rated import Rated
from ragtool.quarters import Quarter

HEADINGS = c.ReportSheets.REVISIONS.headings
RERUN_FIELDS = (c.DESCRIPTION, c.PERFORMANCE, c.TARGET, c.RANGE_LOW, c.RANGE_HIGH, c.RAG, c.RULE_RAG)
"""What is compared where a quarter is reported again."""
DEFINITION = (c.UNIT, c.BETTER_WHEN, c.BASIS)
"""What a measure's figures mean: where it changes, they no longer compare."""
NOT_REPORTED = "not in the report"


def plan_changes(rated: Rated) -> list[Row]:
    """What the plan says of an item that it didn't at the last report: titles, definitions, targets and limits."""
    changes: list[Row] = []
    plan, quarter = rated.plan, rated.quarter
    for row in [*records(rated.key_actions), *records(rated.measures)]:
        rows = rated.earlier.about(row[c.KEY], row.get(c.PART))
        if not rows:
            continue
        last, title = rows[-1], description(row)
        if last[c.DESCRIPTION] and fold(last[c.DESCRIPTION]) != fold(title or ""):
            changes.append(revision(last, field_name(c.DESCRIPTION), last[c.DESCRIPTION], title, None, plan.file))
        if last[c.KIND] != KEY_ACTION and not row[HAS_PARTS]:
            for heading in DEFINITION:
                if last.get(heading) is not None and last[heading] != row[heading]:
                    changes.append(revision(last, heading, last[heading], row[heading], None, plan.file))
            for then in (then for then in rows if then[c.QUARTER].year == quarter.year):
                changes += aim_changes(row, then, plan)
            changes += changes_ahead(row, last, quarter, plan)
        if last[c.KIND] != KEY_ACTION:
            changes += limit_changes(row, rows, plan)
    return changes


def aim_changes(row: Row, then: Row, plan: Plan) -> Iterator[Row]:
    """Revisions rows where the plan now has another target or range for a quarter that was reported.

    A quarter in which the measure wasn't due, was under development or is never rated had no target to change. What
    the plan's History sheet says of a quarter stands in the plan too: it changes nothing that one of the two is blank.
    """
    facts = measure_facts(row)
    if then[c.RULE_RAG] in (Rating.NOT_DUE, Rating.DATA_ONLY) or rules.UNDER_DEVELOPMENT in (then[c.WHY] or ""):
        return
    now = {c.TARGET: rules.target_for(facts, then[c.QUARTER]), c.RANGE_LOW: facts.low, c.RANGE_HIGH: facts.high}
    for heading, value in now.items():
        one_blank = then[c.WHY] == FROM_HISTORY and None in (then.get(heading), value)
        if not one_blank and not same(then.get(heading), value):
            was, is_now = shown(then.get(heading), then), shown(value, row)
            yield revision(then, heading, was, is_now, None, plan.file)


def changes_ahead(row: Row, last: Row, quarter: Quarter, plan: Plan) -> Iterator[Row]:
    """Revisions rows where the plan has another target for a quarter of the year that wasn't reported by then.

    A measure that had no target at all by then, or whose report is too old to say, had none to change.
    """
    if last[c.QUARTER].year != quarter.year or all(last.get(heading) is None for heading in c.YEARS_TARGETS):
        return
    for number, heading in enumerate(c.TARGET_QUARTERS, 1):
        if number > last[c.QUARTER].number and not same(last[heading], row[heading]):
            about = {**last, c.QUARTER: Quarter(quarter.year, number)}
            yield revision(about, c.TARGET, last[heading], shown(row[heading], row), None, plan.file)
    if not same(last[c.ANNUAL_TARGET], row[c.ANNUAL_TARGET]):
        now = shown(row[c.ANNUAL_TARGET], row)
        yield revision(last, c.ANNUAL_TARGET, last[c.ANNUAL_TARGET], now, None, plan.file)


def limit_changes(row: Row, rows: Sequence[Row], plan: Plan) -> Iterator[Row]:
    """Revisions rows where a measure is rated by another intervention level or limit than it was last rated by."""
    last = next((then for then in reversed(rows) if then[c.INTERVENTION_LEVEL] is not None), None)
    level = row[c.INTERVENTION_LEVEL]
    if last and level is not None and not same(last[c.INTERVENTION_LEVEL], level):
        was, now = rules.percent(last[c.INTERVENTION_LEVEL]), rules.percent(level)
        yield revision(last, c.INTERVENTION_LEVEL, was, now, None, plan.file)
    said = rows[-1]
    if said[c.WHY] != FROM_HISTORY and not same(said[c.RED_BEYOND], row[c.RED_BEYOND]):
        yield revision(said, c.RED_BEYOND, said[c.RED_BEYOND], shown(row[c.RED_BEYOND], row), None, plan.file)


def rerun_changes(
    data: pd.DataFrame, milestones: pd.DataFrame, standing: Previous | None, quarter: Quarter
) -> list[Row]:
    """What differs between the quarter's report in place and this one: items, figures, ratings, milestones' statuses.

    A report marked as final says by this what has changed since.
    """
    if standing is None:
        return []
    source = f"{RERUN} {standing.file}"
    now, before = (
        {item(row[c.KEY], row[c.PART]): row for row in records(rows) if row[c.QUARTER] == quarter}
        for rows in (data, standing.data)
    )
    changes = []
    for id_, row in now.items():
        then = before.get(id_)
        if then is None:
            changes.append(revision(row, c.RAG, NOT_REPORTED, row[c.RAG], None, source))
            continue
        for field in RERUN_FIELDS:
            if not same(then[field], row[field]):
                was, is_now = shown(then[field], then), shown(row[field], row)
                changes.append(revision(row, field_name(field), was, is_now, None, source))
    gone = (then for id_, then in before.items() if id_ not in now)
    changes += [revision(then, c.RAG, then[c.RAG], NOT_REPORTED, None, source) for then in gone]
    return [*changes, *milestones_again(milestones, standing, source)]


def milestones_again(milestones: pd.DataFrame, standing: Previous, source: str) -> Iterator[Row]:
    """Revisions rows for milestones whose status differs from that in the report in place."""
    before = {identity(row[c.KEY], row[c.FIRST_DUE], row[c.NO]): row for row in records(standing.milestones)}
    for row in records(milestones):
        then = before.get(identity(row[c.KEY], row[c.FIRST_DUE], row[c.NO]))
        now = status_of(row)
        if then is not None and (then[c.STATUS] or None) != now:
            about = {c.QUARTER: row[c.FIRST_DUE], c.KEY: row[c.KEY]}
            was, is_now = status_word(then[c.STATUS]), status_word(now)
            yield revision(about, f"Milestone {row[c.NO]}: {c.STATUS}", was, is_now, None, source)


def revisions_table(previous: Sequence[Row], standing: Sequence[Row], *found: Sequence[Row]) -> pd.DataFrame:
    """All revisions, the oldest first: the earlier report's, those of the report in place, and what this run found.

    What a run finds again, as the last that was said of an item's field, is listed once.
    """
    known = {signature(row) for row in previous}
    rows = [*previous, *(row for row in standing if signature(row) not in known)]
    told: dict[Signature, list[Signature]] = {}
    for row in rows:
        told.setdefault(subject(row), []).append(signature(row))
    new: dict[Signature, list[Row]] = {}
    for row in (row for part in found for row in part):
        new.setdefault(subject(row), []).append(row)
    for of, mine in new.items():
        said, signed = told.get(of, []), [signature(row) for row in mine]
        again = next(n for n in range(len(mine), -1, -1) if said[len(said) - n :] == signed[:n])
        rows += mine[again:]
    return frame(rows, HEADINGS)


Signature = tuple[str, ...]


def subject(row: Row) -> Signature:
    """What a Revisions row is about."""
    return tuple(fold(str(row.get(heading) or "")) for heading in (c.QUARTER, c.KEY, c.PART, c.FIELD))


def signature(row: Row) -> Signature:
    """What a Revisions row says, wherever it was said."""
    return (*subject(row), *(fold(str(row.get(heading) or "")) for heading in (c.WAS, c.NOW, c.REASON)))


def corrected_ratings(revisions: pd.DataFrame) -> set[tuple[Quarter, str]]:
    """The quarters and folded keys whose published rating a correction changed since."""
    return {
        (row[c.QUARTER], fold(row[c.KEY]))
        for row in records(revisions)
        if row[c.FIELD] == c.RAG and not row[c.PART] and not str(row[c.SOURCE] or "").startswith(RERUN)
    }
