"""Files made to take time or memory, each as a return, a plan and a previous report, given to what reads these.

    python tests/referees hostile --only "merged areas"

Each must be read or refused with a sentence, within the time and memory that docs/security.md promises.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from messy import unzipped
from officers import fill
from ragtool import columns as c
from ragtool.cli import run
from referees import hostile_books
from referees.every_column import build_every_column
from referees.hostile_books import BOOKS

MOST_SECONDS, MOST_MEMORY = 5.0, 300_000_000
"""What a file may take beyond what its place's own takes, of a processor and of memory."""

SIZES = (1_000_000, 150_000)
"""Of what a file has many of, how many are far too many, and about as many as are read."""

ROLES = {
    "return": ("quarter/returns/2013-14 Q2 Finance.xlsx", (("check", "quarter"),)),
    "plan": ("quarter/corporate_plan.xlsx", (("check", "quarter"), ("next", "quarter", "away"))),
    "previous report": ("following/previous.xlsx", (("templates", "following", "--quarter", "2013/14 Q3"),)),
}
"""Where a file is put, and which commands then read it."""


@dataclass(frozen=True)
class Cost:
    """What a command took, and how it ended."""

    seconds: float
    memory: int
    status: int
    said: str


class Places:
    """Two quarters in a row in a folder of their own, the first made by `build`, the second when it is asked for."""

    def __init__(self, folder: Path, build: Callable[[Path], object] = build_every_column) -> None:
        self.folder, self.base = folder / "now", folder / "base"
        self.base.mkdir()
        self.took: dict[str, list[Cost]] = {}
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            build(self.base / "quarter")
        fill(self.base / ROLES["return"][0], "Measures", {c.PERFORMANCE: "some"}, key="M3")  # so that it is marked

    def usual(self, role: str) -> list[Cost]:
        """What the commands take that read a place, with nothing hostile there."""
        home, following = self.base / "quarter", self.base / "following"
        if role != "return" and not following.exists():
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                run(["consolidate", str(home), "--quarter", "2013/14 Q2"])
                run(["next", str(home), str(following)])
        if role not in self.took:
            self.took[role] = list(self.costs(role, None))
        return self.took[role]

    def costs(self, role: str, data: bytes | None) -> Iterator[Cost]:
        """What each command takes with a file in a place."""
        place, commands = ROLES[role]
        for command in commands:
            shutil.copytree(self.base, self.folder)
            try:
                if data is not None:
                    (self.folder / place).write_bytes(data)
                yield run_measured(command, self.folder)
            finally:
                shutil.rmtree(self.folder)

    def made(self, name: str, role: str, many: int) -> bytes:
        """A file by its name, made from the one that is usually in a place."""
        made = self.folder.with_name("made")
        with get_context("spawn").Pool(1) as makers:  # since a process begins with the memory of who starts it
            makers.apply(make, (name, self.base / ROLES[role][0], made, many))
        return made.read_bytes()

    def case(self, name: str, role: str, many: int) -> tuple[Cost, list[str]]:
        """The most that a file by its name takes in a place beyond what is usual there, and what is wrong."""
        usually = self.usual(role)
        data, problems = self.made(name, role, many), []
        beyond = []
        for usual, cost in zip(usually, self.costs(role, data), strict=True):
            more = Cost(cost.seconds - usual.seconds, cost.memory - usual.memory, cost.status, cost.said)
            beyond.append(more)
            if more.seconds > MOST_SECONDS or more.memory > MOST_MEMORY:
                problems.append(f"it takes {more.seconds:.1f} s and {more.memory / 1e6:.0f} MB more than usual")
            if cost.status not in (0, 1, 2) or "Traceback" in cost.said or "fault of its own" in cost.said:
                problems.append(f"it ends with {cost.status}: {cost.said[-400:]}")
        return max(beyond, key=lambda each: each.seconds), problems


def make(name: str, usual: Path, made: Path, many: int) -> None:
    """Makes a file by its name, from a usual one, with so `many` of what it has many of."""
    hostile_books.M = many
    made.write_bytes(BOOKS[name](unzipped(usual.read_bytes())))


def run_measured(command: Sequence[str], folder: Path) -> Cost:
    """Runs a command in a process of its own."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "ragtool", *command], cwd=folder, stdout=subprocess.DEVNULL, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        text = said.read().decode(errors="replace")
        return Cost(used.ru_utime + used.ru_stime, memory, process.returncode, text)


def main(arguments: Sequence[str]) -> int:
    """Tries the files asked for; status 1 where one brought something to light."""
    parser = argparse.ArgumentParser("python tests/referees hostile", description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=BOOKS, action="append", help="which files (default: all)", metavar="NAME")
    parser.add_argument("--role", choices=ROLES, action="append", help="in which places (default: all)")
    asked = parser.parse_args(arguments)
    if not hasattr(os, "wait4"):
        print("Windows doesn't tell what a process took.")
        return 0
    took: list[tuple[float, str]] = []
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        places = Places(Path(folder))
        for name in asked.only or BOOKS:
            for role in asked.role or ROLES:
                for many in SIZES:
                    most, problems = places.case(name, role, many)
                    case = f"{name} ({many:,}), as a {role}"
                    took.append((most.seconds, f"{most.seconds:5.1f} s {most.memory / 1e6:5.0f} MB  {case}"))
                    wrong += len(problems)
                    for problem in problems:
                        print(f"{case}: {problem}", flush=True)
    print("The slowest:", *(line for _, line in sorted(took, reverse=True)[:10]), sep="\n")
    print(f"{len(took)} cases: {wrong} problems.")
    return 1 if wrong else 0
