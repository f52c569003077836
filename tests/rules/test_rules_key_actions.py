"""ragtool.rules.key_actions: a decision table with every state, and every sentence that a rating says."""

from collections.abc import Sequence
from datetime import date

import pytest

from ragtool.model import ItemStatus, NoneDue, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.rules import KeyActionCriteria, MilestoneOutturn, rate_key_action

Q2 = Quarter(2013, 2)
DONE, LATE, OPEN = True, False, None
A, G, R, ND, NR, TBC = (
    Rating.AMBER,
    Rating.GREEN,
    Rating.RED,
    Rating.NOT_DUE,
    Rating.NOT_RETURNED,
    Rating.TBC,
)


def milestones(*states: bool | None, concerns: Sequence[int] = (), late: Sequence[int] = ()) -> list[MilestoneOutturn]:
    """Milestones no. 1, no. 2 ... in these states."""
    return [
        MilestoneOutturn(f"no. {no}", state, no in concerns, date(2013, 10, 4) if no in late else None)
        for no, state in enumerate(states, 1)
    ]


@pytest.mark.parametrize(
    ("counted", "rating", "why"),
    [
        (milestones(DONE, DONE, DONE, DONE, LATE), R, "1 of 5 milestones overdue: no. 5."),
        (milestones(LATE), R, "The only milestone is overdue: no. 1."),
        (milestones(LATE, LATE), R, "Both milestones overdue: no. 1 and no. 2."),
        (milestones(LATE, LATE, LATE), R, "All 3 milestones overdue: no. 1, no. 2 and no. 3."),
        (milestones(OPEN, LATE), R, "1 of 2 milestones overdue: no. 2. No status was returned for no. 1."),
        (milestones(LATE, DONE, concerns=[2]), R, "1 of 2 milestones overdue: no. 1."),
        (milestones(OPEN), NR, "No status was returned for the only milestone: no. 1."),
        (milestones(OPEN, OPEN), NR, "No status was returned for either milestone."),
        (milestones(OPEN, OPEN, OPEN), NR, "No status was returned for any of the 3 milestones."),
        (milestones(DONE, OPEN, DONE), NR, "No status was returned for 1 of 3 milestones: no. 2."),
        (milestones(DONE, OPEN, concerns=[1]), NR, "No status was returned for 1 of 2 milestones: no. 2."),
        (milestones(DONE), G, "The only milestone is complete."),
        (milestones(DONE, DONE), G, "Both milestones complete."),
        (milestones(DONE, DONE, DONE), G, "All 3 milestones complete."),
        (
            milestones(DONE, DONE, late=[2]),
            G,
            "Both milestones complete. Completed after the quarter's end: no. 2 on 4 October 2013.",
        ),
        (milestones(DONE, concerns=[1]), A, "The only milestone is complete, with a quality concern about no. 1."),
        (
            milestones(DONE, DONE, DONE, concerns=[1, 3], late=[1, 2]),
            A,
            "All 3 milestones complete, with a quality concern about no. 1 and no. 3. "
            "Completed after the quarter's end: no. 1 on 4 October 2013; no. 2 on 4 October 2013.",
        ),
        ([], ND, "No milestone is due this quarter."),
    ],
)
def test_counted_milestones_decide(counted: list[MilestoneOutturn], rating: Rating, why: str) -> None:
    rated = rate_key_action(KeyActionCriteria(), counted, True, Q2, Settings())
    assert (rated.rating, rated.why) == (rating, why)


@pytest.mark.parametrize(
    ("counted", "rating", "why"),
    [
        ([], NR, "No milestone is due, and its service area sent no return."),
        (
            milestones(OPEN),
            NR,
            "No status was returned for the only milestone: no. 1. Its service area sent no return.",
        ),
        (milestones(DONE), G, "The only milestone is complete."),
        (milestones(LATE), R, "The only milestone is overdue: no. 1."),
    ],
)
def test_without_a_return_from_its_own_area_what_others_returned_still_counts(
    counted: list[MilestoneOutturn], rating: Rating, why: str
) -> None:
    rated = rate_key_action(KeyActionCriteria(), counted, False, Q2, Settings(no_milestones_due=NoneDue.GREEN))
    assert (rated.rating, rated.why) == (rating, why)


@pytest.mark.parametrize(
    ("setting", "previous", "rating", "why"),
    [
        (NoneDue.NOT_DUE, R, ND, "No milestone is due this quarter."),
        (NoneDue.GREEN, R, G, "No milestone is due, which this plan counts as Green."),
        (NoneDue.PREVIOUS, R, R, "No milestone is due, so the previous rating, Red, stands."),
        (NoneDue.PREVIOUS, A, A, "No milestone is due, so the previous rating, Amber, stands."),
        (NoneDue.PREVIOUS, None, ND, "No milestone is due, and there is no previous rating to stand."),
    ],
)
def test_with_none_due_the_setting_decides(setting: NoneDue, previous: Rating | None, rating: Rating, why: str) -> None:
    rated = rate_key_action(KeyActionCriteria(), [], True, Q2, Settings(no_milestones_due=setting), previous)
    assert (rated.rating, rated.why) == (rating, why)


@pytest.mark.parametrize("counted", [[], milestones(LATE), milestones(OPEN), milestones(DONE)])
@pytest.mark.parametrize("returned", [True, False])
def test_a_state_of_the_plan_comes_before_any_milestone(counted: list[MilestoneOutturn], returned: bool) -> None:
    developing = KeyActionCriteria(ItemStatus.UNDER_DEVELOPMENT, starts=Quarter(2014, 1))
    later = KeyActionCriteria(starts=Quarter(2013, 3))
    rated = rate_key_action(developing, counted, returned, Q2, Settings())
    assert (rated.rating, rated.why) == (TBC, "Under development, so not rated yet.")
    rated = rate_key_action(later, counted, returned, Q2, Settings())
    assert (rated.rating, rated.why) == (ND, "Not due yet: it starts in 2013/14 Q3.")


def test_it_is_rated_from_the_quarter_in_which_it_starts() -> None:
    assert rate_key_action(KeyActionCriteria(starts=Q2), milestones(LATE), True, Q2, Settings()).rating is R
    assert (
        rate_key_action(KeyActionCriteria(starts=Q2), milestones(LATE), True, Quarter(2013, 1), Settings()).rating is ND
    )


def test_a_milestone_is_named_as_people_know_it() -> None:
    carried = MilestoneOutturn("no. 2 (carried from 2012/13 Q4)", False)
    why = rate_key_action(KeyActionCriteria(), [*milestones(DONE), carried], True, Q2, Settings()).why
    assert why == "1 of 2 milestones overdue: no. 2 (carried from 2012/13 Q4)."
