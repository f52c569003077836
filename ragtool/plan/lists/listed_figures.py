"""Targets and other figures of a list as the plan is to hold them, each in the unit of its row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ragtool.figures import CURRENCIES, exact
from ragtool.model import Better
from ragtool.plan.plan_values import GROUPED_NUMBER, StoredValue
from ragtool.sheets import figure_cells
from ragtool.sheets.cells import seen, sound, text
from ragtool.sheets.figure_cells import ShareOrPercentage
from ragtool.sheets.typed_figures import LONGEST_FIGURE, is_no_answer
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.opening import Cell

BEFORE = (
    (Better.HIGHER, r">=|=>|≥|at least|min(?:imum)?(?: of)?|not less than|no less than|no fewer than"),
    (Better.LOWER, r"<=|=<|≤|no more than|not more than|up to|max(?:imum)?(?: of)?|at most"),
    (Better.MORE_THAN, r">|more than|over|above|greater than|exceed"),
    (Better.LESS_THAN, r"<|less than|under|below|fewer than"),
)
"""What stands before a target, and which way is then better."""

BEHIND = (
    (Better.HIGHER, r"\+|or more|or above|or higher|and above|or over|minimum|min"),
    (Better.LOWER, r"or less|or fewer|or below|or lower|and below|or under|maximum|max"),
)
FIGURE_SAID = r"[£$€]?\s?-?\d[\d,]*(?:\.\d+)?\s?(?:%|k|m|bn)?"
RANGE = re.compile(
    rf"(?:between |from )?({FIGURE_SAID})\s*(?:-|–|—|to|and)\s*({FIGURE_SAID})(?P<unit> [a-z ]{{2,24}})?", re.IGNORECASE
)
WITH_UNIT = re.compile(r"([£$€]?\s?-?\d[\d,]*(?:\.\d+)?)\s+(?!(?:k|m|bn)\b)([a-z][a-z /]{1,24})\.?", re.IGNORECASE)
SHOWN_CURRENCY = re.compile(r"-?\(?([£$€])")

THOUSANDS_OR_DECIMALS = re.compile(r"(?:[£$€]\s?)?-?[1-9]\d{0,2}\.\d{3}")
"""A text with a full stop that parts thousands in some countries, and decimals in others. Of per cent and millions
nobody writes thousands.
"""

YEAR_ALONE = re.compile(r"(?:19|20)\d\d")

LONGEST_TARGET = 60
"""Characters of a cell that may say a figure, with words around it."""


@dataclass(frozen=True)
class TargetSaid:
    """What the cell of a target says: the cell of the figure alone, which way is better, and the unit beside it; a
    range has a lower and an upper figure.
    """

    figure: Cell
    better: Better | None = None
    unit: str = ""
    high: Cell | None = None


def target_said(cell: Cell) -> TargetSaid:
    """What a target's cell says, its figure not yet read: `<= 10 days`, `75-80%`, a number in any format."""
    value = sound(cell, "figure").value
    if not isinstance(value, str):
        return TargetSaid(cell, unit=unit_shown(cell))
    said = text(cell)
    if len(said) > LONGEST_TARGET:
        return TargetSaid(cell)
    for better, before in BEFORE:
        if match := re.match(rf"(?:target )?(?:{before})\s*(?=[£$€\d.-])", said, re.IGNORECASE):
            return replaced(said[match.end() :], better)
    for better, behind in BEHIND:
        if match := re.search(rf"(?<=[\d%kmn ])\s*(?:{behind})$", said, re.IGNORECASE):
            return replaced(said[: match.start()], better)
    if match := RANGE.fullmatch(said):
        unit = (match["unit"] or "").strip() or unit_of(match[2])
        low = f"{match[1]}%" if unit == "%" and "%" not in match[1] else match[1]
        return TargetSaid(one_meaning(low), Better.IN_RANGE, unit, one_meaning(match[2]))
    return replaced(said, None)


def replaced(said: str, better: Better | None) -> TargetSaid:
    """A figure that stands as text, with its unit apart."""
    said = said.strip()
    if match := WITH_UNIT.fullmatch(said):
        return TargetSaid(one_meaning(match[1]), better, match[2].strip())
    return TargetSaid(one_meaning(said), better, unit_of(said))


def one_meaning(said: str) -> Cell:
    """The cell of a figure that stands as text. Raises Unreadable where it may be one of two."""
    said = said.strip()
    if THOUSANDS_OR_DECIMALS.fullmatch(said):
        either = f"{said.rstrip('0').rstrip('.')} or {said.replace('.', ',')}"
        raise Unreadable(f"{quoted(said)} may mean {either}.", "Type the figure in the plan.")
    return Cell(said)


def unit_of(said: str) -> str:
    """The unit that a figure says in its signs: per cent, or a currency."""
    if said.rstrip().endswith("%"):
        return "%"
    sign = said.strip()[:1]
    return sign if sign and sign in CURRENCIES else ""


def unit_shown(cell: Cell) -> str:
    """The unit that a number's format shows."""
    if cell.percent:
        return "%"
    match = SHOWN_CURRENCY.match(cell.shown)
    return match[1] if match else ""


def figure_taken(cell: Cell, unit: str) -> object:
    """A figure as the plan is to hold it, in the unit of its row; a share where that is `%`.

    A bare 0.8 in per cent, which may be 0.8 % or 80 %, is handed on as it stands: the plan asks which is meant. Raises
    Unreadable on what is no figure, or none in this unit, and on a year alone in per cent.
    """
    if cell.percent and unit != "%":
        raise Unreadable(f"It shows {seen(cell)}, and the row's unit is {quoted(unit) if unit else 'none'}.", IN_PLAN)
    if unit == "%" and is_year_alone(cell):
        raise Unreadable(f"{quoted(seen(cell))} may be a year, and is no likely percentage.", IN_PLAN)
    value = cell.value
    if isinstance(value, str) and unit == "%" and "%" not in value:
        value = typed_number(value)
        cell = cell._replace(value=value)
    try:
        return figure_cells.figure(cell, unit, bare_percent=True)
    except ShareOrPercentage:
        assert isinstance(value, int | float)
        return StoredValue(float(exact(value)))


IN_PLAN = "Type the figure into the plan in the measure's unit, or correct the unit there."


def is_year_alone(cell: Cell) -> bool:
    """Whether a cell holds what may be a year, `2014`, and nothing beside it that makes it a figure."""
    return not cell.percent and YEAR_ALONE.fullmatch(seen(cell).strip()) is not None


def typed_number(said: str) -> str | float | int:
    """A bare number that stands as text, as the number; any other text, and what no measure comes to, as it is. A comma
    that parts no thousands may be a decimal one, so it makes no number.
    """
    if "," in said and not GROUPED_NUMBER.fullmatch(said.strip()):
        return said
    try:
        number = Decimal(said.replace(",", ""))
    except ArithmeticError:
        return said
    if not number.is_finite() or abs(number.adjusted()) > LONGEST_FIGURE:
        return said
    return int(number) if number == number.to_integral_value() else float(number)


def says_nothing(cell: Cell) -> bool:
    """Whether a cell only says that there is no figure: TBC, n/a, a dash."""
    return isinstance(cell.value, str) and is_no_answer(cell.value)


def decimals_of(figures: list[object]) -> int | None:
    """The most decimals of a row's figures, where they have a few; None where they have none or more."""
    numbers = [each for each in figures if isinstance(each, Decimal)]
    most = max((-int(each.normalize().as_tuple().exponent) for each in numbers), default=0)
    return most if 0 < most <= 2 else None
