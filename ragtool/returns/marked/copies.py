"""Annotated copies of returns: an officer's own workbook, each query marked where it is, to correct and send back."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ragtool.errors import RagtoolError
from ragtool.model import Query
from ragtool.returns.marked.copy_digest import digest_of
from ragtool.returns.marked.marked_copy import AS_WRITTEN, COPY_OF, marked_copy
from ragtool.returns.marked.moved_queries import moved
from ragtool.workbooks.book import Book, SheetCells
from ragtool.workbooks.custom_properties import custom_properties
from ragtool.workbooks.formats import Format
from ragtool.workbooks.opening import cells_of, read_bytes, read_into
from ragtool.workbooks.package import Package
from ragtool.workbooks.stored import Filling
from ragtool.workbooks.whole_files import Writer, cannot_write, put

MARKABLE = (Format.XLSX, Format.XLSM)

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
    books: Mapping[str, Book] | None = None,
) -> list[Annotated]:
    """Writes a copy with the queries marked to `folder` for each return that has any.

    `received` are the returns by file name, as the queries call them; queries about other files are passed over.
    `books` are those that have been read, by the same names: they aren't read again unless they have changed. A copy
    that nobody edited is replaced, or removed where its return no longer has queries or is gone; an edited one is never
    touched. Raises RagtoolError where a copy can't be written.
    """
    standing = list(copies_in(folder))
    for copy in standing:
        if copy.file not in received and not copy.edited and not (folder.parent / copy.file).exists():
            remove(copy.path)
    done: list[Annotated] = []
    for file, path in received.items():
        mine = [query for query in queries if query.file == file]
        earlier = [copy for copy in standing if copy.file == file]
        unedited = [copy.path for copy in earlier if not copy.edited]
        edited = [copy.path for copy in earlier if copy.edited]
        made, why_not = make_copy(path, mine, refill, (books or {}).get(file)) if mine else (b"", "")
        target = None
        if made:
            taken = {copy.path.name.casefold() for copy in standing if copy.path not in unedited}
            taken |= {each.copy.name.casefold() for each in done if each.copy}
            target = free_path(folder, copy_name(file, received), taken, unedited)
            put(target, partial(Path.write_bytes, data=made))
        for stale in unedited:
            if stale != target:
                remove(stale)
        if mine or edited:
            done.append(Annotated(file, target, why_not or kept(edited, target)))
    return done


def make_copy(path: Path, queries: Sequence[Query], refill: Refill, book: Book | None) -> tuple[bytes, str]:
    """The bytes of a return's copy, or none and why; `book` is the return, where it has been read."""
    try:
        data = read_bytes(path)
        form, cells = read_again(data, book)
    except RagtoolError as fault:
        return b"", str(fault)
    except Exception:  # its query says what is wrong with it
        return b"", f"{path.name} can't be read, so there is no copy of it to mark."
    if form in MARKABLE:
        try:
            return marked_copy(data, queries, path.name, cells=cells), ""
        except Exception:  # what this workbook breaks can't be listed; a fresh one takes its place
            pass
    writer = refill(path.name)
    if writer is None:
        return b"", f"{path.name} can't be marked as it is; save it as .xlsx in Excel and check that."
    fresh = written(writer)
    what = f"This is a fresh template filled with what could be read of {path.name}: look it through first."
    try:
        blank = cells_of(fresh)
        return marked_copy(fresh, moved(queries, cells, blank), path.name, what, blank), ""
    except Exception:  # a copy that can't be made is said, and stops nothing else
        return b"", f"What is wrong in {path.name} is too much to be marked in a copy of it; the queries are listed."


def read_again(data: bytes, book: Book | None) -> tuple[Format, Mapping[str, SheetCells]]:
    """The format and the values of a return; what was read of it serves unless the file has changed since."""
    if book and book.sha256 == hashlib.sha256(data).hexdigest():
        return Format(book.format), book.sheets
    filling = Filling()
    return read_into(filling, data)[0], filling.sheets


def written(writer: Writer) -> bytes:
    """The bytes that a writer makes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fresh.xlsx"
        writer(path)
        return path.read_bytes()


def copies_in(folder: Path) -> Iterator[StandingCopy]:
    """The copies that stand in the folder; what isn't made by ragtool, or can't be told, counts as edited."""
    if not folder.is_dir():
        return
    for path in sorted(each for each in folder.iterdir() if each.is_file() and not each.name.startswith((".", "~$"))):
        try:
            data = read_bytes(path)
            properties = custom_properties(Package(data))
            edited = AS_WRITTEN not in properties or properties[AS_WRITTEN] != digest_of(data)
        except Exception:
            properties, edited = {}, True
        yield StandingCopy(path, properties.get(COPY_OF, ""), edited)


def copy_name(file: str, received: Mapping[str, Path]) -> str:
    """What a return's copy is called, without extension: as the return, unless another one is called so too."""
    stem, suffix = Path(file).stem, Path(file).suffix
    shared = [each for each in received if each != file and Path(each).stem.casefold() == stem.casefold()]
    return f"{stem} {suffix[1:].casefold()}" if shared and suffix.casefold() != ".xlsx" else stem


def free_path(folder: Path, name: str, taken: set[str], unedited: Sequence[Path]) -> Path:
    """Where a copy goes: over an unedited one of the same return, else the first free of `name`, `name (2)` ..."""
    number, path = 1, folder / f"{name}.xlsx"
    while path.name.casefold() in taken or (path.exists() and path not in unedited):
        number += 1
        path = folder / f"{name} ({number}).xlsx"
    return path


def kept(edited: Sequence[Path], target: Path | None) -> str:
    """What is said where somebody has edited a copy."""
    if not edited:
        return ""
    names = ", ".join(path.name for path in edited)
    if target is None:
        return f"{names} has been edited, so it is kept, although its return has no queries any more."
    return f"{names} has been edited, so it is kept; the new copy is {target.name}."


def remove(path: Path) -> None:
    """Removes a copy that is out of date. Raises RagtoolError where it is open in another program."""
    try:
        path.unlink(missing_ok=True)
    except OSError as problem:
        raise RagtoolError(cannot_write(path, problem)) from None
