"""Sheets, rows and values of a return as officers leave them: read where they are clear, queried where they are not."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.filters import AutoFilter

from officers import columns_of, fill, sign
from ragtool import columns as c
from ragtool.plan.plan_workbook import write_plan
from runs import Ran, RanCheck
from small_quarter import FINANCE, GREEN, PLAN, Quarter, edit, resaved, turn_rows, type_in

Change = Callable[[Any], object]


def consolidated(quarter: Quarter, change: Change, status: int, **ratings: str) -> Ran:
    """Lets `change` at the Highways return and consolidates; the items of `ratings` change, all others stay Green.

    Spaces in an item's name are underlines.
    """
    edit(quarter.highways, change)
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (status, GREEN | {key.replace("_", " "): to for key, to in ratings.items()})
    return done


def asked(quarter: Quarter, change: Change, status: int, **ratings: str) -> RanCheck:
    """The same by `check`, where what stands on the report isn't looked at."""
    edit(quarter.highways, change)
    done = quarter.asked()
    assert (done.status, done.ratings) == (status, GREEN | {key.replace("_", " "): to for key, to in ratings.items()})
    return done


def places(done: Ran | RanCheck) -> list[tuple[str, str, str, str]]:
    """Sheet, cell, key and severity of each query."""
    return [
        (query[c.SHEET] or "", query[c.CELL] or "", query[c.KEY] or "", query[c.SEVERITY]) for query in done.queries
    ]


def problems(done: Ran | RanCheck) -> list[str]:
    return [query[c.PROBLEM] for query in done.queries]


# Sheets and headings


def test_a_renamed_sheet_is_told_by_its_headings(quarter: Quarter) -> None:
    def rename(book: Any) -> None:
        book["Measures"].title = "KPIs (2)"

    done = asked(quarter, rename, 1)
    assert places(done) == [("KPIs (2)", "", "", "Query")]
    assert problems(done) == [
        "There is no sheet named Measures; this one has its headings, so it is read in its place."
    ]


def test_a_missing_sheet_is_said_once(quarter: Quarter) -> None:
    done = consolidated(
        quarter, lambda book: book.remove(book["Measures"]), 1, M1="NR", M2="NR", P1="NR", P1_1="NR", P1_2="NR"
    )
    assert places(done) == [("Measures", "", "", "Error")]
    assert problems(done) == ["There is no sheet named Measures, so nothing on it is used."]
    copy = load_workbook(quarter.highways.parent / "queries" / quarter.highways.name)
    links = [str(cell.hyperlink.location) for row in copy.worksheets[0].iter_rows() for cell in row if cell.hyperlink]
    assert all(link.rpartition("!")[0].strip("'") in copy.sheetnames for link in links)


def test_a_second_sheet_like_the_template_s_is_not_read(quarter: Quarter) -> None:
    def copy(book: Any) -> None:
        book.copy_worksheet(book["Measures"])["K3"].value = 1

    done = asked(quarter, copy, 1)
    assert places(done) == [("Measures Copy", "", "", "Query")]
    assert done.figure("M1") == 80


def test_of_sheets_whose_names_differ_by_blanks_the_template_s_own_is_read(quarter: Quarter) -> None:
    def blanks(book: Any) -> None:
        book["Guidance"].title = "Measures "
        book.copy_worksheet(book["Milestones"]).title = " milestones"
        book["Key actions"].title = "Key  actions"

    done = asked(quarter, blanks, 1)
    read_or_not = ("Key  actions", "Measures ", " milestones")
    assert sorted(places(done)) == sorted((sheet, "", "", "Query") for sheet in read_or_not)
    assert done.figure("M1") == 80


@pytest.mark.parametrize(
    ("sheet", "heading", "cell", "status", "ratings"),
    [
        ("Measures", "Performance", "K2", "Error", dict.fromkeys(("M1", "M2", "P1", "P1 1", "P1 2"), "NR")),
        ("Milestones", "Key", "A2", "Error", {"K1": "NR", "K2": "NR"}),
        ("Measures", "Target", "J2", "Query", {}),
        ("Milestones", "Milestone", "D2", "Query", {}),
    ],
)
def test_a_missing_heading_is_said_once(
    quarter: Quarter, sheet: str, heading: str, cell: str, status: str, ratings: dict[str, str]
) -> None:
    type_in(quarter.highways, sheet, cell, "Something")
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (1, GREEN | ratings)
    about = [
        query for query in done.queries if query[c.SEVERITY] == status and f"headed '{heading}'" in query[c.PROBLEM]
    ]
    assert len(about) == 1
    assert len(done.queries) == 2  # the heading that is missing, and the column that isn't read
    assert "Add a column" in about[0][c.WHAT_TO_DO] or "rename it" in about[0][c.WHAT_TO_DO]


def test_a_sheet_without_its_headings_is_said_once(quarter: Quarter) -> None:
    done = asked(quarter, lambda book: book["Milestones"].delete_rows(2), 1, K1="NR", K2="NR")
    assert places(done) == [("Milestones", "A1", "", "Error")]
    assert problems(done) == ["The row of headings is missing, so nothing on the sheet is used."]


def test_under_a_heading_that_stands_twice_only_what_is_clear_is_read(quarter: Quarter) -> None:
    def change(book: Any) -> None:
        page = book["Measures"]
        page["X2"].value = "Performance"
        page["X3"].value = 90  # K3 says 80
        page["X4"].value, page["X4"].number_format = 0.75, "0.0%"  # as does K4
        page["X6"].value, page["X6"].number_format, page["K6"].value = 0.6, "0%", None

    done = consolidated(quarter, change, 1, M1="NR")
    assert places(done) == [("Measures", "X2", "", "Query"), ("Measures", "K3", "M1", "Error")]
    assert problems(done)[1] == "Two columns are headed 'Performance', and K3 and X3 differ."
    assert done.figure("P1", "1") == 0.6
    (source,) = [row[c.SOURCE] for row in done.table("Data") if (row[c.KEY], str(row[c.PART])) == ("P1", "1")]
    assert source.endswith("!X6")  # where it stands; K6 is empty


def headings_as_people_leave_them(book: Any) -> None:
    for page in (book["Milestones"], book["Measures"], book["Key actions"]):
        for cell in page[2]:
            cell.value = f"  {str(cell.value).upper().replace(' ', chr(10))}\u00a0\u200b"
        page.insert_rows(1, 3)
        page["A2"].value, page["A3"].value = "Performance return of Highways", "Please fill in the yellow cells"
        page.merge_cells("A1:F1")


def columns_moved(book: Any) -> None:
    page = book["Measures"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    shapes = [[cell.number_format for cell in row] for row in page.iter_rows()]
    for number, (row, formats) in enumerate(zip(rows, shapes, strict=True), 1):
        for column, (value, shape) in enumerate(zip(reversed(row), reversed(formats), strict=True), 1):
            page.cell(number, column).value, page.cell(number, column).number_format = value, shape


def columns_inserted(book: Any) -> None:
    for sheet in ("Measures", "Milestones", "Key actions"):
        book[sheet].insert_cols(2, 2)
        book[sheet].insert_cols(1)


def sorted_hidden_filtered_protected(book: Any) -> None:
    page = book["Milestones"]
    turn_rows(page, 5)
    page.row_dimensions[4].hidden = True
    page.column_dimensions["G"].hidden = True
    page.auto_filter = AutoFilter(ref="A2:K5")
    page.protection.password = "secret"
    book["Measures"].sheet_state = "hidden"
    book["Measures"].insert_rows(4, 2)
    for column, cell in enumerate(book["Measures"][2], 1):
        book["Measures"].cell(5, column).value = cell.value


def keys_as_people_type_them(book: Any) -> None:
    for page in (book["Measures"], book["Milestones"], book["Key actions"]):
        for (cell,) in page.iter_rows(min_row=3, max_row=7, max_col=1):
            if cell.value:
                cell.value = f" {cell.value[0].lower()} {cell.value[1:]}\u200b"
    columns = columns_of(book["Measures"])
    for (cell,) in book["Measures"].iter_rows(min_row=3, max_row=7, min_col=columns[c.PART], max_col=columns[c.PART]):
        cell.value = {"1": 1, "2": 2.0}.get(str(cell.value), cell.value)


def statuses_as_people_type_them(book: Any) -> None:
    for cell, said in (("H3", "complete "), ("H4", "COMPLETED"), ("H5", "Complete.")):
        book["Milestones"][cell].value = said
    book["Milestones"]["J3"].value = "no"
    book["Measures"]["P3"].value = "final"


def another_program_saved_it(book: Any) -> None:
    """Without styles, hidden sheets, protection or a single formula's result."""
    for page in book:
        page.sheet_state = "visible"
        page.protection.disable()
        page.conditional_formatting = type(page.conditional_formatting)()
        page.data_validations.dataValidation = []
        for row in page.iter_rows():
            for cell in row:
                cell.style = "Normal"


def dates_of_1904(book: Any) -> None:
    book.epoch = datetime(1904, 1, 1)
    book["Milestones"]["I3"].value = datetime(2013, 9, 30)


@pytest.mark.parametrize(
    "changes",
    [
        (headings_as_people_leave_them, columns_inserted),
        (sorted_hidden_filtered_protected, columns_moved, dates_of_1904),
        (keys_as_people_type_them, statuses_as_people_type_them, another_program_saved_it),
    ],
    ids=lambda changes: " ".join(change.__name__ for change in changes),
)
def test_what_does_no_harm(quarter: Quarter, changes: tuple[Change, ...]) -> None:
    done = asked(quarter, lambda book: [change(book) for change in changes], 0)
    assert done.queries == []
    assert (done.figure("M1"), done.figure("M2"), done.figure("P1", "2")) == (80, 0.75, 0.5)


# Rows


def test_a_deleted_row_is_a_query(quarter: Quarter) -> None:
    done = asked(quarter, lambda book: book["Measures"].delete_rows(3), 1, M1="NR")
    assert [(query[c.KEY], query[c.SEVERITY], query[c.PROBLEM]) for query in done.queries] == [
        ("M1", "Error", "The row of M1 is missing.")
    ]


def test_a_row_that_stands_twice_counts_once_or_not_at_all(quarter: Quarter) -> None:
    def twice(figure: float) -> Change:
        def change(book: Any) -> None:
            page = book["Measures"]
            for column, cell in enumerate(page[3], 1):
                page.cell(10, column).value = cell.value
            page["K10"].value = figure

        return change

    done = asked(quarter, twice(80), 0)
    assert "used 16 + refused 0 + passed over 1." in done.out
    done = asked(quarter, twice(90), 1, M1="NR")
    assert places(done) == [("Measures", "A3", "M1", "Error"), ("Measures", "A10", "M1", "Error")]
    assert problems(done)[0] == "The row stands here and in row 10 with different entries, so none is used."


def test_a_row_that_stands_hundreds_of_times_is_said_shortly(quarter: Quarter) -> None:
    def filled_down(book: Any) -> None:
        for row in range(10, 210):
            book["Measures"].cell(row, 1).value = "M1"
            book["Measures"].cell(row, columns_of(book["Measures"])[c.PERFORMANCE]).value = row

    done = asked(quarter, filled_down, 1, M1="NR")
    assert problems(done)[0] == (
        "The row stands here and in rows 10, 11, 12, 13, 14 and 195 more with different entries, so none is used."
    )
    assert (quarter.highways.parent / "queries" / quarter.highways.name).exists()


def test_a_return_with_thousands_of_rows_is_refused_in_good_time(quarter: Quarter) -> None:
    def filled_down(book: Any) -> None:
        for row in range(10, 6_000):
            book["Milestones"].cell(row, 7).value = "Complete"

    started = time.monotonic()
    nothing = dict.fromkeys(("K1", "K2", "M1", "M2", "P1", "P1_1", "P1_2"), "NR")
    done = consolidated(quarter, filled_down, 1, **nothing)
    assert problems(done) == ["Its sheets have 6,017 filled rows; no return needs more than 5,000."]
    assert "Files found 3 = used 2 + refused 1 + passed over 0." in done.out
    assert time.monotonic() - started < 10


def test_a_figure_beyond_any_measure_s_is_not_used(quarter: Quarter) -> None:
    for figure in (1e308, 1e-320):
        type_in(quarter.highways, "Measures", "K3", figure)
        done = asked(quarter, lambda book: None, 1, M1="NR")
        assert places(done) == [("Measures", "K3", "M1", "Error")]
        assert problems(done) == [f"'{figure}' is beyond any measure's figure."]


def test_rows_that_are_not_the_plan_s_are_queried(quarter: Quarter) -> None:
    def change(book: Any) -> None:
        page = book["Measures"]
        page["A9"].value, page["C9"].value, page["K9"].value = "Z10", "My own measure", 5
        page["A10"].value, page["K10"].value = "M3", 5
        page["C11"].value, page["N11"].value = "Total", 81.85
        page["A13"].value = "Note: the figures of M2 are provisional until the survey of October is in. " * 3

    done = consolidated(quarter, change, 1)
    assert [(cell, severity) for _, cell, _, severity in places(done)] == [
        (f"A{row}", "Error") for row in (9, 10, 11, 13)
    ]
    said = problems(done)
    assert said[0] == "The plan asks for no such item this quarter, so the row isn't used."
    assert said[1] == f"{FINANCE} reports this item, not Highways, so the row isn't used."
    assert said[2] == "The row has no key, so it isn't used."
    assert done.figure("M3") == 4.6


def test_a_key_that_stands_once_over_merged_cells_is_told_by_the_milestone(quarter: Quarter) -> None:
    def change(book: Any) -> None:
        book["Milestones"].merge_cells("A3:A4")
        book["Milestones"]["C5"].value = "1."

    done = asked(quarter, change, 1)
    assert problems(done) == [
        "The row's key isn't the plan's; by its text it is K1 no. 2, and is used as that.",
        "The row's number isn't the plan's; by its text it is K2 no. 1, and is used as that.",
    ]


def test_a_key_column_sorted_on_its_own_never_moves_a_figure_to_another_item(quarter: Quarter) -> None:
    def change(book: Any) -> None:
        page = book["Measures"]
        page["A3"].value, page["A4"].value = "M2", "M1"

    done = asked(quarter, change, 1, M1="NR", M2="NR")
    assert places(done) == [("Measures", "A3", "M2", "Error"), ("Measures", "A4", "M1", "Error")]
    assert problems(done)[0] == "The row's key is that of M2, but its text that of M1, so it isn't used."


def test_locked_cells_that_were_changed_are_queried_and_the_plan_counts(quarter: Quarter) -> None:
    def change(book: Any) -> None:
        book["Measures"]["J3"].value = 10
        book["Milestones"]["D5"].value = "A smaller step"
        book["Key actions"]["F3"].value = "B"  # a preview is no entry

    done = consolidated(quarter, change, 1)
    assert {(sheet, cell, key) for sheet, cell, key, _ in places(done)} == {
        ("Key actions", "F3", "K1"),
        ("Measures", "J3", "M1"),
        ("Milestones", "D5", "K2 no. 1"),
    }
    assert "A locked cell was changed. Target is '10' here and '80' in the plan, which counts." in problems(done)
    said = [row["Detail"] for row in done.table("Exceptions") if row[c.REASON] == "Contradiction"]
    assert said == ["Target changed: the return says 10, the plan 80, which counts."]


def test_a_changed_target_in_per_cent_is_told_in_per_cent(quarter: Quarter) -> None:
    def change(book: Any) -> None:
        book["Measures"]["J4"].value = 0.6

    done = consolidated(quarter, change, 1)
    assert "A locked cell was changed. Target is '60 %' here and '70 %' in the plan, which counts." in problems(done)
    assert next(row[c.TARGET] for row in done.table("Data") if row[c.KEY] == "M1") == 80


def test_a_locked_figure_that_another_program_left_as_text_was_not_changed(quarter: Quarter) -> None:
    def texts(book: Any) -> None:
        for cell, said in (("J3", "80.0"), ("J4", "70.0%"), ("J6", "55%")):
            book["Measures"][cell].value = said

    done = asked(quarter, texts, 1)
    assert places(done) == [("Measures", "J6", "P1 part 1", "Query")]
    assert problems(done) == ["A locked cell was changed. Target is '55%' here and '50 %' in the plan, which counts."]


NO_SUCH_COLUMN = " isn't read: the template has no such column."


def test_columns_and_notes_of_one_s_own_are_said_not_to_be_read(quarter: Quarter) -> None:
    def change(book: Any) -> None:
        book["Measures"]["Y2"].value, book["Measures"]["Y4"].value = "Our comments", "See the survey"
        book["Milestones"]["O10"].value = "checked by JB"

    done = asked(quarter, change, 1)
    assert sorted(zip(places(done), problems(done), strict=True)) == [
        (("Measures", "Y4", "", "Query"), "What stands in column Y ('Our comments')" + NO_SUCH_COLUMN),
        (("Milestones", "O10", "", "Query"), "What stands in column O" + NO_SUCH_COLUMN),
    ]  # fmt: skip


# Values

FIGURES: dict[str, tuple[object, object, str]] = {
    "commas": ("1,280", 1280, ""),
    "zero": (0, 0, ""),
    "TBC": ("TBC", None, "'TBC' is no figure."),
    "date": (datetime(2013, 1, 2), None, "The cell holds the date 2 January 2013, not a figure."),
    "reference": ("{#REF!}", None, "The cell shows the error #REF!."),
    "never calculated": ("{=1/0}", None, "The cell holds a formula that was never calculated."),
    "long": ("9" * 32_767, None, f"'{'9' * 80}…' is not a figure."),
    "blank": (None, None, "There is no figure, so the measure is Not returned."),
    "spaces": (" \u00a0\u200b", None, "There is no figure, so the measure is Not returned."),
}


@pytest.mark.parametrize(
    "typed_for",
    [
        {"M1": "zero", "M3": "TBC", "M4": "commas"},
        {"M1": "date", "M3": "reference", "M4": "never calculated"},
        {"M1": "long", "M3": "blank", "M4": "spaces"},
    ],
    ids=lambda typed_for: " ".join(typed_for.values()),
)
def test_a_figure_as_people_type_it(quarter: Quarter, typed_for: dict[str, str]) -> None:
    """A figure for each of three measures, of three service areas."""
    returns = {"M1": quarter.highways, "M3": quarter.finance, "M4": quarter.children}
    for key, what in typed_for.items():
        type_in(returns[key], "Measures", "K3", FIGURES[what][0])
        if what == "reference":
            edit(returns[key], lambda book: setattr(book["Measures"]["K3"], "data_type", "e"))
    checked, done = quarter.check(), quarter.consolidate()
    for key, what in typed_for.items():
        _, read, problem = FIGURES[what]
        severity = "Query" if "no figure, so" in problem else "Error"
        where = f"{returns[key].name}, Measures, row 3, Performance (cell K3), key {key}: "
        assert (f"{severity}: {where}{problem}" in checked.out) == bool(problem)
        assert problem or f"Error: {returns[key].name}" not in checked.out
        assert done.figure(key) == read
    rated = {key: "R" if FIGURES[what][1] == 0 else "NR" for key, what in typed_for.items() if what != "commas"}
    assert (done.status, done.ratings) == (1, GREEN | rated)


@pytest.mark.parametrize(
    ("shape", "severity", "problem"),
    [
        ("0.0%", "Query", "7,440 % looks like a percentage typed without its sign; the target is 70 %."),
        (
            "General",
            "Error",
            "'74.4' stands in a cell that isn't formatted as a percentage, so it may mean 74.4 % or 7440 %.",
        ),
    ],
)
def test_a_pasted_percentage_is_queried(quarter: Quarter, shape: str, severity: str, problem: str) -> None:
    type_in(quarter.highways, "Measures", "K4", 74.4, shape)
    where = "2013-14 Q2 Highways.xlsx, Measures, row 4, Performance (cell K4), key M2"
    assert f"{severity}: {where}: {problem}" in quarter.check().out
    assert quarter.consolidate().table("Queries")[0][c.CELL] == "row 4, Performance (cell K4)"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("30/09/2013", ""),
        ("2013-09-30 00:00:00", ""),
        ("09/30/2013", "'09/30/2013' is not a date."),
        (41547, "'41547' is not a date. As a date it would be 30/09/2013."),
        ("{=TODAY()}", "The cell holds a formula that was never calculated."),
        (datetime(2013, 10, 4), "It is Complete on 4 October 2013, after the quarter's end on 30 September 2013."),
    ],
)
def test_a_date_as_people_type_it_never_undoes_a_complete(quarter: Quarter, typed: object, problem: str) -> None:
    def change(book: Any) -> None:
        cell = book["Milestones"]["I3"]
        cell.number_format = "General"
        cell.value = typed[1:-1] if isinstance(typed, str) and typed.startswith("{") else typed

    edit(quarter.highways, change)
    if not problem:
        assert quarter.check().status == 0
    else:
        done = quarter.consolidate()
        assert (done.status, done.ratings) == (1, GREEN)
        assert [(query[c.CELL], query[c.PROBLEM]) for query in done.queries] == [("I3", problem)]


def test_a_status_that_is_none_of_the_choices_is_not_guessed(quarter: Quarter) -> None:
    def change(book: Any) -> None:
        for cell, said in (("H3", "Done"), ("H5", "Not complete")):
            book["Milestones"][cell].value = said

    done = asked(quarter, change, 1, K1="NR", K2="NR")
    assert problems(done) == ["'Done' is not one of the choices.", "'Not complete' is not one of the choices."]
    assert {query[c.WHAT_TO_DO] for query in done.queries} == {"Choose one of: Complete, Overdue."}


def test_a_return_in_which_nothing_can_be_read_is_not_called_unfilled(quarter: Quarter) -> None:
    def change(book: Any) -> None:
        for row in range(3, 6):
            book["Milestones"][f"H{row}"].value, book["Milestones"][f"J{row}"].value = "Done", None
        for row in range(3, 8):
            book["Measures"][f"K{row}"].value, book["Measures"][f"P{row}"].value = None, None
        for row in range(3, 8):
            book["Sign-off"][f"B{row}"].value = None

    done = asked(quarter, change, 1, K1="NR", K2="NR", M1="NR", M2="NR", P1="NR", P1_1="NR", P1_2="NR")
    assert "'Done' is not one of the choices." in problems(done)
    assert "It was never filled in." not in problems(done)


@pytest.mark.parametrize("typed", [True, "maybe"])
def test_a_quality_concern_that_can_not_be_read_makes_no_green(quarter: Quarter, typed: object) -> None:
    done = asked(quarter, lambda book: setattr(book["Milestones"]["J3"], "value", typed), 1, K1="NR")
    assert places(done) == [("Milestones", "J3", "K1 no. 1", "Error")]


# Completeness


def test_each_item_has_at_most_one_query_the_first_that_applies(quarter: Quarter) -> None:
    def change(book: Any) -> None:
        milestones, measures, actions = book["Milestones"], book["Measures"], book["Key actions"]
        milestones["H3"].value, milestones["J3"].value = "Overdue", "Yes"  # no resolution, no revised date, a concern
        measures["K3"].value = 8  # a tenth of its target, Red, no resolution
        measures["O3"].value = None
        measures["S4"].value = "Red"  # an own rating without a reason
        actions["G4"].value = "Amber"

    edit(quarter.highways, change)
    done = quarter.consolidate()
    assert done.status == 1
    keys = [query[c.KEY] for query in done.queries]
    assert sorted(keys) == sorted(set(keys)) == ["K1 no. 1", "K2", "M1", "M2"]
    said = {query[c.KEY]: query[c.PROBLEM] for query in done.queries}
    assert said == {
        "K1 no. 1": "The milestone is Overdue with no Proposed resolution and no Revised date.",
        "K2": "The own rating Amber differs from the rule's Green and has no reason.",
        "M1": "The figure, 8 homes, is at most a tenth of the target, 80 homes.",
        "M2": "The own rating Red differs from the rule's Green and has no reason.",
    }


def test_a_figure_needs_a_period_though_the_template_had_one(quarter: Quarter) -> None:
    measure = next(row for row in PLAN["Measures"] if row[c.KEY] == "M1")
    rows = {
        f"N{number}": measure | {c.KEY: f"N{number}", c.BASIS: basis, c.TARGET_PERIOD: period}
        for number, (basis, period) in enumerate(
            product(("Quarter", "Year to date", "Latest available"), (None, "2012/13"))
        )
    }
    others = [row for row in PLAN["Measures"] if row is not measure]
    write_plan(quarter.folder / "corporate_plan.xlsx", PLAN | {"Measures": [*others, *rows.values()]})
    quarter.highways.unlink()
    quarter.run("templates", quarter.folder, "--quarter", "2013/14 Q2")
    sign(quarter.highways)
    for key in rows:
        entries = {c.PERFORMANCE: 85, c.DATA_STATUS: "Final", c.PERIOD: None}
        fill(quarter.highways, "Measures", entries, key=key, part=None)
    problem = "The figure has no period."
    consolidated, checked = quarter.consolidate(), quarter.check(quarter.highways)
    asked = [(query[c.SEVERITY], query[c.KEY]) for query in consolidated.queries if query[c.PROBLEM] == problem]
    assert asked == [("Query", key) for key in rows]
    assert checked.out.count(problem) == len(rows)
    (quarter.folder / "corporate_plan.xlsx").unlink()
    assert quarter.check(quarter.highways).out.count(problem) == len(rows)


NO_COLOURS = {"K1": "NA", "K2": "n/a", "K3": "TBC", "K4": "Not due", "M1": "NR", "M2": "Purple"}
"""What is typed as own ratings."""


def test_an_own_rating_is_a_colour(quarter: Quarter) -> None:
    highways, finance, children = quarter.highways, quarter.finance, quarter.children
    paths = {"K1": highways, "K2": highways, "K3": finance, "K4": children, "M1": highways, "M2": highways}
    for key, typed in NO_COLOURS.items():
        fill(paths[key], "Measures" if key.startswith("M") else "Key actions", {c.OWN_RATING: typed}, key=key)
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (1, GREEN)
    assert sorted((query[c.KEY], query[c.SEVERITY], query[c.CELL]) for query in done.queries) == [
        ("K1", "Error", "G3"),
        ("K2", "Error", "G4"),
        ("K3", "Error", "G3"),
        ("K4", "Error", "G3"),
        ("M1", "Error", "S3"),
        ("M2", "Error", "S4"),
    ]
    assert {query[c.WHAT_TO_DO] for query in done.queries} == {
        "Choose Green, Amber or Red (G, A or R), or leave the cell empty."
    }
    assert done.table("Exceptions") == []


def test_a_figure_that_is_not_available_says_why(quarter: Quarter) -> None:
    def change(book: Any) -> None:
        measures = book["Measures"]
        for row in (3, 4):
            measures[f"K{row}"].value = None
            measures[f"P{row}"].value = "Not available"
        measures["W4"].value = "The survey is late."

    edit(quarter.highways, change)
    done = quarter.consolidate()
    assert [(query[c.KEY], query[c.PROBLEM]) for query in done.queries] == [
        ("M1", "Data status says Not available, and nothing says why.")
    ]


def test_what_is_proposed_for_later_quarters_is_used_or_queried_never_dropped(quarter: Quarter) -> None:
    proposed = [
        ("k1", "Open the road", "2013/14 Q3"),
        ("", "No key", "2013/14 Q3"),
        ("Z10", "No such key action", "2013/14 Q3"),
        ("K2", "", "2013/14 Q3"),
        ("K2", "No date", ""),
        ("K2", "A bad date", "soon"),
    ]

    def change(book: Any) -> None:
        for number, row in enumerate(proposed, 3):
            for column, value in enumerate(row, 1):
                book["Next milestones"].cell(number, column).value = value or None

    done = consolidated(quarter, change, 1)
    assert [cell for _, cell, _, _ in places(done)] == ["C8", "A4", "A5", "B6", "C7"]
    coming = [row[c.MILESTONE] for row in done.table("Next quarter")]
    assert coming == ["Open the road", "No date", "A bad date"]
    assert "Rows found 22 = used 19 + refused 3 + passed over 0." in done.out


def test_a_correction_that_can_not_be_taken_is_queried_and_counted(quarter: Quarter) -> None:
    def change(book: Any) -> None:
        for row, values in enumerate((("M1", None, "2013/14 Q1", 70, "Late"), (None, None, "2013/14 Q1", 70, "?")), 3):
            for column, value in enumerate(values, 1):
                book["Revisions"].cell(row, column).value = value

    done = asked(quarter, change, 1)
    assert places(done) == [("Revisions", "A3", "M1", "Error"), ("Revisions", "A4", "", "Error")]
    assert problems(done) == ["No earlier report has M1 in 2013/14 Q1.", "The correction has no key."]
    assert "Rows found 18 = used 16 + refused 2 + passed over 0." in done.out


TEXTS = {
    "M1": "x" * 32_767,
    "M2": "🚧" * 300,
    "M3": "مرحبا \u200f(1)",
    "M4": "\u2018Smart\u2019 – “quotes”…\tand\r\nlines",
}


def test_any_text_comes_through(quarter: Quarter) -> None:
    paths = {"M1": quarter.highways, "M2": quarter.highways, "M3": quarter.finance, "M4": quarter.children}
    for key, text in TEXTS.items():
        fill(paths[key], "Measures", {c.HIGHLIGHT: text}, key=key)
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (0, GREEN)
    shown = {row[c.KEY]: row[c.HIGHLIGHT] for row in done.table("Measures")}
    for key, text in TEXTS.items():
        assert shown[key].split() == text.replace("\u200f", "").split()


def test_a_return_that_another_program_saved_is_checked_without_its_plan(quarter: Quarter) -> None:
    resaved(quarter.highways)
    (quarter.folder / "corporate_plan.xlsx").unlink()
    done = quarter.check(quarter.highways)
    assert (done.status, done.err) == (0, "")


def test_returns_named_one_by_one_are_checked_together(quarter: Quarter) -> None:
    copy = quarter.highways.with_name("again.xlsx")
    copy.write_bytes(quarter.highways.read_bytes())
    type_in(copy, "Measures", "K3", 85)
    done = quarter.check(quarter.highways, copy, quarter.finance, quarter.finance)
    assert done.status == 1
    assert done.out.count("Neither is used: remove the one that isn't meant") == 2
    assert "Files found 3 = used 1 + refused 2 + passed over 0." in done.out


def test_what_is_no_return_can_not_be_checked(quarter: Quarter) -> None:
    notes = quarter.highways.with_name("notes.pdf")
    notes.write_bytes(b"%PDF-1.7")
    done = quarter.check(notes)
    assert (done.status, done.out) == (2, "")
    assert "Nothing named is a return. Passed over: notes.pdf. It is not a workbook." in done.err
    done = quarter.check(notes, quarter.highways)
    assert done.status == 0
    assert "Files found 2 = used 1 + refused 0 + passed over 1." in done.out


def test_a_corrected_copy_is_checked_with_the_plan_where_it_lies(quarter: Quarter) -> None:
    type_in(quarter.highways, "Measures", "K3", "n/a")
    quarter.check(quarter.highways)
    copy = quarter.highways.parent / "queries" / quarter.highways.name
    type_in(copy, "Measures", "J3", 10)
    done = quarter.check(copy)
    assert done.status == 1
    assert "Target is '10' here and '80' in the plan" in done.out
    type_in(copy, "Measures", "K3", 80)
    assert "Target is '10' here and '80' in the plan" in quarter.check(copy).out


def test_a_check_without_a_plan_counts_the_rows_too(quarter: Quarter, tmp_path: Path) -> None:
    alone = tmp_path / "elsewhere" / "My return.xlsx"
    alone.parent.mkdir()
    alone.write_bytes(quarter.highways.read_bytes())
    type_in(alone, "Revisions", "A3", "M1")
    done = quarter.check(alone)
    assert (done.status, done.err) == (0, "")
    assert "Rows found 11 = used 10 + refused 0 + passed over 1." in done.out
