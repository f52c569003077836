"""Where what was returned contradicts itself, the plan or the rules, each with its evidence.

Each function looks for one kind and gives an item and its evidence; the evidence begins with the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations

from ragtool import columns as c
from ragtool.checks.stated import stated_in
from ragtool.figures import round_half_up
from ragtool.frames import Row, records
from ragtool.history.earlier import item
from ragtool.history.periods import plain_period
from ragtool.model import COLOURS, DataStatus, fold
from ragtool.plan.plan import HAS_PARTS
from ragtool.quarter.merge import counted
from ragtool.quarter.rated import Rated
from ragtool.quarter.rating import DIFFERS

Found = Iterator[tuple[Row, str]]


def own_ratings(rated: Rated) -> Found:
    """An own rating that isn't the rule's, better or worse."""
    for row in [*records(rated.key_actions), *records(rated.measures)]:
        if row[DIFFERS]:
            reason = f": {row[c.REASON_OWN]}" if row[c.REASON_OWN] else ": no reason was given."
            yield row, f"Own rating {row[c.OWN_RATING].word}, rule {row[c.RULE_RAG].word}{reason}"


def other_periods(rated: Rated) -> Found:
    """A figure rated against a target of another period. A blank period is the target's own."""
    month = rated.plan.settings.financial_year_starts
    for row in records(rated.measures):
        aim = row[c.TARGET_PERIOD] or str(rated.quarter)
        compared = row[c.RULE_RAG] in COLOURS and not row[HAS_PARTS] and row[c.DATA_STATUS] is not DataStatus.NO_NEWER
        if not compared or not row[c.PERIOD]:
            continue
        figure, target = (plain_period(each, rated.quarter, month, row[c.BASIS]) for each in (row[c.PERIOD], aim))
        if figure != target:
            yield row, f"Periods differ: the figure is for {row[c.PERIOD]}, the target for {aim}."


def same_milestone(rated: Rated) -> Found:
    """The same milestone, Complete in one place and Overdue in another.

    One that a key action has again in a later quarter, such as a yearly review, is another milestone.
    """
    actions = {row[c.KEY]: row for row in records(rated.key_actions)}
    by_text: dict[str, list[Row]] = {}
    for row in records(counted(rated.milestones)):
        if row[c.STATUS]:
            by_text.setdefault(fold(row[c.MILESTONE]), []).append(row)
    for same in by_text.values():
        if any(differ(*two) for two in combinations(same, 2)):
            said = "; ".join(f"{row[c.KEY]} no. {row[c.NO]} is {row[c.STATUS]}" for row in same)
            for key in dict.fromkeys(row[c.KEY] for row in same if row[c.KEY] in actions):
                yield actions[key], f'One milestone, two statuses: "{same[0][c.MILESTONE]}": {said}.'


def differ(one: Row, other: Row) -> bool:
    """Whether two milestones with the same text are one milestone with two statuses."""
    again = one[c.KEY] == other[c.KEY] and one[c.CARRIED_FROM] != other[c.CARRIED_FROM]
    return one[c.STATUS] != other[c.STATUS] and not again


def stated_percentages(rated: Rated) -> Found:
    """A commentary that states another distance from the target than the figures give, where that is certain.

    It is certain where a single percentage is stated and it fits the figures neither as a share of the target nor,
    for a measure in per cent, as percentage points.
    """
    quarter = rated.quarter
    now = (str(quarter), quarter.file_name, f"Q{quarter.number}", f"Quarter {quarter.number}")
    for row in records(rated.measures):
        figure, target = row[c.PERFORMANCE], row[c.TARGET]
        texts = [row[heading] for heading in (c.HIGHLIGHT, c.RESOLUTION) if row[heading]]
        stated = [each for text in texts for each in stated_in(text, *now, *([row[c.PERIOD]] if row[c.PERIOD] else []))]
        if figure is None or not target or len(stated) != 1:
            continue
        above = Fraction(figure) - Fraction(target)
        distances = [above / abs(Fraction(target)) * 100]
        if row[c.UNIT] == "%":
            distances.append(above * 100)
        if not any(stated[0].fits(distance, row[c.BETTER_WHEN]) for distance in distances):
            way = "above" if above > 0 else "below"
            given = round_half_up(abs(distances[0]), max(stated[0].places, 1))
            yield row, f'Percentage stated: "{stated[0].words}", but the figures give {given} % {way} the target.'


def changed_targets(rated: Rated) -> Found:
    """A target in a return that isn't the plan's."""
    rows = {item(row[c.KEY], row[c.PART]): row for row in records(rated.measures)}
    for cell in rated.changed:
        row = rows.get(item(cell.key, cell.part))
        if cell.heading == c.TARGET and row:
            yield row, f"Target changed: the return says {cell.in_return}, the plan {cell.in_plan}, which counts."


CONTRADICTIONS: tuple[Callable[[Rated], Found], ...] = (
    own_ratings,
    other_periods,
    same_milestone,
    stated_percentages,
    changed_targets,
)
