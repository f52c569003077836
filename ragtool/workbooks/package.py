"""A zip of XML parts, opened and parsed within bounds: no archive makes ragtool run out of time or memory."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Protocol
from xml.parsers.expat import ExpatError, ParserCreate

from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.bounds import AGAIN, BOMB, RETURN, Bounds, Work

MOST_UNASKED = 32_000_000
HIGHEST_RATIO = 250
"""How many times its size a file may unpack to, once that is more than `MOST_UNASKED`. A zip bomb reaches 1,000, a
sheet of the same row again and again 300.
"""

MOST_ENTRIES = 20_000
"""Parts of a workbook: four a sheet would still be 5,000 sheets."""

MOST_NAMES = 5_000
"""Different names of elements and attributes in one part; the whole of Open XML has some thousands."""

DEEPEST = 250
"""How deep elements may lie in one another; a sheet's lie about ten deep."""

CHUNK = 1 << 16

LARGEST_WHOLE = 64_000_000
"""Bytes of a part that is in memory as a whole: one of an .xlsb, a list."""

STEPS_OF_CALL = 3
"""What the start or end of an element costs that is told by a call."""

STEPS_OF_PART = 200
"""What opening a part costs, however little is in it; one may be referred to again and again."""

LONGEST_TOKEN = 1 << 20
"""Bytes of XML that may pass without a tag: the time that the parser takes grows with the square of them."""

BYTES_OF_STEP = 25
"""Bytes since the last tag began, which may be of one attribute, that cost a step where a chunk ends: each piece that
is parsed is begun anew there.
"""

REMARKS = {b"<!--": b"-->", b"<?": b"?>"}
REMARK = re.compile(rb"<\0?!\0?-\0?-|<\0?\?")
PARTS_OF_REMARKS = (b"<", b"<!", b"<!-", b"<\0", b"<\0!", b"<\0!\0", b"<\0!\0-", b"<\0!\0-\0")
"""How comments and processing instructions begin and end, also where each other byte is that of UTF-16."""

ENTRY, END = b"PK\x01\x02", b"PK\x05\x06"
"""How each entry of a zip's directory begins, and the directory's end."""

DAMAGED = f"The file is damaged. {AGAIN}"

CUT_SHORT = "The file is cut short: part of it never arrived. Ask for it to be sent again."

PROTECTED = (
    "The file is protected by a password. Remove it (in Excel: File > Info > Protect Workbook > Encrypt with Password, "
    "and empty the box) and send it again. Where Excel asks for no password it has encrypted the file by itself: type "
    "one into that box, save, and then empty the box."
)

ENTITIES = f"The file's XML defines entities, which no spreadsheet program writes, so it isn't read. {AGAIN}"


class Elements(Protocol):
    """What is told of each element of a part, and of the text in it. Names come with their namespace's prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


class Package:
    """The parts of a zip by name; names in any case, with slashes of either kind."""

    def __init__(self, data: bytes, bounds: Bounds = RETURN, work: Work | None = None) -> None:
        """Raises NotAWorkbook where the archive is damaged, encrypted or a zip bomb. `work` is what is left for the
        whole file.
        """
        if data.count(ENTRY) > MOST_ENTRIES:  # before zipfile makes an object of each
            raise NotAWorkbook(BOMB)
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        # zipfile says in three ways that it can't open an archive: damaged, of an unknown version, a place before 0.
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as problem:
            whole = END in data
            raise NotAWorkbook(DAMAGED if whole else CUT_SHORT) from problem
        entries = self.archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > bounds.unpacked or (unpacked > MOST_UNASKED and unpacked > HIGHEST_RATIO * len(data)):
            raise NotAWorkbook(BOMB)
        if sum(entry.compress_size for entry in entries) > len(data):  # they overlap, as in the smallest bombs
            raise NotAWorkbook(BOMB)
        if any(entry.flag_bits & 1 for entry in entries):
            raise NotAWorkbook(PROTECTED)
        self.parts: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = entry.filename.replace("\\", "/").lstrip("/").casefold()
            if self.parts.setdefault(name, entry).CRC != entry.CRC:  # which of the two counts can't be told
                raise NotAWorkbook(DAMAGED)
        self.bytes_left = bounds.unpacked
        self.work = work or Work(bounds)

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self.parts

    def size(self, name: str) -> int:
        """How many bytes a part unpacks to; 0 where there is none."""
        entry = self.parts.get(name.casefold())
        return entry.file_size if entry else 0

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part's content, a chunk at a time. Raises NotAWorkbook where there is no such part or it is damaged."""
        entry = self.parts.get(name.casefold())
        # Workbooks are stored or deflated only; Python's other decompressors can't be held back.
        if entry is None or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotAWorkbook(DAMAGED)
        self.work.take(STEPS_OF_PART)
        with self.archive.open(entry) as part:
            while chunk := part.read(CHUNK):
                self.bytes_left -= len(chunk)
                if self.bytes_left < 0:
                    raise NotAWorkbook(BOMB)
                yield chunk

    def read(self, name: str) -> bytes:
        """A part's whole content. Raises NotAWorkbook where that is more than may be in memory at once."""
        if self.size(name) > LARGEST_WHOLE:
            raise NotAWorkbook(BOMB)
        return b"".join(self.chunks(name))

    def xml(self, name: str, shrink: Callable[[bytes], bytes] | None = None, steps: int = 1) -> Iterator[bytes]:
        """An XML part's content, a piece at a time, counted before it is parsed; each start or end takes `steps`.

        `shrink` leaves out of a piece what needn't be parsed; it is called with an empty piece at the end. Raises
        NotAWorkbook where the content is beyond any sheet's bounds.
        """
        without_tags, remarks = 0, Remarks()
        for chunk in chain(self.chunks(name), (b"",)):
            xml = shrink(chunk) if shrink else chunk
            tags = xml.count(b"<")
            without_tags = len(xml) - xml.rfind(b"<") - 1 if tags else without_tags + len(xml)
            self.work.take(steps * (tags + xml.count(b"/>")) + without_tags // BYTES_OF_STEP)
            remarks.add(xml)
            if max(without_tags, remarks.length) > LONGEST_TOKEN:
                raise NotAWorkbook(BOMB)
            yield xml

    def parse(self, name: str, elements: Elements, prefixes: Mapping[str, str]) -> None:
        """Tells `elements` what the XML part holds; names have the `prefixes` of their namespaces, whatever the part
        writes there.

        Raises NotAWorkbook where the part isn't XML, defines entities, or is beyond any sheet's bounds.
        """
        parser = ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse_entities
        parser.StartElementHandler, parser.EndElementHandler = handlers(elements, prefixes)
        parser.CharacterDataHandler = elements.text
        try:
            for xml in self.xml(name, steps=STEPS_OF_CALL):
                parser.Parse(xml, False)
                if len(parser.intern) > MOST_NAMES:
                    raise NotAWorkbook(BOMB)
            parser.Parse(b"", True)
        except ExpatError as problem:
            raise NotAWorkbook(DAMAGED) from problem


class Remarks:
    """How many bytes of the last comment or processing instruction have passed, in which a tag is no tag."""

    def __init__(self) -> None:
        self.end, self.begun, self.length = b"", b"", 0

    def add(self, xml: bytes) -> None:
        """Counts the next piece of XML."""
        if not (self.end or self.begun or REMARK.search(xml) or xml.endswith(PARTS_OF_REMARKS)):
            return
        piece, at = self.begun + xml.replace(b"\0", b""), 0
        self.begun = b""
        while at < len(piece):
            if self.end:
                close = piece.find(self.end, at)
                if close < 0:
                    self.length += len(piece) - at
                    self.begun = piece[-2:]
                    return
                at, self.end, self.length = close + len(self.end), b"", 0
            opening = REMARK.search(piece, at)
            if opening is None:
                self.begun = piece[piece.rfind(b"<") :] if piece.endswith(PARTS_OF_REMARKS) else b""
                return
            at, self.end = opening.end(), REMARKS[opening[0].replace(b"\0", b"")]


def refuse_entities(*_: object) -> None:
    """Stops at a document type, which is where entities are defined. Raises NotAWorkbook."""
    raise NotAWorkbook(ENTITIES)


def handlers(
    elements: Elements, prefixes: Mapping[str, str]
) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    """The parser's calls at an element's start and end, which watch how deep it lies."""
    depth = 0
    started, ended = elements.start, elements.end
    known: dict[str, str] = {}

    def usual(name: str) -> str:
        if name not in known:
            namespace, _, bare = name.rpartition("}")
            known[name] = f"{prefixes[namespace]}:{bare}" if namespace in prefixes else name
        return known[name]

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise NotAWorkbook(BOMB)
        started(usual(name), {usual(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        ended(usual(name))

    return start, end
