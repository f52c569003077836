"""A sheet whose rows stand in one cell each, as where a text file was pasted into it."""

from __future__ import annotations

from ragtool.model import Query, Severity
from ragtool.workbooks.comma_separated import delimiter_of, how_regular
from ragtool.workbooks.opening import SheetCells

SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright lines"}


def one_cell_a_row(file: str, sheet: SheetCells) -> Query | None:
    """A doubt about a sheet with texts in a single column, most of which the same sign parts as often; else None."""
    columns = {column for cells in sheet.rows.values() for column in cells}
    texts = [str(cell.value) for cells in sheet.rows.values() for cell in cells.values()]
    lines = "\n".join(texts)
    sign = delimiter_of(lines)
    if len(columns) != 1 or len(texts) == 1 or how_regular(lines, sign) < len(texts):
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
