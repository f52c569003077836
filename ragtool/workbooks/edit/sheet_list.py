"""The part that lists a workbook's sheets: sheets put before and after the officer's own, and taken out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from ragtool.workbooks.edit.clean import asks_other_file
from ragtool.workbooks.edit.edits import Edits, Element, elements, prefix_of, prefixed, text_of, walk
from ragtool.workbooks.edit.parts import HEAD, OFFICE, Parts
from ragtool.workbooks.stored import unescaped

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
PROPERTIES = "docProps/custom.xml"
PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
OFFICE_ROOT = "http://schemas.openxmlformats.org/officeDocument/2006/"
FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format of every custom property. Source: ECMA-376 part 1, 22.3.2.2."""


@dataclass(frozen=True)
class Sheet:
    """A worksheet: its name, its part, and whether people see it."""

    name: str
    part: str
    shown: bool


class SheetList:
    """The workbook's sheets in their order, to be changed and then written with `done`."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.data = parts, parts.content[parts.main]
        self.found = elements(self.data)
        self.listed = [e for e in self.found if e.name == "sheet" and e.parent and e.parent.name == "sheets"]
        self.order: list[int | str] = list(range(len(self.listed)))
        self.names: list[str] = []
        self.ids: list[int] = []

    def sheets(self) -> list[Sheet]:
        """The worksheets that the officer's workbook came with, but for those taken out."""
        targets = {each.name: each for each in self.parts.relations.get(self.parts.main, ())}
        found = []
        for number in self.order:
            if isinstance(number, int):
                element = self.listed[number]
                relation = targets.get(next((v for k, v in element.attributes.items() if k.endswith(":id")), ""))
                if relation and relation.kind == "worksheet":
                    shown = element.attributes.get("state", "visible") == "visible"
                    found.append(Sheet(self.name_of(element), relation.target, shown))
        return found

    def name_of(self, element: Element) -> str:
        """A sheet's name as people see it."""
        return unescaped(element.attributes.get("name", ""))

    def remove(self, sheet: Sheet) -> None:
        """Takes out a sheet with its part."""
        self.order = [n for n in self.order if isinstance(n, str) or self.name_of(self.listed[n]) != sheet.name]
        self.parts.drop(sheet.part)

    def free_name(self, wanted: str) -> str:
        """A name that no sheet has."""
        taken = {self.name_of(self.listed[n]).casefold() for n in self.order if isinstance(n, int)}
        number, name = 1, wanted
        while name.casefold() in taken:
            number += 1
            name = f"{wanted} ({number})"
        return name

    def add(self, name: str, content: str, first: bool) -> None:
        """Adds a sheet in front, or a very hidden one at the end."""
        part = self.parts.add("xl/worksheets/sheet{}.xml", content.encode(), SHEET_TYPE)
        related = self.parts.relate(self.parts.main, "worksheet", part)
        old = [int(self.listed[n].attributes.get("sheetId", "0")) for n in self.order if isinstance(n, int)]
        self.ids.append(max([0, *old, *self.ids]) + 1)
        state = "" if first else ' state="veryHidden"'
        xml = (
            f'<sheet name={quoteattr(name)} sheetId="{self.ids[-1]}"{state} xmlns:r="{OFFICE[:-1]}" r:id="{related}"/>'
        )
        self.order.insert(0 if first else len(self.order), xml)

    def print_titles(self, name: str, rows: str) -> None:
        """Repeats rows of the first sheet on each page."""
        quoted = "'" + name.replace("'", "''") + "'"
        self.names.append(
            f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{text_of(f"{quoted}!{rows}")}</definedName>'
        )

    def done(self) -> None:
        """Writes the list, with every name on its sheet and the first sheet in front."""
        edits, prefix = Edits(self.data), prefix_of(self.data)
        parent = next(e for e in self.found if e.name == "sheets")
        raw = [
            self.data[self.listed[n].start : self.listed[n].end] if isinstance(n, int) else prefixed(n, prefix)
            for n in self.order
        ]
        edits.pieces.append((parent.inner, parent.close, b"".join(raw)))
        now = {before: place for place, before in enumerate(self.order) if isinstance(before, int)}
        for element in self.found:
            if element.name == "externalReferences":
                edits.remove(element)
            elif element.name == "workbookView":
                edits.set(element.start, {"activeTab": None, "firstSheet": None})
        self.write_names(edits, parent, now, prefix)
        self.parts.content[self.parts.main] = edits.done()

    def write_names(self, edits: Edits, sheets: Element, now: Mapping[int, int], prefix: str) -> None:
        """The defined names: those of sheets that are gone, or of other files, go too."""
        kept = []
        for element in self.found:
            if element.name == "definedName":
                raw = self.data[element.start : element.end]
                local = element.attributes.get("localSheetId")
                if (local is None or int(local) in now) and not asks_other_file(text_in(raw)):
                    inside = Edits(raw)
                    if local is not None:
                        inside.set(0, {"localSheetId": str(now[int(local)])})
                    kept.append(inside.done())
        made = b"".join(kept) + prefixed("".join(self.names), prefix)
        for element in self.found:
            if element.name == "definedNames":
                edits.remove(element)
        before = [e for e in self.found if e.name in ("sheets", "functionGroups") and e.parent is sheets.parent]
        if made:
            whole = prefixed("<definedNames>", prefix) + made + prefixed("</definedNames>", prefix)
            edits.insert(before[-1].end, whole)


def text_in(raw: bytes) -> str:
    """The text of an element."""
    runs: list[str] = []
    walk(raw, lambda *a: None, lambda *a: None, runs.append)
    return "".join(runs)


def set_properties(parts: Parts, properties: Mapping[str, str]) -> None:
    """Gives a workbook custom properties; those that others gave it stay."""
    if PROPERTIES not in parts.content:
        root = (
            f'<Properties xmlns="{OFFICE_ROOT}custom-properties" xmlns:vt="{OFFICE_ROOT}docPropsVTypes"></Properties>'
        )
        parts.content[PROPERTIES], parts.overrides[PROPERTIES] = (HEAD + root).encode(), PROPERTIES_TYPE
        parts.relate("", "custom-properties", PROPERTIES)
    data = parts.content[PROPERTIES]
    found = elements(data)
    edits = Edits(data)
    kept = [e for e in found if e.name == "property" and e.attributes.get("name") not in properties]
    for element in found:
        if element.name == "property" and element not in kept:
            edits.remove(element)
    last = max((int(e.attributes.get("pid", "1")) for e in kept), default=1)
    made = "".join(
        f'<property fmtid="{FORMAT_ID}" pid="{number}" name={quoteattr(name)}>'
        f'<vt:lpwstr xmlns:vt="{OFFICE_ROOT}docPropsVTypes">{text_of(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(properties.items(), last + 1)
    )
    edits.append(found[0], prefixed_properties(made, prefix_of(data)))
    parts.content[PROPERTIES] = edits.done()


def prefixed_properties(xml: str, prefix: str) -> bytes:
    """Only `property` is of the part's own namespace."""
    return xml.replace("<property", f"<{prefix}property").replace("</property", f"</{prefix}property").encode()


def forget_titles(parts: Parts) -> None:
    """Takes the list of sheets out of the document's properties, where it would no longer be true."""
    name = "docProps/app.xml"
    if name in parts.content:
        edits = Edits(parts.content[name])
        for element in elements(edits.data):
            if element.name in ("TitlesOfParts", "HeadingPairs"):
                edits.remove(element)
        parts.content[name] = edits.done()
