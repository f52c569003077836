"""What is taken out of a worksheet's part, or put right in it, without touching a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from ragtool.workbooks.edit.edits import CannotMark, Edits, Element, elements, prefix_of, start_tag, walk
from ragtool.workbooks.foreign import reaches_out
from ragtool.workbooks.references import Position, position_of
from ragtool.workbooks.vocabulary import ALTERNATE_CONTENT, OFFICE, relationship_id

SHEET_DATA = frozenset({"sheetData"})
AFTER_NOTES = frozenset(
    {"legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
    | {ALTERNATE_CONTENT}
)
"""What stands behind the relationship to a sheet's notes. Source: ECMA-376 part 1, 18.3.1.99 (worksheet)."""

NOT_IN_A_TEMPLATE = frozenset(
    {"hyperlinks", "drawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"}
    | {"tableParts", "protectedRanges", "customProperties", "smartTags", "cellWatches", "scenarios", "dataConsolidate"}
    | {"externalReferences", "pivotCaches", "webPublishing", "webPublishObjects", "functionGroups", "oleSize"}
    | {"customWorkbookViews", "customSheetViews", "fileRecoveryPr", "smartTagPr", "smartTagTypes", ALTERNATE_CONTENT}
)
"""What stands in a sheet or in the list of sheets for links, drawings, controls and the like."""

EXTENDED = "ext"
FORMULAS = ("formula", "formula1", "formula2", "f")
PART_ID = re.compile(rb"""\s+\w+:id\s*=\s*(?:"[^"]*"|'[^']*')""")

FORMAT_OF = {"c": "s", "row": "s", "col": "style"}
"""The attribute by which cells, rows and columns have their format."""

OTHER_DATA = ("cm", "vm")
"""What a cell says of data of other kinds, pictures and shares' prices, which don't come along."""

ODD_OR_FORMAT = re.compile(rb"""\s(?:[cv]m|(?:s|style)\s*=\s*["']([^"']*))["'\s=]""")
"""What may be such, or a format with its number."""

A_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def restyled(data: bytes, styles: Mapping[int, int]) -> bytes:
    """A sheet whose cells, rows and columns have other formats: those marked before get back what they had."""
    edits = Edits(data)

    def start(at: int, name: str, attributes: dict[str, str]) -> None:
        named = FORMAT_OF.get(name)
        style = int(attributes.get(named) or "-1") if named else -1
        if named and style in styles:
            edits.set(at, {named: str(styles[style])})

    walk(data, start, lambda at, name: None)
    return edits.changed()


def styles_by_cell(data: bytes) -> dict[str, int]:
    """The format of each cell of a small sheet, by its reference."""
    cells = (element.attributes for element in elements(data) if element.name == "c")
    return {each.get("r", ""): int(each.get("s") or "0") for each in cells}


def unselected(data: bytes) -> bytes:
    """A sheet that isn't the one in front."""
    edits = Edits(data)
    for element in elements(data, SHEET_DATA):
        if element.name == "sheetView" and "tabSelected" in element.attributes:
            edits.set(element.start, {"tabSelected": None})
    return edits.changed()


def without_foreign(data: bytes, ids: Collection[str]) -> bytes:
    """A sheet, or the list of sheets, without what no template has in it, and without what refers to other parts than
    those of these ids. Raises CannotMark where a rule of its formats or entries asks other files or programs.
    """
    edits = Edits(data)
    within = elements(data, SHEET_DATA)
    for element in within:
        if element.name.rpartition("}")[2] in FORMULAS and reaches_out(element.text):
            raise CannotMark("its rules ask other files or programs")
        named = relationship_id(element.attributes)
        if (element.parent is within[0] and element.name in NOT_IN_A_TEMPLATE) or is_of_another_vocabulary(element):
            edits.remove(element)
        elif named and named not in ids and element.name == "pageSetup":  # the printer's own settings
            tag = start_tag(data, element.start)
            edits.pieces.append((element.start, element.start + len(tag), PART_ID.sub(b"", tag)))
        elif named and named not in ids and element.name != "sheet":
            edits.remove(extension_of(element))
    return edits.changed()


def is_of_another_vocabulary(element: Element) -> bool:
    """Whether an element isn't one of Open XML's own, and stands outside of the extensions in which others may."""
    return "}" in element.name and element.parent is not None and extension_of(element) is element


def extension_of(element: Element) -> Element:
    """The extension in which an element stands, or the element itself."""
    around = element
    while around.parent is not None and around.name != EXTENDED:
        around = around.parent
    return around if around.name == EXTENDED else element


def without_formulas(data: bytes, keeps: Callable[[Position, str], bool]) -> bytes:
    """A sheet whose formulas give way to their last results, but for those that `keeps` says, by place and text."""
    if not A_FORMULA.search(data):
        return data
    edits = Edits(data)
    row = column = started = 0
    texts, kept_groups = [""], {""}
    attributes_of: dict[str, str] = {}

    def start(at: int, name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, started
        if name == "row":
            row, column = int(attributes.get("r") or row + 1), 0
        elif name == "c":
            column = position_of(attributes["r"])[1] if "r" in attributes else column + 1
        elif name == "f":
            started = at
            attributes_of.clear()
            attributes_of.update(attributes)
            texts.clear()

    def end(at: int, name: str) -> None:
        if name != "f":
            return
        formula, group = "".join(texts), attributes_of.get("si", "") if attributes_of.get("t") == "shared" else ""
        if attributes_of.get("t") != "dataTable" and keeps((row, column), formula):
            if formula:
                kept_groups.add(group)
            if formula or (group and group in kept_groups):
                return
        tag = start_tag(data, started)
        over = started + len(tag) if tag.endswith(b"/>") else data.index(b">", at) + 1
        edits.pieces.append((started, over, b""))

    walk(data, start, end, texts.append)
    return edits.changed()


def without_lost_references(data: bytes, formats: int) -> bytes:
    """A sheet whose cells, rows and columns refer to nothing that isn't there: to none but the first so many `formats`,
    and to no data of other kinds.
    """
    if all(number.isdigit() and int(number) < formats for number in {*ODD_OR_FORMAT.findall(data)}):
        return data
    edits = Edits(data)

    def start(at: int, name: str, attributes: dict[str, str]) -> None:
        named = FORMAT_OF.get(name, "")
        lost: dict[str, str | None] = {each: None for each in OTHER_DATA if each in attributes and name == "c"}
        if named in attributes:
            style = int(attributes[named])
            lost |= {named: str(style) if 0 <= style < formats else None}
        if lost.items() - attributes.items():
            edits.set(at, lost)

    walk(data, start, lambda at, name: None)
    return edits.changed()


def with_notes(data: bytes, relationship: str) -> bytes:
    """A sheet with the relationship to the drawing of its notes, in its place among the sheet's elements."""
    edits, within = Edits(data), elements(data, SHEET_DATA)
    behind = [e.start for e in within if e.parent is within[0] and e.name in AFTER_NOTES]
    tag = f'<{prefix_of(data)}legacyDrawing xmlns:r="{OFFICE}" r:id="{relationship}"/>'
    edits.insert(min([*behind, within[0].close]), tag.encode())
    return edits.changed()


def without_notes(data: bytes) -> bytes:
    """A sheet without the relationship to a drawing of notes."""
    edits = Edits(data)
    for element in elements(data, SHEET_DATA):
        if element.name == "legacyDrawing":
            edits.remove(element)
    return edits.changed()
