"""The digest of an annotated copy, which tells whether anyone has edited it since it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from zipfile import ZIP_STORED

from ragtool.workbooks.book import SheetCells
from ragtool.workbooks.digest import digest
from ragtool.workbooks.edit.edits import elements, walk
from ragtool.workbooks.edit.notes import note_text
from ragtool.workbooks.edit.parts import Parts
from ragtool.workbooks.edit.sheet_list import SheetList
from ragtool.workbooks.opening import cells_of
from ragtool.workbooks.package import Package
from ragtool.workbooks.references import Position, position_of
from ragtool.workbooks.stored import Filling
from ragtool.workbooks.xlsx import read_xlsx

MOST_BYTES = 20_000_000
"""What a return may unpack to and still be marked in place, in the time that a file may take; most are below 1 MB."""

A_FORMULA = re.compile(rb"<(\w+:)?f[\s/>]")


def markable(data: bytes) -> Parts:
    """The parts of a return, but for macros and links. Raises CannotMark where its sheets rely on them."""
    parts = Parts(data, MOST_BYTES)
    parts.drop_foreign()
    return parts


def cells_in(parts: Parts, known: Mapping[str, SheetCells]) -> Mapping[str, SheetCells]:
    """The values of a workbook that is being changed, by sheet; sheets that are `known` are as they were."""
    filling = Filling()
    read_xlsx(Package(parts.put_together(ZIP_STORED)), parts.main, filling, known)
    return {**known, **filling.sheets}


def digest_of(data: bytes) -> str:
    """The digest of a copy's bytes."""
    return digest_of_parts(markable(data), cells_of(data))


def digest_of_parts(parts: Parts, cells: Mapping[str, SheetCells]) -> str:
    """A digest of what people can enter: all values, which cells are formulas, and notes.

    A formula's result isn't part of it: Excel works it out anew, and saves it, without anyone having edited a thing.
    """
    held: list[object] = []
    for sheet in SheetList(parts).sheets():
        formulas = formulas_of(parts.content[sheet.part])
        held += [sheet.name, *(f"{row},{column}=" for row, column in sorted(formulas))]
        for row, filled in cells[sheet.name].rows.items() if sheet.name in cells else ():
            for column, cell in sorted(filled.items()):
                if (row, column) not in formulas:
                    held += [f"{row},{column}", cell.value]
        notes = parts.of_kind(sheet.part, "comments")
        data_of_notes = parts.content[notes] if notes else b"<none/>"
        comments = [e for e in elements(data_of_notes) if e.name == "comment"]
        held += sorted(f"{e.attributes.get('ref')} {note_text(e)}" for e in comments)
    return digest(held)


def formulas_of(data: bytes) -> set[Position]:
    """Where a sheet has formulas."""
    formulas: set[Position] = set()
    row = column = 0

    def start(at: int, name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column
        if name == "row":
            row, column = int(attributes.get("r", row + 1)), 0
        elif name == "c":
            column = position_of(attributes["r"])[1] if "r" in attributes else column + 1
        elif name == "f":
            formulas.add((row, column))

    if A_FORMULA.search(data):
        walk(data, start, lambda at, name: None)
    return formulas
