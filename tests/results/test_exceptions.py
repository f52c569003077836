"""The Exceptions sheet: the worst item first, an item's rows together, and what is proposed or isn't."""

from __future__ import annotations

import warnings
from datetime import date

import pytest
from openpyxl import load_workbook

from officers import complete_all, fill, sign, table, table_cells
from plans import AREA, plan_of
from ragtool import columns as c
from ragtool.cli import run

HIGHER = {c.BETTER_WHEN: "Higher", c.BASIS: "Quarter", "Target Q1": 100}
PARTS = [{c.KEY: "M4", c.PART: part, "Target Q1": 100} for part in ("1", "2")]
DUE = {"K1": "2013/14 Q1", "K2": "01/04/2013", "K3": "2013/14 Q1"}
FIGURES = {"M1": 80, "M2": 40, "M3": 95}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exceptions") / "2013-14 Q1"
    (folder / "returns").mkdir(parents=True)
    plan_of(
        folder,
        key_actions=[{c.KEY: key} for key in DUE],
        milestones=[{c.KEY: key, c.NO: 1, c.MILESTONE: f"Step of {key}", c.DUE: due} for key, due in DUE.items()],
        measures=[HIGHER | {c.KEY: key} for key in FIGURES]
        + [{c.KEY: "M4", c.BETTER_WHEN: "Higher", c.BASIS: "Quarter"}, *PARTS],
        areas=[{c.SERVICE_AREA: AREA}],
    )
    run(["templates", str(folder), "--quarter", "2013/14 Q1"])
    path = folder / "returns" / f"2013-14 Q1 {AREA}.xlsx"
    complete_all(path, K1_1="Overdue", K2_1="Overdue")
    for key, figure in FIGURES.items():
        fill(path, "Measures", {c.PERFORMANCE: figure, c.DATA_STATUS: "Final"}, key=key)
    for part, figure in (("1", 150), ("2", 70)):
        fill(path, "Measures", {c.PERFORMANCE: figure, c.DATA_STATUS: "Final"}, key="M4", part=part)
    fill(path, "Measures", {c.RESOLUTION: "More of it."}, key="M4")
    fill(path, "Measures", {c.OWN_RATING: "Red", c.REASON_OWN: "It fails."}, key="M3")
    fill(path, "Milestones", {c.RESOLUTION: None}, key="K2", no=1)
    fill(path, "Milestones", {c.REVISED_DATE: date(2013, 12, 31)}, key="K1", no=1)
    sign(path)
    run(["consolidate", str(folder), "--no-panels", "--no-pack"])
    return folder / "2013-14 Q1 performance report.xlsx"


def test_the_worst_item_stands_first_and_an_items_rows_together(report):
    assert [(row[c.KEY], row[c.REASON]) for row in table(report, "Exceptions")] == [
        ("M2", "Escalated"),  # 60 % worse
        ("M1", "Escalated"),  # 20 % worse
        ("M3", "Escalated"),  # 5 % worse, and Red by its officer
        ("M3", "Declared"),
        ("M3", "Contradiction"),
        ("K2", "Overdue milestone"),  # since April
        ("K1", "Overdue milestone"),  # since the quarter's end
        ("M4", "Red part"),
    ]


def test_the_new_date_stands_in_a_column_of_its_own(report):
    dates = {row[c.KEY]: (row[c.DUE], row[c.REVISED_DATE], row[c.DETAIL]) for row in table(report, "Exceptions")}
    due, new, detail = dates["K1"]
    assert (due, f"{new:%d/%m/%Y}") == ("2013/14 Q1", "31/12/2013")
    assert detail == "Milestone no. 1 is overdue."
    assert dates["M2"][1] is None


def test_a_missing_resolution_is_said_in_red_and_a_parts_is_its_measures(report):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl says that it leaves out sparklines
        headings, *rows = table_cells(load_workbook(report)["Exceptions"])
    names = [cell.value for cell in headings]
    place = names.index(c.RESOLUTION)
    said = {row[names.index(c.KEY)].value: row[place] for row in reversed(rows)}
    missing = "No resolution is proposed."
    assert {key: cell.value for key, cell in reversed(said.items())} == {
        "M2": missing,
        "M1": missing,
        "K2": missing,
        "K1": "It will be done.",
        "M3": missing,
        "M4": "More of it.",
    }
    assert said["M2"].font.color.rgb == "FFD4351C"
    assert said["M4"].font.color is None or said["M4"].font.color.rgb != "FFD4351C"


def test_what_is_red_without_another_reason_stands_there_too_and_before_a_late_milestone_of_a_green_item(tmp_path):
    folder = tmp_path / "2013-14 Q1"
    (folder / "returns").mkdir(parents=True)
    keys = {"K1": "Milestones", "K2": "Officer", "K3": "Milestones"}
    plan_of(
        folder,
        {"Milestones for Green": "50 %", "Escalate after": 2},
        key_actions=[{c.KEY: key, c.RATED_BY: by} for key, by in keys.items()],
        milestones=[
            {c.KEY: key, c.NO: no, c.MILESTONE: f"Step {no} of {key}", c.DUE: "2013/14 Q1"}
            for key in keys
            for no in (1, 2)
        ],
        measures=[HIGHER | {c.KEY: "M1"}],
        areas=[{c.SERVICE_AREA: AREA}],
    )
    run(["templates", str(folder), "--quarter", "2013/14 Q1"])
    path = folder / "returns" / f"2013-14 Q1 {AREA}.xlsx"
    complete_all(path, K1_1="Overdue")
    fill(path, "Key actions", {c.OWN_RATING: "Red", c.REASON_OWN: "Funding was cut."}, key="K2")
    fill(path, "Milestones", {c.QUALITY_CONCERN: "Yes", c.RESOLUTION: "Resurvey 20 homes."}, key="K3", no=2)
    fill(path, "Measures", {c.PERFORMANCE: 40, c.DATA_STATUS: "Final"}, key="M1")
    run(["consolidate", str(folder), "--no-panels", "--no-pack"])
    rows = table(folder / "2013-14 Q1 performance report.xlsx", "Exceptions")
    assert [(row[c.KEY], row[c.REASON], row[c.RAG]) for row in rows] == [
        ("M1", "Red", "R"),  # escalated only from its second quarter on
        ("K2", "Red", "R"),
        ("K3", "Amber", "A"),
        ("K1", "Overdue milestone", "G"),
    ]
    assert rows[2][c.RESOLUTION] == "Resurvey 20 homes."  # proposed for its milestone
