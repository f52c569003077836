"""What a person may have changed in a sheet's part beside its values: its formulas, its formats, and what it hides,
locks and checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from openpyxl.utils import column_index_from_string

from ragtool.workbooks.edit.edits import walk
from ragtool.workbooks.edit.format_texts import PLAIN_LOOK, bounded_text
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

WORDS_OF_CHECK = ("errorStyle", "errorTitle", "error", "promptTitle", "prompt")
SWITCHES_OF_CHECK = ("allowBlank", "showDropDown", "showErrorMessage", "showInputMessage")
BETWEEN = ("between", "notBetween")
WITHOUT_OPERATOR = ("list", "custom")
UNSAID = ("", "none", "stop")
"""Of a check's kind, and of how it stops who types something else: what programs may leave out."""


class TypedParts:
    """The formulas of a sheet's cells and how its cells look, both by their places.

    `formulas` are the same where a program stores one for many cells as where it stores each. `looks` are the texts of
    the formats, but for plain ones, and for empty cells that look as their row or column, which Excel leaves out.
    `hidden` are the numbers of hidden rows, 0 for all that aren't listed, and `hidden_columns` the first and last of
    neighbours; `checks` are the areas of each validation.
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
        self.is_locked = False
        self.hidden: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.checks: dict[str, list[str]] = {}
        self.check: dict[str, str] | None = None
        walk(data, self.start, self.end, self.add)

    def start(self, at: int, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.column = position_of(attributes["r"])[1] if "r" in attributes else self.column + 1
            self.look, self.is_empty = self.look_of(attributes.get("s")), True
        elif name == "row":
            self.row, self.column = int(attributes.get("r") or self.row + 1), 0
            self.row_look = self.look_of(attributes.get("s")) if attributes.get("customFormat") in TRUE else None
            if attributes.get("hidden") in TRUE:
                self.hidden.append(self.row)
        elif name == "f":
            self.formula = attributes
            self.text.clear()
        elif name == "col" and len(self.columns) < MOST_COLUMNS:
            look = self.look_of(attributes.get("style"))
            first, last = int(attributes["min"]), int(attributes["max"])
            self.columns.append((first, last, look))
            if attributes.get("hidden") in TRUE:
                self.hide_columns(first, last)
        elif name == "sheetFormatPr" and attributes.get("zeroHeight") in TRUE:
            self.hidden.append(0)
        elif name == "sheetProtection":
            self.is_locked = attributes.get("sheet") in TRUE
        elif name.endswith("dataValidation"):  # in an extension too, where Excel keeps those that name other sheets
            self.check = dict(attributes)
        elif self.check is not None:
            self.text.clear()
        if name in CONTENT:
            self.is_empty = False

    def add(self, text: str) -> None:
        if self.formula is not None or self.check is not None:
            self.text.append(text)

    def end(self, at: int, name: str) -> None:
        if name == "f" and self.formula is not None:
            self.formulas[self.row, self.column] = self.formula_text(self.formula, "".join(self.text))
            self.formula = None
        elif name == "c":
            usual = self.usual_look() if self.is_empty else PLAIN_LOOK
            if self.look != usual:
                self.looks[self.row, self.column] = self.look
        elif self.check is not None:
            bare = name.rpartition("}")[2]
            if bare == "dataValidation":
                areas = self.checks.setdefault(check_text(self.check), [])
                areas += self.check.get("sqref", "").split()
                self.check = None
            elif bare != "f":  # which is the only content of the formulas in an extension
                self.check[bare] = "".join(self.text)

    def hide_columns(self, first: int, last: int) -> None:
        """Notes hidden columns, with those right before them: programs part such groups in their own ways."""
        if self.hidden_columns and self.hidden_columns[-1][1] + 1 == first:
            first = self.hidden_columns.pop()[0]
        self.hidden_columns.append((first, last))

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
            return bounded_text(f"{attributes.get('t', '')}{attributes.get('ref', '')}={self.relative(stored)}")
        group = attributes.get("si", "")
        if stored:
            self.shared[group] = bounded_text(f"={self.relative(stored)}")
        return self.shared.get(group, "=")

    def relative(self, formula: str) -> str:
        """A formula whose references say how far away each cell is: `R[-1]C[0]`."""

        def distance(match: re.Match[str]) -> str:
            row, column = int(match["row"]), column_index_from_string(match["column"])
            rows = f"R{row}" if match["fixed_row"] else f"R[{row - self.row}]"
            return f"{rows}C{column}" if match["fixed_column"] else f"{rows}C[{column - self.column}]"

        return reworded(formula, distance)


def reworded(formula: str, reference: Callable[[re.Match[str]], str]) -> str:
    """A formula with its references as `reference` has them, and its names and numbers as no program's own."""

    def word(match: re.Match[str]) -> str:
        if match["quoted"] is not None:
            return QUOTED_WORD.sub(r"\1", match["quoted"])
        return repr(float(match["number"])) if match["number"] is not None else reference(match)

    return WORD_OF_FORMULA.sub(word, formula)


def check_text(check: Mapping[str, str]) -> str:
    """What a validation takes and says, without what programs add or leave out, as a limit that isn't used."""
    kind, operator = check.get("type", ""), check.get("operator") or BETWEEN[0]
    texts = [name for name in SWITCHES_OF_CHECK if check.get(name) in TRUE]
    texts += [f"{name}={said}" for name in WORDS_OF_CHECK if (said := check.get(name, "")) not in UNSAID]
    if kind not in UNSAID:
        has_operator = kind not in WITHOUT_OPERATOR
        limits = ("formula1", "formula2") if has_operator and operator in BETWEEN else ("formula1",)
        texts += [kind, operator if has_operator else ""]
        texts += [reworded(check.get(name, ""), lambda match: match[0]) for name in limits]
    return " ".join(texts)
