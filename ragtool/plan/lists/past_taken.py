"""What a list says of quarters that are over: figures in their row's unit, and ratings."""

from __future__ import annotations

from ragtool import columns as c
from ragtool.plan.lists.list_doubts import Doubts
from ragtool.plan.lists.listed_figures import figure_taken, says_nothing, target_said
from ragtool.plan.lists.listed_rows import ListedRow
from ragtool.plan.lists.taken_rows import TakenRow, as_note
from ragtool.plan.plan_values import StoredValue
from ragtool.sheets.cells import rating
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.opening import Cell

WITH_SIGN = "Type it in the plan with its sign, such as 80%."


def take_past(row: TakenRow, listed: ListedRow, doubts: Doubts) -> None:
    """Takes what was achieved in quarters that are over and how it was rated; what is neither stays as a note."""
    for past, (name, cell) in listed.past.items():
        try:
            if says_nothing(cell):
                row.notes[name] = as_note(cell)
            elif past[1] == c.RAG:
                row.past[past] = rating(cell).value
            else:
                row.past[past] = figure_achieved(cell, row.text(c.UNIT))
        except Unreadable as fault:
            row.doubt_of(doubts, name, f"{fault.problem} It is kept under Note.", fault.what_to_do)
            row.notes[name] = as_note(cell)
            continue
        if isinstance(row.past.get(past), StoredValue):
            row.doubt_of(doubts, name, may_be_a_share(cell), WITH_SIGN)


def figure_achieved(cell: Cell, unit: str) -> object:
    """What was achieved, in its unit. Raises Unreadable on what is no single figure."""
    said = target_said(cell)
    if said.better:
        raise Unreadable(f"{quoted(as_note(cell))} is no single figure.", "Type the figure in the plan.")
    return figure_taken(said.figure, unit)


def may_be_a_share(cell: Cell) -> str:
    """What is doubtful of a bare 0.8 in per cent."""
    return f"{quoted(as_note(cell))} may be a share or so many per cent; it is taken as it stands."
