"""The cells of each sheet of a return: what is locked, what is open to entry, and which are formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ragtool import columns as c
from ragtool import rules
from ragtool.figures import Points, show, show_day
from ragtool.looks.forms import DAY, LEVEL, TEXT
from ragtool.looks.unit_formats import none_called, points_name, size_format, worse_or_better
from ragtool.model import ItemId, ItemStatus, MilestoneStatus, Rating, Settings, item_id
from ragtool.plan.due_milestones import DueMilestone
from ragtool.plan.plan import Measure
from ragtool.quarters import Quarter
from ragtool.returns.target_cell import target_shown
from ragtool.returns.template import preview, preview_key_actions
from ragtool.returns.template.preview import MeasureCells, fixed_rating, in_own_points
from ragtool.returns.template.preview_indexes import PartRow, index_formulas
from ragtool.returns.template.preview_key_actions import KeyActionCells, MilestoneRanges
from ragtool.returns.template.return_rows import Entered, KeyActionRow, MeasureRow, MilestoneRow, rate_here
from ragtool.returns.template.return_sheet import FIRST_ROW, Look, ReturnCell, column_range, letter
from ragtool.rules.levels import index_levels, own_levels
from ragtool.rules.limits import has_limits, limits_in_words

R = c.ReturnSheets

DATES = (c.COMPLETED_ON, c.REVISED_DATE, c.DATA_AS_AT)
DATES_OR_TEXT = (c.DUE, c.BY_WHEN)
"""Entries that hold a day or a quarter: a day is shown as one, a text as it is."""

READ_OF_KEY_ACTIONS = (c.KEY, c.MILESTONES_DUE, c.COMPLETE, c.OVERDUE, c.OWN_RATING)
"""What the formulas of a key action's row read there."""

OF_PARTS = (c.PERFORMANCE, c.PERIOD, c.DATA_AS_AT, c.DATA_STATUS, c.DATA_SOURCE)
"""Entries that a measure with parts doesn't have: its parts do."""


def entry_cell(heading: str, value: object, number_format: str = "") -> ReturnCell:
    """An entry cell. Free text is kept as typed: Excel must not make a date of `2011/12`."""
    shape = number_format or (DAY if heading in DATES + DATES_OR_TEXT else TEXT)
    # A rating is chosen from the list as a word; its letters stand in the preview.
    return ReturnCell(value.word if isinstance(value, Rating) else value, Look.ENTRY, shape)


def entries(sheet: c.Sheet, entered: Entered) -> dict[str, ReturnCell]:
    """The entry cells of a row."""
    empty = EMPTY_ENTRIES[sheet.name]
    return empty | {heading: entry_cell(heading, entered[heading]) for heading in empty if heading in entered}


EMPTY_ENTRIES = {
    name: {heading: entry_cell(heading, None) for heading in headings} for name, headings in c.ENTRY_HEADINGS.items()
}
"""The entry cells of a row in which nothing is entered, by sheet: most rows are like that."""


def key_action_cells(
    actions: Sequence[KeyActionRow], milestones: int, quarter: Quarter, settings: Settings
) -> list[dict[str, ReturnCell]]:
    """The rows of the Key actions sheet; their formulas count in the Milestones sheet, which has so many rows."""
    ranges = MilestoneRanges(
        *(column_range(R.MILESTONES, heading, milestones) for heading in (c.KEY, c.STATUS, c.QUALITY_CONCERN))
    )
    rows = []
    for number_, action in enumerate(actions, FIRST_ROW):
        place = KeyActionCells(*(f"{letter(R.KEY_ACTIONS, heading)}{number_}" for heading in READ_OF_KEY_ACTIONS))
        rating = preview_key_actions.key_action_rating(
            action.item, quarter, settings, place, ranges, action.previous, action.shared
        )
        key, count = place.key, preview_key_actions.milestone_count
        rows.append(
            {
                c.KEY: ReturnCell(action.item.key),
                c.KEY_ACTION: ReturnCell(action.item.title),
                c.MILESTONES_DUE: ReturnCell(action.counts[0], formula=count(key, ranges)),
                c.COMPLETE: ReturnCell(action.counts[1], formula=count(key, ranges, MilestoneStatus.COMPLETE)),
                c.OVERDUE: ReturnCell(action.counts[2], formula=count(key, ranges, MilestoneStatus.OVERDUE)),
                c.RAG_PREVIEW: ReturnCell(rate_here(action, quarter, settings), Look.RATING, formula=rating),
                **entries(R.KEY_ACTIONS, action.entered),
            }
        )
    return rows


def all_milestone_cells(asked: Sequence[MilestoneRow]) -> list[dict[str, ReturnCell]]:
    """The rows of the Milestones sheet. A key action's title stands whole in the first of its rows, and quietly after
    it: a long one would else make every row as high as itself.
    """
    rows = [milestone_cells(row) for row in asked]
    for row, above in zip(rows[1:], rows, strict=False):
        if all(row[heading].value == above[heading].value for heading in (c.KEY, c.KEY_ACTION)):
            row[c.KEY_ACTION] = row[c.KEY_ACTION]._replace(look=Look.AGAIN)
    return rows


def milestone_cells(row: MilestoneRow) -> dict[str, ReturnCell]:
    """A row of the Milestones sheet."""
    step = row.milestone
    return {
        c.KEY: ReturnCell(step.key),
        c.KEY_ACTION: ReturnCell(row.title),
        c.NO: ReturnCell(step.no),
        c.MILESTONE: ReturnCell(step.text),
        c.DUE: ReturnCell(step.due_by),
        c.CARRIED_FROM: ReturnCell(step.carried_or_moved_from),
        c.LAST_REPORTED: ReturnCell(last_reported(step) or None),
        **entries(R.MILESTONES, row.entered),
    }


def last_reported(step: DueMilestone) -> str:
    """What the last report proposed for a milestone that is carried forward."""
    revised = f"Revised date: {show_day(step.last_revised_date)}." if step.last_revised_date else ""
    return "\n".join(text for text in (step.last_resolution, revised) if text) if step.carried_from else ""


def measure_cells(
    measures: Sequence[MeasureRow], quarter: Quarter, settings: Settings, sheet: c.Sheet = R.MEASURES
) -> list[dict[str, ReturnCell]]:
    """The rows of the Measures sheet, whose columns are those of `sheet`."""
    places = [measure_places(sheet, number_) for number_ in range(FIRST_ROW, FIRST_ROW + len(measures))]
    asked = asked_cells([row.item for row in measures], quarter, settings)
    rows = []
    for row, place, planned in zip(measures, places, asked, strict=True):
        if row.item.has_parts:
            parts = [PartRow(part, None if at is None else places[at]) for part, at in row.parts]
            shortfall, rating = index_formulas(row.item, parts, quarter, settings, place, row.to_beat)
        else:
            shortfall = preview.measure_shortfall(row.item, quarter, settings, place, row.stands)
            rating = preview.measure_rating(row.item, quarter, settings, place, row.to_beat, row.stands)
        shape = figure_format(row.item)
        filled = entries(R.MEASURES, row.entered)
        filled[c.PERFORMANCE] = entry_cell(c.PERFORMANCE, row.entered.get(c.PERFORMANCE), shape)
        if row.item.has_parts:
            filled |= {heading: ReturnCell(row.entered.get(heading)) for heading in OF_PARTS}
        rows.append(
            {
                **planned,
                **last_cells(row),
                c.SHORTFALL: ReturnCell(
                    row.shortfall,
                    number_format=shortfall_format(row.item),
                    formula=shortfall,
                ),
                c.RAG_PREVIEW: ReturnCell(row.preview, Look.RATING, formula=rating),
                **filled,
            }
        )
    return rows


SPARE_DECIMALS = 6
"""More decimals that a Shortfall in points has where a figure that misses by little would else look as if it didn't."""


def shortfall_format(measure: Measure) -> str:
    """The number format of a measure's Shortfall, in words: of a share in per cent, or of points of its unit."""
    size = "0.0%"
    if in_own_points(measure):
        size = size_format(points_name(measure.unit), max(1, measure.decimals or 0), SPARE_DECIMALS)
    return worse_or_better(size, none_called(measure.better_when))


def asked_cells(measures: Sequence[Measure], quarter: Quarter, settings: Settings) -> list[dict[str, ReturnCell]]:
    """What the rows of the Measures sheet say of the measures and parts asked for."""
    keys = {measure.key for measure in measures if measure.part is None}
    return [
        {
            c.KEY: ReturnCell(measure.key),
            c.PART: ReturnCell(measure.part),
            c.MEASURE: ReturnCell(measure_name(measure, measure.key in keys)),
            c.UNIT: ReturnCell(measure.unit or None),
            c.BETTER_WHEN: ReturnCell(measure.better_when),
            c.BASIS: ReturnCell(None if measure.has_parts else measure.basis),
            c.BENCHMARK: benchmark_cell(measure),
            c.TARGET: target_cell(measure, quarter, settings),
            c.INTERVENTION_LEVEL: level_cell(measure, settings),
            c.TARGET_PERIOD: ReturnCell(None if measure.has_parts else measure.target_period or str(quarter)),
        }
        for measure in measures
    ]


def measure_places(sheet: c.Sheet, row: int) -> MeasureCells:
    """The cells of a measure's row that formulas read."""
    headings = (c.PERFORMANCE, c.DATA_STATUS, c.SHORTFALL, c.RAG_PREVIEW)
    return MeasureCells(*(f"{letter(sheet, heading)}{row}" for heading in headings))


def measure_name(measure: Measure, below_its_measure: bool) -> str:
    """What a row is called: a part by its own description, with its measure's where that isn't in this return."""
    if measure.part is None or not measure.part_description:
        return measure.title
    return measure.part_description if below_its_measure else measure.description


def target_cell(measure: Measure, quarter: Quarter, settings: Settings) -> ReturnCell:
    """What the figure is held against this quarter, or why nothing is."""
    due = fixed_rating(measure, quarter, settings) is not Rating.NOT_DUE
    target = target_shown(measure, quarter, due)
    if isinstance(target, Decimal):
        return ReturnCell(target, number_format=figure_format(measure, target))
    return ReturnCell(target)


def benchmark_cell(measure: Measure) -> ReturnCell:
    """A figure to compare with, and whose it is: `76.3 % (England average)`."""
    if measure.benchmark is None:
        return ReturnCell()
    whose = f" ({measure.benchmark_is})" if measure.benchmark_is else ""
    return ReturnCell(f"{show(measure.benchmark, measure.unit)}{whose}")


def level_cell(measure: Measure, settings: Settings) -> ReturnCell:
    """How far the figure may fall short of its target, or the limits that it is rated by instead."""
    if measure.status is not ItemStatus.ACTIVE:
        return ReturnCell(number_format=LEVEL)
    if has_limits(measure) and not measure.has_parts:
        return ReturnCell(limits_in_words(measure))
    level = index_levels(measure, settings)[0] if measure.has_parts else own_levels(measure, settings).amber
    return ReturnCell(str(level) if isinstance(level, Points) else level, number_format=LEVEL)


def last_cells(row: MeasureRow) -> dict[str, ReturnCell]:
    """The last figure, to hold the new one against."""
    measure, last = row.item, row.last
    figure, period = (last.performance, last.period or str(last.quarter)) if last else (None, None)
    return {
        c.LAST_FIGURE: ReturnCell(figure, number_format=figure_format(measure, figure)),
        c.LAST_PERIOD: ReturnCell(period),
    }


def figure_format(measure: rules.Criteria, exactly: Decimal | None = None) -> str:
    """The number format of a measure's figures; with `exactly`, with as many decimals as that figure needs.

    A target of 15.5 must not be shown as 16 where the measure has no decimals, or the rating looks wrong.
    """
    percent = measure.unit == "%"
    if measure.decimals is None and exactly is None:
        return "0.0#%" if percent else "General"
    decimals = measure.decimals or 0
    if exactly is not None:
        shown = exactly * 100 if percent else exactly
        exponent = shown.normalize().as_tuple().exponent
        decimals = max(decimals, -exponent if isinstance(exponent, int) else 0)
    digits = "0" + ("." + "0" * decimals if decimals else "")
    return f"{digits}%" if percent else f"#,##{digits}"


def free_cells(
    sheet: c.Sheet, rows: Sequence[Entered], least: int, measures: Mapping[ItemId, Measure] | None = None
) -> list[dict[str, ReturnCell]]:
    """The rows of a sheet that officers write from scratch: those given, then empty ones.

    `measures` say in which unit a figure is.
    """
    empty: Entered = {}
    filled = []
    for row in [*rows, *[empty] * max(0, least - len(rows))]:
        cells = entries(sheet, row)
        if c.REVISED_PERFORMANCE in cells:
            measure = (measures or {}).get(item_id(str(row.get(c.KEY) or ""), str(row.get(c.PART) or "")))
            shape = "0.0#%" if measure and measure.unit == "%" else "General"
            cells[c.REVISED_PERFORMANCE] = entry_cell(c.REVISED_PERFORMANCE, row.get(c.REVISED_PERFORMANCE), shape)
        filled.append(cells)
    return filled


def sign_off_cells(name: str, entered: Entered) -> dict[str, ReturnCell]:
    """A row of the Sign-off sheet."""
    shape = DAY if name == c.SignOff.DATE else TEXT
    return {c.FIELD: ReturnCell(name), c.ENTRY: entry_cell(c.ENTRY, entered.get(c.ENTRY), shape)}
