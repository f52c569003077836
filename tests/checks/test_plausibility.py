"""Figures that may be a slip are queried, each once; ordinary ones never are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ragtool.checks.plausibility import figures_are_plausible
from ragtool.history.earlier import Earlier
from ragtool.history.reported import Reported
from ragtool.model import Basis, Better, Kind, Rating, item_id
from ragtool.plan.plan import Measure
from ragtool.quarters import Quarter
from ragtool.rules import RuleRating
from rated_quarters import measure, rated_measure, rated_quarter

Q1 = Quarter(2013, 1)
HOMES = measure("M1", unit="homes")
PERCENT = measure("M1", unit="%")
YEAR_TO_DATE = measure("M1", unit="homes", basis=Basis.YEAR_TO_DATE)
LATEST = measure("M1", unit="homes", basis=Basis.LATEST)
HIGH_RANGE = measure("M1", Better.IN_RANGE, unit="homes", low=Decimal(50))
LAST = "the figure of 2012/13 Q4"
RANGE = measure("M1", Better.IN_RANGE, unit="homes", low=Decimal(5), high=Decimal(100))


def doubts(planned: Measure, figure: str, target: str | None, *before: str, quarter: Quarter = Q1) -> list[str]:
    """What is asked about a figure; the figures before it are those of the quarters that end with the last one."""
    rows = [
        Reported(quarter=quarter.plus(number - len(before)), kind=Kind.MEASURE, key="M1", performance=Decimal(text))
        for number, text in enumerate(before)
    ]
    earlier = Earlier({item_id("M1"): rows})
    rule = RuleRating(Rating.GREEN, "", target=None if target is None else Decimal(target))
    row = rated_measure(planned, figure, rule, quarter, earlier)
    return [query.problem for query in figures_are_plausible(rated_quarter(quarter, measures=[row], earlier=earlier))]


@pytest.mark.parametrize(
    ("planned", "figure", "target", "before", "problem"),
    [
        (HOMES, "73390", "420", (), "The figure, 73,390 homes, is at least ten times the target, 420 homes."),
        (HOMES, "42", "420", (), "The figure, 42 homes, is at most a tenth of the target, 420 homes."),
        (
            HOMES,
            "95",
            "100",
            ("9.5",),
            "The figure, 95 homes, is at least ten times the figure of 2012/13 Q4, 9.5 homes.",
        ),
        (
            RANGE,
            "1000",
            None,
            (),
            "The figure, 1,000 homes, is at least ten times the high end of its range, 100 homes.",
        ),
        (PERCENT, "74.4", "0.8", (), "7,440 % looks like a percentage typed without its sign; the target is 80 %."),
        (PERCENT, "16", "0.8", (), "1,600 % looks like a percentage typed without its sign; the target is 80 %."),
        (PERCENT, "15.9", "0.8", (), "The figure, 1,590 %, is at least ten times the target, 80 %."),
        (PERCENT, "0.016", "0.8", (), "1.6 % looks like a fraction typed as a percentage; the target is 80 %."),
        (PERCENT, "0.017", "0.8", (), "The figure, 1.7 %, is at most a tenth of the target, 80 %."),
        (PERCENT, "74.4", None, (), "7,440 % looks like a percentage typed without its sign."),
        (PERCENT, "0.00744", "0.8", (), "0.744 % looks like a fraction typed as a percentage; the target is 80 %."),
        (PERCENT, "0", "0.98", ("0.996",), f"The figure is 0 %, far from the target, 98 % and from {LAST}, 99.6 %."),
        (
            HOMES,
            "0",
            "40",
            ("401",),
            f"The figure is 0 homes, far from the target, 40 homes and from {LAST}, 401 homes.",
        ),
        (HOMES, "0", None, ("1.5",), f"The figure is 0 homes, far from {LAST}, 1.5 homes."),
        (HOMES, "0", "10", (), "The figure is 0 homes, far from the target, 10 homes."),
        (HIGH_RANGE, "0", None, (), "The figure is 0 homes, far from the low end of its range, 50 homes."),
        (HOMES, "250", "300", ("250", "250"), "The figure, 250 homes, is the same as in each quarter before."),
    ],
)
def test_what_may_be_a_slip_is_queried(
    planned: Measure, figure: str, target: str | None, before: tuple[str, ...], problem: str
) -> None:
    assert doubts(planned, figure, target, *before) == [problem]


@pytest.mark.parametrize(
    ("planned", "figure", "target", "before"),
    [
        (HOMES, "330", "350", ("320",)),
        (HOMES, "419.9", "42", ()),
        (HOMES, "0", "5", ("3",)),
        (HOMES, "0", "2", ("0", "0")),
        (HOMES, "0", "9", ("401",)),
        (HOMES, "0", "40", ("9",)),
        (HOMES, "0", "40", ("0", "401")),
        (HOMES, "0", None, ("0.9",)),
        (HOMES, "0", None, ()),
        (HOMES, "0", "0", ()),
        (PERCENT, "0", "0.09", ("0.2",)),
        (YEAR_TO_DATE, "0", None, ("400",)),
        (HOMES, "250", "300", ("250",)),
        (LATEST, "250", "300", ("250", "250")),
        (YEAR_TO_DATE, "40", "100", ("400",)),  # a new year begins
        (RANGE, "60", None, ()),
        (RANGE, "110", None, ()),
        (PERCENT, "1.2", "1", ("1.1",)),
        (PERCENT, "0.01", "0.02", ("0.015",)),
        (PERCENT, "1", "1", ("1", "1")),
        (PERCENT, "2.5", None, ()),
    ],
)
def test_ordinary_figures_are_left_alone(
    planned: Measure, figure: str, target: str | None, before: tuple[str, ...]
) -> None:
    assert doubts(planned, figure, target, *before) == []


def test_a_year_to_date_figure_does_not_shrink_within_its_year() -> None:
    problem = "The figure for the year to date, 200 homes, is less than the 210 homes of 2013/14 Q2."
    assert doubts(YEAR_TO_DATE, "200", "300", "210", quarter=Quarter(2013, 3)) == [problem]
    assert doubts(YEAR_TO_DATE, "220", "300", "210", quarter=Quarter(2013, 3)) == []


def test_the_quarter_s_figure_alone_where_the_year_to_date_is_wanted_is_asked_about() -> None:
    second = Quarter(2013, 2)
    problem = (
        "The figure for the year to date, 125 homes, is hardly more than the 100 homes of 2013/14 Q1. "
        "It may be the figure of 2013/14 Q2 alone."
    )
    assert doubts(YEAR_TO_DATE, "125", "200", "100", quarter=second) == [problem]
    assert doubts(YEAR_TO_DATE, "126", "200", "100", quarter=second) == []
    assert doubts(HOMES, "125", "130", "100", quarter=second) == []
    assert doubts(replace(YEAR_TO_DATE, unit="%"), "0.5", "0.6", "0.48", quarter=second) == []
