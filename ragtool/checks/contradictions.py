"""Where what was returned contradicts itself, the plan or the rules, each with its evidence.

Each function looks for one kind and gives an item and its evidence; the evidence begins with the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from ragtool import columns as c
from ragtool.checks.stated import stated_in
from ragtool.figures import round_half_up
from ragtool.history.periods import plain_period
from ragtool.model import COLOURS, Basis, fold
from ragtool.plan.due_milestones import milestone_name
from ragtool.quarter.items import RatedItem, RatedMeasure, ReturnedMilestone
from ragtool.quarter.rated import RatedQuarter
from ragtool.quarters import Quarter

Contradictions = Iterator[tuple[RatedItem, str]]
"""Items, each with its evidence."""


def own_ratings(rated: RatedQuarter) -> Contradictions:
    """An own rating that isn't the rule's, better or worse."""
    for row in rated.items:
        own = row.entry.own_rating
        if own and row.published.differs:
            reason = f": {row.entry.own_reason}" if row.entry.own_reason else ": no reason was given."
            yield row, f"Own rating {own.word}, rule {row.published.rule.word}{reason}"


def other_periods(rated: RatedQuarter) -> Contradictions:
    """A figure rated against a target of another period. A blank period is the target's own.

    A figure of Latest available that comes no later after its quarter than the last one did is none.
    """
    month = rated.plan.settings.financial_year_starts
    for row in rated.measures:
        aim = row.target_period or str(rated.quarter)
        compared = row.published.rule in COLOURS and not row.item.has_parts and not row.stands
        if not compared or not row.period:
            continue
        figure, target = (plain_period(each, rated.quarter, month, row.item.basis) for each in (row.period, aim))
        if figure != target and not as_late_as_before(row, rated, figure, target):
            yield row, f"Periods differ: the figure is for {row.period}, the target for {aim}."


def as_late_as_before(row: RatedMeasure, rated: RatedQuarter, figure: str, target: str) -> bool:
    """Whether a figure of Latest available is as many quarters late as the last one was, or fewer."""
    if row.item.basis is not Basis.LATEST or target != str(rated.quarter):
        return False
    month = rated.plan.settings.financial_year_starts
    before = [then for then in rated.earlier.about(row.item.key, row.part) if then.period]
    late = quarters_late(figure, rated.quarter)
    if late is None or late < 1 or not before:
        return False
    last = before[-1]
    usual = quarters_late(plain_period(last.period or "", last.quarter, month, row.item.basis), last.quarter)
    return usual is not None and late <= usual


def quarters_late(period: str, reported_in: Quarter) -> int | None:
    """How many quarters after its period a figure was reported; None where that is no quarter."""
    try:
        return reported_in.ordinal - Quarter.parse(period).ordinal
    except ValueError:
        return None


def same_milestone(rated: RatedQuarter) -> Contradictions:
    """The same milestone, Complete in one place and Overdue in another.

    One that a key action has again in a later quarter, such as a yearly review, is another milestone.
    """
    actions = {row.item.key: row for row in rated.key_actions}
    by_text: dict[str, list[ReturnedMilestone]] = {}
    for step in rated.counted:
        if step.entry.status:
            by_text.setdefault(fold(step.milestone.text), []).append(step)
    for same in by_text.values():
        if has_two_statuses(same):
            statuses = "; ".join(
                f"{milestone_name(step.milestone.key, step.milestone.no, step.milestone.carried_from)} is "
                f"{step.entry.status}"
                for step in same
            )
            for key in dict.fromkeys(step.milestone.key for step in same if step.milestone.key in actions):
                yield actions[key], f'One milestone, two statuses: "{same[0].milestone.text}": {statuses}.'


def has_two_statuses(same: Sequence[ReturnedMilestone]) -> bool:
    """Whether milestones with one text, of several key actions or of one in one quarter, have more than one status."""
    if len({step.milestone.key for step in same}) > 1:
        return len({step.entry.status for step in same}) > 1
    by_quarter = {(step.milestone.carried_from, step.entry.status) for step in same}
    return len(by_quarter) > len({quarter for quarter, _ in by_quarter})


def stated_percentages(rated: RatedQuarter) -> Contradictions:
    """A commentary that states another distance from the target than the figures give, where that is certain.

    It is certain where a single percentage is stated and it fits the figures neither as a share of the target nor,
    for a measure in per cent, as percentage points.
    """
    quarter = rated.quarter
    now = (str(quarter), quarter.file_name, f"Q{quarter.number}", f"Quarter {quarter.number}")
    for row in rated.measures:
        figure, target = row.figure, row.target
        texts = [text for text in (row.entry.highlight, row.entry.resolution) if text]
        stated = [each for text in texts for each in stated_in(text, *now, *([row.period] if row.period else []))]
        if figure is None or not target or len(stated) != 1:
            continue
        above = Fraction(figure) - Fraction(target)
        distances = [above / abs(Fraction(target)) * 100]
        if row.item.unit == "%":
            distances.append(above * 100)
        if not any(stated[0].fits(distance, row.item.better_when) for distance in distances):
            way = "above" if above > 0 else "below"
            given = round_half_up(abs(distances[0]), max(stated[0].places, 1))
            yield row, f'Percentage stated: "{stated[0].words}", but the figures give {given} % {way} the target.'


def changed_targets(rated: RatedQuarter) -> Contradictions:
    """A target in a return that isn't the plan's."""
    rows = {row.id: row for row in rated.measures}
    for cell in rated.changed:
        row = rows.get(cell.item)
        if cell.heading == c.TARGET and row:
            yield row, f"Target changed: the return says {cell.in_return}, the plan {cell.in_plan}, which counts."


CONTRADICTIONS: tuple[Callable[[RatedQuarter], Contradictions], ...] = (
    own_ratings,
    other_periods,
    same_milestone,
    stated_percentages,
    changed_targets,
)
