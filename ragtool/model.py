"""The words of the field as small types: ratings, states, settings, queries.

A list to look things up in, each word once and beside its kind, so it is longer than a module with anything to follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from string import ascii_uppercase

from ragtool.quarters import JANUARY, Quarter


class Rating(StrEnum):
    """A rating as it stands in a RAG cell."""

    RED = "R"
    AMBER = "A"
    GREEN = "G"
    BLUE = "B"
    TBC = "TBC"
    NOT_RETURNED = "NR"
    NOT_AVAILABLE = "NA"
    NOT_DUE = "ND"
    DATA_ONLY = "DO"
    ON_HOLD = "OH"

    @property
    def word(self) -> str:
        """The rating as a person says it: `Red`, `Not returned`."""
        return RATING_WORDS[self]

    @classmethod
    def parse(cls, text: str) -> Rating:
        """The rating that a letter or a word stands for, in any case. Raises ValueError on anything else."""
        wanted = text.strip().casefold()
        for rating, word in RATING_WORDS.items():
            if wanted in (rating.value.casefold(), word.casefold()):
                return rating
        raise ValueError(text)


COLOURS = (Rating.BLUE, Rating.GREEN, Rating.AMBER, Rating.RED)
"""The ratings that are colours, from better to worse."""

OWN_COLOURS = (Rating.GREEN, Rating.AMBER, Rating.RED)
"""Those that an officer may give."""

RATING_WORDS = {
    Rating.RED: "Red",
    Rating.AMBER: "Amber",
    Rating.GREEN: "Green",
    Rating.BLUE: "Blue",
    Rating.TBC: "To be confirmed",
    Rating.NOT_RETURNED: "Not returned",
    Rating.NOT_AVAILABLE: "Not available",
    Rating.NOT_DUE: "Not due",
    Rating.DATA_ONLY: "Data only",
    Rating.ON_HOLD: "On hold",
}


class Better(StrEnum):
    """Which way a measure's figure improves."""

    HIGHER = "Higher"
    LOWER = "Lower"
    MORE_THAN = "More than"
    LESS_THAN = "Less than"
    IN_RANGE = "In range"

    @property
    def upwards(self) -> bool:
        """Whether figures are better the higher they are."""
        return self in (Better.HIGHER, Better.MORE_THAN)

    @property
    def strict(self) -> bool:
        """Whether a target must be bettered: a figure exactly at it misses."""
        return self in (Better.MORE_THAN, Better.LESS_THAN)


class Basis(StrEnum):
    """What a measure's figure covers, and so which target it is held against."""

    QUARTER = "Quarter"
    YEAR_TO_DATE = "Year to date"
    YEAR_TO_DATE_RATE = "Year-to-date rate"
    LATEST = "Latest available"

    @property
    def covers_year(self) -> bool:
        """Whether a figure is for the whole year so far, as a running total or as a share of it."""
        return self in (Basis.YEAR_TO_DATE, Basis.YEAR_TO_DATE_RATE)


class IndexMethod(StrEnum):
    """How the parts of an indexed measure make one shortfall."""

    MEAN = "Mean"
    CAPPED_MEAN = "Capped mean"
    WORST = "Worst part"
    WEIGHTED_MEAN = "Weighted mean"


class NoneDue(StrEnum):
    """How a key action with no milestone to count is rated."""

    NOT_DUE = "Not due"
    GREEN = "Green"
    PREVIOUS = "Previous rating"


class ItemStatus(StrEnum):
    """Where a key action or measure stands in its life."""

    ACTIVE = "Active"
    UNDER_DEVELOPMENT = "Under development"
    DATA_ONLY = "Data only"
    COMPLETE = "Complete"
    ON_HOLD = "On hold"
    CLOSED = "Closed"


class RatedBy(StrEnum):
    """What a key action's rating follows from."""

    MILESTONES = "Milestones"
    OFFICER = "Officer"


class MilestonePlan(StrEnum):
    """What the plan says of a milestone."""

    ACTIVE = "Active"
    PROPOSED = "Proposed"
    WITHDRAWN = "Withdrawn"


class MilestoneStatus(StrEnum):
    """What a return says of a milestone."""

    COMPLETE = "Complete"
    OVERDUE = "Overdue"


class DataStatus(StrEnum):
    """What a return says of a measure's figure."""

    FINAL = "Final"
    PROVISIONAL = "Provisional"
    NO_NEWER = "No newer data"
    NOT_AVAILABLE = "Not available"


class Severity(StrEnum):
    """Error: the value isn't used. Query: it is used as read."""

    ERROR = "Error"
    QUERY = "Query"


YES, NO = "Yes", "No"
"""What a person chooses for a thing that is so or isn't."""


def yes_or_no(value: object) -> str:
    """Something that is so or isn't, as a person chooses it."""
    return YES if value else NO


@lru_cache(maxsize=50_000)  # more than a council has keys and titles, each of which comes again every quarter
def fold(key: str) -> str:
    """A key as it is compared: case and blanks don't matter, `k27 A` is K27a."""
    return "".join(key.split()).casefold()


SHAPES = str.maketrans("\u2018\u2019\u02bc\u201c\u201d\u2010\u2011\u2012\u2013\u2014", "'''\"\"-----")
"""Quotes and dashes that programs put in the place of those on the keyboard."""


def as_name(typed: str) -> str:
    """A name as it is compared: case, blanks and the shape of quotes and dashes don't matter."""
    return fold(typed.translate(SHAPES))


ItemId = tuple[str, str]
"""Who a key action, measure or part is: its key and part, folded."""


def item_id(key: str, part: str | None = None) -> ItemId:
    """Who an item is, whatever case and blanks its key is written with."""
    return fold(key), fold(part or "")


def item_name(key: str | None, part: str | None = None, no: str | None = None) -> str:
    """What a row is about, as people say it: `K36 no. 3`, `P14 part 2`."""
    named = ((key, ""), (part, "part "), (no, "no. "))
    return " ".join(f"{before}{text}" for text, before in named if text)


class Mark(StrEnum):
    """Whose a published rating is where it isn't the rule's, and that it was corrected after it was published."""

    DECLARED = "Declared"
    OVERRIDE = "Override"
    REVISED = "Revised"


class Origin(StrEnum):
    """Where a row of the report's Data or Revisions comes from.

    What differs from a report of the same quarter is `REISSUED` where that was published; `RERUN`, which earlier
    versions wrote, may tell of a draft.
    """

    REPORT = "Report"
    PLAN = "Plan"
    RETURN = "Return"
    RERUN = "Run again"
    REISSUED = "Reissued"


class Kind(StrEnum):
    """The kinds of item that are rated."""

    KEY_ACTION = "Key action"
    MEASURE = "Measure"


@dataclass(frozen=True)
class Settings:
    """The plan's Settings sheet; each field's default is what an absent setting means. Levels are shares: 0.15."""

    organisation: str = ""
    plan_title: str = "Corporate Plan"
    vision: str = ""
    handling_marking: str = ""
    committee: str = ""
    meeting_date: date | str | None = None
    report_author: str = ""
    report_reference: str = ""
    contact: str = ""
    return_deadline: date | str | None = None
    first_quarter: Quarter | None = None
    financial_year_starts: int = 4
    intervention_level: Decimal = Decimal("0.15")
    at_the_intervention_level: Rating = Rating.AMBER
    index_method: IndexMethod = IndexMethod.MEAN
    no_milestones_due: NoneDue = NoneDue.NOT_DUE
    direction_tolerance: Decimal = Decimal(0)
    escalate_after: int = 1
    green_within: Decimal = Decimal(0)
    amber_needs_improvement: bool = False
    blue_beyond: Decimal | None = None
    palette: tuple[str, ...] = field(default=(), repr=False)
    """The themes' own colours. Out of the repr, by which a return knows its plan: it shows none of them."""
    milestones_for_green: Decimal = Decimal(1)
    milestones_for_amber: Decimal = Decimal(1)
    complete_shows_as: Rating = Rating.GREEN
    ask_for_a_forecast: bool = False

    @property
    def calendar_years(self) -> bool:
        """Whether financial years are calendar years, so that a quarter is written `2019 Q1`."""
        return self.financial_year_starts == JANUARY


def where_in_sheet(cell: str, heading: str = "") -> str:
    """A cell as people look for it, by its row and its column's heading: `row 22, Performance (cell K22)`.

    A bare K22 reads like the key of a key action.
    """
    row = cell.lstrip(ascii_uppercase)
    return f"row {row}, {heading} (cell {cell})" if cell and heading else f"cell {cell}" if cell else ""


@dataclass(frozen=True)
class Place:
    """Where a row of data came from: a file, a sheet, a row, and the column letter of each heading there."""

    file: str
    sheet: str
    row: int
    letters: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def cell(self, heading: str | None = None) -> str:
        """The cell under `heading` in this row: `G7`. The row's first cell where there is no such heading."""
        return f"{self.letters.get(heading or '', 'A')}{self.row}"

    def where(self, heading: str) -> str:
        """The cell under `heading` as people look for it."""
        return where_in_sheet(self.cell(heading), heading if heading in self.letters else "")

    def source(self, heading: str) -> str:
        """File, sheet and cell in one text, for the reader who traces a figure."""
        return f"{self.file}, {self.sheet}!{self.cell(heading)}"

    def query(
        self, heading: str | None, key: str, problem: str, what_to_do: str, severity: Severity = Severity.QUERY
    ) -> Query:
        """A query about the cell under `heading` in this row."""
        named = heading if heading in self.letters else ""
        return Query(self.file, self.sheet, self.cell(heading), key, severity, problem, what_to_do, named or "")


@dataclass(frozen=True)
class Query:
    """Something in an officer's or the manager's data that somebody must look at. Collected, never raised.

    `sheet`, `cell` and `key` are empty where the query is about the whole file, sheet or folder; `heading` is that of
    the cell's column, where it has one.
    """

    file: str
    sheet: str
    cell: str
    key: str
    severity: Severity
    problem: str
    what_to_do: str
    heading: str = ""

    @property
    def where(self) -> str:
        """The cell as people look for it on its sheet: `row 22, Performance (cell K22)`."""
        return where_in_sheet(self.cell, self.heading)

    def __str__(self) -> str:
        about = f"key {self.key}" if self.key else ""
        place = ", ".join(part for part in (self.file, self.sheet, self.where, about) if part)
        return f"{place}: {self.problem} {self.what_to_do}".strip()
