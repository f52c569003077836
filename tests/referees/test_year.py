"""A year through the commands, held against books that are kept without ragtool."""

from __future__ import annotations

import random

from referees.simulate import START, Council


def test_a_year_and_the_first_quarter_of_the_next_agree_with_the_books(tmp_path):
    """Late returns, corrections, carried milestones, decisions, a second run, and a new plan as the year turns.

    Every rating, count, carried milestone, correction and letter is compared: `Council` raises Difference where a
    report says something else than its books.
    """
    council = Council(random.Random(19), tmp_path)
    for quarter in range(START, START + 5):
        council.report(quarter)
    assert council.tally["quarters"] == 5
    for what in ("ratings", "milestones", "history cells", "late returns", "corrections", "decisions", "second runs"):
        assert council.tally[what] > 0, what
