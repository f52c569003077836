"""An .xls as cells, read by xlrd: the only reader of it that gives errors and number formats."""

from __future__ import annotations

import io

import xlrd
from xlrd.biffh import XLRDError
from xlrd.sheet import Sheet

from ragtool.workbooks.book import Cell, NotAWorkbook
from ragtool.workbooks.package import DAMAGED, PROTECTED
from ragtool.workbooks.stored import ERRORS, Filling, Shape, number_cell, shape, text_cell

MOST_BYTES = 10_000_000
"""An .xls isn't compressed, so its size bounds the time and memory it takes; a return is below a million bytes."""

NOTHING = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


def read_xls(data: bytes, filling: Filling) -> None:
    """The worksheets of an .xls, from the stream that holds its records.

    A formula that was never calculated can't be told from its stored 0.
    """
    if len(data) > MOST_BYTES:
        raise NotAWorkbook(
            f"The file is larger than {MOST_BYTES // 1_000_000} MB, far more than a return or a plan. "
            "Delete what doesn't belong to it, save it as .xlsx and send it again."
        )
    book = open_xls(data)
    formats = [shape(book.format_map[style.format_key].format_str) for style in book.xf_list]
    for sheet in book.sheets():
        filling.open_sheet(sheet.name)
        for row in range(sheet.nrows):
            for column, kind in enumerate(sheet.row_types(row)):
                if kind not in NOTHING:
                    cell = read_cell(sheet, row, column, formats, bool(book.datemode))
                    if cell is not None:
                        filling.put(row + 1, column + 1, cell)
        filling.close_sheet((top + 1, bottom, left + 1, right) for top, bottom, left, right in sheet.merged_cells)


def open_xls(data: bytes) -> xlrd.Book:
    """The workbook as xlrd reads it. Raises NotAWorkbook where it is protected or damaged."""
    try:
        # Ragged rows, so that a stray cell far down and far right makes no grid.
        return xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except XLRDError as problem:
        raise NotAWorkbook(PROTECTED if "encrypted" in str(problem) else DAMAGED) from problem


def read_cell(sheet: Sheet, row: int, column: int, formats: list[Shape], mac_dates: bool) -> Cell | None:
    """One cell, or None where its text is blank; row and column from 0, as xlrd counts."""
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_ERROR:
        error = ERRORS.get(int(value), "#ERROR!")
        return Cell(error, fault=error)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Cell(bool(value))
    as_shown = formats[sheet.cell_xf_index(row, column)]
    if kind == xlrd.XL_CELL_TEXT:
        return text_cell(str(value), as_shown)
    return number_cell(float(value), as_shown, mac_dates)
