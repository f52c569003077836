"""Dates as people and programs leave them in a return: what is no date any more, what can't be meant, what is stuck."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from officers import sign
from plans import AREA, OTHER_AREA, plan_of
from ragtool import columns as c
from ragtool.cli import run
from small_quarter import Quarter, edit, return_of, type_in

COPY = "queries"


@pytest.mark.parametrize("stored", [41550, "41550"])
@pytest.mark.parametrize(("sheet", "cell"), [("Measures", "Q3"), ("Measures", "V3"), ("Sign-off", "B6")])
def test_a_date_without_its_format_is_an_error_that_says_which_day_it_would_be(
    quarter: Quarter, sheet: str, cell: str, stored: object
) -> None:
    type_in(quarter.highways, sheet, cell, stored, "General")
    done = quarter.check()
    line = next(line for line in done.out.splitlines() if line.startswith(f"Error: {quarter.highways.name}, {sheet}, "))
    assert f"(cell {cell})" in line
    assert line.endswith(
        "'41550' is not a date. As a date it would be 03/10/2013. Type day, month and year, such as 28/02/2014."
    )


@pytest.mark.parametrize("words", ["to be confirmed", "2013", "Summer 2014"])
def test_words_and_years_may_stand_for_a_date(quarter: Quarter, words: object) -> None:
    type_in(quarter.highways, "Measures", "Q3", words)
    assert quarter.check().status == 0


def test_a_proposed_date_without_its_format_says_which_day_it_would_be(quarter: Quarter) -> None:
    for cell, value in (("A3", "K1"), ("B3", "Start on site")):
        type_in(quarter.highways, "Next milestones", cell, value)
    type_in(quarter.highways, "Next milestones", "C3", 41698, "General")
    assert "'41698' is neither a quarter nor a date. As a date it would be 28/02/2014." in quarter.check().out


@pytest.mark.parametrize("left", ["2013-09-30 00:00:00", "30/09/2013", "30 Sep 2013", 41547, "41547"])
def test_a_locked_date_that_came_back_as_a_text_or_number_is_the_same_day(quarter: Quarter, left: object) -> None:
    plan = quarter.folder / "corporate_plan.xlsx"
    type_in(plan, "Milestones", "E5", datetime(2013, 9, 30))
    changed = "A locked cell was changed. Due is"
    outdated = "made before the plan was last edited. Due is"

    type_in(quarter.highways, "Milestones", "E3", left, "General")
    done = quarter.check()
    assert changed not in done.out
    assert outdated not in done.out
    type_in(quarter.highways, "Milestones", "E4", "01/10/2013")
    assert outdated in quarter.check().out


@pytest.mark.parametrize(
    ("completed", "problem"),
    [
        (datetime(1901, 7, 17), "It is Complete on 17 July 1901, more than a year before it was due."),
        (datetime(2009, 9, 22), "It is Complete on 22 September 2009, more than a year before it was due."),
        (datetime(2012, 6, 30), "It is Complete on 30 June 2012, more than a year before it was due."),
        (datetime(2012, 7, 1), ""),
    ],
)
def test_a_completion_long_before_it_was_due_is_asked_about(
    quarter: Quarter, completed: datetime, problem: str
) -> None:
    type_in(quarter.highways, "Milestones", "I4", completed)
    done = quarter.check()
    assert (done.status == 0) is (not problem)
    assert problem in done.out


@pytest.mark.parametrize(
    ("cell", "typed", "problem"),
    [
        ("V3", datetime(1913, 12, 1), "By when, 1 December 1913, lies before the quarter, which began on 1 July 2013."),
        ("V3", datetime(2104, 12, 1), "By when, 1 December 2104, lies more than 10 years ahead."),
        ("V3", "31/09/2013", "'31/09/2013' is not a date."),
        ("V3", "30 Feb 2014", "'30 Feb 2014' is not a date."),
        ("Q3", "09/30/2013", "'09/30/2013' is not a date."),
        ("V3", datetime(2013, 12, 1), ""),
        ("Q3", datetime(1901, 9, 30), "Data as at, 30 September 1901, is far from the quarter's end on"),
        ("Q3", datetime(2031, 9, 30), "Data as at, 30 September 2031, is far from the quarter's end on"),
        ("Q3", datetime(2010, 12, 31), ""),
    ],
)
def test_other_days_that_can_hardly_be_meant_are_asked_about(
    quarter: Quarter, cell: str, typed: datetime | str, problem: str
) -> None:
    type_in(quarter.highways, "Measures", cell, typed)
    done = quarter.check()
    assert (done.status == 0) is (not problem)
    assert problem in done.out


@pytest.mark.parametrize(
    ("sheet", "cell", "shape"),
    [("Measures", "K3", "General"), ("Measures", "K4", "0.00%"), ("Revisions", "D3", "General")],
)
def test_a_date_pasted_over_a_figure_leaves_the_copy_s_cell_a_number(
    quarter: Quarter, sheet: str, cell: str, shape: str
) -> None:
    if sheet == "Revisions":
        for other, value in (("A3", "M1"), ("C3", "2013/14 Q1"), ("E3", "Miscounted")):
            type_in(quarter.highways, sheet, other, value)
        history = {c.QUARTER: "2013/14 Q1", c.KEY: "M1", c.RAG: "G", c.PERFORMANCE: 82}
        plan = quarter.folder / "corporate_plan.xlsx"
        edit(
            plan, lambda book: book["Earlier quarters"].append([history.get(h) for h in c.PlanSheets.EARLIER.headings])
        )
    type_in(quarter.highways, sheet, cell, datetime(1914, 7, 15))
    done = quarter.check()
    assert "The cell holds the date 15 July 1914, not a figure." in done.out
    assert "The cell of the copy to correct is formatted for a figure again." in done.out
    for _ in range(2):  # a copy of the copy has it so too
        copy = quarter.highways.parent / COPY / quarter.highways.name
        marked = load_workbook(copy)[sheet][cell]
        assert (marked.value, marked.number_format) == (5310, shape)
        copy.replace(quarter.highways)
        type_in(quarter.highways, "Measures", "U10", "x")
        type_in(quarter.highways, "Milestones", "H3", None)
        quarter.check()


@pytest.mark.parametrize(
    ("stored", "code", "problem"),
    [
        (0.5, "hh:mm", "The cell holds the time 12:00, not a figure."),
        (80, "[h]:mm", "'1920:00:00' is not a figure."),
        (
            -5,
            "dd/mm/yyyy",
            "The cell is formatted as a date and holds '-5', which is none. Type the date, or format the cell as a "
            "number where a number is meant.",
        ),
    ],
)
def test_a_time_or_a_day_that_is_none_leaves_the_copy_s_cell_a_number_too(
    quarter: Quarter, stored: float, code: str, problem: str
) -> None:
    type_in(quarter.highways, "Measures", "K3", stored, code)
    out = quarter.check().out
    line = next(line for line in out.splitlines() if problem in line)
    assert line.endswith("The cell of the copy to correct is formatted for a figure again.")
    marked = load_workbook(quarter.highways.parent / COPY / quarter.highways.name)["Measures"]["K3"]
    assert marked.number_format == "General"


def test_a_signature_and_a_proposal_of_another_age_are_asked_about(quarter: Quarter) -> None:
    type_in(quarter.highways, "Sign-off", "B6", datetime(1901, 1, 1))
    for column, typed in zip("ABC", ("K1", "Open the doors", datetime(2113, 3, 1)), strict=True):
        type_in(quarter.highways, "Next milestones", f"{column}3", typed)
    out = quarter.check().out
    signed = "The date of signing off, 1 January 1901, lies before 2013/14 Q2, which began on 1 July 2013."
    assert f"Sign-off, row 6, Entry (cell B6): {signed}" in out
    assert "The proposed milestone is due by 01/03/2113, more than 30 years ahead. Check the year" in out


def test_a_signature_is_of_the_quarter_or_the_year_after_it(quarter: Quarter) -> None:
    after = "The date of signing off, 1 October 2014, lies more than a year after the end of 2013/14 Q2"
    for day, asked in ((datetime(2014, 10, 1), True), (datetime(2014, 9, 30), False), (datetime(2013, 7, 1), False)):
        type_in(quarter.highways, "Sign-off", "B6", day)
        out = quarter.check().out
        assert (after in out, "The date of signing off" in out) == (asked, asked)


def test_a_signature_is_held_against_the_quarter_as_the_plan_s_years_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan_of(tmp_path, {"Financial year starts": "October"})
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    dated = {AREA: datetime(2015, 3, 31), OTHER_AREA: datetime(2013, 12, 31)}
    for area, day in dated.items():
        sign(return_of(tmp_path, area))
        type_in(return_of(tmp_path, area), "Sign-off", "B6", day)
    capsys.readouterr()
    run(["check", str(tmp_path)])
    asked = [line for line in capsys.readouterr().out.splitlines() if "The date of signing off" in line]
    before = "31 December 2013, lies before 2013/14 Q2, which began on 1 January 2014."
    assert [OTHER_AREA in line and before in line for line in asked] == [True]


def test_a_period_that_excel_made_a_date_is_shown_as_a_month(quarter: Quarter) -> None:
    type_in(quarter.highways, "Measures", "O3", datetime(2013, 9, 1))
    type_in(quarter.highways, "Measures", "O4", datetime(2013, 9, 30))
    done = quarter.consolidate()
    periods = {row[c.KEY]: row[c.PERIOD] for row in done.table("Data")}
    assert (periods["M1"], periods["M2"]) == ("Sep 2013", "30 September 2013")
    assert return_of(quarter.folder).exists()
