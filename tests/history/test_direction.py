"""ragtool.direction: what is compared with what, by which way is better, and what is said of it."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from ragtool import columns as c
from ragtool.frames import Row, frame
from ragtool.history.direction import (
    LONG,
    SHORT,
    Direction,
    direction_of_measure,
    direction_of_rating,
    of_figures,
    of_ratings,
    of_shortfalls,
)
from ragtool.history.earlier import Earlier, item
from ragtool.model import Basis, Better, DataStatus, Rating, Settings
from ragtool.plan.plan import HAS_PARTS
from ragtool.quarters import Quarter
from ragtool.results.sentences import direction_counts
from ragtool.rules import RuleRating

NOW = Quarter(2013, 2)
LAST, YEAR_AGO = NOW.plus(-1), NOW.plus(-4)
UP, SAME, DOWN = Direction.BETTER, Direction.SAME, Direction.WORSE
A, G, R, B = Rating.AMBER, Rating.GREEN, Rating.RED, Rating.BLUE


def measure(actual: str | None = "75", **facts: Any) -> Row:
    plain = {
        c.KEY: "P1",
        c.PART: None,
        HAS_PARTS: False,
        c.PERIOD: None,
        c.DATA_STATUS: None,
        c.BETTER_WHEN: Better.HIGHER,
        c.BASIS: Basis.QUARTER,
        c.PROFILE: False,
        c.UNIT: "%",
        c.SHORTFALL: None,
        c.RAG: G,
    }
    return {**plain, c.PERFORMANCE: None if actual is None else Decimal(actual), **facts}


def then(quarter: Quarter, actual: str | None, short: str | None = None, **facts: Any) -> Row:
    shortfall = None if short is None else Fraction(short)
    return {**measure(actual), c.QUARTER: quarter, c.SHORTFALL: shortfall, **facts}


def told(now: Row, *rows: Row, short: str | None = None, tolerance: str = "0") -> str:
    rated = RuleRating(G, "", None if short is None else Fraction(short))
    before = Earlier({item("P1", None): sorted(rows, key=lambda row: row[c.QUARTER])})
    return direction_of_measure(now, rated, NOW, before, Settings(direction_tolerance=Decimal(tolerance))).words


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
        ((then(LAST, None, **{c.UNIT: "days"}),), "New"),
        ((then(LAST, "70", **{c.UNIT: "days"}),), "Not comparable with 2013/14 Q1"),
        ((then(LAST, "70", **{c.BASIS: Basis.YEAR_TO_DATE}),), "Not comparable with 2013/14 Q1"),
        ((then(LAST, "70", **{c.BETTER_WHEN: Better.LOWER}),), "Not comparable with 2013/14 Q1"),
        ((then(LAST, "70", **{c.UNIT: None, c.BASIS: None}),), "↑ Better than 2013/14 Q1"),
    ],
)
def test_short_and_long(rows: tuple[Row, ...], expected: str) -> None:
    assert told(measure(), *rows) == expected


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
    facts = {c.BETTER_WHEN: Better.IN_RANGE if ranged else Better.HIGHER}
    now = measure("75", **{c.PERIOD: period, **facts})
    found = told(now, then(LAST, "70", "0.2", **{c.PERIOD: before, **facts}), short="0.1")
    assert found == ("↑ Better than 2013/14 Q1" if compared else "New")


@pytest.mark.parametrize(
    "facts",
    [
        {HAS_PARTS: True},
        {c.BETTER_WHEN: Better.IN_RANGE},
        {c.BASIS: Basis.YEAR_TO_DATE, c.PROFILE: True},
    ],
)
def test_what_compares_shortfalls(facts: Row) -> None:
    rows = (then(LAST, "1", "0.2", **facts), then(YEAR_AGO, "999", None, **facts))
    assert told(measure("50", **facts), *rows, short="0.1") == "↑ Better than 2013/14 Q1"
    assert told(measure("50", **facts), *rows, short="0.15", tolerance="0.05") == "→ Same as 2013/14 Q1"
    assert told(measure("50", **facts), *rows) == ""


def test_a_year_to_date_figure_without_a_profile_compares_with_last_year_alone() -> None:
    facts = {c.BASIS: Basis.YEAR_TO_DATE}
    rows = (then(LAST, "40", **facts), then(YEAR_AGO, "70", **facts))
    assert told(measure("75", **facts), *rows) == "↑ Better than 2012/13 Q2"
    assert told(measure("75", **facts), rows[0]) == "New"


def test_what_has_no_direction() -> None:
    assert told(measure(None), then(LAST, "70")) == ""
    assert told(measure(**{c.DATA_STATUS: DataStatus.NO_NEWER}), then(LAST, "70")) == "No newer data"
    assert told(measure(**{c.BETTER_WHEN: None}), then(LAST, "70", **{c.BETTER_WHEN: None})) == ""


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
    rows = [{c.QUARTER: quarter, c.RAG: rating} for quarter, rating in sorted(ratings.items())]
    assert direction_of_rating(now, "K1", NOW, Earlier({item("K1", None): rows})).words == expected


def test_the_summary_counts_both_directions_apart() -> None:
    so_far = {c.BASIS: Basis.YEAR_TO_DATE}
    rows = [
        (measure(), [then(YEAR_AGO, "90"), then(LAST, "70")]),
        (measure(), [then(YEAR_AGO, "75")]),
        (measure(**so_far), [then(YEAR_AGO, "60", **so_far), then(LAST, "40", **so_far)]),
        (measure(**{c.DATA_STATUS: DataStatus.NO_NEWER}), [then(LAST, "70")]),
    ]
    moves = [
        direction_of_measure(row, RuleRating(G, ""), NOW, Earlier({item("P1", None): before}), Settings())
        for row, before in rows
    ]
    items = frame([{c.PART: None, SHORT: moved.short, LONG: moved.long} for moved in moves], (c.PART, SHORT, LONG))
    assert direction_counts(items.iloc[:0], items) == (
        "Performance measures: 1 better, 1 the same, 0 worse than last reported; 2 with nothing to compare.",
        "Performance measures: 1 better, 1 the same, 1 worse than in the same quarter of last year; "
        "1 with nothing to compare.",
    )
