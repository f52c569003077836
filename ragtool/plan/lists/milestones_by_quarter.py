"""Which columns of a list of key actions are milestones, all due in one quarter: `Q2 milestone`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ragtool import columns as c
from ragtool.plan.lists.heading_rows import HeadedColumn
from ragtool.plan.lists.list_kinds import is_of_a_quarter
from ragtool.plan.lists.past_quarters import names_alone
from ragtool.quarters import Quarter
from ragtool.rules.words import listed


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


def headings_listed(columns: Sequence[HeadedColumn]) -> str:
    """Columns by their headings."""
    return listed([each.heading for each in columns])
