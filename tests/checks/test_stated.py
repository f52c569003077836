"""Percentages that a commentary states: found where they are certain, left alone where they may mean something else."""

from fractions import Fraction

import pytest

from ragtool.checks.stated import stated_in
from ragtool.model import Better

CERTAIN = (
    "25% above target",
    "The number finished is 25 % over target.",
    "Completions were 19 % up on the previous year and 25 % over target. Details will be made available online.",
    "19% up on the previous year, 25% over target; completions to go online.",
    "25% over target and 19% up on the previous year",
    "25 per cent ahead of our target.",
    "A very good quarter (25% higher than the target).",
    "Figures released in July 2013 show 7.6 % fewer than in 2010 and 25 % better than target.",
    "We are now 25% above target, and further sites will open in the spring.",
    "This exceeds our target by 25 per cent.",
    "We beat the target by 25%.",
    "In Q2, completions were 25% above target.",
    "25% above the target for the quarter.",
)

UNCERTAIN = (
    "We expect to be 25% above target by year end.",
    "By March we should be 25% over target.",
    "A result 25% above target is projected for the year.",
    "If the scheme slips we could be 25% below target.",
    "Last year we were 25% above target.",
    "In 2012/13, completions were 25% above target.",
    "At Quarter 1 we were 25% above target.",
    "More than 25% above target.",
    "Around 25 % above target.",
    "Between 20 and 25% above target.",
    "20-25% above target.",
    "Exceeded the target by more than 25%.",
    "We did not exceed the target by 25%.",
    "Nationally, completions are 25% below target.",
    "The north area is 25% above target.",
    "25% above target for boys.",
    "25% of sites are below target size.",
    "Staffing is 25% below target establishment.",
    "25% below the annual target.",
    "No more than 25% below target counts as Amber.",
)


@pytest.mark.parametrize("text", CERTAIN)
def test_a_distance_from_the_target_is_found(text: str) -> None:
    (stated,) = stated_in(text, "Q2")
    assert stated.figure == 25


@pytest.mark.parametrize("text", UNCERTAIN)
def test_what_may_mean_something_else_is_left_alone(text: str) -> None:
    assert stated_in(text, "Q2") == []


@pytest.mark.parametrize(
    ("text", "better", "distance", "fits"),
    [
        ("61.1% above target", Better.HIGHER, "61.14", True),
        ("61% above target", Better.HIGHER, "61.14", True),
        ("61% above target", Better.HIGHER, "60.2", True),
        ("61% above target", Better.HIGHER, "62.1", False),
        ("61% above target", Better.HIGHER, "62", False),
        ("0.4% below target", Better.HIGHER, "0", False),
        ("0% below target", Better.HIGHER, "0", True),
        ("0% above target", Better.HIGHER, "0", True),
        ("25% over target", Better.HIGHER, "61.14", False),
        ("61% below target", Better.HIGHER, "61.14", False),
        ("We missed the target by 61%", Better.HIGHER, "61.14", False),
        ("We missed the target by 61%", Better.HIGHER, "-61.14", True),
        ("8.4% better than target", Better.LOWER, "-8.37", True),
        ("8.7% better than target", Better.LOWER, "-8.37", False),
        ("8.4% worse than target", Better.LOWER, "-8.37", False),
        ("8.4% above target", Better.LOWER, "-8.37", True),  # officers write above for better
        ("8.4% above target", Better.LESS_THAN, "-8.37", True),
        ("8.4% worse than target", Better.MORE_THAN, "-8.37", True),
        ("8.4% worse than target", Better.LESS_THAN, "-8.37", False),
    ],
)
def test_what_is_stated_is_held_against_the_figures(text: str, better: Better, distance: str, fits: bool) -> None:
    (stated,) = stated_in(text)
    assert stated.fits(Fraction(distance), better) is fits
