"""An .ods as cells. Source: OpenDocument 1.3 part 3, and LibreOffice's own `calcext` attributes for errors."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from ragtool.workbooks.beside import AUTHOR
from ragtool.workbooks.book import COMMENT, TEXT_BOX, Beside, Cell
from ragtool.workbooks.number_formats import Shape
from ragtool.workbooks.ods_cells import ods_cell
from ragtool.workbooks.ods_styles import CELL_STYLE, SPAN_STYLE, ColumnStyles, OdsStyles
from ragtool.workbooks.package import Package
from ragtool.workbooks.runs import TextRun
from ragtool.workbooks.stored import CHARACTERS_OF_STEP, LAST_COLUMN, LAST_ROW, LONGEST_TEXT, Filling

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
PREFIXES = {f"{ODF}{name}:1.0": name for name in ("office", "table", "text", "style", "meta")} | {
    f"{ODF}drawing:1.0": "draw",
    f"{ODF}xsl-fo-compatible:1.0": "fo",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
"""The prefixes with which the namespaces are written here; elements are known by namespace and name."""

CONTENT = "content.xml"
STYLES = "styles.xml"
META = "meta.xml"

DEFAULT_STYLE = "table:default-cell-style-name"

CELLS = ("table:table-cell", "table:covered-table-cell")
NOT_IN_CELL = ("office:annotation", "table:tracked-changes", "table:shapes", "text:ruby-text", "draw:")
"""Beginnings of elements whose text and tables are no cell's: comments, deleted cells, phonetic guides, drawings."""

KINDS_ASIDE = {
    "office:annotation": COMMENT,
    "draw:text-box": TEXT_BOX,
    "draw:custom-shape": TEXT_BOX,
    "draw:rect": TEXT_BOX,
}
"""What holds a text that stands beside the cells."""

STEPS_OF_CELL = 6
"""What a cell costs beside its tags, be it empty."""

MOST_COLOURED = 100
"""Cells in a row that are filled alike: more are a band across the sheet."""


class ContentPart:
    """Reads the cells of every sheet."""

    def __init__(self, filling: Filling, styles: OdsStyles) -> None:
        self.filling = filling
        self.styles = styles
        self.columns = ColumnStyles()
        self.row_style = ""
        self.row = self.column = 0
        self.row_repeats = self.repeats = 1
        self.elsewhere = 0
        self.cached = False
        self.covered = False
        self.cell: dict[str, str] | None = None
        self.runs: list[TextRun] = []
        self.length = 0
        self.spans: list[str | None] = []
        self.beside: list[Beside] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.aside: list[str] = []
        self.kind_aside = ""
        self.in_paragraph = False
        self.shows = False
        self.filled: list[tuple[int, Cell]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.elsewhere or name.startswith(NOT_IN_CELL):
            self.elsewhere += 1
            if name in KINDS_ASIDE:
                self.kind_aside, self.aside = KINDS_ASIDE[name], []
            self.in_paragraph = name == "text:p" or (self.in_paragraph and name.startswith("text:"))
        elif self.cell is not None:
            self.start_in_cell(name, attributes)
        elif name in CELLS:
            self.cell, self.covered = attributes, name != CELLS[0]
            self.repeats = count(attributes, "table:number-columns-repeated", LAST_COLUMN)
            self.runs, self.length, self.shows, self.spans = [], 0, False, []
        elif name == "table:table-row":
            self.column, self.filled, self.row_style = 0, [], attributes.get(DEFAULT_STYLE, "")
            self.row_repeats = count(attributes, "table:number-rows-repeated", LAST_ROW)
        elif name == "table:table":
            self.row, self.cached, self.beside, self.merged, self.columns = 0, False, [], [], ColumnStyles()
            hidden = self.styles.hides(attributes.get("table:style-name", ""))
            self.filling.open_sheet(attributes.get("table:name", ""), hidden=hidden)
        elif name == "table:table-source":  # a copy of another file's sheet, kept for the formulas that refer to it
            self.cached = True
        elif name == "table:table-column":
            self.columns.add(
                count(attributes, "table:number-columns-repeated", LAST_COLUMN), attributes.get(DEFAULT_STYLE, "")
            )
        else:
            self.styles.start(name, attributes)

    def start_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == "text:p":
            if self.runs:
                self.add("\n")
            self.in_paragraph = self.shows = True
        elif name == "text:span":
            within = self.spans[-1] if self.spans else None
            look = self.styles.look(SPAN_STYLE, attributes.get("text:style-name", ""))
            self.spans.append(within if look is None else look)
        elif name == "text:s":
            spaces = count(attributes, "text:c", LONGEST_TEXT)
            self.filling.work.take(spaces // CHARACTERS_OF_STEP)
            self.add(" " * spaces)
        elif name == "text:tab":
            self.add("\t")
        elif name == "text:line-break":
            self.add("\n")

    def text(self, text: str) -> None:
        if self.elsewhere:
            if self.kind_aside and self.in_paragraph:
                self.aside.append(text)
        elif self.in_paragraph:
            self.add(text)

    def add(self, text: str) -> None:
        if self.length <= LONGEST_TEXT:
            self.runs.append(TextRun(text, self.spans[-1] if self.spans else None))
            self.length += len(text)

    def end(self, name: str) -> None:
        if self.elsewhere:
            self.elsewhere -= 1
            if KINDS_ASIDE.get(name) == self.kind_aside != "":
                self.note_aside()
        elif name == "text:span" and self.spans:
            self.spans.pop()
        elif name == "text:p":
            self.in_paragraph = False
        elif name in CELLS:
            self.finish_cell()
        elif name == "table:table-row":
            self.finish_row()
        elif name == "table:table" and not self.cached:
            self.filling.close_sheet(self.merged, self.beside)
        else:
            self.styles.end(name)

    def note_aside(self) -> None:
        """Notes a comment or text box, an officer's own."""
        text = "".join(self.aside).strip()
        if text and not text.startswith(f"{AUTHOR}:") and not self.cached:
            column = get_column_letter(min(self.column, LAST_COLUMN - 1) + 1)
            self.beside.append(Beside(self.kind_aside, f"{column}{self.row + 1}", text))
        self.kind_aside = ""

    def finish_cell(self) -> None:
        """Notes the cell and its repeats; what lies beneath merged cells isn't seen, so it isn't read."""
        self.filling.work.take(STEPS_OF_CELL)
        attributes, self.cell = self.cell or {}, None
        style = attributes.get("table:style-name") or self.row_style or self.columns.of(self.column)
        as_shown = Shape(look=self.styles.look(CELL_STYLE, style) or "", ink=self.styles.ink(style))
        rows = count(attributes, "table:number-rows-spanned", LAST_ROW)
        columns = count(attributes, "table:number-columns-spanned", LAST_COLUMN)
        if rows > 1 or columns > 1:
            self.merged.append((self.row + 1, self.row + rows, self.column + 1, self.column + columns))
        rating = self.styles.fill(style)
        if rating and self.repeats <= MOST_COLOURED and self.row_repeats == 1:
            for column in range(self.column + 1, self.column + 1 + self.repeats):
                self.filling.fill(self.row + 1, column, rating)
        cell = None if self.covered else ods_cell(attributes, self.runs, self.shows, as_shown)
        if cell is not None:
            first = self.column + 1
            last = max(first, min(self.column + self.repeats, LAST_COLUMN + 1))  # one too far is told of on the way
            self.filled += ((column, cell) for column in range(first, last + 1))
        self.column += self.repeats

    def finish_row(self) -> None:
        """Puts the row's cells in place, once for each time that the row is repeated."""
        if self.filled and not self.cached:
            for row in range(self.row + 1, self.row + 1 + self.row_repeats):
                for column, cell in self.filled:
                    self.filling.put(row, column, cell)
        self.row += self.row_repeats


class PropertiesPart:
    """Reads the custom properties, each as text."""

    def __init__(self) -> None:
        self.properties: dict[str, str] = {}
        self.name = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.name = attributes.get("meta:name", "") if name == "meta:user-defined" else ""

    def end(self, name: str) -> None:
        self.name = ""

    def text(self, text: str) -> None:
        if self.name:
            self.properties[self.name] = (self.properties.get(self.name, "") + text)[:1000]


def count(attributes: dict[str, str], name: str, most: int) -> int:
    """A repeat count: 1 where none is given, never more than one beyond `most`."""
    return min(int(attributes.get(name, "1")), most + 1)


def read_ods(package: Package, filling: Filling) -> None:
    """The sheets of an OpenDocument spreadsheet, hidden ones too."""
    styles = OdsStyles()
    if STYLES in package:
        package.parse(STYLES, styles, PREFIXES)
    package.parse(CONTENT, ContentPart(filling, styles), PREFIXES)


def user_properties(package: Package) -> dict[str, str]:
    """The workbook's custom properties by name."""
    part = PropertiesPart()
    if META in package:
        package.parse(META, part, PREFIXES)
    return part.properties
