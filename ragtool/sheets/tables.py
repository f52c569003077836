"""A sheet with headings as rows: headings found by their text, each value read by its column's reader."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter

from ragtool import columns as c
from ragtool.model import Place, Query, Severity, item_name
from ragtool.sheets.cells import Reader, is_left_out, looks_shown, text
from ragtool.sheets.plain_values import PlainValues, as_heading, is_blank, once, says_heading
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.opening import Book, Cell, SheetCells
from ragtool.workbooks.runs import HIDDEN, STRUCK

HEADING_ROWS = 20
"""How far down a heading row is looked for."""

FEW_HEADINGS = 5
"""A sheet with more is a wide one."""

LONGEST_LABEL = 60
"""Characters of a key that a message repeats; below a table, a whole note may stand where keys do."""

SEEN_AGAIN = {STRUCK: "take the line away", HIDDEN: "give it a colour and a format that show it"}
"""What to do about what is left out as a whole, where it is to count after all."""

ONE_COLUMN = "Delete or rename the one that isn't meant."
NOTHING_USED = ", so nothing on the sheet is used"

Filled = Mapping[str, Mapping[int, Cell]]
"""The cells of a row that hold anything, by heading and column: a heading may stand over two."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: where it stands, and its values by heading. What is blank or can't be read isn't there."""

    at: Place
    values: Mapping[str, Any]

    def __getitem__(self, heading: str) -> Any:
        return self.values.get(heading)


@dataclass(frozen=True)
class Table:
    """A sheet's rows under its headings. `present` are the headings that the sheet has."""

    rows: tuple[SheetRow, ...]
    queries: tuple[Query, ...]
    present: frozenset[str]


def read_table(
    book: Book,
    sheet: c.Sheet,
    readers: Mapping[str, Reader],
    essential: Collection[str],
    may_lack: Collection[str] = (),
) -> Table:
    """The rows of `sheet` in `book`, each value read by `readers` (text where none is named for its heading).

    A missing essential heading is an Error, any other and one that stands twice a Query; one that the sheet `may_lack`
    is told where it seems misspelt alone. Under a heading that stands twice, a value is read where only one is filled
    in, or both are the same.
    """
    worksheet = book.sheet(sheet.name)
    if worksheet is None:
        return Table((), (), frozenset())
    heading_row, positions = find_headings(worksheet, sheet.headings)
    queries = heading_queries(book, worksheet, sheet, heading_row, positions, essential, may_lack)
    letters = {heading: get_column_letter(places[0]) for heading, places in positions.items()}
    readings = {heading: once(readers.get(heading, text)) for heading in positions}
    given_in, plain = by_heading(positions), PlainValues(positions, readings)
    rows: list[SheetRow] = []
    for number, cells in worksheet.rows.items():
        if number <= heading_row:
            continue
        if (values := plain.of_row(cells)) is not None:
            if values:
                rows.append(SheetRow(Place(book.name, worksheet.name, number, letters), values))
            continue
        given = given_in(cells)
        if given and not is_heading_row(given):
            place = Place(book.name, worksheet.name, number, letters | other_letters(given) if plain.twice else letters)
            if is_struck_row(given):
                problem, what = whole_row_out(given)
                queries.append(place.query(next(iter(given)), "", problem, what, Severity.ERROR))
            else:
                rows.append(SheetRow(place, read_row(given, place, readings, queries)))
    return Table(tuple(rows), tuple(queries), frozenset(positions))


def by_heading(positions: Mapping[str, Sequence[int]]) -> Callable[[Mapping[int, Cell]], Filled]:
    """What gives the filled cells of a row by heading. Where no heading stands twice, as in nearly every sheet, only
    the cells that there are need be looked at: a row of a long table has half of its columns blank.
    """
    if any(len(places) > 1 for places in positions.values()):
        return lambda cells: {
            heading: there for heading, columns in positions.items() if (there := under(cells, columns))
        }
    headed = {places[0]: heading for heading, places in positions.items()}
    return lambda cells: {
        headed[column]: {column: cell} for column, cell in cells.items() if column in headed and not is_blank(cell)
    }


def other_letters(filled: Filled) -> dict[str, str]:
    """The letters of a row's cells, where headings stand twice: those of the columns in which it is filled."""
    return {heading: get_column_letter(next(iter(there))) for heading, there in filled.items()}


def is_heading_row(filled: Filled) -> bool:
    """Whether a row repeats the headings, as where a table is broken for print."""
    return all(says_heading(cell, heading) for heading, there in filled.items() for cell in there.values())


def is_struck_row(filled: Filled) -> bool:
    """Whether all that stands in a row is struck out or can't be seen; formulas without a result don't tell."""
    first = next(iter(next(iter(filled.values())).values()))
    if not first.looks:
        return False
    return all(cell.fault or is_left_out(cell) for there in filled.values() for cell in there.values())


def whole_row_out(filled: Filled) -> tuple[str, str]:
    """What is said of a row of which nothing counts, and what to do."""
    looks = next(iter(next(iter(filled.values())).values())).looks
    return f"The whole row is {looks[0].how}, so it isn't used.", f"Delete it, or {SEEN_AGAIN[looks[0].how]}."


def under(cells: Mapping[int, Cell], columns: Sequence[int]) -> dict[int, Cell]:
    """What a row holds in the columns of one heading, by column; the same twice is once."""
    filled: dict[int, Cell] = {}
    for column in columns:
        cell = cells.get(column)
        if cell is not None and not is_blank(cell) and cell not in filled.values():
            filled[column] = cell
    return filled


def read_row(filled: Filled, place: Place, readers: Mapping[str, Reader], queries: list[Query]) -> dict[str, object]:
    """One row's values by heading; what can't be read is left out and queried."""
    values: dict[str, object] = {}
    for heading, there in filled.items():
        try:
            if len(there) > 1:
                cells = " and ".join(f"{get_column_letter(column)}{place.row}" for column in there)
                raise Unreadable(f"Two columns are headed '{heading}', and {cells} differ.", ONE_COLUMN)
            cell = next(iter(there.values()))
            value = readers[heading](cell)
            if cell.looks and value != cell:
                queries.append(place.query(heading, label(filled), *text_of_looks(cell, str(value))))
            if not (cell.looks and value == ""):
                values[heading] = value
        except Unreadable as fault:
            queries.append(place.query(heading, label(filled), fault.problem, fault.what_to_do, Severity.ERROR))
    return values


def text_of_looks(cell: Cell, read: str) -> tuple[str, str]:
    """What is said of a text of which a part is raised, lowered, struck out or hidden, and what to do."""
    if is_left_out(cell):
        return looks_shown(cell), f"Empty the cell, or {SEEN_AGAIN[cell.looks[0].how]}."
    return f"{looks_shown(cell)} It is read as {quoted(read)}.", "Type it as it is to be read, all of one look."


def label(filled: Filled) -> str:
    """What a row is about, for its queries: `K36 no. 3`, `P14 part 2`."""

    def shown(heading: str) -> str | None:
        cell = next(iter(filled.get(heading, {}).values()), None)
        return None if cell is None or cell.fault or isinstance(cell.value, date) else text(cell)[:LONGEST_LABEL]

    return item_name(*map(shown, (c.KEY, c.PART, c.NO)))


def find_headings(sheet: SheetCells, headings: Collection[str]) -> tuple[int, dict[str, list[int]]]:
    """The row with most of the headings, and the columns in which each stands; row 0 where there is none.

    One alone makes no heading row of a wide sheet: it may be an entry, such as No.
    """
    wanted = {heading.casefold(): heading for heading in headings}
    fewest = 2 if len(wanted) > FEW_HEADINGS else 1
    best: tuple[int, dict[str, list[int]]] = (0, {})
    for number, cells in sheet.rows.items():
        if number > HEADING_ROWS or len(best[1]) == len(wanted):
            break
        positions: dict[str, list[int]] = {}
        for column, cell in cells.items():
            if isinstance(cell.value, str) and (heading := wanted.get(as_heading(cell.value))):
                positions.setdefault(heading, []).append(column)
        if len(positions) > len(best[1]) and len(positions) >= fewest:
            best = (number, positions)
    return best


def heading_queries(
    book: Book,
    worksheet: SheetCells,
    sheet: c.Sheet,
    heading_row: int,
    positions: Mapping[str, list[int]],
    essential: Collection[str],
    may_lack: Collection[str],
) -> list[Query]:
    """Queries about headings that are missing or stand twice."""
    if not positions:
        problem = "The row of headings is missing, so nothing on the sheet is used."
        what = f"Copy it back from the template: {', '.join(sheet.headings)}."
        return [Query(book.name, worksheet.name, "A1", "", Severity.ERROR, problem, what)]
    others = {
        " ".join(cell.value.split()): f"{get_column_letter(column)}{heading_row}"
        for column, cell in worksheet.rows.get(heading_row, {}).items()
        if isinstance(cell.value, str) and not any(column in places for places in positions.values())
    }
    queries = []
    for heading in sheet.headings:
        columns = positions.get(heading, [])
        if not columns:
            severity = Severity.ERROR if heading in essential else Severity.QUERY
            near = difflib.get_close_matches(heading, others, 1)
            if heading in may_lack and not near:
                continue
            cell = others[near[0]] if near else f"A{heading_row}"
            what = f"{quoted(near[0])} stands there instead: rename it." if near else f"Add a column headed {heading}."
            problem = f"There is no column headed '{heading}'{NOTHING_USED if heading in essential else ''}."
            queries.append(Query(book.name, worksheet.name, cell, "", severity, problem, what))
        elif len(columns) > 1:
            cell = f"{get_column_letter(columns[1])}{heading_row}"
            problem = (
                f"Two columns are headed '{heading}'; what stands in one of them alone, or in both alike, is used."
            )
            queries.append(Query(book.name, worksheet.name, cell, "", Severity.QUERY, problem, ONE_COLUMN))
    return queries
