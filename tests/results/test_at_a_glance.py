"""What the Summary's first screen says: numbers with their changes, who moved, what is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from ragtool.history.direction import Direction, Travel
from ragtool.model import Rating
from ragtool.results.at_a_glance import change_in_words, gaps_in_words, moves_in_words, named_or_by_key, tiles
from ragtool.results.red_items import red_items
from ragtool.results.spread import most_red, spreads
from small_report import small_report


@pytest.mark.parametrize(("change", "words"), [(2, "+2 since Q1"), (-3, "\N{MINUS SIGN}3 since Q1"), (0, "as in Q1")])
def test_a_change_is_told_with_its_sign(change, words):
    assert change_in_words(change, 1) == words


def test_tiles_count_every_item_once_and_begin_with_red():
    results = small_report()
    shown = tiles(results)
    assert [tile.text.split()[-1] for tile in shown[:3]] == ["Red", "Amber", "Green"]
    counts = [int(next(word for word in tile.text.split() if word.isdigit())) for tile in shown]
    assert sum(counts) == sum(item.rating is not None for item in results.page)
    assert counts[0] == len(red_items(results))


def test_without_a_last_quarter_no_change_is_told():
    results = small_report()
    alone = replace(results, history=replace(results.history, periods=(str(results.quarter),)))
    assert {tile.change for tile in tiles(alone)} == {""}
    assert "Quarter" not in {shown.heading for shown in spreads(alone)}


def test_no_change_is_told_since_a_quarter_in_which_most_items_were_not_rated():
    results = small_report()
    first, second = results.history.rows
    rated = dict.fromkeys(results.history.periods) | {"2013/14 Q2": "R"}
    others = [replace(second, key=f"P{number}", cells=rated) for number in range(2, 4)]
    few, half = (
        replace(results, history=replace(results.history, rows=(first, *rows))) for rows in (others, others[:1])
    )
    assert {tile.change for tile in tiles(few)} == {""}
    assert all(tile.change for tile in tiles(half))
    over_time = {shown.heading: shown.finding for shown in spreads(few)}["Quarter"]
    assert over_time == "3 of 3 items are Red in 2013/14 Q2"


def test_who_got_worse_stands_by_name_and_nothing_where_nobody_moved():
    results = small_report()
    still = [replace(item, travel=Travel()) for item in results.key_actions]
    measures = tuple(replace(item, travel=Travel()) for item in results.measures)
    nobody = replace(results, key_actions=tuple(still), measures=measures)
    assert list(moves_in_words(nobody)) == []
    worse = [replace(item, travel=Travel("", Direction.WORSE)) for item in still]
    red, amber = (
        replace(item, published=replace(item.published, rating=r))
        for item, r in zip(worse, (Rating.RED, Rating.AMBER), strict=False)
    )
    moved = replace(nobody, key_actions=(red, amber, *still[2:]))
    text = f"2 items since last reported. Red: {red.item.key}. Amber: {amber.item.key} {amber.item.title}."
    assert list(moves_in_words(moved)) == [("↓ Worse", text)]


def test_many_stand_by_their_keys_the_last_ratings_first():
    results = small_report()
    one = replace(results.key_actions[0], travel=Travel("", Direction.WORSE))
    amber, *green = (
        replace(
            one, item=replace(one.item, key=f"K{n}", title="Do this"), published=replace(one.published, rating=rating)
        )
        for n, rating in enumerate([Rating.AMBER, *[Rating.GREEN] * 60])
    )
    ((_, few), (_, many)) = (
        next(moves_in_words(replace(results, key_actions=(amber, *items), measures=()))) for items in (green[:2], green)
    )
    assert few.endswith("Amber: K0 Do this. Green: K1 Do this; K2 Do this.")
    assert "Amber: K0 Do this. Green: K1, K2, K3" in many
    assert many.endswith("K59 and K60.")


def test_a_panels_items_stand_by_name_or_by_their_keys_where_they_are_many():
    one = small_report().key_actions[0]
    items = [replace(one, item=replace(one.item, key=f"K{n}", title="Do this")) for n in range(80)]
    assert named_or_by_key(items[:2]) == "K0 Do this; K1 Do this"
    assert named_or_by_key(items).endswith("K77, K78 and K79")


def test_many_that_are_missing_stand_by_what_they_lack():
    results = small_report()
    one = results.key_actions[0]
    gone = tuple(
        replace(one, item=replace(one.item, key=f"K{n}", title="Do this"), published=replace(one.published, rating=r))
        for n, r in enumerate([Rating.NOT_AVAILABLE, *[Rating.NOT_RETURNED] * 60])
    )
    missing = dict(gaps_in_words(replace(results, key_actions=gone, measures=())))["Missing"]
    assert missing.startswith("60 not returned: K1, K2, K3")
    assert missing.endswith("K59 and K60. 1 not available: K0.")


def test_what_is_missing_stands_by_name():
    results = small_report()
    first = results.key_actions[0]
    gone = replace(first, published=replace(first.published, rating=Rating.NOT_RETURNED))
    missing = dict(gaps_in_words(replace(results, key_actions=(gone, *results.key_actions[1:]))))["Missing"]
    assert f"{gone.item.key} {gone.item.title} (NR)" in missing


def test_a_charts_title_says_where_most_is_red():
    counts = {"Caring": Counter({Rating.RED: 3}), "Growing": Counter({Rating.RED: 1}), "New": Counter()}
    assert most_red(counts, "theme") == "Most that is Red is in Caring (3 of 4)"
    assert (
        most_red({"Caring": counts["Caring"], "New": Counter()}, "theme")
        == "All that is Red (3) is in the theme Caring"
    )
    assert most_red({"New": Counter()}, "theme") == "Nothing is Red in any theme"


def test_what_is_on_hold_is_counted_apart_in_every_table():
    results = small_report()
    first, *others = results.key_actions
    held = replace(first, published=replace(first.published, rating=Rating.ON_HOLD))
    for shown in spreads(replace(results, key_actions=(held, *others))):
        if shown.heading != "Quarter":
            column = shown.ratings.index(Rating.ON_HOLD)
            assert sum(row[column] for row in shown.counts.values()) == 1
