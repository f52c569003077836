"""What a return's rows hold: the columns that officers fill, and those that say what a row is about.

A field that stands under a heading is read by it and written by it. The defaults are those of a row that no return has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from ragtool import columns as c
from ragtool.model import DataStatus, ItemId, MilestoneStatus, Place, Rating, item_id
from ragtool.plan.due_milestones import MilestoneId, milestone_id
from ragtool.quarters import Quarter, When
from ragtool.sheets import cells, date_cells
from ragtool.sheets.typed_rows import column, columns_of
from ragtool.workbooks.book import Cell

S = c.ReturnSheets


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row of a return. `at` is None where no return has it; `unread` are headings whose cells can't be read."""

    at: Place | None = None
    unread: frozenset[str] = frozenset()
    key: str | None = column(c.KEY)
    part: str | None = None
    no: str | None = None


@dataclass(frozen=True, kw_only=True)
class KeyActionEntry(Entry):
    """A row of the sheet Key actions."""

    title: str | None = column(c.KEY_ACTION)
    due: Cell | None = column(c.MILESTONES_DUE, cells.as_stored)
    complete: Cell | None = column(c.COMPLETE, cells.as_stored)
    overdue: Cell | None = column(c.OVERDUE, cells.as_stored)
    shown: Cell | None = column(c.RAG_PREVIEW, cells.as_stored)
    own_rating: Rating | None = column(c.OWN_RATING, cells.own_rating)
    own_reason: str | None = column(c.REASON_OWN)
    forecast: Rating | None = column(c.FORECAST, cells.forecast)
    resolution: str | None = column(c.RESOLUTION)
    highlight: str | None = column(c.HIGHLIGHT)
    action_plan: str | None = column(c.ACTION_PLAN)
    business_plan: str | None = column(c.BUSINESS_PLAN)

    @property
    def formula_results(self) -> dict[str, Cell | None]:
        """The cells that formulas fill, by heading."""
        counts = {c.MILESTONES_DUE: self.due, c.COMPLETE: self.complete, c.OVERDUE: self.overdue}
        return {**counts, c.RAG_PREVIEW: self.shown}

    def id(self, quarter: Quarter) -> ItemId:
        """Whom it is about."""
        return item_id(self.key or "")


@dataclass(frozen=True, kw_only=True)
class MilestoneEntry(Entry):
    """A row of the sheet Milestones."""

    key_action: str | None = column(c.KEY_ACTION)
    no: str | None = column(c.NO)
    title: str | None = column(c.MILESTONE)
    due: str | None = column(c.DUE)
    carried_from: Quarter | None = column(c.CARRIED_FROM, date_cells.carried_from)
    status: MilestoneStatus | None = column(c.STATUS, cells.choice(MilestoneStatus))
    completed_on: date | None = column(c.COMPLETED_ON, date_cells.day)
    quality_concern: bool | None = column(c.QUALITY_CONCERN, cells.yes_no_in_words)
    resolution: str | None = column(c.RESOLUTION)
    revised_date: date | None = column(c.REVISED_DATE, date_cells.day)

    def id(self, quarter: Quarter) -> MilestoneId:
        """Which milestone it is about, in a return for `quarter`."""
        return milestone_id(self.key or "", self.carried_from or quarter, self.no or "")


@dataclass(frozen=True, kw_only=True)
class MeasureEntry(Entry):
    """A row of the sheet Measures. `performance` is a cell until its unit is known."""

    part: str | None = column(c.PART)
    title: str | None = column(c.MEASURE)
    unit: str | None = column(c.UNIT)
    better_when: str | None = column(c.BETTER_WHEN)
    basis: str | None = column(c.BASIS)
    level: str | None = column(c.INTERVENTION_LEVEL)
    target: str | None = column(c.TARGET)
    target_period: str | None = column(c.TARGET_PERIOD, date_cells.period)
    last_figure: Cell | None = column(c.LAST_FIGURE, cells.as_stored)
    last_period: str | None = column(c.LAST_PERIOD, date_cells.period)
    benchmark: str | None = column(c.BENCHMARK)
    performance: Cell | None = column(c.PERFORMANCE, cells.as_stored)
    period: str | None = column(c.PERIOD, date_cells.period)
    data_as_at: date | str | None = column(c.DATA_AS_AT, date_cells.day_or_text)
    data_status: DataStatus | None = column(c.DATA_STATUS, cells.choice(DataStatus))
    data_source: str | None = column(c.DATA_SOURCE)
    shortfall: Cell | None = column(c.SHORTFALL, cells.as_stored)
    shown: Cell | None = column(c.RAG_PREVIEW, cells.as_stored)
    own_rating: Rating | None = column(c.OWN_RATING, cells.own_rating)
    own_reason: str | None = column(c.REASON_OWN)
    forecast: Rating | None = column(c.FORECAST, cells.forecast)
    resolution: str | None = column(c.RESOLUTION)
    by_when: date | str | None = column(c.BY_WHEN, date_cells.day_or_text)
    highlight: str | None = column(c.HIGHLIGHT)

    @property
    def preview(self) -> str:
        """The preview's letters as last calculated; a formula, so no fault of the officer's where it has no result."""
        return "" if self.shown is None or self.shown.fault else cells.text(self.shown)

    @property
    def formula_results(self) -> dict[str, Cell | None]:
        """The cells that formulas fill, by heading."""
        return {c.SHORTFALL: self.shortfall, c.RAG_PREVIEW: self.shown}

    def id(self, quarter: Quarter) -> ItemId:
        """Whom it is about."""
        return item_id(self.key or "", self.part)


@dataclass(frozen=True, kw_only=True)
class ProposalEntry(Entry):
    """A row of the sheet Next milestones: what the service area plans for the coming quarters."""

    title: str | None = column(c.MILESTONE)
    due: When | None = column(c.DUE, date_cells.when)


@dataclass(frozen=True, kw_only=True)
class CorrectionEntry(Entry):
    """A row of the sheet Revisions: a figure of an earlier quarter corrected."""

    part: str | None = column(c.PART)
    quarter: Quarter | None = column(c.QUARTER, date_cells.quarter)
    performance: Cell | None = column(c.REVISED_PERFORMANCE, cells.as_stored)
    reason: str | None = column(c.REASON)


@dataclass(frozen=True)
class SignOffEntry:
    """What the sheet Sign-off says, and the cells in which it is signed and dated."""

    completed_by: date | str | None = None
    job_title: date | str | None = None
    signed_off_by: date | str | None = None
    on: date | str | None = None
    comments: date | str | None = None
    signed_at: str = "B5"
    dated_at: str = "B6"

    @property
    def by_field(self) -> dict[str, object]:
        """The entries by the field that each stands beside."""
        given = (self.completed_by, self.job_title, self.signed_off_by, self.on, self.comments)
        return dict(zip(c.SignOff.ALL, given, strict=True))


ItemEntry = KeyActionEntry | MilestoneEntry | MeasureEntry
"""A row about one of the plan's items."""

KINDS: dict[str, type[Entry]] = {
    S.KEY_ACTIONS.name: KeyActionEntry,
    S.MILESTONES.name: MilestoneEntry,
    S.MEASURES.name: MeasureEntry,
    S.NEXT.name: ProposalEntry,
    S.REVISIONS.name: CorrectionEntry,
}
"""What the rows of each sheet are."""

PREFILLED = {c.PERIOD, c.DATA_SOURCE, c.ACTION_PLAN, c.BUSINESS_PLAN}
"""Entries that the template may have filled in from the plan."""

AnyEntry = TypeVar("AnyEntry", bound=Entry)


def fields_entered(sheet: str, kind: Any) -> dict[str, str]:
    """The fields of a kind of row that officers fill, by heading."""
    names = {each.heading: each.field for each in columns_of(kind)}
    return {heading: names[heading] for heading in c.ENTRY_HEADINGS[sheet]}


ENTRY_FIELDS = {kind: fields_entered(sheet, kind) for sheet, kind in KINDS.items()}
"""The fields that officers fill, by heading, of each kind of row."""


def entries_by_heading(entry: Entry) -> dict[str, object]:
    """A row's entries by heading."""
    return {heading: getattr(entry, name) for heading, name in ENTRY_FIELDS[type(entry)].items()}


def entered_values(entry: Entry) -> dict[str, object]:
    """A row's entries by heading, as they are compared: a number format may stay behind when rows are sorted."""
    return {
        heading: (value.value, value.fault, value.looks) if isinstance(value, Cell) else value
        for heading, value in entries_by_heading(entry).items()
    }


def is_filled(entry: Entry) -> bool:
    """Whether an officer entered anything in a row that the template doesn't fill in."""
    return any(value is not None for heading, value in entered_values(entry).items() if heading not in PREFILLED)
