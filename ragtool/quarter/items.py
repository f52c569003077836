"""A quarter's items: what the plan says of each, what its return entered, and what the rules made of that."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ragtool import columns as c
from ragtool.figures import Level, Points
from ragtool.history.direction import Travel
from ragtool.model import DataStatus, ItemId, ItemStatus, MilestoneStatus, Rating
from ragtool.plan.due_milestones import DueMilestone, MilestoneId, MilestoneState
from ragtool.plan.plan import KeyAction, Measure
from ragtool.returns.entries import KeyActionEntry, MeasureEntry, MilestoneEntry
from ragtool.rules import Published
from ragtool.rules.words import figure_shown


@dataclass(frozen=True)
class ReturnedKeyAction:
    """A key action in force with what was entered for it. `returned` says whether its service area sent a return,
    `unsigned` that nobody signed it off.
    """

    item: KeyAction
    entry: KeyActionEntry
    returned: bool
    unsigned: bool = field(default=False, kw_only=True)

    @property
    def id(self) -> ItemId:
        """Who it is."""
        return self.item.id


@dataclass(frozen=True)
class ReturnedMilestone:
    """A milestone that the report shows, with what was entered for it, in a return that may be `unsigned`."""

    milestone: DueMilestone
    entry: MilestoneEntry
    returned: bool
    unsigned: bool = field(default=False, kw_only=True)

    @property
    def id(self) -> MilestoneId:
        """Who it is."""
        return self.milestone.id

    @property
    def status(self) -> MilestoneStatus | MilestoneState | None:
        """What became of it: what its return says, or Moved or Withdrawn; None where none says."""
        return self.entry.status if self.milestone.counts else self.milestone.state

    @property
    def is_overdue(self) -> bool:
        """Whether it counts and is Overdue."""
        return self.milestone.counts and self.entry.status is MilestoneStatus.OVERDUE


@dataclass(frozen=True)
class ReturnedMeasure:
    """A measure or part in force with what was entered for it; `figure` is what was read of it, in its unit.

    `unsigned` says that nobody signed off the return that it came in.
    """

    item: Measure
    entry: MeasureEntry
    returned: bool
    unsigned: bool = field(default=False, kw_only=True)
    figure: Decimal | None = None

    @property
    def id(self) -> ItemId:
        """Who it is."""
        return self.item.id


@dataclass(frozen=True)
class RatedKeyAction(ReturnedKeyAction):
    """A key action rated: whose rating is published and why, and how it moved."""

    published: Published
    travel: Travel

    part = None
    escalated = False

    @property
    def rating(self) -> Rating:
        """The published rating."""
        return self.published.rating

    @property
    def by_when(self) -> date | str | None:
        """A key action's return gives no date: its milestones have their own."""
        return None


@dataclass(frozen=True, kw_only=True)
class RatedMeasure(ReturnedMeasure):
    """A measure or part rated.

    `figure` and `period` are those that count: the last ones where there is no newer. `target` is what the figure is
    held against, `stretch` the stretch target past it; `level` is the intervention level that it is rated by and
    `green_within` what still counts as Green, None where none applies. `points` is the
    shortfall as a distance in its unit, where its level is one.
    `unused_figure` tells of a figure that was typed where the return says that none is available; `provisional` that
    nobody signed off the return of the figure, or of a part's.
    """

    published: Published
    travel: Travel
    period: str | None
    target: Decimal | None
    target_period: str | None
    shortfall: Fraction | None
    level: Level | None
    green_within: Level | None = None
    stretch: Decimal | None = None
    points: Points | None = None
    escalated: bool
    unused_figure: bool
    provisional: bool = False

    @property
    def rating(self) -> Rating:
        """The published rating."""
        return self.published.rating

    @property
    def from_target(self) -> Fraction | Points | None:
        """How far from its target it is, positive when worse: in points where its level is, else as a share."""
        return self.shortfall if self.points is None else self.points

    @property
    def part(self) -> str | None:
        """The part, None for a measure itself."""
        return self.item.part

    @property
    def stands(self) -> bool:
        """Whether the last figure is to stand, for want of a newer one."""
        return self.entry.data_status is DataStatus.NO_NEWER

    @property
    def data_status(self) -> DataStatus | None:
        """What is reported of its figure: Final only where its return is signed off, whatever was chosen there."""
        chosen = self.entry.data_status
        return DataStatus.PROVISIONAL if self.provisional and chosen in (None, DataStatus.FINAL) else chosen

    @property
    def figure_in_words(self) -> tuple[str, str]:
        """Its figure as a reader sees it, and its period with what is to be known of it: `7 days`, and `2013/14 Q2,
        provisional`; empty texts where there is no figure.
        """
        if self.figure is None:
            return "", ""
        status = self.data_status
        remarks = [self.period or "", "" if status in (None, DataStatus.FINAL) else status.lower()]
        return figure_shown(self.item, self.figure, self.target), ", ".join(filter(None, remarks))

    @property
    def figure_beside_why(self) -> str:
        """The same in one text where Why doesn't tell of its figure: `7 days (2013/14 Q2, provisional)`.

        It does wherever the rule looks at the figure, which it doesn't where none is due or rated yet, nor of an index.
        """
        figure, remark = self.figure_in_words
        unseen = self.item.status is ItemStatus.UNDER_DEVELOPMENT or self.item.has_parts
        if not unseen and self.published.rule is not Rating.NOT_DUE:
            return ""
        return f"{figure} ({remark})" if remark else figure

    @property
    def by_when(self) -> date | str | None:
        """By when what is proposed will be done."""
        return self.entry.by_when

    @property
    def source(self) -> str | None:
        """The cell that its figure was typed in; None where it wasn't this quarter."""
        return self.entry.at.source(c.PERFORMANCE) if self.entry.at and self.figure is not None else None


RatedItem = RatedKeyAction | RatedMeasure
