"""An .xlsb as cells: Open XML whose parts hold binary records in place of XML. Source: [MS-XLSB]."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack, unpack_from

from ragtool.workbooks.book import Cell, NotAWorkbook
from ragtool.workbooks.package import AGAIN, BOMB, DAMAGED, Package
from ragtool.workbooks.relationships import related_parts
from ragtool.workbooks.stored import ERRORS, Filling, Shape, number_cell, shapes, text_cell

ROW, RK, ERROR, BOOLEAN, REAL, TEXT_CELL, SHARED = 0, 2, 3, 4, 5, 6, 7
FORMULA_TEXT, FORMULA_NUMBER, FORMULA_BOOLEAN, FORMULA_ERROR, RICH_TEXT = 8, 9, 10, 11, 62
SHARED_STRING, FORMAT, STYLE, STYLES, STYLES_END = 19, 44, 47, 617, 618
WORKBOOK_PROPERTIES, SHEET_RECORD, CELLS_BEGIN, CELLS_END, MERGED = 153, 156, 145, 146, 176
"""The records that are read, by their numbers. Source: [MS-XLSB] 2.3.2."""

CELLS = {*range(RK, FORMULA_ERROR + 1), RICH_TEXT}

LARGEST_PART = 64_000_000
MOST_RECORDS = 4_000_000
"""Bounds of one part; its records are in memory as a whole."""

BinaryRecord = tuple[int, bytes]


def binary_records(package: Package, part: str) -> Iterator[BinaryRecord]:
    """The records of a part: number and content. Source: [MS-XLSB] 2.1.4."""
    if package.size(part) > LARGEST_PART:
        raise NotAWorkbook(BOMB)
    data = package.read(part)
    at = 0
    for _ in range(MOST_RECORDS):
        if at >= len(data):
            return
        number, at = seven_bits(data, at, 2)
        size, at = seven_bits(data, at, 4)
        if at + size > len(data):
            raise NotAWorkbook(DAMAGED)
        yield number, data[at : at + size]
        at += size
    raise NotAWorkbook(BOMB)


def seven_bits(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number stored in up to `most` bytes of seven bits each, and where the next thing begins."""
    number = 0
    for step in range(most):
        byte = data[at + step]
        number |= (byte & 0x7F) << 7 * step
        if byte < 0x80:
            return number, at + step + 1
    return number, at + most


def wide_text(content: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where the next thing begins. Source: [MS-XLSB] 2.5.168."""
    length: int = unpack_from("<I", content, at)[0]
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(content):
        raise NotAWorkbook(DAMAGED)
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def rk_number(stored: int) -> float:
    """A number in the short form: an integer or half a float, perhaps a hundredth of it. Source: [MS-XLSB] 2.5.122."""
    whole = stored & 0xFFFFFFFC
    if stored & 2:
        value = float((whole - (1 << 32) if whole & 0x80000000 else whole) >> 2)
    else:
        value = unpack("<d", bytes(4) + whole.to_bytes(4, "little"))[0]
    return value / 100 if stored & 1 else value


def read_xlsb(package: Package, main: str, filling: Filling) -> None:
    """The worksheets of the workbook whose main part is `main`. A formula that was never calculated can't be told
    from its stored 0.
    """
    parts = related_parts(package, main)
    by_kind = {related.kind: related.target for related in parts.values()}
    strings = read_strings(package, by_kind["sharedStrings"]) if "sharedStrings" in by_kind else []
    styles = read_styles(package, by_kind["styles"]) if "styles" in by_kind else []
    mac_dates, sheets = False, []
    for number, content in binary_records(package, main):
        if number == WORKBOOK_PROPERTIES:
            mac_dates = bool(content[0] & 1)
        elif number == SHEET_RECORD:
            part, at = wide_text(content, 8)
            sheets.append((wide_text(content, at)[0], part))
    for name, part in sheets:
        related = parts.get(part)
        if related is None or related.target not in package:
            raise NotAWorkbook(f"The file is damaged: its sheet {name} is missing from it. {AGAIN}")
        if related.kind == "worksheet" and filling.wants(name):
            filling.open_sheet(name)
            merged = read_sheet(binary_records(package, related.target), filling, strings, styles, mac_dates)
            filling.close_sheet(merged)


def read_strings(package: Package, part: str) -> list[str]:
    """The texts that the sheets share; of rich text the text alone."""
    return [wide_text(content, 1)[0] for number, content in binary_records(package, part) if number == SHARED_STRING]


def read_styles(package: Package, part: str) -> list[Shape]:
    """What each cell style makes of a number."""
    custom: dict[int, str] = {}
    formats: list[int] = []
    in_cell_styles = False
    for number, content in binary_records(package, part):
        if number == FORMAT:
            custom[unpack_from("<H", content)[0]] = wide_text(content, 2)[0]
        elif number in (STYLES, STYLES_END):
            in_cell_styles = number == STYLES
        elif number == STYLE and in_cell_styles:
            formats.append(unpack_from("<H", content, 2)[0])
    return shapes(formats, custom)


def read_sheet(
    stored: Iterator[BinaryRecord], filling: Filling, strings: list[str], styles: list[Shape], mac_dates: bool
) -> list[tuple[int, int, int, int]]:
    """Puts a sheet's cells in place, and gives its merged cells: first and last row, first and last column."""
    merged: list[tuple[int, int, int, int]] = []
    row = 0
    in_cells = False
    for number, content in stored:
        if number in (CELLS_BEGIN, CELLS_END):
            in_cells = number == CELLS_BEGIN
        elif number == ROW and in_cells:
            row = unpack_from("<I", content)[0] + 1
        elif number in CELLS and in_cells:
            column, style = unpack_from("<II", content)
            style &= 0xFFFFFF
            as_shown = styles[style] if style < len(styles) else Shape()
            cell = read_cell(number, content, strings, as_shown, mac_dates)
            if cell is not None:
                filling.put(row, column + 1, cell)
        elif number == MERGED:
            top, bottom, left, right = unpack_from("<IIII", content)
            merged.append((top + 1, bottom + 1, left + 1, right + 1))
    return merged


def read_cell(number: int, content: bytes, strings: list[str], as_shown: Shape, mac_dates: bool) -> Cell | None:
    """One cell, or None where nothing stands in it. Its value begins at byte 8. Source: [MS-XLSB] 2.4.6 and on."""
    if number in (ERROR, FORMULA_ERROR):
        error = ERRORS.get(content[8], "#ERROR!")
        return Cell(error, fault=error)
    if number in (BOOLEAN, FORMULA_BOOLEAN):
        return Cell(bool(content[8]))
    if number == SHARED:
        return text_cell(strings[unpack_from("<I", content, 8)[0]], as_shown)
    if number in (TEXT_CELL, FORMULA_TEXT, RICH_TEXT):
        return text_cell(wide_text(content, 9 if number == RICH_TEXT else 8)[0], as_shown)
    if number == RK:
        return number_cell(rk_number(unpack_from("<I", content, 8)[0]), as_shown, mac_dates)
    return number_cell(unpack_from("<d", content, 8)[0], as_shown, mac_dates)
