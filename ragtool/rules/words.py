"""How a rating says why: the phrases that the rules' sentences are made of, each with its figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from ragtool.figures import Level, Points, in_decimals, repeated, share, show, show_apart, show_number
from ragtool.model import Basis, Better
from ragtool.quarters import Quarter
from ragtool.rules.facts import Criteria, Figure

UNDER_DEVELOPMENT = "Under development, so not rated yet."
"""Why an item that is still being developed has no rating."""
FOR_INFORMATION = "published for information only, without a rating"
"""What becomes of a figure that is Data only."""
LAST_FIGURE = "(the last figure, for "
"""How a reason says that a figure was let stand; its period follows."""

IS_BETTER = "is better"
"""How a reason says which way is better: `(lower is better)`."""
EXACTLY_AT = "exactly at it and no better"
"""How a reason tells of a figure at a target that must be bettered."""


def listed(names: Sequence[str]) -> str:
    """`no. 1, no. 2 and no. 4`."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def closed(text: str) -> str:
    """An officer's words as a sentence with its stop."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def capitalised(text: str) -> str:
    """A phrase as a sentence begins, the rest as it was written: `part A2` is `Part A2`."""
    return text[:1].upper() + text[1:]


def percent(level: Decimal) -> str:
    """A level with all its digits: `7.5 %`."""
    return f"{show_number(level * 100)} %"


def points(gap: Fraction, unit: str = "") -> str:
    """A distance in a measure's unit with all its digits: `£50`, `2 days`, `3.5 points` of a percentage."""
    size = in_decimals(gap)
    return show(size, unit) if unit and unit != "%" else str(Points(size))


def level_words(level: Level, unit: str = "") -> str:
    """A level as a reason names it: `15 %`, `5 points`, and in a measure's unit `£50`."""
    return points(Fraction(level.size), unit) if isinstance(level, Points) else percent(level)


def comparison(
    measure: Criteria, figure: Figure, target: Decimal | None, quarter: Quarter, beside: Decimal | None
) -> tuple[str, str]:
    """A figure and what it is held against, and a limit or stretch target `beside` them, rounded alike.

    `39.5 against a target of 36.6 (lower is better)`.
    """
    assert figure.actual is not None
    aims = bounds(measure) if target is None else [target]
    others = [] if beside is None else [beside]
    texts = show_apart([figure.actual, *aims, *others], measure.unit, decimals_for(measure, aims))
    shown_beside = texts.pop() if others else ""
    actual, *shown = texts
    return f"{actual}{stands_in_words(figure)} against {aim_words(measure, shown, quarter)}", shown_beside


def figure_shown(measure: Criteria, actual: Decimal, target: Decimal | None) -> str:
    """A figure as the reason shows it: never rounded to what it is held against."""
    aims = bounds(measure) if target is None else [target]
    decimals = decimals_for(measure, aims) if aims else measure.decimals
    return show_apart([actual, *aims], measure.unit, decimals)[0]


def stands_in_words(figure: Figure) -> str:
    """What follows a figure that was let stand: ` (the last figure, for 2013/14 Q1)`; nothing where it is new."""
    return f" {LAST_FIGURE}{figure.last_period})" if figure.last_period else ""


def actual_in_words(measure: Criteria, figure: Figure) -> str:
    """A figure that is held against nothing: `412 reports`."""
    assert figure.actual is not None
    return f"{show(figure.actual, measure.unit, measure.decimals)}{stands_in_words(figure)}"


def unavailable(figure: Figure) -> str:
    """That a return has no figure, with the officer's reason."""
    return f"The return says that no figure is available. {closed(figure.reason) or 'It gives no reason.'}"


def aim(measure: Criteria, target: Decimal | None, quarter: Quarter) -> str:
    """What a figure that nobody returned would have been held against: `a target of 80 % (higher is better)`."""
    aims = bounds(measure) if target is None else [target]
    shown = [show(each, measure.unit, decimals_for(measure, aims)) for each in aims]
    return aim_words(measure, shown, quarter)


def decimals_for(measure: Criteria, aims: Sequence[Decimal]) -> int | None:
    """The measure's decimals, or up to two more where a target, such as a quarter of 110, would look rounded."""
    if measure.decimals is None:
        return None
    shown = (show_number(each * 100 if measure.unit == "%" else each) for each in aims)
    needed = max(len(text.partition(".")[2]) for text in shown)
    return needed if measure.decimals < needed <= measure.decimals + 2 else measure.decimals


def bounds(measure: Criteria) -> list[Decimal]:
    """A range's ends, as far as it has them."""
    return [bound for bound in (measure.low, measure.high) if bound is not None]


def aim_words(measure: Criteria, shown: Sequence[str], quarter: Quarter) -> str:
    """A target or range in words, with its figures as shown."""
    if measure.better is Better.IN_RANGE:
        if len(shown) == 2:
            return f"a range of {shown[0]} to {shown[1]}"
        return f"a range of {shown[0]} or {'less' if measure.low is None else 'more'}"
    way = measure.better.value.lower()
    aim, remarks = (f"{way} {shown[0]}", []) if measure.better.strict else (shown[0], [f"{way} {IS_BETTER}"])
    if measure.annual is not None and on_a_line(measure, quarter):
        year = show(measure.annual, repeated(measure.unit), measure.decimals)
        remarks.insert(0, f"{quarter.number}/4 of {year} a year")
    return f"a target of {aim} ({'; '.join(remarks)})" if remarks else f"a target of {aim}"


def on_a_line(measure: Criteria, quarter: Quarter) -> bool:
    """Whether this quarter's target is a part of the annual one, by the profile Straight line."""
    profiled = measure.basis is Basis.YEAR_TO_DATE and measure.straight_line
    return profiled and quarter.number < 4 and measure.targets[quarter.number - 1] is None


def worse(short: Fraction, *apart_from: Fraction | Decimal) -> str:
    """A signed shortfall in words: `7.9 % worse`, `20 % better`."""
    if not short:
        return "on target"
    return f"{share(abs(short), *apart_from)} {'worse' if short > 0 else 'better'}"
