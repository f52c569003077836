"""Dates that can hardly be meant: pasted from a workbook that counts days otherwise, or typed with a slip in the year.

Each is used as it was read; somebody should look.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ragtool import columns as c
from ragtool.checks.base import Check, ask
from ragtool.figures import show_day
from ragtool.model import MilestoneStatus, Query
from ragtool.quarter.rated import RatedQuarter

AHEAD = 4
"""Quarters before the one it is first due in, from which on a milestone may well be complete."""

MOST_YEARS = 10
"""Years from a quarter's end beyond which no date is likely that has to do with it."""

CHECK_THE_DATE = "Check the date; if it is right, leave it as it is."


def complete_milestones_are_not_long_past(rated: RatedQuarter) -> Iterator[Query]:
    """A Complete milestone isn't dated long before it was due."""
    month = rated.plan.settings.financial_year_starts
    for step in rated.counted:
        on, earliest = step.entry.completed_on, step.milestone.first_due.plus(-AHEAD).first_day(month)
        if step.entry.status is MilestoneStatus.COMPLETE and on and on < earliest:
            problem = f"It is Complete on {show_day(on)}, more than a year before it was due."
            yield from ask(step, c.COMPLETED_ON, problem, CHECK_THE_DATE)


def new_dates_lie_ahead(rated: RatedQuarter) -> Iterator[Query]:
    """What is promised for a day isn't promised for one before the quarter, or for the far future."""
    for step in rated.milestones:
        yield from (
            query
            for problem in out_of_reach(step.entry.revised_date, rated, "The revised date")
            for query in ask(step, c.REVISED_DATE, problem, CHECK_THE_DATE)
        )
    for row in rated.measures:
        yield from (
            query
            for problem in out_of_reach(row.by_when, rated, c.BY_WHEN)
            for query in ask(row, c.BY_WHEN, problem, CHECK_THE_DATE)
        )


def out_of_reach(given: date | str | None, rated: RatedQuarter, name: str) -> Iterator[str]:
    """What is odd about a day that is promised."""
    if not isinstance(given, date):
        return
    month = rated.plan.settings.financial_year_starts
    begins, ends = rated.quarter.first_day(month), rated.quarter.last_day(month)
    if given < begins:
        yield f"{name}, {show_day(given)}, lies before the quarter, which began on {show_day(begins)}."
    elif given.year > ends.year + MOST_YEARS:
        yield f"{name}, {show_day(given)}, lies more than {MOST_YEARS} years ahead."


def figures_are_of_our_time(rated: RatedQuarter) -> Iterator[Query]:
    """The day of a figure isn't ten years past, nor a year after the quarter's end."""
    end = rated.quarter.last_day(rated.plan.settings.financial_year_starts)
    for row in rated.measures:
        day = row.entry.data_as_at
        if isinstance(day, date) and not end.year - MOST_YEARS <= day.year <= end.year + 1:
            problem = f"Data as at, {show_day(day)}, is far from the quarter's end on {show_day(end)}."
            yield from ask(row, c.DATA_AS_AT, problem, CHECK_THE_DATE)


DATE_CHECKS: tuple[Check, ...] = (complete_milestones_are_not_long_past, new_dates_lie_ahead, figures_are_of_our_time)
