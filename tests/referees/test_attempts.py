"""A sample of the runs that are killed and of the drives that fail, and proof that the referees would notice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ragtool.workbooks import outputs
from ragtool.workbooks.steps import Step
from referees import failing_drive, killed


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> failing_drive.Failures:
    return failing_drive.Failures(tmp_path_factory.mktemp("failures"))


@pytest.mark.parametrize("fails_at", [19])
@pytest.mark.parametrize(("name", "fault"), [("refresh", "full"), ("consolidate", "locked"), ("check", "vanished")])
def test_a_drive_that_fails_does_no_harm(
    failures: failing_drive.Failures, name: str, fault: str, fails_at: int
) -> None:
    _, problems = failures.case(name, fails_at, fault)
    assert not problems


def test_outputs_that_are_put_in_one_by_one_would_be_noticed(
    failures: failing_drive.Failures, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_by_one(steps: list[Step], mark: str, homes: Sequence[Path]) -> None:
        for step in steps:
            step.do()

    failures.attempts.undisturbed("consolidate")
    monkeypatch.setattr(outputs, "put_all_in", one_by_one)
    problems = [problem for fails_at in (22, 24) for problem in failures.case("consolidate", fails_at, "full")[1]]
    assert any("not all is as it was" in problem for problem in problems)


def test_a_run_that_is_killed_does_no_harm(tmp_path: Path) -> None:
    kills = killed.Kills(tmp_path)
    for number in (2,):
        how, problems = kills.case(number, seed=11)
        assert not problems, f"{how}: {problems}"
