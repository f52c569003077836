"""scripts/councils.py: returns that are renumbered copies are as if written, and earlier quarters are reported."""

from pathlib import Path

from openpyxl import load_workbook

from councils import ALIKE, Council, make_council
from ragtool.cli import run
from ragtool.commands.folder import PLAN, PREVIOUS, RETURNS
from ragtool.history.previous import read_previous
from ragtool.plan.plan_reading import read_plan
from ragtool.quarter.carrying import plan_milestones
from ragtool.quarters import Quarter
from ragtool.returns.template.area_items import items_by_area
from ragtool.returns.template.template import write_return


def values(path: Path) -> list[list[tuple[object, ...]]]:
    return [list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path)]


def test_a_renumbered_return_is_as_if_written_for_its_service_area(tmp_path: Path) -> None:
    council = Council(ALIKE + 2, 2, 1, 2)
    folder = make_council(tmp_path / "2013-14 Q2", council)
    plan, _ = read_plan(folder / PLAN)
    items = items_by_area(plan, council.quarter, plan_milestones(plan, council.quarter).shown)
    number = ALIKE + 1
    write_return(tmp_path / "written.xlsx", plan, council.quarter, items[f"Area {number}"], council.entries(number))
    made = values(folder / RETURNS / f"2013-14 Q2 Area {number}.xlsx")
    assert made == values(tmp_path / "written.xlsx")
    assert any(f"P{number}.1" in row for row in made[3])


def test_only_the_returns_that_forget_something_have_queries(tmp_path: Path, capsys) -> None:
    folder = make_council(tmp_path / "2013-14 Q2", Council(ALIKE + 1, 1, 1, 2, query_in_one_of=10))
    assert run(["check", str(folder)]) == 1
    queries = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Query: ")]
    assert [query.partition(",")[0] for query in queries] == [
        f"Query: 2013-14 Q2 Area {number}.xlsx" for number in (0, 10, 20)
    ]


def test_a_history_is_reported_quarter_by_quarter(tmp_path: Path, capsys) -> None:
    folder = make_council(tmp_path / "2013-14 Q2", Council(1, 1, 1, 2, query_in_one_of=1, history=2))
    reported = read_previous(folder / PREVIOUS, "Anytown Council")
    assert {row.quarter for row in reported.data} == {Quarter(2012, 4), Quarter(2013, 1)}
    assert run(["consolidate", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "1 query to look at" in said, said
