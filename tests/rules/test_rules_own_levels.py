"""What a measure may say of its own, with every boundary: points, targets to be bettered, stretch, two limits."""

from decimal import Decimal
from typing import Any

import pytest

from ragtool.figures import Level, Points
from ragtool.model import Basis, Better, IndexMethod, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.rules import Criteria, Figure, Improvement, RatedPart, RuleRating, rate_index, rate_measure, stretch_for
from ragtool.rules.limits import told_in_points

Q2 = Quarter(2013, 2)
HIGHER, LOWER, IN_RANGE, MORE, LESS = (
    Better.HIGHER,
    Better.LOWER,
    Better.IN_RANGE,
    Better.MORE_THAN,
    Better.LESS_THAN,
)
A, G, R, B = Rating.AMBER, Rating.GREEN, Rating.RED, Rating.BLUE


def level(text: str | None) -> Level | None:
    """`5 points`, or a share such as 0.05."""
    if text is None or not text.endswith(" points"):
        return None if text is None else Decimal(text)
    return Points(Decimal(text.removesuffix(" points")))


def measure(target: str | None, better: Better = HIGHER, **facts: Any) -> Criteria:
    """A measure with this quarter's target; figures and levels are given as text."""
    levels: dict[str, Any] = {name: level(facts.pop(name)) for name in ("level", "green_within") if name in facts}
    figures: dict[str, Any] = {name: Decimal(facts.pop(name)) for name in FIGURES if name in facts}
    targets = (None, None if target is None else Decimal(target), None, None)
    return Criteria(better=better, targets=targets, **levels, **figures, **facts)


FIGURES = ("low", "high", "red_beyond", "red_below", "red_above", "stretch", "annual")


def rate(what: Criteria, actual: str, improvement: Improvement | None = None, **settings: Any) -> RuleRating:
    plan: dict[str, Any] = {name: Decimal(value) if type(value) is str else value for name, value in settings.items()}
    return rate_measure(what, Figure(Decimal(actual)), Q2, Settings(**plan), improvement)


# --- levels in points, and Green within of the measure's own


@pytest.mark.parametrize(
    ("what", "figures"),
    [
        (measure("80", level="5 points"), {"80": G, "79.9": A, "75": A, "74.9999999999999": R}),
        (measure("80", LOWER, level="5 points"), {"80": G, "85": A, "85.0000000000001": R}),
        (measure("0.9", unit="%", level="5 points"), {"0.9": G, "0.85": A, "0.849999999999999": R}),
        (measure("0", LOWER, level="5 points"), {"0": G, "5": A, "5.00000000000001": R}),
        (measure("0", LOWER, unit="%", level="5 points"), {"0": G, "0.05": A, "0.0500000000000001": R}),
        (measure("-3", level="5 points"), {"-3": G, "-8": A, "-8.00000000000001": R}),
        (measure("80", level="0 points"), {"80": G, "79.9999999999999": R}),
        (measure("80", level="0.1", green_within="2 points"), {"78": G, "77.9": A, "72": A, "71.9": R}),
        (measure("80", level="5 points", green_within="0.05"), {"76": G, "75.9": A, "75": A, "74.9": R}),
        (measure("80", green_within="0.05"), {"76": G, "75.9999999999999": A, "68": A, "67.9": R}),
        (measure("0", LOWER, green_within="2 points"), {"2": G, "2.00000000000001": R}),
        (measure("0", LOWER, green_within="0.5", level="5 points"), {"0.1": A, "5": A, "5.1": R}),
        (
            measure(None, IN_RANGE, low="60", high="80", level="5 points", green_within="1 points"),
            {"60": G, "59": G, "58.9": A, "55": A, "54.9": R, "81": G, "81.1": A, "85": A, "85.1": R},
        ),
        (
            measure(None, IN_RANGE, low="0", high="9", level="2 points"),
            {"0": G, "-2": A, "-2.1": R, "11": A, "11.1": R},
        ),
    ],
    ids=str,
)
def test_levels_of_its_own(what: Criteria, figures: dict[str, Rating]) -> None:
    assert {figure: rate(what, figure).rating for figure in figures} == figures


def test_a_measures_own_green_within_comes_before_the_plans() -> None:
    assert rate(measure("80", green_within="0"), "79", green_within="0.1").rating is A
    assert rate(measure("80", green_within="0.2"), "66", green_within="0.01").rating is G


@pytest.mark.parametrize(
    ("what", "has_parts", "in_points"),
    [
        (measure("80", level="5 points"), False, True),
        (measure("80", level="5 points"), True, False),  # its level holds for its parts
        (measure("80", level="0.05"), False, False),
        (measure("80"), False, False),
        (measure("80", green_within="2 points"), False, False),
        (measure("80", level="5 points", red_beyond="70"), False, False),
        (measure(None, IN_RANGE, low="60", high="80", level="5 points"), False, True),
        (measure(None, IN_RANGE, low="60", high="80", level="5 points", red_below="50"), False, False),
        (measure("80", level="5 points", red_below="50"), False, True),  # a limit on a side is for a range alone
    ],
)
def test_a_shortfall_is_told_in_points_where_its_level_is(what: Criteria, has_parts: bool, in_points: bool) -> None:
    assert told_in_points(what, has_parts) is in_points


def test_what_the_settings_say_holds_for_points_too() -> None:
    what = measure("80", level="5 points")
    assert rate(what, "75", at_the_intervention_level=R).rating is R
    assert rate(what, "75.1", at_the_intervention_level=R).rating is A
    better = {"amber_needs_improvement": True}
    assert [rate(what, "70", Improvement(way, "x"), **better).rating for way in (True, False)] == [A, R]
    assert rate(measure("0", LOWER, level="5 points"), "9", Improvement(True, "10"), **better).rating is A


@pytest.mark.parametrize(
    ("what", "actual", "why"),
    [
        (
            measure("0.9", unit="%", level="5 points"),
            "0.84",
            "6 points worse, beyond the intervention level of 5 points.",
        ),
        (measure("80", level="5 points"), "75", "5 points worse, exactly at the intervention level of 5 points."),
        (measure("80", level="1 points"), "79.5", "0.5 points worse, within the intervention level of 1 point."),
        (measure("80", level="0 points"), "79", "1 point worse, and the intervention level is 0 points."),
        (measure("80", green_within="2 points"), "79", "1 point worse, within the 2 points that count as Green."),
        (measure("1000", unit="£", level="60 points"), "950", "£50 worse, within the intervention level of £60."),
        (
            measure("3", LOWER, unit="days", level="1 points"),
            "5",
            "5 days against a target of 3 (lower is better): 2 days worse, beyond the intervention level of 1 day.",
        ),
        (
            measure("3", LOWER, unit="days", green_within="2 points"),
            "4",
            "1 day worse, within the 2 days that count as Green.",
        ),
        (
            measure("30", unit="people", green_within="2 points"),
            "29",
            "1 person worse, within the 2 people that count as Green.",
        ),
        (
            measure("30", unit="bus", green_within="1 points"),
            "29.5",
            "0.5 bus worse, within the 1 bus that counts as Green.",
        ),
        (measure("1000", unit="£", green_within="60 points"), "950", "£50 worse, within the £60 that counts as Green."),
        (
            measure(None, IN_RANGE, low="60", high="80", level="5 points"),
            "84",
            "84 against a range of 60 to 80: 4 points above the range, within the intervention level of 5 points.",
        ),
    ],
)
def test_what_points_say(what: Criteria, actual: str, why: str) -> None:
    assert rate(what, actual).why.endswith(why)


def test_points_hold_for_the_parts_and_the_plans_share_for_the_measure() -> None:
    whole = measure(None, level="5 points", green_within="1 points", method=IndexMethod.MEAN)
    parts = [RatedPart(f"part {no}", Decimal(1), rate(measure("100", level="5 points"), "90")) for no in (1, 2)]
    assert [part.rated.rating for part in parts] == [R, R]
    rated = rate_index(whole, parts, Q2, Settings())
    assert (rated.rating, rated.why.split("): ")[1]) == (A, "10 % worse, within the 15 % intervention level.")
    assert rate_index(whole, parts, Q2, Settings(green_within=Decimal("0.1"))).rating is G
    assert rate_index(measure(None, green_within="0.1"), parts, Q2, Settings()).rating is G


# --- a target to be bettered


@pytest.mark.parametrize(
    ("better", "target", "figures"),
    [
        (MORE, "80", {"80.0000000000001": G, "80": A, "79.9": A, "68": A, "67.9": R}),
        (LESS, "80", {"79.9999999999999": G, "80": A, "92": A, "92.1": R}),
        (MORE, "0", {"0.1": G, "0": A, "-0.1": R}),
        (LESS, "0", {"-0.1": G, "0": A, "0.1": R}),
    ],
)
def test_exactly_at_a_target_to_be_bettered_is_amber(better: Better, target: str, figures: dict[str, Rating]) -> None:
    assert {figure: rate(measure(target, better), figure).rating for figure in figures} == figures


@pytest.mark.parametrize("own", ["0.5", "9 points"])
def test_green_within_says_nothing_of_a_figure_at_a_target_to_be_bettered(own: str) -> None:
    what = measure("80", MORE, green_within=own)
    assert [rate(what, figure).rating for figure in ("80.1", "80", "79.9", "75")] == [G, A, G, G]
    assert rate(measure("80", MORE), "80", green_within="0.5").rating is A


@pytest.mark.parametrize(
    ("own", "at_level", "rating"),
    [("0", A, A), ("0", R, R), ("0 points", R, R), ("0.01", R, A), ("5 points", R, A), (None, R, A)],
)
def test_at_a_target_to_be_bettered_only_a_level_of_0_may_make_red(
    own: str | None, at_level: Rating, rating: Rating
) -> None:
    assert rate(measure("80", LESS, level=own), "80", at_the_intervention_level=at_level).rating is rating


def test_a_limit_holds_for_a_target_to_be_bettered() -> None:
    what = measure("80", MORE, red_beyond="60")
    assert [rate(what, figure).rating for figure in ("81", "80", "60", "59")] == [G, A, A, R]
    assert rate(what, "80").why == (
        "80 against a target of more than 80: exactly at it and no better, but not past the limit of 60."
    )


def test_a_part_exactly_at_a_target_to_be_bettered_counts_as_0_and_at_0_as_missed() -> None:
    at_80 = RatedPart("part 1", Decimal(1), rate(measure("80", MORE), "80"))
    at_0 = RatedPart("part 2", Decimal(1), rate(measure("0", MORE), "0"))
    rated = rate_index(Criteria(), [at_80], Q2, Settings())
    assert (rated.rating, rated.why) == (G, "Mean of 1 part (part 1: exactly at its target): on target.")
    assert rate_index(Criteria(), [at_80, at_0], Q2, Settings()).rating is R


def test_a_part_that_points_or_a_stretch_forgive_has_missed_or_met_its_target_of_0_all_the_same() -> None:
    missed = RatedPart("part 1", Decimal(1), rate(measure("0", green_within="2 points"), "-1"))
    blue = RatedPart("part 1", Decimal(1), rate(measure("0", stretch="5"), "6"))
    assert [missed.rated.rating, blue.rated.rating] == [G, B]
    assert [rate_index(Criteria(), [part], Q2, Settings()).rating for part in (missed, blue)] == [R, G]


# --- a stretch target


@pytest.mark.parametrize(
    ("better", "figures"),
    [
        (HIGHER, {"95": B, "94.9999999999999": G, "80": G, "79": A}),
        (MORE, {"95.0000000000001": B, "95": G, "80": A}),
    ],
)
def test_a_stretch_target_met_is_blue(better: Better, figures: dict[str, Rating]) -> None:
    assert {figure: rate(measure("80", better, stretch="95"), figure).rating for figure in figures} == figures
    lower = {str(160 - Decimal(figure)): rating for figure, rating in figures.items()}
    down = LESS if better is MORE else LOWER
    assert {figure: rate(measure("80", down, stretch="65"), figure).rating for figure in lower} == lower


def test_a_stretch_target_makes_blue_whatever_limits_stand() -> None:
    assert rate(measure("80", stretch="95", red_beyond="60"), "95").rating is B
    assert rate(measure("80", stretch="95"), "95", blue_beyond="0.5").rating is B
    assert rate(measure("80", stretch="95"), "90", blue_beyond="0.1").rating is B
    assert rate(measure("0", stretch="5"), "5").why == (
        "5 against a target of 0 (higher is better): target met, and the stretch target of 5 met too."
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"basis": Basis.YEAR_TO_DATE, "straight_line": True, "annual": "120"}, "70"),
        ({"basis": Basis.YEAR_TO_DATE, "annual": "120"}, "140"),
        ({"basis": Basis.YEAR_TO_DATE_RATE, "straight_line": True, "annual": "120"}, "140"),
        ({"straight_line": True, "annual": "120"}, "140"),
    ],
)
def test_a_stretch_target_lies_on_the_line_of_its_target(facts: dict[str, Any], expected: str) -> None:
    assert stretch_for(measure(None, stretch="140", **facts), Q2) == Decimal(expected)
    assert stretch_for(measure("55", stretch="140", **facts), Q2) == Decimal(140)
    assert stretch_for(measure(None, stretch="140", **facts), Quarter(2013, 4)) == Decimal(140)


# --- a limit on each side of a range


@pytest.mark.parametrize(
    ("sides", "figures"),
    [
        ({"red_below": "8", "red_above": "24"}, {"7.9": R, "8": A, "9": A, "10": G, "20": G, "24": A, "24.1": R}),
        ({"red_below": "8"}, {"7.9": R, "8": A, "20": G, "20.1": A, "900": A}),
        ({"red_above": "24"}, {"-90": A, "9.9": A, "24": A, "24.1": R}),
        ({"red_below": "15"}, {"9.9": R, "10": G, "21": A}),
        ({"red_above": "5"}, {"9": A, "3": A, "20": G, "20.1": R}),
    ],
)
def test_a_limit_on_each_side_of_a_range(sides: dict[str, str], figures: dict[str, Rating]) -> None:
    what = measure(None, IN_RANGE, low="10", high="20", **sides)
    assert {figure: rate(what, figure).rating for figure in figures} == figures
    again: dict[str, Any] = {"green_within": "0.9", "at_the_intervention_level": R, "intervention_level": "0"}
    assert {figure: rate(what, figure, **again).rating for figure in figures} == figures


def test_the_limits_of_a_range_say_nothing_of_a_target() -> None:
    assert rate(measure("80", red_below="79"), "78").rating is A


# --- rates of the year so far


def test_a_rate_of_the_year_so_far_takes_the_quarters_target_or_the_annual_one() -> None:
    what = measure(None, basis=Basis.YEAR_TO_DATE_RATE, annual="80", straight_line=True)
    assert rate(what, "80").target == Decimal(80)
    assert rate(measure("60", basis=Basis.YEAR_TO_DATE_RATE, annual="80"), "60").rating is G
