"""What Excel tells an officer in each entry cell of a return, and what it lets them type."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ragtool import columns as c
from ragtool.looks.data_validation import LONGEST_MESSAGE, YES_NO, EntryRule, a_choice, a_day, a_number, anything
from ragtool.model import DataStatus, MilestoneStatus, Rating

R = c.ReturnSheets


OWN_RATINGS = (Rating.GREEN.word, Rating.AMBER.word, Rating.RED.word)

OWN_RATING = a_choice(
    c.OWN_RATING,
    "Leave empty to accept the rating. Choose a worse one only for a risk that the rule can't see yet, and give your "
    "reason in the next column. A better one is listed but not published.",
    OWN_RATINGS,
)
FORECAST = a_choice(
    c.FORECAST,
    "The colour that you expect at the end of the year, as things stand. It is shown beside the rating, which it never "
    "changes.",
    (Rating.BLUE.word, *OWN_RATINGS),
)
REASON = anything(c.REASON_OWN, "Why your own rating differs from the preview. Without a reason it is not published.")
HIGHLIGHT = anything(c.HIGHLIGHT, "What members should know about this quarter, in a sentence or two.")

ENTRY_RULES: Mapping[str, Mapping[str, EntryRule]] = {
    R.KEY_ACTIONS.name: {
        c.OWN_RATING: OWN_RATING,
        c.REASON_OWN: REASON,
        c.FORECAST: FORECAST,
        c.RESOLUTION: anything(c.RESOLUTION, "What will be done about a rating of Amber or Red, by whom and by when."),
        c.HIGHLIGHT: HIGHLIGHT,
        c.ACTION_PLAN: a_choice(c.ACTION_PLAN, "Is there an action plan for this key action?", YES_NO),
        c.BUSINESS_PLAN: a_choice(c.BUSINESS_PLAN, "Is this key action in your business plan?", YES_NO),
    },
    R.MILESTONES.name: {
        c.STATUS: a_choice(
            c.STATUS, "Complete if it is finished, however late; Overdue if it is not.", list(MilestoneStatus)
        ),
        c.COMPLETED_ON: a_day(c.COMPLETED_ON, "The day on which it was finished, such as 30/09/2013."),
        c.QUALITY_CONCERN: a_choice(
            c.QUALITY_CONCERN, "Yes if it is finished but you doubt that it is good enough.", YES_NO
        ),
        c.RESOLUTION: anything(c.RESOLUTION, "For an overdue milestone or a quality concern: what will be done."),
        c.REVISED_DATE: a_day(
            c.REVISED_DATE,
            "When an overdue milestone will be finished. This is a proposal: it counts every quarter until it is "
            "Complete or the plan is changed.",
        ),
    },
    R.MEASURES.name: {
        c.PERIOD: anything(
            c.PERIOD, "The period that the figure covers, such as 2013/14 Q2, 2012/13 or September 2013."
        ),
        c.DATA_AS_AT: a_day(c.DATA_AS_AT, "The day on which the figure was taken, such as 30/09/2013."),
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
        c.BY_WHEN: anything(c.BY_WHEN, "When it will be put right: a date or a quarter such as 2013/14 Q4."),
        c.HIGHLIGHT: HIGHLIGHT,
    },
    R.NEXT.name: {
        c.MILESTONE: anything(c.MILESTONE, "What will have been done, in a few words."),
        c.DUE: anything(c.DUE, "The quarter or the day by which it will be done: 2013/14 Q3 or 31/12/2013."),
    },
    R.REVISIONS.name: {
        c.PART: anything(c.PART, "The part's number, or empty for a measure without parts."),
        c.REVISED_PERFORMANCE: a_number(
            c.REVISED_PERFORMANCE, "The right figure. For a percentage type it with its sign: 74.4%."
        ),
        c.REASON: anything(c.REASON, "Why the figure that was reported has changed."),
    },
}
"""By sheet and heading; those that depend on the plan or the quarter are made below."""

BOTH_YEARS = re.compile(r"(\d{4})/\d{2}\b")


def with_years(rule: EntryRule, calendar: bool) -> EntryRule:
    """A rule whose message names quarters and years as the plan writes them, where those are calendar years."""
    return rule | {"input_message": BOTH_YEARS.sub(r"\1", rule["input_message"])} if calendar else rule


SIGNED_ON = a_day(c.DATE, "The day on which the head of service signed this return off, such as 14/10/2013.")


def performance(unit: str) -> EntryRule:
    """The figure of a measure in its unit."""
    if unit == "%":
        return a_number(c.PERFORMANCE, "The figure for the period. Type 74.4% for 74.4 per cent.")
    in_unit = f" in {unit}" if unit else ""
    return a_number(c.PERFORMANCE, f"The figure for the period{in_unit}, as a number without words."[:LONGEST_MESSAGE])


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
