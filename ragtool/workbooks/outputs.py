"""The outputs of a run: all are written beside their places, and only then are they put in, all of them or none."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from ragtool.errors import RagtoolError
from ragtool.workbooks.putting_in import Stamp, Step, put_all_in, stamp_of
from ragtool.workbooks.whole_files import Writer, cannot_write, write_whole


class Outputs:
    """What a run puts in place and takes away, in this order. What isn't put in is removed when the run ends.

    A place where nothing stood is never written over, and one that is written over must be as it was when it was
    looked at.
    """

    def __init__(self) -> None:
        self.mark = os.urandom(4).hex()
        self.seen: dict[Path, Stamp | None] = {}
        self.steps: list[Step] = []
        self.taken: set[str] = set()
        self.made: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # the drive may be gone by now; what went wrong first is what counts
            for step in self.steps:
                step.beside.unlink(missing_ok=True)
            for folder in reversed(self.made):  # a folder that is still empty was made for nothing
                folder.rmdir()

    def look(self, place: Path) -> bool:
        """Looks at what stands in a place, before it is decided what becomes of it; says whether anything does."""
        if place not in self.seen:
            self.seen[place] = stamp_of(place)
        return self.seen[place] is not None

    def beside(self, target: Path) -> Path:
        """Where to write, with `write_whole` and in whatever process, what is to go to `target`."""
        self.look(target)
        self.make_folder(target.parent, target)
        self.add(Step(target, self.mark, len(self.steps), self.seen[target]))
        return self.steps[-1].beside

    def write(self, target: Path, write: Writer) -> None:
        """Lets `write` make what is to go to `target`. Raises RagtoolError where it can't be written."""
        write_whole(target, self.beside(target), write)

    def remove(self, target: Path) -> None:
        """Takes a file away together with what is put in."""
        if self.look(target) and not self.takes(target):
            self.add(Step(target, self.mark, len(self.steps), self.seen[target], removes=True))

    def add(self, step: Step) -> None:
        """Adds what is to be done in a place."""
        self.steps.append(step)
        self.taken.add(str(step.target).casefold())

    def takes(self, place: Path) -> bool:
        """Whether something is to be done in a place, by whatever case it is named."""
        return str(place).casefold() in self.taken

    def make_folder(self, folder: Path, target: Path) -> None:
        """Makes the folder that `target` is to stand in, and those above it."""
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise RagtoolError(cannot_write(target, problem)) from None
        self.made += reversed(missing)

    def put_in(self) -> None:
        """Puts all in, the last one last. Raises RagtoolError where one can't be: then all are as they were."""
        steps = [each if each.removes else replace(each, written=stamp_of(each.beside)) for each in self.steps]
        put_all_in(steps, self.mark)
        self.steps, self.taken, self.made = [], set(), []


def put(target: Path, write: Writer) -> None:
    """Lets `write` make a file, and puts it to `target`, over what stands there; a failure leaves that as it was.

    Raises RagtoolError where it can't be written or `target` is open in another program.
    """
    with Outputs() as outputs:
        outputs.write(target, write)
        outputs.put_in()
