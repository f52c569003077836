"""The rules that only measures of this plan say of their own, in words for the Glossary."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ragtool.figures import Points
from ragtool.model import Basis, Better
from ragtool.plan.plan import Measure


def has_points(measure: Measure) -> bool:
    """Whether a level of a measure's own is a distance in its unit."""
    return any(isinstance(level, Points) for level in (measure.level, measure.green_within))


def must_be_bettered(measure: Measure) -> bool:
    """Whether a figure must better the target of a measure."""
    return measure.better.strict


def has_a_limit_on_one_side(measure: Measure) -> bool:
    """Whether a range has a limit on one side and none on the other."""
    return measure.better is Better.IN_RANGE and (measure.red_below is None) != (measure.red_above is None)


def has_a_stretch_target(measure: Measure) -> bool:
    """Whether a measure has a stretch target."""
    return measure.stretch is not None


def has_a_benchmark(measure: Measure) -> bool:
    """Whether a measure is shown beside a benchmark."""
    return measure.benchmark is not None


def is_a_rate(measure: Measure) -> bool:
    """Whether a measure is a share of the year so far."""
    return measure.basis is Basis.YEAR_TO_DATE_RATE


IN_WORDS: tuple[tuple[Callable[[Measure], bool], str], ...] = (
    (has_points, "A level in points is a distance in the measure's own unit: percentage points for a percentage."),
    (
        must_be_bettered,
        "Where more or less than a target is wanted, a figure exactly at it misses by nothing: not Green.",
    ),
    (has_a_limit_on_one_side, "A range with a limit on one side is Amber on the other, however far a figure misses."),
    (has_a_stretch_target, "A measure that meets its stretch target is Blue."),
    (has_a_benchmark, "A benchmark is shown beside the figure and never rates it."),
    (is_a_rate, "A year-to-date rate is a share of the year so far: it may fall, and is held against a whole target."),
)
"""What a measure may say of its own, and the rule that follows."""


def own_in_words(measures: Iterable[Measure]) -> str:
    """What measures say of their own, as far as any of them does, each a sentence after a blank."""
    listed = list(measures)
    return "".join(f" {words}" for says, words in IN_WORDS if any(map(says, listed)))
