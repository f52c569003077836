"""One run at a time in a folder: each holds a lock that the system takes from it when it ends, however it does."""

from __future__ import annotations

import errno
import os
import platform
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from ragtool.commands.folder import PANELS, QUERIES, RETURNS
from ragtool.errors import RagtoolError
from ragtool.workbooks.journal import Journal, journals_in
from ragtool.workbooks.outputs import Outputs
from ragtool.workbooks.putting_in import clear_away, finish
from ragtool.workbooks.whole_files import PREFIX, make_folders, remove_empty

LOCK = f"{PREFIX}at-work"
"""The file that is locked; it says who is at work."""

HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
"""What the systems say where another run holds the lock."""

FAR = 1 << 30
"""The byte that is locked on Windows, beyond the text, which the others couldn't read."""

OUTPUTS_IN = ((), (RETURNS,), (RETURNS, QUERIES), (QUERIES,), (PANELS,))
"""The folders of a quarter folder, or of one of returns, in which runs put their outputs."""


@contextmanager
def alone_in(*folders: Path) -> Iterator[Outputs]:
    """Keeps other runs out of these folders, and first finishes there what a run that was killed had begun; gives the
    outputs of this one.

    Raises RagtoolError where another run is at work in one of them. A folder that can't be written to, or whose drive
    knows no locks, is used without.
    """
    with locked(folders) as homes:
        begun = (journal for home in homes for journal in journals_in(home))
        waiting = [f"{PREFIX}{journal.mark}" for journal in begun if must_wait(journal, homes)]
        for folder in (home.joinpath(*names) for home in homes for names in OUTPUTS_IN):
            if folder in homes or is_left(folder / LOCK):
                clear_away(folder, keep=[LOCK, *waiting])
        with Outputs(homes) as outputs:
            yield outputs


@contextmanager
def alone_in_new(folder: Path, *others: Path) -> Iterator[Outputs]:
    """Makes a folder where there is none, and keeps other runs out of it and of the others; one that stays empty is
    removed again.
    """
    made = make_folders(folder, folder)
    try:
        with alone_in(*others, folder) as outputs:
            yield outputs
    finally:
        remove_empty(made)


@contextmanager
def locked(folders: Iterable[Path]) -> Iterator[tuple[Path, ...]]:
    """Locks folders; gives those in which that was possible."""
    held: dict[Path, int] = {}
    try:
        for folder in dict.fromkeys(each.resolve() for each in folders if each.is_dir()):
            handle = take(folder / LOCK)
            if handle is not None:
                held[folder] = handle
        yield tuple(held)
    finally:
        for folder, handle in held.items():
            leave(folder / LOCK, handle)


def must_wait(journal: Journal, homes: Sequence[Path]) -> bool:
    """Finishes what a run that was killed had begun, but where it must wait for a folder that isn't there; says whether
    it must. Other runs are kept out of `homes` already.
    """
    if not journal.homes[0].is_dir():
        return True
    if not journal.way:
        return False
    with locked(sorted({each.resolve() for each in journal.homes} - {*homes})):
        finish(journal)
    return journal.is_out_of_reach


def take(lock: Path) -> int | None:
    """Locks a file, which is made where there is none; None where that isn't possible there."""
    while True:
        try:
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError:
            return None
        try:
            hold(handle)
            if not is_same(handle, lock):  # the run that had it removed it at this moment
                os.close(handle)
                continue
        except OSError as problem:
            os.close(handle)
            if problem.errno in HELD:
                raise RagtoolError(
                    f"Another run of ragtool is at work in {lock.parent}{who(lock)}. Wait until it has ended, then "
                    "run again."
                ) from None
            return None
        sign(handle)
        return handle


def is_left(lock: Path) -> bool:
    """Whether nobody is at work in a folder inside; the lock that a killed run left there is removed."""
    try:
        if lock.exists() and (handle := take(lock)) is not None:
            leave(lock, handle)
    except RagtoolError:
        return False
    return True


def hold(handle: int) -> None:
    """Locks an open file, without waiting; the system unlocks it when this process ends."""
    if os.name == "nt":
        msvcrt: Any = import_module("msvcrt")
        os.lseek(handle, FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_same(handle: int, path: Path) -> bool:
    """Whether an open file is still the one of this name."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def sign(handle: int) -> None:
    """Says in the lock who holds it and since when."""
    user = next((os.environ[name] for name in ("USERNAME", "USER", "LOGNAME") if os.environ.get(name)), "somebody")
    now = datetime.now()
    text = f"{user} on {platform.node() or 'this computer'}, since {now:%H:%M} on {now.day} {now:%B %Y}"
    with suppress(OSError):  # the run itself will find that the disk is full
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, text.encode())


def who(lock: Path) -> str:
    """Who holds a lock and since when, as a part of a sentence; empty where that can't be told."""
    time.sleep(0.2)  # it may just have been taken, and not be signed yet
    try:
        with lock.open(encoding="utf-8", errors="replace") as file:
            text = file.read(200)
    except OSError:
        return ""
    return f" ({text})" if text.isprintable() and text else ""


def leave(lock: Path, handle: int) -> None:
    """Gives a lock back. Where others may open it in between it is removed first; Windows removes no open file."""
    with suppress(OSError):
        if os.name != "nt":
            lock.unlink()
    with suppress(OSError):
        os.close(handle)
    with suppress(OSError):
        if os.name == "nt":
            lock.unlink()
