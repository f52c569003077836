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
    return [move(query, theirs, fresh) for query in queries]


def move(query: Query, theirs: Mapping[str, SheetCells], fresh: Mapping[str, SheetCells]) -> Query:
    """A query with its cell as the fresh template has it."""
    sheet = next((each for each in S.TABLES if each.name.casefold() == query.sheet.strip().casefold()), None)
    if not REFERENCE.fullmatch(query.cell):
        return query
    before, after = (find(book, query.sheet) for book in (theirs, fresh))
    cell = ""
    if sheet and before and after:
        row, column = position_of(query.cell)
        heading_row, positions = find_headings(before, sheet.headings)
        heading = next((name for name, columns in positions.items() if column in columns), "")
        now_heading_row, now = find_headings(after, sheet.headings)
        known = identity(sheet, before.rows.get(row, {}), positions)
        rows = [n for n, cells in after.rows.items() if n > now_heading_row and identity(sheet, cells, now) == known]
        if row <= heading_row:
            rows = [now_heading_row]
        if heading in now and rows and (row <= heading_row or any(known)):
            cell = f"{get_column_letter(now[heading][0])}{rows[0]}"
    if cell:
        return replace(query, cell=cell)
    return replace(query, cell="", problem=f"{query.problem} (It was {query.sheet}, {query.where} of {query.file}.)")


def find(book: Mapping[str, SheetCells], name: str) -> SheetCells | None:
    """A sheet by its name, case and surrounding blanks aside."""
    return next((sheet for title, sheet in book.items() if title.strip().casefold() == name.strip().casefold()), None)


def identity(sheet: c.Sheet, cells: Mapping[int, Cell], positions: Mapping[str, Sequence[int]]) -> RowTexts:
    """What a row is known by."""
    columns = [positions[heading][0] if heading in positions else 0 for heading in c.IDENTIFIED_BY[sheet.name]]
    return tuple(plain(cells[column].value).casefold() if column in cells else "" for column in columns)
