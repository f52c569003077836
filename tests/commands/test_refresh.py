"""A plan that is corrected after the returns went out: which returns are older, what differs, which are made anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from officers import fill, sign, table
from plans import AREA, OTHER_AREA, plan_of
from ragtool import columns as c
from ragtool.cli import run
from small_quarter import copy_of, return_of, type_in

ACTIONS: list[dict[str, object]] = [{c.KEY: "K1"}, {c.KEY: "K2", c.SERVICE_AREA: OTHER_AREA}]
STEPS: list[dict[str, object]] = [{c.KEY: "K1", c.NO: 1, c.DUE: "2013/14 Q2"}]
MEASURES: list[dict[str, object]] = [{c.KEY: "M1", c.UNIT: "%", c.BETTER_WHEN: "Higher", "Target Q2": "40 %"}]
BLANK = "nothing in its rows, but a setting or what other service areas report"


@pytest.fixture(scope="module")
def sent_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quarter whose returns went out, unfilled; only to be copied."""
    folder = tmp_path_factory.mktemp("sent") / "2013-14 Q2"
    folder.mkdir()
    plan_of(folder, key_actions=ACTIONS, milestones=STEPS, measures=MEASURES)
    run(["templates", str(folder), "--quarter", "2013/14 Q2"])
    return folder


@pytest.fixture
def quarter(sent_out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A quarter whose returns went out, unfilled."""
    folder = copy_of(sent_out, tmp_path)
    capsys.readouterr()
    return folder


def templates(folder: Path, *options: str) -> int:
    return run(["templates", str(folder), "--quarter", "2013/14 Q2", *options])


def corrected(folder: Path, **plan: Any) -> None:
    """The plan with another target and, where they are given, other rows."""
    measures = [MEASURES[0] | {"Target Q2": "60 %"}]
    plan_of(folder, **{"key_actions": ACTIONS, "milestones": STEPS, "measures": measures, **plan})


def target_in(folder: Path) -> object:
    return table(return_of(folder), "Measures")[0][c.TARGET]


def test_returns_of_an_earlier_plan_are_named_with_what_differs(quarter, capsys):
    corrected(quarter)
    before = return_of(quarter).read_bytes()
    assert templates(quarter) == 1
    said = capsys.readouterr()
    ours, theirs = return_of(quarter), return_of(quarter, OTHER_AREA)
    assert (
        f"{ours.name} is of an earlier plan. What differs: M1: Target is 40 % there and 60 % in the plan." in said.err
    )
    assert f"{theirs.name} is of an earlier plan. What differs: {BLANK}." in said.err
    again = f'ragtool templates "{quarter}" --quarter "2013/14 Q2" --refresh'
    assert f"2 returns of an earlier plan or report can be made anew, since nobody has filled them: {again}" in said.err
    assert f"Kept as it is: {ours}" in said.out
    assert return_of(quarter).read_bytes() == before


def test_those_that_nobody_has_filled_are_made_anew_when_it_is_asked_for(quarter, capsys):
    fill(return_of(quarter, OTHER_AREA), "Key actions", {c.HIGHLIGHT: "Under way"}, key="K2")
    filled = return_of(quarter, OTHER_AREA).read_bytes()
    corrected(quarter)
    assert templates(quarter, "--refresh") == 1
    said = capsys.readouterr()
    assert f"Made anew: {return_of(quarter)}" in said.out
    assert target_in(quarter) == 0.6
    assert return_of(quarter, OTHER_AREA).read_bytes() == filled
    assert f"{BLANK}. It is filled, so tell its officer; the plan's values count." in said.err
    assert "--refresh" not in said.err
    (quarter / "returns" / return_of(quarter, OTHER_AREA).name).unlink()
    assert templates(quarter, "--refresh") == 0
    assert "Made anew" not in capsys.readouterr().out  # that of the plan as it is now stays


@pytest.mark.parametrize(
    "touch",
    [
        lambda path: fill(path, "Measures", {c.PERFORMANCE: "about half"}, key="M1"),
        lambda path: fill(path, "Measures", {c.DATA_SOURCE: "Our own survey"}, key="M1"),
        lambda path: fill(path, "Measures", {c.PERIOD: None}, key="M1"),
        lambda path: fill(path, "Key actions", {c.ACTION_PLAN: "Yes"}, key="K1"),
        lambda path: fill(path, "Next milestones", {c.KEY: "K1"}),
        lambda path: fill(path, "Revisions", {c.REASON: "Audit"}),
        sign,
        lambda path: type_in(path, "Measures", "Z3", "a note of my own"),
        lambda path: path.write_bytes(b"something else"),
    ],
)
def test_a_return_that_somebody_wrote_in_is_never_made_anew(quarter, touch):
    touch(return_of(quarter))
    before = return_of(quarter).read_bytes()
    corrected(quarter)
    templates(quarter, "--refresh")
    assert return_of(quarter).read_bytes() == before


def test_what_the_template_filled_in_is_made_anew_with_the_rest(quarter, capsys):
    corrected(quarter, measures=[MEASURES[0] | {c.DATA_SOURCE: "Police", c.TARGET_PERIOD: "2012/13"}])
    assert templates(quarter, "--refresh") == 0
    corrected(quarter, measures=[MEASURES[0] | {c.DATA_SOURCE: "The police", c.TARGET_PERIOD: "2013/14"}])
    assert templates(quarter, "--refresh") == 0
    (row,) = table(return_of(quarter), "Measures")
    assert (row[c.DATA_SOURCE], row[c.PERIOD]) == ("The police", "2013/14")


def test_a_return_that_had_nothing_to_fill_is_made_anew_when_the_plan_gives_it_something(quarter, capsys):
    more = [*MEASURES, {c.KEY: "M2", c.BETTER_WHEN: "Lower", c.SERVICE_AREA: OTHER_AREA, "Target Q2": 5}]
    corrected(quarter, measures=more, milestones=[], key_actions=ACTIONS)
    templates(quarter)
    said = capsys.readouterr().err
    assert "What differs: M2 is in the plan alone." in said
    assert "What differs: K1 no. 1 isn't asked for any more." in said
    assert templates(quarter, "--refresh") == 0
    assert [row[c.KEY] for row in table(return_of(quarter, OTHER_AREA), "Measures")] == ["M2"]


def test_many_differences_are_counted(quarter, capsys):
    rows = [MEASURES[0] | {c.KEY: f"N{number}"} for number in range(9)]
    corrected(quarter, measures=[*MEASURES, *rows])
    templates(quarter)
    assert "N4 is in the plan alone; and 4 more." in capsys.readouterr().err


def test_a_return_of_an_older_template_is_told_by_what_it_shows(quarter, capsys):
    about = c.ReturnSheets.ABOUT.name
    for cell, older in (("B6", "0"), ("B7", "another digest")):
        type_in(return_of(quarter), about, cell, older)
    assert load_workbook(return_of(quarter))[about]["A6"].value == c.About.TEMPLATE_VERSION
    assert templates(quarter) == 0
    corrected(quarter)
    assert templates(quarter) == 1
    assert "M1: Target is 40 % there and 60 % in the plan" in capsys.readouterr().err


Report = Callable[[float, str], None]


def report_before(year: Path, figure: float, status: str) -> None:
    """Reports the quarter before, with that figure of M1 and status of K1's milestone, for the quarter after it."""
    before = year / "2013-14 Q1"
    (first,) = (before / "returns").glob(f"*{AREA}.xlsx")
    fill(first, "Measures", {c.PERFORMANCE: figure}, key="M1")
    fill(first, "Milestones", {c.STATUS: status}, key="K1")
    run(["consolidate", str(before), "--no-panels", "--no-pack"])
    shutil.copy(before / "2013-14 Q1 performance report.xlsx", year / "2013-14 Q2" / "previous.xlsx")


@pytest.fixture(scope="module")
def made_twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What holds a quarter whose returns went out, and the quarter before with its report; only to be copied."""
    year = tmp_path_factory.mktemp("made") / "year"
    for name in ("2013-14 Q1", "2013-14 Q2"):
        (year / name).mkdir(parents=True)
        measures = [MEASURES[0] | {"Target Q1": "40 %"}, MEASURES[0] | {c.KEY: "M2", c.SERVICE_AREA: OTHER_AREA}]
        plan_of(year / name, key_actions=ACTIONS, milestones=[STEPS[0] | {c.DUE: "2013/14 Q1"}], measures=measures)
    run(["templates", str(year / "2013-14 Q1"), "--quarter", "2013/14 Q1"])
    report_before(year, 0.536, "Overdue")
    assert templates(year / "2013-14 Q2") == 0
    return year


@pytest.fixture
def reported_twice(made_twice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, Report]:
    """A quarter whose returns went out, with the report of the quarter before; and what makes that report anew with
    another figure of M1 and status of K1's milestone.
    """
    year = copy_of(made_twice, tmp_path)

    def reported(figure: float, status: str) -> None:
        report_before(year, figure, status)
        capsys.readouterr()

    capsys.readouterr()
    return year / "2013-14 Q2", reported


def test_what_was_corrected_in_the_report_before_is_named_and_made_anew(reported_twice, capsys):
    folder, reported = reported_twice
    assert templates(folder) == 0  # nothing changed, so nothing is said
    reported(0.54, "Complete")
    assert templates(folder) == 1
    said = capsys.readouterr().err
    differs = "K1 no. 1 of 2013/14 Q1 isn't carried forward any more; M1: Last figure is 53.6 % there and 54 % by now."
    assert f"{return_of(folder).name} is of an earlier report. What differs: {differs}\n" in said
    assert "1 return of an earlier plan or report can be made anew" in said
    assert templates(folder, "--refresh") == 0
    assert f"Made anew: {return_of(folder)}\nKept" in capsys.readouterr().out
    assert table(return_of(folder), "Measures")[0][c.LAST_FIGURE] == 0.54


def test_a_last_figure_that_an_officer_changed_is_neither_the_reports_nor_made_anew(reported_twice, capsys):
    folder, reported = reported_twice
    fill(return_of(folder), "Measures", {c.LAST_FIGURE: 0.995}, key="M1")
    reported(0.54, "Overdue")
    assert templates(folder, "--refresh") == 0
    said = capsys.readouterr()
    assert "earlier report" not in said.err
    assert "Made anew" not in said.out
    assert table(return_of(folder), "Measures")[0][c.LAST_FIGURE] == 0.995


def test_without_the_earlier_report_nothing_is_held_against_it_and_nothing_made_anew(reported_twice, capsys):
    folder, _ = reported_twice
    (folder / "previous.xlsx").rename(folder.parent / "last.xlsx")
    templates(folder)
    assert "is of an earlier report" not in capsys.readouterr().err
    assert templates(folder, "--refresh") == 2
    ours = return_of(folder).name
    assert f"{ours} was made with an earlier report, so it can't be made anew without it." in capsys.readouterr().err
    assert table(return_of(folder), "Measures")[0][c.LAST_FIGURE] == 0.536


def test_without_the_earlier_report_what_is_new_is_made_beside_returns_that_are_filled(reported_twice, capsys):
    folder, _ = reported_twice
    for area in (AREA, OTHER_AREA):
        fill(return_of(folder, area), "Measures", {c.PERFORMANCE: 0.6}, key="M1" if area == AREA else "M2")
    (folder / "previous.xlsx").unlink()
    return_of(folder, OTHER_AREA).unlink()
    assert templates(folder, "--refresh") == 1  # an earlier quarter's milestones are asked for again
    assert f"Written: {return_of(folder, OTHER_AREA)}" in capsys.readouterr().out


def test_what_was_corrected_on_the_plans_own_earlier_quarters_is_named_and_made_anew(tmp_path, capsys):
    def planned(figure):
        history = [{c.QUARTER: "2013/14 Q1", c.KEY: "M1", c.RAG: "G", c.PERFORMANCE: figure}]
        plan_of(tmp_path, key_actions=ACTIONS, measures=MEASURES, history=history)

    planned("81 %")
    templates(tmp_path)
    planned("82 %")
    capsys.readouterr()
    assert templates(tmp_path) == 1
    assert "M1: Last figure is 81 % there and 82 % by now." in capsys.readouterr().err
    templates(tmp_path, "--refresh")
    assert f"Made anew: {return_of(tmp_path)}" in capsys.readouterr().out
    assert table(return_of(tmp_path), "Measures")[0][c.LAST_FIGURE] == 0.82
