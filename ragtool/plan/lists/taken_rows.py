"""A row of a list as a row of the plan: each cell read as its column of the plan asks, and nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from ragtool import columns as c
from ragtool.model import Basis, IndexMethod, ItemStatus, Place, RatedBy
from ragtool.plan.lists.how_often import covers_year_so_far, frequency_said
from ragtool.plan.lists.list_doubts import Doubts
from ragtool.plan.lists.list_kinds import ITS_NAME
from ragtool.plan.lists.list_words import KIND_OF_ROW, WHAT_IT_IS_ABOUT
from ragtool.plan.lists.listed_rows import ListedRow
from ragtool.plan.lists.listed_words import (
    COLUMNS_OF_NAMES,
    CellReader,
    Said,
    basis_said,
    better_said,
    choice_said,
    due_said,
    key_said,
    level_said,
    milestone_said,
    names_said,
    status_said,
    text_said,
    unit_said,
)
from ragtool.plan.lists.past_quarters import Past
from ragtool.plan.plan import KEY_ACTION_STATUSES, MEASURE_STATUSES
from ragtool.plan.plan_figures import FIGURES
from ragtool.sheets import date_cells, figure_cells
from ragtool.sheets.cells import seen, shown, text
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.opening import Cell

S = c.PlanSheets

READ_IN_ITS_UNIT = (*FIGURES, c.THREE_YEAR_TARGET)
"""Figures, which read once the row's unit is known."""

HOW_READ: Mapping[str, CellReader] = {
    **dict.fromkeys((c.KEY, c.PART, c.NO, c.OUTCOME_NO, c.FORMERLY), key_said),
    **dict.fromkeys(COLUMNS_OF_NAMES, names_said),
    **dict.fromkeys((c.INTERVENTION_LEVEL, c.GREEN_WITHIN), level_said),
    c.MILESTONE: milestone_said,
    c.UNIT: unit_said,
    c.BETTER_WHEN: better_said,
    c.BASIS: basis_said,
    c.REPORTED_IN: frequency_said,
    c.INDEX_METHOD: choice_said(IndexMethod),
    c.RATED_BY: choice_said(RatedBy),
    c.DECIMALS: lambda cell: Said(figure_cells.few_decimals(cell)),
    c.WEIGHT: lambda cell: Said(figure_cells.number(cell)),
    c.MEETING_DATE: lambda cell: Said(date_cells.day_or_text(cell)),
    c.TARGET_PERIOD: lambda cell: Said(date_cells.period(cell)),
}
"""How each field reads, whatever list it stands in; as text where none is named."""

DUE_DATES = (c.DUE, c.REVISED_DUE, c.STARTS, c.ENDS)
"""Those that are read by the year of the report, and the month in which it starts."""

STATES = {
    S.MEASURES: status_said(MEASURE_STATUSES),
    S.KEY_ACTIONS: status_said(KEY_ACTION_STATUSES),
    S.MILESTONES: status_said(tuple(ItemStatus)),
}


@dataclass
class TakenRow:
    """A row of the plan with its place in the list: values by the plan's headings, and notes by the list's.

    `of` is the key action of a milestone, or the measure of a part, whose key is its own. `past` are a measure's
    figures of quarters that are over.
    """

    sheet: c.Sheet
    at: Place
    values: dict[str, object] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    of: TakenRow | None = None
    past: dict[Past, object] = field(default_factory=dict)
    disputed: set[Past] = field(default_factory=set)
    """What several rows of a key action tell differently."""

    def text(self, heading: str) -> str:
        """What stands under a heading, as text; empty where nothing does."""
        value = self.values.get(heading)
        return "" if value is None else str(value)

    def doubt(self, doubts: Doubts, heading: str, problem: str, what: str) -> None:
        """A doubt about what the list has for a heading of the plan."""
        self.doubt_of(doubts, self.headings.get(heading, ""), problem, what)

    def doubt_of(self, doubts: Doubts, heading: str, problem: str, what: str) -> None:
        """A doubt about what stands under one of the list's own headings."""
        doubts.add(self.at, heading, partial(self.text, c.KEY), problem, what)  # a key may still be made


def taken_row(listed: ListedRow, sheet: c.Sheet, doubts: Doubts) -> TakenRow:
    """A row of a list as one of a sheet of the plan, but for figures, which read in the unit of the row."""
    row = TakenRow(sheet, listed.at, headings=listed.headings)
    reads = {
        **HOW_READ,
        **dict.fromkeys(DUE_DATES, due_said(listed.now)),
        c.STATUS: STATES.get(sheet, text_said),
    }
    for name in sorted(listed.cells, key=lambda name: name != c.KEY):
        cell = listed.cells[name]
        if name in READ_IN_ITS_UNIT or name in (WHAT_IT_IS_ABOUT, KIND_OF_ROW):
            continue
        if is_blank_choice(name, cell):
            continue
        try:
            said = reads.get(name, text_said)(cell)
        except Unreadable as fault:
            row.doubt(doubts, name, fault.problem, fault.what_to_do)
            keep_as_note(row, name, cell)
            continue
        if said.problem:
            row.doubt(doubts, name, said.problem, said.what)
        if said.problem or said.value is None:
            keep_as_note(row, name, cell)
        if said.value is not None:
            row.values[name] = said.value
    for heading, cell in listed.others.items():
        row.notes[heading] = as_note(cell)
    if isinstance(row.values.get(c.BETTER_WHEN), ItemStatus):
        row.values.setdefault(c.STATUS, row.values.pop(c.BETTER_WHEN))
    if c.REPORTED_IN in listed.cells and c.BASIS not in listed.cells:
        take_basis(row, listed.cells[c.REPORTED_IN], doubts)
    return row


def take_basis(row: TakenRow, frequency: Cell, doubts: Doubts) -> None:
    """Takes that a figure covers the year so far from a cell that says so beside how often it is reported."""
    if covers_year_so_far(frequency):
        row.values[c.BASIS] = Basis.YEAR_TO_DATE
        problem = f"{quoted(text(frequency))} says that its figure covers the year so far: its Basis is Year to date."
        row.doubt(doubts, c.REPORTED_IN, problem, IF_NOT_A_TOTAL)


IF_NOT_A_TOTAL = (
    "If it is a share that may fall, choose Year-to-date rate; if its annual target is spread over the year, choose "
    "Straight line under Profile."
)


def is_blank_choice(name: str, cell: Cell) -> bool:
    """Whether a cell says by a dash alone that nothing is to stand there."""
    return name not in (c.BETTER_WHEN, *ITS_NAME.values()) and cell.value in ("-", "\u2013", "\u2014")


def keep_as_note(row: TakenRow, name: str, cell: Cell) -> None:
    """Keeps what the list has for a field of the plan as a note."""
    row.notes[row.headings.get(name, name)] = as_note(cell)


def as_note(cell: Cell) -> str:
    """What a cell shows, as it is kept for the manager."""
    if cell.fault:
        return shown(cell)
    if isinstance(cell.value, datetime | date):
        return f"{cell.value:%d/%m/%Y}"
    return seen(cell) if cell.shown or cell.percent else text(cell)
