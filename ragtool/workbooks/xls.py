"""An .xls as cells, read by xlrd: the only reader of it that gives errors and number formats."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlrd
from openpyxl.utils import get_column_letter
from xlrd.biffh import XLRDError
from xlrd.formatting import XF, Font
from xlrd.sheet import Sheet

from ragtool.workbooks.beside import AUTHOR
from ragtool.workbooks.book import COMMENT, Beside, Cell, NotAWorkbook
from ragtool.workbooks.bounds import Work
from ragtool.workbooks.error_values import ERRORS
from ragtool.workbooks.fills import rating_of_fill
from ragtool.workbooks.inks import TWIPS, WHITE_GROUND, Ink, are_near, ink_on, is_speck
from ragtool.workbooks.number_formats import Shape, shape
from ragtool.workbooks.package import DAMAGED, PROTECTED
from ragtool.workbooks.runs import (
    HIDDEN,
    LOWERED,
    RAISED,
    STRUCK,
    WHITE_INK,
    TextRun,
    any_text_cell,
    cell_of_look,
    steps_of_text,
    text_of,
)
from ragtool.workbooks.stored import Filling, number_cell
from ragtool.workbooks.xls_records import thinned
from ragtool.workbooks.xls_text_boxes import text_boxes_of_xls

MOST_BYTES = 10_000_000
"""An .xls isn't compressed, so its size bounds the time and memory it takes; a return is below a million bytes."""

SOLID = 1
NO_VALUE = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)

SCRIPTS_OF_FONTS = {1: RAISED, 2: LOWERED}
"""How fonts say what is raised and lowered. Source: [MS-XLS] 2.4.122 (Font)."""


def read_xls(data: bytes, filling: Filling) -> None:
    """The worksheets of an .xls, from the stream that holds its records.

    A formula that was never calculated can't be told from its stored 0.
    """
    if len(data) > MOST_BYTES:
        raise NotAWorkbook(
            f"The file is larger than {MOST_BYTES // 1_000_000} MB, far more than a return or a plan. "
            "Delete what doesn't belong to it, save it as .xlsx and send it again."
        )
    book = open_xls(thinned(data, filling.work))
    fonts = [look_of_xls_font(font, book.colour_map) for font in book.font_list]
    formats = [
        shape(book.format_map[style.format_key].format_str, look_at(fonts, style.font_index), ink_of_style(book, style))
        for style in book.xf_list
    ]
    fills = [rating_of_fill(fill_of_style(style, book.colour_map)) for style in book.xf_list]
    boxes = text_boxes_of_xls(data)
    for sheet in book.sheets():
        filling.open_sheet(sheet.name, hidden=bool(sheet.visibility))
        for row in range(sheet.nrows):
            for column, kind in enumerate(sheet.row_types(row)):
                if kind != xlrd.XL_CELL_EMPTY and (rating := fills[sheet.cell_xf_index(row, column)]):
                    filling.fill(row + 1, column + 1, rating)
                if kind not in NO_VALUE:
                    cell = read_cell(sheet, row, column, formats, fonts, bool(book.datemode), filling.work)
                    if cell is not None:
                        filling.put(row + 1, column + 1, cell)
        merged = [(top + 1, bottom, left + 1, right) for top, bottom, left, right in sheet.merged_cells]
        filling.close_sheet(merged, [*notes_of(sheet), *boxes.get(sheet.name, ())])


def open_xls(data: bytes) -> xlrd.Book:
    """The workbook as xlrd reads it. Raises NotAWorkbook where it is protected or damaged."""
    try:
        # Ragged rows, so that a stray cell far down and far right makes no grid.
        return xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except XLRDError as problem:
        raise NotAWorkbook(PROTECTED if "encrypted" in str(problem) else DAMAGED) from problem


def look_at(fonts: Sequence[str], number: int) -> str:
    """The look of a font by its number; none where the workbook has no such font."""
    return fonts[number] if number < len(fonts) else ""


def fill_of_style(style: XF, colours: Mapping[int, tuple[int, int, int] | None]) -> str:
    """The colour of a style's solid fill; an empty text where it has none."""
    fill = style.background
    return (
        colour_numbered(fill.pattern_colour_index, colours) if fill is not None and fill.fill_pattern == SOLID else ""
    )


def colour_numbered(number: int, colours: Mapping[int, tuple[int, int, int] | None]) -> str:
    """A colour by its number; an empty text where that is the system's, or none."""
    colour = colours.get(number)
    return "".join(f"{part:02X}" for part in colour) if colour else ""


def ink_of_style(book: xlrd.Book, style: XF) -> Ink:
    """How a style's font is seen on its ground; automatic colours aren't known."""
    number, fill = style.font_index, style.background
    fonts = book.font_list
    font = colour_numbered(fonts[number].colour_index, book.colour_map) if number < len(fonts) else ""
    return ink_on(
        font, WHITE_GROUND if fill is not None and not fill.fill_pattern else fill_of_style(style, book.colour_map)
    )


def notes_of(sheet: Sheet) -> list[Beside]:
    """An officer's own comments."""
    placed = [
        (f"{get_column_letter(column + 1)}{row + 1}", note) for (row, column), note in sheet.cell_note_map.items()
    ]
    return [Beside(COMMENT, cell, note.text) for cell, note in placed if not note.text.startswith(f"{AUTHOR}:")]


def look_of_xls_font(font: Font, colours: Mapping[int, tuple[int, int, int] | None]) -> str:
    """How a font looks where that changes what a text says; one in white can't be seen beside others."""
    if font.struck_out:
        return STRUCK
    white = are_near(colour_numbered(font.colour_index, colours), WHITE_GROUND)
    unseen = HIDDEN if is_speck(font.height / TWIPS) else WHITE_INK if white else ""
    return SCRIPTS_OF_FONTS.get(font.escapement) or unseen


def read_cell(
    sheet: Sheet, row: int, column: int, formats: list[Shape], fonts: list[str], mac_dates: bool, work: Work
) -> Cell | None:
    """One cell, or None where its text is blank; row and column from 0, as xlrd counts."""
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_ERROR:
        error = ERRORS.get(int(value), "#ERROR!")
        return Cell(error, fault=error)
    as_shown = formats[sheet.cell_xf_index(row, column)]
    if kind == xlrd.XL_CELL_TEXT:
        runs = sheet.rich_text_runlist_map.get((row, column))
        text = text_of(runs_of(str(value), runs, fonts)) if runs else str(value)
        work.take(steps_of_text(text))
        return any_text_cell(text, as_shown)
    # Whether a formula made a number isn't told; nobody types one so small that its cell shows 0.
    cell = Cell(bool(value)) if kind == xlrd.XL_CELL_BOOLEAN else number_cell(float(value), as_shown, mac_dates, True)
    return cell_of_look(cell, as_shown)


def runs_of(text: str, starts: Sequence[tuple[int, int]], fonts: list[str]) -> list[TextRun]:
    """The runs of a text: where each begins, and its font; what stands before them looks as its cell."""
    ends = [start for start, _ in starts[1:]] + [len(text)]
    own = [TextRun(text[start:end], look_at(fonts, font)) for (start, font), end in zip(starts, ends, strict=True)]
    return [TextRun(text[: starts[0][0]], None), *own]
