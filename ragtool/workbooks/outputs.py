"""The outputs of a run: all are written beside their places, and only then are they put in, all of them or none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from ragtool.errors import RagtoolError
from ragtool.workbooks.journal import Journal
from ragtool.workbooks.putting_in import put_all_in, uninterrupted
from ragtool.workbooks.steps import Stamp, Step, stamp_of
from ragtool.workbooks.whole_files import Writer, make_folders, remove_empty, these_bytes, write_whole


class Outputs:
    """What a run puts in place and takes away, in this order. What isn't put in is removed when the run ends.

    A place where nothing stood is never written over, and one that is written over must be as it was when it was
    looked at. `homes` are the folders in which no other run is at work.
    """

    def __init__(self, homes: Sequence[Path] = ()) -> None:
        self.mark = os.urandom(4).hex()
        self.homes = homes
        self.seen: dict[Path, Stamp | None] = {}
        self.steps: list[Step] = []
        self.taken: set[str] = set()
        self.made: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        for step in self.steps:
            step.clear()
        remove_empty(self.made)  # a folder that is still empty was made for nothing

    def look(self, place: Path) -> bool:
        """Looks at what stands in a place, before it is decided what becomes of it; says whether anything does."""
        if place not in self.seen:
            self.seen[place] = stamp_of(place)
        return self.seen[place] is not None

    def look_again(self) -> None:
        """Raises RagtoolError where something else stands in a place than when it was looked at."""
        for place, standing in self.seen.items():
            if stamp_of(place) != standing:
                raise RagtoolError(f"{place} was changed while ragtool was at work, so nothing was written. Run again.")

    def beside(self, target: Path, removes: bool = False) -> Path:
        """Where to write, with `write_whole` and in whatever process, what is to go to `target`."""
        self.look(target)
        self.make_folder(target.parent, target)
        self.add(Step(target, self.mark, len(self.steps), self.seen[target], removes=removes))
        return self.steps[-1].beside

    def write(self, target: Path, write: Writer) -> None:
        """Lets `write` make what is to go to `target`. Raises RagtoolError where it can't be written."""
        write_whole(target, self.beside(target), write)

    def remove(self, target: Path) -> None:
        """Takes a file away together with what is put in."""
        if self.look(target) and not self.takes(target):
            write_whole(target, self.beside(target, removes=True), these_bytes(b""))

    def add(self, step: Step) -> None:
        """Adds what is to be done in a place."""
        self.steps.append(step)
        self.taken.add(str(step.target).casefold())

    def takes(self, place: Path) -> bool:
        """Whether something is to be done in a place, by whatever case it is named."""
        return str(place).casefold() in self.taken

    def make_folder(self, folder: Path, target: Path) -> None:
        """Makes the folder that `target` is to stand in, and those above it."""
        self.made = make_folders(folder, target) + self.made

    def put_in(self) -> None:
        """Puts all in, the last one last. Raises RagtoolError where one can't be: then all are as they were."""
        steps = [each if each.removes else replace(each, written=stamp_of(each.beside)) for each in self.steps]
        for step in steps:
            step.try_place()
        if steps:
            journal = Journal(self.mark, tuple(self.homes), tuple(steps)) if self.homes else None
            with uninterrupted():
                if journal:
                    journal.write()
                self.steps = []  # from here on they are cleared away there, or kept for the next run
                put_all_in(steps, journal)
        self.taken, self.made = set(), []


def put(target: Path, write: Writer) -> None:
    """Lets `write` make a file, and puts it to `target`, over what stands there; a failure leaves that as it was.

    Raises RagtoolError where it can't be written or `target` is open in another program.
    """
    with Outputs() as outputs:
        outputs.write(target, write)
        outputs.put_in()
