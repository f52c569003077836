"""The report on a page: any plan fills one page, and nothing in it is cut off."""

from __future__ import annotations

import itertools

import pytest

from ragtool.looks import fitting
from ragtool.model import Kind, Rating
from ragtool.report import page_layout
from ragtool.report.page_layout import Band, GridItem, OutcomeBlock, Span
from ragtool.results.results import PageItem
from small_report import small_report


def plan(outcomes_by_theme, items, key="K{}"):
    """Bands with this many outcomes each, and in each outcome so many key actions and measures."""
    numbers = iter(range(10_000))

    def some(count):
        return [GridItem(key.format(next(numbers)), Rating.TBC, True) for _ in range(count)]

    return [
        Band(
            f"Theme {number}",
            [OutcomeBlock("1 Safe neighbourhoods", "Director", some(items), some(items)) for _ in range(n)],
        )
        for number, n in enumerate(outcomes_by_theme)
    ]


PLANS = {
    "one of everything": plan([1], 1, "A1.{}"),
    "Plymouth": plan([4, 4, 4, 4], 2),
    "uneven": plan([1, 2, 6, 8], 2),
    "no common multiple": plan([3, 5, 7], 3, "HS-{:03}"),
    "a hundred and ninety-two": plan([6] * 8, 2, "HS-{:03}"),
    "nothing": [],
}


@pytest.mark.parametrize("name", PLANS)
def test_it_fills_one_page(name):
    bands = PLANS[name]
    layout = page_layout.fit(bands, 60)
    high = 60 + sum(map(sum, page_layout.heights(bands, layout)))
    assert high <= page_layout.HEIGHT * layout.stretch
    assert page_layout.LABEL + layout.wide(layout.grid) <= page_layout.WIDTH * layout.stretch


@pytest.mark.parametrize("name", [name for name in PLANS if PLANS[name]])
def test_every_cells_text_fits_its_cell(name):
    bands = PLANS[name]
    layout = page_layout.fit(bands, 60)
    for band, abreast in zip(bands, layout.abreast, strict=True):
        for number, outcome in enumerate(band.outcomes):
            span = layout.grid.share(number, len(band.outcomes))
            for across in range(abreast):
                room = layout.wide(span.share(across, abreast))
                assert all(fitting.text_pixels(item.text, bold=True) <= room for item in outcome.items)


def test_a_usual_plan_prints_at_full_size():
    assert page_layout.fit(PLANS["Plymouth"], 60).stretch == 1


@pytest.mark.parametrize(("first", "last", "of"), [(1, 16, 4), (1, 120, 7), (5, 24, 3), (1, 5, 5)])
def test_shares_follow_each_other_without_a_gap(first, last, of):
    shares = [Span(first, last).share(number, of) for number in range(of)]
    assert (shares[0].first, shares[-1].last) == (first, last)
    assert all(one.last + 1 == two.first for one, two in itertools.pairwise(shares))
    assert all(share.first <= share.last for share in shares)


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (GridItem("K41", Rating.RED, True), "K41 R*"),
        (GridItem("A1.1", Rating.NOT_RETURNED, False), "A1.1 NR"),
        (GridItem("K9", None, True), "K9"),
    ],
)
def test_an_items_cell_says_key_and_rating(item, text):
    assert item.text == text


def test_the_grid_has_the_plans_themes_in_order_and_each_outcomes_items():
    bands = page_layout.bands_of(small_report())
    assert [band.theme for band in bands] == ["Growing: Growing it is.", "Caring: Caring it is."]
    shown = [[(outcome.name, [item.text for item in outcome.items]) for outcome in band.outcomes] for band in bands]
    assert shown == [
        [("1 Put prevention first", ["K3 TBC"])],
        [("1 Put prevention first", ["K1 R", "K2 R*", "P1 G", "P2 B"])],
    ]


def test_an_item_whose_outcome_the_plan_lacks_is_still_shown():
    stray = PageItem("Caring", "9", Kind.MEASURE, "P9", Rating.AMBER, False)
    growing, caring = page_layout.bands_of(small_report(page=(*small_report().page, stray)))
    assert len(growing.outcomes) == 1
    assert caring.outcomes[-1] == OutcomeBlock("9", "", [], [GridItem("P9", Rating.AMBER, False)])


@pytest.mark.parametrize("count", [1, 20, 21, 41, 130])
def test_a_theme_with_many_outcomes_stands_in_several_lines(count):
    outcomes = plan([count], 1)[0].outcomes
    in_lines = page_layout.in_lines(outcomes)
    assert [each for line in in_lines for each in line] == outcomes
    assert len(in_lines) == -(-count // page_layout.MOST_IN_LINE)
    sizes = {len(line) for line in in_lines}
    assert max(sizes) <= page_layout.MOST_IN_LINE
    assert max(sizes) - min(sizes) <= 1


def test_every_outcome_and_key_of_a_theme_with_a_hundred_and_thirty_has_a_place():
    outcomes = plan([130], 1)[0].outcomes
    bands = [Band("Theme", line) for line in page_layout.in_lines(outcomes)]
    layout = page_layout.fit(bands, 60)
    for band, abreast in zip(bands, layout.abreast, strict=True):
        for number in range(len(band.outcomes)):
            span = layout.grid.share(number, len(band.outcomes))
            places = [span.share(across, abreast) for across in range(abreast)]
            assert all(place.first <= place.last for place in (span, *places))
