"""Scrutiny panels: what each is allocated, how it stands, and its share of the report."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ragtool import columns as c
from ragtool.frames import frame, objects, records, where
from ragtool.model import Rating
from ragtool.plan.plan import Plan
from ragtool.results.results import Results

OTHERS = ("returns", "queries", "revisions", "register", "exceptions", "key_action_counts", "measure_counts") + (
    "rule_key_action_counts",
    "rule_measure_counts",
)
"""Parts of a report that speak of every item, so no panel's share has them."""


def panel_counts(plan: Plan, key_actions: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Each panel's items by rating; an item allocated to two panels counts in both."""
    wholes = [row for row in records(measures) if row[c.PART] is None]
    remits = {row[c.PANEL]: row[c.REMIT] for row in records(plan.panels)}
    rows = []
    for panel in panels_of(plan):
        actions = [row for row in records(key_actions) if panel in row[c.PANEL]]
        figures = [row for row in wholes if panel in row[c.PANEL]]
        ratings = [row[c.RAG] for row in (*actions, *figures)]
        coloured = {word: ratings.count(rating) for word, rating in COLOUR_COLUMNS.items()}
        rest = len(ratings) - sum(coloured.values())
        counts = {c.PANEL_KEY_ACTIONS: len(actions), c.PANEL_MEASURES: len(figures), **coloured, c.OTHER: rest}
        rows.append({c.PANEL: panel, c.REMIT: remits.get(panel), **counts})
    return frame(rows, (*c.ReportSheets.PANELS.headings, c.REMIT))


COLOUR_COLUMNS = {c.RED: Rating.RED, c.AMBER: Rating.AMBER, c.GREEN: Rating.GREEN}


def panels_of(plan: Plan) -> list[str]:
    """The plan's panels: those on its Panels sheet, then any that only an item names."""
    named = [panel for items in (plan.key_actions, plan.measures) for panels in items[c.PANEL] for panel in panels]
    return list(dict.fromkeys((*plan.panels[c.PANEL], *named)))


def allocation(plan: Plan) -> pd.DataFrame:
    """Which items each panel has: the whole allocation table."""
    actions, measures = records(plan.key_actions), [r for r in records(plan.measures) if r[c.PART] is None]
    rows = [
        {
            c.PANEL: panel,
            c.PANEL_KEY_ACTIONS: ", ".join(row[c.KEY] for row in actions if panel in row[c.PANEL]) or None,
            c.PANEL_MEASURES: ", ".join(row[c.KEY] for row in measures if panel in row[c.PANEL]) or None,
        }
        for panel in panels_of(plan)
    ]
    return frame(rows, (c.PANEL, c.PANEL_KEY_ACTIONS, c.PANEL_MEASURES))


def for_panel(results: Results, panel: str) -> Results:
    """A panel's share of a report: no rating, figure, milestone or commentary of any other item is left in it."""

    def mine(items: pd.DataFrame) -> pd.DataFrame:
        return where(items, lambda row: panel in (row[c.PANEL] or "").split("; "))

    key_actions, measures = mine(results.key_actions), mine(results.measures)
    keys = {*key_actions[c.KEY], *measures[c.KEY]}

    def of_keys(items: pd.DataFrame) -> pd.DataFrame:
        return where(items, lambda row: row[c.KEY] in keys)

    bare = results.page.copy()
    for heading in (c.RAG, c.MARK):
        bare[heading] = objects(v if key in keys else None for key, v in zip(bare[c.KEY], bare[heading], strict=True))
    empty = {name: getattr(results, name).iloc[:0] for name in OTHERS}
    return replace(
        results,
        overview=(),
        direction_counts=(),
        reconciliation=(),
        key_actions=key_actions,
        measures=measures,
        milestones=of_keys(results.milestones),
        milestones_last_quarter=of_keys(results.milestones_last_quarter),
        next_quarter=of_keys(results.next_quarter),
        panels=where(results.panels, lambda row: row[c.PANEL] == panel),
        history=of_keys(results.history),
        data=of_keys(results.data),
        page=bare,
        **empty,
    )
