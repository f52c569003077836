"""Officers at work in tests: a return opened, cells filled by key and heading, saved as another program would."""

from __future__ import annotations

import copyreg
import io
import pickle
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.table import Table, TableList

from ragtool import columns as c
from ragtool.workbooks.bounds import own_bounds
from ragtool.workbooks.opening import open_book
from typed_cells import TypedBook, TypedSheet, can_be_typed, typed_into

JUST_SAVED: dict[bytes, Any] = {}
"""Workbooks that were saved last, by their bytes, as they are still open in the program that saved them."""

MOST_OPEN = 8


def with_tables(tables: Iterable[Table]) -> TableList:
    """A sheet's tables, as a pickled workbook gets them back."""
    held = TableList()
    for each in tables:
        held.add(each)
    return held


copyreg.pickle(TableList, lambda tables: (with_tables, (list(tables.values()),)))  # else it is refused


@lru_cache(maxsize=64)
def parsed(data: bytes) -> bytes:
    """A workbook as openpyxl reads it, pickled: unpickling takes an eighth of the time of reading."""
    return pickle.dumps(load_workbook(io.BytesIO(data)))


def opened(data: bytes) -> Any:
    """A workbook as openpyxl opens it; what many tests begin with is read once."""
    return pickle.loads(parsed(data))


@lru_cache(maxsize=8)
def seen(data: bytes) -> Any:
    """A workbook as openpyxl reads it, only to be looked at."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl says that it leaves out sparklines
        return load_workbook(io.BytesIO(data))


@contextmanager
def at_work(path: Path) -> Iterator[Any]:
    """A workbook as another program has it open, and then saves it."""
    data = path.read_bytes()
    book = JUST_SAVED.pop(data, None) or opened(data)
    yield book
    book.save(path)
    if not any(page.legacy_drawing for page in book):  # openpyxl saves notes once only
        JUST_SAVED[path.read_bytes()] = book
    while len(JUST_SAVED) > MOST_OPEN:
        del JUST_SAVED[next(iter(JUST_SAVED))]


def fill(path: Path, sheet: str, entries: Mapping[str, Any], **row: object) -> None:
    """Types `entries` (by heading) into the row of `sheet` whose cells are `row` (key=..., no=..., part=...).

    With no `row`, into the first empty one.
    """
    wanted = {name.capitalize().replace("_", " "): value for name, value in row.items()}
    if not all(map(can_be_typed, entries.values())):
        with at_work(path) as book:
            type_row(book[sheet], entries, wanted)
        return
    with typed_into(path) as book:
        type_entries(book[sheet], entries, wanted)


def type_entries(page: TypedSheet, entries: Mapping[str, Any], row: Mapping[str, object]) -> None:
    """Types entries into a row of a sheet, in a file that stays as it is elsewhere."""
    headings = headings_of(page)
    number = next(
        each
        for each in range(top_of(page) + 1, page.last + 2)
        if matches({heading: page.value(each, column) for heading, column in headings.items()}, row)
    )
    for heading, value in entries.items():
        page.type_in(number, headings[heading], value)


def matches(cells: Mapping[str, object], row: Mapping[str, object]) -> bool:
    """Whether a row's cells are those asked for, or all empty where none are."""
    return all(same(cells[heading], value) for heading, value in row.items()) if row else not any(cells.values())


def headings_of(page: TypedSheet) -> dict[str, int]:
    """A sheet's column numbers by heading."""
    return {str(value): column for column, value in page.row(top_of(page)).items() if value is not None}


def top_of(page: TypedSheet) -> int:
    """The row of a sheet's headings: the first that holds more than a title."""
    return next(row for row in sorted(page.cells) if sum(value is not None for value in page.row(row).values()) > 1)


def type_row(page: Any, entries: Mapping[str, object], row: Mapping[str, object]) -> None:
    """Types entries into a row of an open sheet."""
    headings = columns_of(page)
    number = find_row(page, headings, row)
    for heading, value in entries.items():
        cell: Any = page.cell(number, headings[heading])
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # text that begins with = is typed as text, not as a formula


def columns_of(page: Any) -> dict[str, int]:
    """A sheet's column numbers by heading."""
    return {str(cell.value): cell.column for cell in page[heading_row(page)] if cell.value is not None}


def heading_row(page: Any) -> int:
    """The row of a sheet's headings: the first that holds more than a title."""
    return next(int(row[0].row) for row in page.iter_rows() if sum(cell.value is not None for cell in row) > 1)


def find_row(page: Any, headings: dict[str, int], row: Mapping[str, object]) -> int:
    for number in range(heading_row(page) + 1, page.max_row + 2):
        if matches({heading: page.cell(number, column).value for heading, column in headings.items()}, row):
            return number
    raise AssertionError(f"{page.title} has no row {row}")


def same(found: object, wanted: object) -> bool:
    return ("" if found is None else str(found)) == ("" if wanted is None else str(wanted))


def sign(path: Path, name: str = "Head of Service") -> None:
    """Signs a return."""
    with typed_into(path) as book:
        for field, entry in ((c.SignOff.COMPLETED_BY, "Officer"), (c.SignOff.SIGNED_OFF_BY, name)):
            type_entries(book["Sign-off"], {c.ENTRY: entry}, {c.FIELD: field})


def complete_all(path: Path, **but: str) -> None:
    """Sets every milestone Complete, but those named as K1_2="Overdue" for K1 no. 2."""
    with typed_into(path) as book:
        page = book["Milestones"]
        headings = headings_of(page)
        for number in range(top_of(page) + 1, page.last + 1):
            key, no = page.value(number, headings[c.KEY]), page.value(number, headings[c.NO])
            if key:
                status = but.get(f"{key}_{no}", "Complete")
                page.type_in(number, headings[c.STATUS], status)
                page.type_in(number, headings[c.QUALITY_CONCERN], "No")
                if status == "Overdue":
                    page.type_in(number, headings[c.RESOLUTION], "It will be done.")


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    """A sheet as rows by heading: those of its table, or all beneath its headings."""
    data = path.read_bytes()
    rows = {number: row for number, row in rows_in_sheet(path, data, sheet).items() if row}
    corners = TypedBook(data).table_of(sheet)
    top, last = corners or (next(number for number, row in rows.items() if len(row) > 1), max(rows))
    headings = {column: str(value) for column, value in rows[top].items()}
    return [
        {heading: row.get(column) for column, heading in headings.items()}
        for number, row in rows.items()
        if top < number <= last and any(column in headings for column in row)
    ]


@lru_cache(maxsize=64)
def rows_in_sheet(path: Path, data: bytes, sheet: str) -> dict[int, dict[int, Any]]:
    """The cells of one sheet of a workbook with those bytes, as ragtool reads them: a tenth of openpyxl's time."""
    book = open_book(path, own_bounds, [sheet]).sheets[sheet]
    return {
        number: {column: cell.value for column, cell in row.items() if cell.value is not None}
        for number, row in sorted(book.rows.items())
    }


def table_cells(page: Any) -> Any:
    """The cells of a sheet's table, its headings first: Excel's own table, or the sheet without its title."""
    if page.tables:
        return page[page.tables[next(iter(page.tables))].ref]
    return list(page.iter_rows(min_row=heading_row(page)))
