"""Locked cells that somebody changed all the same: each is queried, and nothing typed there is published."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import Font
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from officers import fill, sign, table
from plans import AREA, FIRST_ROW, plan_of
from ragtool import check
from ragtool import columns as c
from ragtool.cli import run
from small_quarter import GREEN, Quarter, edit, report_of, resaved, return_of, type_in
from typed_cells import typed_into

CHANGED = "A locked cell was changed. "


TYPED = (
    ("Key actions", "B3", "Another action", "Key action is 'Another action' here and 'Action K1' in the plan"),
    ("Key actions", "C3", 9, "Milestones due is '9' here and '2' by the entries"),
    ("Key actions", "D3", 7, "Complete is '7' here and '2' by the entries"),
    ("Key actions", "E3", 1, "Overdue is '1' here and '0' by the entries"),
    ("Key actions", "F3", "R", "RAG preview is 'R' here and 'G' by the entries"),
    ("Milestones", "B3", "Another action", "Key action is 'Another action' here and 'Action K1' in the plan"),
    ("Measures", "C3", "Flats", "Measure is 'Flats' here and 'Homes built' in the plan"),
    ("Measures", "F3", "Year to date", "Basis is 'Year to date' here and 'Quarter' in the plan"),
    ("Measures", "I3", 0.5, "Intervention level is '50 %' here and '15 %' in the plan"),
    ("Measures", "M3", 0.5, "Shortfall is '50.0% worse' here and 'on target' by the entries"),
    ("Measures", "L3", "R", "RAG preview is 'R' here and 'G' by the entries"),
    ("Measures", "L5", "A", "RAG preview is 'A' here and 'G' by the entries"),
)
"""What is typed in a locked cell, and what is said of it."""


def test_what_is_typed_in_locked_cells_is_queried_each_on_its_own(quarter: Quarter) -> None:
    with typed_into(quarter.highways) as book:
        for sheet, cell, typed, _ in TYPED:
            letters, row = coordinate_from_string(cell)
            book[sheet].type_in(row, column_index_from_string(letters), typed)
    done = quarter.asked()
    queried = {(query[c.SHEET], query[c.CELL], query[c.PROBLEM]) for query in done.queries}
    for sheet, cell, _, said in TYPED:
        about = [problem for each, at, problem in queried if (each, at) == (sheet, cell)]
        assert [problem for problem in about if problem.startswith(f"{CHANGED}{said}")], (cell, about)
    assert done.ratings == GREEN


@pytest.mark.parametrize(
    ("cell", "typed", "said"),
    [
        ("K5", 99, "Performance is '99' here and blank in the plan, which counts."),
        ("O5", "2012/13", "Period is '2012/13' here and blank in the plan, which counts."),
        ("Q5", datetime(2013, 9, 30), "Data as at is '2013-09-30' here and blank in the plan, which counts."),
        ("P5", "Not available", "Data status is 'Not available' here and blank in the plan, which counts."),
        ("R5", "A survey", "Data source is 'A survey' here and blank in the plan, which counts."),
    ],
)
def test_what_stands_on_the_row_of_a_measure_that_its_parts_make_is_never_published(
    quarter: Quarter, cell: str, typed: object, said: str
) -> None:
    type_in(quarter.highways, "Measures", cell, typed)
    done = quarter.consolidate()
    assert f"{CHANGED}{said}" in [query[c.PROBLEM] for query in done.queries]
    whole = next(row for row in done.table("Data") if row[c.KEY] == "P1" and not row[c.PART])
    assert [whole[heading] for heading in (c.PERFORMANCE, c.PERIOD, c.RAG)] == [None, None, "G"]
    shown = next(row for row in done.table("Measures") if row[c.KEY] == "P1" and not row[c.PART])
    assert (shown[c.PERFORMANCE], shown[c.PERIOD], shown[c.DATA_STATUS]) == (None, None, None)
    assert CHANGED in quarter.check(quarter.highways).out


def test_a_changed_locked_cell_is_told_beside_another_query_about_its_item(quarter: Quarter) -> None:
    def change(book: Any) -> None:
        book["Measures"]["K3"].value = "about 80"
        book["Measures"]["C3"].value, book["Measures"]["J3"].value = "Flats", 10

    edit(quarter.highways, change)
    out = quarter.check().out
    assert "'about 80' is not a figure." in out
    assert out.count(CHANGED) == 2


def test_a_locked_cell_that_cannot_be_read_is_told_once_and_as_it_is(quarter: Quarter) -> None:
    def change(book: Any) -> None:
        for sheet, at in (("Milestones", "E4"), ("Measures", "E4")):
            book[sheet][at].value, book[sheet][at].data_type = "#N/A", "e"
        book["Measures"]["J3"].value = "=1/0"
        book["Measures"]["K5"].value, book["Measures"]["K5"].number_format = 0.125, "0.0%"

    edit(quarter.highways, change)
    done = quarter.consolidate()
    problems = [(query[c.SHEET], query[c.CELL], query[c.PROBLEM]) for query in done.queries]
    assert problems == [
        ("Milestones", "E4", "The cell shows the error #N/A."),
        ("Measures", "J3", "The cell holds a formula that was never calculated."),
        ("Measures", "E4", "The cell shows the error #N/A."),
        ("Measures", "K5", f"{CHANGED}Performance is '12.5 %' here and blank in the plan, which counts."),
    ]
    assert done.ratings == GREEN
    assert "Target changed" not in str(done.table("Exceptions"))


def test_results_that_no_program_calculated_again_are_no_change(quarter: Quarter) -> None:
    """As the template was written: no milestone complete, no figure."""

    def before(book: Any) -> None:
        for cell, value in (("D3", 0), ("F3", "NR")):
            book["Key actions"][cell].value = value
        book["Measures"]["L3"].value = "NR"

    edit(quarter.highways, before)
    assert CHANGED not in quarter.check().out
    resaved(quarter.highways)
    assert quarter.check().status == 0


@pytest.mark.parametrize(("shown", "queries"), [(0.3, 0), (3, 0), (4, 1)])
def test_a_shortfall_as_a_share_is_no_hands_where_an_earlier_version_made_it_so(
    shown: float, queries: int, tmp_path: Path
) -> None:
    """13 days against 10 are 3 days worse: 30 % in returns of version 0.1.0, whatever the level is in."""
    measure = {c.KEY: "P1", c.UNIT: "days", c.BETTER_WHEN: "Lower", "Target Q2": 10, c.INTERVENTION_LEVEL: "5 points"}
    plan_of(tmp_path, measures=[measure])
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    fill(return_of(tmp_path, AREA), "Measures", {c.PERFORMANCE: 13, c.SHORTFALL: shown, c.RAG_PREVIEW: "A"}, key="P1")
    asked = check(tmp_path).asked
    assert sum("Shortfall is" in query.problem for query in asked) == queries


@pytest.mark.parametrize(
    ("own", "shown", "older", "queries"),
    [
        ({c.RED_BEYOND: 40}, None, True, 0),
        ({c.RED_BEYOND: 40}, None, False, 1),
        ({c.RED_BEYOND: 40}, "Red past 30 homes", True, 1),
        ({c.RED_BEYOND: 40}, "15 %", True, 1),
        ({c.INTERVENTION_LEVEL: "5 points"}, None, True, 1),
    ],
)
def test_no_level_is_no_hands_where_an_earlier_version_showed_none(
    own: dict[str, object], shown: str | None, older: bool, queries: int, tmp_path: Path
) -> None:
    """Returns of version 0.1.0 have a blank level where a measure has limits of its own."""
    plan_of(tmp_path, measures=[{c.KEY: "P1", c.UNIT: "homes", c.BETTER_WHEN: "Higher", "Target Q2": 50, **own}])
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    fill(return_of(tmp_path, AREA), "Measures", {c.PERFORMANCE: 55, c.INTERVENTION_LEVEL: shown}, key="P1")
    if older:
        with typed_into(return_of(tmp_path, AREA)) as book:
            about = book[c.ReturnSheets.ABOUT.name]
            row = next(row for row in about.cells if about.value(row, 1) == c.About.LAST_FIGURES)
            about.type_in(row, 2, None)
    asked = check(tmp_path).asked
    assert sum("Intervention level is" in query.problem for query in asked) == queries


@pytest.mark.parametrize(
    ("level", "figure", "made"),
    [("15 %", 10, "at target"), ("0.25 points", 9.96, "0.04 days worse"), ("5 points", 7, "3.0 days worse")],
)
def test_a_shortfall_typed_over_is_told_as_its_cell_would_show_it(
    level: str, figure: float, made: str, tmp_path: Path
) -> None:
    measure = {c.KEY: "P1", c.UNIT: "days", c.BETTER_WHEN: "More than", "Target Q2": 10, c.INTERVENTION_LEVEL: level}
    plan_of(tmp_path, measures=[measure])
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    fill(return_of(tmp_path, AREA), "Measures", {c.PERFORMANCE: figure, c.SHORTFALL: 0.5}, key="P1")
    asked = [query.problem for query in check(tmp_path).asked]
    assert [each for each in asked if f"and '{made}' by the entries" in each]


@pytest.mark.parametrize(("suffix", "queries"), [(".xlsx", 1), (".xls", 0)])
def test_a_nought_that_libreoffice_leaves_of_an_empty_text_is_no_hands(
    suffix: str, queries: int, tmp_path: Path
) -> None:
    plan_of(tmp_path, measures=[{c.KEY: "P1", c.UNIT: "homes", c.BETTER_WHEN: "Higher"}])
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    path = return_of(tmp_path, AREA)
    fill(path, "Measures", {c.PERFORMANCE: 55, c.SHORTFALL: 0}, key="P1")
    path.rename(path.with_suffix(suffix))
    asked = check(tmp_path).asked
    assert sum("Shortfall is" in query.problem for query in asked) == queries


def test_a_shortfall_in_points_typed_over_is_told_in_points(tmp_path: Path) -> None:
    """Its level is in points, so its Shortfall is too, as the report has it."""
    measure = {c.KEY: "P1", c.UNIT: "%", c.BETTER_WHEN: "Higher", "Target Q2": "90 %", c.INTERVENTION_LEVEL: "5 points"}
    plan_of(tmp_path, measures=[measure])
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    path = return_of(tmp_path, AREA)
    sign(path)
    fill(path, "Measures", {c.PERFORMANCE: 0.86, c.SHORTFALL: 9, c.RAG_PREVIEW: "A"}, key="P1")
    run(["consolidate", str(tmp_path), "--no-panels", "--no-pack"])
    queried = [query[c.PROBLEM] for query in table(report_of(tmp_path), "Queries") if query[c.SHEET] == "Measures"]
    assert [
        each for each in queried if "Shortfall is '9.0 points worse' here and '4.0 points worse' by the entries" in each
    ]
    (row,) = table(report_of(tmp_path), "Measures")
    assert row[c.SHORTFALL] == 4
    (data,) = table(report_of(tmp_path), "Data")
    assert data[c.SHORTFALL] == pytest.approx(4 / 90)


def test_formulas_of_an_earlier_plan_are_not_held_against_this_one(quarter: Quarter) -> None:
    column = 1 + c.PlanSheets.MEASURES.headings.index("Target Q2")
    plan = quarter.folder / "corporate_plan.xlsx"
    edit(plan, lambda book: setattr(book["Measures"].cell(FIRST_ROW, column), "value", 90))
    type_in(quarter.highways, "Measures", "L3", "G")
    out = quarter.check().out
    assert "Target is '80' here and '90' in the plan" in out
    assert "RAG preview is" not in out


def test_what_was_never_calculated_was_not_typed_over(quarter: Quarter) -> None:
    def nothing_worked_out(book: Any) -> None:
        for sheet, headings in (
            ("Key actions", (c.MILESTONES_DUE, c.COMPLETE, c.OVERDUE, c.RAG_PREVIEW)),
            ("Measures", (c.SHORTFALL, c.RAG_PREVIEW)),
        ):
            page = book[sheet]
            columns = [cell.column for cell in page[1] if cell.value in headings]
            for row in range(2, page.max_row + 1):
                for column in columns:
                    page.cell(row, column).value = 0

    edit(quarter.highways, nothing_worked_out)
    assert CHANGED not in quarter.check().out


@pytest.mark.parametrize(
    ("sheet", "cell", "typed", "results"),
    [
        ("Milestones", "H4", "Completed", {("Key actions", "D3"): 1}),
        ("Milestones", "H4", "complete.", {("Key actions", "D3"): 1}),
        ("Milestones", "H4", " Complete", {("Key actions", "D3"): 1}),
        ("Milestones", "J4", "y", {}),
        ("Measures", "P3", "Not available.", {("Measures", "L3"): "G", ("Measures", "M3"): "on target"}),
        ("Measures", "K3", "85 homes", {("Measures", "L3"): "?", ("Measures", "M3"): ""}),
        ("Measures", "K6", "0.6", {("Measures", "L5"): "?", ("Measures", "L6"): "?", ("Measures", "M6"): ""}),
    ],
)
def test_what_a_formula_takes_otherwise_than_it_is_read_was_not_typed_over(
    quarter: Quarter, sheet: str, cell: str, typed: str, results: dict[tuple[str, str], object]
) -> None:
    """As Excel works the formulas out, to which `Completed` is no status and `85 homes` no figure."""
    for (page, at), shown in {(sheet, cell): typed, **results}.items():
        type_in(quarter.highways, page, at, shown)
    assert CHANGED not in quarter.check().out


def test_a_struck_out_status_that_a_formula_counts_was_not_typed_over(quarter: Quarter) -> None:
    def struck(book: Any) -> None:
        book["Milestones"]["H4"].value, book["Milestones"]["H4"].font = "Overdue", Font(strike=True)
        for at, shown in (("D3", 1), ("E3", 1), ("F3", "R")):
            book["Key actions"][at].value = shown

    edit(quarter.highways, struck)
    said = quarter.check().out
    assert "The cell is struck out ('Overdue'), so it isn't used." in said
    assert CHANGED not in said
