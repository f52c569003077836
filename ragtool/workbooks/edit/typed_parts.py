"""What a person may have changed in a sheet's part beside its values: the formulas and the formats of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from openpyxl.utils import column_index_from_string

from ragtool.workbooks.edit.edits import walk
from ragtool.workbooks.edit.format_texts import PLAIN_LOOK
from ragtool.workbooks.references import Position, position_of
from ragtool.workbooks.vocabulary import TRUE

WORD_OF_FORMULA = re.compile(
    r"""(?P<quoted>"[^"]*"|'[^']*')|(?<![\w.$])(?:(?P<number>[0-9]{1,17}(?:\.[0-9]{1,17})?(?:E-?[0-9]{1,2})?)|"""
    r"""(?P<fixed_column>\$?)(?P<column>[A-Z]{1,3})(?P<fixed_row>\$?)(?P<row>[0-9]{1,7}))(?![\w.(])"""
)
QUOTED_WORD = re.compile(r"'([A-Za-z_]+)'")
"""A sheet's name that needs no quotes, which some programs leave out."""

MOST_COLUMNS = 100
"""Groups of columns that look alike; a return has some twenty."""

CONTENT = ("v", "is", "f")


class TypedParts:
    """The formulas of a sheet's cells and how its cells look, both by their places.

    `formulas` are the same where a program stores one for many cells as where it stores each. `looks` are the texts of
    the formats, but for plain ones, and for empty cells that look as their row or column, which Excel leaves out.
    """

    def __init__(self, data: bytes, formats: Sequence[str]) -> None:
        self.formats = formats
        self.formulas: dict[Position, str] = {}
        self.looks: dict[Position, str] = {}
        self.columns: list[tuple[int, int, str]] = []
        self.shared: dict[str, str] = {}
        self.row = self.column = 0
        self.row_look: str | None = None
        self.look, self.is_empty = PLAIN_LOOK, True
        self.formula: dict[str, str] | None = None
        self.text: list[str] = []
        walk(data, self.start, self.end, self.add)

    def start(self, at: int, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.column = position_of(attributes["r"])[1] if "r" in attributes else self.column + 1
            self.look, self.is_empty = self.look_of(attributes.get("s")), True
        elif name == "row":
            self.row, self.column = int(attributes.get("r") or self.row + 1), 0
            self.row_look = self.look_of(attributes.get("s")) if attributes.get("customFormat") in TRUE else None
        elif name == "f":
            self.formula = attributes
            self.text.clear()
        elif name == "col" and len(self.columns) < MOST_COLUMNS:
            look = self.look_of(attributes.get("style"))
            self.columns.append((int(attributes["min"]), int(attributes["max"]), look))
        if name in CONTENT:
            self.is_empty = False

    def add(self, text: str) -> None:
        if self.formula is not None:
            self.text.append(text)

    def end(self, at: int, name: str) -> None:
        if name == "f" and self.formula is not None:
            self.formulas[self.row, self.column] = self.formula_text(self.formula, "".join(self.text))
            self.formula = None
        elif name == "c":
            usual = self.usual_look() if self.is_empty else PLAIN_LOOK
            if self.look != usual:
                self.looks[self.row, self.column] = self.look

    def look_of(self, style: str | None) -> str:
        """The text of a format by its number."""
        number = int(style or "0")
        return self.formats[number] if 0 <= number < len(self.formats) else PLAIN_LOOK

    def usual_look(self) -> str:
        """How a cell looks where it stands that has no format of its own."""
        if self.row_look is not None:
            return self.row_look
        looks = (look for first, last, look in self.columns if first <= self.column <= last)
        return next(looks, PLAIN_LOOK)

    def formula_text(self, attributes: dict[str, str], stored: str) -> str:
        """A cell's formula with its references as distances; that of many cells stands at the first of them."""
        if attributes.get("t") != "shared":
            return f"{attributes.get('t', '')}{attributes.get('ref', '')}={self.relative(stored)}"
        group = attributes.get("si", "")
        if stored:
            self.shared[group] = self.relative(stored)
        return f"={self.shared.get(group, '')}"

    def relative(self, formula: str) -> str:
        """A formula whose references say how far away each cell is: `R[-1]C[0]`."""

        def distance(match: re.Match[str]) -> str:
            if match["quoted"] is not None:
                return QUOTED_WORD.sub(r"\1", match["quoted"])
            if match["number"] is not None:
                return repr(float(match["number"]))
            row, column = int(match["row"]), column_index_from_string(match["column"])
            rows = f"R{row}" if match["fixed_row"] else f"R[{row - self.row}]"
            return f"{rows}C{column}" if match["fixed_column"] else f"{rows}C[{column - self.column}]"

        return WORD_OF_FORMULA.sub(distance, formula)
