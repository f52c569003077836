"""corporate_plan.xlsx as a `Plan`, or all that is wrong with it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

from ragtool import columns as c
from ragtool.errors import RagtoolError
from ragtool.model import Query, RatedBy, Settings, Severity, as_name
from ragtool.plan.example_sheet import typed_on_examples
from ragtool.plan.measure_rows import MEASURE_READERS, measures_of
from ragtool.plan.needed_cells import RELIED_ON, needed_cells, without_strays
from ragtool.plan.plan import (
    UNDATED,
    KeyAction,
    Measure,
    Milestone,
    Outcome,
    Override,
    Panel,
    Plan,
    ServiceArea,
    former_names,
)
from ragtool.plan.plan_checks import PLAN_CHECKS
from ragtool.plan.plan_figures import read_earlier_quarters
from ragtool.plan.settings import read_settings
from ragtool.plan.unread_columns import unread_columns
from ragtool.quarters import JANUARY, Quarter, quarter_of
from ragtool.sheets import cells, date_cells
from ragtool.sheets.tables import Table, read_table
from ragtool.sheets.typed_rows import readers_of, typed
from ragtool.workbooks.bounds import own_bounds
from ragtool.workbooks.opening import Book, Cell, NotAWorkbook, open_book

S = c.PlanSheets

OPTIONAL = {
    c.THEME_STATEMENT, c.OUTCOME_LEADS, c.HEAD_OF_SERVICE, c.EMAIL, c.PORTFOLIO_LEAD, c.OFFICER_LEAD, c.ACTION_PLAN,
    c.BUSINESS_PLAN, c.FORMERLY, c.NOTES, c.DECIMALS, c.THREE_YEAR_TARGET, c.DATA_SOURCE, c.REVIEW, c.REMIT, c.PANEL,
    c.MEETING_DATE, c.PART_DESCRIPTION, c.TARGET_PERIOD,
}  # fmt: skip
"""Headings without which a plan can still be used: none of them changes a rating."""

LATER = {
    S.SERVICE_AREAS.name: {c.FORMERLY},
    S.KEY_ACTIONS.name: {c.RATED_BY},
    S.PANELS.name: {c.MEETING_DATE},
    S.MEASURES.name: {c.STRETCH_TARGET, c.GREEN_WITHIN, c.RED_BELOW, c.RED_ABOVE, c.BENCHMARK, c.BENCHMARK_IS},
}
"""Columns that a sheet had not from the first: plans that were made before need none."""

LATER_SETTINGS = ("milestones_for_green", "milestones_for_amber", "complete_shows_as", "ask_for_a_forecast")
"""Settings that plans had not from the first, by their fields."""

READERS: Mapping[str, Callable[[int], Mapping[str, cells.Reader]]] = {
    S.OUTCOMES.name: lambda month: readers_of(Outcome),
    S.SERVICE_AREAS.name: lambda month: readers_of(ServiceArea),
    S.KEY_ACTIONS.name: lambda month: {**readers_of(KeyAction), c.STARTS: in_quarter(month), c.ENDS: in_quarter(month)},
    S.MILESTONES.name: lambda month: readers_of(Milestone),
    S.MEASURES.name: lambda month: {**MEASURE_READERS, c.STARTS: in_quarter(month), c.ENDS: in_quarter(month)},
    S.PANELS.name: lambda month: readers_of(Panel),
    S.EARLIER.name: lambda month: {
        c.QUARTER: date_cells.quarter,
        c.KEY: cells.key_or_number,
        c.PART: cells.key_or_number,
        c.RAG: cells.rating,
        c.PERFORMANCE: cells.as_stored,
        c.TARGET: cells.as_stored,
    },
    S.OVERRIDES.name: lambda month: readers_of(Override),
}
"""How each sheet's columns read, where financial years start in a given month; text where none is named."""


def in_quarter(month: int) -> Callable[[Cell], Quarter]:
    """A reader of a quarter, or of a day as the quarter it lies in."""
    read_when = date_cells.in_years({c.DUE: date_cells.when}, month == JANUARY)[c.DUE]
    return lambda cell: quarter_of(read_when(cell), month)


def read_plan(path: Path) -> tuple[Plan, list[Query]]:
    """The plan at `path`, and the queries that leave it usable.

    Raises RagtoolError, carrying every Error found, where the plan can't be used.
    """
    if not path.parent.is_dir():
        raise RagtoolError(f"There is no folder {path.parent}. Check the name.")
    if not path.is_file():
        raise RagtoolError(f"There is no plan at {path}. Put {path.name} there; ragtool new makes a blank one.")
    try:
        book = open_book(path, own_bounds)
    except NotAWorkbook as problem:
        raise RagtoolError(f"The plan {path} can't be used. {problem.at_hand}") from problem
    queries: list[Query] = [missing_sheet(book, sheet) for sheet in S.REQUIRED if book.sheet(sheet.name) is None]
    settings, settings_at, setting_queries = read_settings(book)
    queries += [*setting_queries, *typed_on_examples(book)]
    tables: dict[str, Table] = {}
    for sheet in S.ALL[1:]:
        table = read_plan_sheet(book, sheet, settings.financial_year_starts)
        tables[sheet.name] = without_strays(sheet.name, table)
        queries += tables[sheet.name].queries
    plan = replace(assemble_plan(book, settings, tables, queries), settings_at=settings_at)
    checks = [*needed_cells(tables), *(query for check in PLAN_CHECKS for query in check(plan))]
    queries += beyond(queries, checks, tables)
    if any(query.severity is Severity.ERROR for query in queries):
        raise RagtoolError(f"The plan {path} can't be used until this is put right:", queries)
    return plan, queries


def read_plan_sheet(book: Book, sheet: c.Sheet, month: int) -> Table:
    """One sheet of the plan, under its name or the one it had once; all its headings but the optional ones must be
    there.
    """
    named = sheet
    if book.sheet(sheet.name) is None and (once := S.NAMED_ONCE.get(sheet.name)) and book.sheet(once):
        named = c.Sheet(once, sheet.headings)
    later = LATER.get(sheet.name, set())
    essential = set(sheet.headings) - OPTIONAL - later
    readers = date_cells.in_years(READERS[sheet.name](month), month == JANUARY)
    table = read_table(book, named, readers, essential, later)
    return replace(table, queries=(*table.queries, *unread_columns(book, named, table.queries)))


def beyond(read: Sequence[Query], checks: Iterable[Query], tables: Mapping[str, Table]) -> list[Query]:
    """What the checks say beyond what reading did: nothing of a cell or sheet that couldn't be read, or of a sheet that
    lacks a column on which they rely.
    """
    cells_read = {(query.sheet, query.cell) for query in read if query.severity is Severity.ERROR}
    unusable = {query.sheet for query in read if not query.cell}
    unusable |= {name for name, table in tables.items() if not table.present.issuperset(RELIED_ON.get(name, ()))}
    unusable |= {once for name, once in S.NAMED_ONCE.items() if name in unusable}
    return [query for query in checks if (query.sheet, query.cell) not in cells_read and query.sheet not in unusable]


def missing_sheet(book: Book, sheet: c.Sheet) -> Query:
    """An Error about a sheet that the plan can't do without."""
    what = f"Add the sheet {sheet.name}, with these headings: {', '.join(sheet.headings)}."
    return Query(book.name, sheet.name, "", "", Severity.ERROR, f"There is no sheet named {sheet.name}.", what)


def assemble_plan(book: Book, settings: Settings, tables: Mapping[str, Table], queries: list[Query]) -> Plan:
    """The plan with its rows typed, names spelled alike, inherited values and figures filled in."""
    outcomes = typed(Outcome, tables[S.OUTCOMES.name].rows)
    areas = typed(ServiceArea, tables[S.SERVICE_AREAS.name].rows)
    panels = typed(Panel, tables[S.PANELS.name].rows)
    theme = Spelling(each.theme for each in outcomes)
    area = Spelling((each.name for each in areas), former_names(areas))
    panel = Spelling(each.name for each in panels)
    actions = [
        replace(
            each,
            theme=theme(each.theme),
            area=area(each.area),
            contributing=tuple(map(area, each.contributing)),
            panels=tuple(map(panel, each.panels)),
        )
        for each in typed(KeyAction, tables[S.KEY_ACTIONS.name].rows)
    ]
    measures = [
        replace(each, theme=theme(each.theme), area=area(each.area), panels=tuple(map(panel, each.panels)))
        for each in measures_of(tables[S.MEASURES.name].rows, queries)
    ]
    key = Spelling(each.key for each in (*actions, *measures))
    measures = [replace(each, key=key(each.key)) for each in measures]
    plan = Plan(
        file=book.name,
        settings=settings,
        fingerprint="",
        outcomes=tuple(replace(each, theme=theme(each.theme)) for each in outcomes),
        service_areas=areas,
        key_actions=tuple(replace(each, key=key(each.key)) for each in actions),
        milestones=tuple(
            replace(each, key=key(each.key), area=area(each.area) if each.area else None, due=each.due or UNDATED)
            for each in typed(Milestone, tables[S.MILESTONES.name].rows)
        ),
        measures=tuple(measures),
        panels=panels,
        earlier_quarters=read_earlier_quarters(tables[S.EARLIER.name].rows, measures, key, queries),
        overrides=tuple(
            replace(each, key=key(each.key) if each.key else None)
            for each in typed(Override, tables[S.OVERRIDES.name].rows)
        ),
    )
    return replace(plan, fingerprint=fingerprint(plan))


class Spelling:
    """Names as the sheet that lists them writes them, whatever their case, blanks and quotes elsewhere.

    A name that one of them had `formerly` is that one.
    """

    def __init__(self, names: Iterable[str], formerly: Mapping[str, Sequence[str]] | None = None) -> None:
        once = {name: called[0] for name, called in (formerly or {}).items() if len(called) == 1}
        self.known = once | {as_name(name): name for name in reversed([*names]) if name}

    def __call__(self, name: str) -> str:
        return self.known.get(as_name(name), name) if name else name


def fingerprint(plan: Plan) -> str:
    """A digest of everything that a return shows of the plan."""
    digest = hashlib.sha256(as_shown(plan.settings).encode())
    for row in shown_in_returns(plan):
        digest.update(repr(row).encode())
    return digest.hexdigest()[:16]


def as_shown(settings: Settings) -> str:
    """The settings, those that came later only where the plan uses them: returns that were made before stay of it."""
    usual = Settings()
    given = {each.name: getattr(settings, each.name) for each in fields(Settings) if each.repr}
    shown = {
        name: value for name, value in given.items() if name not in LATER_SETTINGS or value != getattr(usual, name)
    }
    return f"{Settings.__name__}({', '.join(f'{name}={value!r}' for name, value in shown.items())})"


def shown_in_returns(plan: Plan) -> Iterable[tuple[object, ...]]:
    """What returns show, or are made from, a row at a time."""
    for area in plan.service_areas:
        yield area.name or None, area.head, area.email
    for action in plan.key_actions:
        leads = (action.portfolio_leads, action.officer_leads)
        yield (
            *(action.key or None, action.title or None, action.theme or None, action.outcome_no or None, *leads),
            *(action.area or None, action.contributing, action.panels, action.action_plan, action.business_plan),
            *(action.status, action.starts, action.ends, action.formerly),
            *([action.rated_by] if action.rated_by is not RatedBy.MILESTONES else []),
        )
    for step in plan.milestones:
        yield (
            *(step.key or None, step.no or None, step.text or None, step.area, step.due, step.revised_due),
            *(step.decision, step.status),
        )
    for measure in plan.measures:
        yield shown_measure(measure)


def shown_measure(measure: Measure) -> tuple[object, ...]:
    """What returns show of a measure, or rate it by."""
    return (
        *(measure.key or None, measure.part, measure.title or None, measure.part_description, measure.theme or None),
        *(measure.outcome_no or None, measure.portfolio_leads, measure.officer_leads, measure.area or None),
        *(measure.panels, measure.unit or None, measure.decimals, measure.better_when, measure.basis),
        *(measure.straight_line, *measure.targets, measure.annual, measure.low, measure.high, measure.target_period),
        *(measure.three_year_target, measure.level, measure.red_beyond, measure.method, measure.weight),
        *(sorted(measure.reported_in), measure.data_source, measure.status, measure.starts, measure.ends),
        *(measure.formerly, measure.has_parts),
        *((name, value) for name in LATER_FIELDS if (value := getattr(measure, name)) is not None),
    )


LATER_FIELDS = ("green_within", "red_below", "red_above", "stretch")
"""What was added to measures later: a plan without it has the fingerprint that it had before."""
