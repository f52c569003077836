"""Two milestones of one key action with one number, of different quarters: what is said says which."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans import AREA
from ragtool.history.earlier import Earlier
from ragtool.model import MilestoneStatus, Place
from ragtool.plan.due_milestones import DueMilestone, milestone_name
from ragtool.plan.plan import KeyAction
from ragtool.quarter.items import ReturnedKeyAction, ReturnedMilestone
from ragtool.quarter.merge import Merged
from ragtool.quarter.rating import Rater
from ragtool.quarter.row_counts import RowCounts
from ragtool.quarter.row_texts import mixed_up, told_apart
from ragtool.quarters import Quarter
from ragtool.returns.entries import KeyActionEntry, MilestoneEntry
from rated_quarters import PLAN

Q1, Q2 = Quarter(2013, 1), Quarter(2013, 2)
COMPLETE, OVERDUE = MilestoneStatus.COMPLETE, MilestoneStatus.OVERDUE


def step(no: str, carried: Quarter | None, status: MilestoneStatus | None) -> ReturnedMilestone:
    """A milestone of K1 that counts in the second quarter."""
    due = carried or Q2
    text, times = f"Step {no}", 1 if carried else 0
    when = DueMilestone(key="K1", no=no, text=text, area=AREA, due=due, first_due=due, carried_from=carried)
    milestone = replace(when, times_carried=times)
    return ReturnedMilestone(milestone, MilestoneEntry(status=status), True)


def why(*steps: ReturnedMilestone) -> str:
    """Why K1 is rated as it is."""
    action = ReturnedKeyAction(KeyAction(at=Place("plan", "", 2), key="K1"), KeyActionEntry(), True)
    merged = Merged((action,), steps, (), (), RowCounts())
    (rated,) = Rater(PLAN, Q2, Earlier({})).rate_key_actions(merged)
    return rated.published.why


@pytest.mark.parametrize(
    ("carried", "due_now", "said"),
    [
        (COMPLETE, OVERDUE, "1 of 2 milestones overdue: no. 1 (due in 2013/14 Q2)."),
        (OVERDUE, COMPLETE, "1 of 2 milestones overdue: no. 1 (carried from 2013/14 Q1)."),
        (COMPLETE, None, "No status was returned for 1 of 2 milestones: no. 1 (due in 2013/14 Q2)."),
    ],
)
def test_the_reason_says_which_of_two_with_one_number(carried, due_now, said):
    assert why(step("1", Q1, carried), step("1", None, due_now)) == said


def test_a_number_that_no_other_has_needs_no_quarter():
    assert why(step("1", Q1, COMPLETE), step("2", None, OVERDUE)) == "1 of 2 milestones overdue: no. 2."


def test_messages_about_a_row_say_of_which_quarter_it_is():
    row = MilestoneEntry(key="K1", no="1", title="Step 2")
    assert mixed_up(row, step("1", Q1, None))[0] == (
        "The row's key is that of K1 no. 1, but its text that of K1 no. 1 of 2013/14 Q1, so it isn't used."
    )
    assert told_apart(step("2", Q1, None)) == "K1 no. 2 of 2013/14 Q1"
    assert milestone_name(None, "3", None) == "no. 3"
