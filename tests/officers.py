"""Officers at work in tests: a return opened, cells filled by key and heading, saved as another program would."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from ragtool import columns as c


def fill(path: Path, sheet: str, entries: Mapping[str, object], **row: object) -> None:
    """Types `entries` (by heading) into the row of `sheet` whose cells are `row` (key=..., no=..., part=...).

    With no `row`, into the first empty one.
    """
    book = load_workbook(path)
    page = book[sheet]
    headings = columns_of(page)
    number = find_row(page, headings, {name.capitalize().replace("_", " "): value for name, value in row.items()})
    for heading, value in entries.items():
        cell: Any = page.cell(number, headings[heading])
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # text that begins with = is typed as text, not as a formula
    book.save(path)


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
    for field, entry in ((c.SignOff.COMPLETED_BY, "Officer"), (c.SignOff.SIGNED_OFF_BY, name)):
        fill(path, "Sign-off", {c.ENTRY: entry}, field=field)


def complete_all(path: Path, **but: str) -> None:
    """Sets every milestone Complete, but those named as K1_2="Overdue" for K1 no. 2."""
    book = load_workbook(path)
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
    book.save(path)


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    """A sheet as rows by heading."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl says that it leaves out sparklines
        page = load_workbook(io.BytesIO(path.read_bytes()))[sheet]
    headings, *rows = table_cells(page)
    names = [str(cell.value) for cell in headings]
    values = [[cell.value for cell in row] for row in rows]
    return [dict(zip(names, row, strict=True)) for row in values if any(value is not None for value in row)]


def table_cells(page: Any) -> Any:
    """The cells of a sheet's table, its headings first: Excel's own table, or the sheet without its title."""
    if page.tables:
        return page[page.tables[next(iter(page.tables))].ref]
    return list(page.iter_rows(min_row=heading_row(page)))
