"""The register of milestones: the last word on each that was ever reported, which tells the next run what to carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ragtool.figures import number_in_digits
from ragtool.history.earlier import Names, by_name, follow
from ragtool.history.previous import Previous
from ragtool.history.reported import ReportedMilestone
from ragtool.model import Kind, fold
from ragtool.plan.due_milestones import MilestoneId, MilestoneState
from ragtool.plan.plan import Plan
from ragtool.quarter.carrying import Before, Milestones
from ragtool.quarter.items import ReturnedMilestone
from ragtool.quarters import Quarter, quarter_of


def before_quarter(previous: Previous | None, plan: Plan, quarter: Quarter) -> Before | None:
    """What an earlier report says of milestones before `quarter`; None where there is no earlier report.

    Of a report of `quarter` itself, which a re-run replaces, what it found out doesn't count. A milestone that is in
    no report counts from First quarter on, or else from the first quarter reported; where the report has no register,
    since it isn't known then what was complete before, from its own quarter on.
    """
    if previous is None:
        return None
    known: dict[MilestoneId, ReportedMilestone] = {row.id: row for row in previous.register}
    for row in previous.milestones:
        known[row.id] = with_latest(known.get(row.id), row)
    calendar = plan.settings.calendar_years
    rows = [then for row in known.values() if (then := as_before(as_plan_writes(row, calendar), quarter, plan))]
    return Before(
        rows=tuple(rows),
        quarter=min(previous.quarter, quarter.plus(-1)),
        first=(plan.settings.first_quarter or first_reported(previous)) if previous.has_register else previous.quarter,
        keys=keys_then(previous, plan),
    )


def as_plan_writes(row: ReportedMilestone, calendar: bool) -> ReportedMilestone:
    """A milestone with its quarters as the plan writes them: a report of an earlier version wrote a calendar year as
    two.
    """
    if row.first_due.calendar == row.reported.calendar == calendar:
        return row
    return replace(row, first_due=row.first_due.written(calendar), reported=row.reported.written(calendar))


def with_latest(registered: ReportedMilestone | None, row: ReportedMilestone) -> ReportedMilestone:
    """A milestone of the register with what the report of the same quarter shows of it."""
    if registered is None:
        return replace(row, decision=str(MilestoneState.MOVED)) if row.status is MilestoneState.MOVED else row
    return replace(
        row,
        text=row.text or registered.text,
        area=row.area or registered.area,
        revised_due=row.revised_due or registered.revised_due,
        decision=registered.decision,
    )


def as_before(row: ReportedMilestone, quarter: Quarter, plan: Plan) -> ReportedMilestone | None:
    """A milestone as it stood before `quarter`, whatever a report of `quarter` found; None where it didn't exist."""
    if row.reported != quarter:
        return row
    due = quarter_of(row.due_by, plan.settings.financial_year_starts)
    if row.first_due >= quarter:
        return None
    counted = due < quarter and not isinstance(row.status, MilestoneState)
    times = max(0, row.times_carried - (1 if counted else 0))
    nothing_yet = replace(row, status=None, completed_on=None, resolution=None, revised_date=None)
    return replace(nothing_yet, times_carried=times, reported=quarter.plus(-1))


def first_reported(previous: Previous) -> Quarter:
    """The first quarter that was reported with this tool: those before stand in the plan."""
    rows = (row for row in previous.data if row.kind is Kind.KEY_ACTION and not row.from_plan)
    return min((row.quarter for row in rows), default=previous.quarter)


def keys_then(previous: Previous, plan: Plan) -> dict[str, str]:
    """The folded keys that the plan's key actions had in an earlier report, by those that they have now.

    One that the report doesn't have, such as one that ended, had its last key, unless that was another's by then.
    """
    rows, names = by_name(previous.data, previous.quarter.plus(1)), Names.of(plan)
    last = {action.key: follow(rows, action.id, names)[-1:] for action in plan.key_actions}
    reported = {fold(row.key) for about in last.values() for row in about if row.quarter == previous.quarter}
    keys = {}
    for action in plan.key_actions:
        about = next(iter(last[action.key]), None)
        then = fold(about.key if about else action.formerly or action.key)
        of_another = then in reported and not (about and about.quarter == previous.quarter)
        keys[fold(action.key)] = fold(action.key) if of_another else then
    return keys


def register(
    planned: Milestones, returned: Iterable[ReturnedMilestone], quarter: Quarter
) -> tuple[ReportedMilestone, ...]:
    """The register after `quarter`: what the returns said of the milestones shown, and the others as they were."""
    shown = [
        ReportedMilestone(
            key=each.milestone.key,
            no=each.milestone.no,
            text=each.milestone.text,
            area=each.milestone.area,
            first_due=each.milestone.first_due,
            due=each.milestone.due,
            revised_due=each.milestone.revised_due,
            decision=each.milestone.decision,
            status=each.status,
            completed_on=each.entry.completed_on,
            times_carried=each.milestone.times_carried,
            reported=quarter,
        )
        for each in returned
    ]
    return tuple(sorted([*planned.others, *shown], key=lambda row: (row.first_due, fold(row.key), sort_number(row.no))))


def sort_number(no: str) -> tuple[int, str]:
    """A milestone's number as it sorts: 2 before 10."""
    return number_in_digits(no) or 0, no
