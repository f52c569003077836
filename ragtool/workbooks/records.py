"""An XML part as its records: the rows of a sheet, the texts that sheets share, the relationships of a part ...

The parser in C builds them as a tree, of which each record is taken when it is complete: a part is never in memory as a
whole, and none makes ragtool run out of time or memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.bounds import BOMB
from ragtool.workbooks.package import DAMAGED, DEEPEST, ENTITIES, MOST_NAMES, Package
from ragtool.workbooks.vocabulary import element_name

LARGEST_RECORD = 4_000_000
"""Bytes of XML that may pass without a record having ended. The longest row of the longest texts would be more, but
no return or plan has it.
"""

PIECE = 1 << 12
"""Bytes of XML that are parsed at a time: so few elements that they are gone before Python looks for unused objects, of
which it would take those that are there for lasting ones.
"""

TAG = re.compile(rb"<[^<>]*>")
TAG_NAME = re.compile(rb"<([^\s/>!?]+)")
ATTRIBUTE = re.compile(rb"""\s([^\s=<>"']+)\s*=\s*["']""")

USUAL = (b"</", b"<row ", b"<c ", b"<v>", b' r="', b' s="', b' t="', b' spans="', b' ht="', b' customHeight="')
"""Where a sheet repeats a name, again and again: each of these has one `<` or `=` of its own."""

Record = tuple[str, Element]
"""A record and its name, or that of the list it is in."""


def records(
    package: Package, part: str, lists: Collection[str] = (), shrink: Callable[[bytes], bytes] | None = None
) -> Iterator[Record]:
    """The elements in a part's root by their names, each with all that is in it, as soon as it is complete.

    With `lists`, the elements of these by the name of their list, and the others in the root without what is in them.
    `shrink` leaves out of a piece of XML what needn't be parsed. Raises NotAWorkbook where the part isn't XML, defines
    entities, or is beyond any sheet's bounds.
    """
    tree, names, start = Tree(lists), NameCount(), b""
    try:
        for xml in package.xml(part, shrink):
            names.add(xml)
            for piece in (xml[at : at + PIECE] for at in range(0, len(xml), PIECE)):
                if tree.begun:
                    yield from tree.complete()
                else:
                    start += piece
                    refuse_document_type(start)
                tree.grow(piece)
        yield from tree.end()
    except ParseError as problem:
        raise NotAWorkbook(BOMB if tree.too_deep else DAMAGED) from problem


class Tree:
    """A part's elements while they are parsed, from which the records are taken that are complete."""

    def __init__(self, lists: Collection[str]) -> None:
        self.lists = lists
        builder = TreeBuilder()
        self.above = builder.start("part", {})
        self.parser = XMLParser(target=builder)  # noqa: S314 - bounded before it is parsed, entities refused
        self.held = 0

    @property
    def begun(self) -> bool:
        """Whether the part's root is there."""
        return len(self.above) > 0

    @property
    def too_deep(self) -> bool:
        """Whether the elements that have begun and not ended lie deeper than any sheet's."""
        element, depth = self.above, 0
        while len(element) and depth <= DEEPEST:
            element, depth = element[-1], depth + 1
        return depth > DEEPEST

    def grow(self, xml: bytes) -> None:
        """Adds the next piece of XML. Raises NotAWorkbook where a record is larger than any, or elements lie deeper."""
        self.parser.feed(xml)
        self.held += len(xml)
        if self.held > LARGEST_RECORD or self.too_deep:
            raise NotAWorkbook(BOMB)

    def end(self) -> list[Record]:
        """The last records of a part."""
        self.parser.close()
        return self.complete(ended=True)

    def complete(self, ended: bool = False) -> list[Record]:
        """The records that are complete, which are taken out of the tree. Unless the part has `ended`, more may come to
        the last element that there is.
        """
        complete: list[Record] = []
        root = self.above[0]
        last = len(root) if ended else max(len(root) - 1, 0)
        for number, child in enumerate(root):
            name = element_name(child.tag)
            if self.lists and (inside := len(child) - (number >= last)) > 0:
                self.held = 0
                if name in self.lists:
                    complete += [(name, each) for each in child[:inside]]
                del child[:inside]
            if number < last and name not in self.lists:
                complete.append((name, child))
        if last:
            self.held = 0
            del root[:last]
        return complete


def refuse_document_type(start: bytes) -> None:
    """Stops at a document type, which is where entities are defined. Raises NotAWorkbook."""
    if b"<!DOCTYPE" in start.replace(b"\0", b""):  # each other byte of UTF-16
        raise NotAWorkbook(ENTITIES)


class NameCount:
    """Counts the different names in a part, once there are so many elements and attributes that it matters."""

    def __init__(self) -> None:
        self.possible = 0
        self.names: set[bytes] = set()
        self.begun = b""

    def add(self, xml: bytes) -> None:
        """Counts those of the next piece of XML. Raises NotAWorkbook where there are more than any part has."""
        self.possible += xml.count(b"<") + xml.count(b"=") - sum(map(xml.count, USUAL))
        if self.possible > MOST_NAMES:
            whole = self.begun + xml.replace(b"\0", b"")
            last = whole.rfind(b"<")
            self.begun = whole[last:] if last >= 0 and b">" not in whole[last:] else b""
            tags = b"".join(TAG.findall(whole)) + self.begun
            self.names.update(TAG_NAME.findall(tags), ATTRIBUTE.findall(tags))
            if len(self.names) > MOST_NAMES:
                raise NotAWorkbook(BOMB)
