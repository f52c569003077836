"""How other councils rate, each from a plan that says so to the published report, through the commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from officers import complete_all, fill, sign, table
from plans import AREA, OTHER_AREA, heading_of, plan_of
from ragtool import columns as c
from ragtool.cli import run
from small_quarter import report_of, return_of

QUARTER = "2013/14 Q2"
HIGHER = {c.BETTER_WHEN: "Higher", "Target Q2": 100}
LOWER = {c.BETTER_WHEN: "Lower", "Target Q2": 100}


def report(
    folder: Path,
    measures: Sequence[Mapping[str, object]] = (),
    figures: Mapping[str, object] | None = None,
    settings: Mapping[str, object] | None = None,
    **plan: Any,
) -> Path:
    """The report of a plan whose only return is filled with `figures` by key (`P1`, or `P1/1` for a part)."""
    plan_of(folder, settings=settings, measures=measures, **plan)
    assert run(["templates", str(folder), "--quarter", QUARTER]) in (0, 1)
    for area in (AREA, OTHER_AREA):
        path = return_of(folder, area)
        complete_all(path)
        sign(path)
        if area == AREA:
            for name, figure in (figures or {}).items():
                key, _, part = name.partition("/")
                entries = figure if isinstance(figure, Mapping) else {c.PERFORMANCE: figure}
                fill(path, "Measures", entries, key=key, part=part)
    assert run(["consolidate", str(folder), "--no-panels", "--no-pack"]) in (0, 1)
    return report_of(folder)


def ratings(path: Path) -> dict[str, str]:
    """This quarter's ratings, and `escalated` after a Red that is."""
    rows = [row for row in table(path, "Data") if row[c.QUARTER] == QUARTER]
    return {
        f"{row[c.KEY]}/{row[c.PART]}" if row[c.PART] else row[c.KEY]: row[c.RAG]
        + (" escalated" if row[c.ESCALATED] == "Yes" else "")
        for row in rows
    }


def test_plymouth_up_to_15_per_cent_is_amber_beyond_is_red_and_escalated(tmp_path):
    measures = [{c.KEY: key, **HIGHER} for key in ("P1", "P2", "P3")]
    found = ratings(report(tmp_path, measures, {"P1": 100, "P2": 85, "P3": 84.9}))
    assert found == {"P1": "G", "P2": "A", "P3": "R escalated"}


def test_havering_within_10_is_green_beyond_amber_only_where_it_improved(tmp_path):
    settings = {"Green within": "10 %", "Intervention level": "10 %", "Amber needs improvement": "Yes"}
    measures = [{c.KEY: key, **HIGHER} for key in ("P1", "P2", "P3", "P4")]
    history = [
        {c.QUARTER: "2012/13 Q2", c.KEY: "P2", c.RAG: "R", c.PERFORMANCE: 50, c.TARGET: 100},
        {c.QUARTER: "2012/13 Q2", c.KEY: "P3", c.RAG: "A", c.PERFORMANCE: 95, c.TARGET: 100},
    ]
    figures = {"P1": 90, "P2": 60, "P3": 60, "P4": 60}
    found = ratings(report(tmp_path, measures, figures, settings, history=history))
    assert found == {"P1": "G", "P2": "A", "P3": "R escalated", "P4": "R escalated"}


def test_havering_later_tolerance_by_indicator(tmp_path):
    measures = [
        {c.KEY: "P1", c.INTERVENTION_LEVEL: "5 %", **HIGHER},
        {c.KEY: "P2", c.INTERVENTION_LEVEL: 0.2, **HIGHER},
    ]
    assert ratings(report(tmp_path, measures, {"P1": 90, "P2": 81})) == {"P1": "R escalated", "P2": "A"}


def test_kent_below_an_absolute_floor_is_red_and_activity_has_two_bounds(tmp_path):
    measures = [
        {c.KEY: "P1", c.RED_BEYOND: 60, **HIGHER},
        {c.KEY: "P2", c.RED_BEYOND: 60, **HIGHER},
        {c.KEY: "P3", c.BETTER_WHEN: "In range", c.RANGE_LOW: 90, c.RANGE_HIGH: 110},
        {c.KEY: "P4", c.BETTER_WHEN: "In range", c.RANGE_LOW: 90, c.RANGE_HIGH: 110},
    ]
    found = ratings(report(tmp_path, measures, {"P1": 60, "P2": 59, "P3": 110, "P4": 80}))
    assert found == {"P1": "A", "P2": "R escalated", "P3": "G", "P4": "A"}


def test_medway_5_per_cent_tolerance(tmp_path):
    measures = [{c.KEY: "P1", **LOWER}, {c.KEY: "P2", **LOWER}]
    settings = {"Intervention level": "5 %", "At the intervention level": "Amber"}
    assert ratings(report(tmp_path, measures, {"P1": 105, "P2": 105.1}, settings)) == {"P1": "A", "P2": "R escalated"}


def test_at_the_level_can_be_red(tmp_path):
    settings = {"Intervention level": "5 %", "At the intervention level": "Red"}
    assert ratings(report(tmp_path, [{c.KEY: "P1", **LOWER}], {"P1": 105}, settings)) == {"P1": "R escalated"}


def test_swansea_exceeding_is_blue(tmp_path):
    measures = [{c.KEY: "P1", **HIGHER}, {c.KEY: "P2", **HIGHER}]
    assert ratings(report(tmp_path, measures, {"P1": 110, "P2": 110.1}, {"Blue beyond": "10 %"})) == {
        "P1": "G",
        "P2": "B",
    }


def test_brighton_trend_only_is_grey(tmp_path):
    assert ratings(report(tmp_path, [{c.KEY: "P1", c.STATUS: "Data only"}], {"P1": 5})) == {"P1": "DO"}


@pytest.mark.parametrize(("before", "expected"), [("R", "R escalated"), ("A", "R")])
def test_west_lindsey_exception_after_two_periods_in_a_row(tmp_path, before, expected):
    history = [{c.QUARTER: "2013/14 Q1", c.KEY: "P1", c.RAG: before, c.PERFORMANCE: 50, c.TARGET: 100}]
    path = report(tmp_path, [{c.KEY: "P1", **HIGHER}], {"P1": 50}, {"Escalate after": 2}, history=history)
    assert ratings(path) == {"P1": expected}
    reasons = [row[c.REASON] for row in table(path, "Exceptions")]
    assert ("Escalated" in reasons) == (expected == "R escalated")


def test_east_sussex_no_amber_and_the_outturn_carried_over(tmp_path):
    measures = [{c.KEY: "P1", **HIGHER}, {c.KEY: "P2", **HIGHER}]
    history = [{c.QUARTER: "2013/14 Q1", c.KEY: "P2", c.RAG: "G", c.PERFORMANCE: 100, c.TARGET: 100}]
    figures = {"P1": 99.9, "P2": {c.DATA_STATUS: "No newer data"}}
    path = report(tmp_path, measures, figures, {"Intervention level": "0 %"}, history=history)
    assert ratings(path) == {"P1": "R escalated", "P2": "G"}
    directions = {row[c.KEY]: row[c.DIRECTION] for row in table(path, "Measures")}
    assert directions["P2"] == "No newer data"


def test_lincolnshire_a_quarter_late(tmp_path):
    measures = [{c.KEY: "P1", c.BASIS: "Latest available", **HIGHER, c.TARGET_PERIOD: "2013/14 Q1"}]
    path = report(tmp_path, measures, {"P1": {c.PERFORMANCE: 100, c.DATA_AS_AT: "June 2013"}})
    assert ratings(path) == {"P1": "G"}
    assert [row for row in table(path, "Exceptions") if row[c.REASON] == "Contradiction"] == []


def test_maidstone_counts_directions_against_last_quarter_and_last_year(tmp_path):
    history = [
        {c.QUARTER: "2012/13 Q2", c.KEY: "P1", c.RAG: "G", c.PERFORMANCE: 99, c.TARGET: 100},
        {c.QUARTER: "2013/14 Q1", c.KEY: "P1", c.RAG: "G", c.PERFORMANCE: 101, c.TARGET: 100},
    ]
    path = report(tmp_path, [{c.KEY: "P1", **HIGHER}], {"P1": 100}, history=history)
    said = table(path, "Measures")[0][c.DIRECTION]
    assert "↓ Worse than 2013/14 Q1" in said
    assert "↑ Better than 2012/13 Q2" in said


@pytest.mark.parametrize(("setting", "expected"), [("Not due", "ND"), ("Green", "G"), ("Previous rating", "A")])
def test_craven_an_action_with_nothing_due(tmp_path, setting, expected):
    history = [{c.QUARTER: "2013/14 Q1", c.KEY: "K1", c.RAG: "A"}]
    settings = {"No milestones due": setting}
    milestone = {c.KEY: "K2", c.NO: 1, c.DUE: QUARTER}
    plan: dict[str, Any] = {
        "key_actions": [{c.KEY: "K1"}, {c.KEY: "K2"}],
        "milestones": [milestone],
        "history": history,
    }
    assert ratings(report(tmp_path, settings=settings, **plan)) == {"K1": expected, "K2": "G"}


def test_comhairle_nan_eilean_siar_a_non_return_is_shown_as_one(tmp_path):
    assert ratings(report(tmp_path, [{c.KEY: "P1", **HIGHER}, {c.KEY: "P2", **HIGHER}], {"P1": 100})) == {
        "P1": "G",
        "P2": "NR",
    }


def test_an_override_outranks_the_rule_and_a_declared_rating_and_stands_beside_them(tmp_path, capsys):
    override = {
        c.QUARTER: QUARTER,
        c.KEY: "P1",
        c.RAG: "A",
        c.REASON: "A late invoice",
        c.APPROVED_BY: "Director of Finance",
        c.DATE: "2013-10-20",
    }
    half = {key: value for key, value in override.items() if key != c.REASON} | {c.KEY: "P2"}
    measures = [{c.KEY: "P1", **HIGHER}, {c.KEY: "P2", **HIGHER}]
    figures = {
        "P1": {c.PERFORMANCE: 100, c.OWN_RATING: "Red", c.REASON_OWN: "At risk"},
        "P2": {c.PERFORMANCE: 100, c.OWN_RATING: "Red", c.REASON_OWN: "At risk"},
    }
    path = report(tmp_path, measures, figures, overrides=[override, half])
    assert ratings(path) == {"P1": "A", "P2": "R escalated"}
    rule = {row[c.KEY]: row[c.RULE_RAG] for row in table(path, "Data")}
    assert rule == {"P1": "G", "P2": "G"}
    marks = {row[c.KEY]: row["Mark"] for row in table(path, "Measures")}
    assert marks == {"P1": "Override", "P2": "Declared"}
    problems = [row[c.PROBLEM] for row in table(path, "Queries") if row[c.SHEET] == "Overrides"]
    assert problems == ["The override has no Reason, so it isn't used."]
    said = "By the rule alone: 2 are Green. What is published differs at P1, P2."
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("heading", [c.TARGET_PERIOD, c.FORMERLY, c.DECIMALS])
def test_a_column_that_changes_no_rating_may_be_missing(tmp_path, heading):
    plan_of(tmp_path, measures=[{c.KEY: "P1", **HIGHER}])
    book = openpyxl.load_workbook(tmp_path / "corporate_plan.xlsx")
    sheet = book["Measures"]
    sheet.delete_cols(heading_of(sheet, heading).column)
    book.save(tmp_path / "corporate_plan.xlsx")
    assert run(["templates", str(tmp_path), "--quarter", QUARTER]) == 1
    book["Measures"].delete_cols(heading_of(sheet, c.RED_BEYOND).column)
    book.save(tmp_path / "corporate_plan.xlsx")
    assert run(["templates", str(tmp_path), "--quarter", "2013/14 Q3"]) == 2
