"""Officers at work in tests: a return opened, cells filled by key and heading, saved as another program would."""

from __future__ import annotations

import io
import pickle
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from ragtool import columns as c

JUST_SAVED: dict[bytes, Any] = {}
"""Workbooks that were saved last, by their bytes, as they are still open in the program that saved them."""

MOST_OPEN = 8


@lru_cache(maxsize=64)
def parsed(data: bytes) -> bytes:
    """A workbook as openpyxl reads it, pickled: unpickling takes an eighth of the time of reading."""
    return pickle.dumps(load_workbook(io.BytesIO(data)))


def opened(data: bytes) -> Any:
    """A workbook as openpyxl opens it; what many tests begin with is read once. Its tables can't be pickled."""
    return load_workbook(io.BytesIO(data)) if b"xl/tables/" in data else pickle.loads(parsed(data))


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


def fill(path: Path, sheet: str, entries: Mapping[str, object], **row: object) -> None:
    """Types `entries` (by heading) into the row of `sheet` whose cells are `row` (key=..., no=..., part=...).

    With no `row`, into the first empty one.
    """
    with at_work(path) as book:
        type_row(book[sheet], entries, row)


def type_row(page: Any, entries: Mapping[str, object], row: Mapping[str, object]) -> None:
    """Types entries into a row of an open sheet."""
    headings = columns_of(page)
    number = find_row(page, headings, {name.capitalize().replace("_", " "): value for name, value in row.items()})
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
        cells = {heading: page.cell(number, column).value for heading, column in headings.items()}
        if not row and not any(cells.values()):
            return number
        if row and all(same(cells[heading], value) for heading, value in row.items()):
            return number
    raise AssertionError(f"{page.title} has no row {row}")


def same(found: object, wanted: object) -> bool:
    return ("" if found is None else str(found)) == ("" if wanted is None else str(wanted))


def sign(path: Path, name: str = "Head of Service") -> None:
    """Signs a return."""
    with at_work(path) as book:
        for field, entry in ((c.SignOff.COMPLETED_BY, "Officer"), (c.SignOff.SIGNED_OFF_BY, name)):
            type_row(book["Sign-off"], {c.ENTRY: entry}, {"field": field})


def complete_all(path: Path, **but: str) -> None:
    """Sets every milestone Complete, but those named as K1_2="Overdue" for K1 no. 2."""
    with at_work(path) as book:
        page = book["Milestones"]
        headings = columns_of(page)
        for number in range(heading_row(page) + 1, page.max_row + 1):
            key, no = page.cell(number, headings[c.KEY]).value, page.cell(number, headings[c.NO]).value
            if key:
                status = but.get(f"{key}_{no}", "Complete")
                page.cell(number, headings[c.STATUS]).value = status
                page.cell(number, headings[c.QUALITY_CONCERN]).value = "No"
                if status == "Overdue":
                    page.cell(number, headings[c.RESOLUTION]).value = "It will be done."


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    """A sheet as rows by heading."""
    headings, *rows = table_cells(seen(path.read_bytes())[sheet])
    names = [str(cell.value) for cell in headings]
    values = [[cell.value for cell in row] for row in rows]
    return [dict(zip(names, row, strict=True)) for row in values if any(value is not None for value in row)]


def table_cells(page: Any) -> Any:
    """The cells of a sheet's table, its headings first: Excel's own table, or the sheet without its title."""
    if page.tables:
        return page[page.tables[next(iter(page.tables))].ref]
    return list(page.iter_rows(min_row=heading_row(page)))
