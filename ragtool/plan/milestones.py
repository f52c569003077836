"""Who a milestone is, when it is due, and how it may stand in a quarter."""

from __future__ import annotations

from ragtool import columns as c
from ragtool.frames import Row
from ragtool.model import fold
from ragtool.quarters import Quarter, When

FIRST_DUE = c.FIRST_DUE
"""The quarter a milestone was first due in, part of who it is: numbers start again each quarter."""


REPORTED = c.QUARTER
"""On milestones of earlier reports: the quarter of the report that said so last."""


STATE = "State"


COUNTED, MOVED, WITHDRAWN = "Counted", "Moved", "Withdrawn"


Id = tuple[str, Quarter, str]


def identity(key: str, first_due: Quarter, no: str) -> Id:
    """What makes two mentions of a milestone the same: its key, the quarter it was first due in, its number."""
    return fold(key), first_due, no.casefold()


def due_by(row: Row) -> When:
    """When a milestone is due: the plan's Revised due where it stands with a Decision, else Due."""
    revised: When | None = row.get(c.REVISED_DUE) if row.get(c.DECISION) else None
    due: When = row[c.DUE]
    return revised or due
