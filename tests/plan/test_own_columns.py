"""The columns by which a measure says its own levels, limits, stretch target and benchmark: read, refused, doubted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from plans import FIRST_ROW, HEADING_ROW, ITEM, heading_of, plan_of
from ragtool import columns as c
from ragtool.errors import RagtoolError
from ragtool.figures import Points
from ragtool.model import Basis, Better, Query, Severity
from ragtool.plan.growing_lists import ROOM
from ragtool.plan.plan import Measure
from ragtool.plan.plan_reading import LATER, read_plan
from ragtool.plan.plan_workbook import write_plan

HIGHER = {c.KEY: "P1", c.BETTER_WHEN: "Higher", "Target Q2": 80}
RANGE = {c.KEY: "P1", c.BETTER_WHEN: "In range", c.RANGE_LOW: 10, c.RANGE_HIGH: 20}


def said_of(folder: Path, *rows: dict[str, Any], settings: dict[str, object] | None = None) -> list[Query]:
    """What is said of a plan with these measures, usable or not."""
    try:
        plan_of(folder, settings, measures=rows)
    except RagtoolError as problem:
        return list(problem.queries)
    return read_plan(folder / "corporate_plan.xlsx")[1]


def read(folder: Path, *rows: dict[str, Any]) -> list[Measure]:
    return list(plan_of(folder, measures=rows).measures)


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("5 points", Points(Decimal(5))),
        ("2.5 Points", Points(Decimal("2.5"))),
        ("1 point", Points(Decimal(1))),
        ("0 points", Points(Decimal(0))),
        ("5 %", Decimal("0.05")),
        ("12.5%", Decimal("0.125")),
        (0.05, Decimal("0.05")),
    ],
)
@pytest.mark.parametrize("heading", [c.INTERVENTION_LEVEL, c.GREEN_WITHIN])
def test_a_level_of_its_own_is_a_share_or_points(tmp_path, heading, typed, level):
    (measure,) = read(tmp_path, {**HIGHER, heading: typed})
    assert {c.INTERVENTION_LEVEL: measure.level, c.GREEN_WITHIN: measure.green_within}[heading] == level


@pytest.mark.parametrize("typed", ["5pp", "5 pp", "5 percentage points", "5 ppt", "5 % points"])
def test_percentage_points_are_points_where_the_unit_is_per_cent(tmp_path, typed):
    row = {**HIGHER, c.UNIT: "%", "Target Q2": "80%", c.INTERVENTION_LEVEL: typed}
    (measure,) = read(tmp_path, row)
    assert measure.level == Points(Decimal(5))
    (query,) = said_of(tmp_path, {**HIGHER, c.UNIT: "days", c.INTERVENTION_LEVEL: typed})
    assert query.problem == "The level is in percentage points, and the unit is 'days'."
    assert query.what_to_do == "Type 5 points for a distance in the measure's own unit, or put % under Unit."


def test_percentage_points_of_a_measure_with_parts_are_their_units(tmp_path):
    whole = {c.KEY: "P1", c.BETTER_WHEN: "Higher", c.GREEN_WITHIN: "2 pp"}
    parts = [{c.KEY: "P1", c.PART: part, c.UNIT: unit, "Target Q2": 80} for part, unit in (("1", "%"), ("2", "days"))]
    (query,) = said_of(tmp_path, whole, *parts)
    assert (query.key, query.problem) == ("P1 part 2", "The level is in percentage points, and the unit is 'days'.")
    assert read(tmp_path, whole, parts[0])[1].green_within == Points(Decimal(2))


ABOVE_LEVEL = "Green within, {}, is above the intervention level, {}, so no miss is Amber."


@pytest.mark.parametrize(
    ("row", "settings", "where", "problem"),
    [
        ({c.GREEN_WITHIN: "20 %"}, {}, c.GREEN_WITHIN, ABOVE_LEVEL.format("20 %", "15 %")),
        (
            {c.INTERVENTION_LEVEL: "2 %"},
            {"Green within": "3 %"},
            c.INTERVENTION_LEVEL,
            ABOVE_LEVEL.format("3 %", "2 %"),
        ),
        (
            {c.INTERVENTION_LEVEL: "2 points", c.GREEN_WITHIN: "3 points"},
            {},
            c.GREEN_WITHIN,
            ABOVE_LEVEL.format("3 points", "2 points"),
        ),
        ({}, {"Green within": "20 %"}, c.VALUE, ABOVE_LEVEL.format("20 %", "15 %")),
        ({c.GREEN_WITHIN: "15 %"}, {}, "", ""),
        ({c.INTERVENTION_LEVEL: "2 points", c.GREEN_WITHIN: "20 %"}, {}, "", ""),
        ({}, {"Green within": "10 %", "Intervention level": "10 %"}, "", ""),
    ],
)
def test_a_green_within_that_leaves_no_amber_is_asked_about(tmp_path, row, settings, where, problem):
    queries = said_of(tmp_path, HIGHER | row, settings=settings)
    assert [(query.heading, query.problem) for query in queries] == ([(where, problem)] if problem else [])
    assert all(query.severity is Severity.QUERY for query in queries)


NOT_SAID = "The benchmark doesn't say whose it is, or of when."
NO_FIGURE = "Benchmark is says whose it is, and there is no figure under Benchmark."


@pytest.mark.parametrize(
    ("row", "heading", "problem"),
    [
        ({c.BENCHMARK: 75}, c.BENCHMARK_IS, NOT_SAID),
        ({c.BENCHMARK_IS: "Neighbours 2012/13"}, c.BENCHMARK, NO_FIGURE),
        ({c.BENCHMARK: 75, c.BENCHMARK_IS: "Neighbours 2012/13"}, "", ""),
    ],
)
def test_a_benchmark_stands_with_whose_it_is(tmp_path, row, heading, problem):
    queries = said_of(tmp_path, HIGHER | row)
    assert [(query.heading, query.problem) for query in queries] == ([(heading, problem)] if problem else [])


def test_a_benchmarks_source_may_stand_with_the_measure_and_its_figures_with_the_parts(tmp_path):
    whole = {c.KEY: "P1", c.BETTER_WHEN: "Higher", c.BENCHMARK_IS: "Neighbours 2012/13"}
    parts = [{c.KEY: "P1", c.PART: "1", "Target Q2": 80, c.BENCHMARK: 75}, {c.KEY: "P1", c.PART: "2", "Target Q2": 80}]
    assert said_of(tmp_path, whole, *parts) == []


def test_a_cell_that_shows_points_by_its_format_has_them(tmp_path):
    plan_of(tmp_path, measures=[{**HIGHER, c.INTERVENTION_LEVEL: "15 %"}])
    path = tmp_path / "corporate_plan.xlsx"
    book = openpyxl.load_workbook(path)
    cell = next(cell for cell in book["Measures"][FIRST_ROW] if cell.value == 0.15)
    cell.value, cell.number_format = 5, '0" points"'
    book.save(path)
    assert read_plan(path)[0].measures[0].level == Points(Decimal(5))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (5, "'5' may mean 5 % or a share."),
        ("-5 points", "'-5 points' is not a number of points."),
        ("five points", "'five points' is not a number of points."),
        ("5 pp", "The level is in percentage points, and there is no unit."),
        ("5 percentage points", "The level is in percentage points, and there is no unit."),
        ("minus 5 pp", "'minus 5 pp' is not a number of points."),
    ],
)
@pytest.mark.parametrize("heading", [c.INTERVENTION_LEVEL, c.GREEN_WITHIN])
def test_what_is_no_level_stops_the_run(tmp_path, heading, typed, problem):
    (query,) = said_of(tmp_path, {**HIGHER, heading: typed})
    assert (query.severity, query.problem, query.heading) == (Severity.ERROR, problem, heading)


@pytest.mark.parametrize("name", ["Intervention level", "Green within", "Direction tolerance", "Blue beyond"])
def test_a_setting_is_always_a_share(tmp_path, name):
    (query,) = said_of(tmp_path, HIGHER, settings={name: "5 points"})
    assert query.problem == f"{name}: '5 points' is a distance in one measure's unit, and this holds for all of them."
    assert query.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("row", "heading", "severity", "problem"),
    [
        (
            {**HIGHER, c.STRETCH_TARGET: 80},
            c.STRETCH_TARGET,
            Severity.ERROR,
            "The stretch target is no better than a target, so it stretches nothing.",
        ),
        (
            {c.KEY: "P1", c.BETTER_WHEN: "Less than", "Target Q1": 60, "Target Q2": 80, c.STRETCH_TARGET: 70},
            c.STRETCH_TARGET,
            Severity.ERROR,
            "The stretch target is no better than a target, so it stretches nothing.",
        ),
        (
            {**RANGE, c.STRETCH_TARGET: 15},
            c.STRETCH_TARGET,
            Severity.ERROR,
            "A measure that is better In range can't have a stretch target.",
        ),
        (
            {c.KEY: "P1", c.BETTER_WHEN: "Higher", c.STRETCH_TARGET: 15},
            c.STRETCH_TARGET,
            Severity.QUERY,
            "There is no target, so the stretch target isn't used.",
        ),
        (
            {**RANGE, c.RED_BEYOND: 5, c.RED_ABOVE: 25},
            c.RED_ABOVE,
            Severity.ERROR,
            "Red beyond and Red above both stand, so one range would have two limits.",
        ),
        (
            {**RANGE, c.RED_BEYOND: 15},
            c.RED_BEYOND,
            Severity.QUERY,
            "Red beyond lies inside the range, so a figure outside it is always Red.",
        ),
        (
            {**RANGE, c.RED_BELOW: 12},
            c.RED_BELOW,
            Severity.QUERY,
            "Red below lies on the better side of Range low, so a figure that misses there is always Red.",
        ),
        (
            {**RANGE, c.RANGE_HIGH: None, c.RED_ABOVE: 12},
            c.RED_ABOVE,
            Severity.QUERY,
            "Range high is blank, so Red above isn't used.",
        ),
        (
            {**HIGHER, c.RED_BELOW: 60},
            c.RED_BELOW,
            Severity.QUERY,
            "Red below is for a measure that is better In range, so it isn't used.",
        ),
        (
            {**HIGHER, c.BASIS: "Year-to-date rate", c.PROFILE: "Straight line"},
            c.PROFILE,
            Severity.QUERY,
            "Profile spreads a running total over the year; for a Year-to-date rate it isn't used.",
        ),
        (
            {c.KEY: "P1", c.BETTER_WHEN: "Less than", "Target Q2": 80, c.RED_BEYOND: 70},
            c.RED_BEYOND,
            Severity.QUERY,
            "Red beyond lies on the better side of the target, so a figure that misses is always Red.",
        ),
        (
            {**HIGHER, c.UNIT: "%", "Target Q2": "80%", c.BENCHMARK: 0.8, c.BENCHMARK_IS: "All councils"},
            c.BENCHMARK,
            Severity.ERROR,
            "'0.8' may mean 0.8 % or 80 %: the cell isn't formatted as a percentage.",
        ),
    ],
)
def test_what_makes_no_sense_is_told(tmp_path, row, heading, severity, problem):
    if c.BENCHMARK in row:
        write_bare(tmp_path, row)
        (query,) = problems(tmp_path)
    else:
        (query,) = said_of(tmp_path, row)
    assert (query.heading, query.severity, query.problem) == (heading, severity, problem)


def write_bare(folder: Path, row: dict[str, Any]) -> None:
    """A plan with a benchmark as a program of the manager's own would leave it: a number without a format."""
    plan_of(folder, measures=[{**row, c.BENCHMARK: 80}])
    book = openpyxl.load_workbook(folder / "corporate_plan.xlsx")
    page = book["Measures"]
    cell = page.cell(FIRST_ROW, heading_of(page, c.BENCHMARK).column)
    cell.value, cell.number_format = row[c.BENCHMARK], "General"
    book.save(folder / "corporate_plan.xlsx")


def problems(folder: Path) -> list[Query]:
    with pytest.raises(RagtoolError) as stopped:
        read_plan(folder / "corporate_plan.xlsx")
    return list(stopped.value.queries)


def test_a_measure_with_parts_has_no_stretch_target_and_a_part_takes_none_from_it(tmp_path):
    parts = [{c.KEY: "P1", c.PART: part, "Target Q2": 80} for part in "12"]
    (query,) = said_of(tmp_path, {c.KEY: "P1", c.BETTER_WHEN: "Higher", c.STRETCH_TARGET: 90}, *parts)
    assert query.problem == "A measure with parts can't have a stretch target."
    _, one, two = read(tmp_path, {c.KEY: "P1", c.BETTER_WHEN: "Higher"}, {**parts[0], c.STRETCH_TARGET: 90}, parts[1])
    assert (one.stretch, two.stretch) == (Decimal(90), None)


def test_a_part_takes_levels_and_limits_from_its_measure(tmp_path):
    whole = {**RANGE, c.RANGE_LOW: None, c.RANGE_HIGH: None, c.RED_BELOW: 8, c.RED_ABOVE: 24}
    levels = {c.INTERVENTION_LEVEL: "5 points", c.GREEN_WITHIN: "1 point"}
    part = {c.KEY: "P1", c.PART: "1", c.RANGE_LOW: 10, c.RANGE_HIGH: 20, c.RED_ABOVE: 30}
    _, read_part = read(tmp_path, {**whole, **levels}, part)
    assert (read_part.red_below, read_part.red_above) == (Decimal(8), Decimal(30))
    assert (read_part.level, read_part.green_within) == (Points(Decimal(5)), Points(Decimal(1)))


def test_what_is_chosen_and_the_benchmark_are_read(tmp_path):
    row = {
        c.KEY: "P1", c.BETTER_WHEN: "more than", c.BASIS: "Year-to-date rate", c.UNIT: "%", c.ANNUAL_TARGET: "80%",
        c.STRETCH_TARGET: "95%", c.BENCHMARK: "78.5%", c.BENCHMARK_IS: "CIPFA neighbours 2012/13",
    }  # fmt: skip
    (measure,) = read(tmp_path, row)
    assert (measure.better, measure.basis) == (Better.MORE_THAN, Basis.YEAR_TO_DATE_RATE)
    assert (measure.stretch, measure.benchmark) == (Decimal("0.95"), Decimal("0.785"))
    assert measure.benchmark_is == "CIPFA neighbours 2012/13"


def test_a_plan_from_before_these_columns_is_read_without_a_word_and_has_the_same_fingerprint(tmp_path):
    before = plan_of(tmp_path, measures=[HIGHER])
    path = tmp_path / "corporate_plan.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["Measures"]
    for heading in LATER["Measures"]:
        page.delete_cols(heading_of(page, heading).column)
    book.save(path)
    plan, queries = read_plan(path)
    assert queries == []
    assert plan.fingerprint == before.fingerprint
    assert plan_of(tmp_path, measures=[{**HIGHER, c.GREEN_WITHIN: "5 %"}]).fingerprint != before.fingerprint


def test_every_new_column_has_its_note_and_levels_are_checked_while_typing(tmp_path):
    write_plan(tmp_path / "plan.xlsx", {"Measures": [ITEM | HIGHER]})
    page = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Measures"]
    letters = {cell.value: get_column_letter(number) for number, cell in enumerate(page[HEADING_ROW], 1)}
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    for heading in LATER["Measures"]:
        letter = letters[heading]
        rule = rules[f"{letter}{FIRST_ROW}:{letter}{HEADING_ROW + ROOM}"]
        assert 0 < len(rule.prompt) <= 255
        if heading == c.GREEN_WITHIN:
            assert rule.type == "custom"
            assert f'SEARCH("p",{letter}{FIRST_ROW})' in rule.formula1
