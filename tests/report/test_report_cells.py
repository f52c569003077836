"""Values as cells, and the room they take."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from ragtool import columns as c
from ragtool.figures import Points
from ragtool.looks import fitting
from ragtool.looks.table import Content
from ragtool.model import Better, Rating, Severity
from ragtool.quarters import Quarter
from ragtool.report.contents import EMPTY, content
from ragtool.report.performance_bar import target_bar
from ragtool.report.sheet_rows import measure_row
from small_report import in_range, measure, small_report

WORDS = '0.0 %" worse";0.0 %" better";"on target"'
TWO_DECIMALS = WORDS.replace(".0", ".00")


@pytest.mark.parametrize(
    ("heading", "row", "expected"),
    [
        (c.WHY, {c.WHY: None}, EMPTY),
        (c.WHY, {c.WHY: ""}, EMPTY),
        (c.WHY, {}, EMPTY),
        (c.PERFORMANCE, {c.PERFORMANCE: float("nan")}, EMPTY),
        (c.RAG, {c.RAG: Rating.RED}, Content("R", "R", "", Rating.RED)),
        (c.DESCRIPTION, {c.DESCRIPTION: "R"}, Content("R", "R")),
        (c.ESCALATED, {c.ESCALATED: True}, Content("Yes", "Yes")),
        (c.SEVERITY, {c.SEVERITY: Severity.ERROR}, Content("Error", "Error")),
        (c.DUE, {c.DUE: Quarter(2013, 2)}, Content("2013/14 Q2", "2013/14 Q2")),
        (c.DUE, {c.DUE: date(2013, 10, 4)}, Content(date(2013, 10, 4), "4 Oct 2013", "d mmm yyyy")),
        (c.TIMES_CARRIED, {c.TIMES_CARRIED: 2}, Content(2, "2", "General")),
        (c.TARGET, {c.TARGET: Decimal("0.744"), c.UNIT: "%"}, Content(0.744, "74.4 %", "0.0%")),
        (c.TARGET, {c.TARGET: Decimal("0.80"), c.UNIT: "%"}, Content(0.8, "80 %", "0%")),
        (c.TARGET, {c.TARGET: Decimal(1200), c.UNIT: None}, Content(1200.0, "1,200", "#,##0")),
        (
            c.TARGET,
            {c.TARGET: Decimal(5), c.UNIT: "homes", c.DECIMALS: 1},
            Content(5.0, "5.0 homes", '#,##0.0" homes"'),
        ),
        (c.TARGET, {c.TARGET: Decimal(5), c.UNIT: "tonnes of CO2 a head"}, Content(5.0, "5", "#,##0")),
        (c.TARGET, {c.TARGET: "10 to 20", c.UNIT: "days"}, Content("10 to 20", "10 to 20")),
        (c.SHORTFALL, {c.SHORTFALL: Fraction(29, 366)}, Content(0.0792349726775956, "7.9 % worse", WORDS)),
        (c.INTERVENTION_LEVEL, {c.INTERVENTION_LEVEL: Decimal("0.15")}, Content(0.15, "15 %", "0 %")),
        (c.SHORTFALL, {c.SHORTFALL: Fraction(0)}, Content(0.0, "on target", WORDS.replace(".0", ""))),
        (c.SHORTFALL, {c.SHORTFALL: Fraction(-2, 100)}, Content(-0.02, "2 % better", WORDS.replace(".0", ""))),
        (
            c.SHORTFALL,
            {c.SHORTFALL: Fraction(0), c.BETTER_WHEN: Better.LESS_THAN},
            Content(0.0, "at target", '0 %" worse";0 %" better";"at target"'),
        ),
        (
            c.SHORTFALL,
            {c.SHORTFALL: Points(Decimal(3)), c.UNIT: "%"},
            Content(3.0, "3 points worse", '#,##0" points worse";#,##0" points better";"on target"'),
        ),
        (
            c.SHORTFALL,
            {c.SHORTFALL: Points(Decimal(-1)), c.UNIT: "days"},
            Content(-1.0, "1 day better", '#,##0" day worse";#,##0" day better";"on target"'),
        ),
        (
            c.SHORTFALL,
            {c.SHORTFALL: Points(Decimal("1250.5")), c.UNIT: "£"},
            Content(1250.5, "£1,250.5 worse", '"£"#,##0.0" worse";"£"#,##0.0" better";"on target"'),
        ),
        (
            c.SHORTFALL,
            {c.SHORTFALL: Points(Decimal(0)), c.UNIT: "tonnes of CO2 a head"},
            Content(0.0, "on target", '#,##0" worse";#,##0" better";"on target"'),
        ),
        (c.SHORTFALL, {c.SHORTFALL: Fraction(1, 3000)}, Content(0.000333333333333333, "0.03 % worse", TWO_DECIMALS)),
    ],
)
def test_a_value_becomes_a_cell(heading, row, expected):
    assert content(heading, row) == expected


def test_a_shortfall_just_beyond_the_level_does_not_look_equal_to_it():
    shown = content(c.SHORTFALL, {c.SHORTFALL: Fraction(15001, 100000), c.INTERVENTION_LEVEL: Decimal("0.15")})
    assert shown.text == "15.001 % worse"
    assert shown.number_format.startswith('0.000 %" worse";')


@pytest.mark.parametrize(
    ("shortfall", "level", "bar"),
    [
        (None, "0.15", None),
        ("0", "0.15", " ¦    │"),
        ("0.0001", "0.15", " ¦   ▐│"),
        ("0.075", "0.15", " ¦  ██│"),
        ("0.15", "0.15", " ¦████│"),
        ("0.150001", "0.15", "◄¦████│"),
        ("3", "0.15", "◄¦████│"),
        ("-0.0001", "0.15", " ¦    │▌"),
        ("-0.095", "0.15", " ¦    │██▌"),
        ("-0.16", "0.15", " ¦    │████►"),
        ("0.1", None, "   ▐██│"),
        ("0.1", "0", "   ▐██│"),
    ],
)
def test_a_bar_runs_from_the_target_towards_the_level_and_never_short_of_it_beyond(shortfall, level, bar):
    drawn = target_bar(shortfall and Fraction(shortfall), level and Decimal(level), Decimal("0.15"))
    assert drawn == bar


@pytest.mark.parametrize(
    ("points", "level", "bar"),
    [
        ("2.5", "5", " ¦  ██│"),
        ("5", "5", " ¦████│"),
        ("5.1", "5", "◄¦████│"),
        ("-2.5", "5", " ¦    │██"),
        ("2.5", "0", None),
    ],
)
def test_a_bar_of_a_level_in_points_is_drawn_to_its_points(points, level, bar):
    assert target_bar(Points(Decimal(points)), Points(Decimal(level)), Decimal("0.15")) == bar


def test_a_bar_needs_a_level_of_the_plan_to_be_drawn_to():
    assert target_bar(Fraction(1, 10), None, Decimal(0)) is None


@pytest.mark.parametrize(
    ("low", "high", "unit", "shown"),
    [
        ("3", "4", "£m", "3 to 4"),
        ("0.8", "0.95", "%", "80 to 95 %"),
        ("0.025", None, "%", "2.5 % or more"),
        (None, "1200", "days", "1,200 or less"),
        ("0", None, "days", "0 or more"),
        (None, None, "days", ""),
    ],
)
def test_the_target_of_a_range_is_its_two_ends(low, high, unit, shown):
    """The Target of a measure that is to lie in a range."""
    row = measure_row(measure("P2", None, Rating.GREEN, **in_range(low, high, unit)), small_report())
    assert content(c.TARGET, row) == (Content(shown, shown) if shown else EMPTY)


@pytest.mark.parametrize(
    ("text", "wide", "lines"),
    [("", 100, 1), ("short", 100, 1), ("one\ntwo\n\nfour", 100, 4), ("word " * 20, 110, 7), ("x" * 100, 100, 7)],
)
def test_lines_are_counted_as_they_wrap(text, wide, lines):
    assert abs(fitting.line_count(text, wide) - lines) <= (0 if lines < 5 else 1)


def test_no_row_is_higher_than_excel_allows():
    assert fitting.row_height([("word " * 5000, 60)]) == fitting.TALLEST
