"""Entries that a return's formulas take otherwise than they are read: nobody typed over what such a formula shows.

`Completed` and `85 homes` are understood, and to Excel they are no status and no figure; a struck-out `Overdue` counts
for a formula, and isn't used.
"""

from __future__ import annotations

from collections.abc import Iterator

from ragtool import columns as c
from ragtool.model import NO, OWN_COLOURS, YES, DataStatus, MilestoneStatus
from ragtool.returns.found_sheets import FoundSheets
from ragtool.sheets.plain_values import is_blank
from ragtool.sheets.tables import find_headings
from ragtool.workbooks.book import Cell

S = c.ReturnSheets

OWN_RATINGS = (*(rating.word for rating in OWN_COLOURS), *OWN_COLOURS)

IN_FORMULAS: dict[c.Sheet, dict[str, tuple[str, ...]]] = {
    S.KEY_ACTIONS: {c.OWN_RATING: OWN_RATINGS},
    S.MILESTONES: {c.STATUS: tuple(MilestoneStatus), c.QUALITY_CONCERN: (YES, NO)},
    S.MEASURES: {c.PERFORMANCE: (), c.DATA_STATUS: tuple(DataStatus)},
}
"""The entries that formulas read, and the texts that they know; none of a figure, which is to be a number."""


def rows_taken_otherwise(sheets: FoundSheets) -> Iterator[tuple[str, int]]:
    """The rows with an entry that formulas take otherwise: the sheet, and the row's number."""
    for sheet, columns in IN_FORMULAS.items():
        if page := sheets.find(sheet)[0]:
            heading_row, positions = find_headings(page, sheet.headings)
            for heading, texts in columns.items():
                known = {each.casefold() for each in texts}
                for column in positions.get(heading, ()):
                    for row, cells in page.rows.items():
                        cell = cells.get(column)
                        if row > heading_row and cell and not is_blank(cell) and not is_taken_so(cell, known):
                            yield page.name, row


def is_taken_so(cell: Cell, known: set[str]) -> bool:
    """Whether a formula takes a cell for what is read in it, where it knows these texts, or else numbers."""
    if cell.looks or isinstance(cell.value, bool):
        return False
    is_text = isinstance(cell.value, str)
    return is_text is bool(known) and (not known or str(cell.value).strip(" ").casefold() in known)
