"""The part that a package is about: a workbook's list of its sheets."""

from __future__ import annotations

from dataclasses import dataclass

from ragtool.workbooks.content_types import content_types
from ragtool.workbooks.package import Package
from ragtool.workbooks.relationships import relationships


@dataclass(frozen=True)
class MainPart:
    """The part that lists the sheets, what it is, and whether the file is strict Open XML; '' where there is none."""

    name: str
    content_type: str
    strict: bool


def main_part(package: Package) -> MainPart:
    """The part that lists the sheets: the package says which, or where it doesn't, the content types."""
    types = content_types(package)
    for each in relationships(package, ""):
        if each.kind == "officeDocument" and not each.external:
            return MainPart(each.target, types.of(each.target), each.strict)
    for name, kind in types.overrides.items():
        if kind.endswith((".main+xml", ".main")):
            return MainPart(name, kind, False)
    return MainPart("", "", False)
