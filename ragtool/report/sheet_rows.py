"""What the sheets show, by heading: rows of the results as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ragtool import columns as c
from ragtool.figures import show, show_number
from ragtool.history.reported import CORRECTED, Reported, ReportedMilestone
from ragtool.model import Better, ItemStatus, Mark, Query, Rating, yes_or_no
from ragtool.quarter.items import RatedItem, RatedKeyAction, RatedMeasure, ReturnedMilestone
from ragtool.quarters import when_text
from ragtool.report.performance_bar import target_bar
from ragtool.results.results import ExceptionRow, NextMilestone, PanelShare, Results, ReturnStatus
from ragtool.results.revisions import status_word
from ragtool.sheets.typed_rows import values_of

NONE_PROPOSED = "No resolution is proposed."
"""Said of an exception that calls for one."""

ShownRow = Mapping[str, Any]
"""Values by heading."""


def item_row(item: RatedItem, results: Results) -> dict[str, Any]:
    """What key actions and measures show alike."""
    planned = item.item
    return {
        c.THEME: planned.theme,
        c.OUTCOME: results.outcome_titles.get((planned.theme, planned.outcome_no)),
        c.PORTFOLIO_LEADS: planned.portfolio_leads,
        c.OFFICER_LEADS: planned.officer_leads,
        c.KEY: planned.key,
        c.PART: item.part,
        c.RAG: item.rating,
        c.RULE_RAG: item.published.rule,
        c.MARK: item.published.mark,
        c.DIRECTION: item.travel.words,
        c.RESOLUTION: item.entry.resolution,
        c.HIGHLIGHT: item.entry.highlight,
        c.FORECAST: item.entry.forecast,
        c.WHY: item.published.why,
    }


def forecast_in_words(forecast: Rating) -> str:
    """A forecast as a sentence, such as `Forecast: Amber at the year's end` has."""
    return f"{c.FORECAST}: {forecast.word} at the year's end."


def key_action_row(action: RatedKeyAction, results: Results, coming: Mapping[str, list[str]]) -> dict[str, Any]:
    """A key action, with its next milestones."""
    status = action.item.status
    return {
        **item_row(action, results),
        c.KEY_ACTION: action.item.title,
        c.NEXT_MILESTONES: "\n".join(coming.get(action.item.key, ())) or None,
        # Beside the milestones' statuses, Active would read as one of them.
        c.STATUS: None if status is ItemStatus.ACTIVE else status,
        c.ACTION_PLAN: action.entry.action_plan,
        c.BUSINESS_PLAN: action.entry.business_plan,
    }


def next_by_key(results: Results) -> dict[str, list[str]]:
    """Each key action's next milestones, a line each."""
    coming: dict[str, list[str]] = {}
    for step in results.next_quarter:
        coming.setdefault(step.key, []).append(f"{step.text} ({when_text(step.due)})")
    return coming


def measure_row(rated: RatedMeasure, results: Results) -> dict[str, Any]:
    """A measure or part, its figures in its unit."""
    measure = rated.item
    return {
        **item_row(rated, results),
        c.MEASURE: measure.description,
        c.FIGURE: "\n".join(filter(None, rated.figure_in_words)) or None,
        c.PERFORMANCE: rated.figure,
        c.PERIOD: rated.period,
        c.TARGET: range_text(rated) if measure.better_when is Better.IN_RANGE else target_or_words(rated),
        c.TARGET_PERIOD: rated.target_period,
        c.SHORTFALL: rated.from_target,
        c.AGAINST_TARGET: target_bar(rated.from_target, rated.level, results.settings.intervention_level),
        c.INTERVENTION_LEVEL: rated.level,
        c.THREE_YEAR_TARGET: measure.three_year_target,
        c.BENCHMARK: measure.benchmark,
        c.BENCHMARK_IS: measure.benchmark_is,
        c.DATA_STATUS: rated.data_status,
        c.BY_WHEN: rated.entry.by_when,
        c.BETTER_WHEN: measure.better_when,
        c.UNIT: measure.unit,
        c.DECIMALS: measure.decimals,
    }


def target_or_words(rated: RatedMeasure) -> Decimal | str | None:
    """The target of a measure; in words where a figure must better it: `more than 80 %`."""
    target, better = rated.target, rated.item.better
    if target is None or not better.strict:
        return target
    return f"{better.value.lower()} {show(target, '%') if rated.item.unit == '%' else show_number(target)}"


def range_text(rated: RatedMeasure) -> str | None:
    """The bounds of an in-range measure as a reader sees them, each in the unit's own way."""
    percent = rated.item.unit == "%"
    times, sign = (100, " %") if percent else (1, "")
    low, high = (None if end is None else show_number(end * times) for end in (rated.item.low, rated.item.high))
    if low is None or high is None:
        return f"{low}{sign} or more" if low else f"{high}{sign} or less" if high else None
    return f"{low} to {high}{sign}"


def milestone_row(step: ReturnedMilestone) -> dict[str, Any]:
    """A milestone; one that no return gives a status is Not returned."""
    milestone, entry = step.milestone, step.entry
    return {
        c.KEY: milestone.key,
        c.NO: milestone.no,
        c.MILESTONE: milestone.text,
        c.SERVICE_AREA: milestone.area,
        c.DUE: milestone.due,
        c.REVISED_DUE: milestone.revised_due,
        c.STATUS: status_word(step.status),
        c.COMPLETED_ON: entry.completed_on,
        c.CARRIED_FROM: milestone.carried_or_moved_from,
        c.TIMES_CARRIED: milestone.times_carried,
        c.QUALITY_CONCERN: None if entry.quality_concern is None else yes_or_no(entry.quality_concern),
        c.RESOLUTION: entry.resolution,
        c.REVISED_DATE: entry.revised_date,
        c.SOURCE: entry.at.source(c.STATUS) if entry.at and entry.status else None,
    }


def exception_row(row: ExceptionRow) -> dict[str, Any]:
    """An exception."""
    return {
        c.REASON: row.reason,
        c.KEY: row.key,
        c.DESCRIPTION: row.description,
        c.RAG: row.rating,
        c.SERVICE_AREA: row.area,
        c.OFFICER_LEADS: row.officer_leads,
        c.DETAIL: row.detail,
        c.RESOLUTION: NONE_PROPOSED if row.lacks_resolution else row.resolution,
        c.DUE: row.due,
        c.REVISED_DATE: row.revised_date,
    }


def next_row(row: NextMilestone) -> dict[str, Any]:
    """A milestone of the coming quarter."""
    return {c.KEY: row.key, c.MILESTONE: row.text, c.DUE: row.due, c.SERVICE_AREA: row.area, c.FROM: row.origin}


def panel_row(share: PanelShare) -> dict[str, Any]:
    """How a panel's items stand."""
    key_actions, measures = share.in_force
    return {
        c.PANEL: share.panel,
        c.PANEL_KEY_ACTIONS: key_actions,
        c.PANEL_MEASURES: measures,
        **{rating.word: count for rating, count in share.colours.items()},
        c.OTHER: share.other,
        c.OF_THESE_COMPLETE: share.complete,
        c.OF_THESE_ON_HOLD: share.on_hold,
        c.RED_ITEMS: share.red,
        c.AMBER_ITEMS: share.amber,
        c.MEETING_DATE: share.meeting_date,
        c.REMIT: share.remit,
    }


def return_row(row: ReturnStatus) -> dict[str, Any]:
    """A return, or a file that isn't used."""
    fates: dict[str, int] = {}
    if row.rows:
        fates = {
            c.ROWS_FOUND: row.rows.used + row.rows.refused + row.rows.passed_over,
            c.ROWS_USED: row.rows.used,
            c.ROWS_REFUSED: row.rows.refused,
            c.ROWS_PASSED_OVER: row.rows.passed_over,
        }
    return {
        c.SERVICE_AREA: row.area,
        c.FILE: row.file,
        c.RECEIVED: row.received,
        c.SIGNED_OFF_BY: row.signed_off_by,
        c.SIGNED_OFF_ON: row.signed_off_on,
        c.MILESTONES_FILLED: row.milestones,
        c.MEASURES_FILLED: row.measures,
        c.QUERIES: row.queries,
        c.CHASE: row.chase,
        c.SHA256: row.sha256,
        **fates,
    }


def query_row(query: Query) -> dict[str, Any]:
    """A query."""
    return {
        c.FILE: query.file,
        c.SHEET: query.sheet,
        c.CELL: query.where,
        c.KEY: query.key,
        c.SEVERITY: query.severity,
        c.PROBLEM: query.problem,
        c.WHAT_TO_DO: query.what_to_do,
    }


def data_row(row: Reported) -> dict[str, Any]:
    """An item in a quarter, with the columns that this version doesn't know."""
    why = f"{CORRECTED}{row.why}" if row.why and Mark.REVISED in row.marks else row.why
    return {**row.others, **values_of(row), c.WHY: why}


def register_row(row: ReportedMilestone) -> dict[str, Any]:
    """The last word on a milestone."""
    return {**values_of(row), c.STATUS: status_word(row.status)}
