"""Cells for figures in which a date was pasted: whatever is typed there since shows as a date, and is read as one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ragtool import columns as c
from ragtool.sheets.tables import find_headings
from ragtool.sheets.unreadable import Unreadable
from ragtool.workbooks.book import Cell, SheetCells
from ragtool.workbooks.references import Position

S = c.ReturnSheets

FIGURE_HEADINGS = {S.MEASURES: c.PERFORMANCE, S.REVISIONS: c.REVISED_PERFORMANCE}

IN_THE_COPY = "The cell of the copy to correct is formatted for a figure again."


def stuck_as_dates(worksheet: SheetCells | None) -> Mapping[Position, bool]:
    """The cells of a sheet that hold dates where figures belong, and whether each is in per cent."""
    if worksheet is None:
        return {}
    stuck = {}
    for sheet, heading in FIGURE_HEADINGS.items():
        heading_row, positions = find_headings(worksheet, sheet.headings)
        if heading not in positions or not heading_row:
            continue
        units = positions.get(c.UNIT, ())
        for number, cells in worksheet.rows.items():
            for column in positions[heading] if number > heading_row else ():
                if column in cells and isinstance(cells[column].value, date):
                    stuck[number, column] = any(at in cells and cells[at].value == "%" for at in units)
    return stuck


def what_to_type(cell: Cell, fault: Unreadable) -> str:
    """What to do about a figure that can't be read."""
    return f"{fault.what_to_do} {IN_THE_COPY}" if isinstance(cell.value, date) else fault.what_to_do
