"""Annotated copies of returns: an officer's own workbook, each query marked where it is, to correct and send back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ragtool.errors import RagtoolError
from ragtool.model import Query
from ragtool.returns.marked.marked_copy import marked_copy
from ragtool.returns.marked.moved_queries import moved
from ragtool.returns.marked.standing_copies import CopyNames, copies_in, why_kept
from ragtool.workbooks.book import Book, SheetCells
from ragtool.workbooks.formats import Format
from ragtool.workbooks.opening import cells_of, read_bytes, read_into
from ragtool.workbooks.outputs import Outputs
from ragtool.workbooks.stored import Filling
from ragtool.workbooks.whole_files import Writer, these_bytes
from ragtool.workers import Run, in_turn

MARKABLE = (Format.XLSX, Format.XLSM)

Refill = Callable[[str], Writer | None]
"""Given a return's file name, what writes a fresh template filled with what was read of it; None where nothing can."""


@dataclass(frozen=True)
class Annotated:
    """What became of one return's copy: where it stands, None where there is none, and what a person must be told."""

    file: str
    copy: Path | None
    remark: str = ""


def annotate_returns(
    received: Mapping[str, Path],
    queries: Sequence[Query],
    folder: Path,
    refill: Refill,
    outputs: Outputs,
    books: Mapping[str, Book | None] = MappingProxyType({}),
    run: Run = in_turn,
) -> list[Annotated]:
    """Writes a copy with the queries marked for each return that has any, to go to `folder` with `outputs`.

    `received` are the returns by file name, as the queries call them; queries about other files are passed over.
    `books` are those that have been read, by the same names, None where that failed: they aren't read again unless they
    have changed. A copy that nobody edited is replaced, or removed where its return no longer has queries or is gone;
    one that is edited or open in another program is never touched. `run` marks the returns. Raises RagtoolError where
    one can't be written.
    """
    standing = list(copies_in(folder, outputs))
    for copy in standing:
        if copy.file not in received and not copy.kept and not (folder.parent / copy.file).exists():
            outputs.remove(copy.path)
    by_file: dict[str, list[Query]] = {}
    for query in queries:
        by_file.setdefault(query.file, []).append(query)
    closed = {file for file, book in books.items() if book is None}
    to_mark = {
        file: ToMark(path, by_file[file], books.get(file))
        for file, path in received.items()
        if file in by_file and file not in closed
    }
    marked = run(mark, list(to_mark.values()))
    names = CopyNames(folder, received, standing, outputs)
    annotated: list[Annotated] = []
    for file in received:
        earlier = names.standing.get(file, [])
        replaced = [copy.path for copy in earlier if not copy.kept]
        kept = [copy for copy in earlier if copy.kept]
        made, why_not, cells = (
            next(marked) if file in to_mark else Attempted(b"", cannot_be_read(file) if file in closed else "")
        )
        if made is None:
            made, why_not = refilled(to_mark[file], cells, refill, why_not)
        target = None
        if made:
            same = [copy for copy in kept if copy.sha256 == hashlib.sha256(made).hexdigest()]
            kept = [copy for copy in kept if copy not in same]
            target = same[0].path if same else names.free(file, replaced)
            if not same:
                outputs.write(target, these_bytes(made))
        for stale in replaced:
            if stale != target:
                outputs.remove(stale)
        if file in by_file or kept:
            annotated.append(Annotated(file, target, why_not or why_kept(kept, target)))
    return annotated


@dataclass(frozen=True)
class ToMark:
    """A return that is to be marked, and what is asked about it; `book` is what it holds, where it has been read."""

    path: Path
    queries: Sequence[Query]
    book: Book | None


class Attempted(NamedTuple):
    """A return's copy, or why there is none: empty where it can't be read, None where it can't be marked as it is.

    `cells` are what was read of one that can't be marked, so that it isn't read again.
    """

    made: bytes | None
    why_not: str = ""
    cells: Mapping[str, SheetCells] | None = None


def mark(each: ToMark) -> Attempted:
    """Marks a return in a copy."""
    try:
        data = read_bytes(each.path)
        form, cells = read_again(data, each.book)
    except RagtoolError as fault:
        return Attempted(b"", str(fault))
    except Exception:  # noqa: BLE001 - its query says what is wrong with it
        return Attempted(b"", cannot_be_read(each.path.name))
    try:
        if form in MARKABLE:
            return Attempted(marked_copy(data, each.queries, each.path.name, cells=cells))
    except Exception:  # noqa: BLE001, S110 - what this workbook breaks can't be listed; a fresh one takes its place
        pass
    return Attempted(None, cannot_be_marked(each.path.name, form), None if each.book else cells)


def refilled(each: ToMark, cells: Mapping[str, SheetCells] | None, refill: Refill, why_not: str) -> tuple[bytes, str]:
    """The bytes of a fresh template filled with what was read of a return and marked; or none, and why."""
    file = each.path.name
    writer = refill(file)
    if writer is None:
        return b"", why_not
    fresh = written(writer)
    what = f"This is a fresh template filled with what could be read of {file}: look it through first."
    try:
        cells, blank = cells or read_again(read_bytes(each.path), each.book)[1], cells_of(fresh)
        return marked_copy(fresh, moved(each.queries, cells, blank), file, what, blank), ""
    except Exception:  # noqa: BLE001 - a copy that can't be made is said, and stops nothing else
        return b"", f"What is wrong in {file} is too much to be marked in a copy of it; the queries are listed."


def cannot_be_read(file: str) -> str:
    """That there is no copy of a return, whose query says what is wrong with it."""
    return f"{file} can't be read, so there is no copy of it to mark."


def cannot_be_marked(file: str, form: Format) -> str:
    """That there is no copy of a return of which no fresh template can be filled, and what to do."""
    if form not in MARKABLE:
        return f"{file} can't be marked as it is; save it as .xlsx in Excel and check that."
    return (
        f"{file} can't be marked as it is, so there is no copy; the queries are listed. Copy what was typed into a "
        "fresh return from the templates, and check that."
    )


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
