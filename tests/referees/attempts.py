"""Commands on a small council's folders, and what must hold of these when a run has gone wrong at whatever moment."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import small_quarter
from ragtool.cli import run

QUARTER = "2013-14 Q2"

COMMANDS: dict[str, tuple[str, ...]] = {
    "consolidate": ("consolidate", QUARTER),
    "final": ("consolidate", QUARTER, "--final"),
    "printed": ("consolidate", QUARTER, "--pdf"),
    "another report": ("consolidate", QUARTER, "--output", f"{QUARTER}/other.xlsx"),
    "a report elsewhere": ("consolidate", QUARTER, "--output", "reports/new/report.xlsx"),
    "check": ("check", QUARTER),
    "check two folders": ("check", QUARTER, "returns elsewhere"),
    "templates": ("templates", QUARTER, "--quarter", "2013/14 Q3"),
    "next": ("next", QUARTER),
    "refresh": ("next", QUARTER, "made before"),
    "new": ("new", "made/here"),
    "demo": ("demo", "sample"),
}
"""Commands by what they do, their folders inside the council's."""

PRINTER = """#!/bin/sh
for each in "$@"; do case "$each" in *.xlsx) cp "$each" "${each%.xlsx}.pdf";; esac; done
"""
"""Stands in for LibreOffice, which takes seconds and writes other bytes in each run: a PDF is the workbook itself."""

Tree = dict[str, bytes]
"""All files of a folder, by their paths."""


@dataclass(frozen=True)
class Ended:
    """How a run ended: its status and what it said on stderr."""

    status: int
    said: str


class Attempts:
    """A council's folders as they are before each attempt, and what each command makes of them undisturbed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.base = folder, folder / "base"
        self.path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        (folder / "bin").mkdir()
        (folder / "bin" / "soffice").write_text(PRINTER)
        (folder / "bin" / "soffice").chmod(0o755)
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            home = small_quarter.build(self.base / QUARTER)
            run(["consolidate", str(home)])
            run(["next", str(home), str(self.base / "made before")])
            small_quarter.type_in(small_quarter.return_of(home), "Measures", "H3", 8)  # marked, and in all reports
            small_quarter.type_in(small_quarter.return_of(home), "Next milestones", "A3", "K1")
            (self.base / "returns elsewhere").mkdir()
            shutil.copy(small_quarter.return_of(home), self.base / "returns elsewhere")
            gone = small_quarter.return_of(home, small_quarter.FINANCE)
            small_quarter.type_in(gone, "Measures", "H3", 8)
            run(["check", str(gone)])
            gone.unlink()  # so that the report in place is kept, and the marked copy is taken away
        self.before = tree_of(self.base)
        self.after: dict[str, Tree] = {}
        self.again: dict[str, Tree] = {}

    @contextlib.contextmanager
    def attempt(self, name: str) -> Iterator[tuple[Path, list[str]]]:
        """A fresh copy of the folders, and the words of a command there."""
        place = self.folder / "attempt"
        shutil.copytree(self.base, place)
        try:
            with patch.dict(os.environ, PATH=self.path):
                yield place, words(name, place)
        finally:
            shutil.rmtree(place)

    def undisturbed(self, name: str) -> Tree:
        """What a command makes of the folders."""
        if name not in self.after:
            with self.attempt(name) as (place, arguments):
                assert run_quietly(arguments).status in (0, 1), name
                self.after[name] = tree_of(place)
                if "--final" in arguments:  # whose next run never replaces it, also where that has finished it first
                    run_quietly(arguments)
                    self.again[name] = tree_of(place)
        return self.after[name]

    def half_done(self, name: str, place: Path) -> Iterator[str]:
        """The files that are neither as they were nor as they are to be."""
        now, after = tree_of(place), self.undisturbed(name)
        for path in sorted({*now, *self.before, *after}):
            if ".ragtool-" not in path and now.get(path) not in (self.before.get(path), after.get(path)):
                yield f"{path} is neither as it was nor as it is to be"

    def after_the_next_run(self, name: str, place: Path) -> Iterator[str]:
        """What is wrong once the command was run again, undisturbed."""
        ended = run_quietly(words(name, place))
        if ended.status not in (0, 1) and "isn't overwritten" not in ended.said:
            yield f"the next run ends with {ended.status}: {ended.said}"
        now, after = tree_of(place), self.undisturbed(name)
        wrong = differing(now, after)
        if wrong and now != self.again.get(name):
            yield f"after the next run these are wrong: {', '.join(wrong)}"


def differing(now: Tree, expected: Tree) -> list[str]:
    """The files that aren't as they are expected to be, those that are missing and those that are too many included."""
    return sorted(path for path in {*now, *expected} if now.get(path) != expected.get(path))


def words(name: str, place: Path) -> list[str]:
    """A command's words, its folders in `place`."""
    command, *others = COMMANDS[name]
    return [command, *(str(place / word) if is_path(word) else word for word in others)]


def is_path(word: str) -> bool:
    """Whether a word of a command is a folder or file of the council's."""
    return not word.startswith("--") and word != "2013/14 Q3"


def run_quietly(arguments: list[str]) -> Ended:
    """Runs a command in this process."""
    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        status = run(arguments)
    return Ended(status, said.getvalue())


def tree_of(folder: Path) -> Tree:
    """All files of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
