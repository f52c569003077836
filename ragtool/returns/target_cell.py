"""What the Target cell of a return says, written and read back: a figure, a range, or words where there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ragtool import rules
from ragtool.figures import show, show_number
from ragtool.model import Better, ItemStatus
from ragtool.plan.plan import BY_PARTS, Measure
from ragtool.quarters import Quarter
from ragtool.sheets.typed_figures import typed_figure
from ragtool.sheets.unreadable import Unreadable

NOT_DUE = "Not due this quarter"
NOT_SET = "Not set yet"

WITHOUT_TARGET = {status.value: status for status in (ItemStatus.UNDER_DEVELOPMENT, ItemStatus.DATA_ONLY)}
"""The states of a measure that stand in place of its target."""

STRETCHED = re.compile(r"(?P<target>.+) \(stretch (?P<stretch>.+)\)")
BETTERED = re.compile(rf"(?:{'|'.join(way.value for way in Better if way.strict)}) (?P<target>.+)", re.IGNORECASE)
SPAN = re.compile(r"(?P<from>.+) to (?P<to>.+)|(?P<low>.+) or more|(?P<high>.+) or less")


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What a figure is held against in one quarter; with nothing given, no target is set yet, or none can be read."""

    target: Decimal | None = None
    stretch: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    status: ItemStatus = ItemStatus.ACTIVE
    has_parts: bool = False
    due: bool = True


def target_shown(measure: Measure, quarter: Quarter, due: bool) -> Decimal | str:
    """What a return's Target cell holds: a figure to be formatted, or a text."""
    if measure.has_parts:
        return BY_PARTS
    if measure.better is Better.IN_RANGE and (measure.low is not None or measure.high is not None):
        return span(measure.low, measure.high, measure.unit)
    target = rules.target_for(measure, quarter)
    if target is not None:
        return aim_in_words(target, rules.stretch_for(measure, quarter), measure)
    if measure.status.value in WITHOUT_TARGET:
        return measure.status.value
    return NOT_SET if due else NOT_DUE


def aim_in_words(target: Decimal, stretch: Decimal | None, measure: Measure) -> Decimal | str:
    """A target; in words where a figure must better it, or where a stretch target stands past it.

    `more than 80 % (stretch 95 %)`.
    """
    if stretch is None and not measure.better.strict:
        return target
    way = f"{measure.better.value.lower()} " if measure.better.strict else ""
    past = "" if stretch is None else f" (stretch {bare(stretch, measure.unit)})"
    return f"{way}{bare(target, measure.unit)}{past}"


def span(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """A range in words; an open end is `or more`, `or less`."""
    if low is None:
        return "" if high is None else f"{bare(high, unit)} or less"
    return f"{bare(low, unit)} or more" if high is None else f"{bare(low, unit)} to {bare(high, unit)}"


def bare(figure: Decimal, unit: str) -> str:
    """A figure without its unit, which stands beside it, but for the sign of a percentage."""
    return show(figure, unit) if unit == "%" else show_number(figure)


def aim_of(shown: str, unit: str) -> Aim:
    """What a Target cell says, the other way: that of `target_shown`."""
    if shown == BY_PARTS:
        return Aim(has_parts=True)
    if shown in WITHOUT_TARGET:
        return Aim(status=WITHOUT_TARGET[shown])
    if shown in (NOT_DUE, NOT_SET):
        return Aim(due=shown != NOT_DUE)
    stretched = STRETCHED.fullmatch(shown)
    aimed = stretched["target"] if stretched else shown
    strict, ends = BETTERED.fullmatch(aimed), SPAN.fullmatch(shown)
    try:
        if stretched or strict:
            target = figure_in(strict["target"] if strict else aimed, unit)
            return Aim(target=target, stretch=figure_in(stretched["stretch"] if stretched else None, unit))
        if not ends:
            return Aim(target=typed_figure(shown, ""))
        low, high = (ends["from"] or ends["low"], ends["to"] or ends["high"])
        return Aim(low=figure_in(low, unit), high=figure_in(high, unit))
    except Unreadable:
        return Aim()


def figure_in(text: str | None, unit: str) -> Decimal | None:
    """A figure that stands in words, such as one end of a range."""
    return None if text is None else typed_figure(text, "%" if unit == "%" else "")
