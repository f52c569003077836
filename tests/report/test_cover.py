"""A panel's cover: its tiles, what is Red with all that is asked about it, its outcomes and who is allocated what."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from ragtool import columns as c
from ragtool.columns import PanelSheets
from ragtool.looks import fitting
from ragtool.model import MilestoneStatus, Rating
from ragtool.report.cover_sheet import ALLOCATION, COVER_WIDTHS, NOTHING_RED
from ragtool.report.red_table import at_a_clause, in_few_lines
from ragtool.report.report_workbook import write_panel_report
from ragtool.results.at_a_glance import tiles
from small_report import PANEL, key_action, milestone, small_report


def cover_of(results):
    target = io.BytesIO()
    write_panel_report(replace(results, panel=PANEL), target)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparkline Group extension")
        return openpyxl.load_workbook(target)[PanelSheets.COVER]


@pytest.fixture(scope="module")
def cover():
    return cover_of(small_report())


def texts(sheet):
    return [str(cell.value) for row in sheet for cell in row if cell.value is not None]


def test_its_tiles_count_each_item_once(cover):
    shown = {tile.rating: tile.text for tile in tiles(small_report())}
    assert shown == {
        Rating.RED: "■ 2 Red",
        Rating.AMBER: "▲ 0 Amber",
        Rating.GREEN: "1 Green",
        Rating.BLUE: "1 Blue",
        None: "1 not rated",
    }
    assert {*shown.values()} <= {*texts(cover)}


def test_what_is_on_hold_has_a_tile_of_its_own():
    held = replace(small_report().page[0], rating=Rating.ON_HOLD)
    shown = {tile.rating: tile.text for tile in tiles(small_report(page=(held,)))}
    assert (shown[Rating.ON_HOLD], shown[None]) == ("1 On hold", "0 not rated")


def test_every_tile_has_room_for_its_count_where_there_are_six():
    items = small_report().page
    held = replace(items[0], rating=Rating.ON_HOLD)
    sheet = cover_of(small_report(page=(held, *[replace(item, rating=Rating.BLUE) for item in items])))
    row = next(row for row in sheet.iter_rows() if "On hold" in str([cell.value for cell in row][4:5]))
    for cell, wide in zip(row[:6], COVER_WIDTHS, strict=True):
        assert fitting.text_pixels(cell.value, cell.font.sz, bold=True) <= wide - fitting.PADDING


def test_a_red_item_says_whose_why_what_next_and_by_when():
    action = key_action("K9", Rating.RED, why="1 of 2 milestones overdue: no. 2.", resolution="A new date is set.")
    action = replace(action, item=replace(action.item, officer_leads=("Head of Roads",)))
    step = milestone("K9", "2", "Decide", MilestoneStatus.OVERDUE)
    step = replace(step, entry=replace(step.entry, revised_date=date(2014, 1, 31)))
    shown = cover_of(small_report(key_actions=(action,), milestones=(step,), measures=()))
    row = next(row for row in shown.iter_rows() if "■ K9" in str(row[0].value))
    assert [cell.value for cell in row[1:]] == [
        *("Do K9", "1 of 2 milestones overdue: no. 2.", "A new date is set.", "Head of Roads", "31 Jan 2014"),
    ]


def test_where_nothing_is_red_it_says_so():
    assert NOTHING_RED in texts(cover_of(small_report(key_actions=(), milestones=(), measures=())))


def test_it_leads_to_every_other_sheet_and_to_what_is_red(cover):
    links = [text for text in texts(cover) if text.startswith("=HYPERLINK(")]
    for name in PanelSheets.ORDER[1:]:
        assert f'=HYPERLINK("#\'{name}\'!A1","{name}")' in links
    assert any("'Key action summary'!" in link and '"■ K1"' in link for link in links)


def test_the_allocation_is_the_last_table_and_nothing_is_merged(cover):
    assert not cover.merged_cells.ranges
    headings, *rows = cover[cover.tables[ALLOCATION].ref]
    assert [cell.value for cell in headings] == [c.PANEL, c.PANEL_KEY_ACTIONS, c.PANEL_MEASURES]
    assert [[cell.value for cell in row] for row in rows] == [[PANEL, "K1, K2", "None"]]
    assert cover.max_row == rows[-1][0].row


def test_a_reason_that_is_cut_says_how_much_worse_rather_than_which_way_is_better():
    figure = "43.2 crimes per 1,000 population against a target of 36.6"
    why = f"{figure} (lower is better): 18 % worse, beyond the 15 % intervention level."
    assert in_few_lines(why, 249, 2) == f"{figure}: 18\xa0%\xa0worse\xa0…"
    assert in_few_lines(why, 900, 2) == why


@pytest.mark.parametrize(
    ("cut", "shown"),
    [
        (
            "66 % against a target of 80 %: 18 % worse, beyond the 15 %\xa0…",
            "66 % against a target of 80 %: 18 % worse\xa0…",
        ),
        ("The contractor failed. A new one was found in\xa0…", "The contractor failed. A new one was found in\xa0…"),
        ("2 of 4 milestones overdue: no. 3 and no.\xa0…", "2 of 4 milestones overdue: no. 3 and no.\xa0…"),
        ("One, two, three", "One, two, three"),
        (
            "43.2 against a target of 36.6 (lower is better): 18 %\xa0…",
            "43.2 against a target of 36.6 (lower is better): 18 %\xa0…",
        ),
    ],
)
def test_a_text_that_is_cut_ends_with_a_clause_where_that_leaves_most_of_it(cut, shown):
    assert at_a_clause(cut) == shown
