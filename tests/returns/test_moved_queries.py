"""Queries that move to a fresh template: each to the row that is about the same, which is told once."""

from __future__ import annotations

import shutil
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from officers import fill
from ragtool import columns as c
from ragtool.cli import run
from ragtool.model import Query, Severity
from ragtool.returns.marked import moved_queries
from ragtool.returns.marked.moved_queries import moved
from ragtool.workbooks.book import Cell, SheetCells
from small_quarter import FINANCE, build, return_of

S = c.ReturnSheets
HEADINGS = (c.KEY, c.MILESTONE, c.DUE)


def sheet_of(keys: Mapping[int, str], first: int = 1) -> dict[str, SheetCells]:
    """A sheet Next milestones with its headings in row 3, and a row for each key; the columns begin at `first`."""
    headings = {first + at: Cell(heading) for at, heading in enumerate(HEADINGS)}
    rows = {number: {first: Cell(key), first + 2: Cell("soon")} for number, key in keys.items()}
    return {S.NEXT.name: SheetCells(S.NEXT.name, {3: headings, **rows})}


def query_at(cell: str) -> Query:
    return Query("a.ods", S.NEXT.name, cell, "", Severity.ERROR, "'soon' is no date.", "Type a date.")


def test_a_query_moves_to_the_row_that_is_about_the_same() -> None:
    before, after = sheet_of({4: "K1", 5: "K2", 6: "K9"}), sheet_of({4: "K2", 5: "K1"}, first=2)
    first, heading, gone = moved([query_at("C4"), query_at("C3"), query_at("C6")], before, after)
    assert (first.cell, heading.cell, gone.cell) == ("D5", "D3", "")
    assert gone.problem.endswith("(It was Next milestones, cell C6 of a.ods.)")


def test_a_row_is_told_once_however_many_queries_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    told: Counter[str] = Counter()
    identity = moved_queries.identity

    def counted(sheet: c.Sheet, *args: object) -> tuple[str, ...]:
        told[sheet.name] += 1
        return identity(sheet, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(moved_queries, "identity", counted)
    many = {number: f"K{number}" for number in range(4, 104)}
    moved([query_at(f"{column}{row}") for row in many for column in "ABC"], sheet_of(many), sheet_of(many))
    assert told == {S.NEXT.name: 200}


def test_an_xlsx_that_cannot_be_marked_is_not_told_to_be_saved_as_one(tmp_path: Path, capsys) -> None:
    path = tmp_path / "alone" / "a.xlsx"
    path.parent.mkdir()
    own = return_of(build(tmp_path / "quarter"), FINANCE)
    fill(own, S.MILESTONES.name, {c.STATUS: "nearly"}, key="K3", no=1)
    shutil.copy(own, path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            odd = b'<extLst><ext uri="x">' + b"<a/>" * 160_000 + b"</ext></extLst></worksheet>"
            archive.writestr(name, part.replace(b"</worksheet>", odd) if name.endswith("/sheet4.xml") else part)
    run(["check", str(path)])
    said = capsys.readouterr()
    assert (
        "a.xlsx can't be marked as it is, so there is no copy; the queries are listed. Copy what was typed into a "
        "fresh return from the templates, and check that."
    ) in said.out + said.err
