"""What was reported: an item in a quarter, a milestone's last word, a change of what was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from ragtool import columns as c
from ragtool.figures import Level, exact
from ragtool.model import (
    Basis,
    Better,
    DataStatus,
    ItemId,
    ItemStatus,
    Kind,
    Mark,
    MilestoneStatus,
    Origin,
    Place,
    Rating,
    item_id,
)
from ragtool.plan.due_milestones import MilestoneId, MilestoneState, agreed_due, milestone_id
from ragtool.quarters import Quarter, When
from ragtool.sheets import cells, date_cells, figure_cells
from ragtool.sheets.typed_rows import column
from ragtool.workbooks.book import Cell

MOST_PARTS = 10**7
"""The largest denominator that a stored shortfall is recognised by: figures and targets seldom have more digits."""

CORRECTED = "Corrected: "
"""What a report's Why begins with where the Mark says that the row was revised; inside the program the Mark says it."""

ReportedId = tuple[Quarter, ItemId]
"""Which item, in which quarter."""


def read_shortfall(cell: Cell) -> Fraction:
    """A shortfall, as a share: the simple fraction whose decimals the cell holds, such as a third, if there is one."""
    stored = figure_cells.stored_number(cell)
    simple = Fraction(stored).limit_denominator(MOST_PARTS)
    return simple if exact(float(simple)) == stored else Fraction(stored)


def marks(cell: Cell) -> tuple[Mark, ...]:
    """What a rating is marked as; words that aren't known are none."""
    known = {mark.value.casefold(): mark for mark in Mark}
    return tuple(known[name.casefold()] for name in cells.names(cell) if name.casefold() in known)


def milestone_status(cell: Cell) -> MilestoneStatus | MilestoneState | None:
    """What a report says of a milestone: a return's status, moved or withdrawn; None where it was not returned."""
    status = cells.text(cell)
    known = {each.value: each for each in (*MilestoneStatus, MilestoneState.MOVED, MilestoneState.WITHDRAWN)}
    return known.get(status)


@dataclass(frozen=True, kw_only=True)
class Reported:
    """An item in a quarter as it was reported: a row of the Data sheet.

    Figures are in the item's unit, a share where that is `%`; `shortfall` is a share, positive when worse. `level` and
    `green_within` are those that it was rated by, the plan's where it had none of its own, and `stretch` is the stretch
    target of the quarter, as `target` is.
    `note` is the reason given for a declared or overridden rating, `status` the plan's at that time. `others` are
    columns that this version doesn't know.
    """

    at: Place | None = None
    quarter: Quarter = column(c.QUARTER, date_cells.quarter)
    kind: Kind = column(c.KIND, cells.choice(Kind))
    key: str = column(c.KEY, default="")
    part: str | None = column(c.PART)
    description: str | None = column(c.DESCRIPTION)
    area: str | None = column(c.SERVICE_AREA)
    panels: str | None = column(c.PANEL)
    rating: Rating | None = column(c.RAG, cells.rating)
    rule_rating: Rating | None = column(c.RULE_RAG, cells.rating)
    performance: Decimal | None = column(c.PERFORMANCE, figure_cells.stored_number)
    period: str | None = column(c.PERIOD, date_cells.period)
    target: Decimal | None = column(c.TARGET, figure_cells.stored_number)
    target_period: str | None = column(c.TARGET_PERIOD, date_cells.period)
    shortfall: Fraction | None = column(c.SHORTFALL, read_shortfall)
    unit: str | None = column(c.UNIT)
    better: Better | None = column(c.BETTER_WHEN, cells.choice(Better))
    basis: Basis | None = column(c.BASIS, cells.choice(Basis))
    low: Decimal | None = column(c.RANGE_LOW, figure_cells.stored_number)
    high: Decimal | None = column(c.RANGE_HIGH, figure_cells.stored_number)
    level: Level | None = column(c.INTERVENTION_LEVEL, figure_cells.level_or_points)
    red_beyond: Decimal | None = column(c.RED_BEYOND, figure_cells.stored_number)
    escalated: bool | None = column(c.ESCALATED, cells.yes_no)
    marks: tuple[Mark, ...] = column(c.MARK, marks, ())
    green_within: Level | None = column(c.GREEN_WITHIN, figure_cells.level_or_points)
    red_below: Decimal | None = column(c.RED_BELOW, figure_cells.stored_number)
    red_above: Decimal | None = column(c.RED_ABOVE, figure_cells.stored_number)
    stretch: Decimal | None = column(c.STRETCH_TARGET, figure_cells.stored_number)
    forecast: Rating | None = column(c.FORECAST, cells.forecast)
    benchmark: Decimal | None = column(c.BENCHMARK, figure_cells.stored_number)
    quarter_starts: date | None = column(c.QUARTER_STARTS, date_cells.day)
    why: str | None = column(c.WHY)
    source: str | None = column(c.SOURCE)
    formerly: str | None = column(c.FORMERLY)
    target_q1: Decimal | None = column(c.TARGET_QUARTERS[0], figure_cells.stored_number)
    target_q2: Decimal | None = column(c.TARGET_QUARTERS[1], figure_cells.stored_number)
    target_q3: Decimal | None = column(c.TARGET_QUARTERS[2], figure_cells.stored_number)
    target_q4: Decimal | None = column(c.TARGET_QUARTERS[3], figure_cells.stored_number)
    annual_target: Decimal | None = column(c.ANNUAL_TARGET, figure_cells.stored_number)
    status: ItemStatus | None = column(c.STATUS, cells.choice(ItemStatus))
    data_status: DataStatus | None = column(c.DATA_STATUS, cells.choice(DataStatus))
    note: str | None = column(c.REASON)
    origin: Origin | None = column(c.ORIGIN, cells.choice(Origin))
    others: Mapping[str, object] = field(default_factory=dict, compare=False)

    @cached_property
    def item(self) -> ItemId:
        """Whom it is about, under the key that it had then."""
        return item_id(self.key, self.part)

    @cached_property
    def id(self) -> ReportedId:
        """What makes two rows the same."""
        return self.quarter, self.item

    @property
    def targets(self) -> tuple[Decimal | None, ...]:
        """The plan's targets of the year's quarters, as they stood then."""
        return self.target_q1, self.target_q2, self.target_q3, self.target_q4

    @property
    def from_plan(self) -> bool:
        """Whether it stands in the plan alone: the quarter was reported before this tool was used."""
        return self.origin is Origin.PLAN


@dataclass(frozen=True, kw_only=True)
class ReportedMilestone:
    """The last word of earlier reports on a milestone; `reported` is the quarter of the report that said so.

    `first_due` is part of who it is: numbers start again each quarter. A `status` of None was not returned.
    `resolution` and `revised_date` are what was proposed then, where the report shows the milestone.
    """

    at: Place | None = None
    key: str = column(c.KEY, default="")
    no: str = column(c.NO, default="")
    text: str | None = column(c.MILESTONE)
    area: str | None = column(c.SERVICE_AREA)
    first_due: Quarter = column(c.FIRST_DUE, date_cells.quarter)
    due: When = column(c.DUE, date_cells.when)
    revised_due: When | None = column(c.REVISED_DUE, date_cells.when)
    decision: str | None = column(c.DECISION)
    status: MilestoneStatus | MilestoneState | None = column(c.STATUS, milestone_status)
    completed_on: date | None = column(c.COMPLETED_ON, date_cells.day)
    times_carried: int = column(c.TIMES_CARRIED, figure_cells.whole, 0)
    resolution: str | None = column(c.RESOLUTION)
    revised_date: date | None = column(c.REVISED_DATE, date_cells.day)
    reported: Quarter = column(c.QUARTER, date_cells.quarter)

    @property
    def id(self) -> MilestoneId:
        """Who it is, under the key that its key action had then."""
        return milestone_id(self.key, self.first_due, self.no)

    @property
    def due_by(self) -> When:
        """When it was due: Revised due where it stood with a Decision, else Due."""
        return agreed_due(self.due, self.revised_due, self.decision)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to come: it is complete, or the plan has withdrawn it."""
        return self.status in (MilestoneStatus.COMPLETE, MilestoneState.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class Revision:
    """A change of what was reported, or planned: a row of the Revisions sheet."""

    at: Place | None = None
    quarter: Quarter | None = column(c.QUARTER, date_cells.quarter)
    key: str | None = column(c.KEY)
    part: str | None = column(c.PART)
    field: str | None = column(c.FIELD)
    was: str | None = column(c.WAS)
    now: str | None = column(c.NOW)
    reason: str | None = column(c.REASON)
    source: str | None = column(c.SOURCE)
    origin: Origin | None = column(c.ORIGIN, cells.choice(Origin))
