"""Which milestones count in a quarter, where they come from, and what the plan decided about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from plans import AREA, OTHER_AREA, plan_of
from ragtool import columns as c
from ragtool.history.previous import Previous
from ragtool.history.reported import ReportedMilestone
from ragtool.model import MilestoneStatus
from ragtool.plan.due_milestones import MilestoneState
from ragtool.quarter.carrying import Before, Milestones, asked_again, plan_milestones
from ragtool.quarter.register import before_quarter
from ragtool.quarters import Quarter

Q1, Q2, Q3, Q4 = (Quarter(2013, number) for number in range(1, 5))
COMPLETE, OVERDUE = MilestoneStatus.COMPLETE, MilestoneStatus.OVERDUE
MOVED, WITHDRAWN = MilestoneState.MOVED, MilestoneState.WITHDRAWN
MOVE = {c.REVISED_DUE: "2013/14 Q4", c.DECISION: "Cabinet, minute 12"}


def reported(
    key: str, due: Quarter, status: MilestoneStatus | MilestoneState | None, at: Quarter = Q2, no: str = "1"
) -> ReportedMilestone:
    """A milestone's last row in an earlier report."""
    return ReportedMilestone(
        key=key,
        no=no,
        text=f"Step {no}",
        area=AREA,
        first_due=due,
        due=due,
        status=status,
        times_carried=at.ordinal - due.ordinal,
        reported=at,
    )


def before(*rows: ReportedMilestone, first: Quarter | None = Q1, **keys: str) -> Before:
    return Before(rows, max((row.reported for row in rows), default=Q2), first, keys)


def told(found: Milestones) -> list[tuple[object, ...]]:
    """The milestones shown: key, number, state, where from, how often carried."""
    return [(step.key, step.no, step.state, step.carried_from, step.times_carried) for step in found.shown]


@pytest.fixture
def plan(tmp_path):
    """Makes a plan of milestones given as (key, no, due, anything else); K1 to K3 are its key actions."""

    def make(*milestones: tuple[Any, ...], actions: Any = None, **settings: object) -> Any:
        rows = [{c.KEY: m[0], c.NO: m[1], c.DUE: m[2], **(m[3] if len(m) > 3 else {})} for m in milestones]
        names = actions or [{c.KEY: "K1"}, {c.KEY: "K2"}, {c.KEY: "K3"}]
        return plan_of(tmp_path, settings, key_actions=names, milestones=rows)

    return make


def test_those_due_in_the_quarter_count(plan):
    found = plan_milestones(plan(("K1", 1, "2013/14 Q2"), ("K1", 2, "2013/14 Q3"), ("K1", 3, date(2013, 9, 30))), Q2)
    assert told(found) == [("K1", "1", "Counted", None, 0), ("K1", "3", "Counted", None, 0)]


def test_those_not_complete_are_carried_forward_from_the_quarter_they_were_first_due_in(plan):
    steps = plan(("K1", 1, "2013/14 Q1"), ("K1", 2, "2013/14 Q1"), ("K1", 1, "2013/14 Q2"), ("K1", 1, "2013/14 Q3"))
    known = before(reported("K1", Q1, COMPLETE), reported("K1", Q1, OVERDUE, no="2"), reported("K1", Q2, None))
    assert told(plan_milestones(steps, Q3, known)) == [
        ("K1", "2", "Counted", Q1, 2),
        ("K1", "1", "Counted", Q2, 1),
        ("K1", "1", "Counted", None, 0),
    ]


def test_it_was_carried_once_for_each_quarter_even_where_one_has_no_report(plan):
    known = before(reported("K1", Q1, OVERDUE, at=Q1))
    assert told(plan_milestones(plan(("K1", 1, "2013/14 Q1")), Q4, known)) == [("K1", "1", "Counted", Q1, 3)]


def test_those_of_a_quarter_without_a_report_count(plan):
    steps = plan(("K1", 1, "2013/14 Q1"), ("K1", 1, "2013/14 Q2"))
    assert told(plan_milestones(steps, Q3, before(reported("K1", Q1, COMPLETE, at=Q1)))) == [
        ("K1", "1", "Counted", Q2, 1)
    ]


def test_one_that_is_added_late_counts_though_no_report_has_it(plan):
    found = plan_milestones(
        plan(("K1", 1, "2013/14 Q1"), ("K1", 2, "2013/14 Q1")), Q3, before(reported("K1", Q1, COMPLETE))
    )
    assert told(found) == [("K1", "2", "Counted", Q1, 2)]


@pytest.mark.parametrize(("first", "count"), [(Q1, 2), (Q2, 1), (Q3, 0), (None, 0)])
def test_with_no_earlier_report_they_are_asked_for_again_back_to_the_first_quarter(plan, first, count):
    made = plan(("K1", 1, "2013/14 Q1"), ("K1", 1, "2013/14 Q2"), **{"First quarter": first and str(first)})
    found = plan_milestones(made, Q3)
    assert len(told(found)) == count
    assert len(asked_again(found.shown, made)) == (1 if count else 0)


@pytest.mark.parametrize("status", ["Under development", "On hold", "Complete"])
def test_those_of_which_nothing_is_asked_are_not_asked_for_again(status, tmp_path):
    made = plan_of(
        tmp_path,
        key_actions=[{c.KEY: "K1", c.STATUS: status}],
        milestones=[{c.KEY: "K1", c.NO: 1, c.DUE: "2013/14 Q1"}],
    )
    assert asked_again(plan_milestones(made, Q3).shown, made) == []


def test_a_decision_moves_a_milestone_and_is_logged_once(plan):
    made = plan(("K1", 1, "2013/14 Q2", MOVE))
    found = plan_milestones(made, Q2)
    assert told(found) == [("K1", "1", MOVED, None, 0)]
    [row] = found.revisions
    assert (row.field, row.was, row.now, row.reason) == (
        "Milestone 1: Due",
        "2013/14 Q2",
        "2013/14 Q4",
        "Cabinet, minute 12",
    )
    moved = replace(reported("K1", Q2, MOVED), revised_due=Q4, decision="Cabinet, minute 12")
    again = plan_milestones(made, Q3, before(moved))
    assert told(again) == [("K1", "1", MOVED, Q2, 0)]
    assert again.revisions == ()
    due = plan_milestones(made, Q4, before(replace(moved, reported=Q3)))
    assert told(due) == [("K1", "1", "Counted", Q2, 0)]
    after = plan_milestones(made, Q4.plus(1), before(replace(moved, reported=Q4, status=OVERDUE)))
    assert told(after) == [("K1", "1", "Counted", Q2, 1)]


def test_a_revised_date_without_a_decision_changes_nothing(plan):
    found = plan_milestones(plan(("K1", 1, "2013/14 Q2", {c.REVISED_DUE: "2013/14 Q4"})), Q2)
    assert told(found) == [("K1", "1", "Counted", None, 0)]
    assert found.revisions == ()


def test_one_that_is_moved_to_an_earlier_quarter_comes_from_a_later_one(plan):
    found = plan_milestones(plan(("K1", 1, "2013/14 Q4", MOVE | {c.REVISED_DUE: "2013/14 Q2"})), Q2)
    assert told(found) == [("K1", "1", "Counted", Q4, 0)]


def test_one_that_is_withdrawn_is_shown_and_logged_once(plan):
    made = plan(("K1", 1, "2013/14 Q2", {c.STATUS: "Withdrawn", c.DECISION: "Cabinet, minute 13"}))
    found = plan_milestones(made, Q3, before(reported("K1", Q2, OVERDUE)))
    assert told(found) == [("K1", "1", WITHDRAWN, Q2, 0)]
    assert [(row.field, row.now) for row in found.revisions] == [("Milestone 1: Status", "Withdrawn")]
    later = plan_milestones(made, Q4, before(reported("K1", Q2, WITHDRAWN, at=Q3)))
    assert (told(later), later.revisions) == ([], ())


def test_one_that_is_withdrawn_without_a_decision_still_counts(plan):
    made = plan(("K1", 1, "2013/14 Q2", {c.STATUS: "Withdrawn"}))
    assert told(plan_milestones(made, Q3, before(reported("K1", Q2, OVERDUE)))) == [("K1", "1", "Counted", Q2, 1)]


def test_one_that_is_set_back_to_proposed_is_not_lost(plan):
    made = plan(("K1", 1, "2013/14 Q2", {c.STATUS: "Proposed"}))
    assert told(plan_milestones(made, Q2)) == []
    assert told(plan_milestones(made, Q3, before(reported("K1", Q2, OVERDUE)))) == [("K1", "1", "Counted", Q2, 1)]


def test_one_that_a_new_plan_leaves_out_is_a_query_and_carried(plan):
    found = plan_milestones(
        plan(("K1", 1, "2013/14 Q3")), Q3, before(reported("K1", Q1, OVERDUE), reported("K1", Q2, COMPLETE))
    )
    assert told(found) == [("K1", "1", "Counted", None, 0), ("K1", "1", "Counted", Q1, 2)]
    [query] = found.queries
    assert query.problem == (
        "The plan no longer lists milestone 1 of 2013/14 Q1, Step 1, but it was never complete. It is carried forward."
    )


def test_one_whose_key_action_is_left_out_too_is_carried_under_its_old_key(plan):
    found = plan_milestones(plan(), Q3, before(reported("K9", Q2, OVERDUE)))
    assert told(found) == [("K9", "1", "Counted", Q2, 1)]
    assert "nor K9 itself" in found.queries[0].problem
    assert found.shown[0].area == AREA


def test_one_whose_key_action_had_ended_before_that_does_not_come_back(plan):
    known = before(reported("K9", Q1, OVERDUE, at=Q1), reported("K1", Q2, COMPLETE))
    found = plan_milestones(plan(), Q3, known)
    assert told(found) == []
    assert [row.key for row in found.others] == ["K9", "K1"]


@pytest.mark.parametrize("end", [{c.STATUS: "Closed"}, {c.ENDS: "2013/14 Q2"}])
def test_those_of_a_key_action_that_is_closed_or_has_ended_do_not_count_which_is_asked_about_once(plan, end):
    made = plan(("K1", 1, "2013/14 Q2"), actions=[{c.KEY: "K1", **end}])
    found = plan_milestones(made, Q3, before(reported("K1", Q2, OVERDUE)))
    assert told(found) == []
    assert found.queries[0].problem == (
        "Its key action is closed or has ended, but milestone 1 of 2013/14 Q2, Step 1, was never complete; "
        "it no longer counts."
    )
    assert [row.status for row in found.others] == [OVERDUE]
    later = before(reported("K1", Q2, OVERDUE), reported("K2", Q3, COMPLETE, at=Q3))
    assert plan_milestones(made, Q4, later).queries == ()


SPLIT = [{c.KEY: "K27a", c.FORMERLY: "K27"}, {c.KEY: "K27b", c.FORMERLY: "K27", c.SERVICE_AREA: OTHER_AREA}]


def test_a_split_key_actions_milestones_follow_where_the_plan_lists_them(plan):
    made = plan(("K27b", 1, "2013/14 Q2"), actions=SPLIT)
    found = plan_milestones(made, Q3, before(reported("K27", Q2, OVERDUE), k27a="k27", k27b="k27"))
    assert told(found) == [("K27b", "1", "Counted", Q2, 1)]
    assert found.queries == ()


def test_what_is_complete_before_a_split_is_complete_under_every_new_key(plan):
    made = plan(("K27a", 1, "2013/14 Q2"), ("K27b", 1, "2013/14 Q2"), actions=SPLIT)
    found = plan_milestones(made, Q3, before(reported("K27", Q2, COMPLETE), k27a="k27", k27b="k27"))
    assert told(found) == []


def test_what_is_listed_under_no_new_key_goes_to_the_first_with_a_query(plan):
    found = plan_milestones(plan(actions=SPLIT), Q3, before(reported("K27", Q2, OVERDUE), k27a="k27", k27b="k27"))
    assert told(found) == [("K27a", "1", "Counted", Q2, 1)]
    assert found.queries[0].problem.endswith("It is carried forward under K27a.")


@pytest.mark.parametrize(("has_register", "first"), [(True, Q1), (False, Q2)])
def test_what_a_report_without_a_register_left_out_counts_from_its_own_quarter_on(plan, has_register, first):
    previous = Previous("report.xlsx", Q2, (), (), (), has_register, (), frozenset(), False, ())
    known = before_quarter(previous, plan(("K1", 1, "2013/14 Q1")), Q3)
    assert known is not None
    assert known.first == first
