"""Scrutiny panels: what each is allocated, how it stands, and its share of the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from ragtool.model import Kind, Rating
from ragtool.plan.plan import Plan
from ragtool.quarter.items import RatedItem
from ragtool.results.results import PanelShare, QuarterlyHistory, Results

COLOURED = (Rating.RED, Rating.AMBER, Rating.GREEN)
"""The ratings that the Panels sheet counts apart."""

PANEL, KIND, COLOUR = "panel", "kind", "colour"


def panel_shares(plan: Plan, items: Iterable[RatedItem]) -> tuple[PanelShare, ...]:
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
    by_colour = ratings.groupby([PANEL, COLOUR]).size()
    by_kind = ratings.groupby([PANEL, KIND]).size()
    remits = {each.name: each.remit for each in plan.panels}
    return tuple(
        PanelShare(
            panel=panel,
            remit=remits.get(panel),
            key_actions=tuple(actions.get(panel, ())),
            measures=tuple(measures.get(panel, ())),
            in_force=(int(by_kind.get((panel, Kind.KEY_ACTION), 0)), int(by_kind.get((panel, Kind.MEASURE), 0))),
            colours={rating: int(by_colour.get((panel, rating), 0)) for rating in COLOURED},
            other=int(by_colour.get((panel, ""), 0)),
        )
        for panel in plan.panel_names
    )


def for_panel(results: Results, panel: str) -> Results:
    """A panel's share of a report: no rating, figure, milestone or commentary of any other item is left in it."""
    key_actions = tuple(item for item in results.key_actions if panel in item.item.panels)
    measures = tuple(item for item in results.measures if panel in item.item.panels)
    keys = {item.item.key for item in key_actions} | {item.item.key for item in measures}
    return Results(
        settings=results.settings,
        quarter=results.quarter,
        outcomes=results.outcomes,
        key_actions=key_actions,
        milestones=tuple(step for step in results.milestones if step.milestone.key in keys),
        measures=measures,
        page=tuple(item if item.key in keys else replace(item, rating=None, marked=False) for item in results.page),
        glossary=results.glossary,
        rules=results.rules,
        history=QuarterlyHistory(
            results.history.periods, tuple(row for row in results.history.rows if row.key in keys)
        ),
        panels=tuple(share for share in results.panels if share.panel == panel),
        data=tuple(row for row in results.data if row.key in keys),
        next_quarter=tuple(step for step in results.next_quarter if step.key in keys),
        milestones_last_quarter=tuple(step for step in results.milestones_last_quarter if step.key in keys),
        allocation=results.panels,
        panel=panel,
        final=results.final,
    )
