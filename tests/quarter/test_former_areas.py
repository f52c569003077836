"""Service areas that are renamed, merged or split in the middle of a year: nothing of their items is lost."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

import pytest
from openpyxl import load_workbook

from messy import ods
from officers import complete_all, fill, headings_of, sign, table, top_of
from plans import AREA, OTHER_AREA, plan_of
from ragtool import columns as c
from ragtool.cli import run
from ragtool.errors import RagtoolError
from small_quarter import copy_of
from typed_cells import typed_into

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
        with typed_into(path) as book:
            typed: dict[str, dict[str, Any]] = {
                "Milestones": {c.STATUS: "Overdue", c.RESOLUTION: "More staff", c.REVISED_DATE: "29/11/2013"},
                "Measures": {c.PERFORMANCE: 40, c.DATA_STATUS: "Final", c.RESOLUTION: "More staff"},
            }
            for sheet, entries in typed.items():
                page = book[sheet]
                columns = headings_of(page)
                for row in range(top_of(page) + 1, page.last + 1):
                    if page.value(row, columns[c.KEY]):
                        for heading, value in entries.items():
                            page.type_in(row, columns[heading], value)
        sign(path)


@pytest.fixture(scope="module")
def made_first(tmp_path_factory):
    """The first quarter of the year, returned by two service areas and reported; only to be copied."""
    folder = tmp_path_factory.mktemp("year") / "2013-14 Q1"
    plan_in(folder, [{c.SERVICE_AREA: AREA}, {c.SERVICE_AREA: OTHER_AREA}])
    run(["templates", str(folder), "--quarter", "2013/14 Q1"])
    returned(folder, AREA, OTHER_AREA)
    run(["consolidate", str(folder), "--no-panels", "--no-pack"])
    return folder


@pytest.fixture
def first_quarter(made_first, tmp_path):
    """The first quarter of the year, returned by two service areas and reported."""
    return copy_of(made_first, tmp_path)


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
        for sheet, cell in (("Key actions", "G4"), ("Measures", "I4"))
        for what in ["Type the one that is meant."]
    ]


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


def as_ods(path):
    """A return in OpenDocument, with its values alone."""
    tables = []
    for page in load_workbook(path).worksheets:
        rows = "".join(f"<table:table-row>{''.join(map(ods_value, row))}</table:table-row>" for row in page.values)
        tables.append(f'<table:table table:name="{page.title}">{rows}</table:table>')
    path.with_suffix(".ods").write_bytes(ods("".join(tables)))
    path.unlink()


def ods_value(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def under(path, name):
    """A copy of a return under another service area's name."""
    copy = path.with_name(f"2013-14 Q1 {name}.xlsx")
    book = load_workbook(path)
    book["About this return"]["B3"] = name
    book.save(copy)
    return copy


def figures(folder):
    return {row[c.KEY]: row[c.PERFORMANCE] for row in report_rows(folder, "Measures")}


def ratings(folder):
    return {row[c.KEY]: row[c.RAG] for row in (*report_rows(folder, "Key actions"), *report_rows(folder, "Measures"))}


def test_rows_of_returns_under_both_names_are_one_where_they_agree(first_quarter, capsys):
    old = first_quarter / "returns" / f"2013-14 Q1 {AREA}.xlsx"
    plan_in(first_quarter, [{c.SERVICE_AREA: PEOPLE, c.FORMERLY: AREA}, {c.SERVICE_AREA: OTHER_AREA}], PEOPLE)
    new = under(old, PEOPLE)
    run(["check", str(first_quarter)])
    said = capsys.readouterr().out
    assert "Files found 3 = used 3 + refused 0 + passed over 0." in said
    assert "Rows found 9 = used 6 + refused 0 + passed over 3." in said
    fill(new, "Measures", {c.HIGHLIGHT: "Another"}, key="M1")
    run(["consolidate", str(first_quarter), "--no-panels", "--no-pack"])
    problem = "The row stands here and in row 3 of {} with different entries, so none is used."
    queries = [(row[c.FILE], row[c.CELL], row[c.PROBLEM]) for row in report_rows(first_quarter, "Queries")]
    assert (old.name, "row 3, Key (cell A3)", problem.format(new.name)) in queries
    assert (new.name, "row 3, Key (cell A3)", problem.format(old.name)) in queries
    assert ratings(first_quarter) == {"K1": "R", "K2": "R", "M1": "NR", "M2": "R"}


MADE_OF_BOTH = [{c.SERVICE_AREA: MERGED, c.FORMERLY: f"{AREA}; {OTHER_AREA}"}]


def test_returns_of_two_areas_that_were_merged_since_join(first_quarter, capsys):
    plan_in(first_quarter, MADE_OF_BOTH, MERGED, MERGED)
    capsys.readouterr()
    assert run(["templates", str(first_quarter), "--quarter", "2013/14 Q1"]) == 0
    said = capsys.readouterr().out
    for area in (AREA, OTHER_AREA):
        file = f"2013-14 Q1 {area}.xlsx"
        assert f"{file} is under a name that was changed since: its rows count as those of {MERGED}." in said
    run(["consolidate", str(first_quarter), "--no-panels", "--no-pack"])
    said = capsys.readouterr().out
    assert "1 of 1 return received." in said
    assert "Files found 3 = used 2 + refused 1 + passed over 0." in said
    assert "Rows found 6 = used 6 + refused 0 + passed over 0." in said
    assert ratings(first_quarter) == {"K1": "R", "K2": "R", "M1": "R", "M2": "R"}
    assert figures(first_quarter) == {"M1": 40, "M2": 40}
    files = f"2013-14 Q1 {OTHER_AREA}.xlsx; 2013-14 Q1 {AREA}.xlsx"
    assert [
        (row[c.SERVICE_AREA], row[c.FILE], row[c.RECEIVED], row[c.MEASURES_FILLED], row[c.ROWS_USED])
        for row in report_rows(first_quarter, "Returns")
        if row[c.SERVICE_AREA]
    ] == [(MERGED, files, "Yes", "2 of 2", 6)]
    fresh = [row for row in report_rows(first_quarter, "Queries") if row[c.FILE] == f"2013-14 Q1 {MERGED}.xlsx"]
    assert [(row[c.PROBLEM], row[c.WHAT_TO_DO]) for row in fresh] == [
        (
            "It was never filled in.",
            f"{files.replace('; ', ' and ')} are used for {MERGED}: fill in here what isn't there, and send it again, "
            "or remove this one.",
        )
    ]


def test_a_part_of_a_merged_area_that_sent_no_return_is_missing(first_quarter, capsys):
    (first_quarter / "returns" / f"2013-14 Q1 {OTHER_AREA}.xlsx").unlink()
    plan_in(first_quarter, MADE_OF_BOTH, MERGED, MERGED)
    capsys.readouterr()
    run(["consolidate", str(first_quarter), "--no-panels", "--no-pack"])
    assert f"1 of 1 return received; in part only: {MERGED}." in capsys.readouterr().out
    assert ratings(first_quarter) == {"K1": "R", "K2": "NR", "M1": "R", "M2": "NR"}
    (row,) = report_rows(first_quarter, "Returns")
    assert row[c.CHASE] == f"Received in part: no return under the name {OTHER_AREA}"
    missing = [row for row in report_rows(first_quarter, "Queries") if row[c.FILE] == "corporate_plan.xlsx"]
    assert [(row[c.CELL], row[c.SEVERITY]) for row in missing] == [("row 4, Formerly (cell D4)", "Error")] * 3
    assert missing[2][c.PROBLEM] == (
        f"Of the returns used none is under the name {OTHER_AREA}, and {MERGED} lacks these rows of the sheet "
        "Measures: M2."
    )
    assert missing[2][c.WHAT_TO_DO] == (f"Ask for that return, or for one of {MERGED}, which ragtool templates writes.")


def test_a_part_of_a_merged_area_is_provisional_where_its_own_return_is_unsigned(first_quarter, capsys):
    fill(
        first_quarter / "returns" / f"2013-14 Q1 {OTHER_AREA}.xlsx",
        "Sign-off",
        {c.ENTRY: None},
        field=c.SignOff.SIGNED_OFF_BY,
    )
    plan_in(first_quarter, MADE_OF_BOTH, MERGED, MERGED)
    run(["consolidate", str(first_quarter), "--no-panels", "--no-pack"])
    marked = {row[c.KEY] for row in report_rows(first_quarter, "Measures") if "isn't signed off" in str(row[c.WHY])}
    assert marked == {"M2"}


SPLIT = [
    {c.SERVICE_AREA: OTHER_AREA},
    *({c.SERVICE_AREA: name, c.FORMERLY: AREA} for name in ("Roads", PEOPLE)),
]


@pytest.fixture
def split_since(tmp_path):
    """A quarter returned by one service area, which the plan has split into two since."""
    folder = tmp_path / "2013-14 Q1"
    plan_in(folder, [{c.SERVICE_AREA: AREA}], AREA, AREA)
    run(["templates", str(folder), "--quarter", "2013/14 Q1"])
    returned(folder, AREA)
    plan_in(folder, SPLIT[1:], "Roads", PEOPLE)
    return folder


def test_a_return_of_an_area_that_was_split_is_that_of_its_parts(split_since, capsys):
    run(["consolidate", str(split_since), "--no-panels", "--no-pack"])
    said = capsys.readouterr().out
    assert "2 of 2 returns received." in said
    assert "Rows found 6 = used 6 + refused 0 + passed over 0." in said
    assert ratings(split_since) == {"K1": "R", "K2": "R", "M1": "R", "M2": "R"}
    assert [
        (row[c.SERVICE_AREA], row[c.FILE], row[c.MEASURES_FILLED], row[c.ROWS_USED])
        for row in report_rows(split_since, "Returns")
    ] == [(name, f"2013-14 Q1 {AREA}.xlsx", "1 of 1", 3) for name in ("Roads", PEOPLE)]


def test_a_part_of_a_split_area_may_send_its_own_return_beside_the_old_one(split_since, capsys):
    run(["templates", str(split_since), "--quarter", "2013/14 Q1"])
    own = split_since / "returns" / f"2013-14 Q1 {PEOPLE}.xlsx"
    fill(own, "Measures", {c.PERFORMANCE: 60, c.DATA_STATUS: "Final"}, key="M2")
    capsys.readouterr()
    run(["consolidate", str(split_since), "--no-panels", "--no-pack"])
    said = capsys.readouterr().out
    assert ratings(split_since) == {"K1": "R", "K2": "R", "M1": "R", "M2": "NR"}
    assert "Rows found 9 = used 5 + refused 2 + passed over 2." in said
    assert "2013-14 Q1 Roads.xlsx. It was never filled in." in said


def test_a_copy_of_an_old_return_that_is_made_anew_stays_the_old_ones(split_since):
    """What can't be marked as it is becomes a fresh template, which is read as what it is a copy of."""
    assert copied_anew(split_since, {c.OWN_RATING: "Amber"}) == (AREA, [("M1", 40), ("M2", 40)])


def copied_anew(folder, entries):
    """Whose the copy is that `check` makes of the area's return, as .ods with these entries for M1, and its figures."""
    path = folder / "returns" / f"2013-14 Q1 {AREA}.xlsx"
    fill(path, "Measures", entries, key="M1")
    as_ods(path)
    run(["check", str(folder)])
    (copy,) = (folder / "returns" / "queries").iterdir()
    about = {row[c.FIELD]: row[c.VALUE] for row in table(copy, "About this return")}
    return about["Service area"], [(row[c.KEY], row[c.PERFORMANCE]) for row in table(copy, "Measures") if row[c.KEY]]


CARVED_OUT = [{c.SERVICE_AREA: AREA}, {c.SERVICE_AREA: PEOPLE, c.FORMERLY: AREA}]


@pytest.fixture(scope="module")
def made_before_the_split(tmp_path_factory):
    """A quarter returned by one service area, which the plan has split since, one part under its name; to be copied."""
    folder = tmp_path_factory.mktemp("split") / "2013-14 Q1"
    plan_in(folder, [{c.SERVICE_AREA: AREA}], AREA, AREA)
    run(["templates", str(folder), "--quarter", "2013/14 Q1"])
    returned(folder, AREA)
    plan_in(folder, CARVED_OUT, AREA, PEOPLE)
    return folder


@pytest.fixture
def carved_out(made_before_the_split, tmp_path):
    """A quarter returned by one service area, which the plan has split since, one part under its name."""
    return copy_of(made_before_the_split, tmp_path)


def returns_in(folder):
    return [
        (row[c.SERVICE_AREA], row[c.FILE], row[c.RECEIVED], row[c.MEASURES_FILLED], row[c.CHASE])
        for row in report_rows(folder, "Returns")
        if row[c.SERVICE_AREA]
    ]


def queries_in(folder):
    """What the report asks about."""
    return [(row[c.FILE], row[c.PROBLEM], row[c.WHAT_TO_DO]) for row in report_rows(folder, "Queries") if row[c.FILE]]


def test_a_return_from_before_a_split_gives_its_rows_to_those_that_have_them_now(carved_out, capsys):
    run(["consolidate", str(carved_out), "--no-panels", "--no-pack"])
    said = capsys.readouterr().out
    assert "2 of 2 returns received." in said
    assert "Rows found 6 = used 6 + refused 0 + passed over 0." in said
    assert ratings(carved_out) == {"K1": "R", "K2": "R", "M1": "R", "M2": "R"}
    assert figures(carved_out) == {"M1": 40, "M2": 40}
    file = f"2013-14 Q1 {AREA}.xlsx"
    assert returns_in(carved_out) == [(area, file, "Yes", "1 of 1", None) for area in (AREA, PEOPLE)]
    assert queries_in(carved_out) == []


def test_templates_say_what_a_return_from_before_a_split_holds(carved_out, capsys):
    run(["templates", str(carved_out), "--quarter", "2013/14 Q1"])
    said = capsys.readouterr().out
    file = f"2013-14 Q1 {AREA}.xlsx"
    assert f"{file} holds rows that are those of {PEOPLE} by now: they count as theirs." in said
    assert rows_of(carved_out, PEOPLE, "Measures") == ["M2"]
    run(["consolidate", str(carved_out), "--no-panels", "--no-pack"])
    assert ratings(carved_out) == {"K1": "R", "K2": "R", "M1": "R", "M2": "R"}
    assert queries_in(carved_out) == [
        (
            f"2013-14 Q1 {PEOPLE}.xlsx",
            "It was never filled in.",
            f"{file} is used for {PEOPLE}: fill in here what isn't there, and send it again, or remove this one.",
        )
    ]


def test_a_row_that_a_split_area_sends_otherwise_is_used_of_neither(carved_out, capsys):
    run(["templates", str(carved_out), "--quarter", "2013/14 Q1"])
    own = carved_out / "returns" / f"2013-14 Q1 {PEOPLE}.xlsx"
    fill(own, "Measures", {c.PERFORMANCE: 60, c.DATA_STATUS: "Final"}, key="M2")
    run(["consolidate", str(carved_out), "--no-panels", "--no-pack"])
    assert ratings(carved_out) == {"K1": "R", "K2": "R", "M1": "R", "M2": "NR"}
    assert figures(carved_out) == {"M1": 40, "M2": None}


def test_a_return_from_after_a_split_is_not_that_of_the_area_carved_out(carved_out, capsys):
    (carved_out / "returns" / f"2013-14 Q1 {AREA}.xlsx").unlink()
    run(["templates", str(carved_out), "--quarter", "2013/14 Q1"])
    returned(carved_out, AREA)
    (carved_out / "returns" / f"2013-14 Q1 {PEOPLE}.xlsx").unlink()
    capsys.readouterr()
    run(["consolidate", str(carved_out), "--no-panels", "--no-pack"])
    assert f"1 of 2 returns received; not received: {PEOPLE}." in capsys.readouterr().out
    assert ratings(carved_out) == {"K1": "R", "K2": "NR", "M1": "R", "M2": "NR"}
    assert returns_in(carved_out)[1][:3] == (PEOPLE, None, "No")
    assert queries_in(carved_out) == []


def test_what_a_return_from_before_a_split_lacks_is_asked_of_the_area_carved_out(carved_out, capsys):
    new = {**FIGURES, c.KEY: "M3", c.SERVICE_AREA: PEOPLE, c.MEASURE: "Another", c.THEME: "Caring", c.OUTCOME_NO: "1"}
    with_another(carved_out, new)
    capsys.readouterr()
    run(["consolidate", str(carved_out), "--no-panels", "--no-pack"])
    assert f"2 of 2 returns received; in part only: {PEOPLE}." in capsys.readouterr().out
    assert returns_in(carved_out)[1][4] == f"Received in part: no return under the name {PEOPLE}"
    assert queries_in(carved_out) == [
        (
            "corporate_plan.xlsx",
            f"Of the returns used none is under the name {PEOPLE}, and {PEOPLE} lacks these rows of the sheet "
            "Measures: M3.",
            "Ask for that return, which ragtool templates writes.",
        )
    ]
    assert ratings(carved_out)["M3"] == "NR"


def with_another(folder, measure):
    """The plan of a quarter with a measure more."""
    path = folder / "corporate_plan.xlsx"
    book = load_workbook(path)
    page = book["Measures"]
    headings: dict[Any, int] = {cell.value: number for number, cell in enumerate(page[3], 1)}
    for heading, value in measure.items():
        page.cell(6, headings[heading], value)
    book.save(path)


def test_a_copy_of_a_return_from_before_a_split_has_the_rows_of_both(carved_out):
    assert copied_anew(carved_out, {c.PERFORMANCE: "about 40"}) == (AREA, [("M1", None), ("M2", 40)])


TAKEN_IN = [{c.SERVICE_AREA: AREA, c.FORMERLY: OTHER_AREA}]


def test_the_return_of_an_area_that_another_took_in_is_missed(first_quarter, capsys):
    (first_quarter / "returns" / f"2013-14 Q1 {OTHER_AREA}.xlsx").unlink()
    plan_in(first_quarter, TAKEN_IN, AREA, AREA, [])
    capsys.readouterr()
    run(["consolidate", str(first_quarter), "--no-panels", "--no-pack"])
    assert f"1 of 1 return received; in part only: {AREA}." in capsys.readouterr().out
    assert {key: letters for key, letters in ratings(first_quarter).items() if letters == "NR"} == {
        "K2": "NR",
        "M2": "NR",
    }
    assert returns_in(first_quarter)[0][4] == f"Received in part: no return under the name {OTHER_AREA}"


def test_an_area_that_takes_another_in_and_keeps_its_name_has_the_rows_of_both(first_quarter, capsys):
    plan_in(first_quarter, TAKEN_IN, AREA, AREA)
    capsys.readouterr()
    run(["consolidate", str(first_quarter), "--no-panels", "--no-pack"])
    said = capsys.readouterr().out
    assert "1 of 1 return received." in said
    assert "Rows found 6 = used 6 + refused 0 + passed over 0." in said
    assert ratings(first_quarter) == {"K1": "R", "K2": "R", "M1": "R", "M2": "R"}
