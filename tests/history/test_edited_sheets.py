"""An earlier report that somebody changed: every command that reads it says so."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from officers import at_work, complete_all, fill, sign, table
from plans import AREA, plan_of
from ragtool import columns as c
from ragtool.cli import run
from ragtool.history.edited_sheets import shown_otherwise, shows_another
from ragtool.report.contents import figure_cell
from ragtool.workbooks.book import Book, Cell, SheetCells
from ragtool.workbooks.number_formats import shape
from ragtool.workbooks.stored import number_cell
from small_quarter import copy_of

AREAS = ({c.SERVICE_AREA: AREA},)
STEPS = [
    {c.KEY: "K1", c.NO: 1, c.DUE: "2013/14 Q1"},
    {c.KEY: "K1", c.NO: 2, c.DUE: "2013/14 Q2"},
]


@pytest.fixture(scope="module")
def made_second(tmp_path_factory):
    """A second quarter with the report of the first, in which a milestone was overdue; only to be copied."""
    first, second = (tmp_path_factory.mktemp("year") / name for name in ("2013-14 Q1", "2013-14 Q2"))
    for folder in (first, second):
        folder.mkdir(parents=True)
    plan_of(first, key_actions=[{c.KEY: "K1"}], milestones=STEPS, areas=AREAS)
    run(["templates", str(first)])
    path = first / "returns" / f"{first.name} {AREA}.xlsx"
    fill(path, "Milestones", {c.STATUS: "Overdue", c.RESOLUTION: "More staff", c.REVISED_DATE: "29/11/2013"}, key="K1")
    sign(path)
    run(["consolidate", str(first), "--no-panels", "--no-pack"])
    plan_of(second, key_actions=[{c.KEY: "K1"}], milestones=STEPS[1:], areas=AREAS)
    (first / f"{first.name} performance report.xlsx").rename(second / "previous.xlsx")
    run(["templates", str(second)])
    path = second / "returns" / f"{second.name} {AREA}.xlsx"
    complete_all(path)
    sign(path)
    return second


@pytest.fixture
def second(made_second, tmp_path):
    """A second quarter with the report of the first, in which a milestone was overdue."""
    return copy_of(made_second, tmp_path)


def changed(folder, sheet: str, heading: str, value: Any) -> None:
    """The earlier report, its first row changed under a heading of a sheet."""
    with at_work(folder / "previous.xlsx") as book:
        page = book[sheet]
        name = next(cell for row in page for cell in row if cell.value == heading)
        page.cell(name.row + 1, name.column).value = value


def check(folder, capsys) -> str:
    capsys.readouterr()
    run(["check", str(folder)])
    return str(capsys.readouterr().out)


def test_a_report_that_was_only_saved_is_not_told(second, capsys):
    changed(second, "Milestones", c.KEY, "K1")
    assert "previous.xlsx" not in check(second, capsys)


@pytest.mark.parametrize(
    ("sheet", "heading", "value"),
    [("Data", c.RAG, "G"), ("Milestones", c.STATUS, "Complete"), ("Milestone register", c.STATUS, "Complete")]
    + [("Revisions", c.REASON, "Recount")],
)
def test_check_says_that_the_earlier_report_was_edited(second, capsys, sheet, heading, value):
    changed(second, sheet, heading, value)
    edited = f"previous.xlsx, {sheet}: The sheet {sheet} was edited since ragtool wrote it; it is used as it stands."
    assert edited in check(second, capsys)


@pytest.mark.parametrize("heading", [c.NO, c.DUE])
def test_a_milestone_that_can_not_be_told_any_more_is_said(second, capsys, heading):
    for sheet in ("Milestones", "Milestone register"):
        changed(second, sheet, heading, "next spring" if heading == c.DUE else None)
    said = check(second, capsys)
    for sheet in ("Milestones", "Milestone register"):
        assert f"previous.xlsx, {sheet}, row " in said
    assert said.count(f"The row has no {heading} that can be read, so the milestone isn't kept.") == 2


def test_a_sheet_that_was_deleted_is_said(second, capsys):
    with at_work(second / "previous.xlsx") as book:
        del book["Milestone register"]
    assert "The sheet Milestone register was deleted since ragtool wrote it, so nothing of it is known." in check(
        second, capsys
    )


@pytest.mark.parametrize(
    ("cell", "unit", "told"),
    [
        (Cell(198, shown="-198"), "homes", "The cell shows '-198' and stores 198"),
        (Cell(4.858, shown="4.858m"), "visitors", "The cell shows '4.858m' and stores 4.858"),
        (Cell(0.688), "%", "The cell shows '0.688' and stores 0.688"),
        (Cell(0.9, percent=True), "ratio", "The cell shows '90 %' and stores 0.9"),
        (Cell(80, shown="80%"), "%", "The cell shows '80%' and stores 80"),
        (Cell(16, shown="16.0 %"), "%", "The cell shows '16.0 %' and stores 16"),
        (Cell(0.8, shown="80%"), "%", ""),
        (Cell(0.744, percent=True), "%", ""),
        (Cell(38000.4, shown="38,000 homes"), "homes", ""),
        (Cell(7.25, shown="£7.25m"), "£m", ""),
        (Cell(5), "homes", ""),
        (Cell("TBC"), "homes", ""),
    ],
)
def test_a_figure_of_data_that_shows_another_than_it_stores_is_told_once(cell, unit, told):
    headings = {1: Cell("Key"), 2: Cell(c.PERFORMANCE), 3: Cell(c.UNIT)}
    rows = {row: {1: Cell("P1"), 2: cell, 3: Cell(unit)} for row in (2, 3)}
    book = Book("previous.xlsx", "", {"Data": SheetCells("Data", {1: headings, **rows})}, {})
    queries = list(shown_otherwise(book, (c.PERFORMANCE, c.TARGET)))
    assert [(query.cell, query.heading) for query in queries] == ([("B2", c.PERFORMANCE)] if told else [])
    assert all(query.problem.startswith(f"{told}, and so does 1 more cell: the number format") for query in queries)


UNITS = ["%", "", "£", "£m", "£million", "£millions", "£mn", "£b", "£thousand", "£thousands", "£/head", "£/m²"]
UNITS += ["£ p.a.", "$million", "€/m", "£000", "000s", "k", "5 day", '5" rounds', "days", "per 1,000", "% points"]


@pytest.mark.parametrize("figure", ["0.004", "-0.37", "1234567.891", "12", "-5", "0", "98765432101234", "7E-12"])
def test_no_figure_that_a_report_writes_shows_another_than_it_stores(figure):
    for unit, decimals in product(UNITS, (None, 0, 1, 3)):
        content = figure_cell(Decimal(figure), unit, decimals)
        cell = number_cell(float(str(content.value)), shape(content.number_format), False)
        assert not shows_another(cell, Cell(unit)), (unit, decimals, cell)


@pytest.mark.parametrize("seen", ["£11.8million", "-£11.7million", "£11.7thousand", "£11.7", "11.7", "$11.7million"])
def test_a_figure_in_an_odd_unit_that_shows_another_is_told(seen):
    assert not shows_another(Cell(11.7, shown="£11.7million"), Cell("£million"))
    assert shows_another(Cell(11.7, shown=seen), Cell("£million")) is (seen not in ("£11.7", "11.7"))


def test_a_report_of_a_later_quarter_stops_no_check(second, capsys):
    run(["consolidate", str(second), "--no-panels", "--no-pack"])
    (second / f"{second.name} performance report.xlsx").replace(second / "previous.xlsx")
    first = second.rename(second.with_name("2013-14 Q1"))
    plan_of(first, key_actions=[{c.KEY: "K1"}], milestones=STEPS[:1], areas=AREAS)
    for path in (first / "returns").iterdir():
        path.unlink()
    previous = (first / "previous.xlsx").rename(first / "aside.xlsx")
    run(["templates", str(first)])
    previous.rename(first / "previous.xlsx")
    path = first / "returns" / f"{first.name} {AREA}.xlsx"
    complete_all(path)
    sign(path)
    said = check(first, capsys)
    assert "previous.xlsx: It is the report of 2013/14 Q2, later than 2013/14 Q1. Put the last quarter's" in said
    assert [row[c.STATUS] for row in table(path, "Milestones") if row[c.KEY]] == ["Complete"]
