"""What Excel tells an officer in each entry cell of a return, and what it lets them type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from ragtool import columns as c
from ragtool.figures import show_day
from ragtool.looks.data_validation import LONGEST_MESSAGE, YES_NO, EntryRule, a_choice, a_day, a_number, anything
from ragtool.model import OWN_COLOURS, Basis, DataStatus, MilestoneStatus, Rating
from ragtool.plan.plan import Measure
from ragtool.quarters import Quarter

R = c.ReturnSheets

OWN_RATINGS = tuple(rating.word for rating in OWN_COLOURS)

OWN_RATING = a_choice(
    c.OWN_RATING,
    "Leave empty to accept the rating. Choose a worse one only for a risk that the rule can't see yet, and give your "
    "reason in the next column. A better one is listed but not published.",
    OWN_RATINGS,
)
RATED_BY_YOU = a_choice(
    c.OWN_RATING,
    "You rate this key action: its milestones don't. Choose Green, Amber or Red, and give your reason for Amber or Red "
    "in the next column. Left empty, it is published as Not returned.",
    OWN_RATINGS,
)
FORECAST = a_choice(
    c.FORECAST,
    "The colour that you expect at the end of the year, as things stand. It is shown beside the rating, which it never "
    "changes.",
    (Rating.BLUE.word, *OWN_RATINGS),
)
REASON = anything(c.REASON_OWN, "Why your own rating differs from the preview. Without a reason it is not published.")
REASON_OF_YOURS = anything(c.REASON_OWN, "Why you rate it so. Amber and Red need a reason, which is published.")
HIGHLIGHT = anything(c.HIGHLIGHT, "What members should know about this quarter, in a sentence or two.")

SIGNED_AFTER = timedelta(days=14)
"""When a return is signed off in an example, after the quarter's end."""


class Examples:
    """Days and periods of a return's own quarter, as an officer types them."""

    def __init__(self, quarter: Quarter, first_month: int) -> None:
        last = quarter.last_day(first_month)
        self.quarter = str(quarter)
        self.later = str(quarter.plus(2))
        self.next_quarter = str(quarter.plus(1))
        self.last_year = quarter.plus(-4).financial_year
        self.month = format(last, "%B %Y")
        self.end = day_as_typed(last)
        self.next_end = day_as_typed(quarter.plus(1).last_day(first_month))
        self.signed = day_as_typed(last + SIGNED_AFTER)
        self.year_so_far = (
            f"{show_day(Quarter(quarter.year, 1, quarter.calendar).first_day(first_month))} to {show_day(last)}"
        )


def day_as_typed(day: date) -> str:
    """A day as an officer types it."""
    return format(day, "%d/%m/%Y")


def entry_rules(like: Examples) -> Mapping[str, Mapping[str, EntryRule]]:
    """The rules that hold for all rows of a sheet, by sheet and heading; `like` are this quarter's examples."""
    return {
        R.KEY_ACTIONS.name: {
            c.OWN_RATING: OWN_RATING,
            c.REASON_OWN: REASON,
            c.FORECAST: FORECAST,
            c.RESOLUTION: anything(c.RESOLUTION, "What will be done about a rating of Amber or Red, by whom and when."),
            c.HIGHLIGHT: HIGHLIGHT,
            c.ACTION_PLAN: a_choice(c.ACTION_PLAN, "Is there an action plan for this key action?", YES_NO),
            c.BUSINESS_PLAN: a_choice(c.BUSINESS_PLAN, "Is this key action in your business plan?", YES_NO),
        },
        R.MILESTONES.name: milestone_rules(like),
        R.MEASURES.name: measure_rules(like),
        R.NEXT.name: {
            c.MILESTONE: anything(c.MILESTONE, "What will have been done, in a few words."),
            c.DUE: anything(
                c.DUE, f"The quarter or the day by which it will be done: {like.next_quarter} or {like.next_end}."
            ),
        },
        R.REVISIONS.name: {
            c.PART: anything(c.PART, "The part's number, or empty for a measure without parts."),
            c.REVISED_PERFORMANCE: a_number(
                c.REVISED_PERFORMANCE, "The right figure. For a percentage type it with its sign: 74.4%."
            ),
            c.REASON: anything(c.REASON, "Why the figure that was reported has changed."),
        },
    }


def milestone_rules(like: Examples) -> Mapping[str, EntryRule]:
    """Those of the Milestones sheet, by heading."""
    return {
        c.STATUS: a_choice(
            c.STATUS, "Complete if it is finished, however late; Overdue if it is not.", list(MilestoneStatus)
        ),
        c.COMPLETED_ON: a_day(c.COMPLETED_ON, f"The day on which it was finished, such as {like.end}.", like.end),
        c.QUALITY_CONCERN: a_choice(
            c.QUALITY_CONCERN, "Yes if it is finished but you doubt that it is good enough.", YES_NO
        ),
        c.RESOLUTION: anything(c.RESOLUTION, "For an overdue milestone or a quality concern: what will be done."),
        c.REVISED_DATE: a_day(
            c.REVISED_DATE,
            f"When an overdue milestone will be finished, such as {like.next_end}. This is a proposal: it counts every "
            "quarter until it is Complete or the plan is changed.",
            like.next_end,
        ),
    }


def measure_rules(like: Examples) -> Mapping[str, EntryRule]:
    """Those of the Measures sheet, by heading."""
    return {
        c.PERIOD: anything(
            c.PERIOD, f"The period that the figure covers, such as {like.quarter}, {like.last_year} or {like.month}."
        ),
        c.DATA_AS_AT: a_day(c.DATA_AS_AT, f"The day on which the figure was taken, such as {like.end}.", like.end),
        c.DATA_STATUS: a_choice(
            c.DATA_STATUS,
            "Final, or Provisional if it may change. No figure this quarter? No newer data: the last one stands. "
            "Not available: there is none; say why under Highlight.",
            list(DataStatus),
        ),
        c.DATA_SOURCE: anything(c.DATA_SOURCE, "Where the figure comes from: the system, survey or publication."),
        c.OWN_RATING: OWN_RATING,
        c.REASON_OWN: REASON,
        c.FORECAST: FORECAST,
        c.RESOLUTION: anything(c.RESOLUTION, "For Amber or Red: what will be done to put it right, and by whom."),
        c.BY_WHEN: anything(
            c.BY_WHEN, f"When it will be put right: a date such as {like.next_end}, or a quarter such as {like.later}."
        ),
        c.HIGHLIGHT: HIGHLIGHT,
    }


def sign_off_rules(like: Examples) -> Mapping[str, EntryRule]:
    """Those of the Sign-off sheet, by field."""
    field = c.SignOff
    day = f"The day on which the head of service signed this return off, such as {like.signed}."
    return {
        field.COMPLETED_BY: anything(field.COMPLETED_BY, "Who filled this return in."),
        field.JOB_TITLE: anything(field.JOB_TITLE, "The job title of whoever filled it in."),
        field.SIGNED_OFF_BY: anything(
            field.SIGNED_OFF_BY,
            "The head of service, or who signs in their place. While nobody is named here, the figures are published "
            "as provisional.",
        ),
        field.DATE: a_day(field.DATE, day, like.signed),
        field.COMMENTS: anything(
            field.COMMENTS, "A word to those who put the report together. It is not published; a Highlight is."
        ),
    }


def performance(measure: Measure, like: Examples, not_due: str = "") -> EntryRule:
    """The figure of a measure: what it covers, and its unit; of one that is `not_due` this quarter, why not."""
    wanted = {
        Basis.YEAR_TO_DATE: f"The total of the year so far, {like.year_so_far}",
        Basis.YEAR_TO_DATE_RATE: f"The rate over the year so far, {like.year_so_far}",
        Basis.LATEST: "The latest figure that there is",
        Basis.QUARTER: f"The figure for {measure.target_period or like.quarter}",
    }[measure.basis]
    in_unit = f", in {measure.unit}" if measure.unit else ""
    how = ". Type 74.4% for 74.4 per cent." if measure.unit == "%" else f"{in_unit}. A number without words."
    beside = f" Say under {c.PERIOD} which it is for." if measure.basis is Basis.LATEST else ""
    asked = f"{not_due} You may leave it empty." if not_due else f"{wanted}{how}{beside}"
    return a_number(c.PERFORMANCE, asked[:LONGEST_MESSAGE])


def a_key(source: str) -> EntryRule:
    """A key of this return, from a list in a range; others are taken after a warning."""
    return {
        "validate": "list",
        "source": f"={source}",
        "input_title": c.KEY,
        "input_message": "Choose the key from the list.",
        "error_title": c.KEY,
        "error_message": "This key is not in your return. Is it the right one?",
        "error_type": "warning",
    }
