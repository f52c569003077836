"""Service areas that are renamed, merged or split in the middle of a year: nothing of their items is lost."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from openpyxl import load_workbook

from officers import columns_of, complete_all, fill, sign, table
from plans import AREA, OTHER_AREA, plan_of
from ragtool import columns as c
from ragtool.cli import run
from ragtool.errors import RagtoolError

MERGED, PEOPLE = "Highways and Finance", "People"
STEPS = [{c.KEY: key, c.NO: 1, c.DUE: "2013/14 Q1"} for key in ("K1", "K2")]
FIGURES = {"Unit": "homes", "Better when": "Higher", "Target Q1": 50, "Target Q2": 50}


def plan_in(folder, areas, first=AREA, second=OTHER_AREA, steps=STEPS):
    """A plan of two key actions and two measures, one of each of the two service areas."""
    folder.mkdir(exist_ok=True)
    owners = {"1": first, "2": second}
    return plan_of(
        folder,
        key_actions=[{c.KEY: f"K{each}", c.SERVICE_AREA: area} for each, area in owners.items()],
        milestones=steps,
        measures=[{c.KEY: f"M{each}", c.SERVICE_AREA: area, **FIGURES} for each, area in owners.items()],
        areas=areas,
    )


def returned(folder, *areas):
    """The returns of service areas, each figure 40, the milestones Overdue, signed."""
    for area in areas:
        path = folder / "returns" / f"{folder.name} {area}.xlsx"
        complete_all(path)
        book = load_workbook(path)
        for sheet, entries in (
            ("Milestones", {c.STATUS: "Overdue", c.RESOLUTION: "More staff", c.REVISED_DATE: "2013/14 Q3"}),
            ("Measures", {c.PERFORMANCE: 40, c.DATA_STATUS: "Final", c.RESOLUTION: "More staff"}),
        ):
            page: Any = book[sheet]
            columns = columns_of(page)
            for row in range(2, page.max_row + 1):
                if page.cell(row, columns[c.KEY]).value:
                    for heading, value in entries.items():
                        page.cell(row, columns[heading]).value = value
        book.save(path)
        sign(path)


@pytest.fixture
def first_quarter(tmp_path):
    """The first quarter of the year, returned by two service areas and reported."""
    folder = tmp_path / "2013-14 Q1"
    plan_in(folder, [{c.SERVICE_AREA: AREA}, {c.SERVICE_AREA: OTHER_AREA}])
    run(["templates", str(folder), "--quarter", "2013/14 Q1"])
    returned(folder, AREA, OTHER_AREA)
    run(["consolidate", str(folder), "--no-panels", "--no-pack"])
    return folder


def next_quarter(first_quarter):
    run(["next", str(first_quarter)])
    return first_quarter.parent / "2013-14 Q2"


def rows_of(folder, area, sheet):
    return [row[c.KEY] for row in table(folder / "returns" / f"{folder.name} {area}.xlsx", sheet) if row[c.KEY]]


def report_rows(folder, sheet):
    return table(folder / f"{folder.name} performance report.xlsx", sheet)


@pytest.mark.parametrize("steps", [STEPS, []], ids=["listed", "left out of the new plan"])
def test_two_merged_areas_go_on_as_one(first_quarter, steps):
    folder = next_quarter(first_quarter)
    merged = [{c.SERVICE_AREA: MERGED, c.FORMERLY: f"{AREA}; {OTHER_AREA}"}]
    plan_in(folder, merged, MERGED, MERGED, steps)
    run(["templates", str(folder), "--quarter", "2013/14 Q2"])
    assert rows_of(folder, MERGED, "Milestones") == ["K1", "K2"]
    assert rows_of(folder, MERGED, "Measures") == ["M1", "M2"]
    returned(folder, MERGED)
    run(["consolidate", str(folder), "--no-panels", "--no-pack"])
    before = [
        (row[c.KEY], row[c.SERVICE_AREA]) for row in report_rows(folder, "Data") if row[c.QUARTER] == "2013/14 Q1"
    ]
    assert before == [("K1", AREA), ("K2", OTHER_AREA), ("M1", AREA), ("M2", OTHER_AREA)]
    assert [(row[c.KEY], row[c.SERVICE_AREA], row[c.TIMES_CARRIED]) for row in report_rows(folder, "Milestones")] == [
        ("K1", MERGED, 1),
        ("K2", MERGED, 1),
    ]
    assert {row[c.DIRECTION] for row in report_rows(folder, "Measures")} == {"→ Same as 2013/14 Q1"}


def test_an_area_that_was_split_leaves_its_items_to_its_parts(first_quarter):
    folder = next_quarter(first_quarter)
    areas = [{c.SERVICE_AREA: OTHER_AREA}, *({c.SERVICE_AREA: name, c.FORMERLY: AREA} for name in ("Roads", PEOPLE))]
    plan_in(folder, areas, PEOPLE, OTHER_AREA, [])
    run(["templates", str(folder), "--quarter", "2013/14 Q2"])
    assert rows_of(folder, PEOPLE, "Milestones") == ["K1"]
    assert rows_of(folder, PEOPLE, "Measures") == ["M1"]
    assert rows_of(folder, "Roads", "Milestones") == []


def test_a_plan_may_go_on_naming_an_area_as_it_was_called(tmp_path):
    plan = plan_in(tmp_path, [{c.SERVICE_AREA: MERGED, c.FORMERLY: f"{AREA.upper()} ; {OTHER_AREA}"}])
    assert {item.area for item in plan.items} == {MERGED}


def test_a_name_that_two_areas_had_is_no_areas(tmp_path):
    areas = [{c.SERVICE_AREA: name, c.FORMERLY: AREA} for name in ("Roads", PEOPLE)]
    with pytest.raises(RagtoolError) as problem:
        plan_in(tmp_path, areas, AREA, PEOPLE, [])
    assert [(query.sheet, query.cell, query.problem, query.what_to_do) for query in problem.value.queries] == [
        (
            sheet,
            cell,
            f"There is no service area {AREA} on the sheet Service areas; Roads and People were called so.",
            what,
        )
        for sheet, cell in (("Key actions", "G2"), ("Measures", "I2"))
        for what in ["Type the one that is meant."]
    ]


def test_a_former_name_that_another_area_has_is_asked_about(tmp_path, capsys):
    plan_in(tmp_path, [{c.SERVICE_AREA: AREA}, {c.SERVICE_AREA: OTHER_AREA, c.FORMERLY: AREA}])
    assert run(["templates", str(tmp_path), "--quarter", "2013/14 Q1"]) == 1
    assert (
        "row 3, Formerly (cell D3): Highways is a service area still, so a return under that name is its own, not "
        "Finance's. Take Highways out of this cell, or delete its own row." in capsys.readouterr().err
    )


def test_a_return_under_a_former_name_is_that_areas(first_quarter, capsys):
    renamed = [{c.SERVICE_AREA: PEOPLE, c.FORMERLY: AREA}, {c.SERVICE_AREA: OTHER_AREA}]
    plan_in(first_quarter, renamed, PEOPLE)
    capsys.readouterr()
    run(["check", str(first_quarter)])
    said = capsys.readouterr().out
    assert "Files found 2 = used 2 + refused 0 + passed over 0." in said
    run(["consolidate", str(first_quarter), "--no-panels", "--no-pack"])
    assert "(earlier)" not in capsys.readouterr().out
    rows = report_rows(first_quarter, "Returns")
    assert [(row[c.SERVICE_AREA], row[c.FILE], row[c.RECEIVED]) for row in rows] == [
        (PEOPLE, f"2013-14 Q1 {AREA}.xlsx", "Yes"),
        (OTHER_AREA, f"2013-14 Q1 {OTHER_AREA}.xlsx", "Yes"),
    ]


def test_returns_under_both_names_are_rivals_where_they_differ(first_quarter, capsys):
    old = first_quarter / "returns" / f"2013-14 Q1 {AREA}.xlsx"
    plan_in(first_quarter, [{c.SERVICE_AREA: PEOPLE, c.FORMERLY: AREA}, {c.SERVICE_AREA: OTHER_AREA}], PEOPLE)
    new = old.with_name(f"2013-14 Q1 {PEOPLE}.xlsx")
    shutil.copy(old, new)
    book = load_workbook(new)
    book["About this return"]["B3"] = PEOPLE
    book.save(new)
    run(["check", str(first_quarter)])
    assert "Files found 3 = used 2 + refused 0 + passed over 1." in capsys.readouterr().out
    fill(new, "Measures", {c.HIGHLIGHT: "Another"}, key="M1")
    run(["check", str(first_quarter)])
    said = capsys.readouterr().out
    assert f"{PEOPLE} has another return, {new.name}; they differ in Measures" in said
    assert said.count("Neither is used: remove the one that isn't meant, then run again.") == 2


def test_returns_of_two_areas_that_were_merged_since_are_told_where_to_go(first_quarter, capsys):
    plan_in(first_quarter, [{c.SERVICE_AREA: MERGED, c.FORMERLY: f"{AREA}; {OTHER_AREA}"}], MERGED, MERGED)
    run(["check", str(first_quarter)])
    what = (
        f"Neither is used, since each is of a part of {MERGED}: copy the entries of all into one return of {MERGED}, "
        "which ragtool templates writes, and remove these."
    )
    assert capsys.readouterr().out.count(what) == 2


def test_a_return_of_an_area_that_was_split_says_into_whose_it_goes(first_quarter, capsys):
    areas = [{c.SERVICE_AREA: OTHER_AREA}, *({c.SERVICE_AREA: name, c.FORMERLY: AREA} for name in ("Roads", PEOPLE))]
    plan_in(first_quarter, areas, PEOPLE)
    run(["check", str(first_quarter)])
    assert (
        f"{AREA} is several service areas now, Roads and People, so it can't be told whose return this is. Copy its "
        "entries into the returns of Roads and People, and remove it." in capsys.readouterr().out
    )
