"""What a shortfall is worth: the intervention level and the plan's other levels, or a measure's absolute limit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ragtool.figures import share
from ragtool.model import Better, Rating, Settings
from ragtool.rules.facts import Criteria, Improvement
from ragtool.rules.words import percent, worse


@dataclass(frozen=True)
class Standing:
    """How a figure, or what several parts make, stands against its target, and the words for it.

    `short` is a signed share, positive when worse; None where the target is 0, of which no share exists. The words:
    `if_met` for a target that is met, `way` after a share of a missed one, `missed` where no share exists.
    """

    short: Fraction | None
    met: bool
    if_met: str
    way: str = "worse"
    missed: str = "target missed"

    def by(self, *apart_from: Decimal) -> str:
        """By how much the target is missed: `7.9 % worse`, never rounded onto or past `apart_from`."""
        return f"{share(self.short or Fraction(0), *apart_from)} {self.way}"


def by_level(
    own_level: Decimal | None, standing: Standing, settings: Settings, improvement: Improvement | None = None
) -> tuple[Rating, str]:
    """The rating of a shortfall by the intervention level, its own or else the plan's, and the verdict in words.

    Source: the RAG definitions for measures; `Green within`, `At the intervention level`, `Amber needs improvement` and
    `Blue beyond` are the plan's settings.
    """
    short = standing.short
    if short is None:
        if standing.met:
            return Rating.GREEN, standing.if_met
        return Rating.RED, f"{standing.missed}, and no percentage of 0 exists, so it is Red"
    blue, green = settings.blue_beyond, settings.green_within
    if blue is not None and -short > Fraction(blue):
        beyond = f" by more than {percent(blue)}" if blue else ""
        return Rating.BLUE, f"{worse(short, blue)}, exceeding the target{beyond}"
    if standing.met:
        return Rating.GREEN, standing.if_met
    if short <= Fraction(green):
        return Rating.GREEN, f"{standing.by(green)}, {lies(short, green)} the {percent(green)} that counts as Green"
    level = settings.intervention_level if own_level is None else own_level
    amber_at_level = settings.at_the_intervention_level is Rating.AMBER
    verdict = f"{standing.by(level, green)}, {lies(short, level)} the {percent(level)} intervention level"
    if not level:
        verdict = f"{standing.by(level)}, and the intervention level is 0 %"
    if short < Fraction(level) or (short == Fraction(level) and amber_at_level):
        return Rating.AMBER, verdict
    if short == Fraction(level):
        verdict += ", where Red begins"
    if not settings.amber_needs_improvement:
        return Rating.RED, verdict
    return by_improvement(verdict, improvement)


def lies(short: Fraction, level: Decimal) -> str:
    """Where a shortfall lies: within a level, exactly at it, or beyond it."""
    if short == Fraction(level):
        return "exactly at"
    return "within" if short < Fraction(level) else "beyond"


def by_improvement(verdict: str, improvement: Improvement | None) -> tuple[Rating, str]:
    """The rating past the level where a plan's `Amber needs improvement`: Amber for what improved on last year."""
    if improvement is None:
        return Rating.RED, f"{verdict}, with nothing to compare it with in the same quarter of last year"
    if improvement.improved:
        return Rating.AMBER, f"{verdict}, but better than in the same quarter of last year (then {improvement.then})"
    return Rating.RED, f"{verdict}, and no better than in the same quarter of last year (then {improvement.then})"


def by_limit(measure: Criteria, actual: Decimal, standing: Standing, shown: str) -> tuple[Rating, str]:
    """The rating of a missed target by the measure's absolute limit, `Red beyond`, and the verdict in words.

    Amber up to the limit and at it, Red past it; `shown` is the limit as people write it.
    """
    limit = measure.red_beyond
    assert limit is not None
    missed = standing.missed if standing.short is None else standing.by()
    if (limits_below(measure) and actual < limit) or (limits_above(measure) and actual > limit):
        return Rating.RED, f"{missed}, past the limit of {shown}"
    if actual == limit:
        return Rating.AMBER, f"{missed}, exactly at the limit of {shown}"
    above = measure.high is not None and actual > measure.high
    if measure.better is Better.IN_RANGE and not (limits_above(measure) if above else limits_below(measure)):
        return Rating.AMBER, f"{missed}, where the limit of {shown} doesn't apply"
    return Rating.AMBER, f"{missed}, but not past the limit of {shown}"


def limits_below(measure: Criteria) -> bool:
    """Whether a measure's absolute limit makes low figures Red.

    A limit at or under a range is its lower side's, one at or over it the upper side's, and a miss on the other side is
    Amber. One inside the range makes every miss Red, as does one on the better side of a target.
    """
    limit, low, high = measure.red_beyond, measure.low, measure.high
    if limit is None or measure.better is not Better.IN_RANGE:
        return limit is not None and measure.better is Better.HIGHER
    return low is not None and (high is None or limit < high or limit == low)


def limits_above(measure: Criteria) -> bool:
    """Whether a measure's absolute limit makes high figures Red; see `limits_below`."""
    limit, low, high = measure.red_beyond, measure.low, measure.high
    if limit is None or measure.better is not Better.IN_RANGE:
        return limit is not None and measure.better is Better.LOWER
    return high is not None and (low is None or limit > low or limit == high)
