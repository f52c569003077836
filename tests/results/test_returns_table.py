"""What the sheet Returns counts of a return: what was asked for, and how much of it was filled."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_quarter
from officers import fill
from ragtool import columns as c
from small_quarter import PLAN, Quarter, return_of


@pytest.mark.parametrize("status", ["Under development", "On hold", "Complete"])
def test_milestones_of_which_nothing_is_asked_are_not_counted_as_unfilled(
    status: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    actions = [row | ({c.STATUS: status} if row[c.KEY] == "K1" else {}) for row in PLAN["Key actions"]]
    folder = small_quarter.build(tmp_path / "2013-14 Q2", PLAN | {"Key actions": actions})
    for no in (1, 2):
        fill(return_of(folder), "Milestones", {c.STATUS: None, c.QUALITY_CONCERN: None}, key="K1", no=no)
    quarter = Quarter(folder, capsys)
    assert "no status" not in quarter.check().out
    returned = quarter.consolidate()
    assert returned.table("Returns")[0][c.MILESTONES_FILLED] == "1 of 1"
    assert returned.queries == []
