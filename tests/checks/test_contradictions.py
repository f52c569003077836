"""What contradicts itself, and what only looks as if it did."""

from __future__ import annotations

from typing import Any

import pytest

from plans import AREA
from ragtool.checks.contradictions import other_periods, same_milestone
from ragtool.history.direction import Travel
from ragtool.history.earlier import Earlier
from ragtool.history.reported import Reported
from ragtool.model import Basis, Kind, MilestoneStatus, Place, Rating, item_id
from ragtool.plan.due_milestones import DueMilestone
from ragtool.plan.plan import KeyAction
from ragtool.quarter.items import RatedKeyAction, ReturnedMilestone
from ragtool.quarters import Quarter
from ragtool.returns.entries import KeyActionEntry, MilestoneEntry
from ragtool.rules import Published, RuleRating
from rated_quarters import measure, rated_measure, rated_quarter

Q1, Q2 = Quarter(2013, 1), Quarter(2013, 2)
DONE, LATE = MilestoneStatus.COMPLETE, MilestoneStatus.OVERDUE


def action(key: str) -> RatedKeyAction:
    planned = KeyAction(at=Place("corporate_plan.xlsx", "Key actions", 2), key=key)
    return RatedKeyAction(planned, KeyActionEntry(), True, Published(Rating.GREEN, Rating.GREEN, ""), Travel())


def step(key: str, no: str, text: str, carried: Quarter | None, status: MilestoneStatus | None) -> ReturnedMilestone:
    """A milestone that counts, with what its return says."""
    due = carried or Q2
    milestone = DueMilestone(key=key, no=no, text=text, area=AREA, due=due, first_due=due, carried_from=carried)
    return ReturnedMilestone(milestone, MilestoneEntry(status=status), True)


def evidence(*milestones: tuple[str, str, str, Quarter | None, MilestoneStatus | None]) -> list[tuple[str, str]]:
    """The keys and the evidence, of milestones given as key, number, text, carried from, and status."""
    rated = rated_quarter(Q2, [action("K1"), action("K2")], [step(*each) for each in milestones])
    return [(row.item.key, said) for row, said in same_milestone(rated)]


def test_one_milestone_in_two_places_has_one_status() -> None:
    said = 'One milestone, two statuses: "Agree the plan": K1 no. 1 is Complete; K2 no. 3 is Overdue.'
    found = evidence(("K1", "1", "Agree the plan", None, DONE), ("K2", "3", "agree  the Plan", None, LATE))
    assert found == [("K1", said), ("K2", said)]


@pytest.mark.parametrize("carried", [None, Q1])
def test_another_key_action_s_counts_whenever_it_was_due(carried: Quarter | None) -> None:
    found = evidence(("K1", "1", "Agree the plan", carried, LATE), ("K2", "1", "Agree the plan", None, DONE))
    assert [key for key, _ in found] == ["K1", "K2"]


@pytest.mark.parametrize(
    "milestones",
    [
        [("K1", "1", "Hold the review", Q1, LATE), ("K1", "1", "Hold the review", None, DONE)],  # each quarter's own
        [("K1", "1", "Agree the plan", None, DONE), ("K2", "1", "Agree the plan", None, None)],
        [("K1", "1", "Agree the plan", None, DONE), ("K2", "1", "Agree the budget", None, LATE)],
        [("K1", "1", "Agree the plan", None, LATE), ("K2", "1", "Agree the plan", None, LATE)],
    ],
)
def test_what_does_not_contradict_itself(milestones: list[Any]) -> None:
    assert evidence(*milestones) == []


@pytest.mark.parametrize(
    ("basis", "period", "before", "contradicts"),
    [
        (Basis.LATEST, "2013/14 Q1", "2012/13 Q4", False),  # a quarter late, as the last one was
        (Basis.LATEST, "Apr-Jun 2013", "2012/13 Q3", False),  # the last one was two quarters late
        (Basis.LATEST, "2012/13 Q4", "2012/13 Q4", True),  # later than it was
        (Basis.LATEST, "2013/14 Q1", "2013/14 Q1", True),  # the last one was in time
        (Basis.LATEST, "2013/14 Q1", None, True),
        (Basis.LATEST, "2012", "2011", True),
        (Basis.LATEST, "2013/14 Q3", "2013/14 Q2", True),  # of a quarter to come
        (Basis.QUARTER, "2013/14 Q1", "2012/13 Q4", True),
    ],
)
def test_a_figure_that_is_as_late_as_always_is_no_contradiction(
    basis: Basis, period: str, before: str | None, contradicts: bool
) -> None:
    item = measure("M1", basis=basis)
    rows = [Reported(quarter=Q1, kind=Kind.MEASURE, key="M1", period=before)] if before else []
    earlier = Earlier({item_id("M1"): rows})
    rule = RuleRating(Rating.GREEN, "")
    row = rated_measure(item, "5", rule, Q2, earlier, period=period)
    said = [text for _, text in other_periods(rated_quarter(Q2, measures=[row], earlier=earlier))]
    expected = f"Periods differ: the figure is for {period}, the target for 2013/14 Q2."
    assert said == ([expected] if contradicts else [])
