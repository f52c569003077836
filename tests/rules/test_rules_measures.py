"""ragtool.rules.measures and levels: decision tables with every state and every boundary, and what each says."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from ragtool.figures import exact
from ragtool.model import Basis, Better, ItemStatus, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.rules import Criteria, Figure, Improvement, RuleRating, rate_measure, shortfall, target_for

Q2 = Quarter(2013, 2)
HIGHER, LOWER, IN_RANGE = Better.HIGHER, Better.LOWER, Better.IN_RANGE
A, G, R, B = Rating.AMBER, Rating.GREEN, Rating.RED, Rating.BLUE
ND, NR, TBC, NA, DO = Rating.NOT_DUE, Rating.NOT_RETURNED, Rating.TBC, Rating.NOT_AVAILABLE, Rating.DATA_ONLY
FIGURES = ("low", "high", "level", "red_beyond", "annual")


def measure(target: str | None = None, better: Better = HIGHER, **facts: Any) -> Criteria:
    """A measure with this quarter's target; figures are given as text."""
    figures: dict[str, Any] = {name: Decimal(facts.pop(name)) for name in FIGURES if name in facts}
    targets = (None, None if target is None else Decimal(target), None, None)
    return Criteria(better=better, targets=targets, **figures, **facts)


def rate(what: Criteria, actual: str | None, improvement: Improvement | None = None, **settings: Any) -> RuleRating:
    plan: dict[str, Any] = {name: Decimal(value) if type(value) is str else value for name, value in settings.items()}
    return rate_measure(what, Figure(None if actual is None else Decimal(actual)), Q2, Settings(**plan), improvement)


# --- exactly at the level, and one unit in the last digit beyond

EXACTLY_15_PERCENT = [
    (HIGHER, "80", "68", "67.9999999999999", "67.99"),
    (HIGHER, "0.9", "0.765", "0.764999999999999", "0.7649"),
    (HIGHER, "30", "25.5", "25.4999999999999", "25.4"),
    (HIGHER, "121", "102.85", "102.849999999999", "102.84"),
    (HIGHER, "-20", "-23", "-23.0000000000001", "-24"),
    (HIGHER, "0.000002", "0.0000017", "0.00000169999999999999", "0.0000016"),
    (LOWER, "80", "92", "92.0000000000001", "92.01"),
    (LOWER, "0.9", "1.035", "1.03500000000001", "1.0351"),
    (LOWER, "30", "34.5", "34.5000000000001", "34.6"),
    (LOWER, "121", "139.15", "139.150000000001", "139.16"),
    (LOWER, "68", "78.2", "78.2000000000001", "78.3"),
    (LOWER, "-20", "-17", "-16.9999999999999", "-16.9"),
    (LOWER, "36740", "42251", "42251.0000000001", "42252"),
]


@pytest.mark.parametrize(("better", "target", "at", "beyond", "further"), EXACTLY_15_PERCENT)
def test_exactly_15_percent_is_amber_and_one_unit_beyond_is_red(
    better: Better, target: str, at: str, beyond: str, further: str
) -> None:
    what = measure(target, better)
    assert rate(what, at).rating is A
    assert rate(what, at).shortfall == Fraction(15, 100)
    assert rate(what, beyond).rating is R
    assert rate(what, further).rating is R
    assert rate(what, at, at_the_intervention_level=R).rating is R
    assert rate(what, at, green_within="0.15").rating is G


@pytest.mark.parametrize(("better", "target", "at", "beyond", "further"), EXACTLY_15_PERCENT)
def test_the_same_figures_as_excel_stores_them(better: Better, target: str, at: str, beyond: str, further: str) -> None:
    what = replace(measure(better=better), targets=(None, exact(float(target)), None, None))
    assert [
        rate_measure(what, Figure(exact(float(figure))), Q2, Settings()).rating for figure in (at, beyond, further)
    ] == [A, R, R]


@pytest.mark.parametrize(
    ("better", "target", "met", "missed"),
    [
        (HIGHER, "80", "80", "79.9999999999999"),
        (HIGHER, "80", "80.0000000000001", "79.9"),
        (HIGHER, "-3", "-3", "-3.00000000000001"),
        (LOWER, "80", "80", "80.0000000000001"),
        (LOWER, "0.9", "0.899999999999999", "0.900000000000001"),
        (LOWER, "-3", "-3", "-2.99999999999999"),
    ],
)
def test_met_is_green_and_one_unit_short_is_amber(better: Better, target: str, met: str, missed: str) -> None:
    assert rate(measure(target, better), met).rating is G
    assert rate(measure(target, better), missed).rating is A
    assert rate(measure(target, better, level="0"), missed).rating is R
    assert rate(measure(target, better, level="0"), met).rating is G


# --- every sentence: (measure, figure, rating, why)

SAYS = [
    (
        measure("36.6", LOWER),
        "39.5",
        A,
        "39.5 against a target of 36.6 (lower is better): 7.9 % worse, within the 15 % intervention level.",
    ),
    (
        measure("80"),
        "68",
        A,
        "68 against a target of 80 (higher is better): 15 % worse, exactly at the 15 % intervention level.",
    ),
    (
        measure("80"),
        "67.9999999999999",
        R,
        "67.9999999999999 against a target of 80 (higher is better): 15.0000000000001 % worse, beyond the 15 % "
        "intervention level.",
    ),
    (
        measure("0.9", unit="%"),
        "0.765",
        A,
        "76.5 % against a target of 90 % (higher is better): 15 % worse, exactly at the 15 % intervention level.",
    ),
    (
        measure("4.6", LOWER, unit="£m", decimals=2),
        "5.3",
        R,
        "£5.30m against a target of £4.60m (lower is better): 15.2 % worse, beyond the 15 % intervention level.",
    ),
    (
        measure("5000000", unit="visitors"),
        "4858000",
        A,
        "4,858,000 visitors against a target of 5,000,000 (higher is better): 2.8 % worse, within the 15 % "
        "intervention level.",
    ),
    (measure("20", LOWER, unit="days"), "20", G, "20 days against a target of 20 (lower is better): on target."),
    (measure("20", LOWER), "12", G, "12 against a target of 20 (lower is better): target met, 40 % better."),
    (measure("0", LOWER), "0", G, "0 against a target of 0 (lower is better): target met."),
    (measure("0"), "3", G, "3 against a target of 0 (higher is better): target met."),
    (
        measure("0", LOWER),
        "0.1",
        R,
        "0.1 against a target of 0 (lower is better): target missed, and no percentage of 0 exists, so it is Red.",
    ),
    (
        measure("-3"),
        "-5",
        R,
        "-5 against a target of -3 (higher is better): 66.7 % worse, beyond the 15 % intervention level.",
    ),
    (
        measure("80", level="0.075"),
        "75",
        A,
        "75 against a target of 80 (higher is better): 6.3 % worse, within the 7.5 % intervention level.",
    ),
    (
        measure("80", level="0"),
        "79",
        R,
        "79 against a target of 80 (higher is better): 1.3 % worse, and the intervention level is 0 %.",
    ),
    (
        measure("20", LOWER, decimals=0),
        "20.4",
        A,
        "20.4 against a target of 20 (lower is better): 2 % worse, within the 15 % intervention level.",
    ),
]


@pytest.mark.parametrize(("what", "actual", "rating", "why"), SAYS)
def test_what_a_measure_says(what: Criteria, actual: str, rating: Rating, why: str) -> None:
    rated = rate(what, actual)
    assert (rated.rating, rated.why) == (rating, why)


# --- the plan's settings


@pytest.mark.parametrize(
    ("actual", "settings", "rating", "verdict"),
    [
        (
            "68",
            {"at_the_intervention_level": R},
            R,
            "15 % worse, exactly at the 15 % intervention level, where Red begins",
        ),
        ("68.1", {"at_the_intervention_level": R}, A, "14.9 % worse, within the 15 % intervention level"),
        ("72", {"green_within": "0.1"}, G, "10 % worse, exactly at the 10 % that counts as Green"),
        ("76", {"green_within": "0.1"}, G, "5 % worse, within the 10 % that counts as Green"),
        (
            "71.9999999999999",
            {"green_within": "0.1"},
            A,
            "10.0000000000001 % worse, within the 15 % intervention level",
        ),
        ("96", {"blue_beyond": "0.2"}, G, "target met, 20 % better"),
        (
            "96.0000000000001",
            {"blue_beyond": "0.2"},
            B,
            "20.0000000000001 % better, exceeding the target by more than 20 %",
        ),
        ("80", {"blue_beyond": "0"}, G, "on target"),
        ("80.0000000000001", {"blue_beyond": "0"}, B, "0.0000000000001 % better, exceeding the target"),
        ("79", {"intervention_level": "0"}, R, "1.3 % worse, and the intervention level is 0 %"),
    ],
)
def test_settings(actual: str, settings: dict[str, Any], rating: Rating, verdict: str) -> None:
    rated = rate(measure("80"), actual, **settings)
    assert rated.rating is rating
    assert rated.why == f"{actual} against a target of 80 (higher is better): {verdict}."


IMPROVED, NOT_IMPROVED = Improvement(True, "55"), Improvement(False, "75")


@pytest.mark.parametrize(
    ("actual", "improvement", "rating", "verdict"),
    [
        (
            "60",
            None,
            R,
            "beyond the 15 % intervention level, with nothing to compare it with in the same quarter of last year",
        ),
        (
            "60",
            IMPROVED,
            A,
            "beyond the 15 % intervention level, but better than in the same quarter of last year (then 55)",
        ),
        (
            "60",
            NOT_IMPROVED,
            R,
            "beyond the 15 % intervention level, and no better than in the same quarter of last year (then 75)",
        ),
        ("68", NOT_IMPROVED, A, "exactly at the 15 % intervention level"),
        ("80", NOT_IMPROVED, G, "on target"),
    ],
)
def test_amber_needs_improvement(actual: str, improvement: Improvement | None, rating: Rating, verdict: str) -> None:
    rated = rate(measure("80"), actual, improvement, amber_needs_improvement=True)
    assert rated.rating is rating
    assert rated.why.endswith(f"{verdict}.")
    assert rate(measure("80"), "60", IMPROVED).rating is R


def test_at_a_level_that_is_red_improvement_makes_amber_as_past_it() -> None:
    """Otherwise a figure exactly at the level would rate worse than one beyond it."""
    settings = {"amber_needs_improvement": True, "at_the_intervention_level": R}
    assert [rate(measure("80"), figure, IMPROVED, **settings).rating for figure in ("68.1", "68", "67.9")] == [A, A, A]


def test_improvement_makes_no_amber_where_no_level_applies() -> None:
    settings = {"amber_needs_improvement": True}
    assert rate(measure("0", LOWER), "3", IMPROVED, **settings).rating is R
    assert rate(measure("80", red_beyond="60"), "59", IMPROVED, **settings).rating is R


# --- Red beyond


@pytest.mark.parametrize(
    ("better", "target", "limit", "actual", "rating", "verdict"),
    [
        (HIGHER, "80", "60", "80", G, "on target"),
        (HIGHER, "80", "60", "79.9999999999999", A, "0.0000000000001 % worse, but not past the limit of 60"),
        (HIGHER, "80", "60", "60", A, "25 % worse, exactly at the limit of 60"),
        (HIGHER, "80", "60", "59.9999999999999", R, "25 % worse, past the limit of 60"),
        (LOWER, "80", "100", "100", A, "25 % worse, exactly at the limit of 100"),
        (LOWER, "80", "100", "100.000000000001", R, "25 % worse, past the limit of 100"),
        (LOWER, "0", "5", "5", A, "target missed, exactly at the limit of 5"),
        (LOWER, "0", "5", "3", A, "target missed, but not past the limit of 5"),
        (LOWER, "0", "5", "5.00000000000001", R, "target missed, past the limit of 5"),
        (HIGHER, "-3", "-10", "-10", A, "233.3 % worse, exactly at the limit of -10"),
        (HIGHER, "-3", "-10", "-11", R, "266.7 % worse, past the limit of -10"),
        (HIGHER, "80", "90", "79", R, "1.3 % worse, past the limit of 90"),
    ],
)
def test_red_beyond(better: Better, target: str, limit: str, actual: str, rating: Rating, verdict: str) -> None:
    what = measure(target, better, red_beyond=limit)
    rated = rate(what, actual)
    assert rated.rating is rating
    assert rated.why == f"{actual} against a target of {target} ({better.value.lower()} is better): {verdict}."


@pytest.mark.parametrize(
    "settings", [{"green_within": "0.3"}, {"at_the_intervention_level": R}, {"intervention_level": "0"}]
)
def test_with_red_beyond_no_level_applies(settings: dict[str, Any]) -> None:
    what = measure("80", red_beyond="60", level="0.01")
    assert [rate(what, figure, **settings).rating for figure in ("79", "60", "59")] == [A, A, R]


def test_a_figure_is_not_rounded_onto_its_limit() -> None:
    why = rate(measure("80", red_beyond="60", decimals=0), "59.6").why
    assert why == "59.6 against a target of 80 (higher is better): 25.5 % worse, past the limit of 60."


def test_a_measure_with_a_limit_may_be_blue() -> None:
    assert rate(measure("80", red_beyond="60"), "97", blue_beyond="0.2").rating is B
    assert rate(measure("80", red_beyond="60"), "96", blue_beyond="0.2").rating is G


# --- In range


@pytest.mark.parametrize(
    ("low", "high", "actual", "rating", "why"),
    [
        ("60", "80", "60", G, "60 against a range of 60 to 80: within the range."),
        ("60", "80", "80", G, "80 against a range of 60 to 80: within the range."),
        (
            "60",
            "80",
            "51",
            A,
            "51 against a range of 60 to 80: 15 % below the range, exactly at the 15 % intervention level.",
        ),
        ("60", "80", "50.9999999999999", R, None),
        (
            "60",
            "80",
            "92",
            A,
            "92 against a range of 60 to 80: 15 % above the range, exactly at the 15 % intervention level.",
        ),
        ("60", "80", "92.0000000000001", R, None),
        ("60", None, "1000000", G, "1,000,000 against a range of 60 or more: within the range."),
        ("60", None, "51", A, None),
        (
            "60",
            None,
            "50",
            R,
            "50 against a range of 60 or more: 16.7 % below the range, beyond the 15 % intervention level.",
        ),
        (None, "80", "-5", G, "-5 against a range of 80 or less: within the range."),
        (None, "80", "92", A, None),
        (None, "80", "93", R, None),
        (
            "0",
            "80",
            "-0.1",
            R,
            "-0.1 against a range of 0 to 80: outside the range, and no percentage of 0 exists, so it is Red.",
        ),
        ("0", "80", "0", G, None),
        ("-10", "-5", "-11.5", A, None),
        ("-10", "-5", "-11.6", R, None),
        ("-10", "-5", "-4.25", A, None),
        ("-10", "-5", "-4.24", R, None),
        ("70", "70", "70", G, "70 against a range of 70 to 70: within the range."),
    ],
)
def test_in_range(low: str | None, high: str | None, actual: str, rating: Rating, why: str | None) -> None:
    ends = {name: end for name, end in (("low", low), ("high", high)) if end is not None}
    rated = rate(measure(better=IN_RANGE, **ends), actual)
    assert rated.rating is rating
    assert why is None or rated.why == why
    assert rate(measure(better=IN_RANGE, **ends), actual, blue_beyond="0").rating is not B


@pytest.mark.parametrize(
    ("low", "high", "limit", "ratings"),
    [
        ("60", "80", "50", {"59": A, "50": A, "49.9999999999999": R, "81": A, "500": A}),
        ("60", "80", "90", {"81": A, "90": A, "90.0000000000001": R, "59": A, "1": A}),
        ("60", "80", "60", {"59.9999999999999": R, "60": G, "81": A}),
        ("60", "80", "80", {"80.0000000000001": R, "80": G, "59": A}),
        ("60", "80", "70", {"59.9999999999999": R, "80.0000000000001": R, "70": G}),
        ("60", None, "50", {"59": A, "50": A, "49": R}),
        ("60", None, "65", {"59": R, "60": G}),
        (None, "80", "90", {"81": A, "90": A, "91": R}),
        (None, "80", "70", {"81": R, "80": G}),
        ("60", "60", "60", {"59": R, "60": G, "61": R}),
    ],
)
def test_red_beyond_a_range_holds_on_its_own_side(
    low: str | None, high: str | None, limit: str, ratings: dict[str, Rating]
) -> None:
    ends = {name: end for name, end in (("low", low), ("high", high)) if end is not None}
    what = measure(better=IN_RANGE, red_beyond=limit, **ends)
    assert {figure: rate(what, figure).rating for figure in ratings} == ratings


def test_a_limit_on_the_other_side_of_a_range_is_said_not_to_apply() -> None:
    what = measure(better=IN_RANGE, low="60", high="80", red_beyond="90")
    assert (
        rate(what, "57").why
        == "57 against a range of 60 to 80: 5 % below the range, where the limit of 90 doesn't apply."
    )
    assert rate(what, "84").why == "84 against a range of 60 to 80: 5 % above the range, but not past the limit of 90."


# --- states before any figure counts, in their order

LATER = Quarter(2014, 1)


@pytest.mark.parametrize(
    ("what", "figure", "rating", "why"),
    [
        (
            measure("80", status=ItemStatus.UNDER_DEVELOPMENT, starts=LATER),
            "1",
            TBC,
            "Under development, so not rated yet.",
        ),
        (
            measure("80", status=ItemStatus.DATA_ONLY, starts=LATER),
            "1",
            DO,
            "1: published for information only, without a rating.",
        ),
        (
            measure(unit="reports", status=ItemStatus.DATA_ONLY),
            "412",
            DO,
            "412 reports: published for information only, without a rating.",
        ),
        (
            measure(status=ItemStatus.DATA_ONLY),
            None,
            DO,
            "No figure was returned. Published for information only, without a rating.",
        ),
        (
            measure(status=ItemStatus.DATA_ONLY, starts=LATER),
            None,
            DO,
            "Published for information only, without a rating.",
        ),
        (measure("80", starts=LATER), "1", ND, "Not due yet: it starts in 2014/15 Q1."),
        (measure(starts=LATER), None, ND, "Not due yet: it starts in 2014/15 Q1."),
        (measure("80", reported_in=frozenset({4})), "1", ND, "Not due this quarter: it is reported in Q4 only."),
        (
            measure(reported_in=frozenset({1, 4, 3})),
            "1",
            ND,
            "Not due this quarter: it is reported in Q1, Q3 and Q4 only.",
        ),
        (measure(), "5", TBC, "5 was returned, but no target is set to rate it against."),
        (measure(unit="%"), "0.55", TBC, "55 % was returned, but no target is set to rate it against."),
        (measure(), None, TBC, "No target is set, so no figure can be rated."),
        (measure(better=IN_RANGE), "5", TBC, "5 was returned, but no range is set to rate it against."),
        (measure("80", better=IN_RANGE), "5", TBC, "5 was returned, but no range is set to rate it against."),
        (measure("0.8", unit="%"), None, NR, "No figure was returned against a target of 80 % (higher is better)."),
        (
            measure("20", LOWER, unit="days"),
            None,
            NR,
            "No figure was returned against a target of 20 days (lower is better).",
        ),
        (measure(better=IN_RANGE, low="60"), None, NR, "No figure was returned against a range of 60 or more."),
    ],
)
def test_states(what: Criteria, figure: str | None, rating: Rating, why: str) -> None:
    rated = rate(what, figure)
    assert (rated.rating, rated.why, rated.shortfall) == (rating, why, None)


@pytest.mark.parametrize("reported_in", [frozenset({2}), frozenset({2, 4}), frozenset[int]()])
def test_a_measure_is_due_in_the_quarters_it_is_reported_in(reported_in: frozenset[int]) -> None:
    assert rate(measure("80", reported_in=reported_in, starts=Q2), "80").rating is G


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("The system was replaced", "The return says that no figure is available. The system was replaced."),
        ("Awaited from the DfE.", "The return says that no figure is available. Awaited from the DfE."),
        ("", "The return says that no figure is available. It gives no reason."),
    ],
)
def test_not_available_gives_the_officers_reason(reason: str, why: str) -> None:
    rated = rate_measure(measure("80"), Figure(None, True, reason), Q2, Settings())
    assert (rated.rating, rated.why) == (NA, why)


def test_not_available_comes_after_the_states_of_the_plan() -> None:
    unavailable = Figure(None, True, "x")
    assert rate_measure(measure(), unavailable, Q2, Settings()).rating is TBC
    assert rate_measure(measure("80", starts=LATER), unavailable, Q2, Settings()).rating is ND
    assert rate_measure(measure("80"), replace(unavailable, actual=Decimal(80)), Q2, Settings()).rating is NA


def test_a_last_figure_that_stands_says_its_period() -> None:
    rated = rate_measure(measure("80"), Figure(Decimal(70), last_period="2012/13"), Q2, Settings())
    assert rated.rating is A
    assert rated.why.startswith("70 (the last figure, for 2012/13) against a target of 80 (higher is better): 12.5 %")


# --- which target


def targets(*by_quarter: str | None, **facts: Any) -> Criteria:
    q1, q2, q3, q4 = (None if target is None else Decimal(target) for target in by_quarter)
    return replace(measure(**facts), targets=(q1, q2, q3, q4))


YTD = {"basis": Basis.YEAR_TO_DATE}
LINE = {"basis": Basis.YEAR_TO_DATE, "straight_line": True}
FOUR = ("10", "20", "30", "40")
BLANK = (None, None, None, None)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (targets(*FOUR, annual="99"), [10, 20, 30, 40]),
        (targets(*BLANK, annual="100"), [100, 100, 100, 100]),
        (targets("10", None, None, "40", annual="100"), [10, 100, 100, 40]),
        (targets(*BLANK), [None, None, None, None]),
        (targets(*BLANK, annual="100", basis=Basis.LATEST), [100, 100, 100, 100]),
        (targets(*FOUR, annual="100", basis=Basis.LATEST), [10, 20, 30, 40]),
        (targets(*FOUR, annual="100", **YTD), [10, 20, 30, 40]),
        (targets(*BLANK, annual="100", **YTD), ["ND", "ND", "ND", 100]),
        (targets(None, "20", None, None, annual="100", **YTD), ["ND", 20, "ND", 100]),
        (targets("10", None, None, None, **YTD), [10, None, None, None]),
        (targets(*BLANK, annual="0", **YTD), ["ND", "ND", "ND", 0]),
        (targets(*BLANK, annual="100", **LINE), [25, 50, 75, 100]),
        (targets(*BLANK, annual="-1.1", **LINE), ["-0.275", "-0.55", "-0.825", "-1.1"]),
        (targets(None, "20", None, None, annual="100", **LINE), [25, 20, 75, 100]),
        (targets(*BLANK, **LINE), [None, None, None, None]),
        (
            targets(*BLANK, annual="123456789012345", **LINE),
            ["30864197253086.25", "61728394506172.5", "92592591759258.75", 123456789012345],
        ),
    ],
)
def test_the_target_of_each_quarter(what: Criteria, expected: list[Any]) -> None:
    found: list[Any] = []
    for number in (1, 2, 3, 4):
        rated = rate_measure(what, Figure(Decimal(15)), Quarter(2013, number), Settings())
        found.append("ND" if rated.rating is ND else rated.target)
        assert rated.target == target_for(what, Quarter(2013, number))
        assert (rated.rating is TBC) == (found[-1] is None)
    assert found == [value if value in (None, "ND") else Decimal(value) for value in expected]


def test_a_range_needs_no_annual_target() -> None:
    what = measure(better=IN_RANGE, low="60", annual="100", basis=Basis.YEAR_TO_DATE)
    assert rate(what, "60").rating is G
    assert rate(what, "60").target is None


def test_what_a_profile_and_its_absence_say() -> None:
    line = targets(*BLANK, annual="120", unit="homes", **LINE)
    assert rate(line, "55").why == (
        "55 homes against a target of 60 (2/4 of 120 a year; higher is better): 8.3 % worse, within the 15 % "
        "intervention level."
    )
    at_year_end = rate_measure(line, Figure(Decimal(120)), Quarter(2013, 4), Settings()).why
    assert at_year_end == "120 homes against a target of 120 (higher is better): on target."
    assert rate(targets(*BLANK, annual="120", unit="homes", **YTD), "55").why == (
        "Not due before Q4: the only target is the annual one of 120 homes, with no profile over the year."
    )


@pytest.mark.parametrize(
    ("annual", "unit", "actual", "why"),
    [
        ("5", "", "4", "4.0 against a target of 2.5 (2/4 of 5 a year; higher is better): target met, 60 % better."),
        ("4", "", "4.4", "4 against a target of 2 (2/4 of 4 a year; higher is better): target met, 120 % better."),
        (
            "0.55",
            "%",
            "0.3",
            "30.0 % against a target of 27.5 % (2/4 of 55 % a year; higher is better): target met, 9.1 % better.",
        ),
        ("1.333333", "", "2", "2 against a target of 1 (2/4 of 1 a year; higher is better): target met, 200 % better."),
    ],
)
def test_a_quarters_part_of_an_annual_target_is_not_rounded_away(annual: str, unit: str, actual: str, why: str) -> None:
    assert rate(targets(*BLANK, annual=annual, unit=unit, decimals=0, **LINE), actual).why == why


def test_decimals_beyond_two_more_are_not_shown() -> None:
    assert rate(measure("3.333", decimals=0), "2").why.startswith("2 against a target of 3 (")
    assert rate(measure("3.33", decimals=0), "2").why.startswith("2.00 against a target of 3.33 (")


@pytest.mark.parametrize(
    "what",
    [
        targets(*BLANK, annual="120", straight_line=True),
        targets("30", "120", None, None, annual="120", **LINE),
        targets("30", "120", None, None, annual="200", **YTD),
    ],
)
def test_only_a_part_of_an_annual_target_is_said_to_be_one(what: Criteria) -> None:
    assert rate(what, "120").why == "120 against a target of 120 (higher is better): on target."


def test_an_earlier_quarters_target_is_no_matter() -> None:
    why = rate(targets("30", None, None, None, annual="120", **LINE), "60").why
    assert why == "60 against a target of 60 (2/4 of 120 a year; higher is better): on target."


# --- the shortfall itself


@pytest.mark.parametrize(
    ("what", "actual", "expected"),
    [
        (measure("80"), "68", Fraction(15, 100)),
        (measure("80"), "92", Fraction(-15, 100)),
        (measure("80", LOWER), "92", Fraction(15, 100)),
        (measure("-20"), "-23", Fraction(15, 100)),
        (measure("-20", LOWER), "-23", Fraction(-15, 100)),
        (measure("36.6", LOWER), "39.5", Fraction(29, 366)),
        (measure("0"), "1", None),
        (measure("0", LOWER), "0", None),
        (measure(better=IN_RANGE, low="60", high="80"), "84", Fraction(1, 20)),
        (measure(better=IN_RANGE, low="60", high="80"), "57", Fraction(1, 20)),
        (measure(better=IN_RANGE, low="60", high="80"), "61", Fraction(0)),
        (measure(better=IN_RANGE, low="0", high="80"), "-1", None),
        (measure(better=IN_RANGE, low="-10", high="80"), "-12", Fraction(1, 5)),
    ],
)
def test_shortfall_is_an_exact_signed_share(what: Criteria, actual: str, expected: Fraction | None) -> None:
    assert shortfall(what, Decimal(actual), target_for(what, Q2)) == expected
    assert rate(what, actual).shortfall == expected
