"""What a miss is worth: the intervention level and the plan's other levels, as shares or as points of the unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ragtool.figures import Level, Points, leads, share
from ragtool.model import Rating, Settings
from ragtool.rules.facts import Criteria, Improvement
from ragtool.rules.words import EXACTLY_AT, level_words, percent, points, worse


@dataclass(frozen=True)
class Standing:
    """How a figure, or what several parts make, stands against its target, and the words for it.

    `short` is a signed share, positive when worse; None where the target is 0, of which no share exists. `gap` is the
    same as a distance in points of the unit; None for several parts together. `at_target` tells of a figure exactly at
    a target that must be bettered. The words: `if_met` for a target that is met, `way` after the size of a miss,
    `missed` where no share exists.
    """

    short: Fraction | None
    met: bool
    if_met: str
    way: str = "worse"
    missed: str = "target missed"
    gap: Fraction | None = None
    at_target: bool = False
    unit: str = ""

    def against(self, level: Level) -> Fraction | None:
        """By how much the target is missed, as a level measures it; None where no share exists."""
        if self.at_target:
            return Fraction(0)
        return self.gap if isinstance(level, Points) else self.short

    def met_by(self, level: Level) -> str:
        """The words for a target that is met, with by how much where it is bettered: `target met, 3 points better`."""
        if isinstance(level, Points) and self.gap is not None and self.gap < 0:
            return f"target met, {points(-self.gap, self.unit)} better"
        return self.if_met

    def by(self, level: Level | None = None, *others: Level) -> str:
        """By how much the target is missed: `7.9 % worse`, never rounded onto or past a level, or `3 points worse`."""
        if self.at_target:
            return EXACTLY_AT
        if isinstance(level, Points):
            return f"{points(self.gap or Fraction(0), self.unit)} {self.way}"
        shares = [each for each in (level, *others) if isinstance(each, Decimal)]
        return f"{share(self.short or Fraction(0), *shares)} {self.way}"


@dataclass(frozen=True)
class Levels:
    """The levels that a measure is rated by: up to `green` it is Green, up to `amber` Amber."""

    amber: Level
    green: Level


def own_levels(measure: Criteria, settings: Settings) -> Levels:
    """The levels of a measure without parts, or of a part: its own, else the plan's."""
    return Levels(
        settings.intervention_level if measure.level is None else measure.level,
        settings.green_within if measure.green_within is None else measure.green_within,
    )


def index_levels(measure: Criteria, settings: Settings) -> tuple[Decimal, Decimal]:
    """The levels of a measure that its parts make, intervention level and `Green within`, which are always shares.

    Points that it has of its own are its parts'.
    """
    amber, green = measure.level, measure.green_within
    return (
        amber if isinstance(amber, Decimal) else settings.intervention_level,
        green if isinstance(green, Decimal) else settings.green_within,
    )


def size_of(level: Level) -> Fraction:
    """A level's size, a share or a number of points."""
    return Fraction(level.size if isinstance(level, Points) else level)


def by_level(
    levels: Levels, standing: Standing, settings: Settings, improvement: Improvement | None = None
) -> tuple[Rating, str]:
    """The rating of a shortfall by the measure's levels, and the verdict in words.

    Source: the RAG definitions for measures; `At the intervention level`, `Amber needs improvement` and `Blue beyond`
    are the plan's settings.
    """
    short, blue = standing.short, settings.blue_beyond
    if short is not None and blue is not None and -short > Fraction(blue):
        beyond = f" by more than {percent(blue)}" if blue else ""
        return Rating.BLUE, f"{worse(short, blue)}, exceeding the target{beyond}"
    if standing.met:
        return Rating.GREEN, standing.met_by(levels.amber)
    level, green = levels.amber, levels.green
    missed = standing.against(green)
    if missed is not None and missed <= size_of(green) and not standing.at_target:
        shown = level_words(green, standing.unit)
        several = isinstance(green, Points) and green.size != 1 and not leads(standing.unit)
        counts = "count" if several else "counts"
        return Rating.GREEN, f"{standing.by(green)}, {lies(missed, green)} the {shown} that {counts} as Green"
    missed = standing.against(level)
    if missed is None:
        return Rating.RED, f"{standing.missed}, and no percentage of 0 exists, so it is Red"
    shown = level_words(level, standing.unit)
    named = f"intervention level of {shown}" if isinstance(level, Points) else f"{shown} intervention level"
    verdict = f"{standing.by(level, green)}, {lies(missed, level)} the {named}"
    if not size_of(level):
        verdict = f"{standing.by(level)}, and the intervention level is {shown}"
    at_level, amber_at_level = missed == size_of(level), settings.at_the_intervention_level is Rating.AMBER
    if missed < size_of(level) or (at_level and amber_at_level):
        return Rating.AMBER, verdict
    if at_level:
        verdict += ", where Red begins"
    if not settings.amber_needs_improvement:
        return Rating.RED, verdict
    return by_improvement(verdict, improvement)


def lies(missed: Fraction, level: Level) -> str:
    """Where a miss lies: within a level, exactly at it, or beyond it."""
    if missed == size_of(level):
        return "exactly at"
    return "within" if missed < size_of(level) else "beyond"


def by_improvement(verdict: str, improvement: Improvement | None) -> tuple[Rating, str]:
    """The rating past the level where a plan's `Amber needs improvement`: Amber for what improved on last year."""
    if improvement is None:
        return Rating.RED, f"{verdict}, with nothing to compare it with in the same quarter of last year"
    if improvement.improved:
        return Rating.AMBER, f"{verdict}, but better than in the same quarter of last year (then {improvement.then})"
    return Rating.RED, f"{verdict}, and no better than in the same quarter of last year (then {improvement.then})"
