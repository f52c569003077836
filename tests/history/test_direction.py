"""ragtool.direction: what is compared with what, by which way is better, and what is said of it."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from ragtool.history.direction import Direction, direction_of_rating, of_figures, of_ratings, of_shortfalls
from ragtool.history.earlier import Earlier
from ragtool.history.reported import Reported
from ragtool.model import Basis, Better, DataStatus, Kind, Rating, Settings, item_id
from ragtool.plan.plan import Measure
from ragtool.quarter.items import RatedMeasure
from ragtool.quarters import Quarter
from ragtool.results.sentences import direction_counts
from ragtool.rules import RuleRating
from rated_quarters import measure, rated_measure, rated_quarter

NOW = Quarter(2013, 2)
LAST, YEAR_AGO = NOW.plus(-1), NOW.plus(-4)
UP, SAME, DOWN = Direction.BETTER, Direction.SAME, Direction.WORSE
A, G, R, B = Rating.AMBER, Rating.GREEN, Rating.RED, Rating.BLUE


PLAIN = measure("P1", unit="%")
RANGED = measure("P1", Better.IN_RANGE, unit="%")
SO_FAR = measure("P1", unit="%", basis=Basis.YEAR_TO_DATE)


def then(
    quarter: Quarter, actual: str | None, short: str | None = None, like: Measure = PLAIN, **facts: Any
) -> Reported:
    """A measure as it was reported, with the definition that `like` has now."""
    plain = {
        "performance": None if actual is None else Decimal(actual),
        "shortfall": None if short is None else Fraction(short),
        "unit": like.unit,
        "better": like.better_when,
        "basis": like.basis,
        "rating": G,
    }
    return Reported(quarter=quarter, kind=Kind.MEASURE, key=like.key, **{**plain, **facts})


def rated(
    *rows: Reported,
    now: Measure = PLAIN,
    actual: str | None = "75",
    short: str | None = None,
    tolerance: str = "0",
    **entered: Any,
) -> RatedMeasure:
    """A measure rated after the quarters that `rows` are of."""
    rule = RuleRating(G, "", None if short is None else Fraction(short))
    earlier = Earlier({item_id("P1"): sorted(rows, key=lambda row: row.quarter)})
    settings = Settings(direction_tolerance=Decimal(tolerance))
    return rated_measure(now, actual, rule, NOW, earlier, settings, **entered)


def told(*rows: Reported, **now: Any) -> str:
    return rated(*rows, **now).travel.words


@pytest.mark.parametrize(
    ("now", "before", "better", "tolerance", "moved"),
    [
        ("75", "70", Better.HIGHER, "0", UP),
        ("75", "70", Better.LOWER, "0", DOWN),
        ("70", "70", Better.HIGHER, "0", SAME),
        ("70.0000000000001", "70", Better.LOWER, "0", DOWN),
        ("73.5", "70", Better.HIGHER, "0.05", SAME),
        ("73.5000000000001", "70", Better.HIGHER, "0.05", UP),
        ("66.5", "70", Better.HIGHER, "0.05", SAME),
        ("66.4999999999999", "70", Better.HIGHER, "0.05", DOWN),
        ("0.1", "0", Better.HIGHER, "0.5", UP),
        ("0", "0", Better.LOWER, "0.5", SAME),
        ("-95", "-100", Better.LOWER, "0.05", SAME),
        ("-94", "-100", Better.LOWER, "0.05", DOWN),
    ],
)
def test_figures_move_by_polarity_and_tolerance(
    now: str, before: str, better: Better, tolerance: str, moved: Direction
) -> None:
    assert of_figures(Decimal(now), Decimal(before), better, Decimal(tolerance)) is moved


@pytest.mark.parametrize(
    ("now", "before", "tolerance", "moved"),
    [
        ("0.1", "0.2", "0", UP),
        ("0.2", "0.1", "0", DOWN),
        ("-0.2", "-0.1", "0", UP),
        ("0.1", "0.1", "0", SAME),
        ("0.15", "0.1", "0.05", SAME),
        ("0.151", "0.1", "0.05", DOWN),
    ],
)
def test_shortfalls_move_in_points(now: str, before: str, tolerance: str, moved: Direction) -> None:
    assert of_shortfalls(Fraction(now), Fraction(before), Decimal(tolerance)) is moved


@pytest.mark.parametrize(
    ("now", "before", "moved"), [(G, A, UP), (A, R, UP), (G, R, UP), (R, G, DOWN), (A, G, DOWN), (A, A, SAME)]
)
def test_ratings_move_from_green_to_red(now: Rating, before: Rating, moved: Direction) -> None:
    assert of_ratings(now, before) is moved


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), "New"),
        ((then(LAST, "70"),), "↑ Better than 2013/14 Q1"),
        ((then(LAST, "70"), then(YEAR_AGO, "80")), "↑ Better than 2013/14 Q1\n↓ Worse than 2012/13 Q2"),
        ((then(LAST, None), then(NOW.plus(-2), "75")), "→ Same as 2012/13 Q4"),
        ((then(YEAR_AGO, "80"),), "↓ Worse than 2012/13 Q2"),
        ((then(LAST, None),), "New"),
        ((then(LAST, None, unit="days"),), "New"),
        ((then(LAST, "70", unit="days"),), "Not comparable with 2013/14 Q1"),
        ((then(LAST, "70", basis=Basis.YEAR_TO_DATE),), "Not comparable with 2013/14 Q1"),
        ((then(LAST, "70", better=Better.LOWER),), "Not comparable with 2013/14 Q1"),
        ((then(LAST, "70", unit=None, basis=None),), "↑ Better than 2013/14 Q1"),
    ],
)
def test_short_and_long(rows: tuple[Reported, ...], expected: str) -> None:
    assert told(*rows) == expected


@pytest.mark.parametrize(
    ("period", "before", "compared"),
    [
        ("2012/13", "2012/13", False),
        ("2012/13", "2012-13", False),
        ("2013/14 Q1", None, False),
        ("Q1 2013-14", None, False),
        ("2013/14 Q1", "2012/13 Q4", True),
        (None, "2013/14 Q2", False),
        (None, "2013/14 Q1", True),
        (None, None, True),
    ],
)
@pytest.mark.parametrize("ranged", [True, False])
def test_the_same_period_is_not_compared_with_itself(
    period: str | None, before: str | None, compared: bool, ranged: bool
) -> None:
    now = RANGED if ranged else PLAIN
    found = told(then(LAST, "70", "0.2", now, period=before), now=now, short="0.1", period=period)
    assert found == ("↑ Better than 2013/14 Q1" if compared else "New")


@pytest.mark.parametrize(
    "now",
    [
        measure("P1", unit="%", has_parts=True),
        RANGED,
        measure("P1", unit="%", basis=Basis.YEAR_TO_DATE, straight_line=True),
    ],
)
def test_what_compares_shortfalls(now: Measure) -> None:
    rows = (then(LAST, "1", "0.2", now), then(YEAR_AGO, "999", None, now))
    assert told(*rows, now=now, actual="50", short="0.1") == "↑ Better than 2013/14 Q1"
    assert told(*rows, now=now, actual="50", short="0.15", tolerance="0.05") == "→ Same as 2013/14 Q1"
    assert told(*rows, now=now, actual="50") == ""


def test_a_year_to_date_figure_without_a_profile_compares_with_last_year_alone() -> None:
    rows = (then(LAST, "40", like=SO_FAR), then(YEAR_AGO, "70", like=SO_FAR))
    assert told(*rows, now=SO_FAR) == "↑ Better than 2012/13 Q2"
    assert told(rows[0], now=SO_FAR) == "New"


def test_a_year_to_date_figure_with_targets_compares_its_shortfall_with_the_last_quarter() -> None:
    rows = (then(LAST, "40", "0.2", SO_FAR), then(YEAR_AGO, "70", "0.05", SO_FAR))
    short, long = "↑ Better than 2013/14 Q1", "↑ Better than 2012/13 Q2"
    assert told(*rows, now=SO_FAR, short="0.1") == f"{short}\n{long}"
    assert told(rows[0], now=SO_FAR, short="0.1") == short
    assert told(rows[0], now=SO_FAR, short="0.3") == "↓ Worse than 2013/14 Q1"
    assert told(rows[1], now=SO_FAR, short="0.1") == long
    assert told(rows[0], now=SO_FAR) == "New"


def test_what_has_no_direction() -> None:
    undirected = measure("P1", None, unit="%")
    assert told(then(LAST, "70"), actual=None) == ""
    assert told(then(LAST, "70"), data_status=DataStatus.NO_NEWER) == "No newer data"
    assert told(then(LAST, "70", like=undirected), now=undirected) == ""


@pytest.mark.parametrize(
    ("now", "ratings", "expected"),
    [
        (G, {}, "New"),
        (G, {LAST: A}, "↑ Better than 2013/14 Q1"),
        (G, {LAST: Rating.NOT_DUE, NOW.plus(-2): R}, "↑ Better than 2012/13 Q4"),
        (R, {LAST: R, YEAR_AGO: G}, "→ Same as 2013/14 Q1\n↓ Worse than 2012/13 Q2"),
        (G, {YEAR_AGO: G}, "→ Same as 2012/13 Q2"),
        (G, {YEAR_AGO: Rating.TBC}, "New"),
        (Rating.NOT_DUE, {LAST: G}, ""),
        (Rating.NOT_RETURNED, {LAST: G}, ""),
    ],
)
def test_key_actions(now: Rating, ratings: dict[Quarter, Rating], expected: str) -> None:
    rows = [
        Reported(quarter=quarter, kind=Kind.KEY_ACTION, key="K1", rating=rating)
        for quarter, rating in sorted(ratings.items())
    ]
    assert direction_of_rating(now, "K1", NOW, Earlier({item_id("K1"): rows})).words == expected


def test_the_summary_counts_both_directions_apart() -> None:
    measures = [
        rated(then(YEAR_AGO, "90"), then(LAST, "70")),
        rated(then(YEAR_AGO, "75")),
        rated(then(YEAR_AGO, "60", like=SO_FAR), then(LAST, "40", like=SO_FAR), now=SO_FAR),
        rated(then(LAST, "70"), data_status=DataStatus.NO_NEWER),
    ]
    assert direction_counts(rated_quarter(NOW, measures=measures)) == (
        "Performance measures, against what was last reported: 1 better, 1 the same; 2 with nothing to compare.",
        "Performance measures, against the same quarter of last year: 1 better, 1 the same, 1 worse; "
        "1 with nothing to compare.",
    )
