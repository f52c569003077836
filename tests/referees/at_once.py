"""Two runs at once in one folder, and a file that appears while one is at work: nothing is lost or replaced."""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import permutations
from pathlib import Path

from referees.attempts import Attempts, Ended, Tree, differing, run_quietly, tree_of, words

PAIRS = (
    ("consolidate", "final"),
    ("templates", "templates"),
    ("new", "new"),
    ("next", "next"),
    ("consolidate", "check"),
    ("a report elsewhere", "check two folders"),
    ("next", "refresh"),
)
"""Commands that are at work at once."""

APPEARING = {
    "templates": "2013-14 Q2/returns/2013-14 Q3 Highways.xlsx",
    "new": "made/here/corporate_plan.xlsx",
    "next": "2013-14 Q3/corporate_plan.xlsx",
}
"""A file that somebody puts in a place where a command is about to write its own."""

OWN = b"somebody's own"

REASONS = (
    "Another run of ragtool is at work in",
    "is there already and isn't overwritten",
    "appeared while ragtool was",
)
"""Why a run may give way: to another run, or to what appeared."""


class Races:
    """The pairs of commands, and what each makes of the folders when it is alone."""

    def __init__(self, attempts: Attempts) -> None:
        self.attempts = attempts
        self.alone: dict[tuple[str, ...], Tree] = {}
        self.takes: dict[str, float] = {}

    def case(self, number: int, seed: int) -> tuple[str, list[str]]:
        """Runs two commands at once, or lets a file appear: what was done, and what is wrong afterwards."""
        chance = random.Random(f"{seed} {number}")
        kinds = len(PAIRS) + len(APPEARING)
        if number % kinds < len(PAIRS):
            pair = PAIRS[number % kinds]
            delay = self.seconds(pair[0]) * chance.choice((0, chance.random()))
            return f"{pair[1]} {delay:.2f} s after {pair[0]}", list(self.at_once(pair, delay))
        name = list(APPEARING)[number % kinds - len(PAIRS)]
        moment = self.seconds(name) * chance.uniform(0.3, 1.1)
        return f"a file {moment:.2f} s after {name}", list(self.appearing(name, moment))

    def seconds(self, name: str) -> float:
        """How long a command takes undisturbed."""
        if name not in self.takes:
            with self.attempts.attempt(name) as (_, arguments):
                began = time.perf_counter()
                ended(running(arguments))
                self.takes[name] = time.perf_counter() - began
        return self.takes[name]

    def in_turn(self, *names: str) -> Tree:
        """What commands make of the folders one after the other."""
        if names not in self.alone:
            with self.attempts.attempt(names[0]) as (place, _):
                for name in names:
                    run_quietly(words(name, place))
                self.alone[names] = tree_of(place)
        return self.alone[names]

    def at_once(self, pair: tuple[str, str], delay: float) -> Iterator[str]:
        """What is wrong after two commands at once: all must be as one of them makes it, or one after the other."""
        first, second = pair
        with self.attempts.attempt(first) as (place, arguments):
            processes = [running(arguments)]
            time.sleep(delay)
            processes.append(running(words(second, place)))
            both = list(map(ended, processes))
            now = tree_of(place)
        for each in both:
            yield from wrong_words(each)
        at_work = tuple(name for name, each in zip(pair, both, strict=True) if each.status != 2)
        if not at_work:
            yield "neither did its work"
        elif all(wrong := [differing(now, self.in_turn(*order)) for order in permutations(at_work)]):
            yield f"not as {' and '.join(at_work)} make them, in whatever order: {', '.join(min(wrong))}"

    def appearing(self, name: str, moment: float) -> Iterator[str]:
        """What is wrong after a file appeared where a command was about to write: it must be there, and all else as it
        was or as the command makes it.
        """
        with self.attempts.attempt(name) as (place, arguments):
            process = running(arguments)
            time.sleep(moment)
            target = place / APPEARING[name]
            target.parent.mkdir(parents=True, exist_ok=True)
            is_own = False
            with suppress(FileExistsError), target.open("xb") as file:
                file.write(OWN)
                is_own = True
            how = ended(process)
            now = tree_of(place)
        yield from wrong_words(how)
        if is_own and now.pop(APPEARING[name]) != OWN:
            yield "what appeared is lost"
        expected = dict(self.attempts.before if how.status == 2 else self.in_turn(name))
        if is_own:
            expected.pop(APPEARING[name], None)
        if wrong := differing(now, expected):
            yield f"status {how.status}, and these aren't as they are to be: {', '.join(wrong)}"


def running(arguments: list[str]) -> subprocess.Popen[str]:
    """A command that has just begun, in a process of its own."""
    nowhere = subprocess.DEVNULL
    command = [sys.executable, "-m", "ragtool", *arguments]
    return subprocess.Popen(command, stdout=nowhere, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> Ended:
    """How a process ended."""
    _, said = process.communicate()
    return Ended(process.returncode, said)


def wrong_words(how: Ended) -> Iterator[str]:
    """What is wrong with the way in which a run ended."""
    if how.status not in (0, 1, 2):
        yield f"status {how.status}: {how.said}"
    if how.status == 2 and (how.said.count("\n") != 1 or not any(reason in how.said for reason in REASONS)):
        yield f"it gives way without a reason: {how.said}"


def main(arguments: Sequence[str]) -> int:
    """Runs the cases asked for; status 1 where one brought something to light."""
    parser = argparse.ArgumentParser("python tests/referees at_once", description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=50, help="how many times (default: 50)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (default: 1)")
    asked = parser.parse_args(arguments)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        races = Races(Attempts(Path(folder)))
        for number in range(asked.cases):
            how, problems = races.case(number, asked.seed)
            wrong += len(problems)
            for problem in problems:
                print(f"Case {number}, {how}: {problem}")
    print(f"{asked.cases} times: {wrong} problems.")
    return 1 if wrong else 0
