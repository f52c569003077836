"""The files that a returns folder holds: each read on its own, so that a bad one never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ragtool.errors import RagtoolError
from ragtool.plan.plan import Plan
from ragtool.returns.found_sheets import about_sheet
from ragtool.returns.one_return import Return, read_return
from ragtool.returns.split_areas import SplitAreas
from ragtool.returns.whose_return import Owner, Refusal, name_as_text
from ragtool.workbooks.formats import EXTENSIONS
from ragtool.workbooks.opening import NotAWorkbook, open_book
from ragtool.workbooks.whole_files import PREFIX
from ragtool.workers import Run, in_turn


@dataclass(frozen=True)
class NotUsed:
    """A file that isn't used, why, and the service area whose return it is, where that is known and it `is_return`; or
    one that no reader `opens`.
    """

    file: str
    why: str
    area: str = ""
    is_return: bool = True
    opens: bool = True


FileRead = Return | Refusal | NotUsed
"""What a file is: a return, one that can't be used, or none."""

Files = Mapping[Path, FileRead]
"""What each file is, by its path."""


def return_files(folder: Path) -> list[Path]:
    """The files of the returns folder, by name; subfolders are ignored, and what a run keeps there while it is
    at work. Raises RagtoolError where there is none.
    """
    if not folder.is_dir():
        raise RagtoolError(f"There is no folder {folder}. Make the returns with: ragtool templates.")
    try:
        files = [path for path in folder.iterdir() if not (path.is_dir() or path.name.startswith(PREFIX))]
    except OSError as problem:
        why = problem.strerror or problem
        raise RagtoolError(
            f"{folder} can't be read ({why}). Check the folder or network drive, and run again."
        ) from None
    return sorted(files, key=lambda path: (path.name.casefold(), path.name))


def read_files(
    paths: Iterable[Path], plan: Plan | None, progress: Callable[[], None] = lambda: None, run: Run = in_turn
) -> Files:
    """Reads every file once; a return of another organisation than the plan's, or of no area of it, can't be used.

    `progress` is called once a file; `run` reads them.
    """
    named = list(paths)
    split = SplitAreas(plan) if plan else None
    files: dict[Path, FileRead] = {}
    for path, each in zip(named, run(partial(read_file, owner=Owner.of(plan) if plan else None), named), strict=True):
        files[path] = split.held_by(each) if split and isinstance(each, Return) else each
        progress()
    return files


def read_file(path: Path, owner: Owner | None) -> FileRead:
    """What a file is: a return, one that can't be used, or none."""
    if stranger := why_no_return(path):
        return NotUsed(name_as_text(path), stranger)
    try:
        return read_return(path, owner)
    except Refusal as refusal:
        return refusal


def why_no_return(path: Path) -> str:
    """Why a file is passed over, or an empty text. One whose name isn't a workbook's may be one all the same."""
    if path.is_symlink() and not path.exists():
        return "It is a link to a file that isn't there. Put the file itself there."
    if path.exists() and not (path.is_file() or path.is_dir()):
        return "It is no file but a connection between programs, which holds nothing to read."
    if path.name.startswith("~$"):
        return "It is a lock file that Excel keeps while a workbook is open."
    if path.name.startswith("."):
        return "It is a hidden file of the operating system."
    if path.suffix.casefold() in EXTENSIONS:
        return ""
    try:
        return "" if about_sheet(open_book(path)) else "It is a workbook, but no return made by ragtool."
    except NotAWorkbook as fault:
        return f"It is not a workbook. {fault}"
    except RagtoolError:
        return "It is not a workbook by its name, and it can't be opened."
