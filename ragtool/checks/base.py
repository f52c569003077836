"""What every check is given, and how it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from ragtool.earlier import Earlier
from ragtool.frames import Row, label
from ragtool.merge import ENTERED_AT
from ragtool.model import Place, Query
from ragtool.plan import Plan
from ragtool.quarters import Quarter
from ragtool.returns.locked import Changed


@dataclass(frozen=True)
class Rated:
    """What the checks look at: the quarter's items as they were rated, and the quarters before.

    `changed` are the locked cells of returns that no longer say what the plan says.
    """

    plan: Plan
    quarter: Quarter
    key_actions: pd.DataFrame
    milestones: pd.DataFrame
    measures: pd.DataFrame
    earlier: Earlier
    changed: tuple[Changed, ...] = ()


Check = Callable[[Rated], Iterator[Query]]


def ask(row: Row, heading: str, problem: str, what_to_do: str) -> Iterator[Query]:
    """A query about an officer's cell; none where no return has the row."""
    place: Place | None = row[ENTERED_AT]
    if place is not None:
        yield place.query(heading, label(row), problem, what_to_do)
