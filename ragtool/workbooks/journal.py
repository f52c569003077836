"""What a run is to put in, said in its folders before it begins, so that the next run can finish what it had begun."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ragtool.errors import RagtoolError
from ragtool.workbooks.steps import WRITING, Stamp, Step
from ragtool.workbooks.whole_files import PREFIX, cannot_write

FORWARD, BACK = ".putting-in", ".putting-back"
"""How the names of journals end: of what is to be put in, and of what is to be put back since one couldn't be."""


@dataclass(frozen=True)
class Journal:
    """The steps of a run. The same stands in each of its `homes`, the folders in which it keeps other runs out.

    The one in the first of them decides: it is written last and removed first. Where it is gone, the run hadn't begun
    to put anything in, or was at its end.
    """

    mark: str
    homes: tuple[Path, ...]
    steps: tuple[Step, ...]

    def place(self, home: Path, way: str = FORWARD) -> Path:
        """Where it stands in one of its homes."""
        return home / f"{PREFIX}{self.mark}{way}"

    @property
    def way(self) -> str:
        """Whether the run is to be finished, `FORWARD` or `BACK`; empty where it isn't."""
        return next((way for way in (FORWARD, BACK) if self.place(self.homes[0], way).exists()), "")

    @property
    def is_out_of_reach(self) -> bool:
        """Whether one of its homes isn't there, as when a drive isn't connected."""
        return not all(home.is_dir() for home in self.homes)

    def write(self) -> None:
        """Writes it in each of its homes. Raises RagtoolError where it can't be: then it stands in none."""
        folders = {step.target.parent for step in self.steps}
        real = {folder: folder.resolve() for folder in folders}  # whatever link or drive's letter leads to it
        for home in reversed(self.homes):
            beside = home / f"{PREFIX}{self.mark}{WRITING}"
            try:
                beside.write_text(json.dumps(self.seen_from(home, real)), encoding="utf-8")
                beside.replace(self.place(home))
            except OSError as problem:
                with suppress(OSError):
                    beside.unlink(missing_ok=True)
                self.erase()
                raise RagtoolError(cannot_write(home, problem)) from None

    def seen_from(self, home: Path, real: Mapping[Path, Path]) -> dict[str, object]:
        """What it says in one of its homes, where `real` has the targets' folders by what they are called. It names
        targets alone: the other files must stand beside them, under the run's own names.
        """
        places = [relative(real[step.target.parent] / step.target.name, home) for step in self.steps]
        steps = [
            (place, step.number, step.standing, step.written, step.removes)
            for place, step in zip(places, self.steps, strict=True)
        ]
        return {"homes": [relative(each, home) for each in self.homes], "steps": steps}

    def turn_back(self) -> None:
        """Says that what was put in is to be put back."""
        self.place(self.homes[0]).replace(self.place(self.homes[0], BACK))

    def erase(self) -> None:
        """Removes it, in the first of its homes first."""
        for path in (self.place(self.homes[0], BACK), *map(self.place, self.homes)):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def relative(path: Path, folder: Path) -> str:
    """A path as it is seen from a folder, which may be called otherwise by the next run; another drive's in full."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return str(path.absolute())


def seen_in(home: Path, path: str) -> Path:
    """A path that is said as it is seen from a folder."""
    return Path(os.path.normpath(home / path))


def journals_in(home: Path) -> Iterator[Journal]:
    """The journals that stand in a folder; what is none is passed over."""
    for way in (FORWARD, BACK):
        for path in sorted(home.glob(f"{PREFIX}*{way}")):
            if journal := read_journal(path):
                yield journal


def read_journal(path: Path) -> Journal | None:
    """What a journal says, None where it is none."""
    home, mark = path.parent, path.stem.removeprefix(PREFIX)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        homes = tuple(seen_in(home, each) for each in kept["homes"])
        steps = tuple(
            Step(seen_in(home, target), mark, int(number), stamp(standing), stamp(written), bool(removes))
            for target, number, standing, written, removes in kept["steps"]
        )
    except (ValueError, TypeError, KeyError):  # it isn't ours
        return None
    return Journal(mark, homes, steps) if homes else None


def stamp(stored: list[int] | None) -> Stamp | None:
    """A stamp as a journal keeps it."""
    return None if stored is None else (int(stored[0]), int(stored[1]))
