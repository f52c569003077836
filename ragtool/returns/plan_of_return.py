"""A return speaking for itself: as much of the plan as its locked cells hold, for a check where no plan is at hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ragtool import columns as c
from ragtool.frames import AT, Row, frame, records
from ragtool.model import Basis, Better, DataStatus, ItemStatus, MilestonePlan, Rating, Settings
from ragtool.plan.plan import BY_PARTS, HAS_PARTS, Plan
from ragtool.quarters import Quarter
from ragtool.returns.reading import Return
from ragtool.sheets import cells
from ragtool.sheets.cells import Unreadable
from ragtool.workbooks.opening import Cell

S = c.ReturnSheets
THEME, OUTCOME = "All", "1"
"""A return doesn't say where in the plan its items stand, and no check needs it."""


def plan_of(each: Return) -> Plan:
    """The plan that a return was made from, as far as it can be told; the settings are the usual ones."""
    months = Settings().financial_year_starts
    key_actions = [key_action(row, each.area) for row in records(each.tables[S.KEY_ACTIONS.name]) if row[c.KEY]]
    milestones = [milestone(row, each) for row in records(each.tables[S.MILESTONES.name]) if row[c.KEY] and row[c.NO]]
    led = {row[c.KEY] for row in key_actions}
    others = dict.fromkeys(row[c.KEY] for row in milestones if row[c.KEY] not in led)
    titles = {row[c.KEY]: row[c.KEY_ACTION] for row in records(each.tables[S.MILESTONES.name])}
    key_actions += [key_action({c.KEY: key, c.KEY_ACTION: titles[key]}, "") for key in others]
    measures = [measure(row, each) for row in records(each.tables[S.MEASURES.name]) if row[c.KEY]]
    wholes = {row[c.KEY] for row in measures if row[c.PART] is None}
    measures += [
        {**row, c.PART: None, HAS_PARTS: True, c.SERVICE_AREA: "", **NO_AIM}
        for row in {row[c.KEY]: row for row in measures if row[c.KEY] not in wholes}.values()
    ]
    first = min((row[c.DUE] for row in milestones), default=each.quarter)
    sheets = c.PlanSheets
    return Plan(
        file="",
        settings=Settings(organisation=each.organisation, first_quarter=first, financial_year_starts=months),
        fingerprint=each.fingerprint,
        outcomes=frame([{c.THEME: THEME, c.OUTCOME_NO: OUTCOME, c.OUTCOME: ""}], sheets.OUTCOMES.headings),
        service_areas=frame([{c.SERVICE_AREA: each.area}], sheets.SERVICE_AREAS.headings),
        key_actions=frame(key_actions, (*sheets.KEY_ACTIONS.headings, AT)),
        milestones=frame(milestones, (*sheets.MILESTONES.headings, AT)),
        measures=frame(measures, (*sheets.MEASURES.headings, HAS_PARTS, AT)),
        panels=frame([], sheets.PANELS.headings),
        history=frame([], (*sheets.HISTORY.headings, AT)),
        overrides=frame([], sheets.OVERRIDES.headings),
    )


def key_action(row: Row, area: str) -> Row:
    """A key action of the plan; one that another service area leads has no area here."""
    lists = {c.PORTFOLIO_LEAD: (), c.OFFICER_LEAD: (), c.PANEL: (), c.CONTRIBUTING: ()}
    place = {c.THEME: THEME, c.OUTCOME_NO: OUTCOME, c.SERVICE_AREA: area}
    return {c.KEY: row[c.KEY], c.KEY_ACTION: row[c.KEY_ACTION], c.STATUS: ItemStatus.ACTIVE, **lists, **place}


def milestone(row: Row, each: Return) -> Row:
    """A milestone of the plan, due in the quarter it comes from; where it says another date, that was decided."""
    first_due = row[c.CARRIED_FROM] or each.quarter
    try:
        due = cells.when(Cell(row[c.DUE] or ""))
    except Unreadable:
        due = first_due
    moved = {c.REVISED_DUE: due, c.DECISION: "in the return"} if due != first_due else {}
    names = {heading: row[heading] for heading in (c.KEY, c.NO, c.MILESTONE)}
    return {**names, c.SERVICE_AREA: each.area, c.DUE: first_due, c.STATUS: MilestonePlan.ACTIVE, **moved}


def without_earlier(each: Return) -> Return:
    """A return without what only earlier quarters can judge: corrections, and figures that let the last one stand."""
    name = S.MEASURES.name
    rows = [
        {**row, c.DATA_STATUS: DataStatus.NOT_AVAILABLE} if row[c.DATA_STATUS] is DataStatus.NO_NEWER else row
        for row in records(each.tables[name])
    ]
    corrections = each.tables[S.REVISIONS.name]
    tables = {name: frame(rows, list(each.tables[name].columns)), S.REVISIONS.name: corrections.iloc[:0]}
    return replace(each, tables={**each.tables, **tables})


NO_AIM = {c.TARGET_QUARTERS[number]: None for number in range(4)} | {c.RANGE_LOW: None, c.RANGE_HIGH: None}


def measure(row: Row, each: Return) -> Row:
    """A measure or part of the plan, with its target or range for this quarter."""
    unit, said = row[c.UNIT] or "", row[c.TARGET] or ""
    statuses = {status.value: status for status in ItemStatus}
    not_due = said.startswith("Not due") or row[c.RAG_PREVIEW] == Rating.NOT_DUE
    other = frozenset({each.quarter.number % 4 + 1})
    lists = {c.PORTFOLIO_LEAD: (), c.OFFICER_LEAD: (), c.PANEL: ()}
    return {
        **{heading: row[heading] for heading in (c.KEY, c.PART, c.MEASURE, c.UNIT)},
        # The template writes the quarter where the plan has no Target period.
        c.TARGET_PERIOD: None if row[c.TARGET_PERIOD] == str(each.quarter) else row[c.TARGET_PERIOD],
        **lists,
        **aim(said, unit, each.quarter),
        c.THEME: THEME,
        c.OUTCOME_NO: OUTCOME,
        c.SERVICE_AREA: each.area,
        c.BETTER_WHEN: next((way for way in Better if way.value == row[c.BETTER_WHEN]), None),
        c.BASIS: Basis.QUARTER,
        c.PROFILE: False,
        c.WEIGHT: Decimal(1),
        c.REPORTED_IN: other if not_due else frozenset(),
        c.STATUS: statuses.get(said, ItemStatus.ACTIVE),
        HAS_PARTS: said == BY_PARTS,
    }


def aim(said: str, unit: str, quarter: Quarter) -> Row:
    """What the Target cell says: a figure, a range, or words that set none."""
    target = c.TARGET_QUARTERS[quarter.number - 1]
    try:
        if " to " in said:
            low, high = said.split(" to ")
            return {c.RANGE_LOW: end(low, unit), c.RANGE_HIGH: end(high, unit)}
        if said.endswith(" or more"):
            return {c.RANGE_LOW: end(said.removesuffix(" or more"), unit)}
        if said.endswith(" or less"):
            return {c.RANGE_HIGH: end(said.removesuffix(" or less"), unit)}
        return {target: cells.typed_figure(said, "")}
    except Unreadable:
        return {}


def end(said: str, unit: str) -> Decimal:
    """One end of a range, as its text has it."""
    return cells.typed_figure(said, "%" if unit == "%" else "")
