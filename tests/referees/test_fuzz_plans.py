"""A sample of the broken plans and previous reports that the referee makes, and proof that it would notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from referees import fuzz_plans


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> fuzz_plans.Commands:
    return fuzz_plans.Commands(tmp_path_factory.mktemp("plans"))


def test_no_broken_plan_or_previous_report_does_harm(sample: fuzz_plans.Commands) -> None:
    for number in range(3):
        how, problems = sample.case(number, seed=2)
        assert not problems, f"python tests/referees fuzz_plans --seed 2 --first {number} --cases 1, {how}: {problems}"


def test_a_command_that_fails_or_changes_what_it_reads_would_be_noticed(
    sample: fuzz_plans.Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(command: list[str]) -> int:
        for path in Path(command[1]).glob("*.xlsx"):
            path.write_bytes(b"")
        raise ZeroDivisionError

    monkeypatch.setattr(fuzz_plans, "run", broken)
    _, problems = sample.case(0, seed=2)
    assert "ZeroDivisionError" in problems[0]
    assert problems[-1].endswith("isn't as it was")
