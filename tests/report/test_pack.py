"""The committee pack: what stands in it, what doesn't, and how a theme's sheet is parted into pages."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest

from ragtool.columns import PackSheets
from ragtool.model import ItemStatus, MilestoneStatus, Rating
from ragtool.report import theme_pages
from ragtool.report.pack_workbook import pack_results, theme_sheet_names, write_pack
from ragtool.report.performance_bar import target_bar
from ragtool.report.theme_pages import (
    HEADINGS_HIGH,
    WORTH_A_PAGE,
    WORTH_FILLING,
    count_pages,
    evenly_on_pages,
    height_of,
    item_height,
    last_page,
    measured_blocks,
    on_pages,
    outcome_band,
    page_height,
)
from ragtool.report.theme_rows import Theme, ThemeOutcome, ThemeRow, pack_themes
from ragtool.report.theme_sheet import ABOUT_BARS
from small_report import key_action, measure, milestone, small_report


@pytest.fixture(scope="module")
def book():
    target = io.BytesIO()
    write_pack(pack_results(small_report()), target)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparkline Group extension")
        return openpyxl.load_workbook(target)


def texts(sheet):
    return [str(cell.value) for row in sheet for cell in row if cell.value is not None]


def test_its_sheets_are_the_reports_first_ones_and_one_for_each_theme(book):
    themes = [theme.name for theme in pack_themes(small_report())]
    assert book.sheetnames == [*PackSheets.BEFORE_THEMES, *themes, *PackSheets.AFTER_THEMES]


def test_nothing_that_only_the_manager_works_with_is_in_it(book):
    report = small_report()
    assert any(row.file for row in report.returns)
    assert any("@" in str(row.chase) for row in report.returns)
    everything = "\n".join(text for sheet in book for text in texts(sheet))
    for row in report.returns:
        assert not any(text and text.removeprefix("mailto:") in everything for text in (row.file, row.chase))
    assert "Reconciliation" not in everything


def test_an_item_stands_with_its_milestones_and_what_is_said_of_it():
    action = key_action("K9", Rating.RED, resolution="A new date is set.", highlight="It is nearly there.")
    steps = (
        milestone("K9", "1", "Consult", MilestoneStatus.COMPLETE),
        milestone("K9", "2", "Decide", MilestoneStatus.OVERDUE, "Cabinet decides in May."),
    )
    report = replace(small_report(), key_actions=(action,), milestones=steps, measures=(), next_quarter=())
    [row] = [row for theme in pack_themes(report) for outcome in theme.outcomes for row in outcome.rows]
    assert [(line.text, line.loud) for line in row.progress] == [
        ("1. Consult: Complete", False),
        ("2. Decide: Overdue", True),
    ]
    assert row.commentary == "Proposed: A new date is set. Cabinet decides in May.\nHighlight: It is nearly there."


def test_why_is_said_where_the_milestones_do_not_explain_the_rating():
    declared = key_action("K9", Rating.RED, Rating.GREEN, "Declared by its officer: staff have left.")
    steps = (milestone("K9", "1", "Consult", MilestoneStatus.COMPLETE),)
    report = replace(small_report(), key_actions=(declared,), milestones=steps, measures=())
    [row] = [row for theme in pack_themes(report) for outcome in theme.outcomes for row in outcome.rows]
    assert [line.text for line in row.progress] == [
        "Declared by its officer: staff have left.",
        "1. Consult: Complete",
    ]


@pytest.mark.parametrize(
    ("themes", "names"),
    [
        (["Caring"], ["Caring"]),
        (["Summary", "summary"], ["Summary (2)", "summary (3)"]),
        (["History"], ["History (2)"]),
        (["Health / Care: all?"], ["Health - Care- all-"]),
        (["'Our' place'"], ["Our' place"]),
        (["", "[]"], ["Theme", "--"]),
        (["_x0041_x000D_"], ["-x0041-x000D_"]),
        (
            ["A very long theme that Excel would not take"] * 2,
            ["A very long theme that Excel", "A very long theme that (2)"],
        ),
        (["😀" * 20], ["😀" * 15]),
    ],
)  # fmt: skip
def test_every_theme_has_a_name_that_excel_takes(themes, names):
    assert list(theme_sheet_names(themes)) == names


def outcome(name, rows):
    actions = [key_action(f"{name}.{number}", Rating.GREEN, why="Why\n" * 4) for number in range(rows)]
    return ThemeOutcome(name, "", tuple(ThemeRow(each, each.item.title, (), "") for each in actions))


def pages(outcomes, items_high):
    """The pages as texts: an outcome's name, with what goes on at a page's top, and its items."""
    parted: list[list[str]] = [[]]
    band = height_of(outcome_band(outcomes[0]))
    room = HEADINGS_HIGH + band * 2 + item_height(outcomes[0].rows[0]) * items_high + 1
    theme = Theme("T", "", tuple(outcomes))
    for each in on_pages(theme, measured_blocks(theme), room, HEADINGS_HIGH):
        if each.on_new_page:
            parted.append([])
        parted[-1].append(each.row.item.item.key if each.row else each.text)
    return parted


def test_a_page_ends_between_outcomes_where_little_is_left():
    assert WORTH_FILLING < 0.5
    assert pages([outcome("1", 9), outcome("2", 3)], 10) == [
        ["1", *(f"1.{n}" for n in range(9))],
        ["T: 2", "2.0", "2.1", "2.2"],
    ]


def test_a_page_that_begins_within_an_outcome_names_it_again():
    assert pages([outcome("1", 4), outcome("2", 8)], 10) == [
        ["1", "1.0", "1.1", "1.2", "1.3", "2", *(f"2.{n}" for n in range(6))],
        ["T: 2 (continued)", "2.6", "2.7"],
    ]


def test_a_first_item_is_never_parted_from_its_outcomes_name():
    assert pages([outcome("1", 10), outcome("2", 1)], 10)[1] == ["T: 2", "2.0"]


def with_parts(key, parts):
    """An outcome of one measure and so many parts."""
    rows = [measure(key, part, Rating.GREEN) for part in (None, *(str(n) for n in range(1, parts + 1)))]
    return ThemeOutcome(key, "", tuple(ThemeRow(row, f"Name of {key}", (), "") for row in rows))


def test_a_measure_stands_on_one_page_with_its_parts():
    both = ThemeOutcome("1", "", (*outcome("1", 9).rows, *with_parts("P1", 2).rows))
    assert pages([both], 10) == [["1", *(f"1.{n}" for n in range(9))], ["T: 1 (continued)", "P1", "P1", "P1"]]


def test_where_parts_take_most_of_a_page_the_next_says_whose_they_are():
    first, second = pages([with_parts("P1", 12)], 10)
    assert (first[0], len(first)) == ("P1", 12)
    assert second == ["T: P1 (continued): P1 Name of P1 (continued)", "P1", "P1"]


def test_a_last_page_takes_its_share_of_the_rows():
    high = item_height(outcome("1", 1).rows[0])
    theme = Theme("T", "", (outcome("1", int(page_height() / high) + 2),))
    lines = evenly_on_pages(theme, 50)
    assert count_pages(lines) == 2
    assert (
        last_page(lines)
        >= page_height() * WORTH_A_PAGE
        > last_page(list(on_pages(theme, measured_blocks(theme), page_height(), 50)))
    )


def test_each_row_is_measured_once_however_often_pages_are_parted(monkeypatch):
    high = item_height(outcome("1", 1).rows[0])
    theme, seen = Theme("T", "", (outcome("1", int(page_height() / high) + 2),)), []

    def measured_high(row):
        seen.append(row)
        return high

    monkeypatch.setattr(theme_pages, "item_height", measured_high)
    evenly_on_pages(theme, 50)
    assert len(seen) == len(theme.outcomes[0].rows)


def rows_of(**changed):
    report = small_report(**{"key_actions": (), "milestones": (), "measures": (), **changed})
    return [row for theme in pack_themes(report) for outcome in theme.outcomes for row in outcome.rows]


def test_an_items_forecast_stands_beneath_its_milestones_and_is_loud_where_it_is_worse():
    action = key_action("K9", Rating.GREEN)
    (row,) = rows_of(key_actions=(replace(action, entry=replace(action.entry, forecast=Rating.AMBER)),))
    assert (row.progress[-1].text, row.progress[-1].loud) == ("Forecast: Amber at the year's end.", True)
    (row,) = rows_of(key_actions=(replace(action, entry=replace(action.entry, forecast=Rating.GREEN)),))
    assert not row.progress[-1].loud


def test_a_measures_benchmark_stands_beneath_its_figure():
    compared = measure("P9", None, Rating.GREEN, Decimal("0.8"), Decimal("0.7"), Fraction(0))
    compared = replace(
        compared, item=replace(compared.item, unit="%", benchmark=Decimal("0.78"), benchmark_is="England")
    )
    (row,) = rows_of(measures=(compared,))
    assert [line.text for line in row.progress] == ["Why P9.", "Benchmark: 78\N{NO-BREAK SPACE}% (England)"]


def test_a_figure_that_isnt_rated_stands_beneath_its_reason():
    new = measure("P9", None, Rating.TBC, Decimal("0.47"), unit="%", status=ItemStatus.UNDER_DEVELOPMENT)
    (row,) = rows_of(measures=(replace(new, period="2013/14 Q2"),))
    assert [line.text for line in row.progress] == ["Why P9.", "Performance: 47\N{NO-BREAK SPACE}% (2013/14 Q2)"]


def test_where_a_plan_names_no_panels_their_sheet_says_so():
    target = io.BytesIO()
    write_pack(pack_results(small_report(panels=())), target)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparkline Group extension")
        sheet = openpyxl.load_workbook(target)["Panels"]
    assert "This plan names no panels." in texts(sheet)


def test_a_measure_has_its_bar_before_its_figure():
    red = measure("P9", None, Rating.RED, Decimal(9), Decimal(10), Fraction(1, 10))
    [row] = [
        row
        for theme in pack_themes(small_report(key_actions=(), milestones=(), measures=(red,)))
        for outcome in theme.outcomes
        for row in outcome.rows
    ]
    [line] = row.progress
    assert line.bar == target_bar(Fraction(1, 10), Decimal("0.15"), Decimal("0.15"))
    assert line.whole == f"{line.bar}  Why P9."


@pytest.mark.parametrize(("words", "lines"), [(2, 1), (14, 2), (30, 3)])
def test_what_is_said_of_the_bars_begins_a_line_where_a_theme_needs_several(words, lines):
    outcomes = tuple(replace(each, theme_statement="Prosperous " * words) for each in small_report().outcomes)
    target = io.BytesIO()
    write_pack(pack_results(small_report(outcomes=outcomes)), target)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparkline Group extension")
        sheet = openpyxl.load_workbook(target)["Growing"]
    said = [str(sheet.cell(row, 1).value) for row in range(2, 2 + lines)]
    assert said[-1].startswith(ABOUT_BARS) is (lines > 1)
    assert said[-1].endswith(ABOUT_BARS)
