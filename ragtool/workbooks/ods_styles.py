"""The styles of an .ods: how fonts look, and what is filled with a rating's colour. Each inherits from its parent.

Source: OpenDocument 1.3 part 3, 16.2 and 19.512.
"""

from __future__ import annotations

from bisect import bisect_left

from ragtool.workbooks.fills import rating_of_fill
from ragtool.workbooks.inks import WHITE_GROUND, Ink, ink_on
from ragtool.workbooks.ods_cells import look_of_font

CELL_STYLE, SPAN_STYLE, TABLE_STYLE = "table-cell", "text", "table"
"""The families of styles that count here: of cells, of pieces of text, and of sheets."""

BACKGROUND = "fo:background-color"
STYLE_PROPERTIES = ("style:text-properties", "style:table-cell-properties", "style:table-properties")
STYLE_ELEMENTS = ("style:style", "style:default-style")

StyleName = tuple[str, str]
"""A style's family and name; what a family's styles inherit in the end has no name."""


class OdsStyles:
    """Reads the styles, those of styles.xml and those of the content."""

    def __init__(self) -> None:
        self.properties: dict[StyleName, dict[str, str]] = {}
        self.parents: dict[StyleName, str] = {}
        self.read: StyleName | None = None
        self.looks: dict[StyleName, str | None] = {}
        self.fills: dict[str, str] = {}
        self.inks: dict[str, Ink] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in STYLE_ELEMENTS:
            self.read = (attributes.get("style:family", ""), attributes.get("style:name", ""))
            self.parents[self.read] = attributes.get("style:parent-style-name", "")
        elif name in STYLE_PROPERTIES and self.read:
            self.properties.setdefault(self.read, {}).update(attributes)

    def end(self, name: str) -> None:
        if name in STYLE_ELEMENTS:
            self.read = None

    def text(self, text: str) -> None:
        """No style is a text."""

    def inherited(self, style: StyleName) -> dict[str, str]:
        """A style's properties, with those of all that it inherits from."""
        line = [style]
        while line[-1][1]:
            parent = (style[0], self.parents.get(line[-1], ""))
            if parent in line:
                break
            line.append(parent)
        return {name: value for each in reversed(line) for name, value in self.properties.get(each, {}).items()}

    def look(self, family: str, name: str) -> str | None:
        """How a style's font looks where that changes what a text says; None where it doesn't say so itself."""
        style = (family, name)
        if style not in self.looks:
            self.looks[style] = look_of_font(self.inherited(style))
        return self.looks[style]

    def ink(self, name: str) -> Ink:
        """How the font of a style of cells is seen on its ground."""
        if name not in self.inks:
            held = self.inherited((CELL_STYLE, name))
            ground = held.get(BACKGROUND, "transparent")
            font = "" if held.get("style:use-window-font-color") == "true" else held.get("fo:color", "")
            ground = WHITE_GROUND if ground == "transparent" else ground.removeprefix("#")
            self.inks[name] = ink_on(font.removeprefix("#"), ground)
        return self.inks[name]

    def hides(self, name: str) -> bool:
        """Whether a style of sheets hides them."""
        return self.inherited((TABLE_STYLE, name)).get("table:display") == "false"

    def fill(self, name: str) -> str:
        """The rating with whose colour a style fills cells; an empty text where it is none."""
        if name not in self.fills:
            colour = self.inherited((CELL_STYLE, name)).get(BACKGROUND, "")
            self.fills[name] = rating_of_fill(colour.removeprefix("#"))
        return self.fills[name]


class ColumnStyles:
    """The styles of a sheet's columns, which its cells have where neither they nor their row say another."""

    def __init__(self) -> None:
        self.ends: list[int] = []
        self.names: list[str] = []

    def add(self, columns: int, name: str) -> None:
        """The next columns."""
        self.ends.append((self.ends[-1] if self.ends else 0) + columns)
        self.names.append(name)

    def of(self, column: int) -> str:
        """The style of a column, counted from 0."""
        place = bisect_left(self.ends, column + 1)
        return self.names[place] if place < len(self.names) else ""
