"""The rules in five lines, with the plan's own settings."""

from decimal import Decimal
from typing import Any

import pytest

from ragtool.figures import Points
from ragtool.model import Basis, Better, IndexMethod, NoneDue, Rating, Settings
from ragtool.results.sentences import rules_in_words
from rated_quarters import measure

LEVEL = Decimal("0.125")


@pytest.mark.parametrize(
    ("settings", "line", "said"),
    [
        (Settings(), 1, "Amber where it misses by 15 % or less (exactly at it: Amber); Red beyond."),
        (
            Settings(intervention_level=LEVEL, at_the_intervention_level=Rating.RED),
            1,
            "Amber where it misses by less than 12.5 % (exactly at it: Red); Red beyond.",
        ),
        (Settings(green_within=LEVEL, intervention_level=LEVEL), 1, "or misses it by 12.5 % or less; Red beyond."),
        (Settings(amber_needs_improvement=True), 1, "it is still Amber where it improved on the same quarter"),
        (Settings(blue_beyond=LEVEL), 1, "It is Blue where it beats its target by more than 12.5 %."),
        (Settings(no_milestones_due=NoneDue.PREVIOUS), 0, "With no milestone due: Previous rating."),
        (Settings(index_method=IndexMethod.WORST), 2, "the worst of the parts' shortfalls is rated"),
        (Settings(index_method=IndexMethod.CAPPED_MEAN), 2, "the capped mean of the parts' shortfalls is rated"),
        (Settings(escalate_after=2), 2, "escalated after 2 quarters in a row."),
        (Settings(direction_tolerance=LEVEL), 2, "A change of 12.5 % or less counts as no change in direction."),
    ],
)
def test_the_rules_are_told_as_the_plan_sets_them(settings: Settings, line: int, said: str) -> None:
    lines = rules_in_words(settings)
    assert len(lines) == 5
    assert said in lines[line]


TARGET = {"targets": (Decimal(80),) * 4}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"level": Points(Decimal(5)), **TARGET}, "percentage points for a percentage."),
        ({"green_within": Points(Decimal(5)), **TARGET}, "percentage points for a percentage."),
        ({"better_when": Better.MORE_THAN, **TARGET}, "a figure exactly at it misses by nothing: not Green."),
        ({"better_when": Better.IN_RANGE, "red_below": Decimal(8)}, "is Amber on the other"),
        ({"stretch": Decimal(90), **TARGET}, "A measure that meets its stretch target is Blue."),
        ({"benchmark": Decimal(90)}, "A benchmark is shown beside the figure and never rates it."),
        ({"basis": Basis.YEAR_TO_DATE_RATE}, "A year-to-date rate is a share of the year so far"),
    ],
)
def test_what_measures_say_of_their_own_is_told_where_one_does(facts: dict[str, Any], said: str) -> None:
    assert said in rules_in_words(Settings(), measures=[measure("P1"), measure("P2", **facts)])[1]
    assert said not in rules_in_words(Settings(), measures=[measure("P1")])[1]


def test_nothing_is_told_that_no_measure_says() -> None:
    both: dict[str, Any] = {"better_when": Better.IN_RANGE, "red_below": Decimal(8), "red_above": Decimal(24)}
    measures = [measure("P1", level=Decimal("0.1")), measure("P2", **both)]
    assert rules_in_words(Settings(), measures=measures) == rules_in_words(Settings())
