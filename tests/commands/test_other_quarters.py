"""A return in the folder of another quarter is told, and `check` says what it looked at and what comes next."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import small_quarter
from officers import fill, sign
from plans import plan_of
from ragtool import columns as c
from ragtool.cli import run
from runs import rows_of
from small_quarter import FINANCE, HIGHWAYS, Quarter, return_of, type_in


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_quarter.build(tmp_path_factory.mktemp("made") / "2013-14 Q2")


@pytest.fixture
def quarter(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Quarter:
    return Quarter(small_quarter.copy_of(made, tmp_path), capsys)


def for_first_quarter(*returns: Path) -> None:
    for path in returns:
        type_in(path, c.ReturnSheets.ABOUT.name, "B4", "2013/14 Q1")


def test_a_clean_check_says_so_and_names_the_next_step(quarter: Quarter) -> None:
    checked = quarter.check()
    assert checked.status == 0
    assert checked.out.splitlines()[-2:] == [
        "Nothing to correct in 3 returns for 2013/14 Q2.",
        f'When all returns are in, run: ragtool consolidate "{quarter.folder}"',
    ]


def test_without_a_plan_a_clean_check_says_what_was_not_looked_at(quarter: Quarter, tmp_path: Path) -> None:
    alone = tmp_path / "elsewhere" / "mine.xlsx"
    alone.parent.mkdir()
    shutil.copy(quarter.finance, alone)
    assert quarter.check(alone).out.splitlines()[-2:] == [
        "Nothing to correct in 1 return for 2013/14 Q2.",
        "There is no plan beside them: put them into their quarter's folder to check them against it.",
    ]


def test_a_return_of_another_quarter_than_its_folder_is_told(quarter: Quarter) -> None:
    for_first_quarter(quarter.highways)
    type_in(quarter.highways, "Measures", "C3", "Flats")
    said = (
        f"Error: {quarter.highways.name}: It is a return for 2013/14 Q1, but the folder is that of 2013/14 Q2. "
        "Ask for the return for 2013/14 Q2, and move this one to its own quarter's folder."
    )
    for paths in ((), (quarter.highways,), (quarter.folder / "returns",)):
        checked = quarter.check(*paths)
        assert (checked.status, said in checked.out, "Nothing to correct" in checked.out) == (1, True, False)
        assert "in the plan, which counts" not in checked.out  # nor what else this quarter's plan would say of it


def test_a_folder_without_a_quarters_name_is_told_by_most_of_its_returns(quarter: Quarter) -> None:
    folder = quarter.folder.rename(quarter.folder.with_name("autumn"))
    for_first_quarter(return_of(folder, HIGHWAYS))
    said = "It is a return for 2013/14 Q1, but most of those beside it are for 2013/14 Q2."
    assert quarter.check(folder).out.count(said) == 1


def test_a_quarter_that_the_earlier_report_is_of_is_told(quarter: Quarter) -> None:
    quarter.consolidate()
    folder = quarter.folder.rename(quarter.folder.with_name("autumn"))
    shutil.copy(small_quarter.report_of(folder), folder / "previous.xlsx")
    said = "It is a return for 2013/14 Q2, but previous.xlsx is the report of 2013/14 Q2 already."
    assert quarter.check(folder).out.count(said) == 3


def test_a_return_of_another_quarter_that_nobody_filled_is_told_too(quarter: Quarter) -> None:
    run(["templates", str(quarter.folder), "--quarter", "2013/14 Q3"])
    out = quarter.check().out
    assert out.count("It is a return for 2013/14 Q3, but the folder is that of 2013/14 Q2.") == 3


def test_a_folder_whose_returns_are_all_of_another_quarter_is_a_query_of_the_report(quarter: Quarter) -> None:
    for_first_quarter(*(quarter.folder / "returns").iterdir())
    done = quarter.run("consolidate", quarter.folder, "--no-panels", "--no-pack")
    assert done.status == 1
    report = quarter.folder / "2013-14 Q1 performance report.xlsx"
    problems = [row[c.PROBLEM] for row in rows_of(report, "Queries")]
    assert "The returns are for 2013/14 Q1, but the folder is that of 2013/14 Q2." in problems
    quarter.run("consolidate", quarter.folder, "--no-panels", "--no-pack", "--quarter", "2013/14 Q1")
    problems = [row[c.PROBLEM] for row in rows_of(report, "Queries")]
    assert not any("but the folder" in problem for problem in problems)


def test_what_is_wrong_with_the_plan_is_said_where_all_returns_are_of_another_quarter(quarter: Quarter) -> None:
    for_first_quarter(*(quarter.folder / "returns").iterdir())
    type_in(quarter.folder / "corporate_plan.xlsx", "Settings", "A30", "Blue beyondd")
    assert quarter.check().out.count("corporate_plan.xlsx, Settings, row 30, Setting (cell A30): ") == 1


def test_messages_stand_together_by_the_return_that_they_are_about(quarter: Quarter) -> None:
    for area, cells in ((HIGHWAYS, ("K3", "K4")), (FINANCE, ("K3",))):
        for cell in cells:
            type_in(return_of(quarter.folder, area), "Measures", cell, "about ten")
    groups = quarter.check().out.split("\n\n")[:-1]
    assert [group.splitlines()[0] for group in groups] == [
        "2013-14 Q2 Highways.xlsx: 2 queries",
        "2013-14 Q2 Finance.xlsx: 1 query",
    ]
    for group in groups:
        heading, *lines = group.splitlines()
        assert all(line.startswith(f"Error: {heading.partition(':')[0]}, Measures") for line in lines)


def test_templates_take_the_quarter_that_the_folder_is_named_after(quarter: Quarter) -> None:
    quarter.highways.unlink()
    made = quarter.run("templates", quarter.folder)
    assert (made.status, made.err) == (0, "")
    assert f"Written: {quarter.highways}\n" in made.out


def test_templates_ask_where_the_folder_names_no_quarter(quarter: Quarter) -> None:
    folder = quarter.folder.rename(quarter.folder.with_name("autumn"))
    made = quarter.run("templates", folder)
    named = 'name it with --quarter, written as "2026/27 Q2" is.\n'
    assert made.err == f"{folder} isn't named after a quarter, so say which one is to be reported: {named}"
    assert made.status == 2
    made = quarter.run("templates", folder, "--quarter", "2013/14 Q3")
    assert "The returns are for" not in made.err  # no name says otherwise


def test_templates_in_a_folder_that_isnt_there_say_so(quarter: Quarter) -> None:
    mistyped = quarter.folder.with_name("spring")
    made = quarter.run("templates", mistyped)
    assert (made.status, made.err) == (2, f"There is no folder {mistyped}. Check the name.\n")


def test_templates_of_another_quarter_than_the_folders_are_asked_about(quarter: Quarter) -> None:
    made = quarter.run("templates", quarter.folder, "--quarter", "2013/14 Q3")
    assert made.status == 1
    assert "2013-14 Q2: The returns are for 2013/14 Q3, but the folder is that of 2013/14 Q2. Delete those" in made.err
    assert made.out.count("Written: ") == 3


def test_milestones_of_before_the_first_report_are_asked_about_until_the_returns_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "2013-14 Q2"
    folder.mkdir()
    plan_of(folder, key_actions=[{c.KEY: "K1"}], milestones=[{c.KEY: "K1", c.NO: 1, c.DUE: "2013/14 Q1"}])
    again = Quarter(folder, capsys)
    said = "There is no earlier report, so 1 milestone of an earlier quarter is asked for again, back to 2013/14 Q1."
    assert said in again.run("templates", folder).err
    sign(return_of(folder))
    assert said in [row[c.PROBLEM] for row in again.consolidate().queries]
    fill(return_of(folder), "Milestones", {c.STATUS: "Complete"}, key="K1")
    assert said not in [row[c.PROBLEM] for row in again.consolidate().queries]
