"""A workbook as Excel saves it as .xlsb: its values, number formats, fonts, the runs of its texts, its fills and merged
cells, record by record. Source: [MS-XLSB].
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from struct import pack
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.datetime import to_excel

from messy import package, record, relations, wide, zipped

FIRST_FORMAT = 164
RAISED_OR_LOWERED = {"superscript": 1, "subscript": 2}
WHITE = "FFFFFFFF"
ERROR_CODES = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
Look = tuple[bool, int, bool]
"""Whether a font strikes out, raises or lowers, and is white."""


def as_xlsb(path: Path) -> Path:
    """An .xlsx as an .xlsb beside it, which takes its place; formulas are their results."""
    book = load_workbook(path, data_only=True, rich_text=True)
    made = path.with_suffix(".xlsb")
    made.write_bytes(BinaryBook().of(book))
    path.unlink()
    return made


class BinaryBook:
    """The fonts, formats and styles of a workbook as they are numbered while its sheets are written."""

    def __init__(self) -> None:
        self.fonts: list[Look] = [(False, 0, False)]
        self.fills: list[str] = ["", ""]
        self.formats: list[str] = ["General"]
        self.styles: list[tuple[int, int, int]] = [(0, 0, 0)]

    def of(self, book: Any) -> bytes:
        """The file."""
        parts: dict[str, str | bytes] = {}
        listed, kinds = b"", {}
        for number, page in enumerate(book.worksheets, 1):
            kinds[f"rId{number}"] = f"worksheets/sheet{number}.bin"
            shown = 0 if page.sheet_state == "visible" else 1
            listed += record(156, pack("<II", shown, number) + wide(f"rId{number}") + wide(page.title))
            parts[f"xl/worksheets/sheet{number}.bin"] = self.sheet(page)
        parts["xl/workbook.bin"] = record(153, pack("<III", 0, 0, 0)) + listed
        parts["xl/styles.bin"] = self.style_records()
        links = relations({"styles": "styles.bin"}).replace(
            "</Relationships>", "".join(worksheet_relation(*each) for each in kinds.items()) + "</Relationships>"
        )
        parts["xl/_rels/workbook.bin.rels"] = links
        return zipped(package("xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main", parts))

    def sheet(self, page: Any) -> bytes:
        """The records of a sheet."""
        rows = b""
        for row in page.iter_rows():
            rows += record(0, pack("<I", row[0].row - 1) + bytes(21))
            rows += b"".join(self.cell(cell) for cell in row if not isinstance(cell, MergedCell))
        merged = b"".join(
            record(176, pack("<IIII", each.min_row - 1, each.max_row - 1, each.min_col - 1, each.max_col - 1))
            for each in page.merged_cells.ranges
        )
        return record(145) + rows + record(146) + merged

    def cell(self, cell: Any) -> bytes:
        """The record of a cell."""
        start = pack("<II", cell.column - 1, self.style_of(cell))
        value = cell.value
        if isinstance(value, CellRichText):
            return record(62, start + self.rich_text(value))
        if isinstance(value, date | datetime):
            value = to_excel(value)
        if isinstance(value, bool):
            return record(4, start + bytes([value]))
        if isinstance(value, int | float):
            return record(5, start + pack("<d", value))
        if value in ERROR_CODES and cell.data_type == "e":
            return record(3, start + bytes([ERROR_CODES[value]]))
        return record(1, start) if value is None else record(6, start + wide(str(value)))

    def rich_text(self, value: CellRichText) -> bytes:
        """A text with the runs that have a font of their own."""
        text, runs = "", []
        for part in value:
            font = part.font if isinstance(part, TextBlock) else None
            runs.append((len(text), numbered(self.fonts, look_of(font))))
            text += str(part.text if isinstance(part, TextBlock) else part)
        return b"\1" + wide(text) + pack("<I", len(runs)) + b"".join(pack("<HH", *each) for each in runs)

    def style_of(self, cell: Any) -> int:
        """The number of a cell's style."""
        fill = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else ""
        code = numbered(self.formats, cell.number_format)
        style = (code, numbered(self.fonts, look_of(cell.font)), numbered(self.fills, fill if is_rgb(fill) else ""))
        return numbered(self.styles, style)

    def style_records(self) -> bytes:
        """The records of the styles part."""
        made = b"".join(
            record(44, pack("<H", FIRST_FORMAT + number) + wide(code)) for number, code in enumerate(self.formats)
        )
        made += record(611) + b"".join(map(font_record, self.fonts)) + record(612)
        for colour in self.fills:
            solid, rgb = pack("<I", 1 if colour else 0), bytes.fromhex((colour or WHITE)[2:])
            made += record(45, solid + bytes([2 << 1 | 1, 0, 0, 0]) + rgb + bytes(45))
        made += record(617)
        for code, font, fill in self.styles:
            made += record(47, pack("<HHHH", 0, FIRST_FORMAT + code if code else 0, font, fill) + bytes(8))
        return made + record(618)


def numbered(known: list[Any], each: Any) -> int:
    """The place of something in a list, at whose end it is put where it isn't there."""
    if each not in known:
        known.append(each)
    return known.index(each)


def is_rgb(colour: object) -> bool:
    """Whether a colour is one of its own."""
    return isinstance(colour, str) and len(colour) == len(WHITE)


def look_of(font: Any) -> Look:
    """What of a font changes what a text says."""
    if font is None:
        return False, 0, False
    white = font.color is not None and font.color.type == "rgb" and font.color.rgb == WHITE
    return bool(font.strike), RAISED_OR_LOWERED.get(font.vertAlign or "", 0), white


def font_record(look: Look) -> bytes:
    """A font."""
    struck, script, white = look
    colour = bytes([2 << 1 | 1, 0, 0, 0, 255, 255, 255, 255]) if white else bytes(8)
    return record(43, pack("<HHHHBBBB", 200, 8 * struck, 400, script, 0, 2, 0, 0) + colour + b"\2" + wide("Arial"))


def worksheet_relation(name: str, target: str) -> str:
    """The relation that leads to a worksheet."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    return f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
