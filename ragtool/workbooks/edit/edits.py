"""XML parts changed where they must be and left byte for byte elsewhere.

An officer's workbook holds much that no library of ours keeps: drop-downs as new Excel stores them, formulas' results,
rich text, threaded comments. So a part is never read and written anew; bytes are put in and taken out at the places
where the parser found its elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import quoteattr

from ragtool.workbooks.package import CHUNK, refuse_entities
from ragtool.workbooks.vocabulary import element_name

START_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
SINGLE_BYTES = (b"utf-8", b"us-ascii", b"ascii")

StartOf = Callable[[int, str, dict[str, str]], object]
EndOf = Callable[[int, str], object]


class CannotMark(Exception):
    """A workbook that can't be changed in place; the message says why, as it goes on from "since"."""


UNUSUAL = "its XML is written as no spreadsheet program writes it"


@dataclass(slots=True)
class Element:
    """An element and where its tags lie in the part: from `start`, its content from `inner` to `close`, up to `end`.

    `runs` are all texts of the part, of which those from `first_run` to `last_run` stand in the element.
    """

    name: str
    attributes: dict[str, str]
    parent: Element | None
    start: int
    runs: list[str]
    first_run: int
    last_run: int = 0
    inner: int = 0
    close: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        """All text in it, that of the elements in it too."""
        return "".join(self.runs[self.first_run : self.last_run])

    @property
    def empty(self) -> bool:
        """Whether it is one tag, `<row/>`."""
        return self.close == self.end


@dataclass
class Edits:
    """Pieces of a part and what takes their place; a piece inside another that is replaced goes with it."""

    data: bytes
    pieces: list[tuple[int, int, bytes]] = field(default_factory=list)

    def insert(self, at: int, text: bytes) -> None:
        """Puts `text` in at a place."""
        self.pieces.append((at, at, text))

    def remove(self, element: Element) -> None:
        """Takes out an element with all that is in it."""
        self.pieces.append((element.start, element.end, b""))

    def set(self, at: int, attributes: Mapping[str, str | None]) -> None:
        """Changes attributes of the tag that begins at `at`."""
        tag = start_tag(self.data, at)
        self.pieces.append((at, at + len(tag), with_attributes(tag, attributes)))

    def append(self, parent: Element, text: bytes) -> None:
        """Puts `text` at the end of an element's content."""
        if parent.empty:
            tag = start_tag(self.data, parent.start)
            self.pieces.append((parent.start, parent.end, opening_tag(tag) + text + end_tag(tag)))
        else:
            self.insert(parent.close, text)

    def changed(self) -> bytes:
        """The part with all its changes."""
        made, position = [], 0
        for start, end, text in sorted(self.pieces, key=lambda piece: piece[:2]):
            if start >= position:
                made += [self.data[position:start], text]
                position = end
        return b"".join([*made, self.data[position:]])


def walk(data: bytes, start: StartOf, end: EndOf, text: Callable[[str], object] | None = None) -> None:
    """Tells where each element of a part begins, with its name as `name_of` has it and attributes, and where it ends.

    Where an element of one tag ends isn't told reliably. Raises CannotMark where places can't be told, NotAWorkbook on
    XML entities.
    """
    refuse_encoding(data)
    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_entities
    parser.StartElementHandler = lambda name, attributes: start(
        parser.CurrentByteIndex,
        known_name(name),
        {full_name(key): value for key, value in attributes.items()} if "}" in "".join(attributes) else attributes,
    )
    parser.EndElementHandler = lambda name: end(parser.CurrentByteIndex, known_name(name))
    if text:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except ExpatError:
        raise CannotMark("its XML is damaged") from None


def refuse_encoding(data: bytes) -> None:
    """Raises CannotMark where a part isn't stored in UTF-8, so that what is put into it would be garbled."""
    declared = ENCODING.match(data[:200].removeprefix(b"\xef\xbb\xbf"))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (declared and declared[1].lower() not in SINGLE_BYTES):
        raise CannotMark("its XML isn't stored as UTF-8")


@lru_cache(4096)
def full_name(name: str) -> str:
    """A name as ElementTree writes it, `{namespace}name`, from expat's `namespace}name`."""
    return f"{{{name}" if "}" in name else name


@lru_cache(4096)
def known_name(name: str) -> str:
    """An element's name, as `name_of` has it, from expat's."""
    return element_name(full_name(name))


def elements(data: bytes, without: Collection[str] = ()) -> list[Element]:
    """All elements of a part in their order, but for those inside of elements named in `without`."""
    in_order: list[Element] = []
    inside: list[Element] = []
    runs: list[str] = []
    skipped = 0

    def start(at: int, name: str, attributes: dict[str, str]) -> None:
        nonlocal skipped
        if skipped or (inside and inside[-1].name in without):
            skipped += 1
            return
        element = Element(name, attributes, inside[-1] if inside else None, at, runs, len(runs))
        in_order.append(element)
        inside.append(element)

    def end(at: int, name: str) -> None:
        nonlocal skipped
        if skipped:
            skipped -= 1
            return
        element = inside.pop()
        tag = start_tag(data, element.start)
        element.inner, one_tag = element.start + len(tag), tag.endswith(b"/>")
        element.close = element.inner if one_tag else at
        element.end = element.inner if one_tag else data.index(b">", at) + 1
        element.last_run = len(runs)

    walk(data, start, end, lambda text: None if skipped else runs.append(text))
    return in_order


def start_tag(data: bytes, at: int) -> bytes:
    """The start tag that begins at `at`. Raises CannotMark where there is none."""
    tag = START_TAG.match(data, at)
    if not tag:
        raise CannotMark(UNUSUAL)
    return tag[0]


def opening_tag(tag: bytes) -> bytes:
    """`<row r="1"/>` as `<row r="1">`."""
    return tag.removesuffix(b">").removesuffix(b"/").rstrip() + b">"


def end_tag(tag: bytes) -> bytes:
    """`</row>` of `<row r="1">`."""
    return b"</" + re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0] + b">"


def prefix_of(data: bytes) -> str:
    """What stands before every name of a part's root, `x:` of `<x:worksheet>`; mostly nothing."""
    refuse_encoding(data)
    names: list[str] = []
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_entities
    parser.StartElementHandler = lambda name, attributes: names.append(name)
    try:
        for at in range(0, len(data), CHUNK):
            parser.Parse(data[at : at + CHUNK], False)
            if names:
                break
    except ExpatError:
        raise CannotMark("its XML is damaged") from None
    if not names:
        raise CannotMark(UNUSUAL)
    prefix, colon, _ = names[0].rpartition(":")
    return prefix + colon


def prefixed(xml: str, prefix: str) -> bytes:
    """Elements written without a prefix, as a part with that prefix holds them."""
    return (re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", xml) if prefix else xml).encode()


def with_attributes(tag: bytes, attributes: Mapping[str, str | None]) -> bytes:
    """A start tag with some attributes set, or taken out where None."""
    for name, value in attributes.items():
        pattern = re.compile(rb"""(?<!\s)\s++%s\s*=\s*(?:"[^"]*"|'[^']*')""" % re.escape(name.encode()))
        tag = pattern.sub(b"", tag)
        if value is not None:
            bare = opening_tag(tag).removesuffix(b">")
            tag = bare + f" {name}={quoteattr(value)}".encode() + (b"/>" if tag.endswith(b"/>") else b">")
    return tag
