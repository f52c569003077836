"""How often a list says that a measure is reported: the quarters of the plan, and whether it covers the year so far."""

from __future__ import annotations

import re

from ragtool.plan.lists import entry_words
from ragtool.plan.lists.listed_words import KEPT_AS_NOTE, Said, folded, phrases_in
from ragtool.sheets import cells
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.opening import Cell

EVERY_QUARTER, TWICE, ONCE = map(
    phrases_in, (entry_words.EVERY_QUARTER, entry_words.TWICE_A_YEAR, entry_words.ONCE_A_YEAR)
)
HOW_MANY = {**dict.fromkeys(EVERY_QUARTER, 4), **dict.fromkeys(TWICE, 2), **dict.fromkeys(ONCE, 1)}
"""In how many quarters each reports."""

SO_FAR = re.compile(
    r"(?P<not>\b(?:not?|non)(?: an?)?[ -]?)?\b(?:cumulative(?:ly)?|ytd|year[ -]to[ -]date|running total)\b"
)
"""What says that a figure covers the year so far, or that it doesn't."""

A_QUARTER = re.compile(r"\bq(?:tr|uarter)?\s?([1-4])\b")
FROM_TO = re.compile(rf"{A_QUARTER.pattern}\s*(?:-|\u2013|to)\s*(?:q(?:tr|uarter)?\s?)?([1-4])\b")
BESIDE_QUARTERS = re.compile(r"\b(?:and|only|in|at|end|of|reported|available|data|each|every)\b|[&+]")
AROUND_WORDS = re.compile(r"[()\[\];:,/]|(?<!\w)[-\u2013]|[-\u2013](?!\w)")


def frequency_said(cell: Cell) -> Said:
    """The quarters in which a measure is reported: by how often, by their numbers, or by both where they agree."""
    said = folded(cell)
    often = said if said in HOW_MANY else unadorned(SO_FAR.sub(" ", FROM_TO.sub(all_between, said)))
    if not often or often in EVERY_QUARTER:
        return Said(None)
    if often in TWICE:
        return Said("Q2;Q4")
    if often in ONCE:
        problem = f"{quoted(cells.text(cell))} is taken as reported in Q4."
        return Said("Q4", problem, "Type the quarter in which its figure comes under Reported in, if that is another.")
    named = sorted({int(number) for number in A_QUARTER.findall(often)})
    beside = unadorned(A_QUARTER.sub(" ", often))
    rest = beside if beside in HOW_MANY else unadorned(BESIDE_QUARTERS.sub(" ", beside))
    if named and (not rest or HOW_MANY.get(rest) == len(named)):
        return Said(None if len(named) == 4 else ";".join(f"Q{number}" for number in named))
    problem = f"{quoted(cells.text(cell))} doesn't say in which quarters it is reported. {KEPT_AS_NOTE}"
    raise Unreadable(problem, "Type them under Reported in, such as Q2;Q4; blank means every quarter.")


def covers_year_so_far(cell: Cell) -> bool:
    """Whether a cell of how often a measure is reported says that its figure covers the year so far."""
    return isinstance(cell.value, str) and any(not match["not"] for match in SO_FAR.finditer(folded(cell)))


def unadorned(said: str) -> str:
    """Words without brackets and signs around them."""
    return " ".join(AROUND_WORDS.sub(" ", said).split())


def all_between(match: re.Match[str]) -> str:
    """`q1-q3` as `q1 q2 q3`; one that runs backwards says nothing."""
    first, last = int(match[1]), int(match[2])
    return " ".join(f"q{number}" for number in range(first, last + 1)) or f"q{first} to q{last}"
