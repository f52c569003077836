"""Where `--output` may put a report: never where a later run would take it for something else, or write over it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from runs import rows_of
from small_quarter import Quarter

AS_A_RETURN = "a later run would read it there as a return. Name a place outside the returns with --output."


@pytest.mark.parametrize(
    "place", ["returns/r.xlsx", "returns/queries/r.xlsx", "panels/../returns/r.xlsx", "Returns/r.xlsx", "link/r.xlsx"]
)
@pytest.mark.parametrize("where", ["the quarter's own", "another quarter's"])
def test_a_report_never_goes_among_returns(quarter: Quarter, tmp_path: Path, where: str, place: str) -> None:
    home = quarter.folder
    if where != "the quarter's own":
        home = tmp_path / "2013-14 Q3"
        (home / "returns").mkdir(parents=True)
        shutil.copy(quarter.folder / "corporate_plan.xlsx", home)
    (home / "panels").mkdir()
    (home / "link").symlink_to(home / "returns", target_is_directory=True)
    before = sorted(tmp_path.rglob("*"))
    done = quarter.run("consolidate", quarter.folder, "--output", home / place)
    assert (done.status, done.err) == (2, f"The report can't go to {(home / place).parent}: {AS_A_RETURN}\n")
    assert sorted(tmp_path.rglob("*")) == before


def test_nor_where_returns_and_report_would_lie_in_one_folder(quarter: Quarter, tmp_path: Path) -> None:
    returns = shutil.copytree(quarter.folder / "returns", tmp_path / "all in one")
    options = ("--returns", returns, "--plan", quarter.folder / "corporate_plan.xlsx")
    for place, more in ((returns, ()), (quarter.folder, ("--output", returns / "report.xlsx"))):
        done = quarter.run("consolidate", place, *options, *more)
        assert (done.status, done.err) == (2, f"The report can't go to {returns}: {AS_A_RETURN}\n")


@pytest.mark.parametrize(
    ("name", "is_read_as"),
    [("corporate_plan.xlsx", "the plan"), ("Previous.XLSX", "the last quarter's report")],
)
def test_nor_under_the_name_of_what_is_read(quarter: Quarter, tmp_path: Path, name: str, is_read_as: str) -> None:
    for place in (quarter.folder / name, tmp_path / "elsewhere" / name):
        done = quarter.run("consolidate", quarter.folder, "--output", place)
        sentence = f"The report can't be {place}: {name.lower()} is {is_read_as}. Name another file with --output.\n"
        assert (done.status, done.err) == (2, sentence)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("place", ["2013-14 Q2 committee pack.xlsx", "panels/2013-14 Q2 Safer.xlsx"])
def test_a_report_that_is_called_as_what_stands_beside_one_is_kept(quarter: Quarter, place: str) -> None:
    report = quarter.folder / place
    quarter.run("consolidate", quarter.folder, "--output", report)
    kept = report.read_bytes()
    assert rows_of(report, "Data")
    quarter.run("consolidate", quarter.folder)
    assert report.read_bytes() == kept
    usual = report.with_name("2013-14 Q2 committee pack v2.xlsx" if "pack" in place else "2013-14 Q2 Safer v2.xlsx")
    assert usual.is_file()
    done = quarter.run("consolidate", quarter.folder, "--output", report, "--previous", report)
    sentence = f"{report} is the report that this run writes. Name the last quarter's report with --previous.\n"
    assert (done.status, done.err) == (2, sentence)
