"""Which milestones count in a quarter: those due in it, and those carried forward into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ragtool import columns as c
from ragtool.history.reported import ReportedMilestone, Revision
from ragtool.history.revision import shown_value
from ragtool.model import MilestonePlan, MilestoneStatus, Origin, Query, Severity, as_name, fold, item_name
from ragtool.plan.due_milestones import DueMilestone, MilestoneState, milestone_id
from ragtool.plan.plan import KeyAction, Milestone, Plan, in_force
from ragtool.quarters import Quarter, When, quarter_of


@dataclass(frozen=True)
class Before:
    """What earlier reports, up to that of `quarter`, say of milestones: the last word on each.

    A milestone that is in none of them counts from `first` on, None for never. `keys` leads from the plan's folded
    keys to those that its items had in the last report.
    """

    rows: tuple[ReportedMilestone, ...]
    quarter: Quarter
    first: Quarter | None = None
    keys: Mapping[str, str] = field(default_factory=dict)

    def key_of(self, key: str) -> str:
        """The folded key that one of the plan's items had in the last report."""
        return self.keys.get(fold(key), fold(key))


@dataclass(frozen=True)
class Milestones:
    """The milestones that the report of a quarter shows: counted, moved by decision, or withdrawn.

    `others` are the last rows of those that earlier reports had and this one doesn't show. `revisions` say what the
    plan decided.
    """

    shown: tuple[DueMilestone, ...]
    others: tuple[ReportedMilestone, ...] = ()
    revisions: tuple[Revision, ...] = ()
    queries: tuple[Query, ...] = ()


def plan_milestones(plan: Plan, quarter: Quarter, before: Before | None = None) -> Milestones:
    """The milestones of `quarter`: the plan's, and those of earlier reports that a new plan leaves out.

    With no earlier report, earlier milestones count back to the setting First quarter. Those of a key action that is
    closed or has ended don't count. Source: the rating rules, Key actions.
    """
    carrying = Carrying(plan, quarter, before)
    known = {row.id: row for row in before.rows} if before else {}
    listed = set()
    for step in plan.milestones:
        key = before.key_of(step.key) if before else step.key
        identity = milestone_id(key, carrying.first_due(step), step.no)
        listed.add(identity)
        carrying.take(step, known.get(identity))
    if before:
        for identity, row in known.items():
            if identity not in listed:
                carrying.take_left_out(row, before)
    return Milestones(tuple(carrying.shown), tuple(carrying.others), tuple(carrying.revisions), tuple(carrying.queries))


class Carrying:
    """The milestones of a quarter as they are brought together, one after another."""

    def __init__(self, plan: Plan, quarter: Quarter, before: Before | None) -> None:
        self.plan, self.quarter, self.before = plan, quarter, before
        self.month = plan.settings.financial_year_starts
        self.first = before.first if before else plan.settings.first_quarter
        self.living = {action.key for action in in_force(plan.key_actions, quarter)}
        self.shown: list[DueMilestone] = []
        self.others: list[ReportedMilestone] = []
        self.revisions: list[Revision] = []
        self.queries: list[Query] = []

    def first_due(self, step: Milestone) -> Quarter:
        """The quarter in which a plan's milestone was first due."""
        return quarter_of(step.due, self.month)

    def take(self, step: Milestone, earlier: ReportedMilestone | None) -> None:
        """Takes one of the plan's milestones; `earlier` is the last word of earlier reports on it."""
        state = self.state_of(step, earlier)
        if state in (MilestoneState.COUNTED, MilestoneState.MOVED) and step.key not in self.living:
            state = None
            self.queries += closed_with(step, earlier, self.before, self.plan)
        if state is None:
            self.others += [under_key(earlier, step.key)] if earlier else []
            return
        shown = DueMilestone(
            at=step.at,
            key=step.key,
            no=step.no,
            text=step.text,
            area=self.plan.area_of(step),
            due=step.due,
            revised_due=step.revised_due,
            decision=step.decision,
            first_due=self.first_due(step),
            state=state,
        )
        self.shown.append(self.carried(shown, earlier))
        self.revisions += decided(shown, earlier, self.plan)

    def take_left_out(self, row: ReportedMilestone, before: Before) -> None:
        """Takes a milestone of earlier reports that the plan no longer lists."""
        key = self.heir(row.key)
        if row.is_over or self.ended(row, key, before):
            self.others.append(under_key(row, key))
            self.queries += closed_with(row, row, before, self.plan)
            return
        moved = quarter_of(row.due_by, self.month) > self.quarter
        action = self.plan.key_action.get(key)
        shown = DueMilestone(
            key=key,
            no=row.no,
            text=row.text or "",
            area=self.area_left(row, action),
            due=row.due,
            revised_due=row.revised_due,
            decision=row.decision,
            first_due=row.first_due,
            state=MilestoneState.MOVED if moved else MilestoneState.COUNTED,
        )
        self.shown.append(self.carried(shown, row))
        self.queries.append(left_out(row, key, self.plan))

    def area_left(self, row: ReportedMilestone, action: KeyAction | None) -> str:
        """The service area that answers for a milestone which the plan no longer lists, by the name that it has now.

        Where one was split, it is the part that has the key action; where that is gone too, the first.
        """
        called = self.plan.areas_called.get(as_name(row.area or ""), ())
        if action and (not called or action.area in called):
            return action.area
        return called[0] if called else row.area or ""

    def state_of(self, step: Milestone, earlier: ReportedMilestone | None) -> MilestoneState | None:
        """How a plan's milestone stands in the quarter; None where the report doesn't show it."""
        quarter, first = self.quarter, self.first
        first_due, due = self.first_due(step), quarter_of(step.due_by, self.month)
        if earlier is not None and earlier.status is MilestoneStatus.COMPLETE:
            return None
        if step.status is MilestonePlan.PROPOSED and earlier is None:
            return None
        if step.status is MilestonePlan.WITHDRAWN and step.decision:
            if earlier is not None:
                return None if earlier.status is MilestoneState.WITHDRAWN else MilestoneState.WITHDRAWN
            news = first_due == quarter or (first is not None and first <= first_due < quarter)
            return MilestoneState.WITHDRAWN if news else None
        if due > quarter:
            return MilestoneState.MOVED if first_due <= quarter else None
        counts = due == quarter or earlier is not None or (first is not None and due >= first)
        return MilestoneState.COUNTED if counts else None

    def carried(self, shown: DueMilestone, earlier: ReportedMilestone | None) -> DueMilestone:
        """A milestone with where it comes from, and how often it was carried: once for each quarter that it counted
        past its due.

        One that the plan moved to an earlier quarter comes from a later one.
        """
        times = earlier.times_carried if earlier else 0
        if shown.counts:
            since = quarter_of(shown.due_by, self.month).ordinal
            times += max(0, self.quarter.ordinal - max(since, earlier.reported.ordinal if earlier else since))
        origin = None if shown.first_due == self.quarter else shown.first_due
        carried = replace(shown, carried_from=origin, times_carried=times)
        if earlier is None:
            return carried
        return replace(carried, last_resolution=earlier.resolution, last_revised_date=earlier.revised_date)

    @cached_property
    def heirs(self) -> dict[str, list[str]]:
        """The plan's keys by the folded keys that they had in the last report."""
        heirs: dict[str, list[str]] = {}
        for action in self.plan.key_actions:
            if self.before:
                heirs.setdefault(self.before.key_of(action.key), []).append(action.key)
        return heirs

    def heir(self, key: str) -> str:
        """The plan's key for what had `key` in the last report: its own, else that of the first item formerly so
        called.
        """
        heirs = self.heirs.get(fold(key), [])
        return next((mine for mine in heirs if fold(mine) == fold(key)), heirs[0] if heirs else key)

    def ended(self, row: ReportedMilestone, key: str, before: Before) -> bool:
        """Whether a milestone's key action is closed, has ended, or had before a new plan left it out."""
        return key not in self.living and (key in self.plan.key_action or row.reported != before.quarter)


def under_key(row: ReportedMilestone, key: str) -> ReportedMilestone:
    """A milestone under its key action's present key, which most have had from the first."""
    return row if row.key == key else replace(row, key=key)


def decided(step: DueMilestone, earlier: ReportedMilestone | None, plan: Plan) -> list[Revision]:
    """What the plan says now of a milestone and didn't at the last report."""

    def changed(heading: str, what: str, was: object, now: object) -> Revision:
        return Revision(
            quarter=step.first_due,
            key=step.key,
            field=f"Milestone {step.no}: {what}",
            was=shown_value(was),
            now=shown_value(now),
            reason=step.decision,
            source=step.at.source(heading) if step.at else plan.file,
            origin=Origin.PLAN,
        )

    changes = []
    then: When = earlier.due_by if earlier else step.due
    if step.due_by != then:
        changes.append(changed(c.REVISED_DUE, c.DUE, then, step.due_by))
    was_withdrawn = earlier is not None and earlier.status is MilestoneState.WITHDRAWN
    if (step.state is MilestoneState.WITHDRAWN) != was_withdrawn:
        states = (MilestonePlan.ACTIVE, MilestonePlan.WITHDRAWN)
        changes.append(changed(c.STATUS, c.STATUS, *(states[::-1] if was_withdrawn else states)))
    return changes


def asked_again(milestones: Iterable[DueMilestone], plan: Plan) -> list[Query]:
    """A query where milestones of earlier quarters count that may be complete already, since no earlier report says;
    not of key actions of whose milestones nothing is asked.
    """
    at_rest = {action.key for action in plan.key_actions if action.at_rest}
    carried = (step for step in milestones if step.counts and step.carried_from is not None)
    again = [step for step in carried if step.key not in at_rest]
    if not again:
        return []
    asked = (
        "1 milestone of an earlier quarter is"
        if len(again) == 1
        else f"{len(again)} milestones of earlier quarters are"
    )
    problem = f"There is no earlier report, so {asked} asked for again, back to {plan.settings.first_quarter}."
    what = (
        "If there is a report of the quarter before, name it with --previous. If not, set First quarter to this "
        "quarter to leave them out, or let the returns say what became of them."
    )
    return [Query(plan.file, c.PlanSheets.MILESTONES.name, "", "", Severity.QUERY, problem, what)]


# What a new plan leaves out


def closed_with(
    step: Milestone | ReportedMilestone, earlier: ReportedMilestone | None, before: Before | None, plan: Plan
) -> list[Query]:
    """A query about a milestone that isn't complete, in the first quarter in which its key action is closed."""
    if before is None or earlier is None or earlier.reported != before.quarter or earlier.is_over:
        return []
    which = f"{named(earlier)}," if earlier.text else named(earlier)
    problem = f"Its key action is closed or has ended, but {which} was never complete; it no longer counts."
    return [
        step_query(step, plan, problem, "Check that this is meant. Withdraw it with a Decision, or set Ends later.")
    ]


def left_out(row: ReportedMilestone, key: str, plan: Plan) -> Query:
    """A query about a milestone that isn't complete and that the plan no longer lists."""
    under = f" It is carried forward under {key}." if fold(key) != fold(row.key) else " It is carried forward."
    gone = "" if key in plan.key_action else f", nor {row.key} itself"
    problem = f"The plan no longer lists {named(row)}{gone}, but it was never complete.{under}"
    return step_query(row, plan, problem, "Put its row back; to end it, withdraw it there with a Decision.")


def named(row: ReportedMilestone) -> str:
    """A milestone as its manager knows it."""
    return f"milestone {row.no} of {row.first_due}, {row.text}" if row.text else f"no. {row.no}"


def step_query(step: Milestone | ReportedMilestone, plan: Plan, problem: str, what_to_do: str) -> Query:
    """A query about a milestone, at its row in the plan where the plan has it."""
    about = item_name(step.key, None, step.no)
    if isinstance(step, Milestone) and step.at:
        return step.at.query(c.KEY, about, problem, what_to_do)
    return Query(plan.file, c.PlanSheets.MILESTONES.name, "", about, Severity.QUERY, problem, what_to_do)
