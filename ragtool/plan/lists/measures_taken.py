"""The measures of a list, each with its unit, its targets, and which way is better."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ragtool import columns as c
from ragtool.model import Better, ItemStatus
from ragtool.plan.lists.entry_words import BEGIN_COUNTS, PERCENTAGES
from ragtool.plan.lists.list_doubts import Doubts
from ragtool.plan.lists.listed_figures import TargetSaid, decimals_of, figure_taken, says_nothing, target_said
from ragtool.plan.lists.listed_rows import ListedRow
from ragtool.plan.lists.past_taken import WITH_SIGN, may_be_a_share, take_past
from ragtool.plan.lists.taken_rows import READ_IN_ITS_UNIT, TakenRow, as_note, keep_as_note, taken_row
from ragtool.plan.plan_values import StoredValue
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.opening import Cell

S = c.PlanSheets
AIMED_AT = (*c.TARGET_QUARTERS, c.ANNUAL_TARGET)


def measures_taken(rows: Iterable[ListedRow], doubts: Doubts) -> Iterator[TakenRow]:
    """The measures and parts of a list."""
    for listed in rows:
        row = taken_row(listed, S.MEASURES, doubts)
        if not (row.text(c.MEASURE) or row.text(c.PART_DESCRIPTION) or row.text(c.PART)):
            row.doubt(
                doubts,
                c.MEASURE,
                "The row doesn't say what it measures.",
                "Type it in the plan, or delete the row there.",
            )
        take_figures(row, {name: cell for name, cell in listed.cells.items() if name in READ_IN_ITS_UNIT}, doubts)
        take_past(row, listed, doubts)
        yield row


def take_figures(row: TakenRow, cells: dict[str, Cell], doubts: Doubts) -> None:
    """Takes the figures of a measure into its row, in its unit; what isn't one stays as a note."""
    aims: dict[str, TargetSaid] = {}
    for name, cell in cells.items():
        if says_nothing(cell):
            keep_as_note(row, name, cell)
            continue
        try:
            aims[name] = target_said(cell)
        except Unreadable as fault:
            row.doubt(doubts, name, f"{fault.problem} It is kept under Note.", "Type the figure in the plan.")
            keep_as_note(row, name, cell)
    unit = unit_of_measure(row, aims, doubts)
    for name, aim in aims.items():
        take_figure(row, name, aim, cells[name], unit, doubts)
    figures = [row.values.get(name) for name in READ_IN_ITS_UNIT]
    if c.DECIMALS not in row.values:
        in_per_cent = [each * 100 if unit == "%" and isinstance(each, Decimal) else each for each in figures]
        if (decimals := decimals_of(in_per_cent)) is not None:
            row.values[c.DECIMALS] = decimals
    warn_of_a_years_count(row, unit, doubts)


def unit_of_measure(row: TakenRow, aims: dict[str, TargetSaid], doubts: Doubts) -> str:
    """A measure's unit: the list's own, else that which its figures show, else per cent where its name says so."""
    if c.UNIT in row.values or c.UNIT in row.notes:
        return row.text(c.UNIT)
    shown = list(dict.fromkeys(aim.unit for name, aim in aims.items() if aim.unit and name != c.BENCHMARK))
    if shown:
        row.values[c.UNIT] = shown[0]
        return shown[0]
    if aims and any("%" in row.headings[name] for name in aims if name in AIMED_AT):
        row.values[c.UNIT] = "%"
        return "%"
    name = row.text(c.MEASURE).casefold()
    if name.startswith(PERCENTAGES) and aims:
        row.values[c.UNIT] = "%"
        row.doubt(doubts, c.MEASURE, "Its unit is taken as %, since its name begins so.", "See whether that is so.")
    return row.text(c.UNIT)


def take_figure(row: TakenRow, name: str, aim: TargetSaid, cell: Cell, unit: str, doubts: Doubts) -> None:
    """Takes one figure, and what else its cell says."""
    try:
        value = figure_taken(aim.figure, unit)
        high = figure_taken(aim.high, unit) if aim.high else None
        if aim.high and name not in AIMED_AT:
            raise Unreadable(f"{quoted(as_note(cell))} is no single figure.", "Type the figure in the plan.")
    except Unreadable as fault:
        row.doubt(doubts, name, f"{fault.problem} It is kept under Note.", fault.what_to_do)
        keep_as_note(row, name, cell)
        return
    if isinstance(value, StoredValue):
        row.doubt(doubts, name, may_be_a_share(cell), WITH_SIGN)
    if high is not None:
        bounds = {c.RANGE_LOW: value, c.RANGE_HIGH: high}
        if any(row.values.setdefault(heading, bound) != bound for heading, bound in bounds.items()):
            row.doubt(doubts, name, "It is another range than the first of the row; it is kept under Note.", ONE_RANGE)
            keep_as_note(row, name, cell)
    else:
        row.values[name] = value
    if aim.better and name in AIMED_AT:
        take_direction(row, name, aim.better, cell, doubts)


ONE_RANGE = "A plan has one range for the year: see which it is to be."


def take_direction(row: TakenRow, name: str, better: Better, cell: Cell, doubts: Doubts) -> None:
    """Takes which way is better from a target that says it, and tells where the list says otherwise."""
    given = row.values.get(c.BETTER_WHEN)
    same_way = isinstance(given, Better) and better is not Better.IN_RANGE and given.upwards == better.upwards
    if given == better or (same_way and not better.strict):
        return
    said = quoted(as_note(cell))
    if given is None or same_way or better is Better.IN_RANGE:
        row.values[c.BETTER_WHEN] = better
        problem, what = f"{said} says that it is better {better}, and is taken so.", "See whether that is so."
    else:
        problem, what = (
            f"{said} says otherwise than that it is better {given}, which is taken.",
            "See which way is meant.",
        )
    row.doubt(doubts, name, problem, what)


def warn_of_a_years_count(row: TakenRow, unit: str, doubts: Doubts) -> None:
    """Tells of a count with one target for the year, against which a quarter's figure would always fall short."""
    counts = row.text(c.MEASURE).casefold().startswith(BEGIN_COUNTS) and unit != "%"
    alone = c.ANNUAL_TARGET in row.values and not any(name in row.values for name in c.TARGET_QUARTERS)
    rated = row.values.get(c.STATUS) not in (ItemStatus.DATA_ONLY, ItemStatus.CLOSED)
    lower = row.values.get(c.BETTER_WHEN) in (Better.LOWER, Better.LESS_THAN)
    if counts and alone and rated and not lower and c.BASIS not in row.values and c.REPORTED_IN not in row.values:
        problem = "It is one target for the year, against which each quarter's figure is held."
        what = "If the figure grows over the year, choose Year to date under Basis and Straight line under Profile."
        row.doubt(doubts, c.ANNUAL_TARGET, problem, what)
