"""corporate_plan.xlsx as a `Plan`, or all that is wrong with it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from ragtool import columns as c
from ragtool.errors import RagtoolError
from ragtool.frames import AT, frame, objects, records
from ragtool.model import Basis, Better, IndexMethod, ItemStatus, MilestonePlan, Query, Settings, Severity, fold
from ragtool.plan.checks import CHECKS
from ragtool.plan.figures import FIGURES, resolve_figures, resolve_history
from ragtool.plan.plan import HAS_PARTS, Plan
from ragtool.plan.settings import read_settings
from ragtool.quarters import quarter_of
from ragtool.sheets import cells
from ragtool.sheets.tables import Table, read_table
from ragtool.workbooks.opening import Book, Cell, NotAWorkbook, open_book

S = c.PlanSheets

READERS: Mapping[str, Mapping[str, cells.Reader]] = {
    S.OUTCOMES.name: {c.OUTCOME_LEADS: cells.names},
    S.SERVICE_AREAS.name: {},
    S.KEY_ACTIONS.name: {
        c.PORTFOLIO_LEAD: cells.names,
        c.OFFICER_LEAD: cells.names,
        c.CONTRIBUTING: cells.names,
        c.PANEL: cells.names,
        c.STATUS: cells.choice(ItemStatus),
        c.STARTS: cells.when,
        c.ENDS: cells.when,
    },
    S.MILESTONES.name: {c.DUE: cells.when, c.REVISED_DUE: cells.when, c.STATUS: cells.choice(MilestonePlan)},
    S.MEASURES.name: {
        c.PORTFOLIO_LEAD: cells.names,
        c.OFFICER_LEAD: cells.names,
        c.PANEL: cells.names,
        c.DECIMALS: cells.whole,
        c.BETTER_WHEN: cells.choice(Better),
        c.BASIS: cells.choice(Basis),
        c.PROFILE: cells.straight_line,
        c.INTERVENTION_LEVEL: cells.level,
        c.INDEX_METHOD: cells.choice(IndexMethod),
        c.WEIGHT: cells.number,
        c.REPORTED_IN: cells.quarter_numbers,
        c.STATUS: cells.choice(ItemStatus),
        c.STARTS: cells.when,
        c.ENDS: cells.when,
    },
    S.PANELS.name: {},
    S.HISTORY.name: {c.QUARTER: cells.quarter, c.RAG: cells.rating},
    S.OVERRIDES.name: {c.QUARTER: cells.quarter, c.RAG: cells.rating, c.DATE: cells.day},
}

NOT_INHERITED = {c.KEY, c.PART, c.PART_DESCRIPTION, c.FORMERLY, AT, HAS_PARTS}

NO_NAMES = {c.PORTFOLIO_LEAD: (), c.OFFICER_LEAD: (), c.PANEL: ()}
MEASURE_DEFAULTS = {
    **NO_NAMES,
    c.BASIS: Basis.QUARTER,
    c.PROFILE: False,
    c.WEIGHT: Decimal(1),
    c.REPORTED_IN: frozenset[int](),
}
"""What a blank cell of the Measures sheet means."""

OPTIONAL = {
    c.THEME_STATEMENT, c.OUTCOME_LEADS, c.HEAD_OF_SERVICE, c.EMAIL, c.PORTFOLIO_LEAD, c.OFFICER_LEAD, c.ACTION_PLAN,
    c.BUSINESS_PLAN, c.FORMERLY, c.NOTES, c.DECIMALS, c.THREE_YEAR_TARGET, c.DATA_SOURCE, c.REVIEW, c.REMIT, c.PANEL,
    c.PART_DESCRIPTION, c.TARGET_PERIOD,
}  # fmt: skip
"""Headings without which a plan can still be used: none of them changes a rating."""


def read_plan(path: Path) -> tuple[Plan, list[Query]]:
    """The plan at `path`, and the queries that leave it usable.

    Raises RagtoolError, carrying every Error found, where the plan can't be used.
    """
    if not path.parent.is_dir():
        raise RagtoolError(f"There is no folder {path.parent}. Check the name.")
    if not path.is_file():
        raise RagtoolError(f"There is no plan at {path}. Put {path.name} there; ragtool new makes a blank one.")
    try:
        book = open_book(path)
    except NotAWorkbook as problem:
        raise RagtoolError(f"The plan {path} can't be used. {problem}") from problem
    queries: list[Query] = [missing_sheet(book, sheet) for sheet in S.REQUIRED if book.sheet(sheet.name) is None]
    settings, found = read_settings(book)
    queries += found
    tables: dict[str, Table] = {}
    for sheet in S.ALL[1:]:
        tables[sheet.name] = read_plan_sheet(book, sheet)
        queries += tables[sheet.name].queries
    plan = assemble(book, settings, {name: table.frame for name, table in tables.items()}, queries)
    queries += beyond(queries, (query for check in CHECKS for query in check(plan)), tables)
    if any(query.severity is Severity.ERROR for query in queries):
        raise RagtoolError(f"The plan {path} can't be used until this is put right:", queries)
    return plan, queries


def beyond(read: list[Query], found: Iterable[Query], tables: Mapping[str, Table]) -> list[Query]:
    """What the checks found beyond what reading did: nothing of a cell, column or sheet that couldn't be read."""
    cells_read = {(query.sheet, query.cell) for query in read}
    unusable = {query.sheet for query in read if not query.cell}
    unusable |= {name for name, table in tables.items() if set(sheet_of(name).headings) - OPTIONAL - table.present}
    return [query for query in found if (query.sheet, query.cell) not in cells_read and query.sheet not in unusable]


def sheet_of(name: str) -> c.Sheet:
    """A sheet of the plan by its name."""
    return next(sheet for sheet in S.ALL if sheet.name == name)


def read_plan_sheet(book: Book, sheet: c.Sheet) -> Table:
    """One sheet of the plan; all its headings but the optional ones must be there."""
    readers = dict(READERS[sheet.name])
    deferred = {S.MEASURES.name: (*FIGURES, c.THREE_YEAR_TARGET), S.HISTORY.name: (c.PERFORMANCE, c.TARGET)}
    readers.update(dict.fromkeys(deferred.get(sheet.name, ()), as_stored))
    return read_table(book, sheet, readers, set(sheet.headings) - OPTIONAL)


def as_stored(cell: Cell) -> Cell:
    """A cell kept whole, since how it reads depends on another cell of its row."""
    return cell


def missing_sheet(book: Book, sheet: c.Sheet) -> Query:
    """An Error about a sheet that the plan can't do without."""
    what = f"Add the sheet {sheet.name}, with these headings: {', '.join(sheet.headings)}."
    return Query(book.name, sheet.name, "", "", Severity.ERROR, f"There is no sheet named {sheet.name}.", what)


def assemble(book: Book, settings: Settings, frames: Mapping[str, pd.DataFrame], queries: list[Query]) -> Plan:
    """The plan with its defaults, inherited values and figures filled in."""
    month = settings.financial_year_starts
    spell_alike(frames)
    key_actions = defaults(frames[S.KEY_ACTIONS.name], {c.STATUS: ItemStatus.ACTIVE, **NO_NAMES, c.CONTRIBUTING: ()})
    measures = defaults(inherit(frames[S.MEASURES.name]), {c.STATUS: ItemStatus.ACTIVE, **MEASURE_DEFAULTS})
    measures = resolve_figures(measures, queries)
    milestones = defaults(frames[S.MILESTONES.name], {c.STATUS: MilestonePlan.ACTIVE})
    for items in (key_actions, measures):
        for heading in (c.STARTS, c.ENDS):
            items[heading] = objects(when and quarter_of(when, month) for when in items[heading])
    first_spelling = {fold(key): key for key in reversed([*key_actions[c.KEY], *measures[c.KEY]]) if key}
    for items in (key_actions, measures, milestones, frames[S.OVERRIDES.name], frames[S.HISTORY.name]):
        items[c.KEY] = objects(first_spelling.get(fold(key), key) if key else None for key in items[c.KEY])
    plan = Plan(
        file=book.name,
        settings=settings,
        fingerprint="",
        outcomes=defaults(frames[S.OUTCOMES.name], {c.OUTCOME_LEADS: ()}),
        service_areas=frames[S.SERVICE_AREAS.name],
        key_actions=key_actions,
        milestones=milestones,
        measures=measures,
        panels=frames[S.PANELS.name],
        history=resolve_history(frames[S.HISTORY.name], measures, queries),
        overrides=frames[S.OVERRIDES.name],
    )
    return replace(plan, fingerprint=fingerprint(plan))


def spell_alike(frames: Mapping[str, pd.DataFrame]) -> None:
    """Themes, service areas and panels written as the sheet that lists them writes them, whatever the case."""
    listed = (
        (c.THEME, S.OUTCOMES),
        (c.SERVICE_AREA, S.SERVICE_AREAS),
        (c.PANEL, S.PANELS),
        (c.CONTRIBUTING, S.SERVICE_AREAS),
    )
    for heading, home in listed:
        own = c.SERVICE_AREA if heading == c.CONTRIBUTING else heading
        spelled = {fold(name): name for name in reversed(list(frames[home.name][own])) if name}
        for name, items in frames.items():
            if heading in items and (name != home.name or heading == c.THEME):
                items[heading] = objects(respell(value, spelled) for value in items[heading])


def respell(value: Any, spelled: Mapping[str, str]) -> Any:
    """A name, or several, in the spelling of the sheet that lists them."""
    if isinstance(value, tuple):
        return tuple(respell(name, spelled) for name in value)
    return spelled.get(fold(value), value) if value else value


def defaults(items: pd.DataFrame, values: Mapping[str, object]) -> pd.DataFrame:
    """Blank cells of the named columns filled with what a blank means."""
    filled = {h: objects(default if v is None else v for v in items[h]) for h, default in values.items()}
    return items.assign(**filled)


def inherit(measures: pd.DataFrame) -> pd.DataFrame:
    """Each part with what it leaves blank taken from its measure, and `HAS_PARTS` on each measure that has any."""
    rows = records(measures)
    wholes = {fold(row[c.KEY]): row for row in rows if row[c.KEY] and row[c.PART] is None}
    divided = {fold(row[c.KEY]) for row in rows if row[c.KEY] and row[c.PART] is not None}
    for row in rows:
        key = fold(row[c.KEY] or "")
        row[HAS_PARTS] = row[c.PART] is None and key in divided
        if row[c.PART] is not None and key in wholes:
            given = wholes[key]
            row.update({h: given[h] for h in row if row[h] is None and h not in NOT_INHERITED})
    return frame(rows, (*measures.columns, HAS_PARTS))


def fingerprint(plan: Plan) -> str:
    """A digest of everything that a return shows of the plan."""
    shown = (plan.service_areas, plan.key_actions, plan.milestones, plan.measures)
    digest = hashlib.sha256(repr(plan.settings).encode())
    for items in shown:
        for row in items.drop(columns=AT).itertuples(index=False):
            digest.update(repr(tuple(sorted(v) if isinstance(v, frozenset) else v for v in row)).encode())
    return digest.hexdigest()[:16]
