"""The Excel formulas of a return, which show the officer a rating while typing.

Outside `ragtool.rules` this is the one place that decides a colour, and tests hold it to the rules. A row's formula
is made for its own target and the plan's settings: `=IF(H5>=80%,"G",IF(H5>=68%,"A","R"))`. Since target and level are
known, the figure at which each colour ends is worked out exactly here and Excel only compares what was typed with it:
no subtraction in binary stands between 68 against 80 and Amber. Only functions that Excel 2010 has are used.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from ragtool import rules
from ragtool.model import Better, DataStatus, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.rules.levels import limits_above, limits_below

NOT_A_FIGURE = "?"
"""Shown where the return alone can't tell: text for a figure."""

ELSEWHERE = "–"
"""Shown for what another service area returns some of: the parts of a measure, the milestones of a key action."""

RED = f'"{Rating.RED}"'

TOLERANCE = "0.0000000000001"
"""What binary arithmetic may add to a share. Two shares of real figures are further apart."""

FORMULA_DIGITS = Context(prec=60)


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


@dataclass(frozen=True)
class Limit:
    """A rating, and the comparison with the figure that gives it: `>=68`."""

    comparison: str
    rating: Rating


def fixed_rating(measure: rules.Criteria, quarter: Quarter, settings: Settings) -> Rating | None:
    """The rating that no figure can change this quarter: To be confirmed, Data only or Not due; else None."""
    rating = rules.rate_measure(measure, rules.Figure(), quarter, settings).rating
    return None if rating is Rating.NOT_RETURNED else rating


def measure_rating(
    measure: rules.Criteria,
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
    figure, status = cells.performance, f"TRIM({cells.data_status})"
    if measure.better is Better.IN_RANGE:
        rated = range_rating(measure, settings, cells, to_beat)
    else:
        target = rules.target_for(measure, quarter)
        assert target is not None
        rated = target_rating(measure, target, settings, cells, to_beat)
    none, last = f'"{Rating.NOT_RETURNED}"', stands.rating if stands else Rating.NOT_RETURNED
    no_newer = f'IF({status}="{DataStatus.NO_NEWER}","{last}",{none})' if stands else none
    typed = f'IF(ISNUMBER({figure}),{rated},"{NOT_A_FIGURE}")'
    available = f'IF(TRIM({figure})="",{no_newer},{typed})'
    unavailable = f'{status}="{DataStatus.NOT_AVAILABLE}"'
    return f'=IFERROR(IF({unavailable},"{Rating.NOT_AVAILABLE}",{available}),"{NOT_A_FIGURE}")'


def target_rating(
    measure: rules.Criteria, target: Decimal, settings: Settings, cells: MeasureCells, to_beat: ToBeat | None
) -> str:
    """The rating of a figure held against a target."""
    higher = measure.better is Better.HIGHER
    limits = []
    if settings.blue_beyond is not None and target:
        limits.append(bound(better_by(target, settings.blue_beyond, higher), higher, False, Rating.BLUE))
    limits.append(bound(target, higher, True, Rating.GREEN))
    if measure.red_beyond is not None:
        missed = limit_rating(measure, measure.red_beyond, cells)
    else:
        missed = missed_rating(measure, target, higher, settings, cells, to_beat)
    return chosen(limits, cells.performance, missed)


def range_rating(measure: rules.Criteria, settings: Settings, cells: MeasureCells, to_beat: ToBeat | None) -> str:
    """The rating of a figure held against a range, open at one end where the plan sets one bound only."""
    rated = f'"{Rating.GREEN}"'
    for aim, above in ((measure.high, False), (measure.low, True)):
        if aim is not None:
            if measure.red_beyond is not None:
                missed = limit_rating(measure, measure.red_beyond, cells)
            else:
                missed = missed_rating(measure, aim, above, settings, cells, to_beat)
            rated = f"IF({cells.performance}{'<' if above else '>'}{exactly(aim)},{missed},{rated})"
    return rated


def limit_rating(measure: rules.Criteria, limit: Decimal, cells: MeasureCells) -> str:
    """The rating of a missed target by the absolute limit: Amber as far as it, Red past it."""
    if limits_below(measure) and limits_above(measure):
        return f'IF({cells.performance}={exactly(limit)},"{Rating.AMBER}",{RED})'
    return chosen([bound(limit, limits_below(measure), True, Rating.AMBER)], cells.performance, RED)


def missed_rating(
    measure: rules.Criteria,
    aim: Decimal,
    above: bool,
    settings: Settings,
    cells: MeasureCells,
    to_beat: ToBeat | None,
) -> str:
    """The rating of a missed target or bound by its share; `above` says that figures above it are better."""
    if not aim:
        return RED
    level = measure.level if measure.level is not None else settings.intervention_level
    limits = []
    if settings.green_within:
        limits.append(bound(better_by(aim, -settings.green_within, above), above, True, Rating.GREEN))
    at_level = settings.at_the_intervention_level is Rating.AMBER
    limits.append(bound(better_by(aim, -level, above), above, at_level, Rating.AMBER))
    beyond = RED
    if settings.amber_needs_improvement and to_beat is not None:
        if to_beat.by_shortfall:
            beyond = better_shortfall(cells.shortfall, to_beat)
        else:
            beyond = chosen([bound(decimal(to_beat.value), above, False, Rating.AMBER)], cells.performance, RED)
    return chosen(limits, cells.performance, beyond)


def better_shortfall(cell: str, to_beat: ToBeat) -> str:
    """Amber where a shortfall is under last year's, else Red."""
    return f'IF({cell}<{exactly(decimal(to_beat.value))}-{TOLERANCE},"{Rating.AMBER}",{RED})'


def chosen(limits: list[Limit], figure: str, otherwise: str) -> str:
    """The first rating whose limit a figure passes."""
    formula = otherwise
    for limit in reversed(limits):
        formula = f'IF({figure}{limit.comparison},"{limit.rating}",{formula})'
    return formula


def bound(value: Decimal, above: bool, at_it: bool, rating: Rating) -> Limit:
    """A rating's limit: figures above it (or below it) have the rating, and those `at_it` too where that is so.

    Excel reads 15 digits of a constant. A longer one is rounded to the side on which no figure of 15 digits changes
    its rating.
    """
    up = above is at_it
    sign = (">" if above else "<") + ("=" if at_it else "")
    return Limit(f"{sign}{constant(value, ROUND_CEILING if up else ROUND_FLOOR)}", rating)


def better_by(aim: Decimal, share: Decimal, above: bool) -> Decimal:
    """The figure that is better than `aim` by a share of it; worse, for a share below 0."""
    distance = FORMULA_DIGITS.multiply(abs(aim), share)
    return FORMULA_DIGITS.add(aim, distance) if above else FORMULA_DIGITS.subtract(aim, distance)


def decimal(value: Fraction) -> Decimal:
    """A share or figure with the digits that a cell holds."""
    return Context(prec=15, rounding=ROUND_HALF_EVEN).divide(Decimal(value.numerator), Decimal(value.denominator))


def constant(value: Decimal, rounding: str) -> str:
    """A number as a formula writes it."""
    return exactly(Context(prec=15, rounding=rounding).plus(value))


def exactly(value: Decimal) -> str:
    """All digits of a number, without an exponent where it isn't needed."""
    plain = format(value.normalize(FORMULA_DIGITS), "f")
    return plain if len(plain) <= 25 else format(value.normalize(FORMULA_DIGITS), "E")


def measure_shortfall(
    measure: rules.Criteria,
    quarter: Quarter,
    settings: Settings,
    cells: MeasureCells,
    stands: rules.RuleRating | None = None,
) -> str:
    """The Shortfall of a measure without parts, or of a part: a share, blank where there is none. `stands` is how the
    last figure is rated.
    """
    if fixed_rating(measure, quarter, settings):
        return '=""'
    figure = cells.performance
    if measure.better is Better.IN_RANGE:
        share = "0"
        for aim, above in ((measure.high, False), (measure.low, True)):
            if aim is not None:
                share = f"IF({figure}{'<' if above else '>'}{exactly(aim)},{share_of(aim, figure, above)},{share})"
    else:
        target = rules.target_for(measure, quarter)
        assert target is not None
        share = share_of(target, figure, measure.better is Better.HIGHER)
    counts = f'AND(ISNUMBER({figure}),TRIM({cells.data_status})<>"{DataStatus.NOT_AVAILABLE}")'
    if stands is None or stands.shortfall is None:
        return f'=IFERROR(IF({counts},{share},""),"")'
    last = f'AND(TRIM({figure})="",TRIM({cells.data_status})="{DataStatus.NO_NEWER}")'
    return f'=IFERROR(IF({counts},{share},IF({last},{exactly(decimal(stands.shortfall))},"")),"")'


def share_of(aim: Decimal, figure: str, above: bool) -> str:
    """How far a figure is from what it is held against, as a share of that; of 0 there is none."""
    if not aim:
        return '""'
    distance = f"({exactly(aim)}-{figure})" if above else f"({figure}-{exactly(aim)})".replace("--", "+")
    return f"{distance}/{exactly(abs(aim))}"
