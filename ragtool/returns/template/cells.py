"""The cells of each sheet of a return: what is locked, what is open to entry, and which are formulas."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from ragtool import columns as c
from ragtool import rules
from ragtool.figures import number, show
from ragtool.frames import Row, records
from ragtool.looks.forms import DAY, SHORTFALL, TEXT
from ragtool.model import Better, ItemStatus, MilestoneStatus, Rating, Settings
from ragtool.plan.plan import BY_PARTS
from ragtool.quarters import Quarter
from ragtool.returns.template import preview
from ragtool.returns.template.preview import MeasureCells, MilestoneRanges, fixed_rating
from ragtool.returns.template.preview_indexes import PartRow, index_formulas
from ragtool.returns.template.rows import KeyActionRow, MeasureRow, rate_here
from ragtool.returns.template.sheet import Cell, Look, column_range, letter

R = c.ReturnSheets

DATES = (c.COMPLETED_ON, c.REVISED_DATE, c.DATA_AS_AT)
DATES_OR_TEXT = (c.DUE, c.BY_WHEN)
"""Entries that hold a day or a quarter: a day is shown as one, a text as it is."""

OF_PARTS = (c.PERFORMANCE, c.PERIOD, c.DATA_AS_AT, c.DATA_STATUS, c.DATA_SOURCE)
"""Entries that a measure with parts doesn't have: its parts do."""


def entry(heading: str, value: object, number_format: str = "") -> Cell:
    """An entry cell. Free text is kept as typed: Excel must not make a date of `2011/12`."""
    shape = number_format or (DAY if heading in DATES + DATES_OR_TEXT else TEXT)
    # A rating is chosen from the list as a word; its letters stand in the preview.
    return Cell(value.word if isinstance(value, Rating) else value, Look.ENTRY, shape)


def entries(sheet: c.Sheet, entered: Row) -> dict[str, Cell]:
    """The entry cells of a row."""
    return {heading: entry(heading, entered.get(heading)) for heading in c.ENTRY_HEADINGS[sheet.name]}


def key_action_cells(
    actions: Sequence[KeyActionRow], milestones: int, quarter: Quarter, settings: Settings
) -> list[dict[str, Cell]]:
    """The rows of the Key actions sheet; their formulas count in the Milestones sheet, which has so many rows."""
    ranges = MilestoneRanges(
        *(column_range(R.MILESTONES, heading, milestones) for heading in (c.KEY, c.STATUS, c.QUALITY_CONCERN))
    )
    rows = []
    for number_, action in enumerate(actions, 2):
        key, due, complete, overdue = (
            f"{letter(R.KEY_ACTIONS, heading)}{number_}" for heading in (c.KEY, c.MILESTONES_DUE, c.COMPLETE, c.OVERDUE)
        )
        rating = preview.key_action_rating(
            action.facts, quarter, settings, (due, complete, overdue), key, ranges, action.previous, action.shared
        )
        count = preview.milestone_count
        rows.append(
            {
                c.KEY: Cell(action.plan[c.KEY]),
                c.KEY_ACTION: Cell(action.plan[c.KEY_ACTION]),
                c.MILESTONES_DUE: Cell(action.counts[0], formula=count(key, ranges)),
                c.COMPLETE: Cell(action.counts[1], formula=count(key, ranges, MilestoneStatus.COMPLETE)),
                c.OVERDUE: Cell(action.counts[2], formula=count(key, ranges, MilestoneStatus.OVERDUE)),
                c.RAG_PREVIEW: Cell(rate_here(action, quarter, settings), Look.RATING, formula=rating),
                **entries(R.KEY_ACTIONS, action.entered),
            }
        )
    return rows


def milestone_cells(row: Row) -> dict[str, Cell]:
    """A row of the Milestones sheet."""
    locked = {heading: Cell(row.get(heading)) for heading in R.MILESTONES.headings}
    return locked | entries(R.MILESTONES, row)


def measure_cells(measures: Sequence[MeasureRow], quarter: Quarter, settings: Settings) -> list[dict[str, Cell]]:
    """The rows of the Measures sheet."""
    places = [measure_places(number_) for number_ in range(2, len(measures) + 2)]
    keys = {row.plan[c.KEY] for row in measures if row.plan[c.PART] is None}
    rows = []
    for row, place in zip(measures, places, strict=True):
        if row.is_index:
            parts = [PartRow(facts, None if at is None else places[at]) for facts, at in row.parts]
            shortfall, rating = index_formulas(row.facts, parts, quarter, settings, place, row.to_beat)
        else:
            shortfall = preview.measure_shortfall(row.facts, quarter, settings, place)
            rating = preview.measure_rating(row.facts, quarter, settings, place, row.to_beat)
        shape = figure_format(row.facts)
        filled = entries(R.MEASURES, row.entered)
        filled[c.PERFORMANCE] = entry(c.PERFORMANCE, row.entered.get(c.PERFORMANCE), shape)
        if row.is_index:
            filled |= {heading: Cell(row.entered.get(heading)) for heading in OF_PARTS}
        rows.append(
            {
                c.KEY: Cell(row.plan[c.KEY]),
                c.PART: Cell(row.plan[c.PART]),
                c.MEASURE: Cell(measure_name(row.plan, row.plan[c.KEY] in keys)),
                c.UNIT: Cell(row.plan[c.UNIT]),
                c.BETTER_WHEN: Cell(row.plan[c.BETTER_WHEN]),
                c.TARGET: target_cell(row, quarter, settings),
                c.TARGET_PERIOD: Cell(None if row.is_index else row.plan[c.TARGET_PERIOD] or str(quarter)),
                c.SHORTFALL: Cell(row.shortfall, number_format=SHORTFALL, formula=shortfall),
                c.RAG_PREVIEW: Cell(row.preview, Look.RATING, formula=rating),
                **filled,
            }
        )
    return rows


def measure_places(row: int) -> MeasureCells:
    """The cells of a measure's row that formulas read."""
    headings = (c.PERFORMANCE, c.DATA_STATUS, c.SHORTFALL, c.RAG_PREVIEW)
    return MeasureCells(*(f"{letter(R.MEASURES, heading)}{row}" for heading in headings))


def measure_name(row: Row, below_its_measure: bool) -> object:
    """What a row is called: a part by its own description, with its measure's where that isn't in this return."""
    description = row[c.PART_DESCRIPTION]
    if row[c.PART] is None or not description:
        return row[c.MEASURE]
    return description if below_its_measure else f"{row[c.MEASURE]}: {description}"


def target_cell(row: MeasureRow, quarter: Quarter, settings: Settings) -> Cell:
    """What the figure is held against this quarter, or why nothing is."""
    facts = row.facts
    if row.is_index:
        return Cell(BY_PARTS)
    bounds = [bound for bound in (facts.low, facts.high) if bound is not None]
    if facts.better is Better.IN_RANGE and bounds:
        ends = [show(end, facts.unit) if facts.unit == "%" else number(end) for end in bounds]
        open_end = "or less" if facts.low is None else "or more"
        return Cell(f"{ends[0]} to {ends[1]}" if len(ends) == 2 else f"{ends[0]} {open_end}")
    target = rules.target_for(facts, quarter)
    if target is not None:
        return Cell(target, number_format=figure_format(facts, target))
    if facts.status in (ItemStatus.UNDER_DEVELOPMENT, ItemStatus.DATA_ONLY):
        return Cell(facts.status)
    not_due = fixed_rating(facts, quarter, settings) is Rating.NOT_DUE
    return Cell("Not due this quarter" if not_due else "Not set yet")


def figure_format(facts: rules.Criteria, exactly: Decimal | None = None) -> str:
    """The number format of a measure's figures; with `exactly`, with as many decimals as that figure needs.

    A target of 15.5 must not be shown as 16 where the measure has no decimals, or the rating looks wrong.
    """
    percent = facts.unit == "%"
    if facts.decimals is None and exactly is None:
        return "0.0#%" if percent else "General"
    decimals = facts.decimals or 0
    if exactly is not None:
        shown = exactly * 100 if percent else exactly
        exponent = shown.normalize().as_tuple().exponent
        decimals = max(decimals, -exponent if isinstance(exponent, int) else 0)
    digits = "0" + ("." + "0" * decimals if decimals else "")
    return f"{digits}%" if percent else f"#,##{digits}"


def free_cells(
    sheet: c.Sheet, rows: Sequence[Row], least: int, measures: pd.DataFrame | None = None
) -> list[dict[str, Cell]]:
    """The rows of a sheet that officers write from scratch: those given, then empty ones."""
    units = {} if measures is None else {(row[c.KEY], row[c.PART]): row[c.UNIT] for row in records(measures)}
    filled = []
    for row in [*rows, *[Row()] * max(0, least - len(rows))]:
        cells = entries(sheet, row)
        if c.REVISED_PERFORMANCE in cells:
            percent = units.get((row.get(c.KEY), row.get(c.PART))) == "%"
            shape = "0.0#%" if percent else "General"
            cells[c.REVISED_PERFORMANCE] = entry(c.REVISED_PERFORMANCE, row.get(c.REVISED_PERFORMANCE), shape)
        filled.append(cells)
    return filled


def sign_off_cells(name: str, entered: Row) -> dict[str, Cell]:
    """A row of the Sign-off sheet."""
    shape = DAY if name == c.SignOff.DATE else TEXT
    return {c.FIELD: Cell(name), c.ENTRY: entry(c.ENTRY, entered.get(c.ENTRY), shape)}
