"""The periods that figures and targets are for, as people write them, made comparable."""

from __future__ import annotations

import re
from dataclasses import replace

from ragtool.model import Basis, fold
from ragtool.quarters import Quarter

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"({names})[a-z]*\.?".format(names="|".join(MONTHS))
SPAN = re.compile(rf"{MONTH}\s*(?:\d{{4}}\s*)?(?:to|-|–|/)\s*{MONTH}\s*(\d{{4}})?", re.IGNORECASE)
"""`July to September 2013`, `Jul-Sep`."""

NUMBER = re.compile(r"(?:Q|Qtr|Quarter)\.?\s*(?P<number>[1-4])", re.IGNORECASE)
"""A quarter without its year."""

LONGEST_PERIOD = 100
"""Characters of a period; what is longer is a text of its own."""

REMARK = re.compile(r"\([^)]*\)")
SO_FAR = re.compile(r"\b(?:ytd|year to date|cumulative)\b", re.IGNORECASE)


def plain_period(period: str, said_in: Quarter, first_month: int = 4, basis: Basis | None = None) -> str:
    """A period as it is compared: the quarter that it is, however that is written, else its text.

    A quarter or months without a year are those of the financial year of `said_in`, the quarter reported; financial
    years start in month `first_month`. For a figure of the year so far, the months from there to a quarter's end are
    that quarter.

    >>> plain_period("Jul-Sep", Quarter(2013, 2))
    '2013/14 Q2'
    """
    if len(period) > LONGEST_PERIOD:
        return fold(period)
    text = " ".join(REMARK.sub(" ", period).split())
    if basis and basis.covers_year:
        text = " ".join(SO_FAR.sub(" ", text).split())
    try:
        named = Quarter.parse(text)
    except ValueError:
        named = None
    if named and named.calendar == said_in.calendar:
        return str(named)
    if match := NUMBER.fullmatch(text):
        return str(replace(said_in, number=int(match["number"])))
    match = SPAN.fullmatch(text)
    quarter = quarter_of_months(match, said_in, first_month, basis) if match else None
    return str(quarter) if quarter else fold(period).replace("-", "/")


def quarter_of_months(months: re.Match[str], said_in: Quarter, first_month: int, basis: Basis | None) -> Quarter | None:
    """The quarter that months make, a year being that of the last of them; None where they make none."""
    begins, ends = ((MONTHS.index(months[at].casefold()) + 1 - first_month) % 12 for at in (1, 2))
    whole = begins == ends - 2 or bool(basis and basis.covers_year and begins == 0)
    if ends % 3 != 2 or not whole:
        return None
    after_new_year = ends + first_month > 12
    year = int(months[3]) - after_new_year if months[3] else said_in.year
    return Quarter(year, ends // 3 + 1, said_in.calendar)
