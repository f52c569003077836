"""What contradicts itself, and what only looks as if it did."""

from __future__ import annotations

from typing import Any

import pytest

from ragtool import columns as c
from ragtool.checks.contradictions import same_milestone
from ragtool.frames import frame
from ragtool.history.earlier import Earlier
from ragtool.model import MilestoneStatus
from ragtool.plan.milestones import COUNTED, STATE
from ragtool.quarter.rated import Rated
from ragtool.quarters import Quarter

Q1, Q2 = Quarter(2013, 1), Quarter(2013, 2)
DONE, LATE = MilestoneStatus.COMPLETE, MilestoneStatus.OVERDUE


def evidence(*milestones: tuple[str, str, str, Quarter | None, MilestoneStatus | None]) -> list[tuple[str, str]]:
    """The keys and the evidence, of milestones given as key, number, text, carried from, and status."""
    headings = (c.KEY, c.NO, c.MILESTONE, c.CARRIED_FROM, c.STATUS)
    rows = [dict(zip(headings, each, strict=True)) | {STATE: COUNTED} for each in milestones]
    none: Any = None
    actions = frame([{c.KEY: "K1"}, {c.KEY: "K2"}], (c.KEY,))
    rated = Rated(none, Q2, actions, frame(rows, (*headings, STATE)), none, Earlier({}))
    return [(row[c.KEY], said) for row, said in same_milestone(rated)]


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
