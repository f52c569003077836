"""Workbooks of values and number formats alone, as a plain program writes them: a twentieth of openpyxl's time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from messy import MAIN, RELATIONS, SHEET_TYPE, package, relations, zipped

Plain: TypeAlias = str | bool | float | Decimal | date | None
"""What a cell holds; text stays text, but for a formula in braces, `{=1/0}`, which nothing has worked out."""

USUAL = "General"
DAY = "yyyy-mm-dd"

Formats: TypeAlias = Mapping[tuple[str, int, int], str]
"""Number formats by sheet, row and column; others are usual, or those of a day."""


def plain_book(sheets: Mapping[str, Sequence[Sequence[Plain]]], formats: Formats | None = None) -> bytes:
    """An .xlsx of the sheets' rows, from their first cells down."""
    formats = formats or {}
    codes = list(dict.fromkeys((USUAL, DAY, *formats.values())))
    names = {name: f"worksheets/sheet{number}.xml" for number, name in enumerate(sheets, 1)}
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="s{number}"/>' for number, name in enumerate(names, 1)
    )
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related(names),
        "xl/styles.xml": styles(codes),
    }
    for name, rows in sheets.items():
        written = "".join(
            f'<row r="{row}">{"".join(filled_cells(cells, name, row, formats, codes))}</row>'
            for row, cells in enumerate(rows, 1)
        )
        parts[f"xl/{names[name]}"] = f'<worksheet xmlns="{MAIN}"><sheetData>{written}</sheetData></worksheet>'
    return zipped(package("xl/workbook.xml", SHEET_TYPE, parts))


def related(names: Mapping[str, str]) -> str:
    """The relations part of a workbook with those sheets."""
    rows = "".join(
        f'<Relationship Id="s{number}" Type="{RELATIONS}/worksheet" Target="{target}"/>'
        for number, target in enumerate(names.values(), 1)
    )
    return relations({"styles": "styles.xml"}).replace("</Relationships>", f"{rows}</Relationships>")


def styles(codes: Sequence[str]) -> str:
    """The styles part: one style for each number format, in their order."""
    kept = "".join(f'<numFmt numFmtId="{at}" formatCode={quoteattr(code)}/>' for at, code in enumerate(codes, 164))
    used = "".join(f'<xf numFmtId="{at}" applyNumberFormat="1"/>' for at, _ in enumerate(codes, 164))
    looks = "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
    looks += "<cellStyleXfs><xf/></cellStyleXfs>"
    normal = '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    looks = f"<numFmts>{kept}</numFmts>{looks}<cellXfs>{used}</cellXfs>{normal}"
    return f'<styleSheet xmlns="{MAIN}">{looks}</styleSheet>'


def filled_cells(cells: Sequence[Plain], sheet: str, row: int, formats: Formats, codes: Sequence[str]) -> list[str]:
    """The cells of a row that hold something."""
    return [
        cell(f"{get_column_letter(column)}{row}", value, formats.get((sheet, row, column)), codes)
        for column, value in enumerate(cells, 1)
        if value is not None
    ]


def cell(place: str, value: Plain, code: str | None, codes: Sequence[str]) -> str:
    """One cell, as what it holds."""
    style = codes.index(code or (DAY if isinstance(value, date) else USUAL))
    start = f'<c r="{place}" s="{style}"'
    if isinstance(value, str) and value.startswith("{="):
        return f"{start}><f>{escape(value[2:-1])}</f></c>"
    if isinstance(value, str):
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, bool):
        return f'{start} t="b"><v>{int(value)}</v></c>'
    number = to_excel(value) if isinstance(value, date | datetime) else value
    return f"{start}><v>{number:.16g}</v></c>"
