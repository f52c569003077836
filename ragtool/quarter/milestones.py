"""Which milestones count in a quarter: those due in it, and those carried forward into it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

from ragtool import columns as c
from ragtool.frames import AT, Row, frame, label, records
from ragtool.history.revision import revision
from ragtool.model import MilestonePlan, MilestoneStatus, Place, Query, Rating, Severity, fold
from ragtool.plan.milestones import COUNTED, FIRST_DUE, MOVED, REPORTED, STATE, WITHDRAWN, due_by, identity
from ragtool.plan.plan import Plan, in_force
from ragtool.quarters import Quarter, quarter_of

FROM_PLAN, CARRIED, PROPOSED_FROM = "plan", "carried forward", "proposed"
"""Where a milestone of the coming quarter comes from."""

COUNTED_COLUMNS = (
    (c.KEY, c.NO, c.MILESTONE, c.SERVICE_AREA, c.DUE, c.REVISED_DUE, FIRST_DUE, c.CARRIED_FROM, c.TIMES_CARRIED)
    + (c.DECISION, STATE)
)  # fmt: skip


@dataclass(frozen=True)
class Before:
    """What earlier reports, up to that of `quarter`, say of milestones: each one's last row.

    A milestone that is in none of them counts from `first` on, None for never. `keys` leads from the plan's folded
    keys to those that its items had in the last report.
    """

    rows: tuple[Row, ...]
    quarter: Quarter
    first: Quarter | None = None
    keys: Mapping[str, str] = field(default_factory=dict)

    def key_of(self, key: str) -> str:
        """The folded key that one of the plan's items had in the last report."""
        return self.keys.get(fold(key), fold(key))


@dataclass(frozen=True)
class Milestones:
    """The milestones that the report of a quarter shows, by `STATE`: counted, moved by decision, or withdrawn.

    `others` are the last rows of those that earlier reports had and this one doesn't show. `revisions` are the
    Revisions rows of what the plan decided.
    """

    shown: pd.DataFrame
    others: tuple[Row, ...] = ()
    revisions: tuple[Row, ...] = ()
    queries: tuple[Query, ...] = ()


def plan_milestones(plan: Plan, quarter: Quarter, before: Before | None = None) -> Milestones:
    """The milestones of `quarter`: the plan's, and those of earlier reports that a new plan leaves out.

    With no earlier report, earlier milestones count back to the setting First quarter. Those of a key action that is
    closed or has ended don't count. Source: the rating rules, Key actions.
    """
    month = plan.settings.financial_year_starts
    owners = dict(zip(plan.key_actions[c.KEY], plan.key_actions[c.SERVICE_AREA], strict=True))
    living = set(in_force(plan.key_actions, quarter)[c.KEY])
    known = {identity(row[c.KEY], row[FIRST_DUE], row[c.NO]): row for row in before.rows} if before else {}
    first = before.first if before else plan.settings.first_quarter
    shown: list[Row] = []
    others: list[Row] = []
    revisions: list[Row] = []
    queries: list[Query] = []
    listed = set()
    for row in records(plan.milestones):
        first_due = quarter_of(row[c.DUE], month)
        me = identity(before.key_of(row[c.KEY]) if before else row[c.KEY], first_due, row[c.NO])
        listed.add(me)
        earlier = known.get(me)
        state = state_in(row, quarter, month, first, earlier)
        if state in (COUNTED, MOVED) and row[c.KEY] not in living:
            state = None
            queries += closed_with(row, earlier, before, plan)
        if state is None:
            others += [{**earlier, c.KEY: row[c.KEY]}] if earlier else []
            continue
        area = row[c.SERVICE_AREA] or owners.get(row[c.KEY])
        shown.append({**row, c.SERVICE_AREA: area, **carried(row, first_due, quarter, month, earlier, state)})
        revisions += decided(shown[-1], earlier, plan)
    for row in (row for me, row in known.items() if me not in listed):
        key = heir(row[c.KEY], plan, before)
        if (
            before is None
            or row[c.STATUS] in (MilestoneStatus.COMPLETE, WITHDRAWN)
            or ended(row, key, plan, before, living)
        ):
            others.append({**row, c.KEY: key})
            queries += closed_with(row, row, before, plan)
            continue
        state = MOVED if quarter_of(due_by(row), month) > quarter else COUNTED
        area = row[c.SERVICE_AREA] if row[c.SERVICE_AREA] in plan.areas else owners.get(key, row[c.SERVICE_AREA])
        kept = {**row, c.KEY: key, c.SERVICE_AREA: area or ""}
        shown.append({**kept, **carried(row, row[FIRST_DUE], quarter, month, row, state)})
        queries.append(left_out(row, key, plan))
    return Milestones(frame(shown, COUNTED_COLUMNS), tuple(others), tuple(revisions), tuple(queries))


def state_in(row: Row, quarter: Quarter, month: int, first: Quarter | None, earlier: Row | None) -> str | None:
    """How a plan's milestone stands in `quarter`; None where the report doesn't show it."""
    first_due, due = quarter_of(row[c.DUE], month), quarter_of(due_by(row), month)
    if earlier is not None and earlier[c.STATUS] is MilestoneStatus.COMPLETE:
        return None
    if row[c.STATUS] is MilestonePlan.PROPOSED and earlier is None:
        return None
    if row[c.STATUS] is MilestonePlan.WITHDRAWN and row[c.DECISION]:
        if earlier is None:
            return WITHDRAWN if first_due == quarter or (first and first <= first_due < quarter) else None
        return WITHDRAWN if earlier[c.STATUS] != WITHDRAWN else None
    if due > quarter:
        return MOVED if first_due <= quarter else None
    if due == quarter or earlier is not None:
        return COUNTED
    return COUNTED if first is not None and due >= first else None


def carried(row: Row, first_due: Quarter, quarter: Quarter, month: int, earlier: Row | None, state: str) -> Row:
    """Where a milestone comes from, and how often it was carried: once for each quarter that it counted past its due.

    One that the plan moved to an earlier quarter comes from a later one.
    """
    times: int = earlier[c.TIMES_CARRIED] if earlier else 0
    if state == COUNTED:
        since = quarter_of(due_by(row), month).ordinal
        times += max(0, quarter.ordinal - max(since, earlier[REPORTED].ordinal if earlier else since))
    return {
        FIRST_DUE: first_due,
        c.CARRIED_FROM: None if first_due == quarter else first_due,
        c.TIMES_CARRIED: times,
        STATE: state,
    }


def decided(row: Row, earlier: Row | None, plan: Plan) -> list[Row]:
    """The Revisions rows of what the plan says now of a milestone and didn't at the last report."""
    place: Place | None = row.get(AT)
    who = {c.QUARTER: row[FIRST_DUE], c.KEY: row[c.KEY]}
    reason = row[c.DECISION]

    def changed(heading: str, what: str, was: object, now: object) -> Row:
        source = place.source(heading) if place else plan.file
        return revision(who, f"Milestone {row[c.NO]}: {what}", was, now, reason, source)

    changes = []
    due, then = due_by(row), due_by(earlier) if earlier else row[c.DUE]
    if due != then:
        changes.append(changed(c.REVISED_DUE, c.DUE, then, due))
    was_withdrawn = earlier is not None and earlier[c.STATUS] == WITHDRAWN
    if (row[STATE] == WITHDRAWN) != was_withdrawn:
        states = (MilestonePlan.ACTIVE, MilestonePlan.WITHDRAWN)
        changes.append(changed(c.STATUS, c.STATUS, *(states[::-1] if was_withdrawn else states)))
    return changes


def status_of(row: Row) -> str | None:
    """What became of a milestone that is shown: what its return says, or Moved or Withdrawn; None where none says."""
    status: str | None = row[c.STATUS] if row[STATE] == COUNTED else row[STATE]
    return status


def status_word(status: str | None) -> str:
    """A milestone's status as a report shows it."""
    return str(status or Rating.NOT_RETURNED.word)


def asked_again(milestones: pd.DataFrame, plan: Plan) -> list[Query]:
    """A query where milestones of earlier quarters count that may be complete already, since no earlier report says."""
    again = [row for row in records(milestones) if row[STATE] == COUNTED and row[c.CARRIED_FROM] is not None]
    if not again:
        return []
    asked = (
        "1 milestone of an earlier quarter is"
        if len(again) == 1
        else f"{len(again)} milestones of earlier quarters are"
    )
    problem = f"There is no earlier report, so {asked} asked for again, back to {plan.settings.first_quarter}."
    what = "Name last quarter's report with --previous if there is one."
    return [Query(plan.file, c.PlanSheets.MILESTONES.name, "", "", Severity.QUERY, problem, what)]


# What a new plan leaves out


def heir(key: str, plan: Plan, before: Before | None) -> str:
    """The plan's key for what had `key` in the last report: its own, else that of the first item formerly so called."""
    heirs = [mine for mine in plan.key_actions[c.KEY] if before and before.key_of(mine) == fold(key)]
    return next((mine for mine in heirs if fold(mine) == fold(key)), heirs[0] if heirs else key)


def ended(row: Row, key: str, plan: Plan, before: Before, living: Collection[str]) -> bool:
    """Whether a milestone's key action is closed, has ended, or had before a new plan left it out."""
    return key not in living and (key in set(plan.key_actions[c.KEY]) or row[REPORTED] != before.quarter)


def closed_with(row: Row, earlier: Row | None, before: Before | None, plan: Plan) -> list[Query]:
    """A query about a milestone that isn't complete, in the first quarter in which its key action is closed."""
    if before is None or earlier is None or earlier[REPORTED] != before.quarter:
        return []
    if earlier[c.STATUS] in (MilestoneStatus.COMPLETE, WITHDRAWN):
        return []
    problem = f"Its key action is closed or has ended, but {named(earlier)} was never complete; it no longer counts."
    return [query(row, plan, problem, "Check that this is meant. Withdraw it with a Decision, or set Ends later.")]


def left_out(row: Row, key: str, plan: Plan) -> Query:
    """A query about a milestone that isn't complete and that the plan no longer lists."""
    under = f" It is carried forward under {key}." if fold(key) != fold(row[c.KEY]) else " It is carried forward."
    gone = "" if key in set(plan.key_actions[c.KEY]) else f", nor {row[c.KEY]} itself"
    problem = f"The plan no longer lists {named(row)}{gone}, but it was never complete.{under}"
    return query(row, plan, problem, "Put its row back; to end it, withdraw it there with a Decision.")


def named(row: Row) -> str:
    """A milestone as its manager knows it."""
    return f"milestone {row[c.NO]} of {row[FIRST_DUE]}, {row[c.MILESTONE]}" if row[c.MILESTONE] else f"no. {row[c.NO]}"


def query(row: Row, plan: Plan, problem: str, what_to_do: str) -> Query:
    """A query about a milestone, at its row in the plan where the plan has it."""
    place: Place | None = row.get(AT)
    cell = place.cell(c.KEY) if place else ""
    return Query(plan.file, c.PlanSheets.MILESTONES.name, cell, label(row), Severity.QUERY, problem, what_to_do)
