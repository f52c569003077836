"""What the rules are told, and what they answer: figures, states and reasons, nothing of workbooks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ragtool.figures import Level, Points, in_decimals
from ragtool.model import Basis, Better, IndexMethod, ItemStatus, RatedBy, Rating
from ragtool.quarters import Quarter


@dataclass(frozen=True)
class RuleRating:
    """A rating and why. `shortfall` is a share of the target, positive when worse; None where none exists. `gap` is the
    same as a distance in points of the unit; None for several parts together.

    `target` is what the figure was held against this quarter, after profile and basis; `met` says whether a figure
    meets it, None where there was none to be held against anything.
    """

    rating: Rating
    why: str
    shortfall: Fraction | None = None
    target: Decimal | None = None
    met: bool | None = None
    gap: Fraction | None = None

    @property
    def points(self) -> Points | None:
        """How far from its target a figure is, in points of the unit."""
        return None if self.gap is None else Points(in_decimals(self.gap))


@dataclass(frozen=True)
class MilestoneOutturn:
    """A counted milestone: `label` as people name it (`no. 3`), and what its return said.

    `complete` is None where no status was returned, `quality_concern` where it can't be read. `late_on` is the day it
    was completed when that is after the quarter's end.
    """

    label: str
    complete: bool | None
    quality_concern: bool | None = False
    late_on: date | None = None


@dataclass(frozen=True)
class KeyActionCriteria:
    """What the plan says of a key action, as far as its rating needs it."""

    status: ItemStatus = ItemStatus.ACTIVE
    starts: Quarter | None = None
    rated_by: RatedBy = RatedBy.MILESTONES


@dataclass(frozen=True)
class OwnRating:
    """What a key action's service area says of it by itself: a colour, where it gives one, and its reason."""

    rating: Rating | None = None
    reason: str = ""


@dataclass(frozen=True)
class Criteria:
    """What the plan says of a measure or a part. Figures in `%` are shares; `targets` are those of Q1 to Q4.

    `level`, `green_within` and `method` are the measure's own, None where the plan's settings hold. `reported_in` is
    empty where the measure is reported every quarter. `red_below` and `red_above` are limits on the two sides of a
    range. `stretch` is the figure past the target that makes Blue.
    """

    status: ItemStatus = ItemStatus.ACTIVE
    starts: Quarter | None = None
    reported_in: frozenset[int] = frozenset()
    better: Better = Better.HIGHER
    basis: Basis = Basis.QUARTER
    straight_line: bool = False
    targets: tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None] = (None, None, None, None)
    annual: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    level: Level | None = None
    green_within: Level | None = None
    red_beyond: Decimal | None = None
    red_below: Decimal | None = None
    red_above: Decimal | None = None
    stretch: Decimal | None = None
    method: IndexMethod | None = None
    weight: Decimal = Decimal(1)
    unit: str = ""
    decimals: int | None = None


@dataclass(frozen=True)
class Figure:
    """What a return says of a measure: its figure, or that none is available and why.

    `last_period` is set where there is no newer data and the last figure stands: the period that figure is for.
    """

    actual: Decimal | None = None
    not_available: bool = False
    reason: str = ""
    last_period: str = ""


@dataclass(frozen=True)
class RatedPart:
    """A part of an indexed measure, rated."""

    name: str
    weight: Decimal
    rated: RuleRating


@dataclass(frozen=True)
class Improvement:
    """How a measure stands against the same quarter of last year, for the setting Amber needs improvement.

    `then` is that quarter's figure or shortfall as shown to people.
    """

    improved: bool
    then: str
