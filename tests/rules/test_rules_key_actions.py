"""ragtool.rules.key_actions: a decision table with every state, and every sentence that a rating says."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from ragtool.model import ItemStatus, NoneDue, RatedBy, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.rules import KeyActionCriteria, MilestoneOutturn, OwnRating, rate_key_action

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


def milestones(
    *states: bool | None, concerns: Sequence[int] = (), late: Sequence[int] = (), unread: Sequence[int] = ()
) -> list[MilestoneOutturn]:
    """Milestones no. 1, no. 2 ... in these states; of those `unread` the quality concern can't be read."""
    return [
        MilestoneOutturn(
            f"no. {no}", state, None if no in unread else no in concerns, date(2013, 10, 4) if no in late else None
        )
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
        (
            milestones(DONE, DONE, unread=[2]),
            NR,
            "Both milestones complete, but whether there is a quality concern about no. 2 can't be read.",
        ),
        (milestones(DONE, LATE, unread=[1, 2]), R, "1 of 2 milestones overdue: no. 2."),
        (
            milestones(DONE, DONE, concerns=[1], unread=[2]),
            A,
            "Both milestones complete, with a quality concern about no. 1.",
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


B, OH = Rating.BLUE, Rating.ON_HOLD
NINETY_SEVENTY = ("0.9", "0.7")


def of_ten(
    complete: int, overdue: int, concerns: Sequence[int] = (), late: Sequence[int] = (), unread: Sequence[int] = ()
) -> list[MilestoneOutturn]:
    """Ten milestones: the first complete, then those overdue, and the rest without a status."""
    states = [DONE] * complete + [LATE] * overdue + [OPEN] * (10 - complete - overdue)
    return milestones(*states, concerns=concerns, late=late, unread=unread)


@pytest.mark.parametrize(
    ("levels", "counted", "rating", "why"),
    [
        (
            NINETY_SEVENTY,
            of_ten(9, 1),
            G,
            "1 of 10 milestones overdue: no. 10. Complete: 9 of 10 (90 %), at least the 90 % for Green.",
        ),
        (
            NINETY_SEVENTY,
            of_ten(9, 1, concerns=[3]),
            A,
            "1 of 10 milestones overdue: no. 10. Complete: 9 of 10 (90 %), at least the 90 % for Green, "
            "but with a quality concern about no. 3.",
        ),
        (
            NINETY_SEVENTY,
            of_ten(9, 1, unread=[3, 10]),
            NR,
            "1 of 10 milestones overdue: no. 10. Complete: 9 of 10 (90 %), but whether there is a quality concern "
            "about no. 3 can't be read.",
        ),
        (
            NINETY_SEVENTY,
            of_ten(8, 2, unread=[3]),
            A,
            "2 of 10 milestones overdue: no. 9 and no. 10. Complete: 8 of 10 (80 %), at least the 70 % for Amber, less "
            "than the 90 % for Green.",
        ),
        # A concern about what isn't complete is none, and a date after the quarter's end is said.
        (
            NINETY_SEVENTY,
            of_ten(9, 1, concerns=[10], late=[9]),
            G,
            "1 of 10 milestones overdue: no. 10. Complete: 9 of 10 (90 %), at least the 90 % for Green. "
            "Completed after the quarter's end: no. 9 on 4 October 2013.",
        ),
        (
            NINETY_SEVENTY,
            of_ten(8, 2),
            A,
            "2 of 10 milestones overdue: no. 9 and no. 10. Complete: 8 of 10 (80 %), at least the 70 % for Amber, "
            "less than the 90 % for Green.",
        ),
        (
            NINETY_SEVENTY,
            of_ten(7, 3),
            A,
            "3 of 10 milestones overdue: no. 8, no. 9 and no. 10. Complete: 7 of 10 (70 %), at least the 70 % for "
            "Amber, less than the 90 % for Green.",
        ),
        (
            NINETY_SEVENTY,
            of_ten(6, 4),
            R,
            "4 of 10 milestones overdue: no. 7, no. 8, no. 9 and no. 10. Complete: 6 of 10 (60 %), less than the "
            "70 % for Amber.",
        ),
        # While some have no status: Red only where it would be Red even if all of those were Complete.
        (
            NINETY_SEVENTY,
            of_ten(5, 4),
            R,
            "4 of 10 milestones overdue: no. 6, no. 7, no. 8 and no. 9. No status was returned for no. 10. "
            "Complete at most: 6 of 10 (60 %), less than the 70 % for Amber.",
        ),
        (
            NINETY_SEVENTY,
            of_ten(0, 3),
            NR,
            "No status was returned for 7 of 10 milestones: no. 4, no. 5, no. 6, no. 7, no. 8, no. 9 and no. 10. "
            "3 of 10 milestones overdue: no. 1, no. 2 and no. 3. Complete at most: 7 of 10 (70 %).",
        ),
        # Exact: two thirds are more than 66.666666666666 % and less than 66.666666666667 %.
        (
            ("0.66666666666666", "0.5"),
            milestones(DONE, DONE, LATE),
            G,
            "1 of 3 milestones overdue: no. 3. Complete: 2 of 3 (66.7 %), at least the 66.666666666666 % for Green.",
        ),
        (
            ("0.66666666666667", "0.5"),
            milestones(DONE, DONE, LATE),
            A,
            "1 of 3 milestones overdue: no. 3. Complete: 2 of 3 (66.6666666666667 %), at least the 50 % for Amber, "
            "less than the 66.666666666667 % for Green.",
        ),
        # Green alone: below it all is Red, and Amber is for doubts.
        (
            ("0.5", "1"),
            milestones(DONE, LATE),
            G,
            "1 of 2 milestones overdue: no. 2. Complete: 1 of 2 (50 %), at least the 50 % for Green.",
        ),
        (
            ("0.5", "1"),
            milestones(DONE, LATE, LATE),
            R,
            "2 of 3 milestones overdue: no. 2 and no. 3. Complete: 1 of 3 (33.3 %), less than the 50 % for Green.",
        ),
        # Amber alone, however few are complete.
        (
            ("1", "0"),
            milestones(LATE),
            A,
            "The only milestone is overdue: no. 1. Complete: 0 of 1 (0 %), at least the 0 % for Amber, less than the "
            "100 % for Green.",
        ),
        # Where none is overdue, no share decides.
        (NINETY_SEVENTY, milestones(DONE, OPEN), NR, "No status was returned for 1 of 2 milestones: no. 2."),
        (
            NINETY_SEVENTY,
            milestones(DONE, concerns=[1]),
            A,
            "The only milestone is complete, with a quality concern about no. 1.",
        ),
        (NINETY_SEVENTY, [], ND, "No milestone is due this quarter."),
    ],
)
def test_the_share_that_is_complete_decides_where_one_is_overdue(
    levels: tuple[str, str], counted: list[MilestoneOutturn], rating: Rating, why: str
) -> None:
    green, amber = map(Decimal, levels)
    plan = Settings(milestones_for_green=green, milestones_for_amber=amber)
    rated = rate_key_action(KeyActionCriteria(), counted, True, Q2, plan)
    assert (rated.rating, rated.why) == (rating, why)


@pytest.mark.parametrize(
    ("own", "returned", "rating", "why"),
    [
        (OwnRating(G), True, G, "Rated Green by its officer."),
        (OwnRating(G, "On course"), True, G, "Rated Green by its officer: On course."),
        (OwnRating(A, "A supplier failed."), True, A, "Rated Amber by its officer: A supplier failed."),
        (OwnRating(A), True, A, "Rated Amber by its officer, without a reason."),
        (OwnRating(R, "  "), True, R, "Rated Red by its officer, without a reason."),
        (OwnRating(None, "It goes well."), True, NR, "Its officer gave no rating."),
        (None, False, NR, "Its officer gave no rating. Its service area sent no return."),
    ],
)
def test_its_officer_rates_it_whatever_its_milestones_say(
    own: OwnRating | None, returned: bool, rating: Rating, why: str
) -> None:
    action = KeyActionCriteria(rated_by=RatedBy.OFFICER)
    for counted in ([], milestones(LATE), milestones(DONE), milestones(OPEN)):
        rated = rate_key_action(action, counted, returned, Q2, Settings(no_milestones_due=NoneDue.GREEN), R, own)
        assert (rated.rating, rated.why) == (rating, why)


@pytest.mark.parametrize(
    ("status", "starts", "rating"),
    [
        (ItemStatus.UNDER_DEVELOPMENT, 3, TBC),
        (ItemStatus.ON_HOLD, 3, OH),
        (ItemStatus.ON_HOLD, 2, OH),
        (ItemStatus.COMPLETE, 3, G),
        (ItemStatus.COMPLETE, 2, G),
        (ItemStatus.ACTIVE, 3, ND),
        (ItemStatus.ACTIVE, 2, R),
    ],
)
def test_states_come_in_this_order_and_before_any_rating(status: ItemStatus, starts: int, rating: Rating) -> None:
    own = OwnRating(R, "Nothing moves.")
    for rated_by in RatedBy:
        action = KeyActionCriteria(status, Quarter(2013, starts), rated_by)
        assert rate_key_action(action, milestones(LATE), True, Q2, Settings(), A, own).rating is rating


def test_what_was_delivered_earlier_shows_as_the_plan_says() -> None:
    delivered = KeyActionCriteria(ItemStatus.COMPLETE)
    rated = rate_key_action(delivered, milestones(LATE), False, Q2, Settings(complete_shows_as=B))
    assert (rated.rating, rated.why) == (B, "Complete: delivered in an earlier quarter.")
    on_hold = rate_key_action(KeyActionCriteria(ItemStatus.ON_HOLD), milestones(LATE), True, Q2, Settings())
    assert (on_hold.rating, on_hold.why) == (OH, "On hold, so not rated; its milestones are carried forward.")
