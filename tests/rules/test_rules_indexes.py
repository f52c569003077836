"""ragtool.rules.indexes: the four methods, parts left out, parts against 0, and what an index says."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from ragtool.model import Basis, Better, IndexMethod, ItemStatus, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.rules import Criteria, Figure, Improvement, RatedPart, RuleRating, rate_index, rate_measure

Q2 = Quarter(2013, 2)
A, G, R, B = Rating.AMBER, Rating.GREEN, Rating.RED, Rating.BLUE
ND, NR, TBC, NA, DO = Rating.NOT_DUE, Rating.NOT_RETURNED, Rating.TBC, Rating.NOT_AVAILABLE, Rating.DATA_ONLY
MEAN, CAPPED, WORST, WEIGHTED = (
    IndexMethod.MEAN,
    IndexMethod.CAPPED_MEAN,
    IndexMethod.WORST,
    IndexMethod.WEIGHTED_MEAN,
)
LATER = Quarter(2014, 1)


def part(
    name: str, actual: str | None = None, target: str | None = "100", weight: str = "1", **facts: Any
) -> RatedPart:
    """A part held against a target of 100, unless another is given; its shortfall is then easily read."""
    measure = Criteria(targets=(None, None if target is None else Decimal(target), None, None), **facts)
    unavailable = actual == "NA"
    figure = Figure(None if actual is None or unavailable else Decimal(actual), unavailable)
    return RatedPart(f"part {name}", Decimal(weight), rate_measure(measure, figure, Q2, Settings()))


def parts(*actuals: str) -> list[RatedPart]:
    return [part(str(no), actual) for no, actual in enumerate(actuals, 1)]


def rate(
    these: list[RatedPart], method: IndexMethod | None = None, level: str | None = None, **settings: Any
) -> RuleRating:
    whole = Criteria(method=method, level=None if level is None else Decimal(level))
    return rate_index(whole, these, Q2, Settings(**settings))


# --- the four methods, each with its boundary


@pytest.mark.parametrize(
    ("method", "actuals", "short", "rating"),
    [
        (MEAN, ("70", "100"), "0.15", A),
        (MEAN, ("69.9999999999999", "100"), "0.1500000000000005", R),
        (MEAN, ("70", "120"), "0.05", A),
        (MEAN, ("70", "130"), "0", G),
        (MEAN, ("70", "129.999999999999"), "0.000000000000005", A),
        (MEAN, ("70", "140"), "-0.05", G),
        (CAPPED, ("70", "140"), "0.15", A),
        (CAPPED, ("69.9999999999999", "140"), "0.1500000000000005", R),
        (CAPPED, ("100", "140"), "0", G),
        (CAPPED, ("99.9999999999999", "140"), "0.0000000000000005", A),
        (WORST, ("85", "140", "99"), "0.15", A),
        (WORST, ("84.9999999999999", "140"), "0.150000000000001", R),
        (WORST, ("100", "140"), "0", G),
        (WORST, ("120", "140"), "-0.2", G),
    ],
)
def test_methods(method: IndexMethod, actuals: tuple[str, ...], short: str, rating: Rating) -> None:
    rated = rate(parts(*actuals), method)
    assert (rated.rating, rated.shortfall) == (rating, Fraction(short))
    assert rate(parts(*actuals), None, index_method=method) == rated


def test_a_third_is_exact() -> None:
    assert rate(parts("70", "90", "95")).shortfall == Fraction(45, 300)
    assert rate(parts("70", "90", "95")).rating is A
    assert rate(parts("70", "90", "94.9999999999999")).rating is R


@pytest.mark.parametrize(
    ("weights", "short", "rating"),
    [
        (("1", "1"), "0.15", A),
        (("1.000001", "1"), None, R),
        (("1", "3"), "0.075", A),
        (("0", "3"), "0", G),
        (("3", "0"), "0.3", R),
        (("0.5", "0.5"), "0.15", A),
    ],
)
def test_weights(weights: tuple[str, str], short: str | None, rating: Rating) -> None:
    rated = rate([part("1", "70", weight=weights[0]), part("2", "100", weight=weights[1])], WEIGHTED)
    assert rated.rating is rating
    assert short is None or rated.shortfall == Fraction(short)


def test_weights_matter_to_the_weighted_mean_only() -> None:
    heavy, light = [part("1", "70", weight="9"), part("2", "110")], [part("1", "70"), part("2", "110")]
    for method in (MEAN, CAPPED, WORST):
        assert rate(heavy, method) == rate(light, method)
    assert rate(heavy, WEIGHTED).shortfall == Fraction(26, 100)


def test_the_measures_own_method_and_level_come_first() -> None:
    assert rate(parts("70", "140"), WORST, index_method=MEAN).rating is R
    assert rate(parts("95", "95"), level="0.04").rating is R
    assert rate(parts("95", "95"), level="0.05").rating is A


@pytest.mark.parametrize(
    ("actuals", "settings", "rating"),
    [
        (("85", "85"), {"at_the_intervention_level": R}, R),
        (("95", "95"), {"green_within": Decimal("0.05")}, G),
        (("125", "125"), {"blue_beyond": Decimal("0.2")}, B),
        (("120", "120"), {"blue_beyond": Decimal("0.2")}, G),
    ],
)
def test_then_it_is_rated_as_a_measure(actuals: tuple[str, ...], settings: dict[str, Any], rating: Rating) -> None:
    assert rate(parts(*actuals), **settings).rating is rating


def test_amber_needs_improvement() -> None:
    settings = Settings(amber_needs_improvement=True)
    for improvement, rating in ((Improvement(True, "40 % worse"), A), (Improvement(False, "1 % worse"), R), (None, R)):
        assert rate_index(Criteria(), parts("70", "70"), Q2, settings, improvement).rating is rating


# --- parts left out, not returned, and against 0

OUT = {
    TBC: part("A", "1", None),
    DO: part("B", "1", status=ItemStatus.DATA_ONLY),
    ND: part("C", "1", starts=LATER),
    NA: part("D", "NA"),
}


@pytest.mark.parametrize("state", OUT)
@pytest.mark.parametrize("method", IndexMethod)
def test_a_part_without_a_rating_is_left_out_and_named(state: Rating, method: IndexMethod) -> None:
    rated = rate([*parts("90", "80"), OUT[state]], method)
    assert rated.shortfall == rate(parts("90", "80"), method).shortfall
    assert rated.why.endswith(f" Left out: {OUT[state].name} ({state.word.lower()}).")


@pytest.mark.parametrize(
    ("states", "rating"),
    [
        ((TBC,), TBC),
        ((DO,), DO),
        ((ND,), ND),
        ((NA,), NA),
        ((NA, NA), NA),
        ((DO, ND), ND),
        ((DO, NA), ND),
        ((NA, ND), ND),
        ((NA, TBC, DO), TBC),
        ((), ND),
    ],
)
def test_no_part_left(states: tuple[Rating, ...], rating: Rating) -> None:
    rated = rate([OUT[state] for state in states])
    assert (rated.rating, rated.shortfall) == (rating, None)


def test_no_part_left_says_which() -> None:
    assert rate([OUT[NA], OUT[DO]]).why == "No part can be rated: part D (not available), part B (data only)."
    assert rate([]).why == "No part can be rated: none is in force."


@pytest.mark.parametrize(
    ("these", "why"),
    [
        ([*parts("90"), part("2")], "No figure was returned for part 2."),
        ([part("1"), *parts("90"), part("3")], "No figure was returned for part 1 and part 3."),
        ([part("1"), OUT[TBC]], "No figure was returned for part 1."),
        ([part("1"), part("2", "3", "0", better=Better.LOWER)], "No figure was returned for part 1."),
    ],
)
def test_a_part_not_returned_makes_the_measure_not_returned(these: list[RatedPart], why: str) -> None:
    assert (rate(these).rating, rate(these).why) == (NR, why)


def test_a_part_met_against_0_counts_as_0() -> None:
    rated = rate([part("1", "70"), part("2", "0", "0", better=Better.LOWER)])
    assert (rated.rating, rated.shortfall) == (A, Fraction(15, 100))
    assert "part 2: target of 0 met" in rated.why


@pytest.mark.parametrize("method", IndexMethod)
def test_a_part_missed_against_0_makes_the_measure_red(method: IndexMethod) -> None:
    missed = part("2", "1", "0", better=Better.LOWER)
    by_limit = part("2", "1", "0", better=Better.LOWER, red_beyond=Decimal(5))
    of_a_range = part("2", "-1", None, better=Better.IN_RANGE, low=Decimal(0))
    assert (missed.rated.rating, by_limit.rated.rating, of_a_range.rated.rating) == (R, A, R)
    for each in (missed, by_limit, of_a_range):
        rated = rate([part("1", "200"), each], method)
        assert (rated.rating, rated.shortfall) == (R, None)
        assert rated.why.startswith(
            "Part 2 missed a target of 0, and no percentage of 0 exists, so the measure is Red ("
        )


def test_a_parts_own_limit_holds_for_its_own_row_only() -> None:
    red = part("1", "99", red_beyond=Decimal("99.5"))
    amber = part("2", "10", red_beyond=Decimal(5))
    assert (red.rated.rating, amber.rated.rating) == (R, A)
    assert rate([red, part("2", "100")]).rating is A
    assert rate([amber, part("2", "100")]).rating is R


def test_a_red_part_of_a_green_measure_stays_red() -> None:
    these = parts("50", "150")
    assert (these[0].rated.rating, rate(these).rating) == (R, G)


def test_parts_that_weigh_nothing_make_no_mean() -> None:
    weightless = part("1", "50", weight="0")
    for others, rating in (([], ND), ([OUT[DO]], ND), ([OUT[TBC]], TBC), ([OUT[NA], OUT[NA]], ND)):
        assert (rate([weightless, *others], WEIGHTED).rating, rate([weightless], WEIGHTED).shortfall) == (rating, None)
    assert rate([weightless, part("2", "100")], WEIGHTED).rating is G
    assert rate([weightless], MEAN).rating is R
    assert rate([weightless, OUT[DO]], WEIGHTED).why == (
        "Every part that could be rated has the weight 0: part 1. Left out: part B (data only)."
    )


# --- the measure's own state


@pytest.mark.parametrize(
    ("whole", "rating"),
    [
        (Criteria(status=ItemStatus.UNDER_DEVELOPMENT, starts=LATER), TBC),
        (Criteria(status=ItemStatus.DATA_ONLY, starts=LATER), DO),
        (Criteria(starts=LATER), ND),
        (Criteria(reported_in=frozenset({1, 3})), ND),
        (Criteria(starts=Q2, reported_in=frozenset({2})), G),
        (Criteria(annual=Decimal(5)), G),
        (Criteria(annual=Decimal(5), basis=Basis.YEAR_TO_DATE), G),
    ],
)
def test_its_own_state_comes_first(whole: Criteria, rating: Rating) -> None:
    assert rate_index(whole, parts("100"), Q2, Settings()).rating is rating
    if rating is not G:
        assert rate_index(whole, [part("1")], Q2, Settings()).rating is rating


# --- what an index says

THREE = parts("75", "100", "110")


@pytest.mark.parametrize(
    ("method", "why"),
    [
        (
            MEAN,
            "Mean of 3 parts (part 1: 25 % worse; part 2: on target; part 3: 10 % better): 5 % worse, within the 15 % "
            "intervention level.",
        ),
        (
            CAPPED,
            "Capped mean of 3 parts (part 1: 25 % worse; part 2: on target; part 3: 10 % better, counted as 0): "
            "8.3 % worse, within the 15 % intervention level.",
        ),
        (
            WORST,
            "Worst of 3 parts (part 1: 25 % worse; part 2: on target; part 3: 10 % better): 25 % worse, beyond the "
            "15 % intervention level.",
        ),
        (
            WEIGHTED,
            "Weighted mean of 3 parts (part 1, weight 1: 25 % worse; part 2, weight 1: on target; part 3, weight 1: "
            "10 % better): 5 % worse, within the 15 % intervention level.",
        ),
    ],
)
def test_what_an_index_says(method: IndexMethod, why: str) -> None:
    assert rate(THREE, method).why == why


@pytest.mark.parametrize(
    ("these", "method", "why"),
    [
        (
            parts("100", "110"),
            MEAN,
            "Mean of 2 parts (part 1: on target; part 2: 10 % better): 5 % better than target.",
        ),
        (parts("90", "110"), MEAN, "Mean of 2 parts (part 1: 10 % worse; part 2: 10 % better): on target."),
        (
            parts("100", "110"),
            CAPPED,
            "Capped mean of 2 parts (part 1: on target; part 2: 10 % better, counted as 0): no part misses its target.",
        ),
        (parts("100"), MEAN, "Mean of 1 part (part 1: on target): on target."),
        (
            [part("A2", "90", weight="2.50"), part("b", "100", weight="0")],
            WEIGHTED,
            "Weighted mean of 2 parts (part A2, weight 2.5: 10 % worse; part b, weight 0: on target): 10 % worse, "
            "within the 15 % intervention level.",
        ),
        (
            [
                part("1", "84", None, better=Better.IN_RANGE, low=Decimal(60), high=Decimal(80)),
                part("2", "70", None, better=Better.IN_RANGE, low=Decimal(60), high=Decimal(80)),
            ],
            MEAN,
            "Mean of 2 parts (part 1: 5 % outside its range; part 2: within its range): 2.5 % worse, within the 15 % "
            "intervention level.",
        ),
        (
            [part("A2", "1", "0", better=Better.LOWER), part("b", "2", "0", better=Better.LOWER), OUT[ND]],
            MEAN,
            "Part A2 and part b missed a target of 0, and no percentage of 0 exists, so the measure is Red. "
            "Left out: part C (not due).",
        ),
        (
            [part("1", "1", "0", better=Better.LOWER), part("2", "90")],
            MEAN,
            "Part 1 missed a target of 0, and no percentage of 0 exists, so the measure is Red (part 2: 10 % worse).",
        ),
    ],
)
def test_what_it_says_in_the_rarer_cases(these: list[RatedPart], method: IndexMethod, why: str) -> None:
    assert rate(these, method).why == why


def test_blue_says_by_how_much() -> None:
    why = rate(parts("125", "125"), blue_beyond=Decimal("0.2")).why
    assert why.endswith(": 25 % better, exceeding the target by more than 20 %.")


def test_the_order_of_parts_changes_the_text_alone() -> None:
    for method in IndexMethod:
        forward, backward = rate(THREE, method), rate(THREE[::-1], method)
        assert replace(forward, why="") == replace(backward, why="")
