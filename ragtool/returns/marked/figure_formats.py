"""Cells for figures in which a date or a time was pasted: whatever is typed there since shows as one and is read so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time

from ragtool import columns as c
from ragtool.sheets.tables import find_headings
from ragtool.sheets.unreadable import Unreadable
from ragtool.workbooks.book import NO_DATE, Cell, SheetCells
from ragtool.workbooks.references import Position

S = c.ReturnSheets

FIGURE_HEADINGS = {S.MEASURES: c.PERFORMANCE, S.REVISIONS: c.REVISED_PERFORMANCE}

IN_THE_COPY = "The cell of the copy to correct is formatted for a figure again."


DURATION = re.compile(r"\d+:\d\d:\d\d")
"""A duration as it is read: a figure that its cell's format shows as hours, or a text that looks like one."""


def stuck_as_dates(worksheet: SheetCells | None) -> Mapping[Position, bool]:
    """The cells of a sheet that hold dates or times where figures belong, and whether each is in per cent."""
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
                if column in cells and is_stuck(cells[column]):
                    stuck[number, column] = any(at in cells and cells[at].value == "%" for at in units)
    return stuck


def is_stuck(cell: Cell) -> bool:
    """Whether a cell's number format makes a date or a time of whatever figure is typed there."""
    value = cell.value
    return isinstance(value, date | time) or cell.fault == NO_DATE or bool(DURATION.fullmatch(str(value)))


def what_to_type(cell: Cell, fault: Unreadable) -> str:
    """What to do about a figure that can't be read."""
    return f"{fault.what_to_do} {IN_THE_COPY}" if is_stuck(cell) else fault.what_to_do
