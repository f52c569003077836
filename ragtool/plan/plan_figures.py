"""The figures of a plan, each read in the unit of the measure that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ragtool import columns as c
from ragtool.figures import exact, show
from ragtool.model import ItemId, Place, Query, Severity, item_id, item_name
from ragtool.plan.plan import UNDATED, EarlierQuarter, Measure
from ragtool.sheets import cells, figure_cells
from ragtool.sheets.figure_cells import ShareOrPercentage
from ragtool.sheets.tables import SheetRow
from ragtool.sheets.typed_figures import is_no_answer, is_not_set_yet
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.opening import Cell

FIGURES = (*c.TARGET_QUARTERS, c.ANNUAL_TARGET, c.RANGE_LOW, c.RANGE_HIGH, c.STRETCH_TARGET, c.RED_BEYOND) + (
    c.RED_BELOW,
    c.RED_ABOVE,
    c.BENCHMARK,
)
"""Columns of the Measures sheet whose reading depends on the row's Unit."""

BOUNDS = (c.RANGE_LOW, c.RANGE_HIGH)
TARGETS = {*c.TARGET_QUARTERS, c.ANNUAL_TARGET, *BOUNDS, c.STRETCH_TARGET, c.TARGET}
"""Columns that a plan may leave to be confirmed."""


MOST_NAMED = 5
"""Rows that the one message about a column names beside its own."""


@dataclass(frozen=True)
class Whose:
    """The row that a figure stands in, and what it is about."""

    at: Place
    name: str


@dataclass
class PlanFigures:
    """The figures of a plan's sheet as they are read; `queries` takes what is wrong with each cell, once.

    What may be a share or a percentage is kept until all are read, and told of once a column: who types one so types
    them all so. `stands` knows where a cell was read first, which other rows may take from there.
    """

    queries: list[Query]
    unclear: dict[str, list[tuple[Whose, ShareOrPercentage]]] = field(default_factory=dict)
    stands: dict[int, Whose] = field(default_factory=dict)
    amiss: set[int] = field(default_factory=set)

    def read(self, cell: Cell, unit: str, heading: str, at: Place, name: str) -> Any:
        """A figure in its row's unit, in words where words may stand; None, with an Error, where it can't be read.

        A target that is still to be confirmed is none, with a Query.
        """
        whose = self.stands.setdefault(id(cell), Whose(at, name))
        try:
            refuse_percentage(cell, unit)
            return figure_cells.figure(cell, unit, bare_percent=True)
        except Unreadable as fault:
            if heading == c.THREE_YEAR_TARGET and not (cell.fault or cell.looks or is_number(cell)):
                return cells.text(cell)
            if id(cell) not in self.amiss:
                self.tell(cell, heading, whose, fault)
            self.amiss.add(id(cell))
            return None

    def tell(self, cell: Cell, heading: str, whose: Whose, fault: Unreadable) -> None:
        """What is wrong with a cell, as a query, or kept for its column's."""
        severity, problem, what = Severity.ERROR, fault.problem, fault.what_to_do
        if isinstance(fault, ShareOrPercentage):
            self.unclear.setdefault(heading, []).append((whose, fault))
            return
        if isinstance(cell.value, str) and is_no_answer(cell.value):
            what = "Leave the cell blank until there is a figure."
        if heading in TARGETS and is_to_be_confirmed(cell):
            severity = Severity.QUERY
            problem = f"{quoted(cells.text(cell))} is read as no {'range' if heading in BOUNDS else 'target'} yet."
        self.queries.append(whose.at.query(heading, whose.name, problem, what, severity))

    def tell_unclear(self) -> None:
        """An Error for each column with figures that may be shares or percentages."""
        for heading, unclear in self.unclear.items():
            (whose, fault), *others = sorted(unclear, key=lambda each: each[0].at.row)
            problem, what = fault.problem, fault.what_to_do
            if others:
                once = len({each.name for each, _ in unclear}) == len(unclear)
                named = [other.name if once else f"{other.name} (row {other.at.row})" for other, _ in others]
                names = ", ".join(named[:MOST_NAMED])
                more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
                problem += f" The same column has such figures for {names}{more} too."
                what += f" Where {fault.readings[1]} % is meant, these cells can be formatted as percentages instead."
            self.queries.append(whose.at.query(heading, whose.name, problem, what, Severity.ERROR))


def refuse_percentage(cell: Cell, unit: str) -> None:
    """Raises Unreadable where a cell is formatted as a percentage and its measure isn't in per cent."""
    if cell.percent and unit != "%" and isinstance(cell.value, int | float) and not cell.fault:
        raise Unreadable(
            f"The cell shows {show(exact(cell.value), '%')}, but the unit is {quoted(unit) if unit else 'blank'}.",
            "Put % under Unit, or format the cell as a number and type the figure again.",
        )


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a bare number, typed as text or not."""
    try:
        figure_cells.number(cell)
    except Unreadable:
        return False
    return True


def is_to_be_confirmed(cell: object) -> bool:
    """Whether a cell says only that its figure is still to be confirmed."""
    return isinstance(cell, Cell) and isinstance(cell.value, str) and is_not_set_yet(cell.value)


def read_earlier_quarters(
    rows: Sequence[SheetRow], measures: Iterable[Measure], spelled: Callable[[str], str], queries: list[Query]
) -> tuple[EarlierQuarter, ...]:
    """The rows of the sheet of earlier quarters, with figures in the unit of the measure or part they belong to.

    `spelled` gives a key as the plan's items write it. A row without a key, which is an Error, is left out.
    """
    reading = PlanFigures(queries)
    units = units_by_name(measures)
    read = []
    for row in rows:
        key = spelled(row[c.KEY] or "")
        figures = {}
        for heading in (c.PERFORMANCE, c.TARGET):
            if isinstance(cell := row[heading], Cell):
                unit = units.get(item_id(key, row[c.PART]), "%" if cell.percent else "")
                name = item_name(key, row[c.PART])
                figures[heading] = reading.read(cell, unit, heading, row.at, name)
        if key:
            read.append(
                EarlierQuarter(
                    at=row.at,
                    quarter=row[c.QUARTER] or UNDATED,
                    key=key,
                    part=row[c.PART],
                    rating=row[c.RAG],
                    performance=figures.get(c.PERFORMANCE),
                    target=figures.get(c.TARGET),
                    review=row[c.REVIEW],
                )
            )
    reading.tell_unclear()
    return tuple(read)


def units_by_name(measures: Iterable[Measure]) -> dict[ItemId, str]:
    """The unit of each measure and part under the key that it has, and under the one that it had."""
    listed = list(measures)
    formerly = {each.key: each.formerly for each in listed if each.part is None and each.formerly}
    units = {item_id(old, each.part): each.unit for each in listed if (old := each.formerly or formerly.get(each.key))}
    return units | {each.id: each.unit for each in listed}
