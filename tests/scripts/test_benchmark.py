"""scripts/benchmark.py: its arithmetic, its tables, and a run without peers."""

import sys
from pathlib import Path

import pytest
from xlsxwriter import Workbook

import benchmark
import councils
import environment
from benchmarking import measuring, page, tasks
from benchmarking.measuring import Cost, Task, ratio, run_in_turn, sheet_sizes, slope
from benchmarking.page import Figures, Target


def costs(*walls: float) -> list[Cost]:
    return [Cost(wall, None, wall * 100e6) for wall in walls]


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_the_slope_is_the_power_that_time_grows_with(power: float) -> None:
    assert slope({size: 0.01 * size**power for size in (60, 240, 500, 2000)}) == pytest.approx(power)


def test_one_size_has_no_slope() -> None:
    assert slope({60: 1.0}) is None


def test_a_ratio_compares_what_ran_in_the_same_round() -> None:
    assert ratio(costs(2, 20, 9), costs(1, 10, 3)) == 2


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_cells_and_rows_are_counted_across_chunks(chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Workbook(tmp_path / "book.xlsx") as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["a", 1, "b"])
        page.write_row(1, 0, [2])
        book.add_worksheet()
    monkeypatch.setattr(measuring, "CHUNK", chunk)
    assert sheet_sizes(tmp_path / "book.xlsx") == [(4, 2), (0, 0)]


@pytest.mark.parametrize(
    ("target", "cells"),
    [
        (Target("a", 1.05, 1.05, "{:.2f}"), ("a", "1.05", "at most 1.05", "met")),
        (Target("a", 2.01, 2), ("a", "2.01 ×", "at most 2.00 ×", "**missed**")),
        (Target("a", 3, 3, at_least=True), ("a", "3.00 ×", "at least 3.00 ×", "met")),
        (Target("a", 2.9, 3, at_least=True), ("a", "2.90 ×", "at least 3.00 ×", "**missed**")),
        (Target("a", None, 400, "{:.0f} MB"), ("a", "–", "at most 400 MB", "not measured")),
    ],
)
def test_a_target_says_whether_it_is_met(target: Target, cells: tuple[str, ...]) -> None:
    assert target.cells == cells


def test_the_page_shows_the_targets_and_the_medians() -> None:
    returns = {
        size: {tasks.TENTH: costs(size / 60, size / 50, size / 40), tasks.FLOOR_TENTH: costs(size, size, size)}
        for size in (12, 60, 500)
    }
    text = page.page(Figures(3, returns, {}, {tasks.HELP: costs(0.2)}))
    assert "| consolidate, queries in a tenth: slope from 60 returns on | 1.00 | at most 1.05 | met |" in text
    assert "against floor, queries in a tenth, 60 returns | 0.02 × | at most 2.00 × | met |" in text
    assert "| peak memory of every command, 500 returns | 1000 MB | at most 400 MB | **missed** |" in text
    assert "| ragtool --help | 0.20 s | at most 0.15 s | **missed** |" in text
    assert "| Seconds by the clock | 12 | 60 | 500 | slope |" in text
    assert "| consolidate, queries in a tenth | 0.24 | 1.20 | 10.00 | 1.00 |" in text
    assert "| ragtool --help | 0.20 | – | 20 |" in text


@pytest.mark.parametrize(("code", "writes"), [("raise SystemExit(3)", False), ("", True)])
def test_a_run_that_fails_or_writes_nothing_is_not_measured(code: str, writes: bool) -> None:
    task = Task("odd", lambda own: [sys.executable, "-c", code], writes=writes)
    with pytest.raises(environment.CannotSetUp, match="'odd' can't be measured"):
        run_in_turn([task], 1, "Test")


def test_a_run_without_peers(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def make(place: Path, areas: int, *options: str) -> Path:
        return councils.make_council(place / tasks.QUARTER, councils.Council(areas, 1, 1, 2))

    def fewer(areas: int, place: Path, peers: Path | None) -> list[Task]:
        return tasks.returns_tasks(areas, place, peers)[2:3]

    monkeypatch.setattr(tasks, "make_council", make)
    monkeypatch.setattr(benchmark, "returns_tasks", fewer)
    assert benchmark.benchmark(["--returns", "2", "--repeat", "1", "--parts", "returns"]) == 0
    output = capsys.readouterr()
    assert "\n| consolidate, queries in a tenth | " in output.out
    assert "2 returns, round 1 of 1: consolidate, queries in a tenth " in output.err
    assert "Written: " not in output.out


def test_a_page_goes_where_it_is_asked_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark, "start_tasks", lambda place: [])
    target = tmp_path / "figures.md"
    assert benchmark.benchmark(["--repeat", "1", "--parts", "start", "--write", str(target)]) == 0
    assert target.read_text(encoding="utf-8").startswith("# Benchmarks\n\nWritten by `scripts/benchmark.py` on ")
