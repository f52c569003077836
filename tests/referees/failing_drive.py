"""Commands whose drive fails at the n-th operation, for each n: all outputs are in or none, with one true sentence."""

from __future__ import annotations

import argparse
import errno
import io
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self
from unittest.mock import patch

from ragtool.commands.folder import QUERIES
from referees.attempts import COMMANDS, Attempts, differing, run_quietly, tree_of

FAULTS = {
    "full": OSError(errno.ENOSPC, "No space left on device"),
    "locked": PermissionError(errno.EACCES, "Permission denied"),
    "vanished": OSError(errno.EIO, "Input/output error"),
}
"""How a drive fails; one that has vanished fails from then on."""

CHANGING = ("replace", "rename", "link", "unlink", "mkdir", "rmdir")
LOOKING = ("listdir", "scandir", "stat", "lstat")

COULD_NOT_PUT_BACK = "could be put back as they were"


class Drive:
    """The file system beneath a folder, which fails at one operation that changes something."""

    def __init__(self, folder: Path, fails_at: int, fault: str) -> None:
        self.folder, self.fails_at, self.fault = str(folder), fails_at, fault
        self.operations = 0

    def change(self, path: object) -> None:
        """Counts an operation, or fails it."""
        if str(path).startswith(self.folder):
            self.operations += 1
            if self.operations == self.fails_at:
                raise FAULTS[self.fault]
            self.look(path)

    def look(self, path: object) -> None:
        """Fails where the drive has vanished."""
        if str(path).startswith(self.folder) and self.fault == "vanished" and self.operations > self.fails_at:
            raise FAULTS[self.fault]
        if str(path).startswith(self.folder) and self.fault == "vanished" and self.operations == self.fails_at:
            raise FAULTS[self.fault]

    def wrapped(self, function: Callable[..., Any], count: Callable[[object], None]) -> Callable[..., Any]:
        """An operation of the system that fails as the drive does."""

        def call(path: object, *arguments: Any, **options: Any) -> Any:
            count(path)
            return function(path, *arguments, **options)

        return call

    def open(self, path: object, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        """Opens a file, which fails as the drive does when it is opened and when it is written to."""
        if not set(mode) & set("wxa+"):
            self.look(path)
            return OPEN(path, mode, *arguments, **options)  # type: ignore[call-overload]
        self.change(path)
        file = OPEN(path, mode, *arguments, **options)  # type: ignore[call-overload]
        return Written(file, self, path) if "x" in mode or "w" in mode else file

    def open_handle(self, path: object, flags: int, *arguments: Any, **options: Any) -> int:
        """Opens a file by number."""
        (self.change if flags & os.O_CREAT else self.look)(path)
        return OPEN_HANDLE(path, flags, *arguments, **options)  # type: ignore[arg-type]


class Written:
    """A file that is written to, on a drive that fails."""

    def __init__(self, file: Any, drive: Drive, path: object) -> None:
        self.file, self.drive, self.path = file, drive, path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write(self, data: Any) -> Any:
        """Writes half where the drive fails."""
        try:
            self.drive.change(self.path)
        except OSError:
            self.file.write(data[: len(data) // 2])
            raise
        return self.file.write(data)


OPEN, OPEN_HANDLE = io.open, os.open


class Failures:
    """The commands on drives that fail."""

    def __init__(self, attempts: Attempts) -> None:
        self.attempts = attempts

    def case(self, name: str, fails_at: int, fault: str) -> tuple[bool, list[str]]:
        """Whether the drive came to fail, and what is wrong afterwards."""
        self.attempts.undisturbed(name)
        with self.attempts.attempt(name) as (place, arguments):
            drive = Drive(place, fails_at, fault)
            changed: dict[str, Any] = {each: drive.wrapped(getattr(os, each), drive.change) for each in CHANGING}
            changed |= {each: drive.wrapped(getattr(os, each), drive.look) for each in LOOKING}
            with patch.multiple(os, open=drive.open_handle, **changed), patch.object(io, "open", drive.open):
                ended = run_quietly(arguments)
            problems = list(self.problems(name, place, ended.status, ended.said))
            return drive.operations >= fails_at, [f"{problem} ({ended.said.strip()})" for problem in problems]

    def problems(self, name: str, place: Path, status: int, said: str) -> Iterator[str]:
        """What is wrong after a run on a drive that failed."""
        now = {path: data for path, data in tree_of(place).items() if ".ragtool-" not in path}
        if "Traceback" in said or "fault of its own" in said:
            yield "a fault of its own"
        if status == 2:
            if said.count("\n") != 1:
                yield "more than a sentence"
            if COULD_NOT_PUT_BACK in said:
                yield from self.attempts.half_done(name, place)
            elif now != self.attempts.before and name != "demo":  # whose sample stays when its report can't be written
                yield "not all is as it was"
        else:
            after = self.attempts.undisturbed(name)
            if not all(
                QUERIES in path for path in differing(now, after)
            ):  # a marked copy that seems open in Excel is kept
                yield f"status {status}, and not all is as it is to be"
        yield from self.attempts.after_the_next_run(name, place)


def main(arguments: Sequence[str]) -> int:
    """Fails each operation of each command; status 1 where that brought something to light."""
    parser = argparse.ArgumentParser("python tests/referees failing_drive", description=__doc__.splitlines()[0])
    parser.add_argument("--command", choices=COMMANDS, action="append", help="which commands (default: all)")
    asked = parser.parse_args(arguments)
    wrong = cases = 0
    with tempfile.TemporaryDirectory() as folder:
        failures = Failures(Attempts(Path(folder)))
        for name in asked.command or COMMANDS:
            for fault in FAULTS:
                failed, fails_at = True, 0
                while failed:
                    fails_at += 1
                    failed, problems = failures.case(name, fails_at, fault)
                    wrong, cases = wrong + len(problems), cases + 1
                    for problem in problems:
                        print(f"{name}, {fault} at operation {fails_at}: {problem}")
    print(f"{cases} failures: {wrong} problems.")
    return 1 if wrong else 0
