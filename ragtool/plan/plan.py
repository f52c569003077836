"""The corporate plan once read: settings and rows, every value typed, every row knowing its place.

Texts are stripped; themes, service areas, panels and keys are written as the sheet that lists them writes them. Figures
in `%` are shares. A part has inherited what it leaves blank from its measure.

A kind of row after the other, so it is longer than a module with anything to follow: what the plan says of an item
stands in one place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from ragtool import columns as c
from ragtool.model import (
    Better,
    ItemId,
    ItemStatus,
    Kind,
    MilestonePlan,
    Place,
    RatedBy,
    Rating,
    Settings,
    as_name,
    item_id,
)
from ragtool.plan.due_milestones import agreed_due
from ragtool.quarters import Quarter, When
from ragtool.rules import ApprovedRating, Criteria, KeyActionCriteria
from ragtool.sheets import cells, date_cells
from ragtool.sheets.typed_rows import column

BY_PARTS = "Rated on its parts"
"""What a return says in place of the target of a measure that its parts make."""

UNDATED = Quarter(0, 1)
"""Stands for a quarter that a row needs and doesn't give: an Error, with which the plan is checked and not used."""

KEY_ACTION_STATUSES = tuple(status for status in ItemStatus if status is not ItemStatus.DATA_ONLY)
OF_KEY_ACTIONS = (ItemStatus.COMPLETE, ItemStatus.ON_HOLD)
MEASURE_STATUSES = tuple(status for status in ItemStatus if status not in OF_KEY_ACTIONS)
"""The states that an item can have."""

SeveralNames = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the council wants to be so, under a theme of the plan."""

    at: Place
    theme: str = column(c.THEME, default="")
    theme_statement: str | None = column(c.THEME_STATEMENT)
    number: str = column(c.OUTCOME_NO, cells.key_or_number, "")
    title: str = column(c.OUTCOME, default="")
    leads: SeveralNames = column(c.OUTCOME_LEADS, cells.names, ())


@dataclass(frozen=True, kw_only=True)
class ServiceArea:
    """A part of the council that sends a return. `formerly` are names that it, what became part of it, or what it was
    a part of, had; the last may have its name still.
    """

    at: Place
    name: str = column(c.SERVICE_AREA, default="")
    head: str | None = column(c.HEAD_OF_SERVICE)
    email: str | None = column(c.EMAIL)
    formerly: SeveralNames = column(c.FORMERLY, cells.names, ())


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A scrutiny panel that gets its own report."""

    at: Place
    name: str = column(c.PANEL, default="")
    remit: str | None = column(c.REMIT)
    meeting_date: date | str | None = column(c.MEETING_DATE, date_cells.day_or_text)


@dataclass(frozen=True, kw_only=True)
class PlanItem:
    """What key actions and measures have in common: who they are, where they stand and who answers for them.

    `ends` is the last quarter in which it is reported, `formerly` the key that it had in earlier reports.
    """

    at: Place
    key: str = column(c.KEY, cells.key_or_number, "")
    title: str = ""
    theme: str = column(c.THEME, default="")
    outcome_no: str = column(c.OUTCOME_NO, cells.key_or_number, "")
    portfolio_leads: SeveralNames = column(c.PORTFOLIO_LEAD, cells.names, ())
    officer_leads: SeveralNames = column(c.OFFICER_LEAD, cells.names, ())
    area: str = column(c.SERVICE_AREA, default="")
    panels: SeveralNames = column(c.PANEL, cells.names, ())
    ends: Quarter | None = column(c.ENDS, date_cells.when)
    formerly: str | None = column(c.FORMERLY, cells.key_or_number)


@dataclass(frozen=True, kw_only=True)
class KeyAction(PlanItem, KeyActionCriteria):
    """Something that the council has promised to do, rated by its milestones."""

    title: str = column(c.KEY_ACTION, default="")
    contributing: SeveralNames = column(c.CONTRIBUTING, cells.names, ())
    action_plan: str | None = column(c.ACTION_PLAN)
    business_plan: str | None = column(c.BUSINESS_PLAN)
    rated_by: RatedBy = column(c.RATED_BY, cells.choice(RatedBy), RatedBy.MILESTONES)
    status: ItemStatus = column(c.STATUS, cells.choice(ItemStatus, KEY_ACTION_STATUSES), ItemStatus.ACTIVE)
    starts: Quarter | None = column(c.STARTS, date_cells.when)

    kind = Kind.KEY_ACTION
    part = None
    unit = ""
    decimals = None

    @property
    def id(self) -> ItemId:
        """Who it is."""
        return item_id(self.key)

    @property
    def description(self) -> str:
        """What it is called."""
        return self.title

    @property
    def at_rest(self) -> bool:
        """Whether nothing is asked of its milestones: it is delivered, on hold or still under development."""
        return self.status in (ItemStatus.COMPLETE, ItemStatus.ON_HOLD, ItemStatus.UNDER_DEVELOPMENT)


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A step of a key action. `area` None means the key action's; `revised_due` counts where a `decision` stands."""

    at: Place | None
    key: str = column(c.KEY, cells.key_or_number, "")
    no: str = column(c.NO, cells.key_or_number, "")
    text: str = column(c.MILESTONE, default="")
    area: str | None = column(c.SERVICE_AREA)
    due: When = column(c.DUE, date_cells.when)
    revised_due: When | None = column(c.REVISED_DUE, date_cells.when)
    decision: str | None = column(c.DECISION)
    status: MilestonePlan = column(c.STATUS, cells.choice(MilestonePlan), MilestonePlan.ACTIVE)

    @property
    def due_by(self) -> When:
        """When it is due: Revised due where it stands with a Decision, else Due."""
        return agreed_due(self.due, self.revised_due, self.decision)


@dataclass(frozen=True, kw_only=True)
class Measure(PlanItem, Criteria):
    """A figure that is held against a target, or a part of one; `has_parts` tells a measure that its parts make.

    `better_when` is None where the plan leaves it blank, as it may where nothing is rated. `benchmark` is a figure to
    compare with, shown and never rated, `benchmark_is` whose that is, and when.
    """

    part: str | None = None
    part_description: str | None = None
    better_when: Better | None = None
    target_period: str | None = None
    three_year_target: Decimal | str | None = None
    benchmark: Decimal | None = None
    benchmark_is: str | None = None
    data_source: str | None = None
    has_parts: bool = False

    kind = Kind.MEASURE

    @property
    def id(self) -> ItemId:
        """Who it is."""
        return item_id(self.key, self.part)

    @property
    def description(self) -> str:
        """What it is called; a part by its own words beside its measure's."""
        return f"{self.title}: {self.part_description}" if self.part and self.part_description else self.title


Item = KeyAction | Measure


@dataclass(frozen=True, kw_only=True)
class EarlierQuarter:
    """What was published of an item in a quarter before the tool was used."""

    at: Place
    quarter: Quarter
    key: str
    part: str | None = None
    rating: Rating | None = None
    performance: Decimal | None = None
    target: Decimal | None = None
    review: str | None = None

    @property
    def id(self) -> ItemId:
        """Whom it is about."""
        return item_id(self.key, self.part)


@dataclass(frozen=True, kw_only=True)
class Override:
    """A rating that the plan sets in place of the rule's; it is used once it has all that it needs."""

    at: Place
    quarter: Quarter | None = column(c.QUARTER, date_cells.quarter)
    key: str | None = column(c.KEY, cells.key_or_number)
    rating: Rating | None = column(c.RAG, cells.rating)
    reason: str | None = column(c.REASON)
    approved_by: str | None = column(c.APPROVED_BY)
    on: date | None = column(c.DATE, date_cells.day)

    @property
    def approved(self) -> ApprovedRating | None:
        """The rating to publish; None where anything is missing."""
        if self.quarter and self.key and self.rating and self.reason and self.approved_by and self.on:
            return ApprovedRating(self.rating, self.reason, self.approved_by, self.on)
        return None


@dataclass(frozen=True)
class Plan:
    """A corporate plan. `fingerprint` changes whenever anything that a return shows changes.

    `settings_at` says in which row each setting stands, by its field of `Settings`.
    """

    file: str
    settings: Settings
    fingerprint: str
    outcomes: tuple[Outcome, ...]
    service_areas: tuple[ServiceArea, ...]
    key_actions: tuple[KeyAction, ...]
    milestones: tuple[Milestone, ...]
    measures: tuple[Measure, ...]
    panels: tuple[Panel, ...]
    earlier_quarters: tuple[EarlierQuarter, ...]
    overrides: tuple[Override, ...]
    settings_at: Mapping[str, Place] = field(default_factory=dict)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The service areas' names, in the plan's order."""
        return tuple(dict.fromkeys(each.name for each in self.service_areas))

    @cached_property
    def service_area(self) -> Mapping[str, ServiceArea]:
        """The service areas by name."""
        return {each.name: each for each in self.service_areas}

    @cached_property
    def areas_called(self) -> Mapping[str, Sequence[str]]:
        """The service areas that a name stands for, as it is compared: the one that has it, then those that had it.

        They are several where one was split.
        """
        called = {as_name(area): [area] for area in self.areas}
        for name, areas in former_names(self.service_areas).items():
            called[name] = list(dict.fromkeys((*called.get(name, ()), *areas)))
        return called

    def names_of(self, areas: Collection[str]) -> frozenset[str]:
        """Service areas' names, and those that only they had."""
        former = (name for each in self.service_areas for name in each.formerly)
        return frozenset((*areas, *(name for name in former if {*self.areas_called[as_name(name)]} <= {*areas})))

    @cached_property
    def key_action(self) -> Mapping[str, KeyAction]:
        """The key actions by key."""
        return {each.key: each for each in self.key_actions}

    @cached_property
    def measure(self) -> Mapping[ItemId, Measure]:
        """The measures and parts by who they are."""
        return {each.id: each for each in self.measures}

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The key actions, then the measures and parts."""
        return (*self.key_actions, *self.measures)

    @cached_property
    def item(self) -> Mapping[ItemId, Item]:
        """The key actions, measures and parts by who they are."""
        return {each.id: each for each in self.items}

    @cached_property
    def panel_names(self) -> tuple[str, ...]:
        """The panels: those on the Panels sheet, then any that only an item names."""
        named = [panel for item in self.items for panel in item.panels]
        return tuple(dict.fromkeys((*(each.name for each in self.panels), *named)))

    def area_of(self, milestone: Milestone) -> str:
        """The service area that answers for a milestone: its own, else its key action's."""
        action = self.key_action.get(milestone.key)
        return milestone.area or (action.area if action else "")


def former_names(areas: Iterable[ServiceArea]) -> dict[str, list[str]]:
    """The service areas that had each name, as it is compared."""
    named: dict[str, list[str]] = {}
    for area in areas:
        for name in dict.fromkeys(map(as_name, area.formerly)):
            named.setdefault(name, []).append(area.name)
    return named


ItemT = TypeVar("ItemT", KeyAction, Measure)


def in_force(items: Iterable[ItemT], quarter: Quarter) -> list[ItemT]:
    """The key actions or measures that a report of `quarter` shows: not Closed, and not after their Ends."""
    return [
        item
        for item in items
        if item.status is not ItemStatus.CLOSED and not (item.ends is not None and quarter > item.ends)
    ]


def measures_in_force(plan: Plan, quarter: Quarter) -> list[Measure]:
    """The measures of the quarter, each followed by its parts; a part lives no longer than its measure."""
    living = in_force(plan.measures, quarter)
    parts = parts_by_key(living)
    return [measure for whole in living if whole.part is None for measure in (whole, *parts.get(whole.key, ()))]


def parts_by_key(measures: Iterable[Measure]) -> dict[str, list[Measure]]:
    """The parts of each measure, by its key."""
    parts: dict[str, list[Measure]] = {}
    for measure in measures:
        if measure.part is not None:
            parts.setdefault(measure.key, []).append(measure)
    return parts
