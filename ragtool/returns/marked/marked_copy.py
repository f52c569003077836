"""An officer's workbook with its queries marked: the cells, a note at each, and a list of all in front."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ragtool import columns as c
from ragtool.model import Query
from ragtool.returns.found_sheets import MARKS_HEADINGS, TITLE
from ragtool.returns.marked.copy_digest import cells_in, digest_of_parts, markable
from ragtool.returns.marked.figure_formats import stuck_as_dates
from ragtool.returns.marked.query_list import (
    MARKS,
    MOST_LISTED,
    ListedQuery,
    heading_row,
    lines_above,
    marks_sheet,
    queries_sheet,
)
from ragtool.returns.marked.template_formulas import take_out_foreign
from ragtool.workbooks.book import SheetCells, title
from ragtool.workbooks.edit import clean
from ragtool.workbooks.edit.edits import CannotMark
from ragtool.workbooks.edit.marked_cells import Marking
from ragtool.workbooks.edit.notes import add_notes, remove_notes
from ragtool.workbooks.edit.parts import Parts
from ragtool.workbooks.edit.properties import set_properties
from ragtool.workbooks.edit.sheet_list import SheetList, Worksheet, forget_titles
from ragtool.workbooks.edit.styles import PER_CENT_FORMAT, PLAIN_NUMBER, Styles
from ragtool.workbooks.opening import cells_of
from ragtool.workbooks.references import REFERENCE, Position, position_of
from ragtool.workbooks.sheet_names import is_sheet_name

COPY_OF, AS_WRITTEN = "ragtool copy of", "ragtool copy as written"
"""Custom properties of a copy: the return it was made of, and the digest that tells whether anyone has edited it."""

LONGEST_NOTE = 2000


def marked_copy(
    data: bytes,
    queries: Sequence[Query],
    file: str,
    remark: str = "",
    cells: Mapping[str, SheetCells] | None = None,
) -> bytes:
    """The workbook of the return `file` with its queries marked; marks of an earlier copy are taken off first.

    `remark` is said at the top of the list; `cells` are the workbook's, by sheet, where they have been read. Raises
    CannotMark where the workbook can't be marked as it is.
    """
    parts = markable(data)
    before, cells = dict(parts.content), cells_of(data) if cells is None else cells
    styles_part = parts.of_kind(parts.main, "styles")
    if styles_part not in parts.content or styles_part is None:
        raise CannotMark("it has no styles")
    book = SheetList(parts)
    take_off_marks(parts, book, cells)
    styles = Styles(parts.content[styles_part])
    if not styles.complete:
        raise CannotMark("its styles have no formats")
    sheets = book.sheets()
    if not all(is_sheet_name(sheet.name) for sheet in sheets):
        raise CannotMark("it has a sheet whose name Excel doesn't take")
    entries = [entry_of(query, sheets) for query in queries]
    titles = {title(sheet.name) for sheet in sheets}
    for number, sheet in enumerate(sheets, 1):
        take_out_foreign(parts, sheet, cells.get(sheet.name), number, titles, styles.there["cellXfs"])
    marks = mark_cells(parts, sheets, entries[:MOST_LISTED], styles, cells)
    list_name = book.free_name(c.QUERIES)
    above = lines_above(remark)
    book.add(list_name, queries_sheet(entries, styles.list_looks(), above), first=True)
    book.print_titles(list_name, f"$1:${heading_row(above)}")
    if marks:
        book.add(book.free_name(MARKS), marks_sheet(marks), first=False)
    parts.content[styles_part] = styles.changed()
    book.write_back()
    forget_titles(parts)
    known = {
        sheet.name: cells[sheet.name]
        for sheet in sheets
        if sheet.name in cells and parts.content[sheet.part] == before[sheet.part]
    }
    set_properties(parts, {COPY_OF: file, AS_WRITTEN: str(digest_of_parts(parts, cells_in(parts, known)))})
    return parts.put_together()


def take_off_marks(parts: Parts, book: SheetList, cells: Mapping[str, SheetCells]) -> None:
    """Makes the workbook what it was before ragtool annotated it; what officers entered since stays."""
    for sheet in book.sheets():
        first = cells[sheet.name].rows.get(1, {}) if sheet.name in cells else {}
        heading = tuple(first[column].value for column in (1, 2) if column in first)
        if sheet.name.startswith(MARKS) and heading == MARKS_HEADINGS:
            looks = clean.styles_by_cell(parts.content[sheet.part])
            before = {
                style: looks[f"B{reference[1:]}"]
                for reference, style in looks.items()
                if reference[0] == "A" and reference != "A1" and f"B{reference[1:]}" in looks
            }
            for other in book.sheets():
                parts.content[other.part] = clean.restyled(parts.content[other.part], before)
        if (sheet.name.startswith(MARKS) and heading == MARKS_HEADINGS) or heading[:1] == (TITLE,):
            book.remove(sheet)
    for sheet in book.sheets():
        remove_notes(parts, sheet.part)


def entry_of(query: Query, sheets: Sequence[Worksheet]) -> ListedQuery:
    """A query with the sheet and cell that it is about, where the workbook has them."""
    wanted = query.sheet.strip().casefold()
    sheet = next((each for each in sheets if wanted and each.name.strip().casefold() == wanted), None)
    if sheet is None:
        return ListedQuery(query)
    return ListedQuery(query, sheet.name, query.cell if REFERENCE.fullmatch(query.cell) else "", sheet.shown)


def mark_cells(
    parts: Parts,
    sheets: Sequence[Worksheet],
    entries: Sequence[ListedQuery],
    styles: Styles,
    cells: Mapping[str, SheetCells],
) -> dict[int, int]:
    """Marks each cell in question and notes what is asked; gives the formats of the marked cells and what they were.

    A cell for a figure that a date has left formatted as one has lost that, for good.
    """
    marks: dict[int, int] = {}
    stuck: Mapping[Position, bool] = {}

    def marked(style: int, at: Position) -> int:
        if at in stuck:
            style = styles.shown_as(style, PER_CENT_FORMAT if stuck[at] else PLAIN_NUMBER)
        look = styles.marked(style)
        marks[look] = style
        return look

    for block, sheet in enumerate(sheets, 1):
        texts: dict[Position, str] = {}
        for entry in entries:
            if entry.sheet == sheet.name and entry.cell:
                query, at = entry.query, position_of(entry.cell)
                note = f"{query.severity}: {query.problem}\n{query.what_to_do}".strip()
                texts[at] = (f"{texts[at]}\n\n{note}" if at in texts else note)[:LONGEST_NOTE]
        if texts:
            stuck = stuck_as_dates(cells.get(sheet.name))
            marking = Marking(parts.content[sheet.part], texts, marked)
            parts.content[sheet.part] = marking.edits.changed()
            add_notes(parts, sheet.part, texts, marking.grid, block)
    return marks
