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
from ragtool.model import MilestoneStatus, Rating
from ragtool.report.pack_workbook import pack_results, theme_sheet_names, write_pack
from ragtool.report.performance_bar import target_bar
from ragtool.report.theme_rows import ThemeOutcome, ThemeRow, pack_themes
from ragtool.report.theme_sheet import WORTH_FILLING, band_height, item_height, on_pages
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
        (
            ["A very long theme that Excel would not take"] * 2,
            ["A very long theme that Excel wo", "A very long theme that Exce (2)"],
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
    """The pages as texts: an outcome's name, `...` where it goes on, and its items."""
    parted: list[list[str]] = [[]]
    room = band_height(outcomes[0]) * 2 + item_height(outcomes[0].rows[0]) * items_high + 1
    for each in on_pages(outcomes, room):
        if each.on_new_page:
            parted.append([])
        name = each.row.item.item.key if each.row else each.outcome.name
        parted[-1].append(f"{name}..." if each.continued else name)
    return parted


def test_a_page_ends_between_outcomes_where_little_is_left():
    assert WORTH_FILLING < 0.5
    assert pages([outcome("1", 9), outcome("2", 3)], 10) == [
        ["1", *(f"1.{n}" for n in range(9))],
        ["2", "2.0", "2.1", "2.2"],
    ]


def test_a_page_that_begins_within_an_outcome_names_it_again():
    assert pages([outcome("1", 4), outcome("2", 8)], 10) == [
        ["1", "1.0", "1.1", "1.2", "1.3", "2", *(f"2.{n}" for n in range(6))],
        ["2...", "2.6", "2.7"],
    ]


def test_a_first_item_is_never_parted_from_its_outcomes_name():
    assert pages([outcome("1", 10), outcome("2", 1)], 10)[1] == ["2", "2.0"]


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
