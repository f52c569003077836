"""What measures of this plan say of their own, in words: rules for the Glossary, colours for the count tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ragtool.figures import Points, share
from ragtool.model import Basis, Better, Rating, Settings
from ragtool.plan.plan import Measure
from ragtool.rules.limits import has_limits


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


def measure_states(settings: Settings, measures: Sequence[Measure]) -> dict[Rating, str]:
    """What the colours of measures mean in a plan, as far as its levels, or its measures' own, make them mean more than
    they usually do.
    """
    limit = " or limit" if any(map(has_limits, measures)) else ""
    beyond = "at or beyond" if settings.at_the_intervention_level is Rating.RED else "beyond"
    improved = ", or beyond it and improved" if settings.amber_needs_improvement else ""
    states = {
        Rating.RED: f"Red: {beyond} the intervention level{limit}",
        Rating.AMBER: f"Amber: target missed, within the level{limit}{improved}",
    }
    if any(measure.green_within is not None for measure in measures):
        states[Rating.GREEN] = "Green: target met, or missed by little enough"
    elif settings.green_within:
        states[Rating.GREEN] = f"Green: target met, or missed by {share(settings.green_within)} or less"
    better = "" if settings.blue_beyond is None else f"better than target by more than {share(settings.blue_beyond)}"
    stretched = "stretch target met" if any(map(has_a_stretch_target, measures)) else ""
    if better or stretched:
        states[Rating.BLUE] = f"Blue: {', or '.join(filter(None, (stretched, better)))}"
    return states
