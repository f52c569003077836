"""Who a milestone is, and how it may stand in a quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ragtool.model import Place, fold, item_name
from ragtool.quarters import Quarter, When
from ragtool.sheets.date_cells import moved_from


class MilestoneState(StrEnum):
    """How a milestone stands in a quarter: it counts, or the plan has moved it to a later one, or withdrawn it."""

    COUNTED = "Counted"
    MOVED = "Moved"
    WITHDRAWN = "Withdrawn"


MilestoneId = tuple[str, Quarter, str]


def milestone_id(key: str, first_due: Quarter, no: str) -> MilestoneId:
    """What makes two mentions of a milestone the same: its key, the quarter it was first due in, its number."""
    return fold(key), first_due, no.casefold()


def milestone_name(key: str | None, no: str | None, carried_from: Quarter | None) -> str:
    """A milestone as people say it: `K36 no. 3`; one of an earlier quarter `K36 no. 3 of 2013/14 Q1`, since numbers
    start again each quarter.
    """
    return item_name(key, None, no) + (f" of {carried_from}" if carried_from else "")


def agreed_due(due: When, revised_due: When | None, decision: str | None) -> When:
    """When a milestone is due: Revised due counts where it stands with a Decision."""
    return (revised_due if decision else None) or due


@dataclass(frozen=True, kw_only=True)
class DueMilestone:
    """A milestone that a quarter's report shows. `at` is its place in the plan, None where the plan leaves it out.

    `first_due` is the quarter it was first due in; `carried_from` the same where that isn't the quarter reported, and
    `times_carried` how many quarters it counted past its due. `last_resolution` and `last_revised_date` are what the
    last report said was proposed for it.
    """

    at: Place | None = None
    key: str
    no: str
    text: str
    area: str
    due: When
    revised_due: When | None = None
    decision: str | None = None
    first_due: Quarter
    carried_from: Quarter | None = None
    times_carried: int = 0
    state: MilestoneState = MilestoneState.COUNTED
    last_resolution: str | None = None
    last_revised_date: date | None = None

    @property
    def id(self) -> MilestoneId:
        """Who it is."""
        return milestone_id(self.key, self.first_due, self.no)

    @property
    def due_by(self) -> When:
        """When it is due: Revised due where it stands with a Decision, else Due."""
        return agreed_due(self.due, self.revised_due, self.decision)

    @property
    def comes_from(self) -> str:
        """`carried from 2013/14 Q1`, or `moved from` it where the plan's decision makes it due now; else empty."""
        if not self.carried_from:
            return ""
        return f"carried from {self.carried_from}" if self.times_carried else moved_from(self.carried_from)

    @property
    def carried_or_moved_from(self) -> Quarter | str | None:
        """What stands under Carried forward from: the quarter, or `moved from` it where the plan's decision makes it
        due now.
        """
        return self.carried_from if self.times_carried else self.comes_from or None

    @property
    def counts(self) -> bool:
        """Whether it counts in the quarter."""
        return self.state is MilestoneState.COUNTED
