"""Scrutiny panels: what each is allocated, how it stands, and its share of the report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol, TypeVar

import pandas as pd

from ragtool.model import ItemStatus, Kind, Rating, as_name
from ragtool.plan.plan import Plan
from ragtool.quarter.items import RatedItem
from ragtool.results.at_a_glance import named_or_by_key
from ragtool.results.results import PanelShare, QuarterlyHistory, Results

COLOURED = (Rating.RED, Rating.AMBER, Rating.GREEN)
"""The ratings that the Panels sheet counts apart."""

PANEL, KIND, COLOUR = "panel", "kind", "colour"

Row = TypeVar("Row")


class Keyed(Protocol):
    """A row about the item of a key."""

    @property
    def key(self) -> str: ...


def panel_shares(plan: Plan, items: Sequence[RatedItem]) -> tuple[PanelShare, ...]:
    """What each panel is allocated and how it stands; an item allocated to two panels counts in both."""
    actions: dict[str, list[str]] = {}
    measures: dict[str, list[str]] = {}
    for planned in plan.items:
        if planned.part is None:
            keys = actions if planned.kind is Kind.KEY_ACTION else measures
            for panel in planned.panels:
                keys.setdefault(panel, []).append(planned.key)
    ratings = pd.DataFrame(
        [
            (panel, item.item.kind, item.rating if item.rating in COLOURED else "")
            for item in items
            if item.part is None
            for panel in item.item.panels
        ],
        columns=[PANEL, KIND, COLOUR],
    )
    coloured: dict[tuple[str, Rating], list[RatedItem]] = defaultdict(list)
    for item in items:
        if item.part is None:
            for panel in item.item.panels:
                coloured[panel, item.rating].append(item)
    states = Counter((panel, item.item.status) for item in items for panel in item.item.panels)
    by_colour = ratings.groupby([PANEL, COLOUR]).size()
    by_kind = ratings.groupby([PANEL, KIND]).size()
    remits = {each.name: each.remit for each in plan.panels}
    meetings = {each.name: each.meeting_date for each in plan.panels}
    return tuple(
        PanelShare(
            panel=panel,
            remit=remits.get(panel),
            key_actions=tuple(actions.get(panel, ())),
            measures=tuple(measures.get(panel, ())),
            in_force=(int(by_kind.get((panel, Kind.KEY_ACTION), 0)), int(by_kind.get((panel, Kind.MEASURE), 0))),
            colours={rating: int(by_colour.get((panel, rating), 0)) for rating in COLOURED},
            other=int(by_colour.get((panel, ""), 0)),
            red=named_or_by_key(coloured[panel, Rating.RED]),
            amber=named_or_by_key(coloured[panel, Rating.AMBER]),
            complete=states[panel, ItemStatus.COMPLETE],
            on_hold=states[panel, ItemStatus.ON_HOLD],
            meeting_date=meetings.get(panel) or meeting_of_committee(plan, panel),
        )
        for panel in plan.panel_names
    )


def meeting_of_committee(plan: Plan, panel: str) -> date | str | None:
    """The plan's meeting date where it is that of the panel, as the plan's Committee."""
    return plan.settings.meeting_date if as_name(plan.settings.committee) == as_name(panel) else None


def panel_results(results: Results, panels: Sequence[str]) -> Iterator[Results]:
    """Each panel's share of a report: no rating, figure, milestone or commentary of any other item is left in it."""
    of_key: dict[str, dict[str, None]] = {}
    for item in results.items:
        of_key.setdefault(item.item.key, {}).update(dict.fromkeys(item.item.panels))

    def key_panels(row: Keyed) -> Iterable[str]:
        return of_key.get(row.key, ())

    key_actions = by_panel(results.key_actions, lambda action: action.item.panels)
    measures = by_panel(results.measures, lambda measure: measure.item.panels)
    milestones = by_panel(results.milestones, lambda step: key_panels(step.milestone))
    history = by_panel(results.history.rows, key_panels)
    shares = by_panel(results.panels, lambda share: (share.panel,))
    next_quarter = by_panel(results.next_quarter, key_panels)
    last_quarter = by_panel(results.milestones_last_quarter, key_panels)
    for panel in panels:
        yield Results(
            settings=results.settings,
            quarter=results.quarter,
            outcomes=results.outcomes,
            key_actions=key_actions.get(panel, ()),
            milestones=milestones.get(panel, ()),
            measures=measures.get(panel, ()),
            page=tuple(item if panel in of_key.get(item.key, ()) else item.named_only for item in results.page),
            glossary=results.glossary,
            rules=results.rules,
            history=QuarterlyHistory(results.history.periods, history.get(panel, ())),
            panels=shares.get(panel, ()),
            next_quarter=next_quarter.get(panel, ()),
            milestones_last_quarter=last_quarter.get(panel, ()),
            allocation=results.panels,
            panel=panel,
            final=results.final,
            version=results.version,
        )


def by_panel(rows: Iterable[Row], panels_of: Callable[[Row], Iterable[str]]) -> dict[str, tuple[Row, ...]]:
    """Each panel's rows, in their order."""
    shares: dict[str, list[Row]] = {}
    for row in rows:
        for panel in panels_of(row):
            shares.setdefault(panel, []).append(row)
    return {panel: tuple(share) for panel, share in shares.items()}
