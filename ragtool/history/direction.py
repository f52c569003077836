"""Direction of travel: whether a figure or a rating moved towards better or worse."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ragtool import columns as c
from ragtool.frames import Row
from ragtool.history.earlier import Earlier
from ragtool.history.periods import plain_period
from ragtool.model import COLOURS, Basis, Better, DataStatus, Rating, Settings
from ragtool.plan.plan import HAS_PARTS
from ragtool.quarters import Quarter
from ragtool.rules import RuleRating


class Direction(StrEnum):
    """Which way an item moved, with the arrow that stands before the word."""

    BETTER = "↑ Better"
    SAME = "→ Same"
    WORSE = "↓ Worse"
    NEW = "New"
    NO_NEWER = "No newer data"
    NOT_COMPARABLE = "Not comparable"


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
    return Direction.BETTER if (change > 0) == (better is Better.HIGHER) else Direction.WORSE


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


def comparable(row: Row, then: Row) -> bool:
    """Whether two quarters' rows measure the same thing: the same unit, polarity and target basis."""
    same = ((c.UNIT, row[c.UNIT]), (c.BETTER_WHEN, row[c.BETTER_WHEN]), (c.BASIS, row[c.BASIS]))
    return all(then.get(heading) in (None, now) for heading, now in same)


def by_shortfall(row: Row) -> bool:
    """Whether a measure is compared by its shortfall and not by its figure."""
    profiled = row[c.BASIS] is Basis.YEAR_TO_DATE and row[c.PROFILE]
    return bool(row[HAS_PARTS] or row[c.BETTER_WHEN] is Better.IN_RANGE or profiled)


def direction_of_rating(now: Rating, key: str, quarter: Quarter, earlier: Earlier) -> Travel:
    """A key action's direction, against its last rating and that of the same quarter of last year."""
    if now not in COLOURS:
        return Travel()
    last, year_ago = earlier.last_rating(key), earlier.in_quarter(key, None, quarter.plus(-4))
    short = (of_ratings(now, last[c.RAG]), last) if last else None
    long = (of_ratings(now, year_ago[c.RAG]), year_ago) if year_ago and year_ago[c.RAG] in COLOURS else None
    return travel_of(short, long)


def direction_of_measure(row: Row, rated: RuleRating, quarter: Quarter, earlier: Earlier, settings: Settings) -> Travel:
    """A measure's direction, against its last figure of another period and the same quarter of last year.

    A year-to-date figure without a profile grows through the year, so it compares with last year alone. Source: the
    rating rules, Direction of travel.
    """
    if row[c.DATA_STATUS] is DataStatus.NO_NEWER:
        return Travel(Direction.NO_NEWER)
    if (rated.shortfall if by_shortfall(row) else row[c.PERFORMANCE]) is None:
        return Travel()
    if row[c.BETTER_WHEN] is None and not by_shortfall(row):
        return Travel()
    last = last_of_another_period(row, quarter, earlier, settings.financial_year_starts)
    year_ago = earlier.in_quarter(row[c.KEY], row[c.PART], quarter.plus(-4))
    only_year = row[c.BASIS] is Basis.YEAR_TO_DATE and not by_shortfall(row)
    short = None if only_year or last is None else (move(row, rated, last, settings), last)
    long = None if year_ago is None else (move(row, rated, year_ago, settings), year_ago)
    return travel_of(short, long)


def last_of_another_period(row: Row, quarter: Quarter, earlier: Earlier, first_month: int) -> Row | None:
    """The last earlier row that has what is compared, and is for another period than this one's."""
    what = c.SHORTFALL if by_shortfall(row) else c.PERFORMANCE

    def period(said: str | None, said_in: Quarter) -> str:
        return plain_period(said or str(said_in), said_in, first_month, row[c.BASIS])

    now = period(row[c.PERIOD], quarter)
    for then in reversed(earlier.about(row[c.KEY], row[c.PART])):
        if then[what] is not None and period(then[c.PERIOD], then[c.QUARTER]) != now:
            return then
    return None


def move(row: Row, rated: RuleRating, then: Row, settings: Settings) -> Direction | None:
    """How a measure moved since `then`; None where that quarter has nothing to compare with."""
    by_share, tolerance = by_shortfall(row), settings.direction_tolerance
    before = then[c.SHORTFALL if by_share else c.PERFORMANCE]
    if before is None:
        return None
    if not comparable(row, then):
        return Direction.NOT_COMPARABLE
    if by_share:
        return None if rated.shortfall is None else of_shortfalls(rated.shortfall, Fraction(before), tolerance)
    return of_figures(row[c.PERFORMANCE], before, row[c.BETTER_WHEN], tolerance)


def travel_of(short: tuple[Direction | None, Row] | None, long: tuple[Direction | None, Row] | None) -> Travel:
    """Both directions, in words too: `↑ Better than 2013/14 Q1`, then on its own line `↓ Worse than 2012/13 Q2`."""
    said = [direction_words(each[0], each[1][c.QUARTER]) for each in (short, long) if each and each[0]]
    words = "\n".join(dict.fromkeys(said)) or Direction.NEW
    return Travel(words, short[0] if short else None, long[0] if long else None)


def direction_words(moved: Direction, then: Quarter) -> str:
    """A direction and what it is against: `↓ Worse than 2012/13 Q2`."""
    joined = {Direction.BETTER: "than", Direction.WORSE: "than", Direction.SAME: "as", Direction.NOT_COMPARABLE: "with"}
    return f"{moved} {joined[moved]} {then}"


SHORT, LONG = "Short", "Long"
"""An item's direction against what was last reported, and against the same quarter of last year; None for neither."""
