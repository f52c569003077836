"""Quarters of financial years, whatever month those start in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Self

from dateutil.relativedelta import relativedelta

YEAR = r"(?P<year>\d{4})(?:\s*[/\-–]\s*(?P<end>\d{2}|\d{4}))?"
"""`2013/14`, or `2019` where financial years are calendar years."""

QUARTER_FORMS = (
    re.compile(rf"{YEAR}[\s,]*(?:Q|Qtr|Quarter)\s*(?P<number>[1-4])", re.IGNORECASE),
    re.compile(rf"(?:Q|Qtr|Quarter)\s*(?P<number>[1-4])[\s,]*{YEAR}", re.IGNORECASE),
)

JANUARY, APRIL = 1, 4

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years that a quarter may be of: what lies outside is a slip, and no spreadsheet program has days before the first."""


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a financial year; `year` is the calendar year in which that financial year starts.

    `calendar` says that financial years start in January: a year is then written as one. Two quarters are one however
    they are written.

    >>> str(Quarter.parse("Q2 2013-14")), str(Quarter.parse("Q1 2019"))
    ('2013/14 Q2', '2019 Q1')
    """

    year: int
    number: int
    calendar: bool = field(default=False, compare=False, repr=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `2013/14 Q2`, `2013-14 Q2` and `Q2 2013/14`; `2019 Q1` and `Q1 2019` are of a calendar year.

        Raises ValueError on anything else, and on years that nobody means.
        """
        for form in QUARTER_FORMS:
            if match := form.fullmatch(text.strip()):
                year, end = int(match["year"]), match["end"]
                if FIRST_YEAR <= year <= LAST_YEAR and (end is None or int(end) in (year + 1, (year + 1) % 100)):
                    return cls(year, int(match["number"]), calendar=end is None)
        raise ValueError(text)

    @classmethod
    def containing(cls, day: date, first_month: int) -> Self:
        """The quarter in which `day` lies, where financial years start in month `first_month` (1 to 12)."""
        months = (day.month - first_month) % 12
        year = day.year if day.month >= first_month else day.year - 1
        return cls(year, months // 3 + 1, calendar=first_month == JANUARY)

    def __str__(self) -> str:
        return f"{self.financial_year} Q{self.number}"

    @property
    def financial_year(self) -> str:
        """`2013/14`, or `2019`."""
        return f"{self.year}" if self.calendar else f"{self.year}/{(self.year + 1) % 100:02}"

    @property
    def file_name(self) -> str:
        """As in file and folder names, where a slash can't stand: `2013-14 Q2`, `2019 Q1`."""
        return str(self).replace("/", "-")

    @property
    def ordinal(self) -> int:
        """Quarters since year 0, for distances between quarters."""
        return self.year * 4 + self.number - 1

    def plus(self, quarters: int) -> Quarter:
        """The quarter so many later (or, below 0, earlier)."""
        year, number = divmod(self.ordinal + quarters, 4)
        return Quarter(year, number + 1, self.calendar)

    def written(self, calendar: bool) -> Quarter:
        """The same quarter as it is written where financial years are calendar years, or where they aren't."""
        return self if self.calendar == calendar else replace(self, calendar=calendar)

    def first_day(self, first_month: int) -> date:
        """The quarter's first day, where financial years start in month `first_month`."""
        return first_and_last(self.year, self.number, first_month)[0]

    def last_day(self, first_month: int) -> date:
        """The quarter's last day, where financial years start in month `first_month`."""
        return first_and_last(self.year, self.number, first_month)[1]


@lru_cache(maxsize=1000)
def first_and_last(year: int, number: int, first_month: int) -> tuple[date, date]:
    """A quarter's first and last day. A run asks for the same few thousands of times."""
    first = date(year, first_month, 1) + relativedelta(months=3 * (number - 1))
    return first, first + relativedelta(months=3, days=-1)


def first_month_of(quarter: Quarter | None) -> int:
    """The month in which financial years start, as far as the way tells in which a quarter is written: April, as with
    most councils, unless it is one of a calendar year.
    """
    return JANUARY if quarter and quarter.calendar else APRIL


def quarters_of(year: int, calendar: bool) -> list[Quarter]:
    """The four quarters of the financial year that starts in the calendar year `year`, or is it."""
    return [Quarter(year, number, calendar) for number in range(1, 5)]


When = Quarter | date
"""A due date as a plan gives it: a whole quarter, or a day."""


def quarter_of(when: When, first_month: int) -> Quarter:
    """The quarter that a quarter or a day lies in."""
    return when if isinstance(when, Quarter) else Quarter.containing(when, first_month)


def when_text(when: When | None) -> str:
    """A due date in a sentence."""
    if when is None:
        return "no date"
    return str(when) if isinstance(when, Quarter) else f"{when:%d/%m/%Y}"
