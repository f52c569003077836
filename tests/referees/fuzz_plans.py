"""Broken and odd plans and previous reports, made from real ones, each given to every command that reads it.

    python tests/referees fuzz_plans --cases 500 --seed 1

Each case changes bytes, XML, cells or rows of one of the two and holds that every command ends with a sentence of its
own, never by a fault, hangs never, and leaves what it was given as it is. The plan uses every column that decides
something.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from ragtool.cli import run
from referees.every_column import build_every_column
from referees.fuzz import Hangs, mutated, stopped_in_time

SECOND, THIRD = "2013/14 Q2", "2013/14 Q3"


class Commands:
    """Two quarters in a row in a folder of their own: the second has a plan and returns, the next the report of it."""

    def __init__(self, folder: Path) -> None:
        self.quarter, self.following, self.away = folder / "quarter", folder / "following", folder / "away"
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            build_every_column(self.quarter)
            run(["consolidate", str(self.quarter), "--quarter", SECOND])
            run(["next", str(self.quarter), str(self.following)])
        self.whole = folder / "whole"
        shutil.copytree(folder, self.whole, ignore=shutil.ignore_patterns("whole"))

    def case(self, number: int, seed: int) -> tuple[str, list[str]]:
        """Changes one of the two in one way: how, and what is wrong with what came of it."""
        chance = random.Random(f"{seed}/{number}")
        home, name = chance.choice(((self.quarter, "corporate_plan.xlsx"), (self.following, "previous.xlsx")))
        how, data = mutated(chance, (home / name).read_bytes())
        (home / name).write_bytes(data)
        try:
            problems = [problem for command in self.commands(home) for problem in faults(command)]
            if (home / name).read_bytes() != data:
                problems.append(f"{name} isn't as it was")
        finally:
            for folder in (self.quarter, self.following, self.away):
                shutil.rmtree(folder, ignore_errors=True)
            for folder in (self.quarter, self.following):
                shutil.copytree(self.whole / folder.name, folder)
        return f"{name}, {how}", problems

    def commands(self, home: Path) -> list[list[str]]:
        """What reads the plan or the previous report of a quarter."""
        if home == self.following:
            return [[name, str(home), "--quarter", THIRD] for name in ("templates", "consolidate")]
        rest = [["templates", str(home), "--quarter", SECOND], ["consolidate", str(home), "--quarter", SECOND]]
        return [["check", str(home)], *rest, ["next", str(home), str(self.away)]]


def faults(command: Sequence[str]) -> Iterator[str]:
    """What is wrong with how a command ends."""
    said = io.StringIO()
    try:
        with stopped_in_time(), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            status = run(list(command))
    except (Exception, Hangs) as problem:  # noqa: BLE001 - each is what is looked for
        yield f"{command[0]}: {problem!r}"
        return
    if status not in (0, 1, 2) or "fault of its own" in said.getvalue():
        yield f"{command[0]} ends with {status}: {said.getvalue()}"


def main(arguments: Sequence[str]) -> int:
    """Runs the cases asked for; status 1 where one brought something to light."""
    parser = argparse.ArgumentParser("python tests/referees fuzz_plans", description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=200, help="how many (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (default: 1)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first case, to see one again")
    asked = parser.parse_args(arguments)
    began, many = time.perf_counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        commands = Commands(Path(folder))
        for number in range(asked.first, asked.first + asked.cases):
            how, problems = commands.case(number, asked.seed)
            many += len(problems)
            for problem in problems:
                print(f"Case {number}, {how}: {problem}", flush=True)
    print(f"{asked.cases} cases in {time.perf_counter() - began:.0f} s: {many} problems.")
    return 1 if many else 0
