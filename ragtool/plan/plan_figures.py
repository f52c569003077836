"""The figures of a plan, each read in the unit of the measure that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ragtool import columns as c
from ragtool.model import Place, Query, Severity, item_id
from ragtool.plan.plan import UNDATED, EarlierQuarter, Measure
from ragtool.sheets import cells
from ragtool.sheets.tables import SheetRow
from ragtool.sheets.typed_figures import is_no_answer, is_not_set_yet
from ragtool.sheets.unreadable import quoted
from ragtool.workbooks.opening import Cell

FIGURES = (*c.TARGET_QUARTERS, c.ANNUAL_TARGET, c.RANGE_LOW, c.RANGE_HIGH, c.RED_BEYOND)
"""Columns of the Measures sheet whose reading depends on the row's Unit."""

BOUNDS = (c.RANGE_LOW, c.RANGE_HIGH)
TARGETS = {*c.TARGET_QUARTERS, c.ANNUAL_TARGET, *BOUNDS, c.TARGET}
"""Columns that a plan may leave to be confirmed."""


def read_figure(cell: Cell, unit: str, heading: str, at: Place, key: str, queries: list[Query]) -> Any:
    """A figure in its row's unit, in words where words may stand; None, with an Error, where it can't be read.

    A target that is still to be confirmed is none, with a Query.
    """
    try:
        return cells.figure(cell, unit, bare_percent=True)
    except cells.Unreadable as fault:
        if heading == c.THREE_YEAR_TARGET and not (cell.fault or cell.looks or isinstance(cell.value, int | float)):
            return cells.text(cell)
        severity, problem, what = Severity.ERROR, fault.problem, fault.what_to_do
        if isinstance(cell.value, str) and is_no_answer(cell.value):
            what = "Leave the cell blank until there is a figure."
        if heading in TARGETS and is_to_be_confirmed(cell):
            severity = Severity.QUERY
            problem = f"{quoted(cells.text(cell))} is read as no {'range' if heading in BOUNDS else 'target'} yet."
        queries.append(at.query(heading, key, problem, what, severity))
        return None


def is_to_be_confirmed(cell: object) -> bool:
    """Whether a cell says only that its figure is still to be confirmed."""
    return isinstance(cell, Cell) and isinstance(cell.value, str) and is_not_set_yet(cell.value)


def read_earlier_quarters(
    rows: Sequence[SheetRow], measures: Iterable[Measure], spelled: Callable[[str], str], queries: list[Query]
) -> tuple[EarlierQuarter, ...]:
    """The rows of the sheet of earlier quarters, with figures in the unit of the measure or part they belong to.

    `spelled` gives a key as the plan's items write it. A row without a key, which is an Error, is left out.
    """
    units = {each.id: each.unit for each in measures}
    read = []
    for row in rows:
        key = spelled(row[c.KEY] or "")
        figures = {}
        for heading in (c.PERFORMANCE, c.TARGET):
            if isinstance(cell := row[heading], Cell):
                unit = units.get(item_id(key, row[c.PART]), "")
                figures[heading] = read_figure(cell, unit, heading, row.at, key, queries)
        if key:
            read.append(
                EarlierQuarter(
                    at=row.at,
                    quarter=row[c.QUARTER] or UNDATED,
                    key=key,
                    part=row[c.PART],
                    rating=row[c.RAG],
                    performance=figures.get(c.PERFORMANCE),
                    target=figures.get(c.TARGET),
                    review=row[c.REVIEW],
                )
            )
    return tuple(read)
