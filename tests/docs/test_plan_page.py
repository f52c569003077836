"""docs/plan.md: every setting, sheet and column as the code has it, and every example is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from docs.pages import Row, page, section, tables, the_table
from ragtool import columns as c
from ragtool.model import Settings, Severity
from ragtool.plan.column_notes import COLUMNS, SETTINGS
from ragtool.plan.entry_checks import CHOICES, SETTING_CHOICES
from ragtool.plan.plan_reading import read_plan
from ragtool.plan.plan_workbook import DEFAULTS, write_plan
from ragtool.plan.settings import SETTING_NAMES

S = c.PlanSheets
PAGE = page("plan.md")
SETTING_ROWS = the_table(section(PAGE, "Settings"))


def columns_told(sheet: c.Sheet) -> list[Row]:
    """The rows of the page's table of a sheet's columns."""
    return next(rows for rows in tables(section(PAGE, sheet.name)) if "column" in rows[0])


def test_every_setting_stands_there_with_its_default() -> None:
    told = [(row["setting"], row["what it is"], row["usual value"]) for row in SETTING_ROWS]
    assert told == [(name, note, str(DEFAULTS.get(name, "blank"))) for name, note in SETTINGS.items()]
    assert {name for name, _, _ in told} == set(SETTING_NAMES.values())


@pytest.mark.parametrize("sheet", S.ALL, ids=lambda sheet: sheet.name)
def test_every_column_stands_there(sheet: c.Sheet) -> None:
    told = [(row["column"], row["needed"] == "yes", row["what to put there"]) for row in columns_told(sheet)]
    notes = COLUMNS[sheet.name]
    assert told == [(heading, notes[heading].needed, notes[heading].text) for heading in sheet.headings]


def test_every_list_stands_there() -> None:
    told = {
        row["where"]: row["choices, the usual one first"] for row in the_table(section(PAGE, "Lists to choose from"))
    }
    usual = {c.RAG, c.ACTION_PLAN, c.BUSINESS_PLAN, c.PROFILE}
    for (sheet, heading), choices in CHOICES.items():
        if heading not in usual:
            assert told[f"{sheet}, {heading}"] == ", ".join(choices)
    assert told["Overrides and Earlier quarters, RAG"] == ", ".join(CHOICES[S.OVERRIDES.name, c.RAG])
    for name in ("No milestones due", "At the intervention level", "Complete shows as"):
        assert told[f"Settings, {name}"] == ", ".join(SETTING_CHOICES[name])


def test_the_usual_values_are_those_of_an_absent_setting(tmp_path: Path) -> None:
    values = {row["setting"]: row["usual value"] for row in SETTING_ROWS if row["usual value"] != "blank"}
    settings, problems = read_examples(tmp_path, values, {})
    assert settings == Settings(plan_title="Corporate Plan")
    assert problems == ["The setting Organisation is blank."]


GOES_WITH: Mapping[str, Mapping[str, str]] = {
    c.RANGE_LOW: {c.BETTER_WHEN: "In range", c.RANGE_HIGH: "60 %"},
    c.RANGE_HIGH: {c.BETTER_WHEN: "In range", c.RANGE_LOW: "40 %"},
    c.RED_BELOW: {c.BETTER_WHEN: "In range", c.RANGE_LOW: "40 %", c.RANGE_HIGH: "60 %"},
    c.RED_ABOVE: {c.BETTER_WHEN: "In range", c.RANGE_LOW: "40 %", c.RANGE_HIGH: "60 %"},
    c.RED_BEYOND: {c.ANNUAL_TARGET: "55 %"},
    c.STRETCH_TARGET: {c.ANNUAL_TARGET: "55 %"},
    c.REVISED_DUE: {c.DECISION: "Cabinet, 14 July 2026"},
}
"""What a column's example needs beside it."""

BASE = (
    c.KEY,
    c.NO,
    c.KEY_ACTION,
    c.MEASURE,
    c.MILESTONE,
    c.THEME,
    c.OUTCOME_NO,
    c.SERVICE_AREA,
    c.UNIT,
    c.BETTER_WHEN,
) + (c.DUE,)


def read_examples(
    folder: Path, settings: Mapping[str, str], sheets: Mapping[str, list[dict[str, object]]]
) -> tuple[Settings, list[str]]:
    """A plan of these settings and rows: its settings, and what is wrong with it."""
    given = {
        sheet.name: [{row["column"]: row["example"] for row in columns_told(sheet)}]
        for sheet in (S.OUTCOMES, S.SERVICE_AREAS, S.PANELS)
    }
    areas = [*given[S.SERVICE_AREAS.name], {c.SERVICE_AREA: "Finance"}]
    rows = [{c.SETTING: name, c.VALUE: value} for name, value in settings.items()]
    path = folder / "corporate_plan.xlsx"
    write_plan(path, {**given, S.SERVICE_AREAS.name: areas, S.SETTINGS.name: rows, **sheets})
    plan, queries = read_plan(path)
    return plan.settings, [query.problem for query in queries]


def test_every_example_of_a_setting_is_read(tmp_path: Path) -> None:
    settings, problems = read_examples(tmp_path, {row["setting"]: row["example"] for row in SETTING_ROWS}, {})
    assert problems == []
    usual = Settings()
    left = [name for field, name in SETTING_NAMES.items() if getattr(settings, field) == getattr(usual, field)]
    assert left == []


def rows_of_examples(sheet: c.Sheet) -> list[dict[str, object]]:
    """A row for each column of a sheet, with that column's example and what it can't do without."""
    examples = {row["column"]: row["example"] for row in columns_told(sheet)}
    base = {heading: examples[heading] for heading in BASE if heading in examples}
    rows: list[dict[str, object]] = []
    for number, heading in enumerate(sheet.headings, 1):
        row: dict[str, object] = {**base, heading: examples[heading], **GOES_WITH.get(heading, {})}
        if sheet is S.MILESTONES:
            row |= {c.KEY: "K1", c.NO: str(number)}
        elif heading in (c.PART, c.PART_DESCRIPTION, c.WEIGHT):
            row |= {c.KEY: "M1", c.PART: str(number)}
        elif heading != c.KEY:
            row[c.KEY] = f"{row[c.KEY]}.{number}"
        rows.append(row)
    return rows


def test_every_example_of_a_column_is_read(tmp_path: Path) -> None:
    sheets = {sheet.name: rows_of_examples(sheet) for sheet in (S.KEY_ACTIONS, S.MILESTONES, S.MEASURES)}
    for sheet in (S.EARLIER, S.OVERRIDES):
        sheets[sheet.name] = [{row["column"]: row["example"] for row in columns_told(sheet)}]
    settings = {"Organisation": "Anytown Council"}
    write_settings = {c.SETTING: "Intervention level", c.VALUE: "10 %"}
    assert {row["column"]: row["example"] for row in columns_told(S.SETTINGS)}.items() >= write_settings.items()
    assert read_examples(tmp_path, settings, sheets)[1] == []
    assert Severity.ERROR  # an Error would have been raised
