"""Queries about one cell of a plan's row, which knows its place and what it is about."""

from __future__ import annotations

from typing import Protocol

from ragtool.model import Place, Query, Severity, item_name


class PlacedRow(Protocol):
    """A row of the plan."""

    @property
    def at(self) -> Place | None: ...


def error(row: PlacedRow, heading: str, problem: str, what_to_do: str) -> Query:
    """An Error about one cell of a row."""
    return row_query(row, heading, problem, what_to_do, Severity.ERROR)


def doubt(row: PlacedRow, heading: str, problem: str, what_to_do: str) -> Query:
    """A Query about one cell of a row; the plan is used as it stands."""
    return row_query(row, heading, problem, what_to_do, Severity.QUERY)


def row_query(row: PlacedRow, heading: str, problem: str, what_to_do: str, severity: Severity) -> Query:
    """A query about one cell of a row."""
    assert row.at is not None
    return row.at.query(heading, row_name(row), problem, what_to_do, severity)


def row_name(row: PlacedRow) -> str:
    """What a row is about, as far as it says."""
    return item_name(getattr(row, "key", None), getattr(row, "part", None), getattr(row, "no", None))
