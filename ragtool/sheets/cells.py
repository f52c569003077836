"""What a cell says, by what its column asks for: each reader returns the value or raises `Unreadable`.

The forms that are read are listed in docs/returns.md; whatever is ambiguous is a query, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from openpyxl.utils.datetime import from_excel

from ragtool.figures import exact, plain_unit, show, show_day
from ragtool.model import COLOURS, Rating, yes_or_no
from ragtool.quarters import Quarter, When
from ragtool.sheets.unreadable import Unreadable as Unreadable
from ragtool.sheets.unreadable import quoted, visible
from ragtool.workbooks.book import NOT_THERE_YET, PICTURE, Cell
from ragtool.workbooks.runs import STRUCK
from ragtool.workbooks.shown_numbers import SHOWS_NOTHING

Reader = Callable[[Cell], Any]
C = TypeVar("C", bound=StrEnum)

SAME_CHOICE = {"completed": "complete", "over due": "overdue", "over-due": "overdue"}
"""Choices as people type them, and which they are."""

EARLIEST_YEAR = 1900
"""Excel knows no earlier date."""

LONGEST_KEY = 100
"""Characters of a key or number."""

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


def shown(cell: Cell) -> str:
    """The cell's content as its reader would recognise it, for messages."""
    value = cell.value
    if isinstance(value, datetime):
        value = value.date()
    return str(exact(value)) if isinstance(value, float) else str(value)


def sound(cell: Cell, what: str = "entry") -> Cell:
    """The cell of an entry that counts as a whole, unless it holds an error value or a formula without a result, or a
    part of it is raised, lowered, struck out or hidden: `what` is then to be typed alone.
    """
    if cell.looks:
        line = f", and take the line through the {'cell' if is_struck_out(cell) else 'rest'} away"
        raise Unreadable(looks_shown(cell), f"Type the {what} alone{line if STRUCK in dict(cell.looks) else ''}.")
    return without_fault(cell)


def without_fault(cell: Cell) -> Cell:
    """The cell, unless it holds an error value or a formula without a result."""
    if cell.fault.startswith("#"):
        raise Unreadable(f"The cell shows the error {cell.fault}.", "Type the value in place of the formula.")
    if cell.fault in (PICTURE, NOT_THERE_YET):
        raise Unreadable(f"The cell holds {cell.fault} ({quoted(shown(cell))}).", "Type the value itself.")
    if cell.fault:
        raise Unreadable(f"The cell holds {cell.fault}.", "Open the workbook in Excel and save it, or type the value.")
    return cell


def is_struck_out(cell: Cell) -> bool:
    """Whether all of a cell is struck out."""
    return bool(cell.looks) and (cell.value == "" or not isinstance(cell.value, str))


def looks_shown(cell: Cell) -> str:
    """What looks so in a cell that it doesn't say what its characters say, and what is left out of it."""
    if is_struck_out(cell):
        return f"The cell is {cell.looks[0].how} ({quoted(shown(cell) or cell.looks[0].part)}), so it isn't used."
    parts = " and part ".join(f"is {how} ({quoted(part)})" for how, part in cell.looks)
    return f"Part of the cell {parts}."


def as_stored(cell: Cell) -> Cell:
    """A cell kept whole, since how it reads depends on another cell of its row."""
    return cell


def text(cell: Cell) -> str:
    """A text, without blanks around it and what is struck out; a whole number as people write it (`1`, not 1.0), or as
    its number format shows it.
    """
    value = without_fault(cell).value
    if cell.shown and cell.shown != SHOWS_NOTHING:
        return cell.shown
    if isinstance(value, str):
        value = visible(value)
        return " ".join(value.split()) if "\n" not in value else tidy_lines(value)
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, int | float):
        return format(exact(value), "f")
    return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()


def key_or_number(cell: Cell) -> str:
    """A key or number that says which row is which: a text, or a whole number.

    What a program turned into a date or another number, as Excel does `1-3` and `1.10`, is refused: it isn't what was
    typed.
    """
    value = sound(cell).value
    if isinstance(value, str) and len(value) > LONGEST_KEY:
        raise Unreadable(
            f"The cell holds {len(value):,} characters, too many for a key or number.",
            f"Type one of at most {LONGEST_KEY}, such as K27a or 1.",
        )
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool) and not cell.percent):
        return text(cell)
    if isinstance(value, datetime | date):
        was = f"the date {show_day(value)}"
    elif cell.percent and isinstance(value, int | float):
        was = show(exact(value), "%")
    else:
        was = f"the number {text(cell)}" if isinstance(value, float) else quoted(text(cell))
    raise Unreadable(
        f"The cell holds {was}, which Excel may have made of what was typed.",
        "Format the cells of this column as text, and type it again.",
    )


def tidy_lines(value: str) -> str:
    """A text of several lines without blanks around each, and without empty lines."""
    lines = (" ".join(line.split()) for line in value.splitlines())
    return "\n".join(line for line in lines if line)


def unit(cell: Cell) -> str:
    """A measure's unit; `Percentage` and the like are `%`."""
    return plain_unit(text(cell))


def names(cell: Cell) -> tuple[str, ...]:
    """Several names in a cell, parted by `;`."""
    return tuple(name for name in (part.strip() for part in text(cell).split(";")) if name)


def choice(kind: type[C], allowed: Collection[C] = ()) -> Callable[[Cell], C]:
    """A reader of a closed choice, in any case; of those `allowed`, where not all of them are."""
    choices = allowed or tuple(kind)

    def read(cell: Cell) -> C:
        wanted = text(sound(cell)).casefold().rstrip(".")
        wanted = SAME_CHOICE.get(wanted, wanted)
        for member in choices:
            if member.value.casefold() == wanted:
                return member
        options = ", ".join(member.value for member in choices)
        raise Unreadable(f"{quoted(text(cell))} is not one of the choices.", f"Choose one of: {options}.")

    return read


def yes_no(cell: Cell) -> bool:
    """Yes or No."""
    wanted = text(sound(cell)).casefold()
    if wanted in ("yes", "y", "true"):
        return True
    if wanted in ("no", "n", "false"):
        return False
    raise Unreadable(f"{quoted(text(cell))} is neither Yes nor No.", "Choose Yes or No.")


def rating(cell: Cell) -> Rating:
    """A rating, as its letter or its word."""
    try:
        return Rating.parse(text(sound(cell)))
    except ValueError:
        letters = ", ".join(member.value for member in Rating)
        raise Unreadable(f"{quoted(text(cell))} is not a rating.", f"Use one of: {letters}.") from None


def own_rating(cell: Cell) -> Rating:
    """An officer's own rating: a colour, since nothing else can be declared."""
    what = "Choose Green, Amber or Red, or leave the cell empty."
    try:
        declared = rating(cell)
    except Unreadable as fault:
        raise fault if cell.fault or cell.looks else Unreadable(fault.problem, what) from None
    if declared not in COLOURS:
        raise Unreadable(f"{quoted(text(cell))} is no rating of an officer's own.", what)
    return declared


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
    for form in DATE_FORMS:
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
    """A date, or words such as `to be confirmed`. A number that lost its date's format is refused."""
    try:
        return day(cell)
    except Unreadable:
        if not cell.fault and day_of_number(cell.value):
            raise
        return text(cell)


def period(cell: Cell) -> str:
    """The period of a figure or target; one that Excel made a date, as it does `Sep 2013`, is said as a month."""
    value = sound(cell).value
    if not isinstance(value, date):
        return text(cell)
    return f"{value:%b %Y}" if value.day == 1 else show_day(value)


def quarter(cell: Cell) -> Quarter:
    """A quarter: `2013/14 Q2`."""
    try:
        return Quarter.parse(text(sound(cell)))
    except ValueError:
        raise Unreadable(f"{quoted(shown(cell))} is not a quarter.", "Type it as 2013/14 Q2.") from None


def when(cell: Cell) -> When:
    """A due date: a quarter, or a date."""
    for reader in (quarter, day):
        try:
            return reader(cell)
        except Unreadable:
            sound(cell)
    raise Unreadable(
        f"{quoted(shown(cell))} is neither a quarter nor a date.{maybe_a_date(cell.value)}",
        "Type a quarter such as 2013/14 Q2, or a date such as 28/02/2014.",
    )


def quarter_numbers(cell: Cell) -> frozenset[int]:
    """The quarters in which a measure is reported: `Q2;Q4`."""
    parts = names(sound(cell))
    if not all(re.fullmatch(r"(?i)q[1-4]", part) for part in parts):
        raise Unreadable(f"{quoted(text(cell))} does not name quarters.", "Type them as Q2;Q4.")
    return frozenset(int(part[1]) for part in parts)


def straight_line(cell: Cell) -> bool:
    """A year-to-date profile: Straight line is the only one."""
    if text(sound(cell)).casefold() == "straight line":
        return True
    raise Unreadable(f"{quoted(text(cell))} is not a profile.", "Type Straight line, or leave the cell blank.")
