"""Measures ragtool: python scripts/benchmark.py --peers

Makes councils of so many returns, runs ragtool's commands on them, and beside them with --peers the least that any
program must do, a plain pandas script and datamaps. Prints the figures with the targets; a whole run, which takes
hours, also writes docs/benchmarks.md. Run it with a Python that has ragtool, as that of .venv-test, on a quiet machine.
"""

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import environment
from benchmarking.measuring import Costs, run_in_turn
from benchmarking.page import Figures, page
from benchmarking.tasks import history_tasks, returns_tasks, start_tasks

PAGE = environment.ROOT / "docs" / "benchmarks.md"
RETURNS = [12, 60, 240, 500, 2000]
REPEAT = 5
PARTS = ["returns", "history", "start"]


def benchmark(arguments: list[str]) -> int:
    """Measures what the command line asks for, prints the figures, and gives 0."""
    asked = read(arguments)
    peers = environment.ROOT / ".venv-peers" if asked.peers else None
    if peers:
        environment.prepare(peers, extra="peers")
    # As installed packages have it: else every run of a checkout might compile the program first.
    subprocess.run([sys.executable, "-m", "compileall", "-q", "ragtool"], cwd=environment.ROOT, check=True)
    figures = Figures(
        asked.repeat,
        {areas: measure_returns(areas, peers, asked.repeat) for areas in asked.returns if "returns" in asked.parts},
        measure_history(asked.repeat) if "history" in asked.parts else {},
        measure_start(asked.repeat) if "start" in asked.parts else {},
    )
    text = page(figures)
    environment.say(text)
    whole = asked.peers and (asked.returns, asked.repeat, asked.parts) == (RETURNS, REPEAT, PARTS)
    if target := asked.write or (PAGE if whole else None):
        target.write_text(text, encoding="utf-8", newline="\n")
        environment.say(f"Written: {target}")
    return 0


def read(arguments: list[str]) -> argparse.Namespace:
    """The command line's options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--returns", type=numbers, default=RETURNS, metavar="12,60", help="how many returns, in turn")
    parser.add_argument("--repeat", type=int, default=REPEAT, help="runs of each command (default: 5)")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what is measured (default: all)")
    parser.add_argument("--peers", action="store_true", help="make .venv-peers, and measure other programs too")
    parser.add_argument(
        "--write", nargs="?", type=Path, const=PAGE, help="write the page though the run is partial, or elsewhere"
    )
    return parser.parse_args(arguments)


def numbers(text: str) -> list[int]:
    """Numbers with commas between them."""
    return [int(number) for number in text.split(",")]


def measure_returns(areas: int, peers: Path | None, repeat: int) -> Costs:
    """Every command on so many returns."""
    with TemporaryDirectory() as place:
        return run_in_turn(returns_tasks(areas, Path(place), peers), repeat, f"{areas:,} returns")


def measure_history(repeat: int) -> Costs:
    """The commands with and without a history."""
    with TemporaryDirectory() as place:
        return run_in_turn(history_tasks(Path(place)), repeat, "History")


def measure_start(repeat: int) -> Costs:
    """What takes no longer than to start."""
    with TemporaryDirectory() as place:
        return run_in_turn(start_tasks(Path(place)), repeat, "Starting")


if __name__ == "__main__":
    environment.run_script(benchmark)
