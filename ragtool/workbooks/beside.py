"""What stands beside the cells of an Open XML sheet: comments, threads of comments and text boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from openpyxl.utils import get_column_letter

from ragtool.workbooks.book import COMMENT, TEXT_BOX, Beside
from ragtool.workbooks.package import Package
from ragtool.workbooks.records import records
from ragtool.workbooks.relationships import Relationship, related_parts, relationships_part
from ragtool.workbooks.texts import unescaped
from ragtool.workbooks.vocabulary import element_name

AUTHOR = "ragtool"
"""The author of the notes in a marked copy, who begins each with this name; they aren't an officer's."""

THREADS = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
THREAD_COPY = "[Threaded comment]"
"""How the copy of a thread begins that older programs see."""

ANCHORS = ("twoCellAnchor", "oneCellAnchor")
DRAWN_TEXT, PARAGRAPH, COLUMN_AT, ROW_AT = "t", "p", "col", "row"
DRAWINGS = ("/drawingml/2006/spreadsheetDrawing}", "/drawingml/spreadsheetDrawing}")
DRAWN = ("/drawingml/2006/main}", "/drawingml/main}")

MOST_BESIDE = 1000
"""Comments and text boxes of a sheet, beyond which none is looked at."""


def beside_cells(package: Package, sheet: str) -> tuple[Beside, ...]:
    """What stands beside the cells of the part `sheet`, an officer's own."""
    if relationships_part(sheet) not in package:
        return ()
    related = [each for each in related_parts(package, sheet).values() if each.target in package]
    different = list({(each.kind, each.target): each for each in related}.values())
    listed: dict[Beside, None] = {}
    for kind in (threads, notes, text_boxes):
        for each in kind(package, different):
            if each.text.strip():
                listed[each] = None
            if len(listed) == MOST_BESIDE:
                return tuple(listed)
    return tuple(listed)


def threads(package: Package, related: Iterable[Relationship]) -> Iterator[Beside]:
    """The comments of threads, the answers too."""
    for part in (each.target for each in related if each.kind == "threadedComment"):
        for name, element in records(package, part):
            if name == f"{THREADS}threadedComment":
                texts = (child.text or "" for child in element if child.tag == f"{THREADS}text")
                yield Beside(COMMENT, element.get("ref", ""), "".join(texts))


def notes(package: Package, related: Iterable[Relationship]) -> Iterator[Beside]:
    """The notes, which were comments once, but for copies of threads and the notes of a marked copy."""
    for part in (each.target for each in related if each.kind == "comments" and each.target.endswith(".xml")):
        for within, element in records(package, part, lists=("commentList",)):
            if within == "commentList" and element_name(element.tag) == "comment":
                runs = (each.text or "" for each in element.iter() if element_name(each.tag) == "t")
                text = unescaped("".join(runs)).strip()
                if not text.startswith((THREAD_COPY, f"{AUTHOR}:")):
                    yield Beside(COMMENT, element.get("ref", ""), text)


def text_boxes(package: Package, related: Iterable[Relationship]) -> Iterator[Beside]:
    """The texts of shapes, each at the cell in which its shape begins."""
    for part in (each.target for each in related if each.kind == "drawing"):
        for _, anchor in records(package, part):
            if is_of(anchor, DRAWINGS, ANCHORS):
                lines = [""]
                for each in anchor.iter():
                    if is_of(each, DRAWN, (PARAGRAPH,)):
                        lines.append("")
                    elif is_of(each, DRAWN, (DRAWN_TEXT,)):
                        lines[-1] += each.text or ""
                yield Beside(TEXT_BOX, first_cell(anchor), "\n".join(lines[1:]))


def first_cell(anchor: Element) -> str:
    """The cell in which a shape begins."""
    start = anchor[0] if len(anchor) else anchor
    counted = {
        name: int(each.text or 0) for each in start for name in (COLUMN_AT, ROW_AT) if is_of(each, DRAWINGS, (name,))
    }
    return f"{get_column_letter(counted.get(COLUMN_AT, 0) + 1)}{counted.get(ROW_AT, 0) + 1}"


def is_of(element: Element, namespaces: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Whether an element is in one of these namespaces and has one of these names."""
    namespace, _, name = element.tag.rpartition("}")
    return name in names and f"{namespace}}}".endswith(namespaces)
