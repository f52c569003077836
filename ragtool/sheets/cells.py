"""What a cell says, by what its column asks for: each reader returns the value or raises `Unreadable`.

The forms that are read are listed in docs/returns.md; whatever is ambiguous is a query, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from openpyxl.utils.datetime import from_excel

from ragtool.figures import exact, plain_unit, show, show_day, show_number
from ragtool.model import COLOURS, Rating, yes_or_no
from ragtool.quarters import Quarter, When
from ragtool.sheets.typed_figures import LONGEST_FIGURE, says_same
from ragtool.sheets.typed_figures import typed_figure as typed_figure
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

MOST_DECIMALS, MOST_WHOLE, LONGEST_KEY = 6, 1_000_000, 100
"""Decimals of a figure that is shown, the largest number that counts something, and characters of a key or number."""

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


class ShareOrPercentage(Unreadable):
    """A bare 0.8 in a measure in per cent: whoever typed it meant 0.8 % or 80 %."""

    def __init__(self, cell: Cell) -> None:
        assert isinstance(cell.value, int | float)
        self.readings = tuple(show_number(exact(cell.value) * times) for times in (1, 100))
        low, high = self.readings
        super().__init__(
            f"{quoted(low)} may mean {low} % or {high} %: the cell isn't formatted as a percentage.",
            f"Type it with its sign: {low}% or {high}%, whichever is meant.",
        )


def number(cell: Cell) -> Decimal:
    """A plain number, typed as one or as text with thousands separators."""
    return as_it_shows(cell, stored_figure(cell, ""), "%" if "%" in cell.shown else "")


def stored_number(cell: Cell) -> Decimal:
    """A number of a report that ragtool wrote: the stored one, whatever unit its format shows beside it."""
    return stored_figure(cell, "")


def figure(cell: Cell, unit: str, bare_percent: bool = False) -> Decimal:
    """A measure's figure; a share where `unit` is `%`.

    In a `%` cell the stored value counts (0.744 is 74.4 %); with `bare_percent`, as in the plan, a number in a cell
    without a percentage format is so many per cent (80 is 80 %), and one from -1 to 1 could be either and is refused;
    without, one above 1 is, and so is a number that its cell shows as another, such as a percentage where the unit is
    another.
    """
    stored = stored_figure(cell, unit)
    if isinstance(cell.value, str):
        return stored
    if cell.percent and unit != "%":
        percentage = cell.shown or f"{format((stored * 100).normalize(), 'f')}%"
        raise shown_and_stored(percentage, stored, f", and the unit is {unit}" if unit else ", and the unit isn't %")
    if unit == "%" and not cell.percent:
        if bare_percent and stored and abs(stored) <= 1 and not cell.shown:
            raise ShareOrPercentage(cell)
        if bare_percent:
            stored /= 100
        elif abs(stored) > 1 and not cell.shown:
            raise Unreadable(
                f"{quoted(shown(cell))} stands in a cell that isn't formatted as a percentage, so it may mean "
                f"{shown(cell)} % or {format((stored * 100).normalize(), 'f')} %.",
                f"Type it with its sign: {shown(cell)}%.",
            )
    return as_it_shows(cell, stored, unit)


def stored_figure(cell: Cell, unit: str) -> Decimal:
    """The number that a cell stores, or its text says."""
    value = sound(cell, "figure").value
    if isinstance(value, str):
        return typed_figure(text(cell), unit)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unreadable(
            f"{quoted(shown(cell))} is a date or a tick, not a figure.", "Type the figure as a plain number."
        )
    if len(format(exact(value), "f")) > LONGEST_FIGURE:
        raise Unreadable(f"{quoted(str(value))} is beyond any measure's figure.", "Type the figure as a plain number.")
    return exact(value)


def as_it_shows(cell: Cell, figure: Decimal, unit: str) -> Decimal:
    """A figure, unless the cell shows another one by its number format."""
    if cell.shown and not says_same(cell.shown, unit, figure):
        raise shown_and_stored(cell.shown, exact(cell.value) if isinstance(cell.value, int | float) else figure, "")
    return figure


def shown_and_stored(seen: str, stored: Decimal, why: str) -> Unreadable:
    """A cell whose number format shows another figure than is stored."""
    return Unreadable(
        f"The cell shows {quoted(seen)} but stores {format(stored, 'f')}{why}, so either may be meant.",
        "Type the figure in full; where the cell then shows it otherwise, type an apostrophe before it.",
    )


def level(cell: Cell) -> Decimal:
    """A share such as an intervention level: `15 %` or 0.15. A bare 15 could be either and is refused."""
    value = sound(cell).value
    if isinstance(value, str) and value.strip().endswith("%"):
        return typed_figure(text(cell), "%")
    share = number(cell)
    if share < 0 or (share >= 1 and not cell.percent):
        raise Unreadable(
            f"{quoted(shown(cell))} may mean {shown(cell)} % or a share.", f"Type it with its sign: {shown(cell)} %."
        )
    return share


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


def whole(cell: Cell) -> int:
    """A whole number from 0 up to a million."""
    count = number(cell)
    if not 0 <= count <= MOST_WHOLE or count != count.to_integral_value():
        raise Unreadable(f"{quoted(shown(cell))} is not a whole number.", "Type a whole number, such as 1.")
    return int(count)


def few_decimals(cell: Cell) -> int:
    """How many decimals a figure is shown with."""
    count = whole(cell)
    if count > MOST_DECIMALS:
        raise Unreadable(
            f"{quoted(shown(cell))} is more decimals than are shown.", f"Type a whole number from 0 to {MOST_DECIMALS}."
        )
    return count


def straight_line(cell: Cell) -> bool:
    """A year-to-date profile: Straight line is the only one."""
    if text(sound(cell)).casefold() == "straight line":
        return True
    raise Unreadable(f"{quoted(text(cell))} is not a profile.", "Type Straight line, or leave the cell blank.")
