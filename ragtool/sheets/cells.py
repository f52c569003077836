"""What a cell says, by what its column asks for: each reader returns the value or raises `Unreadable`.

The forms that are read are listed in docs/returns.md; whatever is ambiguous is a query, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from ragtool.figures import exact, plain_unit, show, show_day
from ragtool.model import COLOURS, NO, OWN_COLOURS, YES, MilestoneStatus, Rating, yes_or_no
from ragtool.sheets.unreadable import Unreadable, quoted, visible
from ragtool.workbooks.book import LEFT_OVER, NO_DATE, NOT_THERE_YET, PICTURE, TOO_NARROW, Cell
from ragtool.workbooks.runs import HIDDEN, STRUCK
from ragtool.workbooks.shown_numbers import SHOWS_NOTHING

Reader = Callable[[Cell], Any]
C = TypeVar("C", bound=StrEnum)
S = TypeVar("S", bound=str)

ALSO_SAID: Mapping[str, tuple[str, ...]] = {
    MilestoneStatus.COMPLETE: ("Completed",),
    MilestoneStatus.OVERDUE: ("Over due", "Over-due"),
    YES: ("Y", "True"),
    NO: ("N", "False"),
}
"""What people type for a choice besides."""

LONGEST_KEY = 100
"""Characters of a key or number."""


def shown(cell: Cell) -> str:
    """The cell's content as its reader would recognise it, for messages."""
    value = cell.value
    if isinstance(value, datetime):
        value = value.date()
    return str(exact(value)) if isinstance(value, float) else str(value)


def seen(cell: Cell) -> str:
    """The cell's content as its number format shows it: a share as a percentage."""
    if cell.shown or not (cell.percent and isinstance(cell.value, int | float)):
        return cell.shown or shown(cell)
    return show(exact(cell.value), "%")


def sound(cell: Cell, what: str = "entry") -> Cell:
    """The cell of an entry that counts as a whole, unless it holds an error value or a formula without a result, or a
    part of it is raised, lowered, struck out or hidden: `what` is then to be typed alone.
    """
    if cell.looks:
        line = f", and take the line through the {'cell' if is_left_out(cell) else 'rest'} away"
        colour = ", in a colour and a format that show it" if is_left_out(cell) else ""
        how = line if STRUCK in dict(cell.looks) else colour if HIDDEN in dict(cell.looks) else ""
        raise Unreadable(looks_shown(cell), f"Type the {what} alone{how}.")
    return without_fault(cell)


def without_fault(cell: Cell) -> Cell:
    """The cell, unless it holds an error value or a formula without a result."""
    if cell.fault.startswith("#"):
        raise Unreadable(f"The cell shows the error {cell.fault}.", "Type the value in place of the formula.")
    if cell.fault in (PICTURE, NOT_THERE_YET, LEFT_OVER, TOO_NARROW):
        raise Unreadable(f"The cell holds {cell.fault} ({quoted(shown(cell))}).", "Type the value itself.")
    if cell.fault == NO_DATE:
        problem = f"The cell is formatted as a date and holds {quoted(shown(cell))}, which is none."
        raise Unreadable(problem, "Type the date, or format the cell as a number where a number is meant.")
    if cell.fault:
        raise Unreadable(f"The cell holds {cell.fault}.", "Open the workbook in Excel and save it, or type the value.")
    return cell


def is_left_out(cell: Cell) -> bool:
    """Whether all of a cell is struck out, or can't be seen."""
    return bool(cell.looks) and (cell.value == "" or not isinstance(cell.value, str))


def looks_shown(cell: Cell) -> str:
    """What looks so in a cell that it doesn't say what its characters say, and what is left out of it."""
    if is_left_out(cell):
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


@cache
def spellings(choice: str) -> tuple[str, ...]:
    """How a choice may be typed as a text, in any case and with or without a full stop; a return's formulas know these
    alone.
    """
    return tuple(f"{said}{stop}" for said in (choice, *ALSO_SAID.get(choice, ())) for stop in ("", "."))


def choices_spelled(choices: Collection[S]) -> Mapping[str, S]:
    """Which of several choices is meant, by each way to type it in lower case."""
    return {said.casefold(): choice for choice in choices for said in spellings(choice)}


YES_OR_NO = choices_spelled((YES, NO))


def is_spelled(typed: object, choice: str) -> bool:
    """Whether an entry is a choice in one of its spellings."""
    return isinstance(typed, str) and any(typed.casefold() == said.casefold() for said in spellings(choice))


def choice(kind: type[C], allowed: Collection[C] = ()) -> Callable[[Cell], C]:
    """A reader of a closed choice, in any case; of those `allowed`, where not all of them are."""
    choices = tuple(allowed or kind)
    spelled = choices_spelled(choices)

    def read(cell: Cell) -> C:
        if chosen := spelled.get(text(sound(cell)).casefold().rstrip(".")):
            return chosen
        options = ", ".join(member.value for member in choices)
        raise Unreadable(f"{quoted(text(cell))} is not one of the choices.", f"Choose one of: {options}.")

    return read


def yes_no(cell: Cell) -> bool:
    """Yes or No."""
    if answer := YES_OR_NO.get(text(sound(cell)).casefold().rstrip(".")):
        return answer == YES
    raise Unreadable(f"{quoted(text(cell))} is neither Yes nor No.", "Choose Yes or No.")


def yes_no_in_words(cell: Cell) -> bool:
    """Yes or No, which formulas read too: to them the truth value that a tick leaves is none of its spellings."""
    if isinstance(sound(cell).value, bool):
        problem = f"The cell holds a tick ({shown(cell).upper()}), which the preview can't read."
        raise Unreadable(problem, "Choose Yes or No.")
    return yes_no(cell)


def rating(cell: Cell) -> Rating:
    """A rating, as its letter or its word."""
    try:
        return Rating.parse(text(sound(cell)))
    except ValueError:
        letters = ", ".join(member.value for member in Rating)
        raise Unreadable(f"{quoted(text(cell))} is not a rating.", f"Use one of: {letters}.") from None


def own_rating(cell: Cell) -> Rating:
    """An officer's own rating: one of three colours, since nothing else can be declared."""
    return colour(cell, OWN_COLOURS, "no rating of an officer's own")


def forecast(cell: Cell) -> Rating:
    """The colour that an officer expects at the year's end."""
    return colour(cell, COLOURS, "no colour that can be forecast")


def colour(cell: Cell, choices: Sequence[Rating], otherwise: str) -> Rating:
    """A rating that is one of these colours; what is said of another one, `otherwise`."""
    *most, last = ((each.word, each.value) for each in choices)
    words, letters = (f"{', '.join(each[at] for each in most)} or {last[at]}" for at in (0, 1))
    what = f"Choose {words} ({letters}), or leave the cell empty."
    try:
        chosen = rating(cell)
    except Unreadable as fault:
        raise fault if cell.fault or cell.looks else Unreadable(fault.problem, what) from None
    if chosen not in choices:
        raise Unreadable(f"{quoted(text(cell))} is {otherwise}.", what)
    return chosen


def straight_line(cell: Cell) -> bool:
    """A year-to-date profile: Straight line is the only one."""
    if text(sound(cell)).casefold() == "straight line":
        return True
    raise Unreadable(f"{quoted(text(cell))} is not a profile.", "Type Straight line, or leave the cell blank.")
