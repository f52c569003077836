"""An .xlsx or .xlsm, strict or not, as cells: values and the formulas without one, in a single pass.

openpyxl needs two passes to tell a formula without a result from a blank, reads no strict Open XML, and stops at a
broken picture or drop-down that no reader of values needs; so the few parts that hold values are read here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree.ElementTree import Element

from ragtool.workbooks.beside import beside_cells
from ragtool.workbooks.book import NEVER_CALCULATED, PICTURE, UNREADABLE, Cell, NotAWorkbook
from ragtool.workbooks.bounds import AGAIN, Work
from ragtool.workbooks.fills import rating_of_fill
from ragtool.workbooks.foreign import NAMED_CELLS, OWN_NAMES, asked, reaches_out
from ragtool.workbooks.inks import ink_on
from ragtool.workbooks.number_formats import Shape, shapes
from ragtool.workbooks.package import DAMAGED, Package
from ragtool.workbooks.plain_rows import PlainRows
from ragtool.workbooks.records import records
from ragtool.workbooks.references import column_number, corners, position_of
from ragtool.workbooks.relationships import first_of_kinds, related_parts
from ragtool.workbooks.rich_texts import look_of, shared_strings, shown_text
from ragtool.workbooks.runs import Text, any_text_cell, cell_of_look, steps_of_text
from ragtool.workbooks.stored import STEPS_OF_MERGED, Filling, number_cell
from ragtool.workbooks.stored_colours import Colours, colours_of_the_theme, font_colour, ground_colour, own_palette
from ragtool.workbooks.texts import unescaped
from ragtool.workbooks.vocabulary import element_name
from ragtool.workbooks.workbook_part import WorkbookPart, workbook_part

PLAIN = Shape()
BOOLEANS = {"1": True, "true": True, "0": False, "false": False}

STEPS_OF_FORMAT = 4
"""What a cell's format costs beside its tag, and the shape that is made of it."""

MergedRange = tuple[int, int, int, int]
"""Merged cells: first and last row, first and last column."""


@dataclass(frozen=True)
class Shared:
    """What the cells of every sheet refer to: texts, the shapes of the styles, colours, and the workbook's own
    settings; `asked` is what their formulas ask outside of it, `work` what is left for the file.
    """

    strings: Sequence[Text]
    colours: Colours
    styles: Sequence[Shape]
    fills: Mapping[str, str]
    book: WorkbookPart
    work: Work
    cells: dict[tuple[str | None, str | None, str | None], Cell | None] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def cell(self, element: Element) -> Cell | None:
        """What stands in a cell, or None where nothing does. A value that stands alone in cells of one type and style,
        as the texts of a long table do, makes one and the same cell.
        """
        first = element[0]
        if len(element) > 1 or element_name(first.tag) != "v" or element.get("vm"):
            return read_cell(element, self)
        return self.alike(element.get("t"), element.get("s"), first.text)

    def alike(self, kind: str | None, style: str | None, stored: str | None) -> Cell | None:
        """The one cell of a stored value that stands alone in cells of a type and a style."""
        alike = (kind, style, stored)
        if alike not in self.cells:
            self.cells[alike] = cell_of_value(kind or "n", style, stored or "", self)
        return self.cells[alike]


def read_xlsx(package: Package, main: str, filling: Filling, known: Collection[str] = ()) -> None:
    """The worksheets of the workbook whose main part is `main`, hidden ones too, but for those of the names that are
    `known`; charts have no cells.
    """
    book, parts = workbook_part(package, main), related_parts(package, main)
    by_kind = first_of_kinds(parts)
    most = filling.bounds.characters
    looks = by_kind.get("styles", "")
    colours = Colours(colours_of_the_theme(package, by_kind.get("theme", "")), own_palette(package, looks))
    strings = shared_strings(package, by_kind["sharedStrings"], colours, most) if "sharedStrings" in by_kind else []
    styles, fills = cell_styles(package, looks, colours) if looks in package else ([], {})
    shared = Shared(strings, colours, styles, fills, book, filling.work)
    if any(name not in OWN_NAMES for name in book.names):
        filling.foreign.add(NAMED_CELLS)
    for sheet in book.sheets:
        if not sheet.relationship:  # a module of an old Excel's, which has no part of its own
            continue
        related = parts.get(sheet.relationship)
        if related is None or related.target not in package:
            raise NotAWorkbook(f"The file is damaged: its sheet {sheet.name} is missing from it. {AGAIN}")
        if related.kind == "worksheet" and sheet.name not in known and filling.wants(sheet.name):
            filling.open_sheet(sheet.name, related.target, hidden=not sheet.shown)
            merged = read_sheet(package, related.target, filling, shared)
            filling.close_sheet(merged, beside_cells(package, related.target))
    filling.foreign |= shared.asked


def cell_styles(package: Package, part: str, colours: Colours) -> tuple[list[Shape], dict[str, str]]:
    """What each cell style makes of a value, by its number format and its font, and the ratings that the fills of
    styles may stand for, by the styles' numbers as text.
    """
    custom: dict[int, str] = {}
    looks: list[tuple[str, str]] = []
    fills: list[str] = []
    grounds: list[str] = []
    formats: list[tuple[int, int, int]] = []
    for within, element in records(package, part, lists=("cellXfs", "numFmts", "fonts", "fills")):
        name = element_name(element.tag)
        if within == "fonts" and name == "font":
            looks.append((look_of(element, colours), font_colour(element, colours)))
        elif within == "fills" and name == "fill":
            grounds.append(ground_colour(element, colours))
            fills.append(rating_of_fill(grounds[-1]))
        elif within == "cellXfs" and name == "xf":
            package.work.take(STEPS_OF_FORMAT)
            number, font, fill = (int(element.get(each) or "0") for each in ("numFmtId", "fontId", "fillId"))
            formats.append((number, font, fill))
        elif within == "numFmts" and name == "numFmt":  # those of conditional formats count on their own
            custom[int(element.get("numFmtId") or "0")] = element.get("formatCode", "General")
    styled = []
    for number, font, fill in formats:
        look, colour = looks[font] if 0 <= font < len(looks) else ("", "")
        styled.append((number, look, ink_on(colour, grounds[fill] if 0 <= fill < len(grounds) else "")))
    made = shapes(styled, custom)
    rated = {str(at): fills[fill] for at, (_, _, fill) in enumerate(formats) if 0 < fill < len(fills) and fills[fill]}
    return made, rated


def read_sheet(package: Package, part: str, filling: Filling, shared: Shared) -> list[MergedRange]:
    """Puts the cells of a sheet's part in their places, and gives its merged cells. The dimension that it claims is
    never looked at.
    """
    merged: list[MergedRange] = []
    number, plain = 0, PlainRows(filling, shared.fills, shared.alike)
    for within, element in records(package, part, lists=("sheetData", "mergeCells"), shrink=plain):
        name = element_name(element.tag)
        if within == "sheetData" and name == "row":
            own = element.get("r") or str((plain.number or number) + 1)
            number, plain.number = row_in_sheet(element, own, filling, shared), 0
        elif within == "mergeCells" and name == "mergeCell":
            filling.work.take(STEPS_OF_MERGED)
            (top, left), (bottom, right) = corners(element.get("ref", "A1"))
            merged.append((top, bottom, left, right))
    return merged


def row_in_sheet(element: Element, number: str, filling: Filling, shared: Shared) -> int:
    """Puts the cells of a row in their places, and gives the number of the row that they say they are in."""
    own, digits, fills = int(number), len(number), shared.fills
    row, column = own, 0
    cells: dict[int, Cell] = {}
    for cell in element:
        if element_name(cell.tag) != "c":
            continue
        reference = cell.get("r")
        if not reference:
            column += 1
        elif reference.endswith(number) and (letters := reference[:-digits]).isalpha():  # quicker than `place`
            row, column = own, column_number(letters)
        else:
            row, column = position_of(reference)
        if fills and (rating := fills.get(cell.get("s", ""))):
            filling.fill(row, column, rating)
        if len(cell) and (filled := shared.cell(cell)) is not None:
            if row == own and column not in cells:
                cells[column] = filled
            else:
                filling.put(row, column, filled)
    if cells:
        filling.put_row(own, cells)
    return row


def read_cell(element: Element, shared: Shared) -> Cell | None:
    """What stands in a cell, or None where nothing does."""
    stored = ""
    inline: Text = ""
    formula = None
    for child in element:
        name = element_name(child.tag)
        if name == "v":
            stored = child.text or ""
        elif name == "f":
            formula = child.text or ""
            if reaches_out(formula):
                shared.asked.add(asked(formula))
        elif name == "is":
            inline = shown_text(child, shared.colours)
    kind = element.get("t") or "n"
    if kind == "e" and stored == "#VALUE!" and element.get("vm"):  # as Excel stores a picture in a cell
        return Cell(stored, fault=PICTURE)
    return cell_of_value(kind, element.get("s"), stored, shared, formula, inline)


def cell_of_value(
    kind: str, style: str | None, stored: str, shared: Shared, formula: str | None = None, inline: Text = ""
) -> Cell | None:
    """What a stored value is as a cell of a type and a style, or None where that is nothing."""
    number = int(style or "0")
    as_shown = shared.styles[number] if 0 <= number < len(shared.styles) else PLAIN
    if kind == "s" and stored:
        if not stored.strip().isdecimal():
            raise NotAWorkbook(DAMAGED)
        text = shared.strings[int(stored)]
        shared.work.take(steps_of_text(text))
        return any_text_cell(text, as_shown)
    if kind == "inlineStr":
        return any_text_cell(inline or unescaped(stored), as_shown)
    if not stored:
        # A formula's empty text is stored as a text; without a result, no type is given.
        uncalculated = formula is not None and kind != "str"
        return Cell(f"={formula}", fault=NEVER_CALCULATED) if uncalculated else None
    if kind == "str":
        return any_text_cell(unescaped(stored), as_shown)
    cell = value_cell(stored.strip(), kind, formula, as_shown, shared.book)
    return cell_of_look(cell, as_shown)


def value_cell(stored: str, kind: str, formula: str | None, as_shown: Shape, book: WorkbookPart) -> Cell:
    """A stored value that is no text, by its type. Source: ECMA-376 part 1, 18.18.11 (ST_CellType)."""
    if kind == "e":
        return Cell(stored, fault=stored if stored.startswith("#") else f"the error {stored}")
    try:
        if kind == "b":
            return Cell(BOOLEANS[stored])
        if kind == "d":
            return Cell(datetime.fromisoformat(stored).replace(tzinfo=None))
        number = float(stored.replace("_", "?"))  # Python alone reads 1_000 as a number
        if number == 0 and book.to_calculate and formula is not None:
            return Cell(f"={formula}", fault=NEVER_CALCULATED)
        return number_cell(number, as_shown, book.mac_dates, formula is not None)
    except (ValueError, KeyError):
        return Cell(stored, fault=UNREADABLE)
