"""What must hold for a plan's measures to be rated: targets, bounds, limits, stretch targets and weights."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ragtool import columns as c
from ragtool.figures import Points
from ragtool.model import Basis, Better, Query, Settings
from ragtool.plan.plan import Measure, Plan
from ragtool.plan.row_queries import doubt, error
from ragtool.rules.levels import own_levels, size_of
from ragtool.rules.words import level_words


def measures_can_be_rated(plan: Plan) -> Iterator[Query]:
    """Parts with a measure, a direction for every target, bounds and weights that make sense."""
    wholes = {each.key: each for each in plan.measures if each.part is None}
    weights: dict[str, list[Decimal]] = {}
    for measure in plan.measures:
        if measure.part is not None:
            weights.setdefault(measure.key, []).append(measure.weight)
            if measure.key and measure.key not in wholes:
                problem = f"{measure.key} has a part but no row of its own."
                yield error(measure, c.PART, problem, "Add a row with this key and no part for the whole measure.")
        yield from aims_can_be_used(measure)
        if measure.low is not None and measure.high is not None and measure.low > measure.high:
            yield error(measure, c.RANGE_LOW, "Range low is above Range high.", "Correct the two bounds.")
        if measure.weight < 0:
            yield error(measure, c.WEIGHT, "A weight can't be negative.", "Type a weight of 0 or more.")
        yield from limits_on_the_right_side(measure)
        yield from limit_is_outside(measure)
        yield from limits_of_a_range(measure)
        yield from stretch_can_be_used(measure)
        yield from profile_is_used(measure)
        whole = wholes.get(measure.key) if measure.part is not None else None
        yield from levels_are_used(measure, whole)
        yield from levels_leave_an_amber(measure, whole, plan.settings)
        yield from benchmark_stands_whole(measure, whole)
    for measure in plan.measures:
        if measure.has_parts and not any(weights.get(measure.key, [])):
            problem = "All parts have the weight 0, so they make no mean."
            yield error(measure, c.WEIGHT, problem, "Give one part a weight.")


def aims_can_be_used(measure: Measure) -> Iterator[Query]:
    """A target or range stands where one is used, and says which way is better."""
    targets = targets_of(measure)
    bounds = {c.RANGE_LOW: measure.low, c.RANGE_HIGH: measure.high}
    aims = [heading for heading, figure in (targets | bounds).items() if figure is not None]
    has_bounds = measure.low is not None or measure.high is not None
    if measure.has_parts and aims:
        problem = "A measure with parts has no target of its own, so this isn't used."
        yield doubt(measure, aims[0], problem, "Delete it.")
    elif measure.better_when is None and aims:
        problem = "Better when is blank, so the figure can't be rated."
        yield error(measure, c.BETTER_WHEN, problem, "Choose Higher, Lower, More than, Less than or In range.")
    elif measure.better_when is Better.IN_RANGE and aims and not has_bounds:
        problem = "In range needs Range low and Range high; a target isn't used."
        yield doubt(measure, c.BETTER_WHEN, problem, "Fill in the range.")


def targets_of(measure: Measure) -> dict[str, Decimal | None]:
    """A measure's targets by the heading of each."""
    return dict(zip(c.YEARS_TARGETS, (*measure.targets, measure.annual), strict=True))


def limits_on_the_right_side(measure: Measure) -> Iterator[Query]:
    """Red beyond must lie on the worse side of every target."""
    limit, targets = measure.red_beyond, [each for each in targets_of(measure).values() if each is not None]
    if limit is None or not targets:
        return
    if measure.better_when is None or measure.better_when is Better.IN_RANGE:
        return
    if limit > min(targets) if measure.better.upwards else limit < max(targets):
        problem = "Red beyond lies on the better side of the target, so a figure that misses is always Red."
        yield doubt(measure, c.RED_BEYOND, problem, "Check Red beyond, the target and Better when.")


def limit_is_outside(measure: Measure) -> Iterator[Query]:
    """Red beyond of a range lies outside it, or at an end."""
    limit, low, high = measure.red_beyond, measure.low, measure.high
    if limit is None or measure.better_when is not Better.IN_RANGE or (low is None and high is None):
        return
    if (low is None or limit > low) and (high is None or limit < high):
        problem = "Red beyond lies inside the range, so a figure outside it is always Red."
        yield doubt(measure, c.RED_BEYOND, problem, "Check it and the range, or use Red below and Red above.")


def limits_of_a_range(measure: Measure) -> Iterator[Query]:
    """Red below and Red above are for a range, each on the worse side of its own bound, and never with Red beyond."""
    sides = (
        (c.RED_BELOW, measure.red_below, c.RANGE_LOW, measure.low),
        (c.RED_ABOVE, measure.red_above, c.RANGE_HIGH, measure.high),
    )
    for heading, limit, named, bound in sides:
        if limit is None or measure.has_parts or measure.better_when is None:
            continue
        if measure.better_when is not Better.IN_RANGE:
            problem = f"{heading} is for a measure that is better In range, so it isn't used."
            yield doubt(measure, heading, problem, "Delete it, or type the figure under Red beyond.")
        elif measure.red_beyond is not None:
            problem = f"Red beyond and {heading} both stand, so one range would have two limits."
            yield error(measure, heading, problem, "Delete Red beyond, or Red below and Red above.")
        elif bound is None:
            yield doubt(
                measure, heading, f"{named} is blank, so {heading} isn't used.", f"Fill in {named}, or delete it."
            )
        elif limit > bound if heading == c.RED_BELOW else limit < bound:
            problem = f"{heading} lies on the better side of {named}, so a figure that misses there is always Red."
            yield doubt(measure, heading, problem, f"Check {heading} and {named}.")


def stretch_can_be_used(measure: Measure) -> Iterator[Query]:
    """A stretch target is better than every target, and stands where there is one target to be met."""
    stretch, targets = measure.stretch, [each for each in targets_of(measure).values() if each is not None]
    if stretch is None:
        return
    if measure.has_parts:
        problem, what = "A measure with parts can't have a stretch target.", "Delete it, or give it to a part."
        yield error(measure, c.STRETCH_TARGET, problem, what)
    elif measure.better_when is Better.IN_RANGE:
        problem = "A measure that is better In range can't have a stretch target."
        yield error(measure, c.STRETCH_TARGET, problem, "Delete it.")
    elif not targets:
        yield doubt(measure, c.STRETCH_TARGET, "There is no target, so the stretch target isn't used.", "Set a target.")
    elif measure.better_when and (stretch <= max(targets) if measure.better.upwards else stretch >= min(targets)):
        problem = "The stretch target is no better than a target, so it stretches nothing."
        yield error(measure, c.STRETCH_TARGET, problem, "Check the stretch target, the targets and Better when.")


def profile_is_used(measure: Measure) -> Iterator[Query]:
    """A rate of the year so far isn't spread over the year as a running total is."""
    if measure.straight_line and measure.basis is Basis.YEAR_TO_DATE_RATE:
        problem = "Profile spreads a running total over the year; for a Year-to-date rate it isn't used."
        yield doubt(measure, c.PROFILE, problem, "Delete it, or choose Year to date under Basis.")


def levels_are_used(measure: Measure, whole: Measure | None) -> Iterator[Query]:
    """A level that an absolute limit puts out of use is said: nothing in a row is passed over in silence.

    `whole` is the measure of a part: what the part has from there stands in no row of its own.
    """
    limits = {c.RED_BEYOND: measure.red_beyond, c.RED_BELOW: measure.red_below, c.RED_ABOVE: measure.red_above}
    given = [heading for heading, limit in limits.items() if limit is not None]
    levels = {c.INTERVENTION_LEVEL: measure.level, c.GREEN_WITHIN: measure.green_within}
    shared = (whole.level, whole.green_within) if whole else (None, None)
    for (heading, level), from_whole in zip(levels.items(), shared, strict=True) if given else ():
        if level is not None and level != from_whole:
            problem = f"{given[0]} is an absolute limit, beside which {heading} isn't used."
            yield doubt(measure, heading, problem, f"Clear it, or {given[0]}.")


def levels_leave_an_amber(measure: Measure, whole: Measure | None, settings: Settings) -> Iterator[Query]:
    """A level of a measure's own that makes every miss Green as far as Red begins is asked about.

    A share and points can't be compared. `whole` is the measure of a part, which may have given it both levels.
    """
    own = (measure.level, measure.green_within)
    if own == (None, None) or (whole and own == (whole.level, whole.green_within)):
        return
    levels = own_levels(measure, settings)
    if isinstance(levels.green, Points) == isinstance(levels.amber, Points) and size_of(levels.green) > size_of(
        levels.amber
    ):
        heading = c.INTERVENTION_LEVEL if measure.green_within is None else c.GREEN_WITHIN
        shown = [level_words(level) for level in (levels.green, levels.amber)]
        problem = f"Green within, {shown[0]}, is above the intervention level, {shown[1]}, so no miss is Amber."
        yield doubt(measure, heading, problem, "Correct one of the two levels.")


def benchmark_stands_whole(measure: Measure, whole: Measure | None) -> Iterator[Query]:
    """A benchmark says whose it is, and words that say so stand beside a figure.

    The words of a measure with parts may be those of its parts' figures.
    """
    named = measure.benchmark_is is not None and not (whole and whole.benchmark_is == measure.benchmark_is)
    if measure.benchmark is not None and measure.benchmark_is is None:
        problem = "The benchmark doesn't say whose it is, or of when."
        yield doubt(measure, c.BENCHMARK_IS, problem, "Say so under Benchmark is, such as CIPFA neighbours 2024/25.")
    elif named and measure.benchmark is None and not measure.has_parts:
        problem = "Benchmark is says whose it is, and there is no figure under Benchmark."
        yield doubt(measure, c.BENCHMARK, problem, "Fill in the figure, or clear Benchmark is.")
