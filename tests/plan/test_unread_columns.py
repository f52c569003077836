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
