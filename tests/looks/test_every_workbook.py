"""Every kind of workbook that ragtool writes looks as it should: the checks of look_checks over a sample's run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from look_checks import (
    CHECKS,
    CHECKS_OF_PRINT,
    CHECKS_OF_REPORTS,
    Check,
    WrittenBook,
    nothing_is_merged,
)

from ragtool.commands.new import make_folder

REPORT, PACK, PANEL, RETURN = "report", "committee pack", "panel's report", "return"
MARKED, PLAN, BLANK_PLAN = "marked copy", "plan", "blank plan"
REPORTS = (REPORT, PACK, PANEL)
TO_COMMITTEES = (PACK, PANEL)


class StillWrong(NamedTuple):
    """Sheets that fail a check as yet, by the kind of their workbook, and why."""

    why: str
    sheets: Mapping[str, set[str]]


KNOWN: Mapping[Check, StillWrong] = {
    nothing_is_merged: StillWrong(
        "The pages of guidance are laid out anew, each in its own step.",
        {
            MARKED: {"Queries"},
        },
    ),
}
"""What isn't mended yet. A sheet that no longer fails is to be taken off."""


@pytest.fixture(scope="session")
def books(sample_2015: Path, filled: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, WrittenBook]:
    """A workbook of each kind, opened once."""
    (returned,) = sorted((filled / "returns").glob("*.xlsx"))[:1]
    marked = min((sample_2015 / "returns" / "queries").glob("*.xlsx"))
    paths = {
        REPORT: sample_2015 / "2015-16 Q2 performance report.xlsx",
        PACK: sample_2015 / "2015-16 Q2 committee pack.xlsx",
        PANEL: sample_2015 / "panels" / "2015-16 Q2 Caring Plymouth.xlsx",
        RETURN: returned,
        MARKED: marked,
        PLAN: filled / "corporate_plan.xlsx",
        BLANK_PLAN: make_folder(tmp_path_factory.mktemp("blank")).plan,
    }
    return {kind: WrittenBook(path) for kind, path in paths.items()}


@pytest.mark.parametrize("check", [*CHECKS, *CHECKS_OF_REPORTS, *CHECKS_OF_PRINT], ids=lambda check: check.__name__)
def test_it_holds_of_every_workbook(books: dict[str, WrittenBook], check: Check) -> None:
    kinds = REPORTS if check in CHECKS_OF_REPORTS else TO_COMMITTEES if check in CHECKS_OF_PRINT else tuple(books)
    known = KNOWN[check].sheets if check in KNOWN else {}
    new, mended = [], []
    for kind in kinds:
        faults = list(check(books[kind]))
        new += [(kind, *fault) for fault in faults if fault[0] not in known.get(kind, set())]
        mended += [(kind, sheet) for sheet in known.get(kind, set()) - {sheet for sheet, _ in faults}]
    assert new == []
    assert mended == [], "no longer wrong: take these off KNOWN"
