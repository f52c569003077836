"""The figures of a plan, each read in the unit of the measure that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ragtool import columns as c
from ragtool.frames import AT, frame, records
from ragtool.model import Query, Severity
from ragtool.plan.checks import AIMS
from ragtool.sheets import cells
from ragtool.sheets.typed_figures import is_no_answer, is_not_set_yet
from ragtool.sheets.unreadable import quoted
from ragtool.workbooks.opening import Cell

FIGURES = (*c.TARGET_QUARTERS, c.ANNUAL_TARGET, c.RANGE_LOW, c.RANGE_HIGH, c.RED_BEYOND)
"""Columns of the Measures sheet whose reading depends on the row's Unit."""

BOUNDS = (c.RANGE_LOW, c.RANGE_HIGH)
TARGETS = {*AIMS, c.TARGET}
"""Columns that a plan may leave to be confirmed."""


def resolve_figures(measures: pd.DataFrame, queries: list[Query]) -> pd.DataFrame:
    """The targets and limits as figures in their row's unit; what can't be read becomes None with a query.

    A range of which an end is to be confirmed has no other end either: blank, it would be open on that side. A cell
    that parts take from their measure is told of once, where it stands.
    """
    rows = records(measures)
    told: set[int] = set()
    for row in sorted(rows, key=lambda row: row[c.PART] is not None):
        open_range = any(is_to_be_confirmed(row[heading]) for heading in BOUNDS)
        for heading in (*FIGURES, c.THREE_YEAR_TARGET):
            if isinstance(cell := row[heading], Cell):
                row[heading] = resolve(cell, row, heading, [] if id(cell) in told else queries)
                told.add(id(cell))
        if open_range:
            row.update(dict.fromkeys(BOUNDS))
    return frame(rows, measures.columns)


def resolve_history(history: pd.DataFrame, measures: pd.DataFrame, queries: list[Query]) -> pd.DataFrame:
    """Earlier quarters' figures and targets, read in the unit of the measure or part they belong to."""
    units = {(row[c.KEY], row[c.PART]): row[c.UNIT] for row in records(measures)}
    rows = records(history)
    for row in rows:
        for heading in (c.PERFORMANCE, c.TARGET):
            if isinstance(cell := row[heading], Cell):
                unit = units.get((row[c.KEY], row[c.PART]))
                row[heading] = resolve(cell, {**row, c.UNIT: unit}, heading, queries)
    return frame(rows, history.columns)


def resolve(cell: Cell, row: Mapping[str, Any], heading: str, queries: list[Query]) -> object:
    """A figure in its row's unit, in words where words may stand; None, with an Error, where it can't be read.

    A target that is still to be confirmed is none, with a Query.
    """
    try:
        return cells.figure(cell, row[c.UNIT] or "", bare_percent=True)
    except cells.Unreadable as fault:
        if heading == c.THREE_YEAR_TARGET and not cell.fault:
            return cells.text(cell)
        severity, problem, what = Severity.ERROR, fault.problem, fault.what_to_do
        if isinstance(cell.value, str) and is_no_answer(cell.value):
            what = "Leave the cell blank until there is a figure."
        if heading in TARGETS and is_to_be_confirmed(cell):
            severity = Severity.QUERY
            problem = f"{quoted(cells.text(cell))} is read as no {'range' if heading in BOUNDS else 'target'} yet."
        queries.append(row[AT].query(heading, row[c.KEY] or "", problem, what, severity))
        return None


def is_to_be_confirmed(cell: object) -> bool:
    """Whether a cell says only that its figure is still to be confirmed."""
    return isinstance(cell, Cell) and isinstance(cell.value, str) and is_not_set_yet(cell.value)
