"""Days, columns and number formats as Excel has them, held against what others make of them."""

from datetime import datetime, time

import pytest
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.builtin_formats import BUILT_IN
from ragtool.workbooks.number_formats import shape
from ragtool.workbooks.references import column_letters, column_number
from ragtool.workbooks.serial_dates import moment


@pytest.mark.parametrize(
    ("serial", "is_then"),
    [
        (0, time(0)),
        (0.5, time(12)),
        (0.99999999999, datetime(1899, 12, 31)),
        (1, datetime(1900, 1, 1)),
        (59, datetime(1900, 2, 28)),
        (61, datetime(1900, 3, 1)),
        (41547.75, datetime(2013, 9, 30, 18)),
        (2958465, datetime(9999, 12, 31)),
    ],
)
def test_a_stored_day(serial: float, is_then: datetime | time) -> None:
    if serial != 0.99999999999:
        assert moment(serial) == is_then
    assert moment(serial) == from_excel(serial, CALENDAR_WINDOWS_1900)
    assert moment(serial % 20000, mac_dates=True) == from_excel(serial % 20000, CALENDAR_MAC_1904)


def test_a_day_that_no_calendar_has() -> None:
    with pytest.raises(OverflowError):
        moment(1e9)


def test_columns_by_their_letters() -> None:
    for number in range(1, 16_385):
        assert column_letters(number) == get_column_letter(number)
        assert column_number(column_letters(number).lower()) == number


@pytest.mark.parametrize("letters", ["", "Ä", "A1", "ABCDE1", "é"])
def test_what_are_no_letters_of_a_column(letters: str) -> None:
    with pytest.raises(NotAWorkbook, match="damaged"):
        column_number(letters)


MONEY = (5, 6, 7, 8, 42, 44)


def test_built_in_formats_are_those_that_others_know() -> None:
    assert {number: code for number, code in BUILT_IN.items() if number not in MONEY} == {
        number: code for number, code in BUILTIN_FORMATS.items() if number not in MONEY
    }
    assert not any("$" in code or "£" in code for code in BUILT_IN.values())


@pytest.mark.parametrize(
    "code",
    [
        "dd/mm/yyyy",
        "[$-809]d mmmm yyyy;@",
        "h:mm AM/PM",
        "[h]:mm",
        "[mm]:ss.0",
        "mm:ss",
        '0 "days"',
        "[Red]0.0",
        "General",
    ]
    + ["0.0%", r"\d0", "_d0", "0.00E+00", "yyyy", "#,##0;[Red]-#,##0", '"a;b"d', "@", *BUILT_IN.values()],
)
def test_what_a_number_format_makes_of_a_number(code: str) -> None:
    kind = (is_timedelta_format(code), is_date_format(code) and not is_timedelta_format(code))
    assert (shape(code).duration, shape(code).date) == kind
