"""Queries moved from a workbook that can't be marked to the fresh template that takes its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from openpyxl.utils import get_column_letter

from ragtool import columns as c
from ragtool.model import Query
from ragtool.sheets.tables import find_headings
from ragtool.workbooks.book import Cell, SheetCells
from ragtool.workbooks.digest import plain
from ragtool.workbooks.references import REFERENCE, position_of

S = c.ReturnSheets

RowTexts = tuple[str, ...]


def moved(queries: Sequence[Query], theirs: Mapping[str, SheetCells], fresh: Mapping[str, SheetCells]) -> list[Query]:
    """The queries with their cells as the fresh template has them; one whose row isn't there says where it was."""
    sheets: dict[str, MovedSheet | None] = {}
    placed: list[Query] = []
    for query in queries:
        if query.sheet not in sheets:
            sheets[query.sheet] = moved_sheet(query.sheet, theirs, fresh)
        placed.append(move(query, sheets[query.sheet]) if REFERENCE.fullmatch(query.cell) else query)
    return placed


def move(query: Query, sheet: MovedSheet | None) -> Query:
    """A query with its cell as the fresh template has it."""
    if sheet and (cell := sheet.now_at(query.cell)):
        return replace(query, cell=cell)
    return replace(query, cell="", problem=f"{query.problem} (It was {query.sheet}, {query.where} of {query.file}.)")


class MovedSheet:
    """A sheet of the template as a return has it and as a fresh one does; its rows are told by what they are about,
    each once, however many queries there are.
    """

    def __init__(self, sheet: c.Sheet, before: SheetCells, after: SheetCells) -> None:
        self.sheet, self.before = sheet, before
        self.heading_row, self.positions = find_headings(before, sheet.headings)
        self.now_heading_row, self.now = find_headings(after, sheet.headings)
        self.known: dict[int, RowTexts] = {}
        self.rows: dict[RowTexts, int] = {}
        for row, cells in after.rows.items():
            if row > self.now_heading_row:
                self.rows.setdefault(identity(sheet, cells, self.now), row)

    def now_at(self, cell: str) -> str:
        """Where the fresh template has a cell; empty where it has no such row or column."""
        row, column = position_of(cell)
        heading = next((name for name, columns in self.positions.items() if column in columns), "")
        now_row = self.now_heading_row if row <= self.heading_row else self.now_row(row)
        return f"{get_column_letter(self.now[heading][0])}{now_row}" if heading in self.now and now_row else ""

    def now_row(self, row: int) -> int:
        """The row of the fresh template that is about the same; 0 where there is none."""
        if row not in self.known:
            self.known[row] = identity(self.sheet, self.before.rows.get(row, {}), self.positions)
        return self.rows.get(self.known[row], 0) if any(self.known[row]) else 0


def moved_sheet(name: str, theirs: Mapping[str, SheetCells], fresh: Mapping[str, SheetCells]) -> MovedSheet | None:
    """The sheet of that name as both have it; None where it is none of the template's, or one lacks it."""
    sheet = next((each for each in S.TABLES if each.name.casefold() == name.strip().casefold()), None)
    before, after = (find(book, name) for book in (theirs, fresh))
    return MovedSheet(sheet, before, after) if sheet and before and after else None


def find(book: Mapping[str, SheetCells], name: str) -> SheetCells | None:
    """A sheet by its name, case and surrounding blanks aside."""
    return next((sheet for title, sheet in book.items() if title.strip().casefold() == name.strip().casefold()), None)


def identity(sheet: c.Sheet, cells: Mapping[int, Cell], positions: Mapping[str, Sequence[int]]) -> RowTexts:
    """What a row is known by."""
    columns = [positions[heading][0] if heading in positions else 0 for heading in c.IDENTIFIED_BY[sheet.name]]
    return tuple(plain(cells[column].value).casefold() if column in cells else "" for column in columns)
