"""What a return's Guidance says is missing is what `check` asks about, while a return is filled step by step."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal

import pytest

from officers import table
from plans import AREA, OTHER_AREA, plan_of
from ragtool import columns as c
from ragtool.cli import run
from ragtool.history.earlier import Earlier
from ragtool.history.quarters_so_far import merge_earlier
from ragtool.quarter.carrying import plan_milestones
from ragtool.quarters import Quarter
from ragtool.returns.template.area_items import items_by_area
from ragtool.returns.template.asked_gaps import NO_FORECAST, officers_gaps
from ragtool.returns.template.choice_gaps import other_words
from ragtool.returns.template.gaps import gaps_in
from ragtool.returns.template.template import write_return
from ragtool.returns.template.written_gaps import half_written
from typed_cells import TypedBook

R = c.ReturnSheets
Q2 = Quarter(2013, 2)
TARGET = {"Unit": "homes", "Better when": "Higher", "Target Q2": 50}

PROPOSED, CORRECTED = R.NEXT.name, R.REVISIONS.name
"""The one row of each of these sheets, which is written from scratch."""

STEPS: tuple[tuple[str, dict[str, object], bool], ...] = (
    ("K1 1", {c.STATUS: "Overdue"}, True),
    ("K1 1", {c.RESOLUTION: "More staff"}, True),
    ("K1 1", {c.REVISED_DATE: date(2013, 12, 1)}, True),
    ("K2 1", {c.STATUS: "Complete"}, True),
    ("K2 1", {c.QUALITY_CONCERN: "Yes"}, True),
    ("K2 1", {c.RESOLUTION: "Look again"}, True),
    ("M1", {c.PERFORMANCE: Decimal(49)}, True),
    ("M1", {c.DATA_STATUS: "Final"}, True),
    ("M1", {c.RESOLUTION: "More homes"}, True),
    ("M2 1", {c.PERFORMANCE: Decimal(30), c.DATA_STATUS: "Final"}, True),
    ("M2 1", {c.RESOLUTION: "More homes"}, True),
    ("M2 2", {c.PERFORMANCE: Decimal(60), c.DATA_STATUS: "Final"}, True),
    ("M2", {c.RESOLUTION: "As its parts"}, True),
    ("M3", {c.DATA_STATUS: "Not available"}, True),
    ("M3", {c.HIGHLIGHT: "The system is new"}, True),
    (c.SignOff.SIGNED_OFF_BY, {c.ENTRY: "Head of Highways"}, False),
    ("K1", {c.OWN_RATING: "Red"}, False),
    ("K2", {c.OWN_RATING: "Red"}, True),
    ("K2", {c.REASON_OWN: "It may fail"}, False),
    ("K3", {c.OWN_RATING: "Green"}, False),
    ("K3", {c.OWN_RATING: "Amber"}, True),
    ("K3", {c.REASON_OWN: "It may fail"}, True),
    ("K3", {c.RESOLUTION: "More money"}, False),
    ("M4", {c.PERFORMANCE: Decimal(55), c.DATA_STATUS: "Final"}, False),
    ("M4", {c.OWN_RATING: "Amber", c.REASON_OWN: "It may fall"}, True),
    ("M4", {c.RESOLUTION: "More homes"}, False),
    ("M3", {c.HIGHLIGHT: None, c.REASON_OWN: "The system is new"}, False),
    ("M3", {c.PERFORMANCE: Decimal(50)}, True),
    ("M3", {c.PERFORMANCE: None}, False),
    ("K1 1", {c.QUALITY_CONCERN: "Yes"}, True),
    ("K1 1", {c.QUALITY_CONCERN: "No"}, False),
    ("M5", {c.PERFORMANCE: None, c.DATA_STATUS: "No newer data"}, True),
    ("M5", {c.PERFORMANCE: Decimal(50), c.DATA_STATUS: "Final"}, False),
    ("M6", {c.PERFORMANCE: None, c.DATA_STATUS: "No newer data"}, True),
    ("M6", {c.RESOLUTION: "More homes"}, False),
    ("M6", {c.OWN_RATING: "Green"}, True),
    ("M6", {c.OWN_RATING: "Amber"}, False),
    ("M4", {c.PERIOD: ""}, True),
    ("M4", {c.PERIOD: "2013/14 Q2"}, False),
    (c.SignOff.SIGNED_OFF_BY, {c.ENTRY: "TBC"}, True),
    (c.SignOff.SIGNED_OFF_BY, {c.ENTRY: "Head of Highways"}, False),
    ("K2 1", {c.COMPLETED_ON: date(2013, 10, 1)}, True),
    ("K2 1", {c.COMPLETED_ON: date(2013, 9, 30)}, False),
    ("K4", {c.OWN_RATING: "Amber"}, True),
    ("K4", {c.REASON_OWN: "It may fail"}, True),
    ("K4", {c.RESOLUTION: "More money"}, False),
    ("K4", {c.REASON_OWN: None}, True),
    ("K4", {c.OWN_RATING: None}, False),
    ("K5", {c.OWN_RATING: None}, True),
    ("K5", {c.OWN_RATING: "Amber"}, True),
    ("K5", {c.REASON_OWN: "It may fail"}, True),
    ("K5", {c.RESOLUTION: "More money"}, False),
    ("K5", {c.OWN_RATING: "Green", c.REASON_OWN: None, c.RESOLUTION: None}, False),
    ("K1 1", {c.STATUS: "Nearly"}, True),
    ("K1 1", {c.STATUS: "Overdue"}, False),
    ("K1 1", {c.QUALITY_CONCERN: "Maybe"}, True),
    ("K1 1", {c.QUALITY_CONCERN: "No"}, False),
    ("M4", {c.DATA_STATUS: "Latest"}, True),
    ("M4", {c.DATA_STATUS: "Final"}, False),
    ("M4", {c.OWN_RATING: "Blue"}, True),
    ("M4", {c.OWN_RATING: "Amber"}, False),
    (PROPOSED, {c.MILESTONE: "Open the doors"}, True),
    (PROPOSED, {c.KEY: "K1"}, True),
    (PROPOSED, {c.DUE: "2013/14 Q3"}, False),
    (PROPOSED, {c.MILESTONE: None}, True),
    (PROPOSED, {c.MILESTONE: "Open the doors"}, False),
    (CORRECTED, {c.REVISED_PERFORMANCE: Decimal(46)}, True),
    (CORRECTED, {c.KEY: "M6"}, True),
    (CORRECTED, {c.QUARTER: "2013/14 Q1"}, True),
    (CORRECTED, {c.REASON: "Counted again"}, False),
    (CORRECTED, {c.REVISED_PERFORMANCE: None}, True),
    (CORRECTED, {c.REVISED_PERFORMANCE: Decimal(46)}, False),
)
"""What is typed, a row after the other, and whether anything is missing then."""


def sheet_of(row: str) -> str:
    if row == c.SignOff.SIGNED_OFF_BY:
        return R.SIGN_OFF.name
    if row in (PROPOSED, CORRECTED):
        return row
    if row.startswith("M"):
        return R.MEASURES.name
    return R.MILESTONES.name if " " in row else R.KEY_ACTIONS.name


def row_named(row: str) -> dict[str, object]:
    """The columns that say which row it is."""
    key, _, number = row.partition(" ")
    sheet = sheet_of(row)
    if sheet == row:
        return {}
    if sheet == R.SIGN_OFF.name:
        return {c.FIELD: row}
    if sheet == R.MEASURES.name:
        return {c.KEY: key, c.PART: number or None}
    return {c.KEY: key} if sheet == R.KEY_ACTIONS.name else {c.KEY: key, c.NO: number, c.CARRIED_FROM: None}


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """A plan that has every kind of item, and its folder; only to be copied."""
    folder = tmp_path_factory.mktemp("plan")
    plan = plan_of(
        folder,
        key_actions=[
            *({c.KEY: key} for key in ("K1", "K2", "K3")),
            {c.KEY: "K4", c.CONTRIBUTING: OTHER_AREA},
            {c.KEY: "K5", c.CONTRIBUTING: OTHER_AREA, c.RATED_BY: "Officer"},
            {c.KEY: "K6", c.STATUS: "On hold"},
            {c.KEY: "K7", c.STATUS: "Complete"},
            {c.KEY: "K8", c.STATUS: "Under development"},
        ],
        milestones=[
            *({c.KEY: key, c.NO: 1, c.DUE: "2013/14 Q2"} for key in ("K1", "K2", "K6", "K7", "K8")),
            *({c.KEY: key, c.NO: 1, c.DUE: "2013/14 Q2", c.SERVICE_AREA: OTHER_AREA} for key in ("K4", "K5")),
        ],
        measures=[
            {c.KEY: "M1", **TARGET},
            {c.KEY: "M2", "Unit": "homes"},
            {c.KEY: "M2", c.PART: 1, **TARGET},
            {c.KEY: "M2", c.PART: 2, **TARGET},
            {c.KEY: "M3", **TARGET},
            {c.KEY: "M4", c.TARGET_PERIOD: "2012/13", **TARGET},
            {c.KEY: "M5", **TARGET},
            {c.KEY: "M6", **TARGET},
        ],
        history=[{"Quarter": "2013/14 Q1", c.KEY: "M6", c.PERFORMANCE: 45}],
    )
    return plan, folder


@pytest.mark.parametrize("last", range(1, len(STEPS) + 1))
def test_guidance_and_check_agree_at_every_step(planned, tmp_path, last):
    plan, folder = planned
    shutil.copy(folder / "corporate_plan.xlsx", tmp_path)
    met = {c.PERFORMANCE: Decimal(50), c.DATA_STATUS: "Final"}
    typed: dict[str, dict[str, object]] = {key: {**met, **row_named(key)} for key in ("M4", "M5", "M6")}
    typed["K5"] = {c.OWN_RATING: "Green", **row_named("K5")}
    for row, each, _ in STEPS[:last]:
        typed.setdefault(row, row_named(row)).update(each)
    entries: dict[str, list[dict[str, object]]] = {}
    for row, values in typed.items():
        entries.setdefault(sheet_of(row), []).append(values)
    items = items_by_area(plan, Q2, plan_milestones(plan, Q2).shown)[AREA]
    path = tmp_path / "returns" / f"2013-14 Q2 {AREA}.xlsx"
    path.parent.mkdir()
    earlier = Earlier.of(merge_earlier(plan, None, Q2)[0], Q2, plan)
    write_return(path, plan, Q2, items, entries, earlier)
    page = TypedBook(path.read_bytes())[R.GUIDANCE]
    gaps = (*gaps_in(date(2013, 9, 30)), *officers_gaps(["K5"]), *half_written(), *other_words(()))
    kinds = {gap.what for gap in gaps}
    missing = sum(int(str(page.value(row, 1))) for row in page.cells if page.value(row, 2) in kinds)
    *_, (_, _, expected) = STEPS[:last]
    assert (missing > 0, run(["check", str(tmp_path)]) == 1) == (expected, expected)


def test_an_override_asks_its_officer_for_nothing(tmp_path, capsys):
    """What the plan makes of a rating no return can know: its manager is asked."""
    override = {c.QUARTER: "2013/14 Q2", c.REASON: "Audit", c.APPROVED_BY: "The board", c.DATE: date(2013, 10, 9)}
    plan = plan_of(
        tmp_path,
        measures=[{c.KEY: "M1", **TARGET}, {c.KEY: "M2", **TARGET}],
        overrides=[{c.KEY: "M1", c.RAG: "Red", **override}, {c.KEY: "M2", c.RAG: "Green", **override}],
        areas=[{c.SERVICE_AREA: AREA}],
    )
    items = items_by_area(plan, Q2, ())[AREA]
    path = tmp_path / "returns" / f"2013-14 Q2 {AREA}.xlsx"
    path.parent.mkdir()
    entries: dict[str, list[dict[str, object]]] = {
        R.MEASURES.name: [
            {c.KEY: key, c.PART: None, c.PERFORMANCE: Decimal(figure), c.DATA_STATUS: "Final"}
            for key, figure in (("M1", 55), ("M2", 30))
        ],
        R.SIGN_OFF.name: [{c.FIELD: c.SignOff.SIGNED_OFF_BY, c.ENTRY: "Head of Highways"}],
    }
    write_return(path, plan, Q2, items, entries, Earlier({}))
    run(["check", str(tmp_path)])
    said = capsys.readouterr().out
    assert (
        "corporate_plan.xlsx, Overrides, row 4, RAG (cell C4), key M1: It is overridden to Red with no proposed "
        "resolution. Ask Highways to say what will be done, under Proposed resolution of its return." in said
    )
    assert f"2013-14 Q2 {AREA}.xlsx, Measures, row 4, Proposed resolution" in said
    assert "It is Red with no proposed resolution." in said
    assert said.count("Query: ") == 2


def test_a_faulty_correction_hides_nothing_that_its_measures_own_row_lacks(tmp_path, capsys):
    plan = plan_of(tmp_path, measures=[{c.KEY: "M1", **TARGET}], areas=[{c.SERVICE_AREA: AREA}])
    entries: dict[str, list[dict[str, object]]] = {
        R.MEASURES.name: [{c.KEY: "M1", c.PART: None, c.PERFORMANCE: Decimal(30), c.DATA_STATUS: "Final"}],
        R.REVISIONS.name: [{c.KEY: "M1", c.QUARTER: "2013/14 Q3", c.REVISED_PERFORMANCE: Decimal(9), c.REASON: "Slip"}],
        R.SIGN_OFF.name: [{c.FIELD: c.SignOff.SIGNED_OFF_BY, c.ENTRY: "Head of Highways"}],
    }
    path = tmp_path / "returns" / f"2013-14 Q2 {AREA}.xlsx"
    path.parent.mkdir()
    write_return(path, plan, Q2, items_by_area(plan, Q2, ())[AREA], entries, Earlier({}))
    run(["check", str(path)])
    said = capsys.readouterr().out
    assert "Revisions, row 3, Quarter (cell C3), key M1: 2013/14 Q3 is not an earlier quarter" in said
    assert "Measures, row 3, Proposed resolution" in said
    assert "key M1: It is Red with no proposed resolution." in said


@pytest.mark.parametrize(
    ("last", "problem"), [(45, "It is Amber with no proposed resolution."), (None, "No newer data")]
)
def test_without_a_plan_a_return_itself_says_which_figure_stands(tmp_path, capsys, last, problem):
    history = [{"Quarter": "2013/14 Q1", c.KEY: "M1", c.PERFORMANCE: last}] if last else []
    plan = plan_of(tmp_path, measures=[{c.KEY: "M1", **TARGET}], history=history, areas=[{c.SERVICE_AREA: AREA}])
    entries: dict[str, list[dict[str, object]]] = {
        R.MEASURES.name: [{c.KEY: "M1", c.PART: None, c.DATA_STATUS: "No newer data"}],
        R.SIGN_OFF.name: [{c.FIELD: c.SignOff.SIGNED_OFF_BY, c.ENTRY: "Head of Highways"}],
    }
    path = tmp_path / "alone" / "return.xlsx"
    path.parent.mkdir()
    earlier = Earlier.of(merge_earlier(plan, None, Q2)[0], Q2, plan)
    write_return(path, plan, Q2, items_by_area(plan, Q2, ())[AREA], entries, earlier)
    (tmp_path / "corporate_plan.xlsx").unlink()
    run(["check", str(path)])
    said = capsys.readouterr().out
    assert f"key M1: {problem}" in said
    assert "Not available, and" not in said


NOT_RATED: list[dict[str, object]] = [
    {c.KEY: "M1", **TARGET, c.STATUS: "Under development"},
    {c.KEY: "M2", "Unit": "homes", c.STATUS: "Under development"},
    {c.KEY: "M2", c.PART: 1, **TARGET},
    {c.KEY: "M3", **TARGET, c.STATUS: "Data only"},
    {c.KEY: "M4", **TARGET},
]


@pytest.mark.parametrize("with_plan", [True, False])
def test_of_a_measure_under_development_nothing_is_asked(tmp_path, capsys, with_plan):
    """Though it may have a target already; its return has it in place of the words."""
    plan = plan_of(tmp_path, measures=NOT_RATED, areas=[{c.SERVICE_AREA: AREA}])
    met: dict[str, object] = {c.KEY: "M4", c.PART: None, c.PERFORMANCE: Decimal(50), c.DATA_STATUS: "Final"}
    entries: dict[str, list[dict[str, object]]] = {
        R.MEASURES.name: [met],
        R.SIGN_OFF.name: [{c.FIELD: c.SignOff.SIGNED_OFF_BY, c.ENTRY: "Head of Highways"}],
    }
    path = tmp_path / "returns" / f"2013-14 Q2 {AREA}.xlsx"
    path.parent.mkdir()
    write_return(path, plan, Q2, items_by_area(plan, Q2, ())[AREA], entries, Earlier({}))
    if not with_plan:
        (tmp_path / "corporate_plan.xlsx").unlink()
    assert run(["check", str(path)]) == 0
    assert "Nothing to correct in 1 return" in capsys.readouterr().out
    if with_plan:
        run(["consolidate", str(tmp_path), "--no-panels", "--no-pack"])
        (row,) = table(tmp_path / "2013-14 Q2 performance report.xlsx", "Returns")
        assert row[c.MEASURES_FILLED] == "1 of 2"


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2013/14 Q1", "2013/14 Q1"),
        ("2013/14 Q2", "2013/14 Q2"),
        (date(2013, 9, 30), "30/09/2013"),
        (date(2013, 10, 1), None),
        ("2013/14 Q3", None),
    ],
)
def test_what_is_proposed_is_due_in_a_coming_quarter(tmp_path, capsys, due, said):
    plan = plan_of(tmp_path, key_actions=[{c.KEY: "K1"}], areas=[{c.SERVICE_AREA: AREA}])
    entries: dict[str, list[dict[str, object]]] = {
        R.NEXT.name: [{c.KEY: "K1", c.MILESTONE: "Open the doors", c.DUE: due}],
        R.SIGN_OFF.name: [{c.FIELD: c.SignOff.SIGNED_OFF_BY, c.ENTRY: "Head of Highways"}],
    }
    path = tmp_path / "returns" / f"2013-14 Q2 {AREA}.xlsx"
    path.parent.mkdir()
    write_return(path, plan, Q2, items_by_area(plan, Q2, ())[AREA], entries, Earlier({}))
    assert run(["check", str(path)]) == (1 if said else 0)
    expected = (
        f"Next milestones, row 3, Due (cell C3), key K1: The proposed milestone is due by {said}, which is in no "
        "coming quarter. Choose the quarter in which it will be due."
    )
    assert (expected in capsys.readouterr().out) == bool(said)


@pytest.mark.parametrize(("forecast", "missing"), [(None, 1), ("Green", 0)])
def test_a_forecast_is_missed_of_what_another_return_decides_too(tmp_path, forecast, missing):
    parts: list[dict[str, object]] = [{c.KEY: "M1", c.PART: number, **TARGET} for number in (1, 2)]
    parts[1][c.SERVICE_AREA] = OTHER_AREA
    plan = plan_of(tmp_path, {"Ask for a forecast": "Yes"}, measures=[{c.KEY: "M1", "Unit": "homes"}, *parts])
    entries: dict[str, list[dict[str, object]]] = {
        R.MEASURES.name: [
            {c.KEY: "M1", c.PART: None, c.FORECAST: forecast},
            {c.KEY: "M1", c.PART: "1", c.PERFORMANCE: Decimal(55), c.DATA_STATUS: "Final"},
        ],
        R.SIGN_OFF.name: [{c.FIELD: c.SignOff.SIGNED_OFF_BY, c.ENTRY: "Head of Highways"}],
    }
    path = tmp_path / "returns" / f"2013-14 Q2 {AREA}.xlsx"
    path.parent.mkdir()
    write_return(path, plan, Q2, items_by_area(plan, Q2, ())[AREA], entries, Earlier({}))
    page = TypedBook(path.read_bytes())[R.GUIDANCE]
    counted = {page.value(row, 2): page.value(row, 1) for row in page.cells}
    assert counted[NO_FORECAST] == missing
    assert run(["check", str(path)]) == missing
