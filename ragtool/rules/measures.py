"""Measures are rated by how far they fall short of their target."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ragtool.figures import show
from ragtool.model import Basis, Better, ItemStatus, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.rules import words
from ragtool.rules.facts import Criteria, Figure, Improvement, RuleRating
from ragtool.rules.levels import Standing, by_level, own_levels
from ragtool.rules.limits import by_limit, has_limits, limit_for, misses_below


def target_for(measure: Criteria, quarter: Quarter) -> Decimal | None:
    """The target a figure is held against this quarter; None where the plan sets none, and for In range.

    A year-to-date measure with only an annual target takes annual x quarter / 4 on a straight line; without that
    profile, the annual target counts in Q4 alone. Source: the rating rules, Measures, Basis.
    """
    if measure.better is Better.IN_RANGE:
        return None
    quarterly = measure.targets[quarter.number - 1]
    if quarterly is not None or measure.annual is None:
        return quarterly
    if measure.basis is not Basis.YEAR_TO_DATE or quarter.number == 4:
        return measure.annual
    return measure.annual * quarter.number / 4 if measure.straight_line else None


def stretch_for(measure: Criteria, quarter: Quarter) -> Decimal | None:
    """The stretch target of this quarter, on a straight line where the target is; None for In range.

    Source: the rating rules, Measures, Stretch target.
    """
    if measure.stretch is None or measure.better is Better.IN_RANGE:
        return None
    return measure.stretch * quarter.number / 4 if words.on_a_line(measure, quarter) else measure.stretch


def not_due(measure: Criteria, quarter: Quarter) -> str:
    """Why no figure is due this quarter, or an empty text."""
    if measure.starts and quarter < measure.starts:
        return f"Not due yet: it starts in {measure.starts}."
    if measure.reported_in and quarter.number not in measure.reported_in:
        quarters = words.listed([f"Q{number}" for number in sorted(measure.reported_in)])
        return f"Not due this quarter: it is reported in {quarters} only."
    if measure.better is Better.IN_RANGE or measure.basis is not Basis.YEAR_TO_DATE:
        return ""
    if measure.annual is not None and target_for(measure, quarter) is None:
        year = show(measure.annual, measure.unit, measure.decimals)
        return f"Not due before Q4: the only target is the annual one of {year}, with no profile over the year."
    return ""


def state_before_figures(measure: Criteria, quarter: Quarter) -> RuleRating | None:
    """The rating of a measure whose state decides it whatever its figures are; None for all others."""
    if measure.status is ItemStatus.UNDER_DEVELOPMENT:
        return RuleRating(Rating.TBC, words.UNDER_DEVELOPMENT)
    if measure.status is ItemStatus.DATA_ONLY:
        return RuleRating(Rating.DATA_ONLY, words.closed(words.capitalised(words.FOR_INFORMATION)))
    if why := not_due(measure, quarter):
        return RuleRating(Rating.NOT_DUE, why)
    return None


def for_information(measure: Criteria, figure: Figure, quarter: Quarter) -> RuleRating:
    """The state of a measure that is Data only, with its figure: that is what is published of it."""
    only = words.closed(words.capitalised(words.FOR_INFORMATION))
    if figure.not_available:
        only = f"{words.unavailable(figure)} {only}"
    elif figure.actual is not None:
        only = f"{words.actual_in_words(measure, figure)}: {words.FOR_INFORMATION}."
    elif not not_due(measure, quarter):
        only = f"No figure was returned. {only}"
    return RuleRating(Rating.DATA_ONLY, only)


def rate_measure(
    measure: Criteria,
    figure: Figure,
    quarter: Quarter,
    settings: Settings,
    improvement: Improvement | None = None,
) -> RuleRating:
    """The rating of a measure without parts, or of one part: the first state that fits.

    `improvement` is against the same quarter of last year, None where there is nothing comparable. Source: the RAG
    definitions for measures and the overview paragraph (exactly at the level is Amber).

    >>> gap = Criteria(better=Better.LOWER, targets=(None, Decimal("36.6"), None, None))
    >>> rate_measure(gap, Figure(Decimal("39.5")), Quarter(2013, 2), Settings()).why
    '39.5 against a target of 36.6 (lower is better): 7.9 % worse, within the 15 % intervention level.'
    """
    if decided := state_before_figures(measure, quarter):
        return for_information(measure, figure, quarter) if decided.rating is Rating.DATA_ONLY else decided
    target = target_for(measure, quarter)
    if target is None and not (measure.better is Better.IN_RANGE and words.bounds(measure)):
        return RuleRating(Rating.TBC, no_target(measure, figure))
    if figure.not_available:
        return RuleRating(Rating.NOT_AVAILABLE, words.unavailable(figure), target=target)
    if figure.actual is None:
        return RuleRating(
            Rating.NOT_RETURNED, f"No figure was returned against {words.aim(measure, target, quarter)}.", target=target
        )
    standing, stretch = stand(measure, figure.actual, target), stretch_for(measure, quarter)
    stretched = stretch is not None and is_met(measure, figure.actual, stretch)
    limited = has_limits(measure) and not standing.met
    beside = stretch if stretched else limit_for(measure, figure.actual) if limited else None
    against, shown = words.comparison(measure, figure, target, quarter, beside)
    if stretched:
        rating, verdict = Rating.BLUE, f"{standing.if_met}, and the stretch target of {shown} met too"
    elif limited:
        rating, verdict = by_limit(measure, figure.actual, standing, shown)
    else:
        rating, verdict = by_level(own_levels(measure, settings), standing, settings, improvement)
    return RuleRating(rating, f"{against}: {verdict}.", standing.short, target, standing.met, standing.gap)


def no_target(measure: Criteria, figure: Figure) -> str:
    """Why a measure without a target, or without a range, isn't rated."""
    what = "range" if measure.better is Better.IN_RANGE else "target"
    if figure.actual is None:
        return f"No {what} is set, so no figure can be rated."
    return (
        f"{show(figure.actual, measure.unit, measure.decimals)} was returned, but no {what} is set to rate it against."
    )


def stand(measure: Criteria, actual: Decimal, target: Decimal | None) -> Standing:
    """How a figure stands against its target or range, and the words for it."""
    short, (missed, _) = shortfall(measure, actual, target), distance(measure, actual, target)
    met, gap = is_met(measure, actual, target), missed * 100 if measure.unit == "%" else missed
    if target is None:
        way = "below the range" if misses_below(measure, actual) else "above the range"
        return Standing(short, met, "within the range", way, "outside the range", gap, unit=measure.unit)
    if_met = "target met" if short is None else f"target met, {words.worse(short)}" if short else "on target"
    return Standing(short, met, if_met, gap=gap, at_target=not met and actual == target, unit=measure.unit)


def is_met(measure: Criteria, actual: Decimal, target: Decimal | None) -> bool:
    """Whether a figure meets its target, or lies in its range; a range may be open at one end."""
    if target is None:
        return (measure.low is None or actual >= measure.low) and (measure.high is None or actual <= measure.high)
    if actual == target:
        return not measure.better.strict
    return actual > target if measure.better.upwards else actual < target


def distance(measure: Criteria, actual: Decimal, target: Decimal | None) -> tuple[Fraction, Decimal]:
    """How far `actual` is worse than its target or the nearer bound, in its unit, and which of them that is.

    Negative when better than target; 0 anywhere inside a range.
    """
    if target is not None:
        short = Fraction(target) - Fraction(actual)
        return (short if measure.better.upwards else -short), target
    below = misses_below(measure, actual)
    bound = measure.low if below or measure.high is None else measure.high
    assert bound is not None
    past = Fraction(bound) - Fraction(actual)
    return max(past if below else -past, Fraction(0)), bound


def shortfall(measure: Criteria, actual: Decimal, target: Decimal | None) -> Fraction | None:
    """How far `actual` falls short, as an exact share of the target or of the nearer bound.

    Signed: positive is worse than target whichever way is better; 0 anywhere inside a range. None where the target is
    0, of which no share exists. Source: paragraph 1.3 of the Q2 2013/14 report.
    """
    if target is None and is_met(measure, actual, target):
        return Fraction(0)
    short, bound = distance(measure, actual, target)
    return short / abs(Fraction(bound)) if bound else None
