"""What changed without anyone saying so: a plan's titles and targets, or what was published of the quarter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ragtool import columns as c
from ragtool import rules
from ragtool.history.previous import Previous
from ragtool.history.reported import Reported, Revision
from ragtool.history.revision import field_name, revision, same, shown_value
from ragtool.model import ItemStatus, Kind, Origin, Rating, fold
from ragtool.plan.plan import Measure
from ragtool.quarter.items import RatedMeasure, ReturnedMilestone
from ragtool.quarter.rated import RatedQuarter
from ragtool.quarters import Quarter
from ragtool.rules.words import level_words, listed

NOT_REPORTED = "not in the report"


def plan_changes(rated: RatedQuarter) -> list[Revision]:
    """What the plan says of an item that it didn't at the last report: titles, definitions, targets and limits."""
    changes: list[Revision] = []
    file, quarter = rated.plan.file, rated.quarter
    for item in rated.items:
        rows = rated.earlier.about(item.item.key, item.part)
        if not rows:
            continue
        last, title = rows[-1], item.item.description
        if last.description and fold(last.description) != fold(title):
            changes.append(revision(last, field_name(c.DESCRIPTION), last.description, title, file, Origin.PLAN))
        if not isinstance(item, RatedMeasure) or last.kind is Kind.KEY_ACTION:
            continue
        if not item.item.has_parts:
            changes += definition_changes(item.item, last, file)
            for then in (then for then in rows if then.quarter.year == quarter.year):
                changes += aim_changes(item.item, then, file)
            changes += changes_ahead(item.item, last, quarter, file)
        changes += limit_changes(item, rows, file)
    return changes


def definition_changes(measure: Measure, last: Reported, file: str) -> Iterator[Revision]:
    """Where what a measure's figures mean has changed, so that they no longer compare."""
    definition = (
        (c.UNIT, last.unit, measure.unit),
        (c.BETTER_WHEN, last.better, measure.better_when),
        (c.BASIS, last.basis, measure.basis),
    )
    for heading, was, now in definition:
        if was and was != now:
            yield revision(last, heading, was, now, file, Origin.PLAN)


def aim_changes(measure: Measure, then: Reported, file: str) -> Iterator[Revision]:
    """Where the plan now has another target or range for a quarter that was reported.

    A quarter in which the measure wasn't due, was under development or is never rated had no target to change. What
    the plan says of a quarter from before the tool was used changes nothing that one of the two is blank.
    """
    never_rated = then.rule_rating in (Rating.NOT_DUE, Rating.DATA_ONLY)
    if never_rated or then.status is ItemStatus.UNDER_DEVELOPMENT:
        return
    aims = (
        (c.TARGET, then.target, rules.target_for(measure, then.quarter)),
        (c.STRETCH_TARGET, then.stretch, rules.stretch_for(measure, then.quarter)),
        (c.RANGE_LOW, then.low, measure.low),
        (c.RANGE_HIGH, then.high, measure.high),
    )
    for heading, was, now in aims:
        one_blank = then.from_plan and None in (was, now)
        if not one_blank and not same(was, now):
            texts = shown_value(was, then.unit or ""), shown_value(now, measure.unit)
            yield revision(then, heading, *texts, file, Origin.PLAN)


def changes_ahead(measure: Measure, last: Reported, quarter: Quarter, file: str) -> Iterator[Revision]:
    """Where the plan has another target for a quarter of the year that wasn't reported by then.

    A measure that had no target at all by then, or whose report is too old to say, had none to change.
    """
    if last.quarter.year != quarter.year or not any(value is not None for value in (*last.targets, last.annual_target)):
        return
    for number, (was, now) in enumerate(zip(last.targets, measure.targets, strict=True), 1):
        if number > last.quarter.number and not same(was, now):
            when = replace(quarter, number=number)
            yield revision(last, c.TARGET, was, shown_value(now, measure.unit), file, Origin.PLAN, quarter=when)
    if not same(last.annual_target, measure.annual):
        now_shown = shown_value(measure.annual, measure.unit)
        yield revision(last, c.ANNUAL_TARGET, last.annual_target, now_shown, file, Origin.PLAN)


def limit_changes(item: RatedMeasure, rows: Sequence[Reported], file: str) -> Iterator[Revision]:
    """Where a measure is rated by another intervention level or limit than it was last rated by."""
    levels = (
        (c.INTERVENTION_LEVEL, [(then, then.level) for then in reversed(rows)], item.level),
        (c.GREEN_WITHIN, [(then, then.green_within) for then in reversed(rows)], item.green_within),
    )
    for heading, earlier, now in levels:
        last, was = next((each for each in earlier if each[1] is not None), (rows[-1], None))
        if was is not None and now is not None and not same(was, now):
            yield revision(last, heading, level_words(was), level_words(now), file, Origin.PLAN)
    latest, planned = rows[-1], item.item
    limits = (
        (c.RED_BEYOND, latest.red_beyond, planned.red_beyond),
        (c.RED_BELOW, latest.red_below, planned.red_below),
        (c.RED_ABOVE, latest.red_above, planned.red_above),
    )
    for heading, limit, stands in limits:
        if not latest.from_plan and not same(limit, stands):
            yield revision(latest, heading, limit, shown_value(stands, planned.unit), file, Origin.PLAN)


def reissue_changes(rated: RatedQuarter, published: Previous | None) -> list[Revision]:
    """What differs from the quarter's last final report: items, figures, ratings, milestones' statuses.

    Of the quarters before, what differs in items that both have, but for what `rated` says itself that it corrected.
    Nothing differs from a draft, which was never published.
    """
    if published is None:
        return []
    quarter = rated.quarter
    source = f"run again after {published.file}"
    now, before = ({row.id: row for row in rows if row.quarter <= quarter} for rows in (rated.data, published.data))
    corrected = {subject(row) for row in rated.revisions}
    changes = []
    for about, row in now.items():
        then = before.get(about)
        if then is None and row.quarter == quarter:
            changes.append(revision(row, c.RAG, NOT_REPORTED, row.rating, source, Origin.REISSUED))
        if then is None:
            continue
        for (heading, was), (_, is_now) in zip(compared_again(then), compared_again(row), strict=True):
            if not same(was, is_now):
                texts = shown_value(was, then.unit or ""), shown_value(is_now, row.unit or "")
                change = revision(row, field_name(heading), *texts, source, Origin.REISSUED)
                changes += [change] if subject(change) not in corrected else []
    gone = (then for about, then in before.items() if about not in now and then.quarter == quarter)
    changes += [revision(then, c.RAG, then.rating, NOT_REPORTED, source, Origin.REISSUED) for then in gone]
    return [*changes, *milestones_again(rated.milestones, published, source)]


def version_in_words(version: int, changes: Iterable[Revision]) -> str:
    """What a later version is, and the keys of what differs in it from the final report that it follows."""
    keys = listed(list(dict.fromkeys(change.key for change in changes if change.key)))
    differs = f"What differs from that: {keys}." if keys else "No item, figure, rating or status differs from that."
    return f"This is version {version}; the final report of this quarter was published before it. {differs}"


def compared_again(row: Reported) -> tuple[tuple[str, str | Decimal | Rating | None], ...]:
    """What is compared where a quarter is reported again, by heading."""
    return (
        (c.DESCRIPTION, row.description),
        (c.PERFORMANCE, row.performance),
        (c.TARGET, row.target),
        (c.RANGE_LOW, row.low),
        (c.RANGE_HIGH, row.high),
        (c.RAG, row.rating),
        (c.RULE_RAG, row.rule_rating),
    )


def milestones_again(milestones: Iterable[ReturnedMilestone], published: Previous, source: str) -> Iterator[Revision]:
    """Milestones whose status differs from that in the last final report."""
    before = {row.id: row for row in published.milestones}
    for step in milestones:
        then = before.get(step.id)
        if then is not None and then.status != step.status:
            yield Revision(
                quarter=step.milestone.first_due,
                key=step.milestone.key,
                field=f"Milestone {step.milestone.no}: {c.STATUS}",
                was=status_word(then.status),
                now=status_word(step.status),
                source=source,
                origin=Origin.REISSUED,
            )


def status_word(status: str | None) -> str:
    """A milestone's status as a report shows it."""
    return str(status or Rating.NOT_RETURNED.word)


def all_revisions(
    previous: Sequence[Revision], published: Sequence[Revision], *new: Sequence[Revision]
) -> tuple[Revision, ...]:
    """All revisions, the oldest first: the earlier report's, those of the last final one, and what this run found.

    What a run finds again, as the last that was said of an item's field, is listed once.
    """
    known = {statement(row) for row in previous}
    rows = [*previous, *(row for row in published if statement(row) not in known)]
    earlier: dict[Statement, list[Statement]] = {}
    for row in rows:
        earlier.setdefault(subject(row), []).append(statement(row))
    by_subject: dict[Statement, list[Revision]] = {}
    for row in (row for part in new for row in part):
        by_subject.setdefault(subject(row), []).append(row)
    for about, mine in by_subject.items():
        before, now = earlier.get(about, []), [statement(row) for row in mine]
        again = next(n for n in range(len(mine), -1, -1) if before[len(before) - n :] == now[:n])
        rows += mine[again:]
    return tuple(rows)


Statement = tuple[str, ...]


def subject(row: Revision) -> Statement:
    """What a revision is about."""
    return tuple(fold(str(value or "")) for value in (row.quarter, row.key, row.part, row.field))


def statement(row: Revision) -> Statement:
    """What a revision says, wherever it was said."""
    return (*subject(row), *(fold(str(value or "")) for value in (row.was, row.now, row.reason)))


def corrected_ratings(revisions: Iterable[Revision]) -> set[tuple[Quarter | None, str]]:
    """The quarters and folded keys whose rating has changed since it was published."""
    return {
        (row.quarter, fold(row.key or ""))
        for row in revisions
        if row.field == c.RAG and not row.part and row.origin is not Origin.RERUN
    }
