"""Dates of the plan that are one quarter's alone: the returns' deadline, and the meetings that the report goes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ragtool import columns as c
from ragtool.figures import show_day
from ragtool.model import Place, Query
from ragtool.plan.plan import Plan
from ragtool.plan.settings import SETTING_NAMES
from ragtool.quarters import Quarter

OF_ONE_QUARTER = ("return_deadline", "meeting_date")
"""The settings that are dates of one quarter."""


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
