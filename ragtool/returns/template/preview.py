"""The Excel formulas of a return, which show the officer a rating while typing.

Outside `ragtool.rules` this is the one place that decides a colour, and tests hold it to the rules. A row's formula
is made for its own target and the plan's settings: `=IF(H5>=80%,"G",IF(H5>=68%,"A","R"))`. Since target and level are
known, the figure at which each colour ends is worked out exactly here and Excel only compares what was typed with it:
no subtraction in binary stands between 68 against 80 and Amber. Only functions that Excel 2010 has are used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from ragtool import rules
from ragtool.figures import Level, Points
from ragtool.model import Better, DataStatus, Rating, Settings
from ragtool.plan.plan import Measure
from ragtool.quarters import Quarter
from ragtool.returns.template.formula_figures import (
    FORMULA_DIGITS,
    TOLERANCE,
    bound,
    chosen,
    decimal,
    exactly,
    moved_by,
    outside,
)
from ragtool.rules.levels import own_levels, size_of
from ragtool.rules.limits import has_limits, limit_on_side, told_in_points
from ragtool.sheets.cells import spellings

NOT_A_FIGURE = "?"
"""Shown where the return alone can't tell: text for a figure."""

ELSEWHERE = "–"
"""Shown for what another service area returns some of: the parts of a measure, the milestones of a key action."""

RED, AMBER, GREEN, BLUE = (f'"{rating}"' for rating in (Rating.RED, Rating.AMBER, Rating.GREEN, Rating.BLUE))
"""Ratings as formulas."""


@dataclass(frozen=True)
class MeasureCells:
    """The cells of a measure's row that its formulas read."""

    performance: str
    data_status: str
    shortfall: str
    rating: str


@dataclass(frozen=True)
class ToBeat:
    """What must be bettered to have improved on the same quarter of last year: its figure, or its shortfall."""

    value: Fraction
    by_shortfall: bool


def fixed_rating(measure: rules.Criteria, quarter: Quarter, settings: Settings) -> Rating | None:
    """The rating that no figure can change this quarter: To be confirmed, Data only or Not due; else None."""
    rating = rules.rate_measure(measure, rules.Figure(), quarter, settings).rating
    return None if rating is Rating.NOT_RETURNED else rating


def measure_rating(
    measure: Measure,
    quarter: Quarter,
    settings: Settings,
    cells: MeasureCells,
    to_beat: ToBeat | None = None,
    stands: rules.RuleRating | None = None,
) -> str:
    """The RAG preview of a measure without parts, or of a part.

    Not available counts before any figure. Where last year's isn't known, a measure past its level shows Red. `stands`
    is how the last figure is rated, which counts where there is no newer one; None where there is none.
    """
    if fixed := fixed_rating(measure, quarter, settings):
        return f'="{fixed}"'
    figure = cells.performance
    if measure.better is Better.IN_RANGE:
        in_points = in_own_points(measure)
        short_of = replace(cells, shortfall=f"({range_distance(measure, figure, share_of)})") if in_points else cells
        rated = range_rating(measure, settings, short_of, to_beat)
    else:
        target = rules.target_for(measure, quarter)
        assert target is not None
        rated = target_rating(measure, target, rules.stretch_for(measure, quarter), settings, cells, to_beat)
    none, last = f'"{Rating.NOT_RETURNED}"', stands.rating if stands else Rating.NOT_RETURNED
    no_newer = f'IF({has_status(cells, DataStatus.NO_NEWER)},"{last}",{none})' if stands else none
    typed = f'IF(ISNUMBER({figure}),{rated},"{NOT_A_FIGURE}")'
    available = f'IF(TRIM({figure})="",{no_newer},{typed})'
    unavailable = has_status(cells, DataStatus.NOT_AVAILABLE)
    return f'=IFERROR(IF({unavailable},"{Rating.NOT_AVAILABLE}",{available}),"{NOT_A_FIGURE}")'


def is_said(cell: str, choice: str) -> str:
    """A condition, which comes to a number: a cell, or each of a column, holds this choice, however it is spelled."""
    each = (f'({cell}="{said}")' for said in spellings(choice))
    return f"({'+'.join(each)})"


def has_status(cells: MeasureCells, status: DataStatus) -> str:
    """A condition: a measure's data has this status."""
    return is_said(f"TRIM({cells.data_status})", status)


def target_rating(
    measure: rules.Criteria,
    target: Decimal,
    stretch: Decimal | None,
    settings: Settings,
    cells: MeasureCells,
    to_beat: ToBeat | None,
) -> str:
    """The rating of a figure held against a target, and a stretch target past it."""
    upwards, at_it = measure.better.upwards, not measure.better.strict
    limits = []
    if stretch is not None:
        limits.append(bound(stretch, upwards, at_it, BLUE))
    if settings.blue_beyond is not None and target:
        limits.append(bound(moved_by(target, settings.blue_beyond, upwards), upwards, False, BLUE))
    limits.append(bound(target, upwards, at_it, GREEN))
    if has_limits(measure):
        missed = limit_rating(measure, upwards, cells)
    else:
        missed = missed_rating(measure, target, upwards, settings, cells, to_beat)
    return chosen(limits, cells.performance, missed)


def range_rating(measure: rules.Criteria, settings: Settings, cells: MeasureCells, to_beat: ToBeat | None) -> str:
    """The rating of a figure held against a range, open at one end where the plan sets one bound only."""
    rated = GREEN
    for aim, above in ((measure.high, False), (measure.low, True)):
        if aim is not None:
            if has_limits(measure):
                missed = limit_rating(measure, above, cells)
            else:
                missed = missed_rating(measure, aim, above, settings, cells, to_beat)
            rated = f"IF({cells.performance}{outside(aim, above)},{missed},{rated})"
    return rated


def limit_rating(measure: rules.Criteria, below: bool, cells: MeasureCells) -> str:
    """The rating of a target missed below it, or above it, by the absolute limit of that side: Red past it."""
    limit = limit_on_side(measure, below)
    return AMBER if limit is None else chosen([bound(limit, below, True, AMBER)], cells.performance, RED)


def missed_rating(
    measure: rules.Criteria,
    aim: Decimal,
    above: bool,
    settings: Settings,
    cells: MeasureCells,
    to_beat: ToBeat | None,
) -> str:
    """The rating of a missed target or bound by the measure's levels; `above` says that figures above it are better."""
    levels = own_levels(measure, settings)
    amber_at_level = settings.at_the_intervention_level is Rating.AMBER
    past = improved_rating(to_beat, above, cells) if settings.amber_needs_improvement and to_beat else RED
    edge, green = (edge_of(level, aim, above, measure.unit) for level in (levels.amber, levels.green))
    limits = [] if edge is None else [bound(edge, above, amber_at_level, AMBER)]
    if green is not None and size_of(levels.green):
        limits.insert(0, bound(green, above, True, GREEN))
    if measure.better.strict:
        # Exactly at the target nothing is missed: within any level, and never what Green within forgives.
        within = size_of(levels.amber) > 0 or amber_at_level
        limits.insert(0, bound(aim, above, True, AMBER if within else past))
    return chosen(limits, cells.performance, RED if edge is None else past)


def improved_rating(to_beat: ToBeat, above: bool, cells: MeasureCells) -> str:
    """The rating past the level where Amber needs improvement on the same quarter of last year."""
    if to_beat.by_shortfall:
        return better_shortfall(cells.shortfall, to_beat)
    return chosen([bound(decimal(to_beat.value), above, False, AMBER)], cells.performance, RED)


def edge_of(level: Level, aim: Decimal, above: bool, unit: str) -> Decimal | None:
    """The figure at which a level ends, on the worse side of a target or bound; None where it is a share of 0."""
    if isinstance(level, Points):
        distance = level.size / 100 if unit == "%" else level.size
        return FORMULA_DIGITS.subtract(aim, distance) if above else FORMULA_DIGITS.add(aim, distance)
    return moved_by(aim, -level, above) if aim else None


def better_shortfall(cell: str, to_beat: ToBeat) -> str:
    """Amber where a shortfall is under last year's, else Red."""
    return f"IF({cell}<{exactly(decimal(to_beat.value))}-{TOLERANCE},{AMBER},{RED})"


def measure_shortfall(
    measure: Measure,
    quarter: Quarter,
    settings: Settings,
    cells: MeasureCells,
    stands: rules.RuleRating | None = None,
) -> str:
    """The Shortfall of a measure without parts, or of a part: a share, or points where its level is in them; blank
    where there is none. `stands` is how the last figure is rated.
    """
    if fixed_rating(measure, quarter, settings):
        return '=""'
    figure, in_points = cells.performance, in_own_points(measure)
    of = (points_of_per_cent if measure.unit == "%" else points_of) if in_points else share_of
    if measure.better is Better.IN_RANGE:
        distance = range_distance(measure, figure, of)
    else:
        target = rules.target_for(measure, quarter)
        assert target is not None
        distance = of(target, figure, measure.better.upwards)
    counts = f"AND(ISNUMBER({figure}),{has_status(cells, DataStatus.NOT_AVAILABLE)}=0)"
    then = (stands.gap if in_points else stands.shortfall) if stands else None
    if then is None:
        return f'=IFERROR(IF({counts},{distance},""),"")'
    last = f'AND(TRIM({figure})="",{has_status(cells, DataStatus.NO_NEWER)})'
    return f'=IFERROR(IF({counts},{distance},IF({last},{exactly(decimal(then))},"")),"")'


def in_own_points(measure: Measure) -> bool:
    """Whether its Shortfall is a distance in the measure's own unit, as its level is. A part's is a share whatever its
    level: its measure is reckoned from it.
    """
    return measure.part is None and told_in_points(measure, measure.has_parts)


def range_distance(measure: rules.Criteria, figure: str, of: Callable[[Decimal, str, bool], str]) -> str:
    """How far a figure is outside its range, by what `of` makes of the nearer bound; 0 inside it."""
    distance = "0"
    for aim, above in ((measure.high, False), (measure.low, True)):
        if aim is not None:
            distance = f"IF({figure}{outside(aim, above)},{of(aim, figure, above)},{distance})"
    return distance


def share_of(aim: Decimal, figure: str, above: bool) -> str:
    """How far a figure is from what it is held against, as a share of that; of 0 there is none."""
    return f"{points_of(aim, figure, above)}/{exactly(abs(aim))}" if aim else '""'


def points_of(aim: Decimal, figure: str, above: bool) -> str:
    """How far a figure is from what it is held against, in its unit."""
    return f"({exactly(aim)}-{figure})" if above else f"({figure}-{exactly(aim)})".replace("--", "+")


def points_of_per_cent(aim: Decimal, figure: str, above: bool) -> str:
    """The same in percentage points, of figures that are shares."""
    return f"100*{points_of(aim, figure, above)}"
