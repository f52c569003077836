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

CHECK_OR_LEAVE = "Check the date; if it is right, leave it as it is."

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
    """A query about each date of one quarter that lies more than a year after its end."""
    starts = plan.settings.financial_year_starts
    for each in quarter_dates(plan):
        if isinstance(each.given, date) and each.given > quarter.last_day(starts):
            for problem in date_far_away(each.name, each.given, quarter, starts):
                yield each.at.query(each.heading, "", problem, CHECK_OR_LEAVE)


def dates_of_overrides(plan: Plan) -> Iterator[Query]:
    """A query about each override's date that lies far from the override's own quarter, whichever is reported."""
    for row in plan.overrides:
        if row.on and row.quarter:
            for problem in date_far_away(c.DATE, row.on, row.quarter, plan.settings.financial_year_starts):
                yield doubt(row, c.DATE, problem, CHECK_OR_LEAVE)


def date_far_away(name: str, given: date, quarter: Quarter, year_starts: int) -> Iterator[str]:
    """What is odd about the day of a decision on a quarter that lies before it, or more than a year after its end: its
    year may be a slip.
    """
    if given < (begins := quarter.first_day(year_starts)):
        yield f"{name}, {show_day(given)}, lies before {quarter}, which began on {show_day(begins)}."
    elif given > quarter.plus(4).last_day(year_starts):
        end = show_day(quarter.last_day(year_starts))
        yield f"{name}, {show_day(given)}, lies more than a year after the end of {quarter} on {end}."


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
    """Every date of the plan that is of a quarter before this one, lies long after its own, or is of another age."""
    return [
        *dates_before_the_end(plan, quarter),
        *dates_long_after_the_end(plan, quarter),
        *dates_of_overrides(plan),
        *dates_of_another_age(plan, quarter),
    ]
