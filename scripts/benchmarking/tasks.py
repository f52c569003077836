"""What is measured: ragtool's commands on made councils, and beside them the peers in an environment of their own."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import environment
from benchmarking.measuring import Task

QUARTER = "2013-14 Q2"
HISTORY = 20
"""Quarters that were reported before, where a long history is measured."""

FEW = 12
"""The returns of the council whose history is measured."""

PEERS_UP_TO = 500
"""The most returns that the pandas script and datamaps are given: beyond, they would take most of the time."""

TEMPLATES, CHECK = "templates", "check"
TENTH, ALL = "consolidate, queries in a tenth", "consolidate, queries in all"
COMMANDS = (TEMPLATES, CHECK, TENTH, ALL)

BARE = "bare writing of the returns"
FLOOR_TENTH, FLOOR_ALL = "floor, queries in a tenth", "floor, queries in all"
PANDAS, DATAMAPS = "plain pandas script", "datamaps"

FIRST_TEMPLATES, LATER_TEMPLATES = "templates, first quarter", f"templates, after {HISTORY} quarters"
FIRST, LATER = "consolidate, first quarter", f"consolidate, after {HISTORY} quarters"

HELP, VERSION, USAGE_ERROR = "ragtool --help", "ragtool --version", "a usage error"
CHECK_IMPORTS, CHECK_ONE = "importing what check needs", "check of one return"
IMPORTS = "importing what consolidate needs"


def returns_tasks(areas: int, place: Path, peers: Path | None) -> list[Task]:
    """Every command on a council of so many returns, and its peers where there is an environment for them."""
    tenth = make_council(place / "tenth", areas, "--query-in-one-of", "10")
    every = make_council(place / "all", areas, "--query-in-one-of", "1")
    bare, floor_tenth, floor_all = (place / f"{name}.json" for name in ("templates", "tenth", "all"))
    tasks = [
        templates_task(TEMPLATES, without_returns(tenth), bare),
        ragtool_task(CHECK, tenth, "check"),
        ragtool_task(TENTH, tenth, "consolidate", sizes=floor_tenth),
        ragtool_task(ALL, every, "consolidate", sizes=floor_all),
    ]
    if peers is None:
        return tasks
    first = min((tenth / "returns").iterdir())
    tasks += [
        floor_task(BARE, peers, bare, first),
        floor_task(FLOOR_TENTH, peers, floor_tenth, tenth / "returns"),
        floor_task(FLOOR_ALL, peers, floor_all, every / "returns"),
    ]
    return tasks + ([pandas_task(peers, tenth), datamaps_task(peers, tenth, place)] if areas <= PEERS_UP_TO else [])


def history_tasks(place: Path) -> list[Task]:
    """The commands in a council's first quarter and after a long history."""
    first = make_council(place / "first", FEW)
    later = make_council(place / "later", FEW, "--history", str(HISTORY))
    return [
        templates_task(FIRST_TEMPLATES, without_returns(first)),
        templates_task(LATER_TEMPLATES, without_returns(later)),
        ragtool_task(FIRST, first, "consolidate"),
        ragtool_task(LATER, later, "consolidate"),
    ]


def start_tasks(place: Path) -> list[Task]:
    """What takes no longer than to start: help, version and refusals, and one return, which has a query."""
    returns = make_council(place / "one", 1) / "returns"
    return [
        Task(HELP, lambda own: ragtool("--help"), writes=False),
        Task(VERSION, lambda own: ragtool("--version"), writes=False),
        Task(USAGE_ERROR, lambda own: ragtool("consolidate", "--no-such-option"), status=(2,), writes=False),
        import_task(CHECK_IMPORTS, "check"),
        Task(CHECK_ONE, lambda own: ragtool("check", *(own / "returns").iterdir()), returns, status=(1,)),
        import_task(IMPORTS, "consolidate"),
    ]


def ragtool(*arguments: str | Path) -> list[str | Path]:
    """The command line of ragtool as it stands in this checkout."""
    return [sys.executable, "-m", "ragtool", *arguments]


def ragtool_task(name: str, inputs: Path, command: str, sizes: Path | None = None) -> Task:
    """A command on a quarter folder, of whose returns some have queries."""
    return Task(name, lambda own: ragtool(command, own / QUARTER), inputs, status=(1,), sizes=sizes)


def templates_task(name: str, inputs: Path, sizes: Path | None = None) -> Task:
    """The returns written for a quarter folder that has none."""
    quarter = QUARTER.replace("-", "/")
    return Task(name, lambda own: ragtool("templates", own / QUARTER, "--quarter", quarter), inputs, sizes=sizes)


def import_task(name: str, command: str) -> Task:
    """A process that imports what a command needs, and ends."""
    code = f"import ragtool.cli, ragtool.commands.{command}"
    return Task(name, lambda own: [sys.executable, "-c", code], writes=False)


def floor_task(name: str, peers: Path, sizes: Path, returns: Path) -> Task:
    """The least that a program must do to read `returns` and write as many cells as `sizes` says."""
    return Task(name, lambda own: [*peer(peers, "floor.py"), sizes, own / "out", returns])


def pandas_task(peers: Path, inputs: Path) -> Task:
    """The report as a plain pandas script makes it."""
    return Task(PANDAS, lambda own: [*peer(peers, "plain_pandas.py"), own / QUARTER], inputs)


def datamaps_task(peers: Path, inputs: Path, place: Path) -> Task:
    """The master that datamaps makes of what officers entered."""
    datamap = place / "datamap.csv"
    with datamap.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("cell_key", "template_sheet", "cell_reference"), *datamap_lines()])
    program = environment.program(peers, "datamaps")
    options = ("--to-master", "--datamap", datamap, "--inputdir")
    return Task(DATAMAPS, lambda own: [program, "import", "templates", *options, own / QUARTER / "returns"], inputs)


def datamap_lines() -> list[tuple[str, str, str]]:
    """Where what an officer enters stands in a return of 48 milestones and 10 measures."""
    entered = {
        "Milestones": (48, {"G": "status", "I": "quality concern"}),
        "Measures": (10, {"H": "performance", "I": "period", "K": "data status", "Q": "resolution"}),
    }
    return [("Service area", "About this return", "B3")] + [
        (f"{sheet} {number} {what}", sheet, f"{column}{number + 1}")
        for sheet, (rows, columns) in entered.items()
        for number in range(1, rows + 1)
        for column, what in columns.items()
    ]


def peer(peers: Path, script: str) -> list[str | Path]:
    """The command line of a peer's script."""
    return [environment.program(peers, "python"), environment.ROOT / "scripts" / "peers" / script]


def make_council(place: Path, areas: int, *options: str) -> Path:
    """A quarter folder of a made-up council, made in a process of its own."""
    folder = place / QUARTER
    script = environment.ROOT / "scripts" / "councils.py"
    variables = {**os.environ, "PYTHONPATH": str(environment.ROOT)}
    subprocess.run([sys.executable, script, folder, "--areas", str(areas), *options], env=variables, check=True)
    return folder


def without_returns(folder: Path) -> Path:
    """A copy of a quarter folder without its returns."""
    blank = folder.parent / "blank" / folder.name
    return Path(shutil.copytree(folder, blank, ignore=shutil.ignore_patterns("returns")))
