"""The part that lists a workbook's sheets: sheets put before and after the officer's own, and taken out again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from ragtool.workbooks.content_types import SHEET_TYPE
from ragtool.workbooks.edit.edits import Edits, Element, elements, prefix_of, prefixed
from ragtool.workbooks.edit.parts import Parts
from ragtool.workbooks.foreign import OWN_NAMES
from ragtool.workbooks.texts import escaped
from ragtool.workbooks.vocabulary import OFFICE, TITLES_PART, TRUE, relationship_id
from ragtool.workbooks.workbook_part import SHEET, SHEETS, listed_sheet

AREAS_ALONE = re.compile(r"(?:'[^'\[|]*'|[^'\[|(])*")
"""What stands for areas of the workbook's own sheets: no other file, program or function."""

SHEET_NAMED = re.compile(r"(?<!')'((?:[^']|'')++)'!|(?<![^',!])([^',!]++)!")
"""The name of a sheet before its areas, in quotes or without."""


@dataclass(frozen=True)
class Worksheet:
    """A worksheet: its name, its part, and whether people see it."""

    name: str
    part: str
    shown: bool


class SheetList:
    """The workbook's sheets in their order, to be changed and then written with `write_back`."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.data = parts, parts.content[parts.main]
        self.elements = elements(self.data)
        self.listed = [e for e in self.elements if e.name == SHEET and e.parent and e.parent.name == SHEETS]
        ids = parts.ids(parts.main)
        # A sheet whose part stayed out, a chart's, isn't listed any more.
        self.order: list[int | str] = [n for n, e in enumerate(self.listed) if relationship_id(e.attributes) in ids]
        self.names: list[str] = []
        self.ids: list[int] = []

    @property
    def mac_dates(self) -> bool:
        """Whether the workbook's dates count from 1904."""
        return any(e.name == "workbookPr" and e.attributes.get("date1904", "0") in TRUE for e in self.elements)

    def sheets(self) -> list[Worksheet]:
        """The worksheets that the officer's workbook came with, but for those taken out."""
        targets = {each.id: each for each in self.parts.relationships.get(self.parts.main, ())}
        worksheets = []
        for number in self.order:
            if isinstance(number, int):
                listed = listed_sheet(self.listed[number].attributes)
                related = targets.get(listed.relationship)
                if related and related.kind == "worksheet":
                    worksheets.append(Worksheet(listed.name, related.target, listed.shown))
        return worksheets

    def name_of(self, element: Element) -> str:
        """A sheet's name as people see it."""
        return listed_sheet(element.attributes).name

    def remove(self, sheet: Worksheet) -> None:
        """Takes out a sheet with its part."""
        self.order = [n for n in self.order if isinstance(n, str) or self.name_of(self.listed[n]) != sheet.name]
        self.parts.drop(sheet.part)

    def names_there(self) -> set[str]:
        """The names of the sheets that the workbook came with, but for those taken out, as names are compared."""
        return {self.name_of(self.listed[n]).casefold() for n in self.order if isinstance(n, int)}

    def free_name(self, wanted: str) -> str:
        """A name that no sheet has."""
        taken = self.names_there()
        number, name = 1, wanted
        while name.casefold() in taken:
            number += 1
            name = f"{wanted} ({number})"
        return name

    def add(self, name: str, content: str, first: bool) -> None:
        """Adds a sheet in front, or a very hidden one at the end."""
        part = self.parts.add("xl/worksheets/sheet{}.xml", content.encode(), SHEET_TYPE)
        related = self.parts.relate(self.parts.main, "worksheet", part)
        old = [int(self.listed[n].attributes.get("sheetId") or "0") for n in self.order if isinstance(n, int)]
        self.ids.append(max([0, *old, *self.ids]) + 1)
        state = "" if first else ' state="veryHidden"'
        xml = f'<sheet name={quoteattr(name)} sheetId="{self.ids[-1]}"{state} xmlns:r="{OFFICE}" r:id="{related}"/>'
        self.order.insert(0 if first else len(self.order), xml)

    def print_titles(self, name: str, rows: str) -> None:
        """Repeats rows of the first sheet on each page."""
        quoted = "'" + name.replace("'", "''") + "'"
        self.names.append(
            f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{escaped(f"{quoted}!{rows}")}</definedName>'
        )

    def write_back(self) -> None:
        """Writes the list, with every name on its sheet and the first sheet in front."""
        edits, prefix = Edits(self.data), prefix_of(self.data)
        parent = next(e for e in self.elements if e.name == SHEETS)
        raw = [
            self.data[self.listed[n].start : self.listed[n].end] if isinstance(n, int) else prefixed(n, prefix)
            for n in self.order
        ]
        edits.pieces.append((parent.inner, parent.close, b"".join(raw)))
        now = {before: place for place, before in enumerate(self.order) if isinstance(before, int)}
        for element in self.elements:
            if element.name == "workbookView":
                edits.set(element.start, {"activeTab": None, "firstSheet": None})
        self.write_names(edits, parent, now, prefix)
        self.parts.content[self.parts.main] = edits.changed()

    def is_of_its_sheets(self, areas: str) -> bool:
        """Whether what a name stands for are areas of sheets that are listed, and nothing else."""
        named = {(quoted or plain).replace("''", "'").casefold() for quoted, plain in SHEET_NAMED.findall(areas)}
        return bool(AREAS_ALONE.fullmatch(areas)) and named <= self.names_there()

    def write_names(self, edits: Edits, sheets: Element, now: Mapping[int, int], prefix: str) -> None:
        """The defined names that a template has: what is printed of a sheet, and on each page. All others go."""
        kept = []
        for element in self.elements:
            if element.name == "definedName":
                raw = self.data[element.start : element.end]
                local = element.attributes.get("localSheetId") or None
                is_own = element.attributes.get("name") in OWN_NAMES and self.is_of_its_sheets(element.text)
                if is_own and local is not None and local.isdecimal() and int(local) in now:
                    inside = Edits(raw)
                    inside.set(0, {"localSheetId": str(now[int(local)])})
                    kept.append(inside.changed())
        made = b"".join(kept) + prefixed("".join(self.names), prefix)
        for element in self.elements:
            if element.name == "definedNames":
                edits.remove(element)
        before = [e for e in self.elements if e.name == SHEETS and e.parent is sheets.parent]
        if made:
            whole = prefixed("<definedNames>", prefix) + made + prefixed("</definedNames>", prefix)
            edits.insert(before[-1].end, whole)


def forget_titles(parts: Parts) -> None:
    """Takes out of the document's properties the list of sheets, which would no longer be true, and what links have."""
    if TITLES_PART in parts.content:
        edits = Edits(parts.content[TITLES_PART])
        for element in elements(edits.data):
            if element.name in ("TitlesOfParts", "HeadingPairs", "HyperlinkBase", "HLinks"):
                edits.remove(element)
        parts.content[TITLES_PART] = edits.changed()
