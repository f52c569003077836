"""An .xlsb as cells: Open XML whose parts hold binary records in place of XML. Source: [MS-XLSB]."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from struct import pack, unpack, unpack_from

from openpyxl.utils import get_column_letter

from ragtool.workbooks.beside import AUTHOR, THREAD_COPY, beside_cells
from ragtool.workbooks.book import COMMENT, Beside, Cell, NotAWorkbook
from ragtool.workbooks.bounds import AGAIN, BOMB, Work
from ragtool.workbooks.error_values import ERRORS
from ragtool.workbooks.fills import rating_of_fill
from ragtool.workbooks.inks import ink_on
from ragtool.workbooks.number_formats import ANY_INK, Shape, shapes
from ragtool.workbooks.package import DAMAGED, Package
from ragtool.workbooks.relationships import first_of_kinds, related_parts, relationships_part
from ragtool.workbooks.runs import (
    STEPS_OF_RUN,
    Text,
    TextRun,
    any_text_cell,
    cell_of_look,
    steps_of_text,
    text_of,
)
from ragtool.workbooks.stored import STEPS_OF_MERGED, Filling, number_cell
from ragtool.workbooks.stored_colours import Colours, colours_of_the_theme, with_own
from ragtool.workbooks.xlsb_looks import colour_of_binary_font, ground_of_fill, look_of_binary_font

ROW, BLANK, RK, ERROR, BOOLEAN, _REAL, TEXT_CELL, SHARED = range(8)
FORMULA_TEXT, FORMULA_NUMBER, FORMULA_BOOLEAN, FORMULA_ERROR, RICH_TEXT = 8, 9, 10, 11, 62
SHORT_BLANK, SHORT_SHARED = 12, 18
SHARED_STRING, FONT_RECORD, FORMAT, STYLE, FONTS, FONTS_END, STYLES, STYLES_END = 19, 43, 44, 47, 611, 612, 617, 618
WORKBOOK_PROPERTIES, SHEET_RECORD, CELLS_BEGIN, CELLS_END, MERGED = 153, 156, 145, 146, 176
SHOWN_TO_ALL = bytes(4)
"""The records that are read, by their numbers. Source: [MS-XLSB] 2.3.2."""

CELLS = {*range(BLANK, FORMULA_ERROR + 1), RICH_TEXT}
SHORT_CELLS = {*range(SHORT_BLANK, SHORT_SHARED + 1)}
"""Cells that lie in the column after the one before, which isn't said again. Source: [MS-XLSB] 2.4.761 and on."""

FILL, OWN_COLOUR, NOTE, NOTE_TEXT = 45, 475, 635, 637

STEPS_OF_RECORD, STEPS_OF_NOTE = 2, 4
"""A record takes as long as an element that begins and ends; a comment's text is made out beside."""

BinaryRecord = tuple[int, bytes]


def binary_records(package: Package, part: str) -> Iterator[BinaryRecord]:
    """The records of a part: number and content. Source: [MS-XLSB] 2.1.4."""
    data = package.read(part)
    at = 0
    while at < len(data):
        package.work.take(STEPS_OF_RECORD)
        number, at = seven_bits(data, at, 2)
        size, at = seven_bits(data, at, 4)
        if at + size > len(data):
            raise NotAWorkbook(DAMAGED)
        yield number, data[at : at + size]
        at += size


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
    by_kind = first_of_kinds(parts)
    fonts, styles, fills = read_styles(package, by_kind) if "styles" in by_kind else ([], [], [])
    most = filling.bounds.cells
    strings = read_strings(package, by_kind["sharedStrings"], fonts, most) if "sharedStrings" in by_kind else []
    shared = SharedParts(strings, fonts, styles, fills, filling.work)
    mac_dates, sheets = False, []
    for number, content in binary_records(package, main):
        if number == WORKBOOK_PROPERTIES:
            mac_dates = bool(content[0] & 1)
        elif number == SHEET_RECORD:
            part, at = wide_text(content, 8)
            sheets.append((wide_text(content, at)[0], part, content[:4] != SHOWN_TO_ALL))
    for name, part, hidden in sheets:
        if not part:  # a module of an old Excel's, which has no part of its own
            continue
        related = parts.get(part)
        if related is None or related.target not in package:
            raise NotAWorkbook(f"The file is damaged: its sheet {name} is missing from it. {AGAIN}")
        if related.kind == "worksheet" and filling.wants(name):
            filling.open_sheet(name, related.target, hidden=hidden)
            merged = read_sheet(binary_records(package, related.target), filling, shared, mac_dates)
            filling.close_sheet(
                merged, [*binary_notes(package, related.target), *beside_cells(package, related.target)]
            )


@dataclass(frozen=True)
class SharedParts:
    """What the cells of every sheet refer to: texts, the looks of fonts, the shapes of styles, the ratings that their
    fills may stand for; `work` is what is left for the file.
    """

    strings: Sequence[Text]
    fonts: Sequence[str]
    styles: Sequence[Shape]
    fills: Sequence[str]
    work: Work


def read_strings(package: Package, part: str, fonts: Sequence[str], most: int) -> list[Text]:
    """The texts that the sheets share. Raises NotAWorkbook where they are more than `most`."""
    strings: list[Text] = []
    for number, content in binary_records(package, part):
        if number == SHARED_STRING:
            if len(strings) == most:
                raise NotAWorkbook(BOMB)
            strings.append(rich_text(content, 0, fonts, package.work))
    return strings


def rich_text(content: bytes, at: int, fonts: Sequence[str], work: Work) -> Text:
    """A text with the runs of it that have a font of their own. Source: [MS-XLSB] 2.5.122 (RichStr)."""
    text, end = wide_text(content, at + 1)
    if not content[at] & 1:
        return text
    characters = text.encode("utf-16-le")
    count = min(unpack_from("<I", content, end)[0], len(characters))
    work.take(STEPS_OF_RUN * count)
    marks = [(0, None), *(unpack_from("<HH", content, end + 4 + 4 * number) for number in range(count))]
    starts = [2 * start for start, _ in marks] + [len(characters)]
    runs = []
    for (_, font), (start, stop) in zip(marks, pairwise(starts), strict=True):
        look = None if font is None else fonts[font] if font < len(fonts) else ""
        runs.append(TextRun(characters[start:stop].decode("utf-16-le", "replace"), look))
    return text_of(runs)


def read_styles(package: Package, by_kind: Mapping[str, str]) -> tuple[list[str], list[Shape], list[str]]:
    """The look of each font, what each cell style makes of a value, and the rating that its fill may stand for."""
    part = by_kind["styles"]
    own = [content[:3].hex() for number, content in binary_records(package, part) if number == OWN_COLOUR]
    colours = Colours(colours_of_the_theme(package, by_kind.get("theme", "")), with_own(own))
    custom: dict[int, str] = {}
    fonts: list[str] = []
    of_fonts: list[str] = []
    fills: list[str] = []
    grounds: list[str] = []
    formats: list[tuple[int, int, int]] = []
    within = 0
    for number, content in binary_records(package, part):
        if number == FORMAT:
            custom[unpack_from("<H", content)[0]] = wide_text(content, 2)[0]
        elif number in (FONTS, FONTS_END, STYLES, STYLES_END):
            within = number
        elif number == FONT_RECORD and within == FONTS:
            fonts.append(look_of_binary_font(content, colours))
            of_fonts.append(colour_of_binary_font(content, colours))
        elif number == FILL:
            grounds.append(ground_of_fill(content, colours))
            fills.append(rating_of_fill(grounds[-1]))
        elif number == STYLE and within == STYLES:
            formats.append(unpack_from("<HHH", content, 2))
    styled = [
        (number, fonts[font], ink_on(of_fonts[font], grounds[fill] if fill < len(grounds) else ""))
        if font < len(fonts)
        else (number, "", ANY_INK)
        for number, font, fill in formats
    ]
    made = shapes(styled, custom)
    return fonts, made, [fills[fill] if fill < len(fills) else "" for _, _, fill in formats]


def binary_notes(package: Package, sheet: str) -> list[Beside]:
    """An officer's own comments. Source: [MS-XLSB] 2.1.7.13."""
    parts = related_parts(package, sheet).values() if relationships_part(sheet) in package else ()
    listed: list[Beside] = []
    cell = ""
    for part in (each.target for each in parts if each.kind == "comments" and each.target in package):
        for number, content in binary_records(package, part):
            if number == NOTE:
                row, column = unpack_from("<I4xI", content, 4)
                cell = f"{get_column_letter(column + 1)}{row + 1}"
            elif number == NOTE_TEXT:
                package.work.take(STEPS_OF_NOTE)
                text = wide_text(content, 1)[0].strip()
                if text and not text.startswith((THREAD_COPY, f"{AUTHOR}:")):
                    listed.append(Beside(COMMENT, cell, text))
    return listed


def read_sheet(
    stored: Iterator[BinaryRecord], filling: Filling, shared: SharedParts, mac_dates: bool
) -> list[tuple[int, int, int, int]]:
    """Puts a sheet's cells in place, and gives its merged cells: first and last row, first and last column."""
    merged: list[tuple[int, int, int, int]] = []
    row = column = 0
    in_cells = False
    for number, content in stored:
        if number in (CELLS_BEGIN, CELLS_END):
            in_cells = number == CELLS_BEGIN
        elif number == ROW and in_cells:
            row, column = unpack_from("<I", content)[0] + 1, 0
        elif (number in CELLS or number in SHORT_CELLS) and in_cells:
            if number in SHORT_CELLS:
                number, content = number - SHORT_BLANK + BLANK, pack("<I", column) + content
            column, style = unpack_from("<II", content)
            column, style = column + 1, style & 0xFFFFFF
            if style < len(shared.fills) and shared.fills[style]:
                filling.fill(row, column, shared.fills[style])
            as_shown = shared.styles[style] if style < len(shared.styles) else Shape()
            cell = read_cell(number, content, shared, as_shown, mac_dates)
            if cell is not None:
                filling.put(row, column, cell)
        elif number == MERGED:
            filling.work.take(STEPS_OF_MERGED)
            top, bottom, left, right = unpack_from("<IIII", content)
            merged.append((top + 1, bottom + 1, left + 1, right + 1))
    return merged


def read_cell(number: int, content: bytes, shared: SharedParts, as_shown: Shape, mac_dates: bool) -> Cell | None:
    """One cell, or None where nothing stands in it. Its value begins at byte 8. Source: [MS-XLSB] 2.4.6 and on."""
    if number == BLANK:
        return None
    if number in (ERROR, FORMULA_ERROR):
        error = ERRORS.get(content[8], "#ERROR!")
        return Cell(error, fault=error)
    if number == SHARED:
        text = shared.strings[unpack_from("<I", content, 8)[0]]
        shared.work.take(steps_of_text(text))
        return any_text_cell(text, as_shown)
    if number == RICH_TEXT:
        return any_text_cell(rich_text(content, 8, shared.fonts, shared.work), as_shown)
    if number in (TEXT_CELL, FORMULA_TEXT):
        return any_text_cell(wide_text(content, 8)[0], as_shown)
    if number in (BOOLEAN, FORMULA_BOOLEAN):
        cell = Cell(bool(content[8]))
    elif number == RK:
        cell = number_cell(rk_number(unpack_from("<I", content, 8)[0]), as_shown, mac_dates)
    else:
        cell = number_cell(unpack_from("<d", content, 8)[0], as_shown, mac_dates, number == FORMULA_NUMBER)
    return cell_of_look(cell, as_shown)
