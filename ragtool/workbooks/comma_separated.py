"""A .csv as a workbook of one sheet: every cell a text, read by Python's own reader of such files."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections import Counter
from itertools import islice
from pathlib import Path

from ragtool.workbooks.book import Book, NotAWorkbook
from ragtool.workbooks.bounds import RETURN, return_bounds
from ragtool.workbooks.formats import what_it_is
from ragtool.workbooks.number_formats import Shape
from ragtool.workbooks.opening import read_bytes
from ragtool.workbooks.stored import Filling, text_cell

ENDINGS = (".csv", ".tsv", ".txt")
"""How the names of such files end."""

DELIMITERS = ",;\t|"
LOOKED_AT, ROWS_LOOKED_AT = 20_000, 20
"""Characters and rows from which it is told what parts the cells."""


def open_csv(path: Path) -> Book:
    """Reads a text file whose cells are parted by commas, semicolons or tabs. Raises NotAWorkbook on anything else."""
    data = read_bytes(path, RETURN.file)
    if b"\0" in data[:4096] and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise NotAWorkbook(f"The file is {what_it_is(data)}, not a list of cells in a text file. Save it as .xlsx.")
    text = decoded(data)
    filling = Filling(return_bounds(len(data)))
    filling.open_sheet(path.stem)
    shape = Shape()
    for row, said in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)), 1):
        filling.work.take(1 + len(said))
        cells = {column: cell for column, each in enumerate(said, 1) if (cell := text_cell(each, shape)) is not None}
        if cells:
            filling.put_row(row, cells)
    filling.close_sheet()
    return Book(path.name, hashlib.sha256(data).hexdigest(), filling.sheets, {}, "csv")


def decoded(data: bytes) -> str:
    """The text of a file, in the encodings that Excel saves: UTF-8 and UTF-16 with their marks, else Windows' own."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def delimiter_of(text: str) -> str:
    """What parts the cells: that of the usual signs which parts the first rows most often, in rows of one and the same
    number of cells. One that merely stands in the texts makes now more of them, now fewer.
    """
    return max(DELIMITERS, key=lambda sign: how_regular(text, sign))


def how_regular(text: str, sign: str) -> int:
    """How often `sign` parts those of the first rows that have the same number of cells, the most often of all."""
    widths = Counter(len(row) for row in first_rows(text, sign) if len(row) > 1)
    return max((times * (width - 1) for width, times in widths.items()), default=0)


def first_rows(text: str, sign: str) -> list[list[str]]:
    """The cells of the first rows, parted by `sign`: of so few characters that no quotation which isn't closed makes a
    cell longer than Python's reader takes.
    """
    first = io.StringIO(text[:LOOKED_AT], newline="")
    return list(islice(csv.reader(first, delimiter=sign), ROWS_LOOKED_AT))
