"""Cells typed into a workbook, and all else of its file kept as it is, results of formulas too.

This takes a twentieth of the time of openpyxl, which reads a whole workbook and writes it anew.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TypeAlias
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from openpyxl.styles.numbers import builtin_format_code, builtin_format_id, is_date_format
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.datetime import to_excel

Typed: TypeAlias = str | int | float | Decimal | date | None

ROW = re.compile(r'<row r="(\d+)"([^>]*?)(?:/>|>(.*?)</row>)', re.DOTALL)
CELL = re.compile(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
ROWS = re.compile(r"<sheetData\s*/>|<sheetData>.*</sheetData>", re.DOTALL)
FORMATS = re.compile(r"<cellXfs[^>]*>(.*?)</cellXfs>", re.DOTALL)
FORMAT = re.compile(r"<xf [^>]*?(?:/>|(?<!/)>.*?</xf>)", re.DOTALL)
NUMBER_FORMAT = re.compile(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/>')
DAY = "dd/mm/yyyy"
FORMULA = re.compile(r"<f(?: [^>]*)?>([^<]*)</f>")
TEXT = re.compile(r"<t(?: [^>]*)?>([^<]*)</t>")
SHARED = re.compile(r"<si>(.*?)</si>|<si/>", re.DOTALL)
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"


def can_be_typed(value: object) -> bool:
    """Whether a value needs no format that its cell may lack, as a date does, nor signs that XML has not."""
    return value is None or (
        isinstance(value, str | int | float | Decimal)
        and not isinstance(value, bool)
        and (not isinstance(value, str) or value.isprintable())
    )


class TypedSheet:
    """A sheet's part: its rows' tags and their cells, each with its attributes and what is in it."""

    def __init__(self, xml: str, shared: tuple[str, ...]) -> None:
        self.xml, self.shared = xml, shared
        self.tags: dict[int, str] = {}
        self.cells: dict[int, dict[int, tuple[str, str]]] = {}
        for number, tag, inner in ROW.findall(xml):
            self.tags[int(number)] = re.sub(r' spans="[^"]*"', "", tag)
            self.cells[int(number)] = {
                column_index_from_string(letters): (attributes, content)
                for letters, attributes, content in CELL.findall(inner)
            }

    @property
    def last(self) -> int:
        """The number of the last row."""
        return max(self.cells, default=0)

    def value(self, row: int, column: int) -> str | int | float | None:
        """What a cell shows; a formula's last result."""
        attributes, content = self.cells.get(row, {}).get(column, ("", ""))
        kind = re.search(r' t="(\w+)"', attributes)
        if kind and kind[1] == "inlineStr":
            return html.unescape("".join(TEXT.findall(content)))
        held = re.search(r"<v>([^<]*)</v>", content)
        if not held or not held[1]:
            return None
        if kind and kind[1] == "s":
            return self.shared[int(held[1])]
        if kind and kind[1] != "n":
            return html.unescape(held[1])
        return int(held[1]) if held[1].isdigit() else float(held[1])

    def formula(self, row: int, column: int) -> str | None:
        """A cell's formula, without its sign; None where there is none."""
        held = FORMULA.search(self.cells.get(row, {}).get(column, ("", ""))[1])
        return html.unescape(held[1]) if held else None

    def row(self, number: int) -> dict[int, str | int | float | None]:
        """What a row's cells show, by their columns."""
        return {column: self.value(number, column) for column in self.cells.get(number, {})}

    def type_in(self, row: int, column: int, value: Typed, *, formula: bool = False) -> None:
        """Types into a cell, which looks as before."""
        attributes, _ = self.cells.get(row, {}).get(column, ("", ""))
        attributes = re.sub(r' t="\w+"', "", attributes).rstrip()
        if formula:
            content = f"<f>{escape(str(value).removeprefix('='))}</f>"
        elif isinstance(value, bool):
            attributes, content = f'{attributes} t="b"', f"<v>{int(value)}</v>"
        elif isinstance(value, str):
            attributes, content = f'{attributes} t="inlineStr"', f'<is><t xml:space="preserve">{escape(value)}</t></is>'
        else:
            content = "" if value is None else f"<v>{value}</v>"
        self.tags.setdefault(row, "")
        self.cells.setdefault(row, {})[column] = attributes, content

    def written(self) -> str:
        """The part as it is now."""
        rows = "".join(
            f'<row r="{number}"{self.tags[number]}>'
            + "".join(
                f'<c r="{get_column_letter(column)}{number}"{attributes}>{content}</c>'
                for column, (attributes, content) in sorted(cells.items())
            )
            + "</row>"
            for number, cells in sorted(self.cells.items())
        )
        return ROWS.sub(lambda _: f"<sheetData>{rows}</sheetData>", self.xml)


class TypedBook:
    """A workbook's file: its sheets by name, read when they are first asked for."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.named = sheet_parts(self.parts["xl/workbook.xml"], self.parts["xl/_rels/workbook.xml.rels"])
        self.open: dict[str, TypedSheet] = {}

    def __getitem__(self, name: str) -> TypedSheet:
        if name not in self.open:
            shared = shared_texts(self.parts[STRINGS]) if STRINGS in self.parts else ()
            self.open[name] = TypedSheet(self.parts[self.named[name]].decode(), shared)
        return self.open[name]

    def table_of(self, name: str) -> tuple[int, int] | None:
        """The first and last rows of a sheet's table, where it has one."""
        part = PurePosixPath(self.named[name])
        related = self.parts.get(str(part.parent / "_rels" / f"{part.name}.rels"), b"")
        tables = re.findall(rb'Target="[^"]*?(table\d+\.xml)"', related)
        if not tables:
            return None
        ref = re.search(rb'ref="[A-Z]+(\d+):[A-Z]+(\d+)"', self.parts[f"xl/tables/{tables[0].decode()}"])
        return (int(ref[1]), int(ref[2])) if ref else None

    def type_shown(self, sheet: str, cell: str, value: Typed, code: str | None = None) -> None:
        """Types into a cell, and gives it a number format; a date as the cell shows dates, or else as a day."""
        letters, row = coordinate_from_string(cell)
        column, page = column_index_from_string(letters), self[sheet]
        attributes, content = page.cells.get(row, {}).get(column, ("", ""))
        held = re.search(r' s="(\d+)"', attributes)
        style = int(held[1]) if held else 0
        if isinstance(value, date):
            code = code or (None if is_date_format(self.number_format(style)) else DAY)
            value = to_excel(value)
        if code is not None:
            attributes = f'{attributes.replace(held[0] if held else " s=", "")} s="{self.style_with(style, code)}"'
            page.cells.setdefault(row, {})[column] = attributes, content
        page.type_in(row, column, value)

    def number_format(self, style: int) -> str:
        """The number format of a style."""
        codes = {number: html.unescape(code) for number, code in NUMBER_FORMAT.findall(self.parts[STYLES].decode())}
        (number,) = re.findall(r'numFmtId="(\d+)"', self.formats()[style])
        return codes.get(number) or builtin_format_code(int(number)) or "General"

    def formats(self) -> list[str]:
        """The formats that cells have, by their numbers."""
        (listed,) = FORMATS.findall(self.parts[STYLES].decode())
        return FORMAT.findall(listed)

    def style_with(self, style: int, code: str) -> int:
        """A style like another but for its number format, which is put among the workbook's."""
        styles = self.parts[STYLES].decode()
        formats = self.formats()
        taken = [int(number) for number, _ in NUMBER_FORMAT.findall(styles)]
        number = builtin_format_id(code)
        if number is None:
            number = max(163, *taken) + 1
            styles = styles.replace(
                "</numFmts>", f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/></numFmts>'
            )
        like = re.sub(r'numFmtId="\d+"', f'numFmtId="{number}"', formats[style], count=1)
        like = re.sub(r' applyNumberFormat="\d"', "", like).replace("<xf ", '<xf applyNumberFormat="1" ', 1)
        self.parts[STYLES] = styles.replace("</cellXfs>", f"{like}</cellXfs>").encode()
        return len(formats)

    def drop_results(self) -> None:
        """Takes out what each formula came to, so that the next program works it out."""
        for name in self.named:
            for cells in self[name].cells.values():
                for column, (attributes, content) in cells.items():
                    if "<f>" in content:
                        cells[column] = re.sub(r' t="\w+"', "", attributes), re.sub(r"<v>[^<]*</v>", "", content)

    def saved(self) -> bytes:
        """The file as it is now, unpacked: what is read again at once needn't be small."""
        changed = {self.named[name]: sheet.written().encode() for name, sheet in self.open.items()}
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in (self.parts | changed).items():
                archive.writestr(zipfile.ZipInfo(name), content)
        return file.getvalue()


@lru_cache(maxsize=64)
def sheet_parts(book: bytes, related: bytes) -> dict[str, str]:
    """The part of each sheet, by its name."""
    targets = {each.attrib["Id"]: each.attrib["Target"] for each in ET.fromstring(related)}
    sheets = [each for each in ET.fromstring(book).iter() if OFFICE in each.attrib and "name" in each.attrib]
    return {each.attrib["name"]: str(PurePosixPath("/xl", targets[each.attrib[OFFICE]])).lstrip("/") for each in sheets}


@lru_cache(maxsize=64)
def shared_texts(part: bytes) -> tuple[str, ...]:
    """The texts that cells share."""
    return tuple(html.unescape("".join(TEXT.findall(each))) for each in SHARED.findall(part.decode()))


@contextmanager
def typed_into(path: Path) -> Iterator[TypedBook]:
    """A workbook as a person has it open to type into it, and then saves it."""
    book = TypedBook(path.read_bytes())
    yield book
    path.write_bytes(book.saved())
