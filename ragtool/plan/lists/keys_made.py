"""Keys for what a list leaves without one, and for what has another's: each is unique in the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from ragtool import columns as c
from ragtool.model import as_name, fold
from ragtool.plan.lists.list_doubts import Doubts
from ragtool.plan.lists.taken_rows import TakenRow
from ragtool.sheets.unreadable import quoted

S = c.PlanSheets
FIRST_LETTER = {S.KEY_ACTIONS: "K", S.MEASURES: "M"}
"""How the keys begin that are made."""


def give_keys(actions: Sequence[TakenRow], measures: Sequence[TakenRow], doubts: Doubts) -> list[str]:
    """Gives every key action and measure a key of its own, and parts and milestones those of what they belong to.

    Gives sentences about lists that have no keys at all.
    """
    sentences = []
    if both_count_from_one(actions, measures):
        for row in (*actions, *measures):
            if key := row.text(c.KEY):
                row.values[c.KEY] = FIRST_LETTER[row.sheet] + key
        sentences.append("Key actions and measures had the same numbers, so their keys begin with K and M in the plan.")
    taken: dict[str, TakenRow] = {}
    without: list[TakenRow] = []
    counted: dict[str, Iterator[int]] = {}
    for row in (*actions, *measures):
        if not row.text(c.KEY):
            without.append(row)
        elif fold(row.text(c.KEY)) in taken:
            another_key(row, taken, counted, doubts)
        else:
            taken[fold(row.text(c.KEY))] = row
    lists_with = {row.at.sheet for row in taken.values()}
    for sheet, letter in FIRST_LETTER.items():
        keys = unused(letter, taken)
        rows = [row for row in without if row.sheet is sheet]
        for row in rows:
            key = next(keys)
            if row.at.sheet in lists_with:
                row.doubt(doubts, c.KEY, "It has no key in the list, so it is given one.", "See its key in the plan.")
            row.values[c.KEY] = key
            taken[fold(key)] = row
        if bare := sorted({row.at.sheet for row in rows} - lists_with):
            sentences.append(
                f"The list on {' and '.join(bare)} has no keys, so they are made: {letter}1, {letter}2 and so on."
            )
    return sentences


def both_count_from_one(actions: Sequence[TakenRow], measures: Sequence[TakenRow]) -> bool:
    """Whether key actions and measures both have bare numbers as keys, and some of them the same."""
    keys = [{row.text(c.KEY) for row in rows if row.text(c.KEY)} for rows in (actions, measures)]
    bare = all(key.replace(".", "").isdecimal() for each in keys for key in each)
    return bare and bool(keys[0] & keys[1])


def unused(letter: str, taken: dict[str, TakenRow]) -> Iterator[str]:
    """Keys of a letter and a number that nothing has."""
    return (f"{letter}{number}" for number in count(1) if fold(f"{letter}{number}") not in taken)


def another_key(row: TakenRow, taken: dict[str, TakenRow], counted: dict[str, Iterator[int]], doubts: Doubts) -> None:
    """Gives a row whose key another has one of its own, and tells."""
    key, first = row.text(c.KEY), taken[fold(row.text(c.KEY))]
    numbers = counted.setdefault(fold(key), count(2))
    number = next(each for each in numbers if fold(f"{key}-{each}") not in taken)
    problem = f"{quoted(key)} stands in {first.at.sheet}, row {first.at.row} already; in the plan it is {key}-{number}."
    row.doubt(doubts, c.KEY, problem, "Give it another key in the plan, or delete one of the two there.")
    row.values[c.KEY] = f"{key}-{number}"
    taken[fold(f"{key}-{number}")] = row


def with_parts(rows: Sequence[TakenRow]) -> tuple[list[TakenRow], list[TakenRow]]:
    """The measures, and in the plan's order the measures with their parts after each.

    A part is a row with a part's number or description; it belongs to the measure of its key, which is made where the
    list has none.
    """
    wholes: list[TakenRow] = []
    parts: dict[int, list[TakenRow]] = {}
    known: dict[str, TakenRow] = {}
    for row in rows:
        whole = known.get(fold(row.text(c.KEY)) or as_name(row.text(c.MEASURE)))
        if not (row.text(c.PART) or row.text(c.PART_DESCRIPTION)):
            wholes.append(row)
            known.setdefault(fold(row.text(c.KEY)) or as_name(row.text(c.MEASURE)), row)
            continue
        if whole is None and not row.text(c.MEASURE) and wholes:
            whole = wholes[-1]
        if whole is None:
            common = {name: value for name, value in row.values.items() if name in OF_THE_WHOLE}
            whole = TakenRow(S.MEASURES, row.at, common, {}, row.headings)
            wholes.append(whole)
            known[fold(row.text(c.KEY)) or as_name(row.text(c.MEASURE))] = whole
        row.of = whole
        beside = parts.setdefault(id(whole), [])
        beside.append(row)
        row.values.setdefault(c.PART, str(len(beside)))
    return wholes, [each for whole in wholes for each in (whole, *parts.get(id(whole), ()))]


OF_THE_WHOLE = (
    c.KEY,
    c.MEASURE,
    c.THEME,
    c.OUTCOME_NO,
    c.OUTCOME,
    c.PORTFOLIO_LEAD,
    c.OFFICER_LEAD,
    c.SERVICE_AREA,
) + (
    c.PANEL,
    c.BETTER_WHEN,
    c.REPORTED_IN,
    c.STATUS,
)
"""What a measure has in common with its parts."""
