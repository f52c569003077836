"""What every check is given, and how it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ragtool.frames import Row, label
from ragtool.model import Place, Query
from ragtool.quarter.merge import ENTERED_AT
from ragtool.quarter.rated import Rated

Check = Callable[[Rated], Iterator[Query]]


def ask(row: Row, heading: str, problem: str, what_to_do: str) -> Iterator[Query]:
    """A query about an officer's cell; none where no return has the row."""
    place: Place | None = row[ENTERED_AT]
    if place is not None:
        yield place.query(heading, label(row), problem, what_to_do)
