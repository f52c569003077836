"""What a reader must look at in a list that is taken into a plan, each told once however many rows it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from string import ascii_uppercase

from ragtool.model import Place, Query, Severity

MOST_ROWS = 5
"""Rows that a query names beside its own."""


@dataclass
class Doubts:
    """Queries about a list's cells: the same one about several cells of a column is told at the first of them."""

    places: dict[tuple[Severity, str, str, str, str], list[tuple[Place, str | Callable[[], str]]]] = field(
        default_factory=dict
    )

    def add(
        self,
        at: Place,
        heading: str,
        key: str | Callable[[], str],
        problem: str,
        what: str,
        severity: Severity = Severity.QUERY,
    ) -> None:
        """A doubt about the cell under `heading` in a row that is about `key`."""
        places = self.places.setdefault((severity, at.sheet, heading, problem, what), [])
        if not places or places[-1][0].row != at.row:
            places.append((at, key))

    def add_query(self, query: Query) -> None:
        """A query about a cell of a workbook, or about one of its sheets."""
        column, row = query.cell.rstrip("0123456789"), int(query.cell.lstrip(ascii_uppercase) or 0)
        at = Place(query.file, query.sheet, row, {query.heading: column} if query.heading else {})
        self.add(at, query.heading, query.key, query.problem, query.what_to_do, query.severity)

    def queries(self) -> Iterator[Query]:
        """The doubts, in the order in which they came."""
        for (severity, _, heading, problem, what), places in self.places.items():
            (at, key), *others = places
            if others:
                rows = ", ".join(str(place.row) for place, _ in others[:MOST_ROWS])
                more = f" and {len(others) - MOST_ROWS} more" if len(others) > MOST_ROWS else ""
                problem = f"{problem} So it is in row{'s' if len(others) > 1 else ''} {rows}{more}."
            yield at.query(heading, key() if callable(key) else key, problem, what, severity)
