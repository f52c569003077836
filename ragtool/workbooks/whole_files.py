"""Outputs put in place whole: written beside their target, then moved over it in one step."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from ragtool.errors import RagtoolError

Writer = Callable[[Path], object]

PREFIX, SUFFIX = ".ragtool-", ".writing"
"""How the names of files begin and end that are still being written."""

STALE = 3600
"""Seconds after which a file that is still being written was left by a run that was killed."""

LONGEST_NAME = 180
"""Bytes of a name inside a file's name. File systems take 255, and a quarter and an ending stand beside it."""


def put(target: Path, write: Writer) -> None:
    """Lets `write` make the file beside `target`, then puts it there; a failure leaves what was there as it was.

    Raises RagtoolError where the folder can't be written, the disk is full or `target` is open in another program.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        clear_away(target.parent)
        handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=SUFFIX, dir=target.parent)
        os.close(handle)
    except OSError as problem:
        raise RagtoolError(cannot_write(target, problem)) from None
    beside = Path(name)
    try:
        write(beside)
        beside.chmod(0o666 & ~current_umask())
        beside.replace(target)
    except FileCreateError as problem:  # XlsxWriter wraps what the system says
        cause = problem.args[0] if problem.args else problem
        raise RagtoolError(cannot_write(target, cause if isinstance(cause, OSError) else OSError(str(cause)))) from None
    except OSError as problem:
        raise RagtoolError(cannot_write(target, problem)) from None
    finally:
        with suppress(OSError):  # the drive may be gone by now; what went wrong first is what counts
            beside.unlink(missing_ok=True)


@cache
def clear_away(folder: Path) -> None:
    """Removes what runs that were killed left half written; a run looks through a folder once."""
    for left in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > STALE:
                left.unlink()


def current_umask() -> int:
    """The permissions that new files are made without; mkstemp makes its file private to its owner."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


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
