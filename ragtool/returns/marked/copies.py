"""Annotated copies of returns: an officer's own workbook, each query marked where it is, to correct and send back."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from ragtool.errors import RagtoolError
from ragtool.model import Query
from ragtool.returns.marked.copy_digest import digest_of
from ragtool.returns.marked.marked_copy import AS_WRITTEN, COPY_OF, marked_copy
from ragtool.returns.marked.moved_queries import moved
from ragtool.workbooks.book import Book, SheetCells
from ragtool.workbooks.custom_properties import custom_properties
from ragtool.workbooks.formats import Format
from ragtool.workbooks.opening import cells_of, read_bytes, read_into
from ragtool.workbooks.outputs import Outputs
from ragtool.workbooks.package import Package
from ragtool.workbooks.stored import Filling
from ragtool.workbooks.whole_files import Writer, these_bytes
from ragtool.workers import Run, in_turn

MARKABLE = (Format.XLSX, Format.XLSM)

LONGEST_STEM, SHORTEST_STEM, LONGEST_PATH = 230, 30, 235
"""Bytes of a copy's name and characters of its path, so that a number and an extension have room after them."""

Refill = Callable[[str], Writer | None]
"""Given a return's file name, what writes a fresh template filled with what was read of it; None where nothing can."""


@dataclass(frozen=True)
class Annotated:
    """What became of one return's copy: where it stands, None where there is none, and what a person must be told."""

    file: str
    copy: Path | None
    remark: str = ""


@dataclass(frozen=True)
class StandingCopy:
    """A copy that stands in the folder: the return it was made of, and whether anyone has edited it since."""

    path: Path
    file: str
    edited: bool


def annotate_returns(
    received: Mapping[str, Path],
    queries: Sequence[Query],
    folder: Path,
    refill: Refill,
    outputs: Outputs,
    books: Mapping[str, Book] = MappingProxyType({}),
    run: Run = in_turn,
) -> list[Annotated]:
    """Writes a copy with the queries marked for each return that has any, to go to `folder` with `outputs`.

    `received` are the returns by file name, as the queries call them; queries about other files are passed over.
    `books` are those that have been read, by the same names: they aren't read again unless they have changed. A copy
    that nobody edited is replaced, or removed where its return no longer has queries or is gone; an edited one is never
    touched. `run` marks the returns. Raises RagtoolError where a copy can't be written.
    """
    standing = list(copies_in(folder, outputs))
    for copy in standing:
        if copy.file not in received and not copy.edited and not (folder.parent / copy.file).exists():
            outputs.remove(copy.path)
    by_file: dict[str, list[Query]] = {}
    for query in queries:
        by_file.setdefault(query.file, []).append(query)
    to_mark = {file: ToMark(path, by_file[file], books.get(file)) for file, path in received.items() if file in by_file}
    marked = run(mark, list(to_mark.values()))
    names = CopyNames(folder, received, standing, outputs)
    annotated: list[Annotated] = []
    for file in received:
        earlier = names.standing.get(file, [])
        unedited = [copy.path for copy in earlier if not copy.edited]
        edited = [copy.path for copy in earlier if copy.edited]
        made, why_not = next(marked) if file in to_mark else (b"", "")
        if made is None:
            made, why_not = refilled(to_mark[file], refill)
        target = None
        if made:
            target = names.free(file, unedited)
            outputs.write(target, these_bytes(made))
        for stale in unedited:
            if stale != target:
                outputs.remove(stale)
        if file in to_mark or edited:
            annotated.append(Annotated(file, target, why_not or kept(edited, target)))
    return annotated


@dataclass(frozen=True)
class ToMark:
    """A return that is to be marked, and what is asked about it; `book` is what it holds, where it has been read."""

    path: Path
    queries: Sequence[Query]
    book: Book | None


def mark(each: ToMark) -> tuple[bytes | None, str]:
    """The bytes of a return's copy; empty, and why, where it can't be read, None where it can't be marked as it is."""
    try:
        data = read_bytes(each.path)
        form, cells = read_again(data, each.book)
    except RagtoolError as fault:
        return b"", str(fault)
    except Exception:  # its query says what is wrong with it
        return b"", f"{each.path.name} can't be read, so there is no copy of it to mark."
    try:
        return marked_copy(data, each.queries, each.path.name, cells=cells) if form in MARKABLE else None, ""
    except Exception:  # what this workbook breaks can't be listed; a fresh one takes its place
        return None, ""


def refilled(each: ToMark, refill: Refill) -> tuple[bytes, str]:
    """The bytes of a fresh template filled with what was read of a return and marked; or none, and why."""
    file = each.path.name
    writer = refill(file)
    if writer is None:
        return b"", f"{file} can't be marked as it is; save it as .xlsx in Excel and check that."
    fresh = written(writer)
    what = f"This is a fresh template filled with what could be read of {file}: look it through first."
    try:
        cells, blank = read_again(read_bytes(each.path), each.book)[1], cells_of(fresh)
        return marked_copy(fresh, moved(each.queries, cells, blank), file, what, blank), ""
    except Exception:  # a copy that can't be made is said, and stops nothing else
        return b"", f"What is wrong in {file} is too much to be marked in a copy of it; the queries are listed."


def read_again(data: bytes, book: Book | None) -> tuple[Format, Mapping[str, SheetCells]]:
    """The format and the values of a return; what was read of it serves unless the file has changed since."""
    if book and book.sha256 == hashlib.sha256(data).hexdigest():
        return Format(book.format), book.sheets
    filling = Filling()
    return read_into(filling, data)[0], filling.sheets


def written(writer: Writer) -> bytes:
    """The bytes that a writer makes."""
    held = BytesIO()
    writer(held)
    return held.getvalue()


def copies_in(folder: Path, outputs: Outputs) -> Iterator[StandingCopy]:
    """The copies that stand in the folder; what isn't made by ragtool, or can't be told, counts as edited."""
    if not folder.is_dir():
        return
    for path in sorted(each for each in folder.iterdir() if each.is_file() and not each.name.startswith((".", "~$"))):
        outputs.look(path)  # what an officer saves from now on is kept
        try:
            data = read_bytes(path)
            properties = custom_properties(Package(data))
            edited = AS_WRITTEN not in properties or not digest_of(data).is_of(properties[AS_WRITTEN])
        except Exception:
            properties, edited = {}, True
        yield StandingCopy(path, properties.get(COPY_OF, ""), edited)


class CopyNames:
    """What the copies in a folder are called: `standing` are those of each return that are there already."""

    def __init__(
        self, folder: Path, received: Mapping[str, Path], standing: Sequence[StandingCopy], outputs: Outputs
    ) -> None:
        self.folder, self.outputs = folder, outputs
        self.standing: dict[str, list[StandingCopy]] = {}
        for copy in standing:
            self.standing.setdefault(copy.file, []).append(copy)
        self.stems = Counter(Path(file).stem.casefold() for file in received)
        self.taken = Counter(copy.path.name.casefold() for copy in standing)

    def stem(self, file: str) -> str:
        """What a return's copy is called, without extension: as the return, unless another one is called so too."""
        name, suffix = Path(file).stem, Path(file).suffix
        shared = self.stems[name.casefold()] > 1 and suffix.casefold() != ".xlsx"
        return shortened(f"{name} {suffix[1:].casefold()}" if shared else name, self.folder)

    def free(self, file: str, unedited: Sequence[Path]) -> Path:
        """Where a copy goes: over an unedited one of the same return, else the first free of `name`, `name (2)` ..."""
        own = Counter(path.name.casefold() for path in unedited)
        number, name = 1, self.stem(file)
        path = self.folder / f"{name}.xlsx"
        while self.is_taken(path, own) or (path not in unedited and self.outputs.look(path)):
            number += 1
            path = self.folder / f"{name} ({number}).xlsx"
        self.taken[path.name.casefold()] += 1
        return path

    def is_taken(self, path: Path, own: Mapping[str, int]) -> bool:
        """Whether a name is another copy's, of this quarter or of one that was checked before it."""
        return self.taken[path.name.casefold()] > own[path.name.casefold()] or self.outputs.takes(path)


def shortened(stem: str, folder: Path) -> str:
    """A name without its extension, cut where a copy could not have it: a name has at most 255 bytes, and on Windows a
    whole path 259 characters.
    """
    longest = (
        LONGEST_STEM if os.name != "nt" else max(SHORTEST_STEM, min(LONGEST_STEM, LONGEST_PATH - len(str(folder))))
    )
    return stem.encode()[:longest].decode(errors="ignore").rstrip(" .") if len(stem.encode()) > longest else stem


def kept(edited: Sequence[Path], target: Path | None) -> str:
    """What is said where somebody has edited a copy."""
    if not edited:
        return ""
    names = ", ".join(path.name for path in edited)
    if target is None:
        return f"{names} has been edited, so it is kept, although its return has no queries any more."
    return f"{names} has been edited, so it is kept; the new copy is {target.name}."
