"""Worked examples of the plan's rows, one of each kind, as a manager would type them; a test reads and rates them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ragtool import columns as c
from ragtool.model import Basis, Better, IndexMethod, RatedBy

S = c.PlanSheets


class Example(NamedTuple):
    """A row of the plan under the name of its kind, and what comes of it."""

    name: str
    row: Mapping[str, str]
    comes_of_it: str


WHERE = {
    c.THEME: "Example theme",
    c.OUTCOME_NO: "1",
    c.OFFICER_LEAD: "Head of Examples",
    c.SERVICE_AREA: "Example area",
    c.PANEL: "Example panel",
}
PER_CENT = {c.UNIT: "%", c.BETTER_WHEN: Better.HIGHER.value}
SATISFACTION = {c.KEY: "EX-2"}

KEY_ACTIONS = (
    Example(
        "By its milestones",
        {c.KEY: "EX-A", c.KEY_ACTION: "Open the new library (example)"}
        | WHERE
        | {c.CONTRIBUTING: "Another area", c.PANEL: "Example panel; Another panel"},
        "Green once all milestones that are due are complete, Red while one is overdue. Its milestones stand below.",
    ),
    Example(
        "By its officer",
        {c.KEY: "EX-B", c.KEY_ACTION: "Improve how we work with schools (example)"}
        | WHERE
        | {c.RATED_BY: RatedBy.OFFICER.value},
        "The officer's own rating is published, with a reason where it is Amber or Red. It needs no milestones.",
    ),
)

MILESTONES = (
    Example(
        "Due in a quarter",
        {c.KEY: "EX-A", c.NO: "1", c.MILESTONE: "Agree the design", c.DUE: "2013/14 Q2"},
        "Asked for in the returns of 2013/14 Q2, and carried forward until it is complete.",
    ),
    Example(
        "Due on a day",
        {
            c.KEY: "EX-A",
            c.NO: "2",
            c.MILESTONE: "Sign the lease",
            c.SERVICE_AREA: "Another area",
            c.DUE: "15 September 2013",
        },
        "Asked for in the quarter of that day, and of the service area that stands in its own row.",
    ),
    Example(
        "Moved",
        {c.KEY: "EX-A", c.NO: "3", c.MILESTONE: "Open the doors", c.DUE: "2013/14 Q2"}
        | {c.REVISED_DUE: "2013/14 Q4", c.DECISION: "Cabinet, 10 September 2013"},
        "Counts in 2013/14 Q4. Without a Decision it would still be due in Q2.",
    ),
)

MEASURES = (
    Example(
        "Plain",
        {c.KEY: "EX-1", c.MEASURE: "Calls answered within a minute (example)"}
        | WHERE
        | PER_CENT
        | dict.fromkeys(c.TARGET_QUARTERS, "80%"),
        "78 % returned for Q2: Amber, 2.5 % short of the target, within the plan's level of 15 %.",
    ),
    Example(
        "Index: the measure",
        {**SATISFACTION, c.MEASURE: "Satisfaction with our services (example)"}
        | WHERE
        | PER_CENT
        | {c.INDEX_METHOD: IndexMethod.MEAN.value},
        "Its parts make it: 10 % worse and 5 % better, so on average 2.5 % worse: Amber.",
    ),
    Example(
        "Index: its part 1",
        SATISFACTION | {c.PART: "1", c.PART_DESCRIPTION: "By phone", c.ANNUAL_TARGET: "90%"},
        "81 % returned: 10 % worse. What is blank is taken from the measure.",
    ),
    Example(
        "Index: its part 2",
        SATISFACTION | {c.PART: "2", c.PART_DESCRIPTION: "In person", c.ANNUAL_TARGET: "80%"},
        "84 % returned: 5 % better.",
    ),
    Example(
        "Year to date",
        {c.KEY: "EX-3", c.MEASURE: "Visitors to our museums (example)"}
        | WHERE
        | {c.UNIT: "visitors", c.BETTER_WHEN: Better.HIGHER.value, c.BASIS: Basis.YEAR_TO_DATE.value}
        | {c.PROFILE: "Straight line", c.ANNUAL_TARGET: "400,000"},
        "190,000 returned by the end of Q2: Amber, 5 % short of 200,000, which is two quarters of the year's target.",
    ),
    Example(
        "In range",
        {c.KEY: "EX-4", c.MEASURE: "Days of grit in stock (example)"}
        | WHERE
        | {c.UNIT: "days", c.BETTER_WHEN: Better.IN_RANGE.value, c.RANGE_LOW: "20", c.RANGE_HIGH: "30"}
        | {c.RED_BELOW: "15", c.RED_ABOVE: "40"},
        "32 returned: Amber, above the range and not past 40. 12 would be Red.",
    ),
    Example(
        "Levels in points",
        {c.KEY: "EX-5", c.MEASURE: "Homes empty (example)"}
        | WHERE
        | {c.UNIT: "%", c.BETTER_WHEN: Better.LOWER.value, c.ANNUAL_TARGET: "3%"}
        | {c.INTERVENTION_LEVEL: "2 points", c.GREEN_WITHIN: "0.5 points"},
        "3.4 % returned: Green, within half a percentage point of the target. 5.1 % would be Red.",
    ),
)

EXAMPLE_ROWS: Mapping[str, Sequence[Example]] = {
    S.KEY_ACTIONS.name: KEY_ACTIONS,
    S.MILESTONES.name: MILESTONES,
    S.MEASURES.name: MEASURES,
}
"""The examples of each sheet."""
