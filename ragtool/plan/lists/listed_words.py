"""What the words of a list's cells mean in the plan: a choice of it, a unit, a day; or that they aren't known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from ragtool import columns as c
from ragtool.figures import plain_unit
from ragtool.model import Basis, ItemStatus
from ragtool.plan.lists.entry_words import BASES, HOW_IT_STANDS, NO_POLARITY, POLARITIES, STATUSES, UNITS_SAID
from ragtool.quarters import Quarter, first_month_of
from ragtool.sheets import cells, date_cells, figure_cells
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.opening import Cell


class Said(NamedTuple):
    """What a cell is taken as (None: the plan needs nothing there), and what is doubtful about that and to be done."""

    value: object
    problem: str = ""
    what: str = ""


CellReader = Callable[[Cell], Said]
"""What a cell is taken as; raises Unreadable where it isn't understood."""


def phrases_in(phrases: str) -> frozenset[str]:
    """Phrases that are parted by `;`, as they are compared."""
    return frozenset(each.strip() for each in phrases.split(";"))


def by_word(words: Mapping[Any, str]) -> dict[str, Any]:
    """What each of the phrases stands for."""
    return {each: meant for meant, phrases in words.items() for each in phrases_in(phrases)}


WAYS_SAID, STATUS, BASIS, UNIT = by_word(POLARITIES), by_word(STATUSES), by_word(BASES), by_word(UNITS_SAID)
WITHOUT_POLARITY = phrases_in(NO_POLARITY)

KEPT_AS_NOTE = "It is kept under Note."


def folded(cell: Cell) -> str:
    """What a cell says, as words are compared."""
    return " ".join(cells.text(cells.sound(cell)).casefold().rstrip(".").split())


def text_said(cell: Cell) -> Said:
    """Any text."""
    return Said(cells.text(cell))


def names_said(cell: Cell) -> Said:
    """Names, several of them in lines of their own or parted by `;`."""
    names = [each.strip(" ;") for each in re.split(r"[;\n]", cells.text(cell))]
    return Said("; ".join(name for name in names if name))


def key_said(cell: Cell) -> Said:
    """A key or a number; one that is stored with decimals is what it looks like, such as 1.1."""
    if isinstance(cell.value, float) and not cell.percent and not cell.looks and not cell.fault:
        return Said(cells.text(cell))
    return Said(cells.key_or_number(cell))


EITHER_SIDE = re.compile(r"^\s*(?:\+\s*/?\s*-|±|within)\s*|\s*(?:tolerance|either way)$", re.IGNORECASE)


def level_said(cell: Cell) -> Said:
    """A level, without the signs that say that it counts on either side; what may be a share or not, the plan asks."""
    said = EITHER_SIDE.sub("", cells.text(cells.sound(cell)))
    if isinstance(cell.value, str):
        figure_cells.level_or_points(Cell(said))
        return Said(said)
    return Said(figure_cells.level_or_points(cell))


def better_said(cell: Cell) -> Said:
    """Which way is better; where none is, the measure is shown and not rated."""
    said = folded(cell)
    if said in WITHOUT_POLARITY:
        problem = f"{quoted(cells.text(cell))} is taken as a measure that is shown and not rated."
        what = "Choose Better when in the plan and set its Status Active, if it is to be rated."
        return Said(ItemStatus.DATA_ONLY, problem, what)
    if said not in WAYS_SAID:
        problem = f"{quoted(cells.text(cell))} doesn't say which way is better. {KEPT_AS_NOTE}"
        raise Unreadable(problem, "Choose Better when in the plan.")
    return Said(WAYS_SAID[said])


def unit_said(cell: Cell) -> Said:
    """A unit, as it is shown with a figure."""
    said = cells.text(cell)
    return Said(UNIT.get(said.casefold().rstrip("."), plain_unit(said)) or None)


def names_unit(said: str) -> bool:
    """Whether a text is known as a unit: not one that is shown as it stands, since any text may be that."""
    return said.casefold().rstrip(".") in UNIT or plain_unit(said) == "%"


def status_said(allowed: tuple[ItemStatus, ...]) -> CellReader:
    """A reader of where an item stands in its life, of the states that it can have."""

    def read(cell: Cell) -> Said:
        status = STATUS.get(folded(cell))
        if status not in allowed:
            problem = f"{quoted(cells.text(cell))} is none of the states that the plan knows. {KEPT_AS_NOTE}"
            raise Unreadable(problem, "Choose a Status in the plan; blank means Active.")
        return Said(None if status is ItemStatus.ACTIVE else status)

    return read


def basis_said(cell: Cell) -> Said:
    """What a figure covers."""
    basis = BASIS.get(folded(cell))
    if basis is None:
        problem = f"{quoted(cells.text(cell))} doesn't say what the figure covers. {KEPT_AS_NOTE}"
        raise Unreadable(problem, "Choose a Basis in the plan; blank means the quarter.")
    return Said(None if basis is Basis.QUARTER else basis)


MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
MONTH = re.compile(r"(?:by |end of |end |late |early |mid )*([a-z]{3,9})\.?[ ,'\u2019/-]*(20)?(\d{2})")
QUARTER = re.compile(r"(?:by |end of |end )*(?:q|qtr|quarter)\s?([1-4])[ ,(]*(?:20)?(\d{2})\s?[/-]\s?(?:20)?(\d{2})\)?")
WITHOUT_YEAR = re.compile(r"(?:by |end of |end )*(?:q|qtr|quarter)\s?([1-4])")
DATE_IF_KNOWN = "Type a date in the plan, if it is known."
YEAR_FIRST = re.compile(r"(?:20)?(\d{2})\s?[/-]\s?(?:20)?(\d{2})[ ,(]*(?:q|qtr|quarter)\s?([1-4])\)?")


def due_said(now: Quarter | None) -> CellReader:
    """A reader of a day, a quarter, or a month with its year as the quarter that it lies in, of financial years as that
    of `now` (None: not known), in which a quarter lies that is named alone.
    """
    example = date_cells.EXAMPLES[now.calendar if now else False]

    def read(cell: Cell) -> Said:
        try:
            return Said(date_cells.quarter_or_day(cell, date_cells.quarter, example))
        except Unreadable as fault:
            if not isinstance(cell.value, str):
                raise
            said = folded(cell)
            day = re.sub(r"^(?:by|before|end of|due|complete by)\s+(?=\d)", "", said)
            if day != said:
                return Said(date_cells.when(Cell(day)))
            if match := QUARTER.fullmatch(said):
                return Said(quarter_said(match[2], match[3], match[1], fault))
            if match := YEAR_FIRST.fullmatch(said):
                return Said(quarter_said(match[1], match[2], match[3], fault))
            if now and (match := WITHOUT_YEAR.fullmatch(said)):
                meant = Quarter.parse(f"{now.financial_year} Q{match[1]}")
                return Said(meant, f"{quoted(cells.text(cell))} is taken as {meant}.", DATE_IF_KNOWN)
            match = MONTH.fullmatch(said)
            month = next((at for at, name in enumerate(MONTHS, 1) if match and name.startswith(match[1][:4])), 0)
            if not (match and month):
                raise
            quarter = Quarter.containing(date(2000 + int(match[3]), month, 1), first_month_of(now))
            return Said(quarter, f"{quoted(cells.text(cell))} is taken as {quarter}.", DATE_IF_KNOWN)

    return read


def quarter_said(first: str, second: str, number: str, fault: Unreadable) -> Quarter:
    """A quarter whose year was typed with two digits."""
    if (int(first) + 1) % 100 != int(second):
        raise fault
    return Quarter(2000 + int(first), int(number))


def choice_said(kind: type[StrEnum]) -> CellReader:
    """A reader of one of the plan's choices, in its own words."""
    read = cells.choice(kind)
    return lambda cell: Said(read(cell))


FEWEST_LETTERS = 2
"""Letters of a milestone's text, of which a tick, a share or a rating has fewer."""

LETTERS = re.compile(r"[^\W\d_]+")
MONTHS_BEGIN = frozenset(name[:letters] for name in MONTHS for letters in (3, 4))
STATES_SAID = frozenset(" ".join(LETTERS.findall(each)) for each in (*STATUS, *phrases_in(HOW_IT_STANDS)))


def milestone_said(cell: Cell) -> Said:
    """What a milestone is; nothing where the cell only says how it stands: `Complete June 2013`, `On track (75%)`, a
    tick.
    """
    words = [word for word in LETTERS.findall(cells.text(cell).casefold()) if word[:4] not in MONTHS_BEGIN]
    if sum(map(len, words)) >= FEWEST_LETTERS and " ".join(words) not in STATES_SAID:
        return text_said(cell)
    problem = f"{quoted(cells.seen(cell))} doesn't say what is to be done. {KEPT_AS_NOTE}"
    return Said(None, problem, "Type in the plan's Milestones what is to be done by then, if anything is.")


COLUMNS_OF_NAMES = (c.OFFICER_LEAD, c.PORTFOLIO_LEAD, c.PANEL, c.CONTRIBUTING, c.OUTCOME_LEADS)
"""Columns of names, of which a cell may hold several."""
