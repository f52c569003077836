"""A small quarter whose plan uses what a plan may say of its own: levels in points, limits, stretch targets, forecasts.

The sample quarter rates by the defaults; broken files are made from this one as well, so that every column and setting
that decides something is among what is broken.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from officers import fill
from ragtool import columns as c
from small_quarter import FINANCE, PLAN, build, return_of

SETTINGS = {
    "Ask for a forecast": "Yes",
    "Milestones for Green": "90 %",
    "Milestones for Amber": "50 %",
    "Complete shows as": "Blue",
    "Blue beyond": "10 %",
    "Green within": "1 %",
    "Amber needs improvement": "Yes",
    "Escalate after": 2,
}
OWN: Mapping[str, Mapping[str, object]] = {
    "K3": {c.RATED_BY: "Officer"},
    "K4": {c.STATUS: "On hold"},
    "M1": {c.STRETCH_TARGET: 90, c.BENCHMARK: 75, c.BENCHMARK_IS: "Neighbours", c.RED_BEYOND: 60},
    "M2": {c.INTERVENTION_LEVEL: "5 points", c.GREEN_WITHIN: "2 points", c.BASIS: "Year-to-date rate"},
    "P1": {c.INTERVENTION_LEVEL: "5 points", c.GREEN_WITHIN: "3 %", c.INDEX_METHOD: "Worst part"},
    "M3": {
        c.BETTER_WHEN: "In range",
        "Target Q2": None,
        c.RANGE_LOW: 4,
        c.RANGE_HIGH: 6,
        c.RED_BELOW: 3,
        c.RED_ABOVE: 8,
    },
    "M4": {c.BETTER_WHEN: "More than", c.INTERVENTION_LEVEL: "100 points"},
}
"""What the items of the small quarter say of their own, by key."""

EARLIER = [
    {c.QUARTER: when, c.KEY: key, c.RAG: "R", c.PERFORMANCE: figure, c.TARGET: 80}
    for when, key, figure in (("2012/13 Q2", "M1", 70), ("2013/14 Q1", "M1", 72), ("2013/14 Q1", "M4", 900))
]


def plan_of_every_column() -> dict[str, list[dict[str, Any]]]:
    """The small quarter's plan with all of that."""
    sheets = {name: [dict(row) for row in rows] for name, rows in PLAN.items()}
    sheets["Settings"] += [{c.SETTING: name, c.VALUE: value} for name, value in SETTINGS.items()]
    for row in (*sheets["Key actions"], *sheets["Measures"]):
        row |= {} if row.get(c.PART) else OWN.get(row[c.KEY], {})
    return {**sheets, "Earlier quarters": EARLIER}


def build_every_column(folder: Path) -> Path:
    """The quarter folder, its returns filled and signed, with a forecast of each item and an officer's rating."""
    build(folder, plan_of_every_column())
    for key, forecast in (("M1", "Red"), ("M2", "Amber"), ("P1", "Green")):
        fill(return_of(folder), "Measures", {c.FORECAST: forecast}, key=key, part="")
    own = {c.OWN_RATING: "Amber", c.REASON_OWN: "The contractor is late.", c.FORECAST: "Blue"}
    fill(return_of(folder, FINANCE), "Key actions", own, key="K3")
    return folder
