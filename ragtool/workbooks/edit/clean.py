"""What is taken out of a worksheet's part, or put right in it, without touching a value."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from ragtool.workbooks.edit.edits import Edits, elements, prefix_of, start_tag, walk
from ragtool.workbooks.vocabulary import ALTERNATE_CONTENT, OFFICE, relationship_id

SHEET_DATA = frozenset({"sheetData"})
AFTER_NOTES = frozenset(
    {"legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
    | {ALTERNATE_CONTENT}
)
"""What stands behind the relationship to a sheet's notes. Source: ECMA-376 part 1, 18.3.1.99 (worksheet)."""

OTHER_FILE = re.compile(r"\[\d+\][^\[\]]*!")
QUOTED = re.compile(r'"[^"]*"')


def restyled(data: bytes, styles: Mapping[int, int]) -> bytes:
    """A sheet whose cells, rows and columns have other formats: those marked before get back what they had."""
    edits = Edits(data)

    def start(at: int, name: str, attributes: dict[str, str]) -> None:
        named = {"c": "s", "row": "s", "col": "style"}.get(name)
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


def without_links(data: bytes, relationships: Collection[str]) -> bytes:
    """A sheet without the links that lead out of the workbook by the relationships of these ids."""
    edits = Edits(data)
    within = elements(data, SHEET_DATA)
    links = [e for e in within if e.name == "hyperlink"]
    leading_out = [e for e in links if relationship_id(e.attributes) in relationships]
    for element in [e for e in within if e.name == "hyperlinks"] if len(leading_out) == len(links) else leading_out:
        edits.remove(element)
    return edits.changed()


def without_other_files(data: bytes) -> bytes:
    """A sheet whose formulas that ask other files give way to their last results."""
    edits = Edits(data)
    started, texts, shared = 0, [""], {""}
    attributes_of: dict[str, str] = {}

    def start(at: int, name: str, attributes: dict[str, str]) -> None:
        nonlocal started
        if name == "f":
            started = at
            attributes_of.clear()
            attributes_of.update(attributes)
            texts.clear()

    def end(at: int, name: str) -> None:
        if name != "f":
            return
        group = attributes_of.get("si", "") if attributes_of.get("t") == "shared" else ""
        if asks_other_file("".join(texts)):
            shared.add(group)
        elif not (group and group in shared):
            return
        tag = start_tag(data, started)
        over = started + len(tag) if tag.endswith(b"/>") else data.index(b">", at) + 1
        edits.pieces.append((started, over, b""))

    walk(data, start, end, texts.append)
    return edits.changed()


def asks_other_file(formula: str) -> bool:
    """Whether a formula names a cell of another workbook, `[1]Sheet1!A1`."""
    return bool(OTHER_FILE.search(QUOTED.sub('""', formula)))


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
