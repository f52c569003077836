"""Indexed measures are rated by what their parts make together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ragtool.figures import how_many, show_number
from ragtool.model import IndexMethod, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.rules.facts import Criteria, Improvement, RatedPart, RuleRating
from ragtool.rules.levels import Levels, Standing, by_level, index_levels
from ragtool.rules.measures import state_before_figures
from ragtool.rules.words import capitalised, listed, worse

LEFT_OUT = (Rating.TBC, Rating.DATA_ONLY, Rating.NOT_DUE, Rating.NOT_AVAILABLE)
"""States in which a part does not count towards its measure."""

METHODS = {
    IndexMethod.MEAN: "Mean",
    IndexMethod.CAPPED_MEAN: "Capped mean",
    IndexMethod.WORST: "Worst",
    IndexMethod.WEIGHTED_MEAN: "Weighted mean",
}
"""How a sentence about several parts begins: `Worst of 3 parts`."""


def rate_index(
    measure: Criteria,
    parts: Sequence[RatedPart],
    quarter: Quarter,
    settings: Settings,
    improvement: Improvement | None = None,
) -> RuleRating:
    """The rating of a measure by its rated parts, by the measure's own index method or the plan's.

    A part missed against a target of 0 has no shortfall and makes the measure Red; one met against 0 counts as 0. Where
    the parts that could be rated all weigh 0 no weighted mean exists, and no part is left. Source: the rating rules,
    Indexed measures.
    """
    if decided := state_before_figures(replace(measure, annual=None), quarter):
        return decided
    missing = [part for part in parts if part.rated.rating is Rating.NOT_RETURNED]
    if missing:
        return RuleRating(Rating.NOT_RETURNED, f"No figure was returned for {listed(names_of(missing))}.")
    left_out = [part for part in parts if part.rated.rating in LEFT_OUT]
    counted = [part for part in parts if part.rated.rating not in LEFT_OUT]
    method = measure.method or settings.index_method
    if not counted:
        return RuleRating(rating_of_none(left_out), f"No part can be rated: {states(left_out) or 'none is in force'}.")
    if any(missed_0(part) for part in counted):
        rated = red_by_0(counted, method)
    elif method is IndexMethod.WEIGHTED_MEAN and not any(part.weight for part in counted):
        why = f"Every part that could be rated has the weight 0: {listed(names_of(counted))}."
        rated = RuleRating(rating_of_weightless(left_out), why)
    else:
        short = index_shortfall(method, counted)
        standing = Standing(short, short <= 0, met_words(short, method))
        rating, verdict = by_level(Levels(*index_levels(measure, settings)), standing, settings, improvement)
        of_them = f"{METHODS[method]} of {how_many(len(counted), 'part')} ({each(counted, method)})"
        rated = RuleRating(rating, f"{of_them}: {verdict}.", short)
    return replace(rated, why=f"{rated.why} Left out: {states(left_out)}.") if left_out else rated


def red_by_0(counted: Sequence[RatedPart], method: IndexMethod) -> RuleRating:
    """An index that no shortfall exists of, since a part missed a target of 0."""
    missed = [part for part in counted if missed_0(part)]
    others = in_brackets(each([part for part in counted if part not in missed], method))
    names = capitalised(listed(names_of(missed)))
    return RuleRating(
        Rating.RED, f"{names} missed a target of 0, and no percentage of 0 exists, so the measure is Red{others}."
    )


def missed_0(part: RatedPart) -> bool:
    """Whether a part missed a target of 0, of which no share exists. Its own rating, by points or a limit, doesn't
    matter here.
    """
    return part.rated.shortfall is None and not part.rated.met


def index_shortfall(method: IndexMethod, parts: Sequence[RatedPart]) -> Fraction:
    """The shortfall that several parts make together, as a share; parts that weigh nothing make none by weight."""
    shorts = [part.rated.shortfall or Fraction(0) for part in parts]
    match method:
        case IndexMethod.WORST:
            return max(shorts)
        case IndexMethod.CAPPED_MEAN:
            return sum((max(short, Fraction(0)) for short in shorts), Fraction(0)) / len(shorts)
        case IndexMethod.WEIGHTED_MEAN:
            weights = [Fraction(part.weight) for part in parts]
            weighted = (weight * short for weight, short in zip(weights, shorts, strict=True))
            return sum(weighted, Fraction(0)) / sum(weights)
        case IndexMethod.MEAN:
            return sum(shorts, Fraction(0)) / len(shorts)


def rating_of_none(left_out: Sequence[RatedPart]) -> Rating:
    """The rating of an index none of whose parts count: To be confirmed, else the parts' shared state, else Not due."""
    ratings = {part.rated.rating for part in left_out}
    if Rating.TBC in ratings:
        return Rating.TBC
    return ratings.pop() if len(ratings) == 1 else Rating.NOT_DUE


def rating_of_weightless(left_out: Sequence[RatedPart]) -> Rating:
    """The rating of an index whose rated parts all weigh 0, so that they share no state with those left out."""
    return Rating.TBC if any(part.rated.rating is Rating.TBC for part in left_out) else Rating.NOT_DUE


def met_words(short: Fraction, method: IndexMethod) -> str:
    """An index that meets its target, in words."""
    if method is IndexMethod.CAPPED_MEAN:
        return "no part misses its target"
    return f"{worse(short)} than target" if short else "on target"


def each(parts: Sequence[RatedPart], method: IndexMethod) -> str:
    """What every part brings to its index: `part 1: 6.4 % worse; part 2: on target`."""
    return "; ".join(contribution(part, method) for part in parts)


def contribution(part: RatedPart, method: IndexMethod) -> str:
    """What a part brings to its index: `part 3: 6.4 % worse`, with its weight where weights count."""
    weight = f", weight {show_number(part.weight)}" if method is IndexMethod.WEIGHTED_MEAN else ""
    short = part.rated.shortfall
    if short is None:
        brings = "target of 0 met"
    elif not short and not part.rated.met:
        brings = "exactly at its target"
    elif in_range(part):
        brings = f"{worse(short).removesuffix(' worse')} outside its range" if short else "within its range"
    else:
        brings = worse(short) + (", counted as 0" if short < 0 and method is IndexMethod.CAPPED_MEAN else "")
    return f"{part.name}{weight}: {brings}"


def in_range(part: RatedPart) -> bool:
    """Whether a rated part is held against a range and not against a target."""
    return part.rated.target is None


def states(parts: Sequence[RatedPart]) -> str:
    """Parts that don't count, and why: `part 1 (not due), part 4 (data only)`."""
    return ", ".join(f"{part.name} ({part.rated.rating.word.lower()})" for part in parts)


def in_brackets(text: str) -> str:
    """A text in brackets after a sentence's last word; nothing where there is none."""
    return f" ({text})" if text else ""


def names_of(parts: Sequence[RatedPart]) -> list[str]:
    """The parts' names."""
    return [part.name for part in parts]
