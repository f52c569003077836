"""The Measures sheet of a plan: rows as measures and parts, with what a part inherits and figures in their unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ragtool import columns as c
from ragtool.figures import PercentagePoints, Points
from ragtool.model import Basis, Better, IndexMethod, ItemStatus, Query, Severity, fold, item_name
from ragtool.plan.plan import MEASURE_STATUSES, Measure
from ragtool.plan.plan_figures import BOUNDS, FIGURES, PlanFigures, is_to_be_confirmed
from ragtool.sheets import cells, date_cells, figure_cells
from ragtool.sheets.tables import SheetRow
from ragtool.sheets.unreadable import quoted
from ragtool.workbooks.opening import Cell

OWN_LEVELS = (c.INTERVENTION_LEVEL, c.GREEN_WITHIN)

MEASURE_READERS: Mapping[str, cells.Reader] = {
    **dict.fromkeys((c.KEY, c.PART, c.OUTCOME_NO, c.FORMERLY), cells.key_or_number),
    c.PORTFOLIO_LEAD: cells.names,
    c.OFFICER_LEAD: cells.names,
    c.PANEL: cells.names,
    c.UNIT: cells.unit,
    c.DECIMALS: figure_cells.few_decimals,
    c.BETTER_WHEN: cells.choice(Better),
    c.BASIS: cells.choice(Basis),
    c.PROFILE: cells.straight_line,
    **dict.fromkeys((*FIGURES, c.THREE_YEAR_TARGET), cells.as_stored),
    c.TARGET_PERIOD: date_cells.period,
    **dict.fromkeys(OWN_LEVELS, figure_cells.level_or_points),
    c.INDEX_METHOD: cells.choice(IndexMethod),
    c.WEIGHT: figure_cells.number,
    c.REPORTED_IN: date_cells.quarter_numbers,
    c.STATUS: cells.choice(ItemStatus, MEASURE_STATUSES),
}
"""How each column reads, Starts and Ends aside; a figure reads once its unit is known."""

NOT_INHERITED = {c.KEY, c.PART, c.PART_DESCRIPTION, c.STRETCH_TARGET, c.FORMERLY}


def measures_of(rows: Sequence[SheetRow], queries: list[Query]) -> list[Measure]:
    """The measures and parts, in the sheet's order; what can't be read of their figures is None, with a query."""
    wholes = {fold(row[c.KEY]): row for row in rows if row[c.KEY] and row[c.PART] is None}
    divided = {fold(row[c.KEY]) for row in rows if row[c.KEY] and row[c.PART] is not None}
    inherited = [inherit(row, wholes) for row in rows]
    figures = read_figures(inherited, queries)
    has_parts = [row[c.PART] is None and fold(row[c.KEY] or "") in divided for row in inherited]
    inherited = [
        with_points_in_its_unit(row, parted, queries) for row, parted in zip(inherited, has_parts, strict=True)
    ]
    return [measure_of_row(row, read, parted) for row, read, parted in zip(inherited, figures, has_parts, strict=True)]


def inherit(row: SheetRow, wholes: Mapping[str, SheetRow]) -> SheetRow:
    """A part with what it leaves blank taken from its measure."""
    whole = wholes.get(fold(row[c.KEY] or "")) if row[c.PART] is not None else None
    if whole is None:
        return row
    given = {heading: value for heading, value in whole.values.items() if heading not in NOT_INHERITED}
    return SheetRow(row.at, {**given, **row.values})


def with_points_in_its_unit(row: SheetRow, has_parts: bool, queries: list[Query]) -> SheetRow:
    """A row whose levels in percentage points are points of its unit, `%`; an Error where it has another one.

    Those of a measure that `has_parts` hold for its parts alone, in their units.
    """
    levels = {heading: row[heading] for heading in OWN_LEVELS if isinstance(row[heading], PercentagePoints)}
    points = {heading: Points(level.size) for heading, level in levels.items()}
    if row[c.UNIT] != "%" and not has_parts:
        name = item_name(row[c.KEY], row[c.PART])
        unit = f"the unit is {quoted(row[c.UNIT])}" if row[c.UNIT] else "there is no unit"
        for heading, level in points.items():
            problem = f"The level is in percentage points, and {unit}."
            what = f"Type {level} for a distance in the measure's own unit, or put % under Unit."
            queries.append(row.at.query(heading, name, problem, what, Severity.ERROR))
    return SheetRow(row.at, {**row.values, **points}) if points else row


def read_figures(rows: Sequence[SheetRow], queries: list[Query]) -> list[Mapping[str, Any]]:
    """The targets and limits of each row as figures in its unit.

    A range of which an end is to be confirmed has no other end either: blank, it would be open on that side. Measures
    come before the parts that take a cell from them, so that it is told of once, where it stands.
    """
    read: dict[int, dict[str, Any]] = {}
    reading = PlanFigures(queries)
    for number in sorted(range(len(rows)), key=lambda number: rows[number][c.PART] is not None):
        row, figures = rows[number], read.setdefault(number, {})
        for heading in (*FIGURES, c.THREE_YEAR_TARGET):
            if isinstance(cell := row[heading], Cell) and c.UNIT in row.at.letters:
                name = item_name(row[c.KEY], row[c.PART])
                figures[heading] = reading.read(cell, row[c.UNIT] or "", heading, row.at, name)
        if any(is_to_be_confirmed(row[heading]) for heading in BOUNDS):
            figures.update(dict.fromkeys(BOUNDS))
    reading.tell_unclear()
    return [read[number] for number in range(len(rows))]


def measure_of_row(row: SheetRow, figures: Mapping[str, Any], has_parts: bool) -> Measure:
    """A row of the sheet, with its figures, as a measure or part; what is blank is what a blank means."""
    first, second, third, fourth = (figures.get(heading) for heading in c.TARGET_QUARTERS)
    return Measure(
        at=row.at,
        key=row[c.KEY] or "",
        part=row[c.PART],
        title=row[c.MEASURE] or "",
        part_description=row[c.PART_DESCRIPTION],
        theme=row[c.THEME] or "",
        outcome_no=row[c.OUTCOME_NO] or "",
        portfolio_leads=row[c.PORTFOLIO_LEAD] or (),
        officer_leads=row[c.OFFICER_LEAD] or (),
        area=row[c.SERVICE_AREA] or "",
        panels=row[c.PANEL] or (),
        unit=row[c.UNIT] or "",
        decimals=row[c.DECIMALS],
        better_when=row[c.BETTER_WHEN],
        better=row[c.BETTER_WHEN] or Better.HIGHER,
        basis=row[c.BASIS] or Basis.QUARTER,
        straight_line=row[c.PROFILE] or False,
        targets=(first, second, third, fourth),
        annual=figures.get(c.ANNUAL_TARGET),
        low=figures.get(c.RANGE_LOW),
        high=figures.get(c.RANGE_HIGH),
        target_period=row[c.TARGET_PERIOD],
        three_year_target=figures.get(c.THREE_YEAR_TARGET),
        level=row[c.INTERVENTION_LEVEL],
        green_within=row[c.GREEN_WITHIN],
        red_beyond=figures.get(c.RED_BEYOND),
        red_below=figures.get(c.RED_BELOW),
        red_above=figures.get(c.RED_ABOVE),
        stretch=figures.get(c.STRETCH_TARGET),
        benchmark=figures.get(c.BENCHMARK),
        benchmark_is=row[c.BENCHMARK_IS],
        method=row[c.INDEX_METHOD],
        weight=Decimal(1) if row[c.WEIGHT] is None else row[c.WEIGHT],
        reported_in=row[c.REPORTED_IN] or frozenset(),
        data_source=row[c.DATA_SOURCE],
        status=row[c.STATUS] or ItemStatus.ACTIVE,
        starts=row[c.STARTS],
        ends=row[c.ENDS],
        formerly=row[c.FORMERLY],
        has_parts=has_parts,
    )
