"""What a report shows, decided and complete: the sheets lay it out and decide nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

import pandas as pd

from ragtool import columns as c
from ragtool.history.reported import Reported, ReportedMilestone, Revision
from ragtool.model import Kind, MilestoneStatus, Query, Rating, Settings
from ragtool.plan.due_milestones import MilestoneState
from ragtool.plan.plan import Outcome
from ragtool.quarter.items import RatedItem, RatedKeyAction, RatedMeasure, ReturnedMilestone
from ragtool.quarters import Quarter, When

RATING, STATE = c.RATING, "State"
QUARTERS = ("Q1", "Q2", "Q3", "Q4")
"""The columns of a count table: the rating of a row (None: the total), what it means, and counts (missing where a
quarter has no report).
"""

NO_REPORT = "–"
"""In the history, a quarter without a report of its own."""


@dataclass(frozen=True)
class ExceptionRow:
    """Something that needs attention, with its evidence.

    `extent` is how bad it is beside others of its reason: a shortfall, or for how many days a milestone is overdue.
    """

    reason: str
    key: str
    description: str
    rating: Rating | None
    area: str
    officer_leads: tuple[str, ...]
    detail: str
    resolution: str | None
    due: When | str | None
    revised_date: date | None = None
    lacks_resolution: bool = False
    extent: Fraction = Fraction(0)


@dataclass(frozen=True)
class NextMilestone:
    """A milestone of the coming quarter; `origin` is `plan`, `carried forward` or `proposed`."""

    key: str
    text: str
    due: When | None
    area: str
    origin: str


@dataclass(frozen=True)
class HistoryRow:
    """An item that was ever reported.

    `cells` are by `2013/14 Q1` ... and `2013/14 Review` of each year shown: the letters of a rating, `NO_REPORT`, or
    None; a revised rating ends in a star. `trend` is performance against target for each of these quarters, 1 is on
    target. `notes` are by cell, such as what a review found revised; `shared` are the cells that stand in an earlier
    row too, since an item was split.
    """

    key: str
    description: str | None
    kind: Kind
    cells: Mapping[str, str | None]
    direction: str | None
    trend: tuple[float | None, ...]
    notes: Mapping[str, str]
    shared: frozenset[str]


@dataclass(frozen=True)
class QuarterlyHistory:
    """Every quarter of every year shown, a row an item; `periods` are the cells of a row, in order."""

    periods: tuple[str, ...] = ()
    rows: tuple[HistoryRow, ...] = ()

    @property
    def has_reviews(self) -> bool:
        """Whether a year's review stands in it."""
        reviews = [period for period in self.periods if period.endswith(c.REVIEW)]
        return any(row.cells[review] for row in self.rows for review in reviews)


@dataclass(frozen=True)
class RowFates:
    """What became of the rows of a return: together they are those that it held."""

    used: int
    refused: int
    passed_over: int


@dataclass(frozen=True)
class ReturnStatus:
    """A service area's return, or a file that isn't used: how much was filled, what became of its rows, whom to chase.

    `chase` may be a `mailto:` address. A file that isn't used has no `area`.
    """

    area: str | None = None
    file: str | None = None
    received: bool | None = None
    signed_off_by: object = None
    signed_off_on: object = None
    milestones: str | None = None
    measures: str | None = None
    queries: int | None = None
    chase: str | None = None
    sha256: str | None = None
    rows: RowFates | None = None


@dataclass(frozen=True)
class PageItem:
    """An item in the grid of the report on a page; no rating: it is named only.

    `arrow` and `direction` are of its travel, `figure` is a measure's, where `why` doesn't tell it.
    `forecast` is its officer's.
    """

    theme: str
    outcome_no: str
    kind: Kind
    key: str
    rating: Rating | None
    marked: bool
    name: str = ""
    arrow: str = ""
    direction: str = ""
    figure: str = ""
    why: str = ""
    forecast: Rating | None = None

    @property
    def named_only(self) -> PageItem:
        """The item in a report that isn't to say how it stands."""
        return PageItem(self.theme, self.outcome_no, self.kind, self.key, None, False, self.name)


@dataclass(frozen=True)
class GlossaryRow:
    """A key of the plan and what it stands for."""

    key: str
    description: str
    kind: Kind


@dataclass(frozen=True)
class PanelShare:
    """What a scrutiny panel is allocated, and how it stands, its items by colour, and when it meets.

    `red` and `amber` name its items that are so.
    `complete` and `on_hold` are how many of its key actions were delivered in an earlier quarter, or are on hold.
    """

    panel: str
    remit: str | None
    key_actions: tuple[str, ...]
    measures: tuple[str, ...]
    in_force: tuple[int, int] = (0, 0)
    colours: Mapping[Rating, int] = field(default_factory=dict)
    other: int = 0
    red: str = ""
    amber: str = ""
    complete: int = 0
    on_hold: int = 0
    meeting_date: date | str | None = None


@dataclass(frozen=True)
class LastMilestone:
    """A milestone that last quarter's report showed, under the key that its key action has now."""

    key: str
    no: str
    text: str | None
    status: MilestoneStatus | MilestoneState | None


@dataclass(frozen=True)
class Results:
    """One quarter's report, or one panel's share of it."""

    settings: Settings
    quarter: Quarter
    outcomes: tuple[Outcome, ...]
    key_actions: tuple[RatedKeyAction, ...]
    milestones: tuple[ReturnedMilestone, ...]
    measures: tuple[RatedMeasure, ...]
    page: tuple[PageItem, ...]
    glossary: tuple[GlossaryRow, ...]
    rules: tuple[str, ...]
    history: QuarterlyHistory
    panels: tuple[PanelShare, ...]
    next_quarter: tuple[NextMilestone, ...]
    data: tuple[Reported, ...] = ()
    milestones_last_quarter: tuple[LastMilestone, ...] = ()
    overview: tuple[str, ...] = ()
    direction_counts: tuple[str, ...] = ()
    reconciliation: tuple[str, ...] = ()
    exceptions: tuple[ExceptionRow, ...] = ()
    returns: tuple[ReturnStatus, ...] = ()
    queries: tuple[Query, ...] = ()
    revisions: tuple[Revision, ...] = ()
    register: tuple[ReportedMilestone, ...] = ()
    counts: Mapping[tuple[Kind, str], pd.DataFrame] = field(default_factory=dict)
    """A count table for each kind of item, of the published ratings and of the rule's (by the heading of each)."""
    allocation: tuple[PanelShare, ...] = ()
    """Every panel's share, in a panel's own report too."""
    panel: str = ""
    """The panel whose share this is; the whole report has none."""
    final: bool = False
    version: int = 1
    """Which of the quarter's reports it is: the first that follows a final one is the second."""
    replaces: str = ""
    """In a later version, the sentence that says what it is and what differs from the final report before."""

    @property
    def standing(self) -> str:
        """Whether the report may still change, and its version, as its headings and footers say it."""
        return f"{'Final' if self.final else 'Draft'}{f', version {self.version}' if self.version > 1 else ''}"

    @property
    def items(self) -> tuple[RatedItem, ...]:
        """The key actions, then the measures and parts."""
        return (*self.key_actions, *self.measures)

    @cached_property
    def outcome_titles(self) -> dict[tuple[str, str], str]:
        """Each outcome's title, by theme and number."""
        return {(each.theme, each.number): each.title for each in self.outcomes}
