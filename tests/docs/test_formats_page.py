"""docs/formats.md: every column of a return and of Data with its type, and the recipe for pandas runs."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from docs.pages import page, section, the_table
from ragtool import columns as c

PAGE = page("formats.md")
DATA = the_table(section(PAGE, "The sheet Data"))
KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "number": (int, float),
    "whole number": (int,),
    "date": (date, datetime),
}


def test_every_column_of_a_return_stands_there() -> None:
    told = {row["sheet"]: row["columns"].split(", ") for row in the_table(section(PAGE, "A return"))}
    sheets = [*(c.with_asked_columns(sheet, c.AT_TIMES) for sheet in c.ReturnSheets.TABLES), c.ReturnSheets.ABOUT]
    for sheet in sheets:
        name = sheet.name + (" (hidden)" if sheet is c.ReturnSheets.ABOUT else "")
        assert [heading.strip("*") for heading in told.pop(name)] == list(sheet.headings)
    assert not told


def test_the_columns_that_officers_fill_are_bold() -> None:
    told = {row["sheet"]: re.findall(r"\*\*(.+?)\*\*", row["columns"]) for row in the_table(section(PAGE, "A return"))}
    for sheet, headings in c.ENTRY_HEADINGS.items():
        assert sorted(told[sheet]) == sorted(headings)


def test_the_fields_of_the_sign_off_stand_there() -> None:
    for name in c.SignOff.ALL:
        assert name in section(PAGE, "A return")


def test_every_sheet_of_the_report_stands_there() -> None:
    told = [row["sheet"] for row in the_table(section(PAGE, "The performance report"))]
    assert told == list(c.ReportSheets.ORDER)


def test_every_column_of_data_stands_there() -> None:
    assert [row["column"] for row in DATA] == list(c.ReportSheets.DATA.headings)
    after = section(PAGE, "The sheet Data").split("What stands after these columns")[1].split("\n\n")[0]
    assert re.findall(r"`(.+?)`", after) == list(c.ReportSheets.DATA_FOR_THE_NEXT_RUN)


def test_every_value_of_data_is_of_its_type(sample_2015: Path) -> None:
    sheet = load_workbook(sample_2015 / "2015-16 Q2 performance report.xlsx", read_only=True)[c.ReportSheets.DATA.name]
    headings, *rows = sheet.iter_rows(values_only=True)
    for row in DATA:
        kinds = tuple(kind for name in row["type"].split(" or ") for kind in KINDS[name])
        values = [line[headings.index(row["column"])] for line in rows]
        wrong = [value for value in values if value is not None and not isinstance(value, kinds)]
        assert not wrong, row["column"]


@pytest.fixture
def recipe() -> str:
    """The page's recipe for pandas."""
    found = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_recipe_for_pandas_runs(sample_2015: Path, recipe: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = sample_2015 / "2015-16 Q2 performance report.xlsx"
    monkeypatch.chdir(report.parent)
    names: dict[str, Any] = {}
    exec(recipe.replace("2013-14 Q2 performance report.xlsx", report.name), names)
    data, by_quarter = names["data"], names["by_quarter"]
    assert {"K1", "P1"} <= set(data["Key"])
    assert "1" in set(data["Part"].dropna())
    assert "NA" in set(data["RAG"])
    assert by_quarter.loc[pd.Timestamp(2015, 7, 1)].sum() == len(
        data[data["Quarter"].eq("2015/16 Q2") & data["Part"].isna()]
    )


def test_the_recipe_for_power_query_names_every_column_with_its_type() -> None:
    found = re.search(r"```powerquery\n(.*?)```", PAGE, re.DOTALL)
    assert found
    typed = dict(re.findall(r'\{"(.+?)", type (\w+)\}', found[1]))
    assert typed == {
        row["column"]: "any" if row["type"] == "number or text" else row["type"].removesuffix(" or whole number")
        for row in DATA
    }
    assert f'Item = "{c.ReportSheets.DATA.name}", Kind = "Table"' in found[1]
