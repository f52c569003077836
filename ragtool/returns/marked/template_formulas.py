"""What of a return's sheet comes along into its copy: what the template has, and what the officer typed, as values."""

from __future__ import annotations

import re
from collections.abc import Collection

from ragtool import columns as c
from ragtool.sheets.tables import find_headings
from ragtool.workbooks.book import SheetCells, title
from ragtool.workbooks.edit import clean
from ragtool.workbooks.edit.notes import redraw_notes
from ragtool.workbooks.edit.parts import Parts
from ragtool.workbooks.edit.sheet_list import Worksheet
from ragtool.workbooks.references import Position

S = c.ReturnSheets

TEMPLATE_SHEETS = {title(name): name for name in (S.GUIDANCE, *(sheet.name for sheet in S.TABLES))}

FUNCTION = re.compile(r"(?<![\w.])([\w.]++)\s*+\(")
TEXT_OR_SHEET = re.compile(r"\"[^\"]*+\"|#\w++!|(?<!')'((?:[^']|'')*+)'!|(?<![\w.])(\w[\w.]*+)!")
"""A text, an error, or what a formula has before an exclamation mark: a sheet, another file or another program."""
OTHERS = re.compile(r"[|\[\]'{}!]|://|\\\\")
"""What no formula of a template has in it but in a text or before a cell of a sheet."""

HARMLESS = frozenset(
    ("ABS", "AND", "AVERAGE", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "EXACT", "IF", "IFERROR", "INDEX", "ISBLANK")
    + ("ISERROR", "ISNUMBER", "ISTEXT", "LEFT", "LEN", "LOWER", "MATCH", "MAX", "MID", "MIN", "N", "NOT", "OR", "RIGHT")
    + ("ROUND", "SUBSTITUTE", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "TRIM", "UPPER", "VALUE")
)
"""Functions that a template's formulas use, or may: they work on the workbook's own cells alone."""


def take_out_foreign(
    parts: Parts, sheet: Worksheet, cells: SheetCells | None, block: int, sheets: Collection[str], formats: int
) -> None:
    """Takes out of a sheet's part what isn't the template's, and that it is the sheet in front.

    Formulas of the officer's own give way to their results. `block` is a number that no other sheet has, `sheets` are
    the titles of all of them, and `formats` is how many formats the workbook has.
    """
    content = clean.without_foreign(parts.content[sheet.part], parts.ids(sheet.part))
    entered = entered_columns(sheet.name, cells)
    is_own = title(sheet.name) in TEMPLATE_SHEETS

    def keeps(at: Position, formula: str) -> bool:
        return is_own and at[1] not in entered and is_harmless(formula, sheets)

    parts.content[sheet.part] = clean.without_lost_references(clean.without_formulas(content, keeps), formats)
    if b"tabSelected" in content:
        parts.content[sheet.part] = clean.unselected(parts.content[sheet.part])
    redraw_notes(parts, sheet.part, block)


def entered_columns(name: str, cells: SheetCells | None) -> Collection[int]:
    """The columns of a sheet that officers fill."""
    wanted = c.ENTRY_HEADINGS.get(TEMPLATE_SHEETS.get(title(name), ""), ())
    if cells is None or not wanted:
        return ()
    _, positions = find_headings(cells, wanted)
    return {column for heading in wanted for column in positions.get(heading, ())}


def is_harmless(formula: str, sheets: Collection[str]) -> bool:
    """Whether a formula works on the cells of these sheets alone, with functions that a template's formulas have."""

    def without(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        return "!" if name and title(name.replace("''", "'")) not in sheets else ""

    bare = TEXT_OR_SHEET.sub(without, formula)
    return not OTHERS.search(bare) and all(name.upper() in HARMLESS for name in FUNCTION.findall(bare))
