"""A sample of the runs that are killed and of the drives that fail, and proof that the referees would notice."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ragtool.workbooks import outputs
from ragtool.workbooks.steps import Step
from referees import at_once, failing_drive, killed
from referees.attempts import COMMANDS, Attempts


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> Attempts:
    return Attempts(tmp_path_factory.mktemp("attempts"))


@pytest.fixture(scope="module")
def failures(attempts: Attempts) -> failing_drive.Failures:
    return failing_drive.Failures(attempts)


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
    def one_by_one(steps: Sequence[Step], journal: object) -> None:
        for step in steps:
            step.do()

    failures.attempts.undisturbed("consolidate")
    monkeypatch.setattr(outputs, "put_all_in", one_by_one)
    problems = (
        problem for fails_at in range(37, 46, 2) for problem in failures.case("consolidate", fails_at, "full")[1]
    )
    assert any("not all is as it was" in problem for problem in problems)


def test_a_run_that_is_killed_does_no_harm(attempts: Attempts) -> None:
    kills = killed.Kills(attempts)
    how, problems = kills.case(list(COMMANDS).index("check"), seed=11)
    assert not problems, f"{how}: {problems}"


@pytest.mark.parametrize("number", [at_once.PAIRS.index(("new", "new")), len(at_once.PAIRS) + 1])
def test_two_runs_at_once_and_a_file_that_appears_do_no_harm(attempts: Attempts, number: int) -> None:
    how, problems = at_once.Races(attempts).case(number, seed=11)
    assert not problems, f"{how}: {problems}"
