"""The digest of an annotated copy, which tells whether anyone has edited it since it was written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zipfile import ZIP_STORED

from ragtool.workbooks.book import NEVER_CALCULATED, Cell, SheetCells, Value
from ragtool.workbooks.edit.clean import without_foreign
from ragtool.workbooks.edit.edits import CannotMark, elements
from ragtool.workbooks.edit.format_texts import format_texts
from ragtool.workbooks.edit.notes import note_text
from ragtool.workbooks.edit.parts import Parts
from ragtool.workbooks.edit.sheet_list import SheetList
from ragtool.workbooks.edit.typed_parts import TypedParts
from ragtool.workbooks.opening import cells_of
from ragtool.workbooks.package import Package
from ragtool.workbooks.references import Position
from ragtool.workbooks.stored import Filling
from ragtool.workbooks.xlsx import read_xlsx

MOST_BYTES, MOST_TAGS, MOST_ATTRIBUTES = 20_000_000, 150_000, 500_000
"""What a return may unpack to, and the tags of its parts, to be marked in place in the time and memory that a file may
take. Most are below 1 MB and 20,000 tags.
"""

MOST_MERGED = 100
"""Merged areas of a sheet that are looked at; a return has some ten."""

DIGEST_KIND = "3"
"""A digest of another kind, made by another version, isn't compared."""


def markable(data: bytes) -> Parts:
    """The parts of a return that come along into its copy. Raises CannotMark where its sheets rely on others, or there
    is more in them than can be marked.
    """
    parts = Parts(data, MOST_BYTES)
    parts.drop_foreign()
    for sign, most in ((b"<", MOST_TAGS), (b"=", MOST_ATTRIBUTES)):
        if sum(content.count(sign) for content in parts.content.values()) > most:
            raise CannotMark(f"its parts have more than {most:,} tags or attributes")
    parts.content[parts.main] = without_foreign(parts.content[parts.main], parts.ids(parts.main))
    return parts


def cells_in(parts: Parts, known: Mapping[str, SheetCells]) -> Mapping[str, SheetCells]:
    """The values of a workbook that is being changed, by sheet; sheets that are `known` are as they were."""
    filling = Filling()
    read_xlsx(Package(parts.put_together(ZIP_STORED)), parts.main, filling, known)
    return {**known, **filling.sheets}


@dataclass(frozen=True)
class CopyDigest:
    """What tells a copy from one that a person changed: the digest of what people enter, and that of the results of the
    formulas, which is empty where none has a result, as a program saves them that doesn't calculate.
    """

    entered: str
    results: str

    def __str__(self) -> str:
        return f"{DIGEST_KIND} {self.entered} {self.results}".rstrip()

    def is_of(self, written: str) -> bool:
        """Whether nobody changed anything since `written`; a digest of another kind tells nothing, so somebody may."""
        kind, entered, results = [*written.split(" "), "", ""][:3]
        same_results = results == self.results or not (results and self.results)
        return kind == DIGEST_KIND and entered == self.entered and same_results


def digest_of(data: bytes) -> CopyDigest:
    """The digest of a copy's bytes."""
    return digest_of_parts(markable(data), cells_of(data))


def digest_of_parts(parts: Parts, cells: Mapping[str, SheetCells]) -> CopyDigest:
    """A digest of what people can change: values, formulas and their results, formats, merged cells, comments, and what
    is hidden, locked and checked as it is typed.
    """
    entered: list[str] = []
    results: list[str] = []
    styles = parts.of_kind(parts.main, "styles") or ""
    formats = format_texts(parts.content[styles]) if styles in parts.content else []
    for sheet in SheetList(parts).sheets():
        typed = TypedParts(parts.content[sheet.part], formats)
        page = cells.get(sheet.name) or SheetCells(sheet.name, {})
        entered.append(f"sheet {sheet.name} {'shown' * sheet.shown} {'locked' * typed.is_locked}")
        entered += [f"hidden {typed.hidden} {typed.hidden_columns}"]
        entered += sorted(f"check {check} {sorted(areas)}" for check, areas in typed.checks.items())
        entered += placed(typed.formulas)
        beneath = beneath_merged(page, typed.looks)
        entered += placed({at: look for at, look in typed.looks.items() if at not in beneath})
        entered += [f"merged {area}" for area in sorted(page.merged)]
        for row, filled in page.rows.items():
            for column, cell in sorted(filled.items()):
                if (row, column) not in typed.formulas:
                    entered.append(f"{row},{column} {exactly_as_typed(cell)}")
                elif cell.value and cell.fault != NEVER_CALCULATED:  # 0 may stand for a result that isn't there
                    results.append(f"{sheet.name} {row},{column} {exactly_as_typed(cell)}")
        notes = parts.of_kind(sheet.part, "comments")
        comments = [e for e in elements(parts.content[notes]) if e.name == "comment"] if notes else []
        entered += sorted(f"{e.attributes.get('ref')} {note_text(e)}" for e in comments)
        entered += sorted(f"{each.kind} {each.cell} {each.text}" for each in page.beside)
    return CopyDigest(digest_of_texts(entered), digest_of_texts(results) if results else "")


def beneath_merged(page: SheetCells, places: Iterable[Position]) -> set[Position]:
    """The places at which nobody sees a cell, because it lies beneath merged ones."""
    areas = page.merged[:MOST_MERGED]
    return {
        (row, column)
        for row, column in places
        for top, bottom, left, right in areas
        if top <= row <= bottom and left <= column <= right and (row, column) != (top, left)
    }


def placed(texts: Mapping[Position, str]) -> list[str]:
    """Texts with their places, in the order of these."""
    return [f"{row},{column} {text}" for (row, column), text in sorted(texts.items())]


def exactly_as_typed(cell: Cell) -> str:
    """What stands in a cell, its kind too: 80 as a text isn't the number. Programs differ in the last digits that
    they keep, and in how they end a line.
    """
    value = cell.value
    if isinstance(value, str):
        value = " ".join(value.splitlines())
    elif isinstance(value, int | float) and not isinstance(value, bool):
        value = format(float(value), ".12g")
    return f"{value_kind(cell.value)} {value} {cell.fault} {cell.looks}"


def value_kind(value: Value) -> str:
    """What kind of value it is; a whole number and another are the same kind."""
    return "number" if type(value) in (int, float) else type(value).__name__


def digest_of_texts(texts: Iterable[str]) -> str:
    """The digest of texts in their order."""
    return hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
