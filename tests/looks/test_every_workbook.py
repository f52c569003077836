"""Every kind of workbook that ragtool writes looks as it should: the checks of look_checks over a sample's run, and
over the reports of two invented plans.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_plans import SHAPES, write_invented
from look_checks import CHECKS, CHECKS_OF_PRINT, CHECKS_OF_REPORTS, Check, WrittenBook

from plans import plan_of
from ragtool import columns as c
from ragtool.cli import run
from ragtool.commands.new import make_folder

REPORT, PACK, PANEL, RETURN = "report", "committee pack", "panel's report", "return"
MARKED, PLAN, BLANK_PLAN = "marked copy", "plan", "blank plan"
INVENTED = [f"{kind}, {shape}" for shape in SHAPES for kind in (REPORT, PACK, PANEL)]
TO_COMMITTEES = (PACK, PANEL, *[kind for kind in INVENTED if not kind.startswith(REPORT)])
REPORTS = (REPORT, PACK, PANEL, *INVENTED)


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
    for name, shape in SHAPES.items():
        written = write_invented(shape, tmp_path_factory.mktemp("invented"))
        paths |= {f"{kind}, {name}": path for kind, path in zip((REPORT, PACK, PANEL), written, strict=True)}
    return {kind: WrittenBook(path) for kind, path in paths.items()}


@pytest.mark.parametrize("check", [*CHECKS, *CHECKS_OF_REPORTS, *CHECKS_OF_PRINT], ids=lambda check: check.__name__)
def test_it_holds_of_every_workbook(books: dict[str, WrittenBook], check: Check) -> None:
    kinds = REPORTS if check in CHECKS_OF_REPORTS else TO_COMMITTEES if check in CHECKS_OF_PRINT else tuple(books)
    assert [(kind, *fault) for kind in kinds for fault in check(books[kind])] == []


def test_the_keys_of_240_items_take_few_upright_pages(books: dict[str, WrittenBook]) -> None:
    assert len(books[f"{PACK}, many items"].printed["Glossary"].pages) <= 5


def test_it_holds_of_what_was_published_before_the_tool_was_used(tmp_path: Path) -> None:
    history = [{c.QUARTER: "2012/13 Q4", c.KEY: f"M{number}", c.RAG: rag} for number, rag in enumerate("RAG", 1)]
    measures = [{c.KEY: f"M{number}", c.BETTER_WHEN: "Higher"} for number in (1, 2, 3)]
    plan_of(tmp_path, measures=measures, history=history, shipped=True)
    written = WrittenBook(tmp_path / "corporate_plan.xlsx")
    assert [fault for check in CHECKS for fault in check(written)] == []


def test_it_holds_of_a_return_that_asks_for_a_forecast_too(tmp_path: Path) -> None:
    actions = [{c.KEY: "K1", c.RATED_BY: "Officer"}, {c.KEY: "K2"}]
    measures = [{c.KEY: "M1", c.BETTER_WHEN: "Higher", "Target Q2": 80, c.BENCHMARK: 75, c.BENCHMARK_IS: "All"}]
    plan_of(tmp_path, {"Ask for a forecast": "Yes"}, key_actions=actions, measures=measures)
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    for path in (tmp_path / "returns").glob("*.xlsx"):
        written = WrittenBook(path)
        assert [fault for check in CHECKS for fault in check(written)] == []
