"""The parts of an .xlsx, taken apart to be changed and put together again: the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from ragtool.workbooks.bounds import own_bounds
from ragtool.workbooks.content_types import WORKBOOK_TYPE, content_types
from ragtool.workbooks.edit.edits import CannotMark
from ragtool.workbooks.package import Package
from ragtool.workbooks.relationships import (
    EXTENSION,
    Relationship,
    relationships,
    relationships_part,
    relationships_xml,
    source_of,
)
from ragtool.workbooks.vocabulary import OFFICE, STRICT_OFFICE, TYPES_PART

FIRST_DATE = (1980, 1, 1, 0, 0, 0)

KEPT = frozenset(
    {"officeDocument", "core-properties", "extended-properties", "custom-properties"}
    | {"worksheet", "styles", "sharedStrings", "theme"}
    | {"comments", "vmlDrawing", "threadedComment", "person"}
)
"""Kinds of parts that come along: what a template has, and comments. All others stay out: macros, links, connections,
drawings, controls, pivot tables, charts ...
"""

UNMARKABLE = frozenset(
    {"xlMacrosheet", "xlIntlMacrosheet", "dialogsheet", "control", "oleObject", "package", "queryTable", "rdRichValue"}
)
"""Kinds of parts that the rest of the sheet relies on: a workbook with such isn't marked."""


class Parts:
    """The parts of a workbook by name, what each refers to ('' is the package itself), and their content types."""

    def __init__(self, data: bytes, most_bytes: int) -> None:
        """Raises CannotMark where the parts are more than `most_bytes`, or none of them lists the sheets."""
        package = Package(data, own_bounds(len(data)))
        if sum(entry.file_size for entry in package.parts.values()) > most_bytes:
            raise CannotMark(f"it unpacks to more than {most_bytes // 1_000_000} MB")
        names = {fold: entry.filename.replace("\\", "/").lstrip("/") for fold, entry in package.parts.items()}
        self.spelled = names
        self.content = {name: package.read(fold) for fold, name in names.items() if not name.endswith("/")}
        self.relationships: dict[str, list[Relationship]] = {}
        for name in [each for each in self.content if each.casefold().endswith(EXTENSION)]:
            source = self.named(source_of(name))
            self.relationships[source] = [self.spelled_out(each) for each in relationships(package, source)]
            del self.content[name]
        self.types = content_types(package)
        self.types.overrides = {self.named(name): kind for name, kind in self.types.overrides.items()}
        self.content.pop(self.named(TYPES_PART), None)
        self.main = self.of_kind("", "officeDocument") or ""
        if self.main not in self.content:
            raise CannotMark("the list of its sheets is missing")

    @property
    def strict(self) -> bool:
        """Whether the workbook is strict Open XML."""
        return any(each.strict for each in self.relationships.get("", ()))

    def named(self, name: str) -> str:
        """A part's name as the package spells it."""
        return self.spelled.get(name.casefold(), name)

    def spelled_out(self, held: Relationship) -> Relationship:
        """A relationship to a part by the name that the package has for it."""
        return held if held.external else replace(held, target=self.named(held.target))

    def drop_foreign(self) -> None:
        """Takes out what isn't of the kinds that come along. Raises CannotMark where the sheets rely on such."""
        for held in self.relationships.values():
            for each in held:
                if each.kind in UNMARKABLE:
                    raise CannotMark(f"it holds a part of the kind {each.kind}")
        self.relationships = {
            source: [each for each in held if each.kind in KEPT and not each.external]
            for source, held in self.relationships.items()
        }
        reached, waiting = {""}, [""]
        while waiting:
            targets = {each.target for each in self.relationships.get(waiting.pop(), ())} - reached
            reached |= targets
            waiting += targets
        self.content = {name: content for name, content in self.content.items() if name in reached}
        self.relationships = {source: held for source, held in self.relationships.items() if source in reached}
        self.types.overrides = {name: kind for name, kind in self.types.overrides.items() if name in reached}
        self.types.overrides[self.main] = WORKBOOK_TYPE

    def ids(self, source: str) -> frozenset[str]:
        """The ids by which a part refers to others."""
        return frozenset(each.id for each in self.relationships.get(source, ()))

    def of_kind(self, source: str, kind: str) -> str | None:
        """The part of a kind that `source` refers to."""
        held = self.relationships.get(source, ())
        return next((each.target for each in held if each.kind == kind and not each.external), None)

    def add(self, name: str, content: bytes, content_type: str) -> str:
        """Adds a part under a name with a number that is free: `xl/comments{}.xml`."""
        taken = {each.casefold() for each in self.content}
        number = 1
        while name.format(number).casefold() in taken:
            number += 1
        free = name.format(number)
        self.content[free], self.types.overrides[free] = content, content_type
        return free

    def relate(self, source: str, kind: str, target: str) -> str:
        """The id by which `source` refers to a part."""
        held = self.relationships.setdefault(source, [])
        known = next((each for each in held if each.kind == kind and each.target == target), None)
        if known:
            return known.id
        taken = {each.id for each in held}
        number = len(held) + 1
        while f"rId{number}" in taken:
            number += 1
        office = STRICT_OFFICE if self.strict else OFFICE
        held.append(Relationship(f"rId{number}", f"{office}/{kind}", target, False))
        return held[-1].id

    def drop(self, name: str) -> None:
        """Takes out a part, what only it refers to, and what refers to it."""
        self.content.pop(name, None)
        self.types.overrides.pop(name, None)
        for source, held in self.relationships.items():
            self.relationships[source] = [each for each in held if each.external or each.target != name]
        for each in self.relationships.pop(name, []):
            others = (other.target for held in self.relationships.values() for other in held if not other.external)
            if not each.external and each.target in self.content and each.target not in others:
                self.drop(each.target)

    def put_together(self, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
        """The workbook's bytes."""
        listed = {
            relationships_part(source): relationships_xml(source, held)
            for source, held in self.relationships.items()
            if held and (source in self.content or not source)
        }
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            types = self.types.xml(self.content)
            for name, content in [(TYPES_PART, types), *sorted([*self.content.items(), *listed.items()])]:
                entry = zipfile.ZipInfo(name, FIRST_DATE)
                entry.compress_type, entry.external_attr = compression, 0o600 << 16
                archive.writestr(entry, content)
        return file.getvalue()
