"""The Excel formulas of an indexed measure, which is rated by its parts' rows in the same return."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ragtool import rules
from ragtool.model import Better, IndexMethod, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.returns.template.formula_figures import PAST_0, TOLERANCE, exactly
from ragtool.returns.template.preview import (
    AMBER,
    BLUE,
    ELSEWHERE,
    GREEN,
    NOT_A_FIGURE,
    RED,
    MeasureCells,
    ToBeat,
    better_shortfall,
    fixed_rating,
)
from ragtool.rules.indexes import rating_of_none, rating_of_weightless
from ragtool.rules.levels import index_levels
from ragtool.rules.measures import state_before_figures


@dataclass(frozen=True)
class PartRow:
    """A part of an index, and its cells in this return; None where another service area returns it."""

    measure: rules.Criteria
    cells: MeasureCells | None


def index_formulas(
    measure: rules.Criteria,
    parts: Sequence[PartRow],
    quarter: Quarter,
    settings: Settings,
    cells: MeasureCells,
    to_beat: ToBeat | None = None,
) -> tuple[str, str]:
    """The Shortfall and the RAG preview of a measure that its parts make."""
    if fixed := fixed_index_rating(measure, [part.measure for part in parts], quarter, settings):
        return '=""', f'="{fixed}"'
    if any(part.cells is None for part in parts):
        return '=""', f'="{ELSEWHERE}"'
    fixed_parts = [(part, fixed_rating(part.measure, quarter, settings)) for part in parts]
    left_out = [rating for _, rating in fixed_parts if rating]
    live = [Live(part.cells, part.measure) for part, rating in fixed_parts if not rating and part.cells]
    method = measure.method or settings.index_method
    missing = any_of(live, f'{{r}}="{Rating.NOT_RETURNED}"')
    unknown = any_of(live, f'{{r}}="{NOT_A_FIGURE}"')
    none_counts = f"{sum_of(is_available(part) for part in live)}=0"
    of_0 = [condition for part in live if (condition := misses_0(part, quarter))]
    missed_0 = [f"OR({','.join(of_0)})"] if of_0 else []
    weightless = f"{sum_of(is_available(part) for part in live if part.measure.weight)}=0"
    by_weight = method is IndexMethod.WEIGHTED_MEAN and not all(part.measure.weight for part in live)
    unrated = [missing, unknown, none_counts, *missed_0, *([weightless] if by_weight else [])]
    shortfall = f'=IF(OR({",".join(unrated)}),"",{combined(method, live)})'

    rating = level_formula(measure, settings, cells.shortfall, to_beat)
    if by_weight:
        rating = f'IF({weightless},"{none_weighs(left_out)}",{rating})'
    rating = f"IF({missed_0[0]},{RED},{rating})" if missed_0 else rating
    rating = f'IF({none_counts},"{none_counted([*left_out, Rating.NOT_AVAILABLE])}",{rating})'
    return shortfall, f'=IF({missing},"{Rating.NOT_RETURNED}",IF({unknown},"{NOT_A_FIGURE}",{rating}))'


def fixed_index_rating(
    measure: rules.Criteria, parts: Sequence[rules.Criteria], quarter: Quarter, settings: Settings
) -> Rating | None:
    """The rating that no figure can change this quarter: the measure's own state, or that of all its parts."""
    if decided := state_before_figures(replace(measure, annual=None), quarter):
        return decided.rating
    fixed = [fixed_rating(part, quarter, settings) for part in parts]
    states = [rating for rating in fixed if rating]
    return none_counted(states) if len(states) == len(fixed) else None


def none_counted(states: Sequence[Rating]) -> Rating:
    """The rating of an index whose parts are all left out, in these states."""
    return rating_of_none(parts_in(states))


def none_weighs(states: Sequence[Rating]) -> Rating:
    """The rating of an index whose rated parts weigh nothing, with other parts left out in these states."""
    return rating_of_weightless(parts_in(states))


def parts_in(states: Sequence[Rating]) -> list[rules.RatedPart]:
    """Parts in these states, as the rules take them."""
    return [rules.RatedPart("", Decimal(1), rules.RuleRating(state, "")) for state in states]


@dataclass(frozen=True)
class Live:
    """A part whose figure is due: its cells, and what the plan says of it."""

    cells: MeasureCells
    measure: rules.Criteria


def misses_0(part: Live, quarter: Quarter) -> str:
    """Whether a part misses a target, or an end of its range, that is 0, whatever its own rating is; empty where none
    is 0.
    """
    measure, cells = part.measure, part.cells
    sides = [(measure.low, "<"), (measure.high, ">")]
    if measure.better is not Better.IN_RANGE:
        way = "<" if measure.better.upwards else ">"
        sides = [(rules.target_for(measure, quarter), f"{way}=" if measure.better.strict else way)]
    missed = [f"{cells.performance}{PAST_0[way]}" for aim, way in sides if aim == 0]
    return f'AND({cells.rating}<>"{Rating.NOT_AVAILABLE}",OR({",".join(missed)}))' if missed else ""


def any_of(live: Sequence[Live], condition: str) -> str:
    """Whether a condition on rating `{r}` and shortfall `{s}` holds for any part."""
    each = (condition.format(r=part.cells.rating, s=part.cells.shortfall) for part in live)
    return f"OR({','.join(each)})"


def sum_of(terms: Iterable[str]) -> str:
    """A formula's sum of terms; 0 without any."""
    return "+".join(terms) or "0"


def is_available(part: Live) -> str:
    """1 where a part has a figure and 0 where not, as a formula: to Excel, no comparison equals a number."""
    return f'IF({part.cells.rating}="{Rating.NOT_AVAILABLE}",0,1)'


def combined(method: IndexMethod, live: Sequence[Live]) -> str:
    """The parts' shortfalls made into one; a part met against 0 has none and counts as 0."""
    shorts = [f"N({part.cells.shortfall})" for part in live]
    counts = [is_available(part) for part in live]
    match method:
        case IndexMethod.MEAN:
            return f"SUM({','.join(shorts)})/({'+'.join(counts)})"
        case IndexMethod.CAPPED_MEAN:
            return f"SUM({','.join(f'MAX(0,{short})' for short in shorts)})/({'+'.join(counts)})"
        case IndexMethod.WORST:
            # A part that isn't available must not be the worst, however much better than target the others are.
            worst = (f"IF({count}=1,{short},-10^99)" for count, short in zip(counts, shorts, strict=True))
            return f"MAX({','.join(worst)})"
        case IndexMethod.WEIGHTED_MEAN:
            weights = [exactly(part.measure.weight) for part in live]
            weighted = "+".join(f"{weight}*{short}" for weight, short in zip(weights, shorts, strict=True))
            total = "+".join(f"{weight}*{count}" for weight, count in zip(weights, counts, strict=True))
            return f"({weighted})/({total})"


def level_formula(measure: rules.Criteria, settings: Settings, short: str, to_beat: ToBeat | None) -> str:
    """The rating of an index's shortfall by the intervention level and the plan's settings."""
    amber, green = index_levels(measure, settings)
    level = exactly(amber)
    at_level = settings.at_the_intervention_level is Rating.AMBER
    formula = RED
    if settings.amber_needs_improvement and to_beat is not None:
        formula = better_shortfall(short, to_beat)
    edge = f"<={level}+{TOLERANCE}" if at_level else f"<{level}-{TOLERANCE}"
    formula = f"IF({short}{edge},{AMBER},{formula})"
    if green:
        formula = f"IF({short}<={exactly(green)}+{TOLERANCE},{GREEN},{formula})"
    formula = f"IF({short}<={TOLERANCE},{GREEN},{formula})"
    if settings.blue_beyond is not None:
        formula = f"IF({short}<-{exactly(settings.blue_beyond)}-{TOLERANCE},{BLUE},{formula})"
    return formula
