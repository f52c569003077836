"""Commands that are killed at random moments: every output is whole, and the next run makes all right.

Half of them end at one of their changes to a folder: a command puts its outputs in within some thousandths of a second.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from referees.attempts import COMMANDS, Attempts

CHANGES = 45
"""The changes to folders that a command makes, at most."""

ENDS_AT_A_CHANGE = """
import os, sys
left = int(sys.argv[1])

def counted(function):
    def call(*arguments, **options):
        global left
        left -= 1
        if left == 0:
            os._exit(137)
        return function(*arguments, **options)
    return call

for name in ("replace", "rename", "link", "unlink", "mkdir", "rmdir"):
    setattr(os, name, counted(getattr(os, name)))
from ragtool.cli import run
sys.exit(run(sys.argv[2:]))
"""
"""A command that ends at once, with nothing cleared away, where it makes the so-manieth change."""


class Kills:
    """Each command, how long it takes, and its kills."""

    def __init__(self, attempts: Attempts) -> None:
        self.attempts = attempts
        self.takes: dict[str, float] = {}

    def seconds(self, name: str) -> float:
        """How long a command takes undisturbed."""
        if name not in self.takes:
            with self.attempts.attempt(name) as (_, arguments):
                began = time.perf_counter()
                started(arguments).wait()
                self.takes[name] = time.perf_counter() - began
        return self.takes[name]

    def case(self, number: int, seed: int) -> tuple[str, list[str]]:
        """Kills a command at a moment: what was done, and what is wrong afterwards."""
        chance = random.Random(f"{seed} {number}")
        name = list(COMMANDS)[number % len(COMMANDS)]
        if number // len(COMMANDS) % 2 == 0:
            change = chance.randint(1, CHANGES)
            return f"{name} ended at change {change}", list(self.problems(name, change=change))
        moment = self.seconds(name) * chance.uniform(0.3, 1.1)
        return f"{name} killed after {moment:.2f} s", list(self.problems(name, moment))

    def problems(self, name: str, moment: float = 0, change: int = 0) -> Iterator[str]:
        """What is wrong after a command was killed at a moment, or where it made a change."""
        self.attempts.undisturbed(name)
        with self.attempts.attempt(name) as (place, arguments):
            running = started(arguments, change)
            if not change:
                time.sleep(moment)
                running.kill()
            running.wait()
            yield from self.attempts.half_done(name, place)
            yield from self.attempts.after_the_next_run(name, place)


def started(arguments: list[str], change: int = 0) -> subprocess.Popen[bytes]:
    """A command in a process of its own, which ends where it makes a change."""
    nowhere, how = subprocess.DEVNULL, ["-c", ENDS_AT_A_CHANGE, str(change)] if change else ["-m", "ragtool"]
    return subprocess.Popen([sys.executable, *how, *arguments], stdout=nowhere, stderr=nowhere)


def main(arguments: Sequence[str]) -> int:
    """Runs the cases asked for; status 1 where one brought something to light."""
    parser = argparse.ArgumentParser("python tests/referees killed", description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=200, help="how many kills (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (default: 1)")
    asked = parser.parse_args(arguments)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        kills = Kills(Attempts(Path(folder)))
        for number in range(asked.cases):
            how, problems = kills.case(number, asked.seed)
            wrong += len(problems)
            for problem in problems:
                print(f"Case {number}, {how}: {problem}")
    print(f"{asked.cases} kills: {wrong} problems.")
    return 1 if wrong else 0
