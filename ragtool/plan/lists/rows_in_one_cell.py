"""A sheet whose rows stand in one cell each, as where a text file was pasted into it."""

from __future__ import annotations

from collections import Counter

from ragtool.model import Query, Severity
from ragtool.plan.lists.heading_rows import lists_headed
from ragtool.workbooks.comma_separated import delimiter_of, first_rows
from ragtool.workbooks.opening import Cell, SheetCells

SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright lines"}

FEWEST_CELLS = 3
"""Cells of a row that a sign parts: two are a surname and a first name, or two addresses."""


def one_cell_a_row(file: str, sheet: SheetCells) -> Query | None:
    """A doubt about a sheet with texts in a single column, which would have a list if a sign parted them; else None."""
    columns = {column for cells in sheet.rows.values() for column in cells}
    lines = "\n".join(str(cell.value) for cells in sheet.rows.values() for cell in cells.values())
    sign = delimiter_of(lines)
    if len(columns) != 1 or not has_a_list(first_rows(lines, sign)):
        return None
    return Query(
        file=file,
        sheet=sheet.name,
        cell="",
        key="",
        severity=Severity.QUERY,
        problem=f"Each row stands in one cell, parted by {SIGNS[sign]}, so no list is seen.",
        what_to_do="In Excel choose Data, then Text to Columns, save it, and run again.",
    )


def has_a_list(rows: list[list[str]]) -> bool:
    """Whether rows of texts have headings that are known, and most of them as many cells as each other: a sentence may
    have commas, and names too.
    """
    ((width, times),) = Counter(map(len, rows)).most_common(1) or [(0, 0)]
    if width < FEWEST_CELLS or times < 2 or times * 2 <= len(rows):
        return False
    cells = {number: {column: Cell(each) for column, each in enumerate(row, 1)} for number, row in enumerate(rows, 1)}
    return bool(lists_headed(SheetCells("", cells), guess=False))
