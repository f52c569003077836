"""How councils really rate: each plan's own rule, said by its settings and columns, with its boundaries.

Every case goes from the plan's row and the officer's figure to the published rating, as in a run without workbooks.
"""

from fractions import Fraction
from typing import Any

import pytest

from referees import compare_rules
from referees.oracle import Item

NOW = compare_rules.NOW
"""2013/14 Q2."""

DEFAULTS: Item = {
    "level": "0.15",
    "at_level": "Amber",
    "index_method": "Mean",
    "no_milestones_due": "Not due",
    "tolerance": "0",
    "escalate_after": 1,
    "green_within": "0",
    "amber_needs_improvement": False,
    "blue_beyond": None,
    "milestones_for_green": "1",
    "milestones_for_amber": "1",
    "complete_shows_as": "Green",
    "previous_report": False,
    "first_quarter": NOW - 8,
}
MEASURE: Item = {
    "key": "P1",
    "part": None,
    "status": "Active",
    "starts": None,
    "ends": None,
    "reported_in": [],
    "better": "Higher",
    "basis": "Quarter",
    "profile": None,
    "targets": [None] * 4,
    "annual": "80",
    "low": None,
    "high": None,
    "level": None,
    "green_within": None,
    "red_beyond": None,
    "red_below": None,
    "red_above": None,
    "stretch": None,
    "unit": None,
    "data_status": None,
    "actual": None,
    "own": None,
    "own_reason": None,
    "override": None,
    "earlier": [],
}
KEY_ACTION: Item = {
    "key": "K1",
    "status": "Active",
    "rated_by": "Milestones",
    "starts": None,
    "ends": None,
    "milestones": [],
    "returned": True,
    "earlier": [],
    "own": None,
    "own_reason": None,
    "override": None,
}


def reported(quarter: int, actual: str | None, rating: str = "Green", **row: Any) -> Item:
    """A quarter reported earlier."""
    plain = {"short": None, "period_as_written": None, "unit": None, "better": "Higher", "basis": "Quarter"}
    return {"quarter": quarter, "rating": rating, "actual": actual, **plain, **row}


def measure(actual: str | None, settings: Item | None = None, quarter: int = NOW, **plan: Any) -> Item:
    """What is published of a measure."""
    case = {**MEASURE, **plan, "actual": actual}
    return compare_rules.rated_measures([case], {**DEFAULTS, **(settings or {})}, quarter)["P1"]


def key_action(settings: Item | None = None, **plan: Any) -> Item:
    """What is published of a key action."""
    return compare_rules.rated_key_actions([{**KEY_ACTION, **plan}], {**DEFAULTS, **(settings or {})}, NOW)["K1"]


@pytest.mark.parametrize(
    ("actual", "rating", "escalated"),
    [("80", "Green", False), ("79.9", "Amber", False), ("68", "Amber", False), ("67.9", "Red", True)],
)
def test_plymouth_2013_up_to_15_percent_is_amber_beyond_is_escalated(actual: str, rating: str, escalated: bool) -> None:
    found = measure(actual)
    assert (found["published"], found["escalated"]) == (rating, escalated)


@pytest.mark.parametrize(
    ("actual", "last_year", "rating"),
    [
        ("72", "90", "Green"),
        ("71.9", "71.8", "Amber"),
        ("71.9", "71.9", "Red"),
        ("71.9", "72", "Red"),
        ("71.9", None, "Red"),
        ("20", "19", "Amber"),
    ],
)
def test_havering_2013_within_10_percent_is_green_then_improvement_decides(
    actual: str, last_year: str | None, rating: str
) -> None:
    havering = {"green_within": "0.1", "level": "0.1", "amber_needs_improvement": True}
    assert measure(actual, havering, earlier=[reported(NOW - 4, last_year)])["published"] == rating
    # Last quarter's figure is no matter.
    found = measure(actual, havering, earlier=[reported(NOW - 4, last_year), reported(NOW - 1, "99")])
    assert found["published"] == rating


@pytest.mark.parametrize(
    ("level", "actual", "rating"),
    [
        ("0.05", "76", "Amber"),
        ("0.05", "75.9", "Red"),
        ("0.1", "72", "Amber"),
        ("0.1", "71.9", "Red"),
        (None, "68", "Amber"),
    ],
)
def test_havering_2015_tolerance_differs_by_indicator(level: str | None, actual: str, rating: str) -> None:
    assert measure(actual, level=level)["published"] == rating


@pytest.mark.parametrize(("actual", "rating"), [("80", "Green"), ("79", "Amber"), ("70", "Amber"), ("69.9", "Red")])
def test_kent_below_an_absolute_floor_is_red(actual: str, rating: str) -> None:
    assert measure(actual, red_beyond="70")["published"] == rating


@pytest.mark.parametrize(
    ("actual", "rating"),
    [("51", "Amber"), ("50.9", "Red"), ("60", "Green"), ("80", "Green"), ("92", "Amber"), ("92.1", "Red")],
)
def test_kent_activity_has_an_upper_and_a_lower_bound(actual: str, rating: str) -> None:
    assert measure(actual, better="In range", low="60", high="80")["published"] == rating


@pytest.mark.parametrize(
    ("at_level", "actual", "rating"),
    [("Amber", "76", "Amber"), ("Red", "76", "Red"), ("Red", "76.1", "Amber"), ("Amber", "75.9", "Red")],
)
def test_medway_5_percent_tolerance_and_what_happens_at_it(at_level: str, actual: str, rating: str) -> None:
    assert measure(actual, {"level": "0.05", "at_level": at_level})["published"] == rating


@pytest.mark.parametrize(("actual", "rating"), [("88.1", "Blue"), ("88", "Green"), ("80", "Green"), ("79", "Amber")])
def test_swansea_exceeding_is_blue(actual: str, rating: str) -> None:
    assert measure(actual, {"blue_beyond": "0.1"})["published"] == rating
    assert measure(actual)["published"] != "Blue"


@pytest.mark.parametrize(
    ("better", "actual", "rating"),
    [
        ("Lower", "80", "Green"),
        ("Lower", "95", "Amber"),
        ("Lower", "95.1", "Red"),
        ("Higher", "65", "Amber"),
        ("Higher", "64.9", "Red"),
    ],
)
def test_brighton_own_green_and_amber_values_per_measure(better: str, actual: str, rating: str) -> None:
    limit = "95" if better == "Lower" else "65"
    assert measure(actual, better=better, red_beyond=limit)["published"] == rating


def test_brighton_trend_only_is_not_rated_but_travels() -> None:
    found = measure("5", status="Data only", annual=None, earlier=[reported(NOW - 1, "4")])
    assert (found["published"], found["direction"]) == ("Data only", [("Better", NOW - 1)])


@pytest.mark.parametrize(
    ("after", "before", "escalated"),
    [
        (1, [], True),
        (2, [], False),
        (2, ["Red"], True),
        (2, ["Red", "Amber"], False),
        (2, ["Amber", "Red"], True),
        (3, ["Red", "Red"], True),
        (3, ["Red"], False),
        (2, ["Red", "Not due"], True),
        (2, ["Red", "Not returned"], False),
    ],
)
def test_west_lindsey_exception_after_two_periods_below(after: int, before: list[str], escalated: bool) -> None:
    earlier = [reported(NOW - len(before) + n, "1", rating) for n, rating in enumerate(before)]
    found = measure("60", {"escalate_after": after}, earlier=earlier)
    assert (found["published"], found["escalated"]) == ("Red", escalated)


@pytest.mark.parametrize(("actual", "rating"), [("80", "Green"), ("79.9999999999999", "Red")])
def test_east_sussex_no_amber_at_year_end(actual: str, rating: str) -> None:
    assert measure(actual, {"level": "0"}, quarter=NOW + 2)["published"] == rating


def test_east_sussex_late_outturn_is_carried_over() -> None:
    last = [reported(NOW - 1, "70", period_as_written="2012/13")]
    found = measure(None, data_status="No newer data", earlier=last)
    assert (found["published"], found["short"], found["direction"]) == ("Amber", Fraction(1, 8), "No newer data")
    assert measure(None, data_status="No newer data")["published"] == "Not returned"


@pytest.mark.parametrize("changed", [{"unit": "homes"}, {"basis": "Year to date"}, {"better": "Lower"}])
def test_east_sussex_not_comparable(changed: Item) -> None:
    found = measure("80", earlier=[reported(NOW - 4, "70", **changed)])
    assert found["direction"] == [("Not comparable", NOW - 4)]


def test_lincolnshire_some_measures_are_always_a_quarter_late() -> None:
    """The figure of the quarter before is rated against the target that stands, and compared with another period's."""
    earlier = [
        reported(NOW - 2, "60", period_as_written="2012/13 Q3"),
        reported(NOW - 1, "70", period_as_written="2012/13 Q4"),
    ]
    late: Item = {"basis": "Latest available", "period_as_written": "2013/14 Q1"}
    earlier = [{**row, "basis": "Latest available"} for row in earlier]
    found = measure("75", earlier=earlier, **late)
    assert (found["published"], found["direction"]) == ("Amber", [("Better", NOW - 1)])
    again = measure("70", earlier=earlier, basis="Latest available", period_as_written="Q4 2012-13")
    assert again["direction"] == [("Better", NOW - 2)]


def test_maidstone_data_only_and_direction_against_last_quarter_and_last_year() -> None:
    earlier = [reported(NOW - 4, "90"), reported(NOW - 1, "70")]
    found = measure("75", earlier=earlier, annual=None, status="Data only")
    assert found["published"] == "Data only"
    assert found["direction"] == [("Better", NOW - 1), ("Worse", NOW - 4)]
    assert measure("70", earlier=earlier)["direction"] == [("Same", NOW - 1), ("Worse", NOW - 4)]


@pytest.mark.parametrize(
    ("setting", "previous", "rating"),
    [
        ("Not due", "Red", "Not due"),
        ("Green", "Red", "Green"),
        ("Previous rating", "Red", "Red"),
        ("Previous rating", "Not due", "Not due"),
    ],
)
def test_craven_an_action_with_no_milestone_due_is_grey(setting: str, previous: str, rating: str) -> None:
    earlier = [{"quarter": NOW - 1, "rating": previous}]
    assert key_action({"no_milestones_due": setting}, earlier=earlier)["published"] == rating


def test_comhairle_nan_eilean_siar_a_non_return_is_shown_as_one() -> None:
    assert measure(None)["published"] == "Not returned"
    assert key_action({"no_milestones_due": "Green"}, returned=False)["published"] == "Not returned"
