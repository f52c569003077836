"""The rules in five lines, with the plan's own settings."""

from decimal import Decimal

import pytest

from ragtool.model import IndexMethod, NoneDue, Rating, Settings
from ragtool.results.sentences import rules_in_words

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
