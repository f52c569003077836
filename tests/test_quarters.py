"""Quarters and the days in them, whatever month a financial year starts in."""

from datetime import date

import pytest

from ragtool.quarters import Quarter


@pytest.mark.parametrize(
    ("day", "first_month", "quarter"),
    [
        (date(2013, 4, 1), 4, "2013/14 Q1"),
        (date(2013, 3, 31), 4, "2012/13 Q4"),
        (date(2014, 1, 1), 4, "2013/14 Q4"),
        (date(2013, 1, 1), 1, "2013 Q1"),
        (date(2013, 12, 31), 1, "2013 Q4"),
        (date(2019, 7, 1), 7, "2019/20 Q1"),
        (date(2019, 6, 30), 7, "2018/19 Q4"),
        (date(2013, 10, 1), 10, "2013/14 Q1"),
        (date(2013, 9, 30), 10, "2012/13 Q4"),
    ],
)
def test_the_quarter_of_a_day(day: date, first_month: int, quarter: str) -> None:
    assert str(Quarter.containing(day, first_month)) == quarter


@pytest.mark.parametrize(
    ("quarter", "first_month", "last"),
    [("2013/14 Q2", 4, date(2013, 9, 30)), ("2013/14 Q4", 4, date(2014, 3, 31)), ("2013/14 Q4", 1, date(2013, 12, 31))],
)
def test_a_quarter_ends_on_its_last_day(quarter: str, first_month: int, last: date) -> None:
    named = Quarter.parse(quarter)
    assert named.last_day(first_month) == last
    assert Quarter.containing(last, first_month) == named
