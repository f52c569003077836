"""What a reader must look at in a list that is taken into a plan, each told once however many rows it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ragtool.model import Place, Query, Severity

ONE_CELL = re.compile(r"([A-Z]+)(\d+)")
"""The address of a cell."""

MOST_ROWS = 5
"""Rows that a query names beside its own."""


@dataclass
class Doubts:
    """Queries about a list's cells: the same one about several cells of a column is told at the first of them.

    `apart` are those about a whole sheet, or about several cells already, which stay as they are.
    """

    places: dict[tuple[Severity, str, str, str, str], list[tuple[Place, str | Callable[[], str]]]] = field(
        default_factory=dict
    )
    apart: list[Query] = field(default_factory=list)

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
        match = ONE_CELL.fullmatch(query.cell)
        if not match:
            self.apart.append(query)
            return
        at = Place(query.file, query.sheet, int(match[2]), {query.heading: match[1]})
        self.add(at, query.heading, query.key, query.problem, query.what_to_do, query.severity)

    def queries(self) -> Iterator[Query]:
        """The doubts, in the order in which they came; those about whole sheets last."""
        for (severity, _, heading, problem, what), places in self.places.items():
            (at, key), *others = places
            if others:
                rows = ", ".join(str(place.row) for place, _ in others[:MOST_ROWS])
                more = f" and {len(others) - MOST_ROWS} more" if len(others) > MOST_ROWS else ""
                problem = f"{problem} So it is in row{'s' if len(others) > 1 else ''} {rows}{more}."
            yield at.query(heading, key() if callable(key) else key, problem, what, severity)
        yield from self.apart
