"""Whether anyone has edited an earlier report, in what the next run takes from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from functools import lru_cache

from openpyxl.utils import get_column_letter

from ragtool import columns as c
from ragtool.figures import exact
from ragtool.looks.unit_formats import unit_format
from ragtool.model import Query, Severity
from ragtool.sheets.cells import seen, shown
from ragtool.sheets.tables import find_headings
from ragtool.sheets.typed_figures import says_same
from ragtool.sheets.unreadable import quoted
from ragtool.workbooks.book import Book, Cell
from ragtool.workbooks.digest import digest
from ragtool.workbooks.number_formats import MOST_FORMATS
from ragtool.workbooks.shown_numbers import is_number_alone, shown_by

S = c.ReportSheets

WHERE_IT_IS_SAID = {
    S.DATA: "Correct earlier figures in a return's Revisions sheet; take the report as ragtool wrote it.",
    S.MILESTONES: "Say in a return what became of a milestone; take the report as ragtool wrote it.",
    S.REGISTER: "Say in a return what became of a milestone; take the report as ragtool wrote it.",
    S.REVISIONS: "Take the report as ragtool wrote it.",
}
"""What to do instead of editing a sheet."""


def edited(book: Book) -> Iterator[Query]:
    """A query about each sheet that isn't as it was written. Reports of earlier versions tell it of Data alone."""
    for sheet, what in WHERE_IT_IS_SAID.items():
        as_written = book.properties.get(c.Property.digest_of(sheet))
        if as_written is None:
            continue
        if book.sheet(sheet.name) is None:
            problem = f"The sheet {sheet.name} was deleted since ragtool wrote it, so nothing of it is known."
            yield Query(book.name, sheet.name, "", "", Severity.ERROR, problem, what)
        elif as_written != digest_of_sheet(book, sheet):
            problem = f"The sheet {sheet.name} was edited since ragtool wrote it; it is used as it stands."
            yield Query(book.name, sheet.name, "", "", Severity.QUERY, problem, what)


def shown_otherwise(book: Book, figures: Collection[str]) -> Iterator[Query]:
    """A query about the figures of Data, under such headings, whose cells show others than they store."""
    page = book.sheet(S.DATA.name)
    assert page is not None
    top, positions = find_headings(page, (c.UNIT, *figures))
    unit = positions.pop(c.UNIT, [0])[0]
    odd = [
        (row, column, heading)
        for row, cells_there in page.rows.items()
        if row > top
        for heading, (column, *_) in positions.items()
        if column in cells_there and shows_another(cells_there[column], cells_there.get(unit, Cell("")))
    ]
    if odd:
        row, column, heading = odd[0]
        cell = page.rows[row][column]
        others = len(odd) - 1
        more = (
            f", and so {'do' if others > 1 else 'does'} {others} more cell{'s' if others > 1 else ''}" if others else ""
        )
        problem = (
            f"The cell shows {quoted(seen(cell))} and stores {shown(cell)}{more}: the number format was changed since "
            "ragtool wrote it. What is stored is used."
        )
        at = f"{get_column_letter(column)}{row}"
        yield Query(book.name, page.name, at, "", Severity.QUERY, problem, WHERE_IT_IS_SAID[S.DATA], heading)


def shows_another(cell: Cell, unit: Cell) -> bool:
    """Whether a cell shows another figure, in its row's unit, than it stores."""
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float) or not cell.value:
        return False
    said, in_per_cent = shown(unit), shown(unit) == "%"
    if cell.percent is not in_per_cent and not (cell.shown and in_per_cent):
        return True
    if not cell.shown:
        return False
    figure = exact(cell.value)
    as_written = not in_per_cent and is_as_written(cell.shown, said, figure)  # 80% stands for 0.8, never for 80
    return not (as_written or says_same(cell.shown, said, figure))


def is_as_written(seen: str, unit: str, figure: Decimal) -> bool:
    """Whether a cell shows its figure, rounded, between what a report writes before and after one in this unit."""
    before, after = signs_beside(unit)
    if seen.replace(",", "") == f"{before}{figure}{after}":  # as nearly all show theirs
        return True
    size = seen.removeprefix("-")
    if not (size.startswith(before) and size.endswith(after)):
        return False
    minus = "-" if size != seen else ""
    return is_number_alone(f"{minus}{size[len(before) : len(size) - len(after)]}", figure)


@lru_cache(MOST_FORMATS)
def signs_beside(unit: str) -> tuple[str, str]:
    """What a report writes before and after a figure in this unit.

    >>> signs_beside("homes"), signs_beside("£million")
    (('', ' homes'), ('£', 'million'))
    """
    before, _, after = str(shown_by(0, unit_format(unit, 0))).partition("0")
    return before, after


def digest_of_sheet(book: Book, sheet: c.Sheet) -> str:
    """The digest of what stands beneath a sheet's headings."""
    there = book.sheet(sheet.name)
    assert there is not None
    top, _ = find_headings(there, sheet.headings)
    return digest(cell.value for number, row in there.rows.items() if number > top for cell in row.values())
