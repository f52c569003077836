"""A sample of the broken returns that the fuzz referee makes, and proof that it would notice."""

from __future__ import annotations

import signal
import time
from decimal import Decimal
from pathlib import Path

import pytest

from ragtool import columns as c
from ragtool.model import Better, Rating
from ragtool.plan.settings import SETTING_NAMES
from ragtool.returns.received import read_returns
from ragtool.sheets import figure_cells
from referees import fuzz
from referees.every_column import plan_of_every_column


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> tuple[fuzz.Fuzz, ...]:
    return fuzz.quarters_to_break(tmp_path_factory.mktemp("fuzz"))


@pytest.fixture(scope="module")
def sample(quarters: tuple[fuzz.Fuzz, ...]) -> fuzz.Fuzz:
    return quarters[0]


@pytest.mark.parametrize("first", range(0, 32, 8))
def test_no_broken_return_does_harm(quarters: tuple[fuzz.Fuzz, ...], first: int) -> None:
    for number in range(first, first + 8):
        how, problems = quarters[number % len(quarters)].case(number, seed=4)
        assert not problems, f"python tests/referees fuzz --seed 4 --first {number} --cases 1, {how}: {problems}"


def test_a_figure_that_nobody_typed_would_be_noticed(sample: fuzz.Fuzz, monkeypatch: pytest.MonkeyPatch) -> None:
    figure = figure_cells.figure
    monkeypatch.setattr(figure_cells, "figure", lambda cell, unit: figure(cell, unit) + Decimal("0.123"))
    path = sample.paths[0]
    target = path.with_name("changed.xlsx")
    target.write_bytes(sample.data[path])
    received = read_returns([target], sample.plan, None)
    target.unlink()
    assert any("is published as" in problem for problem in sample.wrong(path, received, sample.data[path]))


def test_a_fault_of_ragtools_own_would_be_noticed(sample: fuzz.Fuzz, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fuzz, "read_returns", broken)
    _, problems = sample.case(0, seed=4)
    assert "ZeroDivisionError" in problems[0]


def test_the_command_says_how_many_cases_it_ran(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert fuzz.main(["--cases", "1", "--seed", "4"]) == 0
    assert "1 cases (" in capsys.readouterr().out


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="Windows has no alarms to stop a reader with")
def test_a_reader_that_hangs_would_be_noticed(sample: fuzz.Fuzz, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "HANGS", 1)
    monkeypatch.setattr(fuzz, "read_returns", lambda *_: time.sleep(9))
    _, problems = sample.case(0, seed=4)
    assert "Hangs" in problems[0]


def test_the_plan_that_is_broken_fills_every_column_and_setting() -> None:
    plan = plan_of_every_column()
    for sheet in (each for each in vars(c.PlanSheets).values() if isinstance(each, c.Sheet) and each.name in plan):
        filled = {heading for row in plan[sheet.name] for heading, value in row.items() if value is not None}
        assert set(sheet.headings) - filled <= {c.NOTES}, sheet.name
    assert {row[c.SETTING] for row in plan["Settings"]} == {*SETTING_NAMES.values()}


def test_what_a_plan_says_of_its_own_is_among_what_is_broken(quarters: tuple[fuzz.Fuzz, ...]) -> None:
    plan = quarters[1].plan
    assert {measure.better for measure in plan.measures} >= {Better.IN_RANGE, Better.MORE_THAN, Better.HIGHER}
    for field in ("stretch", "benchmark", "red_beyond", "red_below", "red_above", "green_within", "level"):
        assert any(getattr(measure, field) is not None for measure in plan.measures), field
    assert set(quarters[1].usual.values()) >= {Rating.AMBER, Rating.GREEN, Rating.ON_HOLD, Rating.BLUE}
    (mine,) = quarters[1].read[quarters[1].paths[-1]].used
    assert {row.forecast for row in mine.measures} >= {Rating.RED, Rating.AMBER, Rating.GREEN}
