"""What a report shows, decided and complete: the sheets lay it out and decide nothing.

All frames have object columns, None where nothing stands, and a fresh 0.. index. Ratings are `Rating`, figures are
`Decimal` (a share where Unit is `%`), shortfalls are `Fraction` (positive is worse), quarters are `Quarter`, dates
are `date`. People and panels in a cell are one text, parted by `; `.

| frame | a row is | columns |
|---|---|---|
| outcomes | an outcome | Theme, Theme statement, Outcome no, Outcome, Outcome leads |
| panels | a panel | those of the report's Panels sheet, and Remit |
| key_actions | a key action in force | the report's Key actions sheet but Milestone due, and `EXTRA`; Status is the |
| | | plan's, None where Active |
| milestones | a milestone counted, moved or withdrawn | the report's Milestones sheet |
| measures | a measure or, right after it, a part | the report's Measures sheet, and `EXTRA`, `MEASURE_EXTRA` |
| exceptions, next_quarter, returns, queries, revisions | a row there | as the report's sheet |
| history | an item ever reported | Key, Description, Kind, `2013/14 Q1` ... and `2013/14 Review` for each year shown, |
| | | Direction, Trend (a tuple: performance against target for each of these quarters, 1 is on target, or None), |
| | | Notes (such as what a review found revised, by column), Shared (columns counted in an earlier row: a split item) |
| data | a key action, measure or part in a quarter | the report's Data sheet, and columns of earlier reports |
| key_action_counts, measure_counts | a state, then a Total | Rating (None: total), State, `Q1` to `Q4` (int or None) |
| page | an item in the grid | Theme, Outcome no, Kind, Key, RAG (None: shown without a rating), Mark |
| glossary | a key action or measure of the plan | Key, Description, Kind |
| allocation | a panel | Panel, Key actions, Measures (the keys, as one text each) |
| register | a milestone ever reported | the report's Milestone register sheet |
| milestones_last_quarter | a milestone counted in the quarter before | Key, No, Milestone, Status |

Mark is `Declared` or `Override` where the published rating isn't the rule's; empty else.

A milestone's Status begins with a word of `NOT_COUNTED` where the milestone isn't counted in this quarter.

A history cell is the letters of a rating, `–` for a quarter without a report of its own, or None; a revised one ends
in `*`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from ragtool import columns as c
from ragtool.model import Settings
from ragtool.plan.milestones import MOVED, WITHDRAWN
from ragtool.quarters import Quarter

NOT_COUNTED = (MOVED, WITHDRAWN)
NO_REPORT = "–"
"""In the history, a quarter without a report of its own."""
NOTES, SHARED = "Notes", "Shared"
"""In the history, notes to cells by their column; and the columns whose rating stands in an earlier row too."""


STATE = "State"
RATING = "Rating"
QUARTERS = ("Q1", "Q2", "Q3", "Q4")
"""The columns of a count table."""

EXTRA = (c.KIND, c.OUTCOME_NO, c.DESCRIPTION, c.SERVICE_AREA, c.PANEL, c.RULE_RAG, c.MARK, c.OWN_RATING)
MEASURE_EXTRA = (c.UNIT, c.DECIMALS, c.BETTER_WHEN, c.BASIS, c.RANGE_LOW, c.RANGE_HIGH, c.RED_BEYOND) + (
    c.ESCALATED,
    c.SOURCE,
)


def no_rows(*headings: str) -> pd.DataFrame:
    """A frame with these columns and nothing in it."""
    return pd.DataFrame(columns=pd.Index(headings), dtype=object)


@dataclass(frozen=True)
class Results:
    """One quarter's report, or one panel's share of it."""

    settings: Settings
    quarter: Quarter
    overview: tuple[str, ...]
    direction_counts: tuple[str, ...]
    reconciliation: tuple[str, ...]
    rules: tuple[str, ...]
    outcomes: pd.DataFrame
    panels: pd.DataFrame
    key_actions: pd.DataFrame
    milestones: pd.DataFrame
    measures: pd.DataFrame
    exceptions: pd.DataFrame
    next_quarter: pd.DataFrame
    history: pd.DataFrame
    returns: pd.DataFrame
    queries: pd.DataFrame
    revisions: pd.DataFrame
    data: pd.DataFrame
    key_action_counts: pd.DataFrame
    measure_counts: pd.DataFrame
    rule_key_action_counts: pd.DataFrame
    rule_measure_counts: pd.DataFrame
    page: pd.DataFrame
    final: bool = False
    glossary: pd.DataFrame = field(default_factory=lambda: no_rows(c.KEY, c.DESCRIPTION, c.KIND))
    allocation: pd.DataFrame = field(default_factory=lambda: no_rows(c.PANEL, c.PANEL_KEY_ACTIONS, c.PANEL_MEASURES))
    register: pd.DataFrame = field(default_factory=lambda: no_rows(*c.ReportSheets.REGISTER.headings))
    milestones_last_quarter: pd.DataFrame = field(default_factory=lambda: no_rows(c.KEY, c.NO, c.MILESTONE, c.STATUS))
