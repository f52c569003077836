"""What a cell says where a day, a quarter or a period is asked for: the day first, and never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from openpyxl.utils.datetime import from_excel

from ragtool.figures import show_day
from ragtool.quarters import Quarter, When
from ragtool.sheets.cells import Reader, names, shown, sound, text
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.book import Cell

EARLIEST_YEAR = 1900
"""Excel knows no earlier date."""

WEEKDAY = re.compile(r"(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\.?,? ", re.IGNORECASE)

TIME_OF_DAY = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z| ?[AP]M)?$", re.IGNORECASE)

AROUND_DATES = (
    (re.compile("[\u2010-\u2014]"), "-"),
    (re.compile(r"(?<=\d)(st|nd|rd|th)\b( of\b)?", re.IGNORECASE), ""),
    (re.compile(r"\bsept\b", re.IGNORECASE), "Sep"),
    (re.compile(r"(?<=[a-z])\.|,", re.IGNORECASE), " "),
    (re.compile(r" *([/-]) *"), r"\1"),
    (re.compile(r"\.$| +(?= )"), ""),
)
"""What people type in and around a date, and what is read in its place: `28th of Feb. 2014`, `28 / 02 / 2014`."""

DATE_WANTED = "Type day, month and year, such as 28/02/2014."

SHAPE = re.compile(r"\d{1,4}[/.\s-]?(\d{1,2}|[^\W\d_]{3,12})[/.\s-]?\d{1,4}")
"""How each of the forms below looks; what doesn't isn't held against them one by one, which takes far longer."""

NO_DAY = re.compile(
    r"(\d{1,4}([/.-])\d{1,2}\2\d{1,4}|\d{1,2}[ -](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ -]\d{2,4})",
    re.IGNORECASE,
)
"""What is meant as a day, whether there is one or not."""

SERIAL = re.compile(r"\d{5}")

FIRST_DAY, LAST_DAY = 36_526, 73_050
"""The years 2000 to 2099 as Excel numbers their days."""

DATE_FORMS = (
    "%d/%m/%Y",
    "%d/%m/%y",
    "%d-%m-%Y",
    "%d-%m-%y",
    "%d.%m.%Y",
    "%d.%m.%y",
    "%d %B %Y",
    "%d %b %Y",
    "%d %B %y",
    "%d %b %y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d/%b/%Y",
    "%d/%b/%y",
    "%d%b%Y",
    "%d%b%y",
    "%Y-%m-%d",
    "%Y/%m/%d",
)
"""Dates typed as text: the day first, always with its year."""


def day(cell: Cell) -> date:
    """A date: a date cell, or text in one of the common UK forms, the day first."""
    value = sound(cell).value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    typed = TIME_OF_DAY.sub("", WEEKDAY.sub("", text(cell), count=1))
    for what, read_as in AROUND_DATES:
        typed = what.sub(read_as, typed)
    for form in DATE_FORMS if SHAPE.fullmatch(typed) else ():
        try:
            when_typed = datetime.strptime(typed, form).date()
        except ValueError:
            continue
        if when_typed.year >= EARLIEST_YEAR:
            return when_typed
    raise Unreadable(f"{quoted(shown(cell))} is not a date.{maybe_a_date(value)}", DATE_WANTED)


def day_of_number(value: object) -> date | None:
    """The day that a bare number would be, typed as text or not: Excel stores dates as days since 1900.

    None for what is no such number, or would be no day of this century.
    """
    number_typed = int(value) if isinstance(value, str) and SERIAL.fullmatch(value.strip()) else value
    if isinstance(number_typed, bool) or not isinstance(number_typed, int | float):
        return None
    if not FIRST_DAY <= number_typed <= LAST_DAY:
        return None
    when_stored = from_excel(int(number_typed))
    assert isinstance(when_stored, datetime)
    return when_stored.date()


def maybe_a_date(value: object) -> str:
    """What a bare number would be as a date, as a sentence."""
    would_be = day_of_number(value)
    return f" As a date it would be {would_be:%d/%m/%Y}." if would_be else ""


def day_or_text(cell: Cell) -> date | str:
    """A date, or words such as `to be confirmed`. A number that lost its date's format is refused, and so is what is
    typed as a date and is none: `31/09/2013`, or the month first.
    """
    try:
        return day(cell)
    except Unreadable:
        if not cell.fault and (day_of_number(cell.value) or NO_DAY.fullmatch(text(cell))):
            raise
        return text(cell)


def period(cell: Cell) -> str:
    """The period of a figure or target; one that Excel made a date, as it does `Sep 2013`, is said as a month."""
    value = sound(cell).value
    if not isinstance(value, date):
        return text(cell)
    return f"{value:%b %Y}" if value.day == 1 else show_day(value)


MOVED_FROM = "moved from"

EXAMPLES = {False: "2013/14 Q2", True: "2013 Q2"}
"""A quarter as it is written, by whether financial years are calendar years."""


def quarter(cell: Cell) -> Quarter:
    """A quarter: `2013/14 Q2`, or `2019 Q1`."""
    return quarter_typed(cell, EXAMPLES[False])


def moved_from(quarter_then: Quarter) -> str:
    """What is said of a milestone that was due in another quarter and that the plan has moved to this one."""
    return f"{MOVED_FROM} {quarter_then}"


def carried_from(cell: Cell, read_quarter: Callable[[Cell], Quarter] = quarter) -> Quarter:
    """The quarter that a milestone was first due in: `2013/14 Q1`, or `moved from 2013/14 Q1`."""
    value = cell.value
    if isinstance(value, str) and value.strip().casefold().startswith(MOVED_FROM):
        cell = cell._replace(value=value.strip()[len(MOVED_FROM) :].strip())
    return read_quarter(cell)


def quarter_typed(cell: Cell, example: str) -> Quarter:
    """A quarter as it is typed; an `example` is given where it is none."""
    try:
        return Quarter.parse(text(sound(cell)))
    except ValueError:
        raise Unreadable(f"{quoted(shown(cell))} is not a quarter.", f"Type it as {example}.") from None


def when(cell: Cell) -> When:
    """A due date: a quarter, or a date."""
    return quarter_or_day(cell, quarter, EXAMPLES[False])


def quarter_or_day(cell: Cell, read_quarter: Callable[[Cell], Quarter], example: str) -> When:
    """A quarter, or else a date."""
    try:
        return read_quarter(cell)
    except Unreadable as fault:
        sound(cell)
        if is_quarter_typed(cell):
            raise fault from None
    try:
        return day(cell)
    except Unreadable:
        sound(cell)
    raise Unreadable(
        f"{quoted(shown(cell))} is neither a quarter nor a date.{maybe_a_date(cell.value)}",
        f"Type a quarter such as {example}, or a date such as 28/02/2014.",
    )


def is_quarter_typed(cell: Cell) -> bool:
    """Whether a cell holds a quarter, however its year is written."""
    try:
        Quarter.parse(text(cell))
    except ValueError:
        return False
    return True


def in_years(readers: Mapping[str, Reader], calendar: bool) -> dict[str, Reader]:
    """Readers by heading, of which those of quarters take them only as they are written in a plan: by whether its
    financial years are calendar years. What would be another quarter in another plan is refused, and never guessed.
    """

    def read_quarter(cell: Cell) -> Quarter:
        typed = quarter_typed(cell, EXAMPLES[calendar])
        if typed.calendar == calendar:
            return typed
        if calendar:
            problem = f"{quoted(shown(cell))} is no quarter of this plan, whose financial years start in January."
            raise Unreadable(problem, f"Type it as {typed.written(calendar)}.")
        problem = f"{quoted(shown(cell))} doesn't say which financial year is meant."
        raise Unreadable(problem, f"Type both of its years, such as {typed.written(calendar)}.")

    def read_when(cell: Cell) -> When:
        return quarter_or_day(cell, read_quarter, EXAMPLES[calendar])

    def read_carried_from(cell: Cell) -> Quarter:
        return carried_from(cell, read_quarter)

    instead: Mapping[Reader, Reader] = {quarter: read_quarter, when: read_when, carried_from: read_carried_from}
    return {heading: instead.get(read, read) for heading, read in readers.items()}


def quarter_numbers(cell: Cell) -> frozenset[int]:
    """The quarters in which a measure is reported: `Q2;Q4`."""
    parts = names(sound(cell))
    if not all(re.fullmatch(r"(?i)q[1-4]", part) for part in parts):
        raise Unreadable(f"{quoted(text(cell))} does not name quarters.", "Type them as Q2;Q4.")
    return frozenset(int(part[1]) for part in parts)
