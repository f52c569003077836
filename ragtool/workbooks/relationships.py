"""Relationships: what a part of a package refers to, other parts and addresses. Source: ECMA-376 part 2, clause 9."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import dirname, join, normpath, relpath
from xml.sax.saxutils import quoteattr

from ragtool.workbooks.package import Package
from ragtool.workbooks.records import records
from ragtool.workbooks.vocabulary import HEAD, PACKAGE_RELATIONSHIPS, STRICT

EXTENSION = ".rels"

STEPS_OF_RELATIONSHIP = 20
"""What one costs beside its tag; a part may have any number of them."""


@dataclass(frozen=True)
class Relationship:
    """What a part refers to: the relationship's id and type, and a part's name or, where it is external, an address."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type, the same in strict files and others: `worksheet`."""
        return self.type.rpartition("/")[2]

    @property
    def strict(self) -> bool:
        """Whether it is one of a strict file."""
        return self.type.startswith(STRICT)


def relationships_part(source: str) -> str:
    """The name of the part that says what `source` refers to."""
    folder, _, file = source.rpartition("/")
    return join(folder, "_rels", f"{file}{EXTENSION}")


def source_of(name: str) -> str:
    """The part whose relationships are in the part `name`; '' is the package itself."""
    return join(dirname(dirname(name)), name.rpartition("/")[2][: -len(EXTENSION)])


def relationships(package: Package, source: str) -> list[Relationship]:
    """What the part `source` refers to; '' is the package itself."""
    part = relationships_part(source)
    listed: list[Relationship] = []
    for name, element in records(package, part) if part in package else ():
        if name == "Relationship":
            package.work.take(STEPS_OF_RELATIONSHIP)
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = normpath(join("/", dirname(source), target.replace("\\", "/"))).lstrip("/")
            listed.append(Relationship(element.get("Id", ""), element.get("Type", ""), target, external))
    return listed


def related_parts(package: Package, source: str) -> dict[str, Relationship]:
    """The parts that `source` refers to, by the relationship's id; what lies outside the file is left out."""
    return {each.id: each for each in relationships(package, source) if not each.external}


def first_of_kinds(parts: dict[str, Relationship]) -> dict[str, str]:
    """The part of each kind among those that another refers to; of several of one kind, the first."""
    return {each.kind: each.target for each in reversed(parts.values())}


def relationships_xml(source: str, held: Iterable[Relationship]) -> bytes:
    """The part that says what `source` refers to."""
    folder = source.rpartition("/")[0]
    listed = "".join(relationship_xml(folder, each) for each in held)
    return f'{HEAD}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{listed}</Relationships>'.encode()


def relationship_xml(folder: str, held: Relationship) -> str:
    """One relationship of a part in `folder`."""
    target = held.target if held.external else relpath("/" + held.target, "/" + folder)
    outside = ' TargetMode="External"' if held.external else ""
    named = f"Id={quoteattr(held.id)} Type={quoteattr(held.type)}"
    return f"<Relationship {named} Target={quoteattr(target)}{outside}/>"
