"""The parts of an .xlsx, taken apart to be changed and put together again: the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from posixpath import dirname, join, normpath, relpath
from xml.sax.saxutils import quoteattr

from ragtool.workbooks.edit.edits import CannotMark, elements
from ragtool.workbooks.openxml import TYPES
from ragtool.workbooks.package import Package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FIRST_DATE = (1980, 1, 1, 0, 0, 0)

MOST_BYTES = 20_000_000
"""What a return may unpack to and still be marked in place, in the time that a file may take; most are below 1 MB."""

MAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

DROPPED = {"vbaProject", "wordVbaData", "externalLink", "connections", "calcChain", "attachedToolbars"}
"""Kinds of parts that don't come along: macros, links to other files, and what Excel makes anew."""

REFUSED = {"xlMacrosheet", "xlIntlMacrosheet", "dialogsheet", "control", "oleObject", "package", "queryTable"}
"""Kinds of parts with code or links in them that the rest of the sheet relies on: such a workbook isn't marked."""


@dataclass
class Relation:
    """What a part refers to: the relation's id and type, and a part's name or, where it is external, an address."""

    name: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type: `worksheet`."""
        return self.type.rpartition("/")[2]


class Parts:
    """The parts of a workbook by name, what each refers to ('' is the package itself), and their content types."""

    def __init__(self, data: bytes) -> None:
        """Raises CannotMark where the workbook is too large or holds what can't be kept."""
        package = Package(data)
        if sum(entry.file_size for entry in package.parts.values()) > MOST_BYTES:
            raise CannotMark
        names = {fold: entry.filename.replace("\\", "/").lstrip("/") for fold, entry in package.parts.items()}
        self.spelled = names
        self.content = {name: package.read(fold) for fold, name in names.items() if not name.endswith("/")}
        self.relations: dict[str, list[Relation]] = {}
        for name in [each for each in self.content if each.casefold().endswith(".rels")]:
            source = join(dirname(dirname(name)), name.rpartition("/")[2][: -len(".rels")])
            self.relations[self.spelled.get(source.casefold(), source)] = self.read_relations(source, name)
        types = elements(self.content.pop(self.spelled[TYPES.casefold()]))
        self.defaults = {
            e.attributes["Extension"].casefold(): e.attributes["ContentType"] for e in types if e.name == "Default"
        }
        self.overrides = {
            self.named(e.attributes["PartName"]): e.attributes["ContentType"] for e in types if e.name == "Override"
        }
        self.main = next((r.target for r in self.relations.get("", ()) if r.kind == "officeDocument"), "")
        if self.main not in self.content:
            raise CannotMark
        self.drop_foreign()

    def named(self, name: str) -> str:
        """A part's name as the package spells it."""
        name = name.lstrip("/")
        return self.spelled.get(name.casefold(), name)

    def read_relations(self, source: str, name: str) -> list[Relation]:
        """What the part `source` refers to, from the part `name` that says so."""
        found = []
        for element in elements(self.content.pop(name)):
            if element.name == "Relationship":
                given = element.attributes
                external = given.get("TargetMode") == "External"
                target = given.get("Target", "").replace("\\", "/") if not external else given.get("Target", "")
                if not external:
                    target = self.named(normpath(join("/", dirname(source), target)))
                found.append(Relation(given.get("Id", ""), given.get("Type", ""), target, external))
        return found

    def drop_foreign(self) -> None:
        """Takes out macros and links. Raises CannotMark where the sheets rely on them."""
        for relations in list(self.relations.values()):
            for relation in list(relations):
                if relation.kind in REFUSED:
                    raise CannotMark
                if relation.kind in DROPPED:
                    self.drop(relation.target)
        for source, relations in self.relations.items():
            known = source in self.content or not source
            if known and any(r.external and r.kind != "hyperlink" for r in relations):
                raise CannotMark
        self.overrides[self.main] = MAIN_TYPE

    def of_kind(self, source: str, kind: str) -> str | None:
        """The part of a kind that `source` refers to."""
        return next((r.target for r in self.relations.get(source, ()) if r.kind == kind and not r.external), None)

    def add(self, name: str, content: bytes, content_type: str) -> str:
        """Adds a part under a name with a number that is free: `xl/comments{}.xml`."""
        taken = {each.casefold() for each in self.content}
        number = 1
        while name.format(number).casefold() in taken:
            number += 1
        free = name.format(number)
        self.content[free], self.overrides[free] = content, content_type
        return free

    def relate(self, source: str, kind: str, target: str) -> str:
        """The id by which `source` refers to a part."""
        relations = self.relations.setdefault(source, [])
        known = next((each for each in relations if each.kind == kind and each.target == target), None)
        if known:
            return known.name
        taken = {each.name for each in relations}
        number = len(relations) + 1
        while f"rId{number}" in taken:
            number += 1
        relations.append(Relation(f"rId{number}", OFFICE + kind, target, False))
        return relations[-1].name

    def drop(self, name: str) -> None:
        """Takes out a part, what only it refers to, and what refers to it."""
        self.content.pop(name, None)
        self.overrides.pop(name, None)
        for source, relations in self.relations.items():
            self.relations[source] = [each for each in relations if each.external or each.target != name]
        for relation in self.relations.pop(name, []):
            others = (r.target for each in self.relations.values() for r in each if not r.external)
            if not relation.external and relation.target in self.content and relation.target not in others:
                self.drop(relation.target)

    def put_together(self) -> bytes:
        """The workbook's bytes."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in [(TYPES, self.types()), *sorted([*self.content.items(), *self.relation_parts()])]:
                entry = zipfile.ZipInfo(name, FIRST_DATE)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                archive.writestr(entry, content)
        return file.getvalue()

    def types(self) -> bytes:
        """The part that gives each part's content type."""
        extensions = {name.rpartition(".")[2].casefold() for name in self.content} | {"rels"}
        defaults = "".join(
            f"<Default Extension={quoteattr(extension)} ContentType={quoteattr(kind)}/>"
            for extension, kind in sorted(self.defaults.items())
            if extension in extensions
        )
        overrides = "".join(
            f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(kind)}/>"
            for name, kind in sorted(self.overrides.items())
            if name in self.content
        )
        return f'{HEAD}<Types xmlns="{PACKAGE}content-types">{defaults}{overrides}</Types>'.encode()

    def relation_parts(self) -> list[tuple[str, bytes]]:
        """The parts that say what each part refers to, by name."""
        made = []
        for source, relations in self.relations.items():
            if relations and (source in self.content or not source):
                folder, _, file = source.rpartition("/")
                listed = "".join(self.relation_xml(folder, each) for each in relations)
                xml = f'{HEAD}<Relationships xmlns="{PACKAGE}relationships">{listed}</Relationships>'
                made.append((join(folder, "_rels", f"{file}.rels"), xml.encode()))
        return made

    def relation_xml(self, folder: str, relation: Relation) -> str:
        """One relation of a part in `folder`."""
        target = relation.target if relation.external else relpath("/" + relation.target, "/" + folder)
        outside = ' TargetMode="External"' if relation.external else ""
        named = f"Id={quoteattr(relation.name)} Type={quoteattr(relation.type)}"
        return f"<Relationship {named} Target={quoteattr(target)}{outside}/>"
