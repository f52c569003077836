"""Columns of a list that are headed as a quarter's milestones, `Q2 milestone`: those of key actions are due in it, and
figures of measures are its targets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ragtool import columns as c
from ragtool.figures import plain_unit
from ragtool.plan.lists.heading_rows import NEARLY_ALL, HeadedColumn, ListPlace
from ragtool.plan.lists.list_kinds import is_of_a_quarter
from ragtool.plan.lists.list_words import KIND_OF_ROW
from ragtool.plan.lists.listed_figures import figure_taken, is_year_alone, says_nothing, target_said
from ragtool.plan.lists.past_quarters import names_alone
from ragtool.quarters import Quarter
from ragtool.rules.words import listed
from ragtool.sheets.unreadable import Unreadable
from ragtool.workbooks.opening import Cell


def milestones_by_quarter(columns: Sequence[HeadedColumn], now: Quarter | None) -> dict[int, Quarter]:
    """The quarter in which the milestones of a column are due, by its number: that which its heading names, of the year
    of `now` (None: not known) where it names no year.
    """
    due = {}
    for each in columns:
        year = each.meaning.year or (now.financial_year if now else "")
        if is_of_a_quarter(each, c.MILESTONE) and year:
            when = Quarter.parse(f"{year} Q{each.meaning.quarter}")
            if now is None or when.calendar is now.calendar:
                due[each.number] = when
    return due


def milestones_doubted(
    columns: Sequence[HeadedColumn], due: Mapping[int, Quarter]
) -> Iterator[tuple[HeadedColumn, str, str]]:
    """Columns of a quarter that aren't taken: of a year that isn't known, or with nothing but the quarter's name."""
    of_no_year = [each for each in columns if is_of_a_quarter(each, c.MILESTONE) and each.number not in due]
    if of_no_year:
        problem = (
            f"{headings_listed(of_no_year)}: the heading names a quarter, and not of which year; it is kept under Note."
        )
        yield of_no_year[0], problem, "Call the new folder after its quarter, such as 2013-14 Q2, and run again."
    bare = [each for each in columns if names_alone(each)]
    if bare and not due:
        names = headings_listed(bare)
        problem = (
            f"{names}: the heading names a quarter, and not whether milestones stand there; it is kept under Note."
        )
        yield bare[0], problem, "Where they are milestones, head them Q1 milestone and so on, and run again."


def milestones_as_targets(
    place: ListPlace, found: Sequence[HeadedColumn], taken: dict[str, HeadedColumn], year: str
) -> Iterator[tuple[HeadedColumn, str, str]]:
    """Takes figures that a list of measures has for the milestone of a quarter as the targets of that quarter; a column
    in which others stand, or that stands beside such a target, is told.
    """
    named = [each for each in found if is_of_a_quarter(each, c.MILESTONE)]
    targets = []
    for each in named:
        heading = c.TARGET_QUARTERS[(each.meaning.quarter or 1) - 1]
        if heading not in taken and each.is_of(year) and are_figures(place, each, named, taken.get(c.UNIT)):
            taken[heading] = each
            targets.append(each)
    if targets:
        problem = (
            f"{headings_listed(targets)}: the heading says milestone, and the figures are taken as the targets of "
            "those quarters."
        )
        yield targets[0], problem, IF_NO_TARGETS
    aside = [each for each in named if each not in targets]
    if aside and KIND_OF_ROW not in taken:
        problem = f"{headings_listed(aside)}: a measure has targets and no milestones; they are kept under Note."
        what = "Where they are targets, move them under Target Q1 to Target Q4; milestones stand in a key action's row."
        yield aside[0], problem, what


IF_NO_TARGETS = (
    "Delete them under Target Q1 to Target Q4 of the plan if they are none, and say under Basis whether they are of "
    "the quarter or of the year so far."
)


def are_figures(
    place: ListPlace, column: HeadedColumn, quarters: Sequence[HeadedColumn], unit: HeadedColumn | None
) -> bool:
    """Whether nearly all that says anything in one of the columns `quarters` is a figure: one among texts makes none.

    What may be a year is a figure in a row whose `unit` is another than per cent, or which has a figure beside it where
    the row has no unit.
    """
    figures = []
    for row in (place.sheet.rows[number] for number in place.rows):
        if column.number not in row or says_nothing(row[column.number]):
            continue
        of_unit = row.get(unit.number) if unit else None
        if not is_year_alone(row[column.number]):
            figures.append(is_figure(row[column.number]))
        elif of_unit:
            figures.append(plain_unit(str(of_unit.value)) != "%")
        else:
            beside = [row[each.number] for each in quarters if each.number in row]
            figures.append(any(is_figure(each) and not is_year_alone(each) for each in beside))
    return bool(figures) and sum(figures) >= NEARLY_ALL * len(figures)


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a figure of whatever unit."""
    try:
        said = target_said(cell)
        figure_taken(said.figure, said.unit)
    except Unreadable:
        return False
    return True


def headings_listed(columns: Sequence[HeadedColumn]) -> str:
    """Columns by their headings."""
    return listed([each.heading for each in columns])
