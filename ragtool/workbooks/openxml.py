"""What .xlsx and .xlsb have in common: parts that refer to one another, content types and properties."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, join, normpath

from ragtool.workbooks.package import Package

TYPES = "[Content_Types].xml"
CUSTOM_PROPERTIES = "docProps/custom.xml"

STRICT_NAMESPACES = "http://purl.oclc.org/"
"""How every namespace of strict Open XML begins. Source: ISO/IEC 29500-1."""


@dataclass(frozen=True)
class Relation:
    """A part that another refers to: the last word of the relation's type, the part's name, strict Open XML or not."""

    kind: str
    target: str
    strict: bool


@dataclass(frozen=True)
class MainPart:
    """The part that lists the sheets; '' where the package has none."""

    name: str
    content_type: str
    strict: bool


class RelationsPart:
    """Reads a part's relations by id. What lies outside the file is left out."""

    def __init__(self, source: str) -> None:
        self.folder = dirname(source)
        self.found: dict[str, Relation] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "")
            target = normpath(join("/", self.folder, attributes.get("Target", "").replace("\\", "/"))).lstrip("/")
            relation = Relation(kind.rpartition("/")[2], target, kind.startswith(STRICT_NAMESPACES))
            self.found[attributes.get("Id", "")] = relation

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


class ContentTypesPart:
    """Reads which content type each part has."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}
        self.extensions: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "")
        if name == "Override":
            self.parts[attributes.get("PartName", "").lstrip("/").casefold()] = kind
        elif name == "Default":
            self.extensions[attributes.get("Extension", "").casefold()] = kind

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...

    def of(self, part: str) -> str:
        """The content type of a part; '' where none is given."""
        extension = part.rpartition(".")[2].casefold()
        return self.parts.get(part.casefold(), self.extensions.get(extension, ""))


class PropertiesPart:
    """Reads the custom properties, each as text."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.name = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "property":
            self.name = attributes.get("name", "")
            self.found[self.name] = ""

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None:
        if self.name and len(self.found[self.name]) < 1000 and not text.isspace():
            self.found[self.name] += text


def relations(package: Package, part: str) -> dict[str, Relation]:
    """What `part` refers to, by id; '' is the package itself."""
    found = RelationsPart(part)
    name = join(dirname(part), "_rels", part.rpartition("/")[2] + ".rels")
    if name in package:
        package.parse(name, found)
    return found.found


def main_part(package: Package) -> MainPart:
    """The part that lists the sheets: the package says which, or where it doesn't, the content types."""
    types = ContentTypesPart()
    if TYPES in package:
        package.parse(TYPES, types)
    for relation in relations(package, "").values():
        if relation.kind == "officeDocument":
            return MainPart(relation.target, types.of(relation.target), relation.strict)
    for name, kind in types.parts.items():
        if kind.endswith((".main+xml", ".main")):
            return MainPart(name, kind, False)
    return MainPart("", "", False)


def custom_properties(package: Package) -> dict[str, str]:
    """The workbook's custom properties by name."""
    found = PropertiesPart()
    if CUSTOM_PROPERTIES in package:
        package.parse(CUSTOM_PROPERTIES, found)
    return found.found
