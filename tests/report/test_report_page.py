"""The report on a page: any plan fills one page as long as it can be read, and nothing in it is cut off."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal

import pytest

from ragtool.looks import fitting
from ragtool.looks.printing import A3, A4, printed_height, printed_width
from ragtool.looks.style import POINTS
from ragtool.model import DataStatus, ItemStatus, Kind, Rating
from ragtool.report.page_content import Band, OutcomeBlock, PageContent, bands_of, item_text, legend_of, page_content
from ragtool.report.page_layout import ON_A4, ON_ONE_PAGE, fit
from ragtool.report.page_rows import LABEL, RowKind
from ragtool.report.page_sheet import link_formula, note_on
from ragtool.results.assemble import page_item
from ragtool.results.results import PageItem
from small_report import measure, small_report

LONG = (
    "Residents of every age and background in all of our towns and villages can find, afford and keep a warm, safe "
    "and accessible home near to the people and places that matter to them"
)


def plan(outcomes_by_theme, items, key="K{}", name="1 Safe neighbourhoods"):
    """A page with this many outcomes in each theme, and in each outcome so many key actions and measures."""
    numbers = itertools.count()

    def some(kind, outcome):
        ratings = itertools.cycle([Rating.RED, Rating.TBC])
        return tuple(
            PageItem("", str(outcome), kind, key.format(next(numbers)), next(ratings), True, arrow="↓")
            for _ in range(items)
        )

    bands = tuple(
        Band(
            f"Theme {number}: a statement",
            tuple(OutcomeBlock(name, "Director", *(some(kind, each) for kind in Kind)) for each in range(count)),
        )
        for number, count in enumerate(outcomes_by_theme)
    )
    shown = [item for band in bands for outcome in band.outcomes for item in outcome.items]
    return PageContent("Anytown Council Plan: report on a page, 2013/14 Q2", "", legend_of(shown), bands, "Notes.")


PLANS = {
    "one of everything": plan([1], 1, "A1.{}"),
    "four by four": plan([4, 4, 4, 4], 2),
    "two by six with long names": plan([6, 6], 3, "A1.{}", LONG),
    "eight by three with 240 items": plan([3] * 8, 5, "HS-{:03}"),
    "uneven": plan([1, 2, 6, 8], 2),
    "no common multiple": plan([3, 5, 7], 3, "HS-{:03}"),
    "nothing": plan([], 0),
}
MANY = plan([130, 2], 1, "HS-{:03}")
EVERYWHERE = {**PLANS, "130 outcomes": MANY}


def pages(layout):
    """The rows of each page."""
    starts = [0, *layout.breaks, len(layout.rows)]
    return [layout.rows[one:two] for one, two in itertools.pairwise(starts)]


@pytest.mark.parametrize("name", PLANS)
def test_it_fills_one_page_that_can_be_read(name):
    layout = fit(PLANS[name], ON_ONE_PAGE)
    assert layout.breaks == ()
    assert layout.scale * POINTS >= 7
    assert sum(row.height for row in layout.rows) * layout.scale <= printed_height(layout.paper)
    assert (LABEL + layout.columns * layout.column_width) * layout.scale <= 0.941 * printed_width(layout.paper)


@pytest.mark.parametrize(
    ("name", "paper"), [("four by four", A4), ("two by six with long names", A4), ("eight by three with 240 items", A3)]
)
def test_larger_paper_comes_before_smaller_letters(name, paper):
    assert fit(PLANS[name], ON_ONE_PAGE).paper == paper


def test_among_pages_of_a4_it_takes_a_second_one_before_smaller_letters():
    layout = fit(PLANS["eight by three with 240 items"], ON_A4)
    assert (layout.paper, len(layout.breaks)) == (A4, 1)
    assert layout.scale * POINTS >= 8


@pytest.mark.parametrize("limits", [ON_ONE_PAGE, ON_A4])
@pytest.mark.parametrize("name", EVERYWHERE)
def test_every_item_stands_in_the_grid_once(name, limits):
    layout = fit(EVERYWHERE[name], limits)
    shown = [cell.item.key for row in layout.rows for cell in row.cells if cell.item]
    assert sorted(shown) == sorted(item.key for item in EVERYWHERE[name].items) == sorted(layout.places)


@pytest.mark.parametrize("name", EVERYWHERE)
def test_every_text_ends_before_the_next_begins(name):
    layout = fit(EVERYWHERE[name], ON_ONE_PAGE)
    for row in layout.rows:
        if not row.cells:
            continue
        columns = [cell.column for cell in row.cells]
        assert columns == sorted(set(columns))
        for cell, after in zip(row.cells, [*columns[1:], layout.columns + 1], strict=True):
            room = (after - cell.column) * layout.column_width + (LABEL - layout.column_width) * (cell.column == 0)
            bold = row.kind not in (RowKind.LEADS, RowKind.NOTES) or cell.column == 0
            points = {RowKind.TITLE: 14, RowKind.THEME: 12}.get(row.kind, 10) if cell.entry is None else 10
            assert fitting.text_pixels(cell.text, points, bold) <= room, cell.text


def test_no_page_begins_in_an_unnamed_theme_or_within_an_outcome():
    layout = fit(MANY, ON_A4)
    first, *later = pages(layout)
    assert later
    assert first[0].kind is RowKind.TITLE
    for rows in later:
        kinds = [row.kind for row in rows]
        assert RowKind.THEME in kinds[:2]
        assert sum(row.height for row in (layout.rows[0], *rows)) * layout.scale <= printed_height(A4)
    assert any(row.cells[0].text.endswith("(continued)") for rows in later for row in rows[:1])


def test_outcomes_of_a_theme_begin_below_one_another():
    layout = fit(PLANS["four by four"], ON_ONE_PAGE)
    edges = {row.edges for row in layout.rows if row.kind is RowKind.OUTCOME}
    assert len(edges) == 1
    assert {two - one for one, two in itertools.pairwise(*edges)} == {layout.columns // 4}


@pytest.mark.parametrize(
    ("rating", "marked", "arrow", "text"),
    [
        (Rating.RED, True, "↓", "■ K41 R* ↓"),
        (Rating.AMBER, False, "↑", "▲ K41 A ↑"),
        (Rating.GREEN, False, "", "K41 G"),
        (Rating.NOT_RETURNED, False, "", "K41 NR"),
        (None, True, "", "K41"),
    ],
)
def test_an_items_cell_says_sign_key_letters_and_arrow(rating, marked, arrow, text):
    assert item_text(PageItem("", "1", Kind.MEASURE, "K41", rating, marked, arrow=arrow)) == text


def test_the_legend_counts_every_item_once():
    items = [PageItem("", "1", Kind.MEASURE, "", rating, False) for rating in (*Rating, Rating.RED, None)]
    unrated = len(Rating) - 5
    assert [entry.text for entry in legend_of(items)] == [
        *("■ 2 Red", "▲ 1 Amber", "1 Green", "1 Blue", "1 On hold", f"{unrated} not rated"),
    ]
    assert [entry.text for entry in legend_of([])] == ["■ 0 Red", "▲ 0 Amber", "0 Green", "0 not rated"]


def test_the_title_of_a_panels_page_names_the_panel():
    assert page_content(small_report()).title == "A & B Council The Plan: report on a page, 2013/14 Q2"
    assert "report on a page, Caring, 2013/14 Q2" in page_content(small_report(panel="Caring")).title


@pytest.mark.parametrize(
    ("figure", "why", "lines"),
    [
        ("", "39.5 against a target of 36.6.", ["P5 Waste", "Red. 39.5 against a target of 36.6."]),
        ("39.5 (2012/13)", "Data only.", ["P5 Waste", "Performance: 39.5 (2012/13)", "Red. Data only."]),
        ("", "No return.", ["P5 Waste", "Red. No return."]),
    ],
)
def test_a_cells_note_says_name_figure_why_and_direction(figure, why, lines):
    item = PageItem("", "1", Kind.MEASURE, "P5", Rating.RED, False, "Waste", "↓", "↓ Worse", figure, why)
    assert note_on(item).split("\n") == [*lines, "↓ Worse"]


@pytest.mark.parametrize(
    ("rating", "status", "figure", "shown"),
    [
        (Rating.NOT_DUE, ItemStatus.ACTIVE, Decimal(4), "4 (April, provisional)"),  # Why says Q4
        (Rating.TBC, ItemStatus.UNDER_DEVELOPMENT, Decimal(7), "7 (April, provisional)"),
        (Rating.TBC, ItemStatus.UNDER_DEVELOPMENT, None, ""),
        (Rating.TBC, ItemStatus.ACTIVE, Decimal(7), ""),  # no target is set, which Why says of the figure
        (Rating.DATA_ONLY, ItemStatus.DATA_ONLY, Decimal(7), ""),
        (Rating.GREEN, ItemStatus.ACTIVE, Decimal(7), ""),
    ],
)
def test_a_figure_stands_beside_why_where_the_rule_doesnt_look_at_it(rating, status, figure, shown):
    new = measure("P5", None, rating, figure, status=status)
    new = replace(new, period="April", entry=replace(new.entry, data_status=DataStatus.PROVISIONAL))
    overridden = replace(new, published=replace(new.published, rating=Rating.AMBER))
    assert (page_item(new).figure, page_item(overridden).figure) == (shown, shown)


def test_the_note_of_an_item_that_is_only_named_says_its_name():
    item = PageItem("", "1", Kind.MEASURE, "P5", Rating.RED, True, "Waste", "↓", "↓ Worse", "39.5", "Why.")
    assert note_on(item.named_only) == "P5 Waste"
    assert item_text(item.named_only) == "P5"


def test_quotes_in_a_key_do_not_end_its_link():
    assert link_formula("'Key actions'!G5", 'A"1 G') == '=HYPERLINK("#\'Key actions\'!G5","A""1 G")'


def test_the_grid_has_the_plans_themes_in_order_and_each_outcomes_items():
    bands = bands_of(small_report())
    assert [band.theme for band in bands] == ["Growing: Growing it is.", "Caring: Caring it is."]
    shown = [
        [(outcome.name, [item_text(item) for item in outcome.items]) for outcome in band.outcomes] for band in bands
    ]
    assert shown == [
        [("1 Put prevention first", ["K3 TBC"])],
        [("1 Put prevention first", ["■ K1 R", "■ K2 R*", "P1 G", "P2 B"])],
    ]


def test_an_item_whose_outcome_the_plan_lacks_is_still_shown():
    stray = PageItem("Caring", "9", Kind.MEASURE, "P9", Rating.AMBER, False)
    growing, caring = bands_of(small_report(page=(*small_report().page, stray)))
    assert len(growing.outcomes) == 1
    assert caring.outcomes[-1] == OutcomeBlock("9", "", (), (stray,))
