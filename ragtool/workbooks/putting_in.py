"""Files put in their places together: all of them or none, whatever fails and whenever the run is ended.

What stands in a place is kept aside until all are in. A journal says what is to be put in, so that the next run can
finish what a run that was killed had begun.
"""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ragtool.errors import RagtoolError
from ragtool.workbooks.whole_files import PREFIX, cannot_write

WRITING, EARLIER = ".writing", ".earlier"
"""How the names end of what is to be put in, and of what stood in its place."""

FORWARD, BACK = ".putting-in", ".putting-back"
"""How the names of journals end: of what is to be put in, and of what is to be put back since one couldn't be."""

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
        """What is to be put in."""
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
            with self.target.open("r+b"):
                pass
        except OSError as problem:
            raise RagtoolError(cannot_write(self.target, problem)) from None

    def look_again(self) -> None:
        """Raises RagtoolError where something else stands in the place than when it was looked at."""
        if stamp_of(self.target) != self.standing:
            how = "appeared" if self.standing is None else "was changed"
            raise RagtoolError(
                f"{self.target} {how} while ragtool was at work, so it is kept, and nothing was written. Run again."
            )

    def do(self) -> None:
        """Puts the file in, or takes it away."""
        self.look_again()
        try:
            if self.standing is not None:
                set_aside(self.target, self.aside)
            self.go_on()
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
        if (self.aside if self.removes else self.beside).exists() and (there == self.standing or moved):
            try:
                self.go_on()
            except OSError as problem:
                raise RagtoolError(cannot_write(self.target, problem)) from None

    def undo(self) -> None:
        """Puts what stood there back, unless somebody else has changed it since."""
        there = stamp_of(self.target)
        if there == self.standing:
            return
        if self.aside.exists():
            if there in (None, self.written):
                self.aside.replace(self.target)
        elif self.standing is None and there == self.written:
            self.target.unlink()


def set_aside(path: Path, aside: Path) -> None:
    """Gives a file a second name, so that it stays in place too; it is moved where the drive knows one name only."""
    try:
        os.link(path, aside)
    except (OSError, NotImplementedError):  # a drive that knows one name only
        path.replace(aside)


def move_to_free_place(path: Path, target: Path) -> None:
    """Moves a file to where nothing stands; where something appeared at this very moment, raises FileExistsError."""
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a drive that knows one name only
        if os.name != "nt" and target.exists():  # Windows never moves a file over another
            raise FileExistsError from None
        path.rename(target)
    else:
        with suppress(OSError):  # it is in place; its other name is cleared away by the next run
            path.unlink()


def put_all_in(steps: Sequence[Step], mark: str) -> None:
    """Tries every place, then puts all in. Raises RagtoolError where one can't be: then all are as they were."""
    for step in steps:
        step.try_place()
    if not steps:
        return
    with uninterrupted():
        journal = write_journal(steps, mark) if len(steps) > 1 else None
        try:
            for step in steps:
                step.do()
        except BaseException as problem:
            put_back(steps, journal, problem)
            raise
        clear(steps, journal)


def put_back(steps: Sequence[Step], journal: Path | None, problem: BaseException) -> None:
    """Puts all back as they were. Raises RagtoolError where that can't be done either."""
    try:
        if journal:
            journal = journal.replace(journal.with_suffix(BACK))
        for step in reversed(steps):
            step.undo()
    except (OSError, RagtoolError):
        why = str(problem) if isinstance(problem, RagtoolError) else f"Not all could be written ({problem})."
        raise RagtoolError(
            f"{why} Some outputs are new already and couldn't be put back: when the drive can be written to, run "
            "again, which puts them right."
        ) from None
    clear(steps, journal)


def clear(steps: Iterable[Step], journal: Path | None) -> None:
    """Removes the journal, then what was kept aside; what can't be removed is left to the next run."""
    for path in [*([journal] if journal else []), *(step.aside for step in steps)]:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def write_journal(steps: Sequence[Step], mark: str) -> Path:
    """Says what is to be put in, in the folder of the last, where the next run looks for it."""
    folder = steps[-1].target.parent
    rows = [[relative(step.target, folder), step.number, step.standing, step.written, step.removes] for step in steps]
    journal, beside = folder / f"{PREFIX}{mark}{FORWARD}", folder / f"{PREFIX}{mark}{WRITING}"
    try:
        beside.write_text(json.dumps(rows), encoding="utf-8")
        return beside.replace(journal)
    except OSError as problem:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise RagtoolError(cannot_write(steps[-1].target, problem)) from None


def relative(path: Path, folder: Path) -> str:
    """A path as it is seen from a folder, which may be called otherwise by the next run; another drive's in full."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return str(path.absolute())


def read_journal(journal: Path) -> list[Step]:
    """What a journal says. It names targets alone: what is put in must stand beside them under the run's own names."""
    mark = journal.stem.removeprefix(PREFIX)
    try:
        return [
            Step(journal.parent / target, mark, int(number), stamp(standing), stamp(written), bool(removes))
            for target, number, standing, written, removes in json.loads(journal.read_text(encoding="utf-8"))
        ]
    except (ValueError, TypeError):  # it isn't ours
        return []


def stamp(stored: list[int] | None) -> Stamp | None:
    """A stamp as a journal keeps it."""
    return None if stored is None else (int(stored[0]), int(stored[1]))


def finish_begun(folders: Iterable[Path], keep: Iterable[Path] = ()) -> None:
    """Finishes what runs that were ended had begun in these folders, and clears away what they left, but for `keep`.

    No other run may be at work there. Raises RagtoolError where an output can't be put in yet.
    """
    there = [folder for folder in folders if folder.is_dir()]
    for folder in there:
        for journal in sorted(folder.glob(f"{PREFIX}*{BACK}")) + sorted(folder.glob(f"{PREFIX}*{FORWARD}")):
            steps = read_journal(journal)
            with uninterrupted():
                for step in steps:
                    step.undo() if journal.suffix == BACK else step.finish()
                clear(steps, journal)
    for folder in there:
        for left in folder.glob(f"{PREFIX}*"):
            if left not in keep:
                with suppress(OSError):
                    left.unlink()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Lets Ctrl-C wait until this is at its end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    if asked:
        raise KeyboardInterrupt
