"""The next quarter's folder: what service areas propose stands in its plan, and all else of the plan is kept."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

import messy
from officers import complete_all, fill, sign, table
from plans import AREA, FIRST_ROW, HEADING_ROW, OTHER_AREA, plan_of
from ragtool import columns as c
from ragtool.cli import run
from ragtool.commands import next_plan
from ragtool.returns.marked import AddedValue, CannotMark, with_rows, without_values
from ragtool.workbooks.edit.added_rows import longer
from ragtool.workbooks.opening import open_book
from small_quarter import copy_of

ACTIONS = [{c.KEY: "K1"}, {c.KEY: "K2", c.SERVICE_AREA: OTHER_AREA}]
STEPS = [{c.KEY: "K1", c.NO: 1, c.DUE: "2013/14 Q4"}, {c.KEY: "K2", c.NO: 1, c.DUE: "2013/14 Q4"}]
PROPOSALS = (
    {c.KEY: "k1", c.MILESTONE: "Open & close", c.DUE: "2014/15 Q1"},
    {c.KEY: "K1", c.MILESTONE: "Review", c.DUE: date(2014, 5, 2)},
    {c.KEY: "K9", c.MILESTONE: "Of nobody", c.DUE: "2014/15 Q1"},
    {c.KEY: "K1", c.MILESTONE: "Some day"},
)


@pytest.fixture(scope="module")
def made_quarter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The last quarter of a year, its returns filled and with proposals; only to be copied."""
    folder = tmp_path_factory.mktemp("quarter") / "2013-14 Q4"
    folder.mkdir()
    plan_of(folder, key_actions=ACTIONS, milestones=STEPS, shipped=True)
    run(["templates", str(folder), "--quarter", "2013/14 Q4"])
    for area in (AREA, OTHER_AREA):
        path = folder / "returns" / f"2013-14 Q4 {area}.xlsx"
        complete_all(path)
        sign(path)
    for proposal in PROPOSALS:
        fill(folder / "returns" / f"2013-14 Q4 {AREA}.xlsx", "Next milestones", proposal)
    return folder


@pytest.fixture(scope="module")
def made_report(made_quarter: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That quarter with its report, a draft; only to be copied."""
    folder = copy_of(made_quarter, tmp_path_factory.mktemp("reported"))
    assert consolidate(folder) == 1
    return folder


@pytest.fixture(scope="module")
def made_next(made_report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What holds that quarter and the next one's folder, as `next` made it; only to be copied."""
    folder = copy_of(made_report, tmp_path_factory.mktemp("followed"))
    assert run(["next", str(folder)]) == 1
    return folder.parent


@pytest.fixture(scope="module")
def made_late(made_quarter: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What holds that quarter and the next one, its returns filled, whose earlier report was made before a return came
    late; only to be copied.
    """
    folder = copy_of(made_quarter, tmp_path_factory.mktemp("late"))
    late = folder / "returns" / f"2013-14 Q4 {OTHER_AREA}.xlsx"
    late.rename(folder / "late.xlsx")
    consolidate(folder)
    run(["next", str(folder)])
    following = next_to(folder)
    fill(plan_in(following), "Milestones", {c.STATUS: "Active"}, milestone="Review")
    run(["templates", str(following), "--quarter", "2014/15 Q1"])
    for area in (AREA, OTHER_AREA):
        complete_all(following / "returns" / f"2014-15 Q1 {area}.xlsx")
        sign(following / "returns" / f"2014-15 Q1 {area}.xlsx")
    (folder / "late.xlsx").rename(late)
    fill(late, "Next milestones", {c.KEY: "K2", c.MILESTONE: "Came late", c.DUE: "2014/15 Q2"})
    return folder.parent


@pytest.fixture
def quarter(made_quarter: Path, tmp_path: Path) -> Path:
    """The last quarter of a year, its returns filled and with proposals."""
    return copy_of(made_quarter, tmp_path)


@pytest.fixture
def reported(made_report: Path, tmp_path: Path) -> Path:
    """The same with its report, a draft."""
    return copy_of(made_report, tmp_path)


@pytest.fixture
def followed(made_next: Path, tmp_path: Path) -> Path:
    """The same, and beside it the next quarter's folder."""
    return copy_of(made_next, tmp_path) / "2013-14 Q4"


@pytest.fixture
def late(made_late: Path, tmp_path: Path) -> Path:
    """The same, with a return that came after the next quarter's folder was made."""
    return copy_of(made_late, tmp_path) / "2013-14 Q4"


def consolidate(folder: Path, *options: str) -> int:
    """Writes the report alone, which is all that `next` reads."""
    return run(["consolidate", str(folder), "--no-panels", "--no-pack", *options])


def next_to(folder: Path) -> Path:
    """The next quarter's folder."""
    return folder.parent / "2014-15 Q1"


def plan_in(folder: Path) -> Path:
    return folder / "corporate_plan.xlsx"


def proposed(folder: Path) -> list[tuple[object, ...]]:
    rows = table(plan_in(folder), "Milestones")
    return [(row[c.KEY], row[c.NO], row[c.MILESTONE], row[c.DUE]) for row in rows if row[c.STATUS] == "Proposed"]


def test_the_next_year_begins_with_what_was_proposed_and_the_report_beside_it(reported, capsys):
    assert run(["next", str(reported)]) == 1
    said = capsys.readouterr()
    assert "Left out, since it has no due date: K1: Some day" in said.err
    following = next_to(reported)
    assert '--quarter "2014/15 Q1"' in said.out
    assert proposed(following) == [
        ("K1", 1, "Open & close", "2014/15 Q1"),
        ("K1", 2, "Review", datetime(2014, 5, 2)),
    ]
    report = reported / "2013-14 Q4 performance report.xlsx"
    assert (following / "previous.xlsx").read_bytes() == report.read_bytes()
    assert list((following / "returns").iterdir()) == []
    problems = [row[c.PROBLEM] for row in table(report, "Queries")]
    assert any("no key action" in problem for problem in problems)


def test_what_two_service_areas_propose_alike_is_added_once(quarter):
    again = {c.KEY: "K1", c.MILESTONE: "open & Close", c.DUE: "2014/15 Q1"}
    fill(quarter / "returns" / f"2013-14 Q4 {OTHER_AREA}.xlsx", "Next milestones", again)
    consolidate(quarter)
    run(["next", str(quarter)])
    added = proposed(next_to(quarter))
    assert [row[2] for row in added] == ["open & Close", "Review"]  # as the first return of the folder spells it


def test_what_is_proposed_though_the_plan_has_it_for_that_quarter_is_the_plans(quarter):
    coming = {c.KEY: "K1", c.NO: 1, c.MILESTONE: "Open & close", c.DUE: "2014/15 Q1"}
    plan_of(quarter, key_actions=ACTIONS, milestones=[*STEPS, coming], shipped=True)
    consolidate(quarter)
    rows = table(quarter / "2013-14 Q4 performance report.xlsx", "Next quarter")
    assert [(row[c.MILESTONE], row[c.FROM]) for row in rows if row[c.DUE] == "2014/15 Q1"] == [
        ("Open & close", "plan"),
    ]


DATES = {"Return deadline": "2014-04-11", "Meeting date": "to be confirmed", "Report author": "R. Smith"}


def test_this_quarters_dates_are_emptied_in_the_new_plan_and_nothing_else_of_it_changes(quarter, capsys):
    plan_of(quarter, DATES, ACTIONS, STEPS, panels=[{c.PANEL: "Caring", c.MEETING_DATE: "2014-05-06"}])
    consolidate(quarter)
    capsys.readouterr()
    run(["next", str(quarter)])
    said = capsys.readouterr().out
    for emptied in (
        "Return deadline, 11 April 2014",
        "Meeting date, to be confirmed",
        "Meeting date of Caring, 6 May 2014",
    ):
        assert f"Emptied in the new plan, since it is of the quarter before: {emptied}\n" in said
    to_do = "set what is agreed to Active and type the new dates"
    assert f"Look through {plan_in(next_to(quarter))}: {to_do}, then run: ragtool templates" in said
    old, new = (load_workbook(plan_in(folder)) for folder in (quarter, next_to(quarter)))
    changed = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in new
        if sheet.title not in ("Milestones", c.PlanSheets.LISTS)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value != old[sheet.title][cell.coordinate].value
    ]
    assert changed == [("Settings", "B6", None), ("Settings", "B7", None), ("Panels", "C4", None)]
    for sheet, cell, _ in changed:
        assert new[sheet][cell].number_format == old[sheet][cell].number_format
    run(["templates", str(next_to(quarter)), "--quarter", "2014/15 Q1"])
    assert "lies before" not in capsys.readouterr().err


def test_a_plan_without_dates_is_copied_as_it_is(quarter, capsys):
    fresh = quarter.parent / "other" / "2013-14 Q4"
    shutil.copytree(quarter, fresh, ignore=shutil.ignore_patterns(f"*{AREA}.xlsx"))
    consolidate(fresh)
    capsys.readouterr()
    assert run(["next", str(fresh)]) == 0
    assert "Emptied" not in capsys.readouterr().out
    assert plan_in(fresh.parent / "2014-15 Q1").read_bytes() == plan_in(fresh).read_bytes()


def test_a_day_is_shown_as_a_day_whatever_the_cell_above_shows(followed):
    sheet = load_workbook(plan_in(next_to(followed)))["Milestones"]
    assert sheet["E7"].is_date
    assert sheet["E7"].border.top.style == sheet["E5"].border.top.style == "thin"


def test_the_rest_of_the_plan_is_byte_for_byte_as_it_was(followed):
    before, after = (parts_of(plan_in(folder)) for folder in (followed, next_to(followed)))
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert all(name.startswith(("xl/worksheets/sheet", "xl/tables/")) or name in MAY_CHANGE for name in changed)
    assert len([name for name in changed if name.startswith("xl/worksheets/sheet")]) == 1
    assert len([name for name in changed if name.startswith("xl/tables/table")]) == 1


MAY_CHANGE = {"xl/styles.xml", "[Content_Types].xml"}


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith(".rels")}


def test_a_table_that_ends_with_the_last_milestone_takes_in_the_new_ones(followed):
    before = load_workbook(plan_in(followed))["Milestones"]
    assert before.tables["Milestones"].ref == f"A{HEADING_ROW}:H{FIRST_ROW + 1}"
    after = load_workbook(plan_in(next_to(followed)))["Milestones"]
    assert after.tables["Milestones"].ref == after.tables["Milestones"].autoFilter.ref == f"A{HEADING_ROW}:H7"
    assert after.data_validations.dataValidation


def test_an_empty_table_takes_in_the_rows_that_are_put_into_it(tmp_path):
    plan_of(tmp_path, key_actions=ACTIONS, shipped=True)
    rows: list[dict[int, AddedValue]] = [{1: "K1", 2: 1}, {1: "K2", 2: 1}]
    data = with_rows(plan_in(tmp_path).read_bytes(), "Milestones", rows, FIRST_ROW)
    (tmp_path / "new.xlsx").write_bytes(data)
    sheet = load_workbook(tmp_path / "new.xlsx")["Milestones"]
    assert sheet.tables["Milestones"].ref == f"A{HEADING_ROW}:H{FIRST_ROW + 1}"
    assert [sheet.cell(row, 1).font.b for row in (FIRST_ROW, FIRST_ROW + 1)] == [False, False]
    assert sheet.cell(FIRST_ROW, 1).number_format == "@"


def test_nothing_proposed_leaves_the_plan_as_it_is(quarter):
    for name in quarter.glob("returns/*.xlsx"):
        book = load_workbook(name)
        book["Next milestones"].delete_rows(2, 10)
        book.save(name)
    consolidate(quarter)
    assert run(["next", str(quarter)]) == 0
    assert plan_in(next_to(quarter)).read_bytes() == plan_in(quarter).read_bytes()


def test_a_folder_that_has_a_plan_of_another_origin_is_left_alone(followed, capsys):
    following = next_to(followed)
    for name, other in (("previous.xlsx", b""), ("corporate_plan.xlsx", b"another report")):
        (following / name).rename(following / "kept")
        before = {path: path.read_bytes() for path in following.iterdir() if path.is_file()}
        report = (following / "previous.xlsx").read_bytes() if other else b""
        if other:
            (following / "previous.xlsx").write_bytes(other)
            before[following / "previous.xlsx"] = other
        assert run(["next", str(followed)]) == 2
        assert "isn't overwritten" in capsys.readouterr().err
        assert {path: path.read_bytes() for path in following.iterdir() if path.is_file()} == before
        if other:
            (following / "previous.xlsx").write_bytes(report)
        (following / "kept").rename(following / name)
    plan_of(following, {"Organisation": "Otherton"}, key_actions=ACTIONS, milestones=STEPS)
    assert run(["next", str(followed)]) == 2


def test_a_report_without_a_plan_was_put_there_by_a_run_that_was_killed_and_is_gone_on_from(followed):
    following = next_to(followed)
    plan = (following / "corporate_plan.xlsx").read_bytes()
    (following / "corporate_plan.xlsx").unlink()
    assert run(["next", str(followed)]) == 1
    assert (following / "corporate_plan.xlsx").read_bytes() == plan


def test_a_final_report_is_never_refreshed_with_a_draft(quarter, capsys):
    consolidate(quarter, "--final")
    run(["next", str(quarter)])
    final = (next_to(quarter) / "previous.xlsx").read_bytes()
    (quarter / "2013-14 Q4 performance report.xlsx").unlink()
    consolidate(quarter)
    assert run(["next", str(quarter)]) == 2
    assert "is a final report, so it isn't replaced by" in capsys.readouterr().err
    assert (next_to(quarter) / "previous.xlsx").read_bytes() == final


def test_an_earlier_report_that_is_older_than_the_one_it_came_from_is_told_and_refreshed(late, capsys):
    following = next_to(late)
    report = following / "2014-15 Q1 performance report.xlsx"
    problem = "It is older than 2013-14 Q4 performance report.xlsx in the folder 2013-14 Q4, which has changed since."
    consolidate(following)
    assert "older than" not in capsys.readouterr().out
    consolidate(late)
    assert consolidate(following) == 1
    again = f'ragtool next "{late}" "{following}"'
    assert f"previous.xlsx: {problem} Refresh it with: {again}, which keeps the plan." in capsys.readouterr().out
    [query] = [row for row in table(report, "Queries") if row[c.PROBLEM] == problem]
    assert query[c.WHAT_TO_DO] == 'Refresh it with: ragtool next "2013-14 Q4" "2014-15 Q1"; the plan is kept.'
    for command in (["templates", str(following), "--quarter", "2014/15 Q1"], ["check", str(following)]):
        run(command)
        said = capsys.readouterr()
        assert f"previous.xlsx: {problem} Refresh it with: {again}, which keeps the plan." in said.out + said.err
    plan = plan_in(following).read_bytes()
    assert run(["next", str(late), str(following)]) == 1
    said = capsys.readouterr()
    assert f"Refreshed: {following / 'previous.xlsx'}. The plan beside it is kept as it is." in said.out
    assert f"add it to {plan_in(following)} if it is agreed: K2: Came late (2014/15 Q2)" in said.err
    assert "Open & close" not in said.err  # it was there before
    assert plan_in(following).read_bytes() == plan
    newest = late / "2013-14 Q4 performance report.xlsx"
    assert (following / "previous.xlsx").read_bytes() == newest.read_bytes()
    consolidate(following)
    assert "older than" not in capsys.readouterr().out
    assert run(["next", str(late), str(following)]) == 0


def test_an_earlier_report_that_was_made_final_since_is_not_older_and_a_draft_makes_it_none(late, capsys):
    following = next_to(late)
    (late / "returns" / f"2013-14 Q4 {OTHER_AREA}.xlsx").rename(late / "late.xlsx")
    consolidate(late, "--final")
    capsys.readouterr()
    consolidate(following)
    assert "older than" not in capsys.readouterr().out
    (late / "late.xlsx").rename(late / "returns" / f"2013-14 Q4 {OTHER_AREA}.xlsx")
    consolidate(late)
    consolidate(following)
    assert "older than" not in capsys.readouterr().out  # what came late is in a draft alone
    consolidate(late, "--final")
    consolidate(following)
    assert "It is older than 2013-14 Q4 performance report v2.xlsx" in capsys.readouterr().out


def test_the_last_final_report_is_taken_and_a_later_draft_is_named(quarter, capsys):
    first, second = (quarter / f"2013-14 Q4 performance report{version}.xlsx" for version in ("", " v2"))
    previous = next_to(quarter) / "previous.xlsx"
    consolidate(quarter, "--final")
    consolidate(quarter)
    capsys.readouterr()
    run(["next", str(quarter)])
    said = capsys.readouterr().out
    assert f"Taken as the previous report: {first} (final)." in said
    assert f"{second} is later, but a draft, so it isn't taken." in said
    assert f'ragtool consolidate "{quarter}" --final' in said
    assert previous.read_bytes() == first.read_bytes()
    shutil.rmtree(previous.parent)
    consolidate(quarter, "--final")
    run(["next", str(quarter)])
    assert previous.read_bytes() == second.read_bytes()


def test_a_draft_is_taken_where_no_version_is_final(reported, capsys):
    run(["next", str(reported)])
    report = reported / "2013-14 Q4 performance report.xlsx"
    assert f"Taken as the previous report: {report} (a draft)." in capsys.readouterr().out


def test_what_is_proposed_again_in_the_next_quarter_is_not_added_twice(reported):
    fill(
        plan_in(reported),
        "Milestones",
        {c.KEY: "K1", c.NO: 7, c.MILESTONE: "open &  CLOSE", c.DUE: "2014/15 Q1"},
        key=None,
    )
    run(["next", str(reported)])
    assert [name for _, _, name, _ in proposed(next_to(reported))] == ["Review"]


def test_rows_are_put_into_formatted_empty_ones(made_quarter, tmp_path):
    data = with_rows(
        plan_in(made_quarter).read_bytes(), "Milestones", [{1: "K1", 2: 5, 3: "=a < b", 5: date(2014, 1, 31)}], 6
    )
    (tmp_path / "new.xlsx").write_bytes(data)
    sheet = load_workbook(tmp_path / "new.xlsx")["Milestones"]
    assert [cell.value for cell in sheet[6]][:5] == ["K1", 5, "=a < b", None, datetime(2014, 1, 31)]
    assert sheet["C6"].data_type == "s"
    assert sheet["C6"].border.top.style == sheet["C5"].border.top.style == "thin"
    assert [sheet.cell(row, 1).value for row in (3, 4, 5, 7)] == ["Key", "K1", "K2", None]


def test_a_workbook_without_the_sheet_can_not_be_added_to(tmp_path):
    plan_of(tmp_path, key_actions=ACTIONS, milestones=STEPS, shipped=True)
    with pytest.raises(CannotMark):
        with_rows(plan_in(tmp_path).read_bytes(), "Mile stones", [{1: "K1"}], 4)


@pytest.mark.parametrize(("ref", "expected"), [("A1:H3", "A1:H9"), ("A1", "A1:A9"), ("A1:H30", "A1:H30")])
def test_a_range_grows_downwards_alone(ref, expected):
    assert longer(ref, 9) == expected


SHEET, TABLE = "xl/worksheets/sheet6.xml", "xl/tables/table6.xml"
NEW: list[dict[int, AddedValue]] = [{1: "K1", 2: 5, 3: "<b> & _x0041_", 5: date(2014, 1, 31)}, {1: "K2"}]
TYPE, END = 'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/', "</Relationships>"
MACROS_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
SPARKLINES = (
    '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}" xmlns:x14="http://schemas.microsoft.com/office/'
    'spreadsheetml/2009/9/main"><x14:sparklineGroups><x14:row r="9"/></x14:sparklineGroups></ext></extLst></worksheet>'
)


def altered(data: bytes, part: str, changes: dict[str, str], more: dict[str, bytes] | None = None) -> bytes:
    """A workbook with one part changed, by patterns, and with more parts."""
    parts = messy.unzipped(data)
    text = parts[part].decode()
    for pattern, new in changes.items():
        text, count = re.subn(pattern, new, text)
        assert count, pattern
    return messy.zipped({**parts, part: text, **(more or {})})


def with_macros(data: bytes) -> bytes:
    types = {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main.xml": MACROS_TYPE,
        "<Default ": '<Default Extension="bin" ContentType="a/b"/><Default ',
    }
    related = {END: f'<Relationship Id="m1" {TYPE}vbaProject" Target="vbaProject.bin"/>{END}'}
    data = altered(data, "[Content_Types].xml", types)
    return altered(data, "xl/_rels/workbook.xml.rels", related, {"xl/vbaProject.bin": b"code"})


def with_link(data: bytes) -> bytes:
    """What a return isn't marked with: a picture that another file holds."""
    related = {END: f'<Relationship Id="o1" {TYPE}image" Target="file:///a.png" TargetMode="External"/>{END}'}
    return altered(data, "_rels/.rels", related)


UNUSUAL: dict[str, Callable[[bytes], bytes]] = {
    "strict": messy.strict,
    "prefixed": messy.prefixed,
    "days from 1904": lambda data: altered(data, "xl/workbook.xml", {"<workbookPr": '<workbookPr date1904="1"'}),
    "days from 1900": lambda data: altered(data, "xl/workbook.xml", {"<workbookPr": '<workbookPr date1904="0"'}),
    "days from 1900 in words": lambda data: altered(
        data, "xl/workbook.xml", {"<workbookPr": '<workbookPr date1904="false"'}
    ),
    "no styles": lambda data: altered(data, "xl/_rels/workbook.xml.rels", {"relationships/styles": "relationships/x"}),
    "strict without styles": lambda data: UNUSUAL["no styles"](messy.strict(data)),
    "no formats": lambda data: altered(data, "xl/styles.xml", {"(?s)<cellXfs.*</cellXfs>": "<cellXfs/>"}),
    "no numbers": lambda data: altered(data, SHEET, {r' r="[A-Z]*\d+"': ""}),
    "sparklines": lambda data: altered(data, SHEET, {"</worksheet>": SPARKLINES}),
    "macros": with_macros,
    "a link": with_link,
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_rows_are_added_to_every_kind_of_plan(made_quarter, tmp_path, name):
    before = UNUSUAL[name](plan_in(made_quarter).read_bytes())
    (tmp_path / "before.xlsx").write_bytes(before)
    old = open_book(tmp_path / "before.xlsx")
    (tmp_path / "after.xlsx").write_bytes(with_rows(before, "Milestones", NEW, 6))
    new = open_book(tmp_path / "after.xlsx")
    assert new.format == old.format
    added = [[cell.value for cell in new.sheets["Milestones"].rows[row].values()] for row in (6, 7)]
    assert added == [["K1", 5, "<b> & _x0041_", datetime(2014, 1, 31)], ["K2"]]
    assert [row for row in new.sheets["Milestones"].rows if row not in old.sheets["Milestones"].rows] == [6, 7]
    for sheet, found in old.sheets.items():
        assert found.rows == {row: each for row, each in new.sheets[sheet].rows.items() if row in found.rows}
    was, now = messy.unzipped(before), messy.unzipped((tmp_path / "after.xlsx").read_bytes())
    changed = {part for part in was if was[part] != now.get(part) and not part.endswith((".rels", "Types].xml"))}
    assert changed <= {SHEET, TABLE, "xl/styles.xml"}
    assert (b"sparklineGroups" in now[SHEET]) == (name == "sparklines")


def test_a_date_that_a_formula_made_is_emptied_with_it(tmp_path):
    path = messy.write(
        tmp_path,
        messy.xlsx(
            '<row><c><v>1</v></c><c t="str"><f>TODAY()</f><v>x</v></c></row>'
            '<row r="3"><c r="B3" t="b"><v>1</v></c></row>'
        ),
    )
    new = messy.write(tmp_path, without_values(path.read_bytes(), "Entries", ["B1"]), "new.xlsx")
    cells = {
        row: {at: cell.value for at, cell in there.items()}
        for row, there in open_book(new).sheets["Entries"].rows.items()
    }
    assert cells == {1: {1: 1}, 3: {2: True}}
    assert b"TODAY" not in messy.unzipped(new.read_bytes())["xl/worksheets/sheet1.xml"]


def test_a_plan_that_can_not_be_added_to_is_said_and_what_to_do(reported, capsys):
    plan = plan_in(reported)
    parts = messy.unzipped(plan.read_bytes())
    sheet = parts[SHEET].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    plan.write_bytes(messy.zipped({**parts, SHEET: sheet.encode("utf-16")}))
    capsys.readouterr()
    assert run(["next", str(reported)]) == 2
    said = capsys.readouterr().err
    assert f"{plan} can't be changed, since its XML isn't stored as UTF-8. Save it in Excel as a plain .xlsx" in said
    assert not next_to(reported).exists()


@pytest.mark.parametrize("name", ["corporate_plan.xlsx", "2013-14 Q4 performance report.xlsx"])
def test_a_plan_or_report_that_is_saved_meanwhile_is_read_anew(reported, name, monkeypatch, capsys):
    """Each is read more than once, so that the new plan could be made of two of them."""

    def saved_meanwhile(plan, *others):
        made = next_plan.make_next_plan(plan, *others)
        shutil.copy(reported / name, reported / "saved")
        (reported / "saved").replace(reported / name)
        return made

    with monkeypatch.context() as patch:
        patch.setattr("ragtool.commands.next_quarter.make_next_plan", saved_meanwhile)
        capsys.readouterr()
        assert run(["next", str(reported)]) == 2
    said = capsys.readouterr().err
    assert said == f"{reported / name} was changed while ragtool was at work, so nothing was written. Run again.\n"
    assert not next_to(reported).exists()
    assert run(["next", str(reported)]) in (0, 1)
