"""Content types: what kind of thing each part of a package is. Source: ECMA-376 part 2, clause 10.1.2."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from ragtool.workbooks.package import Package
from ragtool.workbooks.records import records
from ragtool.workbooks.relationships import EXTENSION
from ragtool.workbooks.vocabulary import HEAD, PACKAGE_TYPES, TYPES_PART

TYPE = "application/vnd.openxmlformats-officedocument."
WORKBOOK_TYPE = f"{TYPE}spreadsheetml.sheet.main+xml"
SHEET_TYPE = f"{TYPE}spreadsheetml.worksheet+xml"
STYLES_TYPE = f"{TYPE}spreadsheetml.styles+xml"
NOTES_TYPE = f"{TYPE}spreadsheetml.comments+xml"
DRAWING_TYPE = f"{TYPE}vmlDrawing"
PROPERTIES_TYPE = f"{TYPE}custom-properties+xml"


@dataclass
class ContentTypes:
    """The content types by extension, and of the parts that have one of their own, by their names."""

    defaults: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)

    def of(self, part: str) -> str:
        """The content type of a part; '' where none is given."""
        own = next((kind for name, kind in self.overrides.items() if name.casefold() == part.casefold()), None)
        return self.defaults.get(extension(part), "") if own is None else own

    def xml(self, parts: Collection[str]) -> bytes:
        """The part that gives the content types of these parts."""
        extensions = {extension(name) for name in parts} | {EXTENSION[1:]}
        defaults = "".join(
            f"<Default Extension={quoteattr(each)} ContentType={quoteattr(kind)}/>"
            for each, kind in sorted(self.defaults.items())
            if each in extensions
        )
        overrides = "".join(
            f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(kind)}/>"
            for name, kind in sorted(self.overrides.items())
            if name in parts
        )
        return f'{HEAD}<Types xmlns="{PACKAGE_TYPES}">{defaults}{overrides}</Types>'.encode()


def extension(part: str) -> str:
    """How a part's name ends, in lower case."""
    return part.rpartition(".")[2].casefold()


def content_types(package: Package) -> ContentTypes:
    """The content types that a package gives."""
    types = ContentTypes()
    if TYPES_PART in package:
        for name, element in records(package, TYPES_PART):
            kind = element.get("ContentType", "")
            if name == "Override":
                types.overrides[element.get("PartName", "").lstrip("/")] = kind
            elif name == "Default":
                types.defaults[element.get("Extension", "").casefold()] = kind
    return types
