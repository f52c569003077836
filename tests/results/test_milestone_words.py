"""How a milestone is told of beside its key action: where it comes from, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ragtool.model import ItemStatus, MilestoneStatus, Rating
from ragtool.report.theme_rows import progress_of
from ragtool.results.key_action_texts import progress_word
from small_report import Q1, key_action, milestone


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (ItemStatus.ACTIVE, "Not returned"),
        (ItemStatus.ON_HOLD, ""),
        (ItemStatus.COMPLETE, ""),
        (ItemStatus.UNDER_DEVELOPMENT, ""),
    ],
)
def test_what_nobody_was_asked_for_is_not_told_as_not_returned(status, word):
    action = key_action("K1", Rating.ON_HOLD)
    action = replace(action, item=replace(action.item, status=status))
    step = milestone("K1", "1", "Agreement signed", None)
    assert progress_word(step, action) == word
    *_, line = progress_of(action, [step])
    assert line.loud is bool(word)
    given = milestone("K1", "1", "Agreement signed", MilestoneStatus.OVERDUE)
    assert progress_word(given, action) == "Overdue"


def test_what_a_decision_made_due_now_was_moved_and_not_carried():
    moved = milestone(
        "K1", "1", "Let", None, first_due=Q1, carried_from=Q1, revised_due=date(2013, 9, 30), decision="D"
    )
    carried = replace(moved.milestone, times_carried=1)
    assert moved.milestone.comes_from == "moved from 2013/14 Q1"
    assert carried.comes_from == "carried from 2013/14 Q1"
