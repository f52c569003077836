"""A column or setting of a plan that isn't read is told; those headed Note are the manager's own."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from plans import HEADING_ROW, heading_of, plan_of
from ragtool import columns as c
from ragtool.errors import RagtoolError
from ragtool.model import Query, Severity
from ragtool.plan.plan_reading import read_plan


def queries_with(folder: Path, sheet: str, heading: str | int | None) -> list[Query]:
    """What is said of a plan that has one column more."""
    plan_of(folder, key_actions=[{c.KEY: "K1"}], measures=[{c.KEY: "P1"}])
    path = folder / "corporate_plan.xlsx"
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    page.cell(HEADING_ROW, page.max_column + 1).value = heading
    book.save(path)
    return read_plan(path)[1]


@pytest.mark.parametrize(
    ("sheet", "heading"),
    [("Measures", "Red amber limit"), ("Key actions", "Ward"), ("Settings", "Unit"), ("Panels", 2024)],
)
def test_a_column_that_isnt_read_is_a_query(tmp_path, sheet, heading):
    (query,) = queries_with(tmp_path, sheet, heading)
    assert (query.sheet, query.severity) == (sheet, Severity.QUERY)
    assert query.problem == f"There is no column '{heading}' on the sheet {sheet}, so what stands there isn't used."
    assert query.what_to_do == (
        "Correct the heading, delete the column, or let its heading begin with Note if it is for yourselves."
    )


@pytest.mark.parametrize("heading", ["Noted", "Notebook", "Notification"])
def test_a_heading_that_only_begins_with_the_letters_of_note_is_a_query(tmp_path, heading):
    (query,) = queries_with(tmp_path, "Measures", heading)
    assert f"There is no column '{heading}'" in query.problem


def test_what_stands_under_no_heading_is_a_query(tmp_path):
    plan_of(tmp_path, key_actions=[{c.KEY: "K1"}, {c.KEY: "K2"}])
    path = tmp_path / "corporate_plan.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["Key actions"]
    page["R4"], page["R5"], page["S2"] = "Ask the Mayor", "Ask again", "Above the headings it is no entry"
    book.save(path)
    (query,) = read_plan(path)[1]
    assert (query.sheet, query.cell, query.severity) == ("Key actions", "R4", Severity.QUERY)
    assert query.problem == "Column R has no heading, so what stands in it isn't used."
    assert query.what_to_do == "Give it a heading of this sheet, or one that begins with Note if it is for yourselves."


@pytest.mark.parametrize("heading", ["Notes", "Note for us", "NOTE", " note: budget", None, " "])
def test_columns_headed_note_are_the_managers_own(tmp_path, heading):
    assert queries_with(tmp_path, "Measures", heading) == []


def test_a_heading_that_stands_in_place_of_another_is_told_once(tmp_path):
    plan_of(tmp_path, measures=[{c.KEY: "P1"}])
    path = tmp_path / "corporate_plan.xlsx"
    book = openpyxl.load_workbook(path)
    cell = heading_of(book["Measures"], c.RED_BEYOND)
    cell.value = "Red beyound"
    book.save(path)
    with pytest.raises(RagtoolError, match="put right") as stopped:
        read_plan(path)
    about = [query for query in stopped.value.queries if query.cell == cell.coordinate]
    assert [query.what_to_do for query in about] == ["'Red beyound' stands there instead: rename it."]


def test_a_setting_that_isnt_read_is_a_query(tmp_path):
    plan_of(tmp_path, {"Milestones for green": "90 %", "Forecast": "Yes"})
    plan, (query,) = read_plan(tmp_path / "corporate_plan.xlsx")
    assert query.problem == "'Forecast' is not a setting, so it isn't used."
    assert "Ask for a forecast" in query.what_to_do
    assert plan.settings.milestones_for_green == Decimal("0.9")
