"""Files written whole beside their places, and what they may be called."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from ragtool.errors import RagtoolError

Writer = Callable[[BinaryIO], object]

PREFIX = ".ragtool-"
"""How the names of all files begin that a run keeps beside its outputs while it is at work."""

LONGEST_NAME = 180
"""Bytes of a name inside a file's name. File systems take 255, and a quarter and an ending stand beside it."""


def these_bytes(data: bytes) -> Writer:
    """What writes bytes that are there already."""
    return lambda file: file.write(data)


def write_whole(target: Path, beside: Path, write: Writer) -> None:
    """Lets `write` make what is to go to `target`, in memory, so that nothing half made is left open when the disk is
    full; then writes it to `beside`. Raises RagtoolError where it can't be written.
    """
    held = BytesIO()
    write(held)
    try:
        with beside.open("wb") as file:  # over what a process that was ended left there: its work is done again
            file.write(held.getbuffer())
    except OSError as problem:
        raise RagtoolError(cannot_write(target, problem)) from None


def open_to_change(path: Path) -> None:
    """Opens a file as if to change it. Raises OSError where another program holds it, or it is read-only."""
    with path.open("r+b"):
        pass


def make_folders(folder: Path, target: Path) -> list[Path]:
    """Makes the folder that `target` is to stand in, and those above it; those that weren't there, the innermost first.

    Raises RagtoolError where they can't be made.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise RagtoolError(cannot_write(target, problem)) from None
    return missing


def remove_empty(folders: Iterable[Path]) -> None:
    """Removes those of these folders that are empty."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def cannot_write(target: Path, problem: OSError) -> str:
    """Why a file can't be written, and what to do."""
    if isinstance(problem, PermissionError):
        return f"{target} can't be written: it is open in another program, or read-only. Close it and run again."
    if isinstance(problem, FileExistsError | NotADirectoryError):
        return f"{target} can't be written: a file stands where its folder should be. Move that file away."
    if isinstance(problem, IsADirectoryError):
        return f"{target} can't be written: a folder of that name stands there. Move that folder away."
    if problem.errno == errno.ENAMETOOLONG:
        return f"{target} can't be written: its name is too long. Use a folder with a shorter path."
    return f"{target} can't be written ({problem.strerror or problem}). Check the disk's space and the network drive."


def unique_names(names: Iterable[str]) -> Iterator[str]:
    """Each name as it can stand in a file's name; those that a file system would confuse get a number."""
    taken: set[str] = set()
    for name in names:
        number, unique = 1, file_name(name)
        while unique.casefold() in taken:
            number += 1
            unique = f"{file_name(name)} ({number})"
        taken.add(unique.casefold())
        yield unique


def file_name(name: str) -> str:
    """A name as it can stand in a file's name on every system."""
    kept = "".join("-" if character in '<>:"/\\|?*' or ord(character) < 32 else character for character in name)
    return kept.encode()[:LONGEST_NAME].decode(errors="ignore").strip(" .") or "-"
