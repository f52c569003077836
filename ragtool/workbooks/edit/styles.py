"""The formats of a workbook: the marked look of each, and those of the list of queries."""

from __future__ import annotations

from ragtool.looks.palette import WHITE
from ragtool.looks.style import FONT, INK, LINE, LINK, POINTS
from ragtool.workbooks.edit.edits import (
    CannotMark,
    Edits,
    Element,
    elements,
    opening_tag,
    prefix_of,
    prefixed,
    start_tag,
    with_attributes,
)

MARK_RED_GREEN, MARK_BLUE = "FFCF", 0x99
"""A marked cell's fill. Its blue goes down by one with each format,
so that every marked look tells what it was.
"""

MARK_LINE = "C55A11"
SHADES = 100

DATE_FORMAT = "14"
"""Excel's own number of the short date, which every country sees its own way."""

PLAIN_NUMBER, PER_CENT_FORMAT = "0", "10"
"""Excel's own numbers of the plain format and of per cent with two decimals."""

LISTS = ("fonts", "fills", "borders", "cellXfs")
PLAIN_FORMAT = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
PLAIN_STYLES = (
    '<styleSheet xmlns="{main}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders>'
    f'<cellStyleXfs count="1">{PLAIN_FORMAT}</cellStyleXfs><cellXfs count="1">{PLAIN_FORMAT}</cellXfs></styleSheet>'
)
"""The styles of a workbook that has none."""


class Styles:
    """The styles part of a workbook, to which formats are added; one that is there already is used again."""

    def __init__(self, data: bytes) -> None:
        self.data, self.prefix = data, prefix_of(data)
        self.lists: dict[str, Element] = {}
        self.items: dict[str, list[bytes]] = {}
        for element in elements(data):
            parent = element.parent
            if parent and parent.name == "styleSheet" and element.name in LISTS:
                self.lists[element.name], self.items[element.name] = element, []
            elif parent and self.lists.get(parent.name) is parent:
                self.items[parent.name].append(data[element.start : element.end])
        self.shades: dict[int, int] = {}
        self.there = {name: len(items) for name, items in self.items.items()}

    @property
    def complete(self) -> bool:
        """Whether every list is there that a marked look needs."""
        return len(self.lists) == len(LISTS) and bool(self.items["cellXfs"])

    def add(self, name: str, xml: bytes) -> int:
        """The place of a format in a list, at whose end it is put where it isn't there. Raises CannotMark where the
        list is missing.
        """
        if name not in self.items:
            raise CannotMark(f"its styles have no list of {name}")
        items = self.items[name]
        if xml not in items:
            items.append(xml)
        return items.index(xml)

    def marked(self, style: int) -> int:
        """A format as it looks on a cell in question: filled and outlined, all else as it was."""
        style = style if 0 <= style < len(self.items["cellXfs"]) else 0
        original = self.items["cellXfs"][style]
        shade = self.shades.setdefault(style, len(self.shades)) % SHADES
        fill = self.fill(f"{MARK_RED_GREEN}{MARK_BLUE - shade:02X}")
        look = {"fillId": str(fill), "applyFill": "1", "borderId": str(self.border(MARK_LINE, "medium"))}
        tag = start_tag(original, 0)
        return self.add("cellXfs", with_attributes(tag, look | {"applyBorder": "1"}) + original[len(tag) :])

    def dated(self, style: int) -> int:
        """A format that shows a date, and is the given one in all else."""
        return self.shown_as(style, DATE_FORMAT)

    def shown_as(self, style: int, number_format: str) -> int:
        """A format that shows numbers by one of Excel's own formats, and is the given one in all else."""
        known = self.items.get("cellXfs", [])
        if not known:
            self.add("cellXfs", prefixed(PLAIN_FORMAT, self.prefix))
        original = known[style if 0 <= style < len(known) else 0]
        tag = start_tag(original, 0)
        look = with_attributes(tag, {"numFmtId": number_format, "applyNumberFormat": "1"})
        return self.add("cellXfs", look + original[len(tag) :])

    def fill(self, colour: str) -> int:
        """The place of a fill of one colour: six or eight hexadecimal digits."""
        colour = f'<fgColor rgb="{colour.rjust(8, "F")}"/><bgColor indexed="64"/>'
        xml = f'<fill><patternFill patternType="solid">{colour}</patternFill></fill>'
        return self.add("fills", prefixed(xml, self.prefix))

    def border(self, colour: str, line: str) -> int:
        """The place of a border of four such lines."""
        sides = "".join(
            f'<{side} style="{line}"><color rgb="FF{colour}"/></{side}>' for side in ("left", "right", "top", "bottom")
        )
        return self.add("borders", prefixed(f"<border>{sides}<diagonal/></border>", self.prefix))

    def font(self, properties: str, colour: str = "#000000", points: int = POINTS) -> int:
        """The place of a font; `properties` are the elements before its size, such as `<b/>`."""
        look = f'{properties}<sz val="{points}"/><color rgb="FF{colour[1:]}"/><name val="{FONT}"/><family val="2"/>'
        return self.add("fonts", prefixed(f"<font>{look}</font>", self.prefix))

    def cell(self, font: int, fill: int = 0, boxed: bool = True, aligned: str = 'vertical="top" wrapText="1"') -> int:
        """A format of the list of queries."""
        border = self.border(LINE[1:], "thin") if boxed else 0
        look = f'numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
        applied = 'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
        xml = f"<xf {look} {applied}><alignment {aligned}/></xf>"
        return self.add("cellXfs", prefixed(xml, self.prefix))

    def list_looks(self) -> dict[str, int]:
        """The formats of the list of queries by their use."""
        return {
            "title": self.cell(self.font("<b/>", INK, 16), boxed=False, aligned='vertical="top"'),
            "sentence": self.cell(self.font(""), boxed=False, aligned='vertical="top"'),
            "heading": self.cell(self.font("<b/>", WHITE), self.fill(INK[1:]), aligned='vertical="center"'),
            "text": self.cell(self.font("")),
            "strong": self.cell(self.font("<b/>")),
            "link": self.cell(self.font("<u/>", LINK)),
        }

    def changed(self) -> bytes:
        """The part with what was added."""
        edits = Edits(self.data)
        for name, items in self.items.items():
            element, added = self.lists[name], items[self.there[name] :]
            if added and element.empty:
                tag = with_attributes(start_tag(self.data, element.start), {"count": str(len(items))})
                close = f"</{self.prefix}{name}>".encode()
                edits.pieces.append((element.start, element.end, opening_tag(tag) + b"".join(added) + close))
            elif added:
                edits.set(element.start, {"count": str(len(items))})
                edits.append(element, b"".join(added))
        return edits.changed()
