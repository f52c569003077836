"""Corrections of earlier quarters: rated again as it stood then, on record with what was, and never twice."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from plans import AREA, OTHER_AREA, plan_of
from ragtool import columns as c
from ragtool.history.reported import Reported
from ragtool.model import Basis, Better, DataStatus, Kind, Mark, Place, Rating, Severity
from ragtool.quarter.corrections import correct
from ragtool.quarters import Quarter
from ragtool.returns.entries import CorrectionEntry
from ragtool.returns.one_return import Return
from ragtool.returns.received import Received
from ragtool.workbooks.opening import Cell

Q1, Q2, Q3, Q4 = (Quarter(2013, number) for number in range(1, 5))
G, A, R = Rating.GREEN, Rating.AMBER, Rating.RED
P1 = {c.KEY: "P1", c.BETTER_WHEN: "Higher", "Target Q1": 100}


def row(
    quarter: Quarter, figure: object, rag: Rating, key: str = "P1", part: str | None = None, **more: Any
) -> Reported:
    """A measure's row of the Data sheet, with a target of 100."""
    number = None if figure is None else Decimal(str(figure))
    usual: dict[str, Any] = {
        "kind": Kind.MEASURE,
        "description": "Homes",
        "area": AREA,
        "rating": rag,
        "rule_rating": rag,
        "performance": number,
        "target": Decimal(100),
        "shortfall": None if number is None else (100 - Fraction(number)) / 100,
        "better": Better.HIGHER,
        "basis": Basis.QUARTER,
        "level": Decimal("0.15"),
        "escalated": rag is R and part is None,
        "why": "as it was",
    }
    return Reported(quarter=quarter, key=key, part=part, **{**usual, **more})


def entry(
    key: str, when: Quarter | None, figure: Any, part: str | None = None, reason: str = "Audited"
) -> CorrectionEntry:
    """A row of a return's Revisions sheet."""
    place = Place("return.xlsx", "Revisions", 2, {c.KEY: "A", c.REVISED_PERFORMANCE: "D"})
    cell = None if figure is None else Cell(figure)
    return CorrectionEntry(at=place, key=key, part=part, quarter=when, performance=cell, reason=reason)


def returned(*entries: CorrectionEntry, area: str = AREA) -> Received:
    return Received(used=(Return("return.xlsx", "", "", (area,), Q4, "", "", corrections=entries),))


@pytest.fixture
def corrected(tmp_path):
    """Corrects rows: the ratings by quarter and part, the Revisions rows, the problems."""

    def run(rows: list[Reported], received: Received, measures: Any = (P1,), **settings: object) -> Any:
        plan = plan_of(tmp_path, settings, measures=measures)
        done = correct(rows, received, plan, Q4)
        found = {(each.quarter, each.key, each.part): each for each in done.data}
        said = [(str(each.quarter), each.key, each.part, each.field, each.was, each.now) for each in done.revisions]
        queries = done.queries
        assert len(done.data) == len(rows)
        assert all(query.severity is Severity.ERROR or "let this figure stand" in query.problem for query in queries)
        return found, said, [query.problem for query in queries]

    return run


def test_a_corrected_figure_is_rated_against_the_target_of_its_quarter(corrected):
    found, said, problems = corrected([row(Q1, 100, G), row(Q2, 100, G)], returned(entry("p1", Q1, 80)))
    one = found[Q1, "P1", None]
    assert (one.performance, one.rating, one.rule_rating, one.shortfall) == (80, R, R, Fraction(1, 5))
    assert one.marks == (Mark.REVISED,)
    assert one.why.startswith("80 against a target of 100")
    assert one.source == "return.xlsx, Revisions!D2"
    assert found[Q2, "P1", None].rating is G
    assert said == [
        ("2013/14 Q1", "P1", None, "Performance", "100", "80"),
        ("2013/14 Q1", "P1", None, "RAG", "Green", "Red"),
        ("2013/14 Q1", "P1", None, "Escalated", "No", "Yes"),
    ]
    assert problems == []


def test_what_is_corrected_already_changes_nothing(corrected):
    _, said, problems = corrected([row(Q1, 80, R)], returned(entry("P1", Q1, 80)))
    assert (said, problems) == ([], [])


def test_a_figure_that_was_not_returned_can_be_sent_later(corrected):
    found, said, _ = corrected([row(Q1, None, Rating.NOT_RETURNED)], returned(entry("P1", Q1, 90)))
    assert found[Q1, "P1", None].rating is A
    assert said[0][3:] == ("Performance", "blank", "90")


@pytest.mark.parametrize("rating", [Rating.NOT_DUE, Rating.DATA_ONLY, Rating.TBC])
def test_a_measure_that_was_not_rated_stays_so(corrected, rating):
    found, said, _ = corrected([row(Q1, 100, rating)], returned(entry("P1", Q1, 50)))
    assert found[Q1, "P1", None].rating is rating
    assert found[Q1, "P1", None].performance == 50
    assert found[Q1, "P1", None].why == "as it was"
    assert [change[3] for change in said] == ["Performance"]


DECLARED = (Mark.DECLARED, "Declared Amber by its officer: A risk.")
OVERRIDE = (Mark.OVERRIDE, "Override to Amber: Agreed. Approved by Cabinet.")


@pytest.mark.parametrize(
    ("declared", "figure", "published", "rule"),
    [(DECLARED, 110, A, G), (DECLARED, 90, A, A), (DECLARED, 50, R, R), (OVERRIDE, 110, A, G), (OVERRIDE, 50, A, R)],
)
def test_a_declared_rating_stands_while_it_is_worse_and_an_override_always(
    corrected, declared, figure, published, rule
):
    mark, note = declared
    why = f"{note} The rule's rating is Green: as it was"
    before = row(Q1, 100, A, rule_rating=G, marks=(mark,), note=note, why=why)
    found, _, _ = corrected([before], returned(entry("P1", Q1, figure)))
    one = found[Q1, "P1", None]
    assert (one.rating, one.rule_rating) == (published, rule)
    if published is rule:
        assert (one.marks, one.note) == ((Mark.REVISED,), None)
    else:
        assert (one.marks, one.note) == ((mark, Mark.REVISED), note)
        assert one.why.startswith(note)


PARTS = [
    {c.KEY: "P1", c.INDEX_METHOD: "Worst part"},
    {c.KEY: "P1", c.PART: "1", c.BETTER_WHEN: "Higher", "Target Q1": 100},
    {c.KEY: "P1", c.PART: "2", c.BETTER_WHEN: "Higher", "Target Q1": 100},
]


def indexed() -> list[Reported]:
    whole = row(Q1, None, A, shortfall=Fraction(1, 10), target=None)
    return [whole, row(Q1, 90, A, part="1"), row(Q1, 100, G, part="2")]


def test_a_corrected_part_rates_its_measure_again(corrected):
    found, said, _ = corrected(indexed(), returned(entry("P1", Q1, 70, part="2")), PARTS)
    assert (found[Q1, "P1", "2"].rating, found[Q1, "P1", None].rating) == (R, R)
    assert found[Q1, "P1", None].escalated is True
    assert ("2013/14 Q1", "P1", None, "RAG", "Amber", "Red") in said


def test_it_says_how_far_each_part_is_from_its_target(corrected):
    found, *_ = corrected(indexed(), returned(entry("P1", Q1, 70, part="2")), PARTS)
    assert "(part 1: 10 % worse; part 2: 30 % worse)" in found[(Q1, "P1", None)].why


def test_a_measure_of_parts_has_no_figure_of_its_own_to_correct(corrected):
    _, said, problems = corrected(indexed(), returned(entry("P1", Q1, 70)), PARTS)
    assert (said, problems) == ([], ["P1 is rated by its parts: say which part the figure is for."])


def test_it_is_found_under_the_key_that_it_had_then(corrected):
    renamed = {c.KEY: "P9", c.MEASURE: "Homes", c.FORMERLY: "P1", c.BETTER_WHEN: "Higher", "Target Q1": 100}
    found, said, _ = corrected([row(Q1, 100, G)], returned(entry("P9", Q1, 80)), [renamed])
    assert found[Q1, "P1", None].rating is R
    assert said[0][1] == "P1"


def test_quarters_after_it_are_escalated_anew(corrected):
    rows = [row(Q1, 100, G), row(Q2, 50, R, escalated=False), row(Q3, 50, R)]
    found, said, _ = corrected(rows, returned(entry("P1", Q1, 50)), **{"Escalate after": 2})
    assert [found[q, "P1", None].escalated for q in (Q1, Q2, Q3)] == [False, True, True]
    assert ("2013/14 Q2", "P1", None, "Escalated", "No", "Yes") in said


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (entry("P1", None, 80), "The correction names no quarter."),
        (
            entry("P1", Q4, 80),
            "2013/14 Q4 is not an earlier quarter: this quarter's figure belongs on the sheet Measures.",
        ),
        (entry("P1", Q2, 80), "No earlier report has P1 in 2013/14 Q2."),
        (entry("P7", Q1, 80), "No earlier report has P7 in 2013/14 Q1."),
        (entry("P1", Q1, None), "The correction gives no revised figure."),
        (entry("P1", Q1, 80, reason=""), "The correction has no reason."),
        (entry("K1", Q1, 80), "K1 is a key action; only a measure's figure can be corrected."),
        (entry("P1", Q1, "about 80"), "'about 80' is not a figure."),
    ],
)
def test_what_can_not_be_taken_is_said_and_changes_nothing(corrected, bad, problem):
    action = row(Q1, None, G, key="K1", kind=Kind.KEY_ACTION)
    found, said, problems = corrected([row(Q1, 100, G), action], returned(bad))
    assert (said, problems) == ([], [problem])
    assert found[Q1, "P1", None].performance == 100


def test_only_who_reports_or_reported_a_figure_corrects_it(corrected):
    _, said, problems = corrected([row(Q1, 100, G)], returned(entry("P1", Q1, 80), area=OTHER_AREA))
    assert (said, problems) == ([], [f"{AREA} reports this figure, not {OTHER_AREA}."])
    moved = P1 | {c.SERVICE_AREA: OTHER_AREA}
    _, said, _ = corrected([row(Q1, 100, G)], returned(entry("P1", Q1, 80), area=OTHER_AREA), [moved])
    assert said


@pytest.mark.parametrize(
    ("bad", "area", "what"),
    [
        (entry("P1", Q4, 80), AREA, "Type it there and delete the row, or correct the quarter."),
        (entry("P7", Q1, 80), AREA, "Correct the key, the part or the quarter, or delete the row."),
        (entry("K1", Q1, 80), AREA, "Delete the row, and tell the plan's manager, who can override a rating."),
        (entry("P1", Q1, 80), OTHER_AREA, f"Delete the row, and ask {AREA} to correct the figure."),
        (entry("P1", Q1, None), AREA, "Correct the row; until then the earlier figure stands."),
    ],
)
def test_what_is_to_be_done_about_it_is_said(tmp_path, bad, area, what):
    rows = [row(Q1, 100, G), row(Q1, None, G, key="K1", kind=Kind.KEY_ACTION)]
    (query,) = correct(rows, returned(bad, area=area), plan_of(tmp_path, measures=[P1]), Q4).queries
    assert query.what_to_do == what


def test_two_corrections_of_one_figure_are_a_query(corrected):
    received = returned(entry("P1", Q1, 80), entry("P1", Q1, 70))
    found, _, problems = corrected([row(Q1, 100, G)], received)
    assert found[Q1, "P1", None].performance == 80
    assert problems == [
        "It is corrected twice, here and in return.xlsx, Revisions, row 2, Key (cell A2); the first is used."
    ]


def test_improvement_is_judged_against_the_year_before_as_corrected(corrected):
    before = Quarter(2012, 1)
    rows = [row(before, 70, R), row(Q1, 60, R)]
    received = returned(entry("P1", Q1, 65), entry("P1", before, 60))
    found, _, _ = corrected(rows, received, **{"Amber needs improvement": "Yes"})
    assert found[Q1, "P1", None].rating is A
    found, _, _ = corrected(rows, returned(entry("P1", Q1, 65)), **{"Amber needs improvement": "Yes"})
    assert found[Q1, "P1", None].rating is R


def test_a_later_quarter_that_let_the_figure_stand_is_asked_about_and_not_changed(corrected):
    stood = row(Q2, 70, R, period="2013/14 Q1", data_status=DataStatus.NO_NEWER)
    rows = [row(Q1, 70, R), stood, row(Q3, 70, R)]
    found, _, problems = corrected(rows, returned(entry("P1", Q1, 101)))
    assert (found[Q1, "P1", None].rating, found[Q2, "P1", None].rating) == (G, R)
    assert problems == ["2013/14 Q2 let this figure stand, and still has it as it was."]
    both = returned(entry("P1", Q1, 101), entry("P1", Q2, 101))
    found, _, problems = corrected(rows, both)
    assert (found[Q2, "P1", None].rating, problems) == (G, [])
