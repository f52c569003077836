"""A measure's absolute limits, in place of its levels: `Red beyond`, or one on each side of a range."""

from __future__ import annotations

from decimal import Decimal

from ragtool.figures import Points, show
from ragtool.model import Better, Rating
from ragtool.rules.facts import Criteria
from ragtool.rules.levels import Standing


def has_limits(measure: Criteria) -> bool:
    """Whether a measure is rated by absolute limits and not by its levels."""
    return bool(limits_of(measure))


def told_in_points(measure: Criteria, has_parts: bool) -> bool:
    """Whether a shortfall is told as a distance in points of the measure's unit, and not as a share of its target.

    It is where the measure's own intervention level is in points and rates it: not where an absolute limit stands in
    the level's place, nor of a measure that its parts make, whose level is always a share. Source: the rating rules,
    Measures, `5 points` as an intervention level.
    """
    return isinstance(measure.level, Points) and not has_limits(measure) and not has_parts


def limits_of(measure: Criteria) -> list[Decimal]:
    """The absolute limits that a measure is rated by; those on the two sides are for a range alone."""
    sides = (measure.red_below, measure.red_above) if measure.better is Better.IN_RANGE else ()
    return [limit for limit in (measure.red_beyond, *sides) if limit is not None]


def limits_in_words(measure: Criteria) -> str:
    """The absolute limits that a measure is rated by: `Red past £7m`, `Red below 14 days and above 30 days`."""
    sides = [("past", measure.red_beyond)]
    if measure.better is Better.IN_RANGE:
        sides += [("below", measure.red_below), ("above", measure.red_above)]
    limits = [f"{way} {show(limit, measure.unit, measure.decimals)}" for way, limit in sides if limit is not None]
    return f"Red {' and '.join(limits)}"


def limit_on_side(measure: Criteria, below: bool) -> Decimal | None:
    """The limit for figures that miss below their target or range, or above it; None where none stands on that side."""
    own = measure.red_below if below else measure.red_above
    if measure.better is Better.IN_RANGE and own is not None:
        return own
    holds = limits_below(measure) if below else limits_above(measure)
    return measure.red_beyond if holds else None


def misses_below(measure: Criteria, actual: Decimal) -> bool:
    """Whether a figure that misses lies below its target or range, and not above it."""
    if measure.better is Better.IN_RANGE:
        return measure.low is not None and actual < measure.low
    return measure.better.upwards


def limit_for(measure: Criteria, actual: Decimal) -> Decimal:
    """The limit that the reason of a missed target names: that of its side, else the one of the other side."""
    limit = limit_on_side(measure, misses_below(measure, actual))
    return limits_of(measure)[0] if limit is None else limit


def by_limit(measure: Criteria, actual: Decimal, standing: Standing, shown: str) -> tuple[Rating, str]:
    """The rating of a missed target by the measure's absolute limits, and the verdict in words.

    Amber up to the limit and at it, Red past it; a miss on a side without a limit is Amber. `shown` is the limit that
    `limit_for` gives, as people write it.
    """
    below = misses_below(measure, actual)
    limit = limit_on_side(measure, below)
    missed = standing.missed if standing.short is None and not standing.at_target else standing.by()
    if limit is None:
        return Rating.AMBER, f"{missed}, where the limit of {shown} doesn't apply"
    if actual < limit if below else actual > limit:
        return Rating.RED, f"{missed}, past the limit of {shown}"
    if actual == limit:
        return Rating.AMBER, f"{missed}, exactly at the limit of {shown}"
    return Rating.AMBER, f"{missed}, but not past the limit of {shown}"


def limits_below(measure: Criteria) -> bool:
    """Whether `Red beyond` makes low figures Red.

    A limit at or under a range is its lower side's, one at or over it the upper side's, and a miss on the other side is
    Amber. One inside the range makes every miss Red, as does one on the better side of a target.
    """
    limit, low, high = measure.red_beyond, measure.low, measure.high
    if limit is None or measure.better is not Better.IN_RANGE:
        return limit is not None and measure.better.upwards
    return low is not None and (high is None or limit < high or limit == low)


def limits_above(measure: Criteria) -> bool:
    """Whether `Red beyond` makes high figures Red; see `limits_below`."""
    limit, low, high = measure.red_beyond, measure.low, measure.high
    if limit is None or measure.better is not Better.IN_RANGE:
        return limit is not None and not measure.better.upwards
    return high is not None and (low is None or limit > low or limit == high)
