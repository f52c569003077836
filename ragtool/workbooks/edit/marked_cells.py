"""A worksheet's part with some of its cells marked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from ragtool.looks.fitting import pixels
from ragtool.workbooks.edit.edits import Edits, end_tag, opening_tag, prefix_of, start_tag, walk, with_attributes
from ragtool.workbooks.references import Position, position_of
from ragtool.workbooks.vocabulary import TRUE

NEAR = 40
"""How many rows below its cell a note may reach."""

DEFAULT_WIDTH, DEFAULT_HEIGHT = 9.140625, 15.0


@dataclass
class Grid:
    """How wide columns (pixels) and how high rows (points) are, as far as a note near a marked cell needs it."""

    widths: list[tuple[int, int, int]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    usual_width: int = pixels(DEFAULT_WIDTH)
    usual_height: float = DEFAULT_HEIGHT

    def width(self, column: int) -> int:
        """A column's width."""
        return next((wide for first, last, wide in self.widths if first <= column <= last), self.usual_width)

    def height(self, row: int) -> float:
        """A row's height."""
        return self.heights.get(row, self.usual_height)


class Marking:
    """One pass through a sheet that gives cells their marked format and adds those that aren't there."""

    def __init__(self, data: bytes, wanted: Collection[Position], marked: Callable[[int, Position], int]) -> None:
        self.data, self.marked, self.edits, self.grid = data, marked, Edits(data), Grid()
        self.prefix = prefix_of(data)
        self.rows: dict[int, list[int]] = {}
        for row, column in sorted(wanted):
            self.rows.setdefault(row, []).append(column)
        self.near = {row + below for row in self.rows for below in range(-1, NEAR)}
        self.column_styles: list[tuple[int, int, int]] = []
        self.row = self.column = self.row_at = self.data_at = self.row_style = 0
        self.pending: list[int] = []
        self.new = b""
        self.touched = False
        walk(data, self.start, self.end)

    def start(self, at: int, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.start_row(at, attributes)
        elif name == "c" and self.pending:
            self.start_cell(at, attributes)
        elif name == "col":
            self.start_column(attributes)
        elif name == "sheetFormatPr":
            self.grid.usual_height = float(attributes.get("defaultRowHeight") or DEFAULT_HEIGHT)
            self.grid.usual_width = pixels(float(attributes.get("defaultColWidth") or DEFAULT_WIDTH))
        elif name == "sheetData":
            self.data_at = at

    def start_column(self, attributes: Mapping[str, str]) -> None:
        first, last = int(attributes["min"]), int(attributes["max"])
        wide = 0 if attributes.get("hidden") in TRUE else pixels(float(attributes.get("width") or DEFAULT_WIDTH))
        self.grid.widths.append((first, last, wide))
        self.column_styles.append((first, last, int(attributes.get("style") or "0")))

    def start_row(self, at: int, attributes: Mapping[str, str]) -> None:
        self.row, self.column, self.row_at = int(attributes.get("r") or self.row + 1), 0, at
        for missing in sorted(row for row in self.rows if row < self.row):
            self.edits.insert(at, self.new_row(missing))
        self.row_style = int(attributes.get("s") or "0") if attributes.get("customFormat") in TRUE else -1
        self.pending = self.rows.pop(self.row, [])
        self.touched = bool(self.pending)
        if self.row in self.near:
            hidden = attributes.get("hidden") in TRUE
            self.grid.heights[self.row] = 0 if hidden else float(attributes.get("ht") or self.grid.usual_height)

    def start_cell(self, at: int, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        self.column = position_of(reference)[1] if reference else self.column + 1
        while self.pending and self.pending[0] < self.column:
            self.edits.insert(at, self.new_cell(self.row, self.pending.pop(0), self.row_style))
        if self.pending and self.pending[0] == self.column:
            self.pending.pop(0)
            self.edits.set(at, {"s": str(self.marked(int(attributes.get("s") or "0"), (self.row, self.column)))})

    def end(self, at: int, name: str) -> None:
        if name == "row" and self.touched:
            cells = b"".join(self.new_cell(self.row, column, self.row_style) for column in self.pending)
            tag = start_tag(self.data, self.row_at)
            plain = with_attributes(tag, {"spans": None})
            if tag.endswith(b"/>"):
                self.edits.pieces.append(
                    (self.row_at, self.row_at + len(tag), opening_tag(plain) + cells + end_tag(tag))
                )
            else:
                self.edits.pieces.append((self.row_at, self.row_at + len(tag), plain))
                self.edits.insert(at, cells)
            self.pending, self.touched = [], False
        elif name == "sheetData" and self.rows:
            rows = b"".join(self.new_row(row) for row in sorted(self.rows))
            tag = start_tag(self.data, self.data_at)
            if tag.endswith(b"/>"):
                self.edits.pieces.append(
                    (self.data_at, self.data_at + len(tag), opening_tag(tag) + rows + end_tag(tag))
                )
            else:
                self.edits.insert(at, rows)

    def new_row(self, row: int) -> bytes:
        """A row that isn't there yet, with its marked cells."""
        cells = b"".join(self.new_cell(row, column, -1) for column in self.rows.pop(row))
        return f'<{self.prefix}row r="{row}">'.encode() + cells + f"</{self.prefix}row>".encode()

    def new_cell(self, row: int, column: int, row_style: int) -> bytes:
        """A cell that isn't there yet looks as its row, or else its column, says."""
        of_column = next((style for first, last, style in self.column_styles if first <= column <= last), 0)
        style = self.marked(row_style if row_style >= 0 else of_column, (row, column))
        return f'<{self.prefix}c r="{get_column_letter(column)}{row}" s="{style}"/>'.encode()
