"""A council whose financial years start in January, through the commands: quarters are written `2019 Q1` everywhere."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from officers import table
from plans import AREA, AREAS, plan_of
from ragtool import columns as c
from ragtool.cli import run
from ragtool.errors import RagtoolError
from ragtool.plan.plan_reading import read_plan

Q1 = "2019 Q1"
SETTINGS = {"Financial year starts": "January", "First quarter": Q1, "Complete shows as": "Blue"}
SETTINGS |= {"Milestones for Green": "90 %", "Milestones for Amber": "70 %", "Ask for a forecast": "Yes"}


def council(folder: Path) -> Path:
    """Its first quarter, with one return filled and signed."""
    home = folder / Q1
    home.mkdir()
    actions: list[dict[str, object]] = [
        {c.KEY: "K1"},
        {c.KEY: "K2", c.RATED_BY: "Officer"},
        {c.KEY: "K3", c.STATUS: "On hold"},
        {c.KEY: "K4", c.STATUS: "Complete"},
        {c.KEY: "K5", c.STARTS: "2019-04-01"},
    ]
    steps: list[dict[str, object]] = [{c.KEY: "K1", c.NO: str(number), c.DUE: Q1} for number in range(1, 5)]
    steps += [{c.KEY: "K3", c.NO: "1", c.DUE: "2019-02-03"}]
    measures: list[dict[str, object]] = [
        {c.KEY: "P1", c.BETTER_WHEN: "Higher", c.TARGET_QUARTERS[0]: 80, c.TARGET_QUARTERS[1]: 80}
    ]
    history: list[dict[str, object]] = [
        {c.QUARTER: "2018 Q4", c.KEY: "P1", c.RAG: "G", c.PERFORMANCE: 85, c.TARGET: 80},
        {c.QUARTER: "2018 Q4", c.KEY: "K3", c.RAG: "OH"},
    ]
    plan_of(home, SETTINGS, actions, steps, measures, history, areas=AREAS[:1])
    assert run(["templates", str(home), "--quarter", Q1]) == 0
    fill(home / "returns" / f"{Q1} {AREA}.xlsx")
    return home


def fill(path: Path) -> None:
    """Fills a return."""
    book = load_workbook(path)
    typed: dict[str, dict[str, dict[str, Any]]] = {
        "Key actions": {
            "K1": {c.FORECAST: "Green"},
            "K2": {
                c.OWN_RATING: "Amber",
                c.REASON_OWN: "A late supplier.",
                c.RESOLUTION: "Another.",
                c.FORECAST: "Red",
            },
        },
        "Measures": {"P1": {c.PERFORMANCE: 75, c.DATA_STATUS: "Final", c.RESOLUTION: "More.", c.FORECAST: "Red"}},
        "Sign-off": {"Signed off by": {c.ENTRY: "Head"}},
    }
    for sheet, rows in typed.items():
        for row, heading, cell in cells_of(book[sheet]):
            if heading in rows.get(row, {}):
                cell.value = rows[row][heading]
    for row, heading, cell in cells_of(book["Milestones"]):
        late = (row, cell.row) in {("K1", 6), ("K3", 7)}
        entry = {c.STATUS: "Overdue" if late else "Complete", c.RESOLUTION: "Soon." if late else None}
        if heading in entry:
            cell.value = entry[heading]
    first = book["Next milestones"][3]
    first[0].value, first[1].value, first[2].value = "K1", "Go on", "2019 Q3"
    book.save(path)


def cells_of(page):
    """The cells of a sheet, each with its row's first text and its heading."""
    headings = [cell.value for cell in page[2]]
    for row in page.iter_rows(min_row=3):
        for heading, cell in zip(headings, row, strict=True):
            yield row[0].value, heading, cell


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = council(tmp_path_factory.mktemp("calendar"))
    assert run(["consolidate", str(home)]) == 1
    assert run(["next", str(home)]) == 0
    return home


def test_every_state_and_forecast_stands_in_data(reported):
    data = table(reported / f"{Q1} performance report.xlsx", "Data")
    now = {row["Key"]: row for row in data if row["Quarter"] == Q1}
    assert {key: row["RAG"] for key, row in now.items()} == {
        "K1": "A",
        "K2": "A",
        "K3": "OH",
        "K4": "B",
        "K5": "ND",
        "P1": "A",
    }
    assert now["K1"]["Why"] == (
        "1 of 4 milestones overdue: no. 4. Complete: 3 of 4 (75 %), at least the 70 % for Amber, less than the "
        "90 % for Green."
    )
    assert {key: row["Forecast"] for key, row in now.items() if row["Forecast"]} == {"K1": "G", "K2": "R", "P1": "R"}
    starts = {row["Quarter"]: row["Quarter starts"] for row in data}
    assert {name: f"{day:%Y-%m-%d}" for name, day in starts.items()} == {"2018 Q4": "2018-10-01", Q1: "2019-01-01"}


def test_a_worse_forecast_is_an_exception_of_its_own(reported):
    rows = table(reported / f"{Q1} performance report.xlsx", "Exceptions")
    assert sorted((row["Key"], row["Detail"]) for row in rows if row["Reason"] == "Forecast worse") == [
        ("K2", "Amber now, and its officer expects Red at the year's end."),
        ("P1", "Amber now, and its officer expects Red at the year's end."),
    ]


def test_states_are_counted_apart(reported):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(reported / f"{Q1} performance report.xlsx")
    summary = {(row[0], row[1]): row[2] for row in book["Summary"].iter_rows(values_only=True)}
    assert summary["OH", "On hold"] == 1
    assert summary["B", "Blue: delivered in an earlier quarter"] == 1
    texts = [row[0] for row in book["Summary"].iter_rows(values_only=True)]
    assert "This report covers quarter 1 of 2019: 5 key actions and 1 performance measure." in texts
    assert "Delivered in an earlier quarter: K4." in texts
    assert {"2018 Q4", "2018 Review", Q1} <= set(
        table(reported / f"{Q1} performance report.xlsx", "Quarterly history")[0]
    )


def test_the_next_quarter_goes_on_from_it(reported):
    home = reported.parent / "2019 Q2"
    plan, queries = read_plan(home / "corporate_plan.xlsx")
    assert queries == []
    assert [(step.text, str(step.due)) for step in plan.milestones][-1] == ("Go on", "2019 Q3")
    assert run(["templates", str(home), "--quarter", "2019 Q2"]) == 0
    path = home / "returns" / f"2019 Q2 {AREA}.xlsx"
    asked = {(row[c.KEY], row[c.CARRIED_FROM]) for row in table(path, "Milestones")}
    assert asked == {("K1", Q1), ("K3", Q1)}
    prompts = [rule.prompt for rule in load_workbook(path)["Next milestones"].data_validations.dataValidation]
    assert "The quarter or the day by which it will be done: 2019 Q3 or 30/09/2019." in prompts
    fill(path)
    assert run(["consolidate", str(home)]) == 0
    data = table(home / "2019 Q2 performance report.xlsx", "Data")
    assert [row["RAG"] for row in data if row["Key"] == "K3"] == ["OH", "OH", "OH"]
    assert [row["Quarter"] for row in data if row["Key"] == "P1"] == ["2018 Q4", Q1, "2019 Q2"]


def test_a_quarter_of_other_years_is_refused(reported, capsys):
    assert run(["templates", str(reported), "--quarter", "2019/20 Q1"]) == 2
    assert (
        capsys.readouterr()
        .err.strip()
        .endswith(
            "The plan's financial years start in January, so 2019/20 Q1 is none of its quarters. Write it as "
            '"2019 Q1", or name the one that you mean.'
        )
    )
    assert run(["consolidate", str(reported), "--quarter", "2019/20 Q1"]) == 2


@pytest.mark.parametrize(
    ("month", "typed", "problem", "what"),
    [
        (
            "January",
            "2019/20 Q1",
            "'2019/20 Q1' is no quarter of this plan, whose financial years start in January.",
            "Type it as 2019 Q1.",
        ),
        (
            "July",
            "2019 Q1",
            "'2019 Q1' doesn't say which financial year is meant.",
            "Type both of its years, such as 2019/20 Q1.",
        ),
    ],
)
def test_in_a_plan_it_is_an_error(tmp_path, month, typed, problem, what):
    first = Q1 if month == "January" else "2019/20 Q1"
    actions, steps = [{c.KEY: "K1", c.STARTS: typed}], [{c.KEY: "K1", c.NO: "1", c.DUE: typed}]
    with pytest.raises(RagtoolError) as stopped:
        plan_of(tmp_path, {"Financial year starts": month, "First quarter": first}, actions, steps)
    assert [(query.problem, query.what_to_do) for query in stopped.value.queries] == [(problem, what)] * 2
