"""One file that is put in its place or taken away: tried, done, and finished or undone after a run that was ended."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ragtool.errors import RagtoolError
from ragtool.workbooks.whole_files import PREFIX, cannot_write, open_to_change

WRITING, EARLIER = ".writing", ".earlier"
"""How the names end of what is to be put in, and of what stood in its place."""

Stamp = tuple[int, int]
"""By which it is told that a file is still the same: when it was changed, and its size."""


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of what stands in a place, None where nothing does."""
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        raise RagtoolError(cannot_write(path, problem)) from None
    return status.st_mtime_ns, status.st_size


@dataclass(frozen=True)
class Step:
    """A file that is to be put to `target`, or with `removes` taken away; `standing` is what may be replaced there.

    Its other files stand beside it, named by the run's `mark` and its own `number`; `written` is what is to be put in.
    """

    target: Path
    mark: str
    number: int
    standing: Stamp | None
    written: Stamp | None = None
    removes: bool = False

    @property
    def beside(self) -> Path:
        """What is to be put in; an empty file where something is to be taken away. Without it nothing is done."""
        return self.target.with_name(f"{PREFIX}{self.mark}-{self.number}{WRITING}")

    @property
    def aside(self) -> Path:
        """What stood in the place."""
        return self.target.with_name(f"{PREFIX}{self.mark}-{self.number}{EARLIER}")

    def try_place(self) -> None:
        """Raises RagtoolError where another program holds what is to be replaced, or has changed it since."""
        self.look_again()
        if self.standing is None:
            return
        try:
            if self.target.is_dir():
                raise IsADirectoryError
            open_to_change(self.target)
        except OSError as problem:
            raise RagtoolError(cannot_write(self.target, problem)) from None

    def look_again(self) -> None:
        """Raises RagtoolError where something else stands in the place than when it was looked at."""
        if stamp_of(self.target) != self.standing:
            raise self.not_as_it_was()

    def not_as_it_was(self) -> RagtoolError:
        """That something else stands in the place than when it was looked at."""
        if stamp_of(self.target) is None:
            return RagtoolError(f"{self.target} was moved or deleted while ragtool was at work. Run again.")
        how = "appeared" if self.standing is None else "was changed"
        return RagtoolError(f"{self.target} {how} while ragtool was at work, so it is kept. Run again.")

    def do(self) -> None:
        """Puts the file in, or takes it away."""
        self.look_again()
        try:
            if self.standing is not None:
                set_aside(self.target, self.aside)
            self.go_on()
        except FileExistsError:  # at this very moment
            raise self.not_as_it_was() from None
        except OSError as problem:
            raise RagtoolError(cannot_write(self.target, problem)) from None

    def go_on(self) -> None:
        """Puts the file in once what stood there is kept aside."""
        if self.removes:
            self.target.unlink(missing_ok=True)
        elif self.standing is None:
            move_to_free_place(self.beside, self.target)
        else:
            self.beside.replace(self.target)

    def finish(self) -> None:
        """Does what a run that was ended hadn't done. What somebody else put there since stays."""
        there = stamp_of(self.target)
        moved = there is None and self.standing is not None and self.aside.exists()
        if self.beside.exists() and (there == self.standing or moved):
            try:
                self.go_on()
            except FileExistsError:  # at this very moment, so it stays too
                return
            except OSError as problem:
                raise RagtoolError(cannot_write(self.target, problem)) from None

    def undo(self) -> None:
        """Puts what stood there back, unless somebody else has changed it since."""
        there = stamp_of(self.target)
        if there == self.standing:
            return
        try:
            if self.aside.exists():
                if there in (None, self.written):
                    self.aside.replace(self.target)
            elif self.standing is None and there == self.written:
                self.target.unlink()
        except OSError as problem:
            raise RagtoolError(cannot_write(self.target, problem)) from None

    def clear(self) -> None:
        """Removes what was kept aside and what wasn't put in; what can't be removed is left to the next run."""
        for path in (self.aside, self.beside):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def set_aside(path: Path, aside: Path) -> None:
    """Gives a file a second name, so that it stays in place too; it is moved where the drive knows one name only."""
    try:
        os.link(path, aside)
    except (OSError, NotImplementedError):  # since FAT and some shares give a file one name only
        path.replace(aside)


def move_to_free_place(path: Path, target: Path) -> None:
    """Moves a file to where nothing stands; where something appeared at this very moment, raises FileExistsError."""
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # as above: a drive that gives a file one name only
        if os.name != "nt" and target.exists():  # Windows never moves a file over another
            raise FileExistsError from None
        path.rename(target)
    else:
        with suppress(OSError):  # it is in place; its other name is cleared away by the next run
            path.unlink()
