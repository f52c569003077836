"""Dates of the plan held against a quarter: deadline and meetings are one quarter's alone, none is of another age."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ragtool import columns as c
from ragtool.figures import show_day
from ragtool.model import Place, Query
from ragtool.plan.plan import UNDATED, Plan
from ragtool.plan.row_queries import PlacedRow, doubt
from ragtool.plan.settings import SETTING_NAMES
from ragtool.quarters import Quarter, When, quarter_of, when_text

OF_ONE_QUARTER = ("return_deadline", "meeting_date")
"""The settings that are dates of one quarter."""

LONGEST_PAST, LONGEST_AHEAD = 10, 30
"""Years before a quarter and after it within which a plan's dates are likely: some plans reach to 2050."""


@dataclass(frozen=True)
class QuarterDate:
    """A date of one quarter, or words in its place; the cell under `heading` holds it, `name` is what it is called."""

    name: str
    given: date | str
    at: Place
    heading: str

    def __str__(self) -> str:
        return f"{self.name}, {show_day(self.given) if isinstance(self.given, date) else self.given}"


def quarter_dates(plan: Plan) -> Iterator[QuarterDate]:
    """The dates of one quarter that a plan gives."""
    for field in OF_ONE_QUARTER:
        if given := getattr(plan.settings, field):
            yield QuarterDate(SETTING_NAMES[field], given, plan.settings_at[field], c.VALUE)
    for panel in plan.panels:
        if panel.meeting_date:
            yield QuarterDate(f"{c.MEETING_DATE} of {panel.name}", panel.meeting_date, panel.at, c.MEETING_DATE)


def dates_before_the_end(plan: Plan, quarter: Quarter) -> list[Query]:
    """A query about each date of one quarter that lies before the end of `quarter`, and so is an earlier one's."""
    end = quarter.last_day(plan.settings.financial_year_starts)
    return [
        each.at.query(
            each.heading,
            "",
            f"{each}, lies before the end of {quarter} on {show_day(end)}, so it is an earlier quarter's.",
            f"Type the date for {quarter}, or clear the cell.",
        )
        for each in quarter_dates(plan)
        if isinstance(each.given, date) and each.given < end
    ]


def dates_long_after_the_end(plan: Plan, quarter: Quarter) -> Iterator[Query]:
    """A query about each date of one quarter that lies more than a year after its end, and about an override's that
    lies so far from `quarter` that its year may be a slip.
    """
    end = quarter.last_day(plan.settings.financial_year_starts)
    what = "Check the date; if it is right, leave it as it is."
    for each in quarter_dates(plan):
        if isinstance(each.given, date) and each.given > quarter.plus(4).last_day(plan.settings.financial_year_starts):
            problem = f"{each}, lies more than a year after the end of {quarter} on {show_day(end)}."
            yield each.at.query(each.heading, "", problem, what)
    for row in plan.overrides:
        if row.on and not end.year - LONGEST_PAST <= row.on.year <= end.year + 1:
            yield doubt(row, c.DATE, f"{c.DATE}, {show_day(row.on)}, is far from {quarter}.", what)


def dates_of_another_age(plan: Plan, quarter: Quarter) -> Iterator[Query]:
    """A query about each date that decides whether something is reported and lies so far away that its year may be a
    slip: without it a milestone due in 1901 is asked for by nobody.
    """
    year_starts = plan.settings.financial_year_starts
    for row, heading, given in deciding_dates(plan):
        if is_of_another_age(given, quarter, year_starts):
            before = quarter_of(given, year_starts) < quarter
            far = f"{LONGEST_PAST} years before" if before else f"{LONGEST_AHEAD} years after"
            problem = f"{heading}, {when_text(given)}, lies more than {far} {quarter}."
            yield doubt(row, heading, problem, "Check the year; if it is right, leave it as it is.")


def is_of_another_age(given: When, quarter: Quarter, year_starts: int) -> bool:
    """Whether a date lies so far from a quarter that its year may be a slip."""
    years = (quarter_of(given, year_starts).ordinal - quarter.ordinal) / 4
    return not -LONGEST_PAST <= years <= LONGEST_AHEAD


def deciding_dates(plan: Plan) -> Iterator[tuple[PlacedRow, str, When]]:
    """The dates that decide in which quarters something is reported, with their rows and headings."""
    for step in plan.milestones:
        for heading, given in ((c.DUE, step.due), (c.REVISED_DUE, step.revised_due)):
            if given and given is not UNDATED:
                yield step, heading, given
    for item in plan.items:
        for heading, given in ((c.STARTS, item.starts), (c.ENDS, item.ends)):
            if given and item.part is None:  # parts have those of their measure
                yield item, heading, given


def dates_in_doubt(plan: Plan, quarter: Quarter) -> list[Query]:
    """Every date of the plan that is a quarter's before this one, lies long after it, or is of another age."""
    return [
        *dates_before_the_end(plan, quarter),
        *dates_long_after_the_end(plan, quarter),
        *dates_of_another_age(plan, quarter),
    ]
