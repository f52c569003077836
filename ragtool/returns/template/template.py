"""A service area's return: the workbook that `ragtool templates` writes and its officers fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.history.earlier import Earlier
from ragtool.looks.data_validation import EntryRule
from ragtool.looks.forms import MISSING
from ragtool.looks.palette import RATING_LOOKS, conditional_properties
from ragtool.looks.style import Style
from ragtool.model import Settings
from ragtool.plan.plan import Plan
from ragtool.quarters import Quarter
from ragtool.returns.template import guidance
from ragtool.returns.template import return_cells as cells
from ragtool.returns.template.area_items import AreaItems
from ragtool.returns.template.asked_gaps import gaps_asked
from ragtool.returns.template.entry_rules import Examples, entry_rules, sign_off_rules
from ragtool.returns.template.gaps import Gap
from ragtool.returns.template.prefill import last_figures_of_items, prefill_of_items
from ragtool.returns.template.return_rows import (
    Entries,
    MeasureRow,
    entered_in,
    is_rated_by_officer,
    key_action_rows,
    measure_rows,
    milestone_rows,
)
from ragtool.returns.template.return_sheet import (
    FIRST_ROW,
    HEADINGS_AT,
    ReturnCell,
    ReturnLayout,
    Running,
    write_return_table,
)
from ragtool.returns.template.rules_of_cells import (
    NEXT_ROWS,
    REVISION_ROWS,
    add_planned_rules,
    add_rules,
    rules_of_key_action,
    rules_of_measure,
)
from ragtool.workbooks.edit.growing_rows import with_growing_rows
from ragtool.workbooks.edit.held_formulas import HeldFormulas

R = c.ReturnSheets
KEYS, MEASURE_KEYS = "Keys", "Measure keys"
"""Lists for the drop-downs, on the hidden sheet beside its fields."""

LAYOUTS = {
    R.KEY_ACTIONS: ReturnLayout(
        R.KEY_ACTIONS,
        {c.KEY: 8, c.KEY_ACTION: 30, c.MILESTONES_DUE: 10, c.COMPLETE: 10, c.OVERDUE: 9, c.RAG_PREVIEW: 9}
        | {c.OWN_RATING: 10, c.REASON_OWN: 24, c.FORECAST: 10, c.RESOLUTION: 30, c.HIGHLIGHT: 30, c.ACTION_PLAN: 10}
        | {c.BUSINESS_PLAN: 10},
        frozen=2,
    ),
    R.MILESTONES: ReturnLayout(
        R.MILESTONES,
        {c.KEY: 8, c.KEY_ACTION: 20, c.NO: 5, c.MILESTONE: 34, c.DUE: 12, c.CARRIED_FROM: 11, c.LAST_REPORTED: 22}
        | {c.STATUS: 12, c.COMPLETED_ON: 12, c.QUALITY_CONCERN: 9, c.RESOLUTION: 36, c.REVISED_DATE: 12},
        frozen=4,
    ),
    R.MEASURES: ReturnLayout(
        R.MEASURES,
        {c.KEY: 7, c.PART: 5, c.MEASURE: 28, c.UNIT: 10, c.BETTER_WHEN: 8, c.BASIS: 10, c.LAST_FIGURE: 11}
        | {c.LAST_PERIOD: 11, c.INTERVENTION_LEVEL: 12, c.TARGET: 12, c.PERFORMANCE: 13, c.RAG_PREVIEW: 9}
        | {c.SHORTFALL: 14, c.BENCHMARK: 14, c.TARGET_PERIOD: 11, c.PERIOD: 11, c.DATA_STATUS: 14, c.DATA_AS_AT: 12}
        | {c.DATA_SOURCE: 18, c.OWN_RATING: 10, c.REASON_OWN: 20, c.FORECAST: 10, c.RESOLUTION: 28, c.BY_WHEN: 12}
        | {c.HIGHLIGHT: 28},
        frozen=3,
        pages_wide=2,  # on one page its 23 columns would be too small to read
    ),
    R.NEXT: ReturnLayout(R.NEXT, {c.KEY: 12, c.MILESTONE: 90, c.DUE: 18}),
    R.REVISIONS: ReturnLayout(
        R.REVISIONS, {c.KEY: 12, c.PART: 8, c.QUARTER: 14, c.REVISED_PERFORMANCE: 18, c.REASON: 80}
    ),
    R.SIGN_OFF: ReturnLayout(R.SIGN_OFF, {c.FIELD: 22, c.ENTRY: 70}),
}


def write_return(
    target: Path | BinaryIO,
    plan: Plan,
    quarter: Quarter,
    items: AreaItems,
    entries: Entries | None = None,
    earlier: Earlier | None = None,
) -> None:
    """Writes the return that asks for `items` in `quarter`.

    `entries` are what stands in the entry cells; rows of other service areas are passed over, except on Next milestones
    and Revisions, whose rows are all written. `earlier` are the quarters before, which let the previews show what they
    can't know from the return.
    """
    area, earlier = items.area, earlier or Earlier({})
    asked = milestone_rows(items, entries)
    actions = key_action_rows(items, asked, earlier, entries)
    measures = measure_rows(items, quarter, plan.settings, earlier, entries)
    wanted = columns_asked(plan.settings, items)
    signed = entered_in(entries, R.SIGN_OFF)
    free = entries or {}
    rows: dict[str, list[dict[str, ReturnCell]]] = {
        R.KEY_ACTIONS.name: cells.key_action_cells(actions, len(asked), quarter, plan.settings),
        R.MILESTONES.name: cells.all_milestone_cells(asked),
        R.MEASURES.name: cells.measure_cells(
            measures, quarter, plan.settings, c.with_asked_columns(R.MEASURES, wanted)
        ),
        R.NEXT.name: cells.free_cells(R.NEXT, free.get(R.NEXT.name, ()), NEXT_ROWS),
        R.REVISIONS.name: cells.free_cells(R.REVISIONS, free.get(R.REVISIONS.name, ()), REVISION_ROWS, plan.measure),
        R.SIGN_OFF.name: [cells.sign_off_cells(name, signed.get((name,), {})) for name in c.SignOff.ALL],
    }
    keys = list(dict.fromkeys([row.item.key for row in actions] + [row.milestone.key for row in asked]))
    measure_keys = list(dict.fromkeys(row.item.key for row in measures))
    like = Examples(quarter, plan.settings.financial_year_starts)
    rules = entry_rules(like)
    running = Running(plan.settings.organisation, area, str(quarter), plan.settings.handling_marking)
    yours = [row.item.key for row in actions if is_rated_by_officer(row.item, quarter, plan.settings)]
    gaps = gaps_asked(plan.settings, items, quarter, yours, wanted)

    held, formulas = BytesIO(), HeldFormulas()
    with Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(return_properties(plan, area, quarter))
        style = Style(book)
        guidance.write_guidance(book, style, plan, running, actions, measures, rows, gaps, formulas, yours)
        pages = {}
        for sheet in R.TABLES:
            layout = replace(LAYOUTS[sheet], sheet=c.with_asked_columns(sheet, wanted))
            page = pages[sheet] = write_return_table(book, style, layout, rows[sheet.name], running, formulas)
            own: list[Mapping[str, EntryRule]] = [{} for _ in rows[sheet.name]]
            if sheet is R.KEY_ACTIONS:
                own = [rules_of_key_action(row, yours) for row in actions]
            elif sheet is R.MEASURES:
                own = [rules_of_measure(row, like) for row in measures]
            elif sheet is R.SIGN_OFF:
                of_fields = sign_off_rules(like)
                own = [{c.ENTRY: of_fields[name]} for name in c.SignOff.ALL]
            add_rules(page, layout.sheet, own, rules.get(sheet.name, {}))
            colour_gaps(page, style, layout.sheet, len(rows[sheet.name]), gaps, formulas)
        colour_ratings(pages[R.KEY_ACTIONS], style, R.KEY_ACTIONS, len(actions), formulas)
        colour_ratings(pages[R.MEASURES], style, R.MEASURES, len(measures), formulas)
        add_planned_rules(pages, quarter, len(keys), len(measure_keys))
        write_about(book, plan, items, quarter, measures, {KEYS: keys, MEASURE_KEYS: measure_keys})
    whole = with_growing_rows(held.getvalue(), formulas)
    if isinstance(target, Path):
        target.write_bytes(whole)
    else:
        target.write(whole)


def columns_asked(settings: Settings, items: AreaItems) -> set[str]:
    """The columns that not every return has: Forecast where the plan asks for one, Benchmark where one of the measures
    has a figure to compare with.
    """
    wanted = {c.FORECAST} if settings.ask_for_a_forecast else set()
    return wanted | {c.BENCHMARK for measure in items.measures if measure.benchmark is not None}


def return_properties(plan: Plan, area: str, quarter: Quarter) -> dict[str, object]:
    """The document's properties. The date is the quarter's last day: the clock would change the bytes of every run."""
    last_day = quarter.last_day(plan.settings.financial_year_starts)
    return {
        "title": f"Performance return: {area}, {quarter}",
        "subject": plan.settings.plan_title,
        "company": plan.settings.organisation,
        "created": datetime.combine(last_day, time()),
    }


def colour_ratings(page: Worksheet, style: Style, sheet: c.Sheet, rows: int, formulas: HeldFormulas) -> None:
    """Colours the previews by their letters; every other state stays without a fill."""
    column = sheet.headings.index(c.RAG_PREVIEW)
    for rating in RATING_LOOKS:
        look, letters = style.bare(**conditional_properties(rating)), formulas.hold(f'"{rating}"')
        rule = {"type": "cell", "criteria": "==", "value": letters, "format": look, "stop_if_true": True}
        page.conditional_format(HEADINGS_AT + 1, column, HEADINGS_AT + max(rows, 1), column, rule)


def colour_gaps(
    page: Worksheet, style: Style, sheet: c.Sheet, rows: int, gaps: Sequence[Gap], formulas: HeldFormulas
) -> None:
    """Outlines the entries that are still missing."""
    look = style.bare(**MISSING)
    for gap in gaps:
        if gap.sheet == sheet and rows:
            column = sheet.headings.index(gap.heading)
            rule = {"type": "formula", "criteria": formulas.hold(gap.in_row(FIRST_ROW)), "format": look}
            page.conditional_format(HEADINGS_AT + 1, column, HEADINGS_AT + rows, column, rule)


def write_about(
    book: Workbook,
    plan: Plan,
    items: AreaItems,
    quarter: Quarter,
    measures: Sequence[MeasureRow],
    lists: Mapping[str, Sequence[str]],
) -> None:
    """The hidden sheet by which a return is known, whatever its file is called."""
    page = book.add_worksheet(R.ABOUT.name)
    values = {
        c.About.ORGANISATION: plan.settings.organisation,
        c.About.SERVICE_AREA: items.area,
        c.About.QUARTER: str(quarter),
        c.About.PLAN_TITLE: plan.settings.plan_title,
        c.About.TEMPLATE_VERSION: c.TEMPLATE_VERSION,
        c.About.PLAN_FINGERPRINT: plan.fingerprint,
        c.About.FILLED_IN: prefill_of_items(items, quarter),
        c.About.LAST_FIGURES: last_figures_of_items(measures),
    }
    page.write_row(0, 0, R.ABOUT.headings)
    for row, name in enumerate(c.About.ALL, 1):
        page.write_string(row, 0, name)
        page.write_string(row, 1, values[name])
    for column, (name, texts) in enumerate(lists.items(), 3):
        page.write_string(0, column, name)
        for row, text in enumerate(texts, 1):
            page.write_string(row, column, text)
    page.set_column(0, 4, 24)
    page.hide()
    page.protect()
