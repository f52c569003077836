"""The rules applied to every row: merged items in, the same rows with their rating, reason and direction out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pandas as pd

from ragtool import columns as c
from ragtool import rules
from ragtool.figures import show
from ragtool.frames import Row, frame, records
from ragtool.history import direction as travel
from ragtool.history.direction import (
    LONG,
    SHORT,
    Direction,
    Travel,
    by_shortfall,
    comparable,
    direction_of_measure,
    direction_of_rating,
)
from ragtool.history.earlier import Earlier
from ragtool.model import Better, DataStatus, Rating, Settings
from ragtool.plan.facts import measure_facts
from ragtool.plan.plan import HAS_PARTS, Plan
from ragtool.quarter.merge import RETURNED, Merged, counted
from ragtool.quarter.milestone_facts import milestone_facts
from ragtool.quarters import Quarter

DIFFERS = "Differs"
"""Whether an officer's own rating isn't the rule's."""

UNUSED = "Unused figure"
"""Whether a figure was typed where the return says that none is available."""

TRAVELLED = (c.DIRECTION, SHORT, LONG)
RATED = (c.RAG, c.RULE_RAG, c.WHY, c.MARK, DIFFERS, *TRAVELLED, c.SHORTFALL, c.TARGET, c.ESCALATED, UNUSED)


def rate_key_actions(merged: Merged, plan: Plan, quarter: Quarter, earlier: Earlier) -> pd.DataFrame:
    """Every key action in force, rated by its counted milestones."""
    by_key: dict[str, list[Row]] = {}
    for row in records(counted(merged.milestones)):
        by_key.setdefault(row[c.KEY], []).append(row)
    overrides = overrides_of(plan, quarter)
    rows = []
    for row in records(merged.key_actions):
        last = earlier.last_rating(row[c.KEY])
        rated = rules.rate_key_action(
            rules.KeyActionCriteria(row[c.STATUS], row[c.STARTS]),
            [milestone_facts(each, quarter, plan.settings) for each in by_key.get(row[c.KEY], ())],
            row[RETURNED],
            quarter,
            plan.settings,
            last[c.RAG] if last else None,
        )
        published = rules.publish(rated, row[c.OWN_RATING], row[c.REASON_OWN] or "", overrides.get(row[c.KEY]))
        moved = direction_of_rating(published.rating, row[c.KEY], quarter, earlier)
        rows.append({**row, **published_columns(published), **direction_columns(moved)})
    return frame(rows, (*merged.key_actions.columns, *RATED))


def published_columns(published: rules.Published) -> Row:
    """Whose rating counts, as columns of an item's row."""
    return {
        c.RAG: published.rating,
        c.RULE_RAG: published.rule,
        c.WHY: published.why,
        c.MARK: published.mark,
        DIFFERS: published.differs,
    }


def direction_columns(moved: Travel) -> Row:
    """An item's direction, as columns of its row."""
    return {c.DIRECTION: moved.words, SHORT: moved.short, LONG: moved.long}


def overrides_of(plan: Plan, quarter: Quarter) -> dict[str, rules.Override]:
    """The quarter's overrides by key; an entry that lacks anything is a query and isn't used."""
    return {
        row[c.KEY]: rules.Override(row[c.RAG], row[c.REASON], row[c.APPROVED_BY], row[c.DATE])
        for row in records(plan.overrides)
        if row[c.QUARTER] == quarter and all((row[c.KEY], row[c.RAG], row[c.REASON], row[c.APPROVED_BY], row[c.DATE]))
    }


def rate_measures(merged: Merged, plan: Plan, quarter: Quarter, earlier: Earlier) -> pd.DataFrame:
    """Every measure and part in force: parts first, then the measures that they make."""
    overrides = overrides_of(plan, quarter)
    rows = [let_stand(row, earlier) for row in records(merged.measures)]
    parts: dict[str, list[rules.RatedPart]] = {}
    rated_rows: dict[int, rules.RuleRating] = {}
    for number, row in enumerate(rows):
        if not row[HAS_PARTS]:
            facts = measure_facts(row)
            figure = rules.Figure(
                row[c.PERFORMANCE],
                row[c.DATA_STATUS] is DataStatus.NOT_AVAILABLE,
                reason_given(row),
                row[c.PERIOD] or "" if row[c.DATA_STATUS] is DataStatus.NO_NEWER else "",
            )
            improvement = improvement_of_figure(row, quarter, earlier)
            rated_rows[number] = rules.rate_measure(facts, figure, quarter, plan.settings, improvement)
            if row[c.PART] is not None:
                part = rules.RatedPart(f"part {row[c.PART]}", row[c.WEIGHT], rated_rows[number])
                parts.setdefault(row[c.KEY], []).append(part)
    for number, row in enumerate(rows):
        if row[HAS_PARTS]:
            rated_rows[number] = rate_whole(row, parts.get(row[c.KEY], []), quarter, plan.settings, earlier)
    published_rows = []
    for number, row in enumerate(rows):
        rated = rated_rows[number]
        override = overrides.get(row[c.KEY]) if row[c.PART] is None else None
        published = rules.publish(rated, row[c.OWN_RATING], row[c.REASON_OWN] or "", override)
        reds = earlier.reds_in_a_row(row[c.KEY], quarter)
        escalated = row[c.PART] is None and rules.is_escalated(published.rating, reds, plan.settings)
        outcome: Row = {c.SHORTFALL: rated.shortfall, c.TARGET: rated.target, c.ESCALATED: escalated}
        outcome[c.INTERVENTION_LEVEL] = level_of(row, rated.rating, plan.settings)
        if has_aim(row, rated):
            outcome[c.TARGET_PERIOD] = row[c.TARGET_PERIOD] or str(quarter)
        moved = direction_of_measure(row, rated, quarter, earlier, plan.settings)
        published_rows.append({**row, **published_columns(published), **outcome, **direction_columns(moved)})
    return frame(published_rows, dict.fromkeys((*merged.measures.columns, *RATED)))


def level_of(row: Row, rule: Rating, settings: Settings) -> Decimal | None:
    """The intervention level that a measure is rated by, its own or the plan's; None where none applies."""
    if row[c.RED_BEYOND] is not None or rule in (Rating.TBC, Rating.DATA_ONLY, Rating.NOT_DUE):
        return None
    own: Decimal | None = row[c.INTERVENTION_LEVEL]
    return settings.intervention_level if own is None else own


def has_aim(row: Row, rated: rules.RuleRating) -> bool:
    """Whether a figure is held against something this quarter: a target or a range."""
    in_range = row[c.BETTER_WHEN] is Better.IN_RANGE and (row[c.RANGE_LOW], row[c.RANGE_HIGH]) != (None, None)
    return not row[HAS_PARTS] and (rated.target is not None or in_range)


def rate_whole(
    row: Row, parts: list[rules.RatedPart], quarter: Quarter, settings: Settings, earlier: Earlier
) -> rules.RuleRating:
    """An indexed measure; compared with last year by its shortfall, which is known once it is rated."""
    facts = measure_facts(row)
    rated = rules.rate_index(facts, parts, quarter, settings)
    improvement = improvement_of_shortfall(row, rated.shortfall, quarter, earlier)
    return rules.rate_index(facts, parts, quarter, settings, improvement) if improvement else rated


def let_stand(row: Row, earlier: Earlier) -> Row:
    """A row with the figure that counts: none where none is available, the last one where there is no newer."""
    if row[c.DATA_STATUS] is DataStatus.NOT_AVAILABLE:
        return {**row, c.PERFORMANCE: None, UNUSED: row[c.PERFORMANCE] is not None}
    if row[c.DATA_STATUS] is not DataStatus.NO_NEWER or row[c.PERFORMANCE] is not None:
        return row
    last = earlier.last_figure(row[c.KEY], row[c.PART])
    return replace_figure(row, last) if last else row


def replace_figure(row: Row, last: Row) -> Row:
    """A row with the figure that was last reported, and the period that it is for."""
    return {**row, c.PERFORMANCE: last[c.PERFORMANCE], c.PERIOD: last[c.PERIOD] or str(last[c.QUARTER])}


def reason_given(row: Row) -> str:
    """The officer's words on why no figure is available."""
    return next((row[h] for h in (c.REASON_OWN, c.HIGHLIGHT, c.RESOLUTION) if row[h]), "")


# Against earlier quarters


def improvement_of_figure(row: Row, quarter: Quarter, earlier: Earlier) -> rules.Improvement | None:
    """How a row without parts stands against the same quarter of last year; None where nothing compares."""
    then = earlier.in_quarter(row[c.KEY], row[c.PART], quarter.plus(-4))
    if then is None or row[c.PERFORMANCE] is None or not comparable(row, then):
        return None
    if by_shortfall(row):
        facts = measure_facts(row)
        now = rules.shortfall(facts, row[c.PERFORMANCE], rules.target_for(facts, quarter))
        return improvement_of_shortfall(row, now, quarter, earlier)
    if then[c.PERFORMANCE] is None:
        return None
    moved = travel.of_figures(row[c.PERFORMANCE], then[c.PERFORMANCE], row[c.BETTER_WHEN], Decimal(0))
    return rules.Improvement(moved is Direction.BETTER, show(then[c.PERFORMANCE], row[c.UNIT] or "", row[c.DECIMALS]))


def improvement_of_shortfall(
    row: Row, now: Fraction | None, quarter: Quarter, earlier: Earlier
) -> rules.Improvement | None:
    """How a row compared by its shortfall stands against the same quarter of last year."""
    then = earlier.in_quarter(row[c.KEY], row[c.PART], quarter.plus(-4))
    if then is None or now is None or then[c.SHORTFALL] is None or not comparable(row, then):
        return None
    moved = travel.of_shortfalls(now, Fraction(then[c.SHORTFALL]), Decimal(0))
    return rules.Improvement(moved is Direction.BETTER, rules.worse(Fraction(then[c.SHORTFALL])))
