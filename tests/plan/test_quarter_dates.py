"""Dates that are one quarter's alone: an earlier quarter's are asked about, and each panel has its own or none."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from officers import complete_all, sign
from plans import AREA, OTHER_AREA, plan_of
from ragtool import columns as c
from ragtool.cli import run
from ragtool.plan.quarter_dates import (
    dates_before_the_end,
    dates_long_after_the_end,
    dates_of_another_age,
    dates_of_overrides,
)
from ragtool.quarters import Quarter

Q2 = Quarter(2013, 2)
CARING, WORKING = "Caring Panel", "Working Panel"
ACTIONS = [{c.KEY: "K1", c.PANEL: CARING}, {c.KEY: "K2", c.SERVICE_AREA: OTHER_AREA, c.PANEL: WORKING}]


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("2013-09-29", True),
        ("29 September 2013", True),
        ("Friday 12 July 2013", True),
        ("2013-09-30", False),
        ("2013-10-18", False),
        ("to be confirmed", False),
        (None, False),
    ],
)
def test_a_date_before_the_quarters_end_is_asked_about(tmp_path, given, asked):
    panels = [{c.PANEL: CARING, c.MEETING_DATE: given}]
    plan = plan_of(tmp_path, {"Return deadline": given, "Meeting date": given}, panels=panels)
    queries = dates_before_the_end(plan, Q2)
    cells = [(query.sheet, query.cell) for query in queries]
    assert cells == ([("Settings", "B6"), ("Settings", "B7"), ("Panels", "C4")] if asked else [])


def test_the_question_says_the_date_the_quarter_and_what_to_do(tmp_path):
    panels = [{c.PANEL: CARING, c.MEETING_DATE: date(2013, 8, 1)}]
    plan = plan_of(tmp_path, {"Return deadline": "2013-07-12", "Financial year starts": "January"}, panels=panels)
    asked = [str(query) for query in dates_before_the_end(plan, Quarter(2013, 3))]
    assert asked == [
        "corporate_plan.xlsx, Settings, row 6, Value (cell B6): Return deadline, 12 July 2013, lies before the end of "
        "2013/14 Q3 on 30 September 2013, so it is an earlier quarter's. Type the date for 2013/14 Q3, or clear the "
        "cell.",
        "corporate_plan.xlsx, Panels, row 4, Meeting date (cell C4): Meeting date of Caring Panel, 1 August 2013, lies "
        "before the end of 2013/14 Q3 on 30 September 2013, so it is an earlier quarter's. Type the date for 2013/14 "
        "Q3, or clear the cell.",
    ]


def test_a_date_long_after_the_quarter_is_asked_about(tmp_path):
    plan = plan_of(tmp_path, {"Return deadline": "2014-09-30", "Meeting date": "2114-10-18"}, ACTIONS)
    assert [str(query) for query in dates_long_after_the_end(plan, Q2)] == [
        "corporate_plan.xlsx, Settings, row 7, Value (cell B7): Meeting date, 18 October 2114, lies more than a year "
        "after the end of 2013/14 Q2 on 30 September 2013. Check the date; if it is right, leave it as it is.",
    ]


def test_an_overrides_date_is_held_against_its_own_quarter(tmp_path):
    rest = {c.RAG: "Red", c.REASON: "Audit", c.APPROVED_BY: "Cabinet"}
    dated = [
        ("2013/14 Q2", "K1", "2003-10-01"),
        ("2013/14 Q1", "K1", "2013-03-31"),
        ("2012/13 Q4", "K1", "2014-04-01"),
        ("2002/03 Q2", "K1", "2002-11-14"),
        ("2012/13 Q4", "K2", "2014-03-31"),
        ("2013/14 Q2", "K2", "2013-07-01"),
    ]
    overrides = [{**rest, c.QUARTER: when, c.KEY: key, c.DATE: date.fromisoformat(day)} for when, key, day in dated]
    plan = plan_of(tmp_path, key_actions=ACTIONS, overrides=overrides)
    assert [(query.cell, query.problem) for query in dates_of_overrides(plan)] == [
        ("F4", "Date, 1 October 2003, lies before 2013/14 Q2, which began on 1 July 2013."),
        ("F5", "Date, 31 March 2013, lies before 2013/14 Q1, which began on 1 April 2013."),
        ("F6", "Date, 1 April 2014, lies more than a year after the end of 2012/13 Q4 on 31 March 2013."),
    ]


def test_every_command_that_knows_the_quarter_asks(tmp_path, capsys):
    plan_of(tmp_path, {"Return deadline": "2013-07-12"}, [{c.KEY: "K1"}])
    said = []
    for arguments in (["templates", str(tmp_path), "--quarter", "2013/14 Q2"], ["check", str(tmp_path)]):
        assert run(arguments) == 1
        printed = capsys.readouterr()
        said.append(printed.out + printed.err)
        sign(tmp_path / "returns" / f"2013-14 Q2 {AREA}.xlsx")
        sign(tmp_path / "returns" / f"2013-14 Q2 {OTHER_AREA}.xlsx")
    run(["consolidate", str(tmp_path), "--no-panels", "--no-pack"])
    queries = load_workbook(tmp_path / "2013-14 Q2 performance report.xlsx")["Queries"]
    said.append(" ".join(str(cell) for row in queries.values for cell in row))
    for each in said:
        assert "Return deadline, 12 July 2013, lies before the end of 2013/14 Q2" in each


def covers(folder, settings, panels):
    """What each panel's cover says of a meeting's date."""
    plan_of(folder, settings, ACTIONS, panels=panels)
    run(["templates", str(folder), "--quarter", "2013/14 Q2"])
    for area in (AREA, OTHER_AREA):
        complete_all(folder / "returns" / f"2013-14 Q2 {area}.xlsx")
        sign(folder / "returns" / f"2013-14 Q2 {area}.xlsx")
    run(["consolidate", str(folder)])
    shown = {}
    for panel in (CARING, WORKING):
        cover = load_workbook(folder / "panels" / f"2013-14 Q2 {panel}.xlsx")["Cover"]
        told = (fact for row in cover.values for fact in str(row[0]).split(". "))
        shown[panel] = [fact for fact in told if "Meeting date" in fact]
    return shown


def test_a_cover_bears_no_other_committees_date(tmp_path):
    settings = {"Committee": "Cabinet", "Meeting date": "2013-11-12"}
    assert covers(tmp_path, settings, [{c.PANEL: CARING}, {c.PANEL: WORKING}]) == {CARING: [], WORKING: []}


def test_a_cover_bears_the_panels_own_date_or_the_plans_where_the_panel_is_its_committee(tmp_path):
    settings = {"Committee": "working  panel", "Meeting date": "2013-11-12"}
    panels = [{c.PANEL: CARING, c.MEETING_DATE: "2013-11-20"}, {c.PANEL: WORKING}]
    shown = covers(tmp_path, settings, panels)
    assert shown == {CARING: ["Meeting date: 20 November 2013"], WORKING: ["Meeting date: 12 November 2013"]}


def test_a_plan_from_before_needs_no_such_column_and_one_misspelt_is_named(tmp_path, capsys):
    plan_of(tmp_path, panels=[{c.PANEL: CARING}])
    path = tmp_path / "corporate_plan.xlsx"
    book = load_workbook(path)
    book["Panels"]["C3"] = None
    book.save(path)
    arguments = ["templates", str(tmp_path), "--quarter", "2013/14 Q2"]
    assert run(arguments) == 0
    book["Panels"]["C3"] = "Meetings date"
    book.save(path)
    capsys.readouterr()
    assert run(arguments) == 1
    assert "'Meetings date' stands there instead: rename it." in capsys.readouterr().err


def test_check_asks_about_dates_before_any_return_is_filled(tmp_path, capsys):
    folder = tmp_path / "2013-14 Q2"
    folder.mkdir()
    plan_of(
        folder,
        {"Return deadline": "2013-09-29"},
        key_actions=ACTIONS,
        measures=[{c.KEY: "M1", c.BETTER_WHEN: "Higher", "Target Q2": 5}],
    )
    run(["templates", str(folder), "--quarter", "2013/14 Q2"])
    capsys.readouterr()
    run(["check", str(folder / "returns" / f"2013-14 Q2 {AREA}.xlsx")])
    said = capsys.readouterr().out
    assert "It was never filled in." in said
    assert "Return deadline, 29 September 2013, lies before the end of 2013/14 Q2" in said


@pytest.mark.parametrize(
    ("given", "shown", "quarter", "said"),
    [
        ("30 September 1901", "30/09/1901", "1901/02 Q2", "lies more than 10 years before 2013/14 Q2."),
        ("2003/04 Q1", "2003/04 Q1", "2003/04 Q1", "lies more than 10 years before 2013/14 Q2."),
        ("2113-09-30", "30/09/2113", "2113/14 Q2", "lies more than 30 years after 2013/14 Q2."),
        ("2003/04 Q2", "", "", None),
        ("2012-12-31", "", "", None),
        ("2043/44 Q2", "", "", None),
    ],
)
def test_a_date_of_another_age_that_decides_what_is_reported_is_asked_about(tmp_path, given, shown, quarter, said):
    step = {c.KEY: "K1", c.NO: 1, c.DUE: given}
    moved = {c.KEY: "K1", c.NO: 2, c.DUE: "2013/14 Q1", c.REVISED_DUE: given, c.DECISION: "Cabinet, minute 3"}
    actions = [ACTIONS[0], {**ACTIONS[1], c.STARTS: given, c.ENDS: given}]
    queries = list(dates_of_another_age(plan_of(tmp_path, key_actions=actions, milestones=[step, moved]), Q2))
    dates = {c.DUE: shown, c.REVISED_DUE: shown, c.STARTS: quarter, c.ENDS: quarter}
    assert [query.problem for query in queries] == [f"{name}, {day}, {said}" for name, day in dates.items() if said]


def test_a_milestone_due_in_another_age_is_told_by_every_command(tmp_path, capsys):
    plan_of(tmp_path, key_actions=ACTIONS, milestones=[{c.KEY: "K1", c.NO: 1, c.DUE: "1901-09-30"}])
    said = "key K1 no. 1: Due, 30/09/1901, lies more than 10 years before 2013/14 Q2. Check the year;"
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    assert said in capsys.readouterr().err
    complete_all(tmp_path / "returns" / f"2013-14 Q2 {AREA}.xlsx")
    for area in (AREA, OTHER_AREA):
        sign(tmp_path / "returns" / f"2013-14 Q2 {area}.xlsx")
    run(["check", str(tmp_path)])
    assert said in capsys.readouterr().out
