"""Quarters and the days in them, whatever month a financial year starts in."""

from datetime import date

import pytest

from ragtool.quarters import Quarter, quarters_of


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


@pytest.mark.parametrize(
    ("typed", "written", "file_name"),
    [
        ("2013/14 Q2", "2013/14 Q2", "2013-14 Q2"),
        ("2013-14 Q2", "2013/14 Q2", "2013-14 Q2"),
        ("Q2 2013/14", "2013/14 Q2", "2013-14 Q2"),
        ("2019 Q1", "2019 Q1", "2019 Q1"),
        ("Q1 2019", "2019 Q1", "2019 Q1"),
        (" 2019, Quarter 4 ", "2019 Q4", "2019 Q4"),
    ],
)
def test_a_quarter_is_written_as_its_year_is(typed: str, written: str, file_name: str) -> None:
    named = Quarter.parse(typed)
    assert (str(named), named.file_name) == (written, file_name)
    assert Quarter.parse(str(named)) == Quarter.parse(named.file_name) == named
    assert named.plus(3).plus(-3) == named
    assert str(named.plus(4)).count("/") == written.count("/")


@pytest.mark.parametrize("typed", ["2019 Q5", "19 Q1", "1899 Q1", "2019/21 Q1", "2019/ Q1", "2019"])
def test_what_names_no_quarter_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=typed):
        Quarter.parse(typed)


def test_two_quarters_are_one_however_they_are_written() -> None:
    one, other = Quarter.parse("2019 Q1"), Quarter.parse("2019/20 Q1")
    assert one == other
    assert hash(one) == hash(other)
    assert str(other.written(calendar=True)) == str(one)
    assert [str(each) for each in quarters_of(2019, calendar=True)] == ["2019 Q1", "2019 Q2", "2019 Q3", "2019 Q4"]
