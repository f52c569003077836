"""ragtool.rules.publish: every rule's rating with every own rating, with and without reason and override."""

from datetime import date

import pytest

from ragtool.model import Rating
from ragtool.rules import ApprovedRating, RuleRating, forecast_worse, publish

A, G, R, B = Rating.AMBER, Rating.GREEN, Rating.RED, Rating.BLUE
ND, NR, TBC, NA, DO = Rating.NOT_DUE, Rating.NOT_RETURNED, Rating.TBC, Rating.NOT_AVAILABLE, Rating.DATA_ONLY

# The rule's rating: what is published for an own rating of Green, Amber and Red that has a reason; * marks those that
# aren't listed as a contradiction.
TABLE = {
    B: (G, A, R),
    G: ("G*", A, R),
    ND: ("ND*", A, R),
    A: (A, "A*", R),
    R: (R, R, "R*"),
    TBC: (TBC, TBC, TBC),
    NR: (NR, NR, NR),
    NA: (NA, NA, NA),
    DO: (DO, DO, DO),
    Rating.ON_HOLD: (Rating.ON_HOLD, Rating.ON_HOLD, Rating.ON_HOLD),
}
CASES = [
    (rule, own, Rating(str(cell).rstrip("*")), not str(cell).endswith("*"))
    for rule, row in TABLE.items()
    for own, cell in zip((G, A, R), row, strict=True)
]


@pytest.mark.parametrize(("rule", "own", "published", "differs"), CASES)
def test_a_worse_own_rating_with_a_reason_is_published(
    rule: Rating, own: Rating, published: Rating, differs: bool
) -> None:
    found = publish(RuleRating(rule, "Why."), own, "A risk", None)
    assert (found.rating, found.rule, found.differs) == (published, rule, differs)
    assert found.mark == ("Declared" if published is not rule else None)


@pytest.mark.parametrize(("rule", "own", "published", "differs"), CASES)
@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_none_is_published_but_all_are_listed(
    rule: Rating, own: Rating, published: Rating, differs: bool, reason: str
) -> None:
    found = publish(RuleRating(rule, "Why."), own, reason, None)
    assert (found.rating, found.rule, found.differs, found.mark, found.why) == (rule, rule, differs, None, "Why.")


@pytest.mark.parametrize("rule", Rating)
@pytest.mark.parametrize("to", Rating)
@pytest.mark.parametrize("own", [None, G, R])
def test_an_override_outranks_both(rule: Rating, to: Rating, own: Rating | None) -> None:
    override = ApprovedRating(to, "Audited", "Cabinet", date(2013, 10, 4))
    found = publish(RuleRating(rule, "Why."), own, "A risk", override)
    assert (found.rating, found.rule, found.mark) == (to, rule, "Override")
    assert found.differs == publish(RuleRating(rule, "Why."), own, "A risk", None).differs


@pytest.mark.parametrize("rule", Rating)
def test_without_own_rating_and_override_the_rule_is_published(rule: Rating) -> None:
    found = publish(RuleRating(rule, "Why."), None, "A reason alone", None)
    assert (found.rating, found.why, found.mark, found.differs) == (rule, "Why.", None, False)


def test_what_a_declared_rating_says() -> None:
    rated = RuleRating(G, "All 3 milestones complete.")
    for reason in ("The contractor has failed", "The contractor has failed."):
        assert publish(rated, R, reason, None).why == (
            "Declared Red by its officer: The contractor has failed. "
            "The rule's rating is Green: All 3 milestones complete."
        )
    assert publish(RuleRating(ND, "No milestone is due this quarter."), A, "Reset?", None).why == (
        "Declared Amber by its officer: Reset? The rule's rating is not due: No milestone is due this quarter."
    )


def test_what_an_override_says() -> None:
    override = ApprovedRating(G, "Completed on 2 October", "the Chief Executive", date(2013, 10, 4))
    assert publish(RuleRating(R, "The only milestone is overdue: no. 1."), None, "", override).why == (
        "Override to Green: Completed on 2 October. Approved by the Chief Executive, 4 October 2013. "
        "The rule's rating is Red: The only milestone is overdue: no. 1."
    )


@pytest.mark.parametrize("published", list(Rating))
@pytest.mark.parametrize("forecast", [None, Rating.BLUE, Rating.GREEN, Rating.AMBER, Rating.RED])
def test_a_forecast_is_worse_only_than_a_colour_that_is_better(published: Rating, forecast: Rating | None) -> None:
    worse = {
        *((Rating.BLUE, each) for each in (Rating.GREEN, Rating.AMBER, Rating.RED)),
        *((Rating.GREEN, each) for each in (Rating.AMBER, Rating.RED)),
        (Rating.AMBER, Rating.RED),
    }
    words = f"{published.word} now, and its officer expects {forecast.word if forecast else ''} at the year's end."
    assert forecast_worse(published, forecast) == (words if (published, forecast) in worse else "")
