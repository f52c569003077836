"""Direction of travel: whether a figure or a rating moved towards better or worse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ragtool.history.earlier import Earlier
from ragtool.history.periods import plain_period
from ragtool.history.reported import Reported
from ragtool.model import COLOURS, Basis, Better, Rating, Settings
from ragtool.plan.plan import Measure
from ragtool.quarters import Quarter


class Direction(StrEnum):
    """Which way an item moved, with the arrow that stands before the word."""

    BETTER = "↑ Better"
    SAME = "→ Same"
    WORSE = "↓ Worse"
    NEW = "New"
    NO_NEWER = "No newer data"
    NOT_COMPARABLE = "Not comparable"

    @property
    def arrow(self) -> str:
        """The arrow of a change, empty where there is none."""
        return self.partition(" ")[0] if self in (Direction.BETTER, Direction.WORSE) else ""


@dataclass(frozen=True)
class Travel:
    """An item's direction in `words`, and what they are made of; None where there is nothing to compare with.

    `short` is against what was last reported, `long` against the same quarter of last year.
    """

    words: str = ""
    short: Direction | None = None
    long: Direction | None = None


def of_figures(now: Decimal, then: Decimal, better: Better, tolerance: Decimal) -> Direction:
    """How a figure moved by its polarity; a change within `tolerance`, a share of the earlier figure, is none."""
    change = Fraction(now) - Fraction(then)
    if abs(change) <= Fraction(tolerance) * abs(Fraction(then)):
        return Direction.SAME
    return Direction.BETTER if (change > 0) == better.upwards else Direction.WORSE


def of_shortfalls(now: Fraction, then: Fraction, tolerance: Decimal) -> Direction:
    """How a shortfall moved; a change within `tolerance`, in shares of the target, is none."""
    if abs(now - then) <= Fraction(tolerance):
        return Direction.SAME
    return Direction.BETTER if now < then else Direction.WORSE


def of_ratings(now: Rating, then: Rating) -> Direction:
    """How a key action moved: Green is better than Amber, Amber than Red."""
    if now is then:
        return Direction.SAME
    return Direction.BETTER if COLOURS.index(now) < COLOURS.index(then) else Direction.WORSE


@dataclass(frozen=True)
class Outturn:
    """A measure's figure, or what its parts make, as it is compared with earlier quarters.

    `by_shortfall` says whether its shortfall is compared and not its figure.
    """

    key: str
    part: str | None
    unit: str
    decimals: int | None
    better: Better | None
    basis: Basis | None
    by_shortfall: bool
    figure: Decimal | None
    period: str | None = None
    stands: bool = False
    """Whether the last figure stands, for want of a newer one."""

    @property
    def grows(self) -> bool:
        """Whether its figure adds up through the year, so that only last year's compares with it as it stands."""
        return self.basis is Basis.YEAR_TO_DATE and not self.by_shortfall

    @classmethod
    def of(
        cls, measure: Measure, figure: Decimal | None = None, period: str | None = None, stands: bool = False
    ) -> Outturn:
        """A measure's figure for a period."""
        return cls(
            key=measure.key,
            part=measure.part,
            unit=measure.unit,
            decimals=measure.decimals,
            better=measure.better_when,
            basis=measure.basis,
            by_shortfall=by_shortfall(measure),
            figure=figure,
            period=period,
            stands=stands,
        )


def by_shortfall(measure: Measure) -> bool:
    """Whether a measure is compared by its shortfall and not by its figure."""
    profiled = measure.basis is Basis.YEAR_TO_DATE and measure.straight_line
    return measure.has_parts or measure.better_when is Better.IN_RANGE or profiled


def comparable(now: Outturn, then: Reported) -> bool:
    """Whether two quarters' figures measure the same thing: the same unit, polarity and target basis."""
    same_unit = (then.unit or now.unit) == now.unit
    return same_unit and then.better in (None, now.better) and then.basis in (None, now.basis)


def compared_in(then: Reported, now: Outturn) -> Decimal | Fraction | None:
    """What of an earlier row is compared: its shortfall or its figure."""
    return then.shortfall if now.by_shortfall else then.performance


def direction_of_rating(now: Rating, key: str, quarter: Quarter, earlier: Earlier) -> Travel:
    """A key action's direction, against its last rating and that of the same quarter of last year."""
    if now not in COLOURS:
        return Travel()
    last, year_ago = earlier.last_rating(key), earlier.in_quarter(key, None, quarter.plus(-4))
    short = (of_ratings(now, last.rating), last) if last and last.rating else None
    long = (of_ratings(now, year_ago.rating), year_ago) if year_ago and year_ago.rating in COLOURS else None
    return travel_of(short, long)


def direction_of_measure(
    now: Outturn, shortfall: Fraction | None, quarter: Quarter, earlier: Earlier, settings: Settings
) -> Travel:
    """A measure's direction, against its last figure of another period and the same quarter of last year.

    A year-to-date figure without a profile grows through the year: with the last quarter its shortfall is compared,
    where both have a target, and its figure with last year alone. Source: the rating rules, Direction of travel.
    """
    if now.stands:
        return Travel(Direction.NO_NEWER)
    if (shortfall if now.by_shortfall else now.figure) is None:
        return Travel()
    if now.better is None and not now.by_shortfall:
        return Travel()
    short_of = replace(now, by_shortfall=now.by_shortfall or now.grows)
    last = last_of_another_period(short_of, quarter, earlier, settings.financial_year_starts)
    year_ago = earlier.in_quarter(now.key, now.part, quarter.plus(-4))
    if now.grows and (shortfall is None or last is year_ago):  # last year's is compared by its figure
        last = None
    short = None if last is None else (move_since(short_of, shortfall, last, settings), last)
    long = None if year_ago is None else (move_since(now, shortfall, year_ago, settings), year_ago)
    return travel_of(short, long)


def last_of_another_period(now: Outturn, quarter: Quarter, earlier: Earlier, first_month: int) -> Reported | None:
    """The last earlier row that has what is compared, and is for another period than this one's."""

    def period(name: str | None, reported_in: Quarter) -> str:
        return plain_period(name or str(reported_in), reported_in, first_month, now.basis)

    own = period(now.period, quarter)
    for then in reversed(earlier.about(now.key, now.part)):
        if compared_in(then, now) is not None and period(then.period, then.quarter) != own:
            return then
    return None


def move_since(now: Outturn, shortfall: Fraction | None, then: Reported, settings: Settings) -> Direction | None:
    """How a measure moved since `then`; None where that quarter has nothing to compare with."""
    tolerance = settings.direction_tolerance
    if compared_in(then, now) is None:
        return None
    if not comparable(now, then):
        return Direction.NOT_COMPARABLE
    if now.by_shortfall:
        before = then.shortfall
        return None if shortfall is None or before is None else of_shortfalls(shortfall, before, tolerance)
    if now.figure is None or then.performance is None or now.better is None:
        return None
    return of_figures(now.figure, then.performance, now.better, tolerance)


def travel_of(
    short: tuple[Direction | None, Reported] | None, long: tuple[Direction | None, Reported] | None
) -> Travel:
    """Both directions, in words too: `↑ Better than 2013/14 Q1`, then on its own line `↓ Worse than 2012/13 Q2`."""
    moves = [direction_words(each[0], each[1].quarter) for each in (short, long) if each and each[0]]
    words = "\n".join(dict.fromkeys(moves)) or Direction.NEW
    return Travel(words, short[0] if short else None, long[0] if long else None)


def direction_words(moved: Direction, then: Quarter) -> str:
    """A direction and what it is against: `↓ Worse than 2012/13 Q2`."""
    joined = {Direction.BETTER: "than", Direction.WORSE: "than", Direction.SAME: "as", Direction.NOT_COMPARABLE: "with"}
    return f"{moved} {joined[moved]} {then}"
