"""History: an item followed through its keys, the quarters put together, reviewed, and read back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from plans import plan_of
from ragtool import columns as c
from ragtool.history.earlier import Earlier, Names, by_name, follow
from ragtool.history.quarters_so_far import with_quarter
from ragtool.history.reported import Reported
from ragtool.model import Basis, Better, Kind, Rating, item_id
from ragtool.quarters import Quarter
from ragtool.results.history_table import quarterly_history, review

Q1, Q2, Q3, Q4 = (Quarter(2013, number) for number in range(1, 5))
NEXT = Quarter(2014, 1)
G, R = Rating.GREEN, Rating.RED


def row(
    quarter: Quarter, key: str, title: str = "", formerly: str = "", part: str | None = None, **more: Any
) -> Reported:
    """A row of the Data sheet: a Green key action, unless said otherwise."""
    about = {"kind": Kind.KEY_ACTION, "description": title or f"Title {key}", "formerly": formerly or None}
    return Reported(quarter=quarter, key=key, part=part, **{**about, "rating": G, "rule_rating": G, **more})


def followed(rows: list[Reported], key: str, formerly: str = "", title: str = "", part: str | None = None) -> list[str]:
    """The quarters and keys of an item that the plan knows by `key`."""
    id_ = item_id(key, part)
    names = Names({id_: formerly} if formerly else {}, {id_: title or f"Title {key}"})
    return [f"{each.quarter} {each.key}" for each in follow(by_name(rows, Quarter(2099, 1)), id_, names)]


def test_an_item_is_followed_to_its_old_key():
    rows = [row(Q1, "K27", "Roads"), row(Q2, "K27", "Roads"), row(Q3, "K27a", "Roads", "K27")]
    assert followed(rows, "K27a", "K27", "Roads") == ["2013/14 Q1 K27", "2013/14 Q2 K27", "2013/14 Q3 K27a"]


def test_it_is_still_followed_when_a_later_plan_forgets_the_old_key():
    rows = [row(Q1, "K27", "Roads"), row(Q2, "K27a", "Roads", "K27"), row(Q3, "K27a", "Roads")]
    assert len(followed(rows, "K27a", "", "Roads")) == 3


def test_an_old_key_that_is_named_late_loses_nothing():
    rows = [row(Q1, "K27", "Roads"), row(Q2, "K27a", "Roads")]
    assert followed(rows, "K27a", "K27", "Roads") == ["2013/14 Q1 K27", "2013/14 Q2 K27a"]


def test_items_that_are_numbered_anew_keep_their_own_histories():
    old = [row(Q4, "K1", "Roads"), row(Q4, "K2", "Parks"), row(Q4, "K3", "Homes")]
    new = [row(NEXT, "K1", "Parks", "K2"), row(NEXT, "K2", "Homes", "K3")]
    assert followed(old + new, "K1", "K2", "Parks") == ["2013/14 Q4 K2", "2014/15 Q1 K1"]
    assert followed(old + new, "K2", "K3", "Homes") == ["2013/14 Q4 K3", "2014/15 Q1 K2"]
    assert followed(old, "K1", "K2", "Parks") == ["2013/14 Q4 K2"]


def test_two_items_that_change_keys_and_change_back_keep_their_own_histories():
    rows = [row(Q1, "K1", "Roads"), row(Q1, "K2", "Parks")]
    rows += [row(Q2, "K2", "Roads", "K1"), row(Q2, "K1", "Parks", "K2")]
    rows += [row(Q3, "K1", "Roads", "K2"), row(Q3, "K2", "Parks", "K1")]
    assert followed(rows, "K1", "K2", "Roads") == ["2013/14 Q1 K1", "2013/14 Q2 K2", "2013/14 Q3 K1"]
    assert followed(rows, "K2", "K1", "Parks") == ["2013/14 Q1 K2", "2013/14 Q2 K1", "2013/14 Q3 K2"]


def test_what_was_split_off_has_the_history_of_what_goes_on_under_the_old_key():
    rows = [row(Q1, "K27", "Roads"), row(Q2, "K27", "Roads"), row(Q2, "K27b", "Paths", "K27")]
    assert followed(rows, "K27b", "K27", "Paths") == ["2013/14 Q1 K27", "2013/14 Q2 K27b"]
    assert followed(rows, "K27", "", "Roads") == ["2013/14 Q1 K27", "2013/14 Q2 K27"]


def test_a_part_follows_its_measure():
    rows = [
        row(Q1, "P1"),
        row(Q1, "P1", "one", part="1"),
        row(Q2, "P9", "Title P1", "P1"),
        row(Q2, "P9", "one", part="1"),
    ]
    names = Names({item_id("P9"): "P1"}, {item_id("P9", "1"): "one"})
    found = follow(by_name(rows, NEXT), item_id("P9", "1"), names)
    assert [each.key for each in found] == ["P1", "P9"]


@pytest.mark.parametrize("case", ["k27A", " K27a ", "K27A"])
def test_case_and_blanks_of_a_key_do_not_matter(case):
    assert len(followed([row(Q1, "K27a"), row(Q2, "k27A ")], case, title="Title K27a")) == 2


# The History sheet's table


@pytest.fixture
def shown(tmp_path):
    """The history of rows with a plan of key actions, by key."""

    def make(
        rows: list[Reported], quarter: Quarter, *actions: dict[str, Any], revised: Any = (), history: Any = ()
    ) -> Any:
        titled = [{c.KEY_ACTION: f"Title {each[c.KEY]}"} | each for each in actions]
        plan = plan_of(tmp_path, key_actions=titled, history=history)
        return {each.key: each for each in quarterly_history(rows, plan, quarter, {}, revised).rows}

    return make


def test_a_quarter_without_a_report_has_a_dash_and_one_without_the_item_nothing(shown):
    found = shown([row(Q2, "K1"), row(Q3, "K1"), row(Q3, "K2")], Q3, {c.KEY: "K1"}, {c.KEY: "K2"})
    assert [found["K1"].cells[str(q)] for q in (Q1, Q2, Q3, Q4)] == ["–", "G", "G", None]
    assert [found["K2"].cells[str(q)] for q in (Q1, Q2, Q3, Q4)] == ["–", None, "G", None]


def test_a_corrected_rating_has_a_star(shown):
    found = shown([row(Q1, "K1", rating=R), row(Q2, "K1")], Q2, {c.KEY: "K1"}, revised={(Q1, "k1")})
    assert (found["K1"].cells[str(Q1)], found["K1"].cells[str(Q2)]) == ("R*", "G")


def test_each_year_is_reviewed_against_the_next(shown):
    rows = [row(Q4, "K1"), row(Q4, "K2"), row(Q4, "K3", "Old title")]
    rows += [row(NEXT, "K1"), row(NEXT, "K3"), row(NEXT, "K4")]
    found = shown(rows, NEXT, {c.KEY: "K1"}, {c.KEY: "K3"}, {c.KEY: "K4"})
    reviews = {key: each.cells["2013/14 Review"] for key, each in found.items()}
    assert reviews == {"K1": "OK", "K3": "Revised", "K4": "New", "K2": "Closed"}
    assert found["K3"].notes == {"2013/14 Review": "Title was: Old title"}
    assert all(each.cells["2014/15 Review"] is None for each in found.values())


def test_a_year_is_not_reviewed_without_a_fourth_quarter_but_for_what_is_no_longer_reported(shown):
    rows = [row(Q1, "K1"), row(Q1, "K2"), row(NEXT, "K1"), row(NEXT, "K4")]
    found = shown(rows, NEXT, {c.KEY: "K1"}, {c.KEY: "K4"})
    assert {key: each.cells["2013/14 Review"] for key, each in found.items()} == {
        "K1": None,
        "K4": None,
        "K2": "Closed",
    }
    ended = shown([*rows, row(Q4, "K4")], NEXT, {c.KEY: "K1"}, {c.KEY: "K4"})
    assert [ended[key].cells["2013/14 Review"] for key in ("K1", "K4")] == [None, "OK"]


def test_the_plans_own_review_counts(shown):
    said = {c.QUARTER: str(Q4), c.KEY: "K1", c.REVIEW: "Merged"}
    found = shown([row(Q4, "K1"), row(NEXT, "K1")], NEXT, {c.KEY: "K1"}, history=[said])
    assert found["K1"].cells["2013/14 Review"] == "Merged"


def test_a_year_without_reports_closes_nothing():
    assert review([row(Q4, "K1")], [row(Quarter(2015, 1), "K1")]) == ("OK", "")
    assert review([], []) == (None, "")


def test_a_renamed_item_stands_once_under_its_new_key(shown):
    found = shown([row(Q4, "K27", "Roads"), row(NEXT, "K9", "Roads", "K27")], NEXT, {c.KEY: "K9", c.FORMERLY: "K27"})
    assert list(found) == ["K9"]
    assert [found["K9"].cells[str(q)] for q in (Q4, NEXT)] == ["G", "G"]
    assert found["K9"].notes == {"2013/14 Review": "Key was: K27"}


def test_a_split_items_rating_counts_once(shown):
    rows = [row(Q4, "K27"), row(NEXT, "K27a", formerly="K27"), row(NEXT, "K27b", formerly="K27")]
    split = ({c.KEY: "K27a", c.FORMERLY: "K27"}, {c.KEY: "K27b", c.FORMERLY: "K27"})
    found = shown(rows, NEXT, *split)
    assert found["K27a"].shared == set()
    assert found["K27b"].shared == {"2013/14 Q4"}


def test_an_item_whose_key_another_has_now_stays_visible(shown):
    rows = [row(Q4, "K1", "Roads"), row(Q4, "K2", "Parks"), row(NEXT, "K1", "Parks", "K2")]
    found = shown(rows, NEXT, {c.KEY: "K1", c.KEY_ACTION: "Parks", c.FORMERLY: "K2"})
    assert list(found) == ["K1", "K1 (until 2013/14 Q4)"]
    assert found["K1 (until 2013/14 Q4)"].description == "Roads"
    assert found["K1 (until 2013/14 Q4)"].cells["2013/14 Review"] == "Closed"


def test_key_actions_stand_before_measures_and_closed_items_last(shown):
    rows = [row(Q4, "P1", kind=Kind.MEASURE), row(Q4, "K8"), row(Q4, "K1")]
    assert list(shown(rows, Q4, {c.KEY: "K1"})) == ["K1", "K8", "P1"]


# Escalation


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ({Q1: R, Q2: R, Q3: R}, 3),
        ({Q1: R, Q2: G, Q3: R}, 1),
        ({Q1: R, Q2: Rating.NOT_DUE, Q3: R}, 2),
        ({Q1: R, Q3: R}, 1),
        ({Q1: R, Q2: R}, 0),
        ({Q3: Rating.NOT_RETURNED}, 0),
    ],
)
def test_quarters_are_red_in_a_row_without_a_break_but_those_not_due(ratings, expected):
    rows = [row(quarter, "P1", rating=rating) for quarter, rating in ratings.items()]
    earlier = Earlier(by_name(rows, Q4))
    assert earlier.reds_in_a_row("P1", Q4) == expected


def test_a_trend_is_performance_against_target(shown):
    figures: dict[str, Any] = {"performance": Decimal(95), "target": Decimal(100), "shortfall": Fraction(1, 20)}
    kind: dict[str, Any] = {"kind": Kind.MEASURE, "better": Better.HIGHER, "basis": Basis.QUARTER}
    found = shown([row(Q2, "P1", **figures, **kind)], Q2)
    assert found["P1"].trend == (None, 0.95, None, None)


def test_the_quarters_stand_in_their_order_and_a_rerun_takes_the_place_of_its_own():
    q1, q2, q3 = (Quarter(2013, number) for number in (1, 2, 3))
    before = [row(each, "P1") for each in (q2, q3, q1)]
    found = [(each.quarter, each.key) for each in with_quarter(before, [row(q3, "P2")], q3)]
    assert found == [(q1, "P1"), (q2, "P1"), (q3, "P2")]
