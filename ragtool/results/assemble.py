"""Everything a report shows, put together from the rated items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd

from ragtool import columns as c
from ragtool.commands.rate import RatedQuarter
from ragtool.figures import number
from ragtool.frames import Row, frame, records
from ragtool.history.earlier import description, item
from ragtool.history.previous import Previous
from ragtool.history.quarters_so_far import KEY_ACTION, MEASURE
from ragtool.model import Better, ItemStatus, MilestonePlan, MilestoneStatus, Place, Query, fold, yes_or_no
from ragtool.plan.milestones import due_by
from ragtool.plan.plan import Plan, in_force
from ragtool.quarter.data_rows import source_of
from ragtool.quarter.merge import ENTERED_AT, counted
from ragtool.quarter.milestones import CARRIED, FROM_PLAN, PROPOSED_FROM, status_of, status_word
from ragtool.quarter.register import keys_then
from ragtool.quarters import Quarter, quarter_of, when_text
from ragtool.results import sentences as summary
from ragtool.results.exceptions import exceptions
from ragtool.results.history_table import history_table
from ragtool.results.panels import allocation, panel_counts
from ragtool.results.results import EXTRA, MEASURE_EXTRA, Results
from ragtool.results.returns_table import returns_table
from ragtool.results.revisions import corrected_ratings
from ragtool.returns.received import Received

R = c.ReportSheets


def assemble(
    done: RatedQuarter,
    received: Received,
    previous: Previous | None,
    revisions: pd.DataFrame,
    queries: Sequence[Query],
    final: bool,
) -> Results:
    """The whole report of one quarter."""
    rated, data = done.rated, done.data
    plan, quarter, key_actions, measures = rated.plan, rated.quarter, rated.key_actions, rated.measures
    next_quarter = what_comes_next(plan, rated.milestones, received, quarter)
    directions = {
        item(row[c.KEY], row.get(c.PART)): row[c.DIRECTION] for row in [*records(key_actions), *records(measures)]
    }
    shown_actions = show_key_actions(key_actions, plan, next_quarter)
    shown_measures = show_measures(measures, plan)
    tables = {
        f"{prefix}{name}_counts": summary.counts(data, kind, quarter, rating)
        for prefix, rating in (("", c.RAG), ("rule_", c.RULE_RAG))
        for name, kind in (("key_action", KEY_ACTION), ("measure", MEASURE))
    }
    return Results(
        settings=plan.settings,
        quarter=quarter,
        overview=summary.overview(key_actions, measures, received, plan.areas, quarter),
        direction_counts=summary.direction_counts(key_actions, measures),
        reconciliation=summary.reconciliation(received, done.rows),
        rules=summary.rules_in_words(plan.settings),
        outcomes=join_names(plan.outcomes, c.PlanSheets.OUTCOMES.headings),
        panels=panel_counts(plan, key_actions, measures),
        key_actions=shown_actions,
        milestones=show_milestones(rated.milestones),
        measures=shown_measures,
        exceptions=exceptions(rated),
        next_quarter=next_quarter,
        history=history_table(data, plan, quarter, directions, corrected_ratings(revisions)),
        returns=returns_table(rated, received, queries, done.rows),
        queries=frame([asdict(query) for query in queries], QUERY_FIELDS).set_axis(list(R.QUERIES.headings), axis=1),
        revisions=revisions,
        register=done.register,
        data=data,
        page=page(shown_actions, shown_measures),
        final=final,
        glossary=glossary(plan),
        allocation=allocation(plan),
        milestones_last_quarter=last_quarter(previous, plan, quarter),
        **tables,
    )


QUERY_FIELDS = ("file", "sheet", "cell", "key", "severity", "problem", "what_to_do")


def names(value: object) -> object:
    """Several names as one text."""
    return "; ".join(value) or None if isinstance(value, tuple) else value


def join_names(items: pd.DataFrame, headings: Sequence[str]) -> pd.DataFrame:
    """The named columns, with several names in a cell as one text."""
    return frame([{h: names(row[h]) for h in headings} for row in records(items)], headings)


def outcome_titles(plan: Plan) -> dict[tuple[str, str], str]:
    """Each outcome's title, by theme and number."""
    return {(row[c.THEME], row[c.OUTCOME_NO]): row[c.OUTCOME] for row in records(plan.outcomes)}


def common(row: Row, kind: str, plan: Plan) -> Row:
    """What key actions and measures show alike."""
    return {
        **{heading: names(value) for heading, value in row.items()},
        c.OUTCOME: outcome_titles(plan).get((row[c.THEME], row[c.OUTCOME_NO])),
        c.PORTFOLIO_LEADS: names(row[c.PORTFOLIO_LEAD]),
        c.OFFICER_LEADS: names(row[c.OFFICER_LEAD]),
        c.DESCRIPTION: description(row),
        c.KIND: kind,
    }


def show_key_actions(key_actions: pd.DataFrame, plan: Plan, next_quarter: pd.DataFrame) -> pd.DataFrame:
    """The key actions as the report shows them, each with its next milestones."""
    coming: dict[str, list[str]] = {}
    for row in records(next_quarter):
        coming.setdefault(row[c.KEY], []).append(f"{row[c.MILESTONE]} ({when_text(row[c.DUE])})")
    rows = [
        {
            **common(row, KEY_ACTION, plan),
            c.NEXT_MILESTONES: "\n".join(coming.get(row[c.KEY], ())) or None,
            # Beside the milestones' statuses, Active would read as one of them.
            c.STATUS: None if row[c.STATUS] is ItemStatus.ACTIVE else row[c.STATUS],
        }
        for row in records(key_actions)
    ]
    return frame(rows, dict.fromkeys((*R.KEY_ACTIONS.headings, *EXTRA)))


def show_measures(measures: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The measures and parts as the report shows them, each figure with the cell it was typed in."""
    rows = []
    for row in records(measures):
        shown = {
            c.MEASURE: description(row),
            c.TARGET: range_text(row) if row[c.BETTER_WHEN] is Better.IN_RANGE else row[c.TARGET],
            c.TARGET_PERIOD: row[c.TARGET_PERIOD],
            c.SOURCE: source_of(row),
        }
        rows.append({**common(row, MEASURE, plan), **shown})
    return frame(rows, dict.fromkeys((*R.MEASURES.headings, *EXTRA, *MEASURE_EXTRA)))


def range_text(row: Row) -> str | None:
    """The bounds of an in-range measure as a reader sees them, each in the unit's own way."""
    times = 100 if row[c.UNIT] == "%" else 1
    low, high = (None if row[h] is None else number(row[h] * times) for h in (c.RANGE_LOW, c.RANGE_HIGH))
    sign = " %" if row[c.UNIT] == "%" else ""
    if low is None or high is None:
        return f"{low}{sign} or more" if low else f"{high}{sign} or less" if high else None
    return f"{low} to {high}{sign}"


def show_milestones(milestones: pd.DataFrame) -> pd.DataFrame:
    """The milestones as the report shows them; one that no return gives a status is Not returned."""
    rows = []
    for row in records(milestones):
        place: Place | None = row[ENTERED_AT]
        concern = None if row[c.QUALITY_CONCERN] is None else yes_or_no(row[c.QUALITY_CONCERN])
        rows.append(
            {
                **row,
                c.STATUS: status_word(status_of(row)),
                c.QUALITY_CONCERN: concern,
                c.SOURCE: place.source(c.STATUS) if place and row[c.STATUS] else None,
            }
        )
    return frame(rows, R.MILESTONES.headings)


def what_comes_next(plan: Plan, milestones: pd.DataFrame, received: Received, quarter: Quarter) -> pd.DataFrame:
    """Milestones of the coming quarter: the plan's, those carried forward, and those that service areas propose.

    What is proposed and stands in the plan already, for the same quarter, is the plan's.
    """
    month, coming = plan.settings.financial_year_starts, quarter.plus(1)
    living = set(in_force(plan.key_actions, coming)[c.KEY])
    owners = dict(zip(plan.key_actions[c.KEY], plan.key_actions[c.SERVICE_AREA], strict=True))
    rows: list[Row] = []
    planned: set[tuple[str, str]] = set()
    for row in records(plan.milestones):
        active = row[c.STATUS] is MilestonePlan.ACTIVE and row[c.KEY] in living
        if active and quarter_of(due_by(row), month) == coming:
            area = row[c.SERVICE_AREA] or owners.get(row[c.KEY])
            rows.append({**row, c.DUE: due_by(row), c.SERVICE_AREA: area, c.FROM: FROM_PLAN})
            planned.add((fold(row[c.KEY]), fold(row[c.MILESTONE])))
    for row in records(counted(milestones)):
        if row[c.STATUS] is not MilestoneStatus.COMPLETE:
            rows.append({**row, c.FROM: CARRIED})
    spelled = {item(key, None): key for key in plan.key_actions[c.KEY]}
    for each, table in received.table(c.ReturnSheets.NEXT):
        for row in records(table):
            if row[c.KEY] and row[c.MILESTONE] and item(row[c.KEY], None) in spelled:
                key = spelled[item(row[c.KEY], None)]
                again = (fold(key), fold(row[c.MILESTONE])) in planned
                if again and row[c.DUE] and quarter_of(row[c.DUE], month) == coming:
                    continue
                rows.append({**row, c.KEY: key, c.SERVICE_AREA: each.area, c.FROM: PROPOSED_FROM})
    order = {key: number for number, key in enumerate(plan.key_actions[c.KEY])}
    rows.sort(key=lambda row: order.get(row[c.KEY], len(order)))
    return frame(rows, R.NEXT_QUARTER.headings)


def page(key_actions: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """The cells of the report on a page."""
    headings = (c.THEME, c.OUTCOME_NO, c.KIND, c.KEY, c.RAG, c.MARK)
    wholes = [row for row in records(measures) if row[c.PART] is None]
    return frame([*records(key_actions), *wholes], headings)


def glossary(plan: Plan) -> pd.DataFrame:
    """Every key of the plan and what it stands for."""
    rows = [{**row, c.KIND: KEY_ACTION, c.DESCRIPTION: row[c.KEY_ACTION]} for row in records(plan.key_actions)]
    rows += [
        {**row, c.KIND: MEASURE, c.DESCRIPTION: row[c.MEASURE]} for row in records(plan.measures) if row[c.PART] is None
    ]
    return frame(rows, (c.KEY, c.DESCRIPTION, c.KIND))


def last_quarter(previous: Previous | None, plan: Plan, quarter: Quarter) -> pd.DataFrame:
    """The milestones that last quarter's report showed, under the keys that their key actions have now."""
    headings = (c.KEY, c.NO, c.MILESTONE, c.STATUS)
    if previous is None or previous.quarter != quarter.plus(-1):
        return frame([], headings)
    then = keys_then(previous, plan)
    shown = records(previous.milestones)
    keys = [(key, then[fold(key)]) for key in plan.key_actions[c.KEY]]
    rows = [{**row, c.KEY: key} for key, old in keys for row in shown if fold(row[c.KEY]) == old]
    return frame(rows, headings)
