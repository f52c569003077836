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
    "Plan title": "Our plan",
    "Vision": "A place for all",
    "Handling marking": "Official",
    "Committee": "Cabinet",
    "Meeting date": "14/11/2013",
    "Report author": "Head of Performance",
    "Report reference": "R/1",
    "Contact": "performance@anytown.example",
    "Financial year starts": "April",
    "Intervention level": "15 %",
    "At the intervention level": "Amber",
    "Index method": "Mean",
    "No milestones due": "Green",
    "Direction tolerance": "1 %",
    "Palette": "#1F3864",
}
OWN: Mapping[str, Mapping[str, object]] = {
    "K1": {
        c.PORTFOLIO_LEAD: "Roads",
        c.OFFICER_LEAD: "Head of Roads",
        c.CONTRIBUTING: FINANCE,
        c.ACTION_PLAN: "Yes",
        c.BUSINESS_PLAN: "No",
        c.STARTS: "2013/14 Q1",
        c.ENDS: "2015/16 Q4",
        c.FORMERLY: "A1",
    },
    "K3": {c.RATED_BY: "Officer"},
    "K4": {c.STATUS: "On hold"},
    "M1": {
        c.PORTFOLIO_LEAD: "Roads",
        c.OFFICER_LEAD: "Head of Roads",
        c.PANEL: "Safer",
        c.DECIMALS: 1,
        "Target Q1": 75,
        "Target Q3": 82,
        "Target Q4": 85,
        c.THREE_YEAR_TARGET: "95 by 2016",
        c.REPORTED_IN: "Q1;Q2;Q3;Q4",
        c.DATA_SOURCE: "Housing system",
        c.STATUS: "Active",
        c.STARTS: "2012/13 Q1",
        c.ENDS: "2015/16 Q4",
        c.FORMERLY: "OM1",
        c.STRETCH_TARGET: 90,
        c.BENCHMARK: 75,
        c.BENCHMARK_IS: "Neighbours",
        c.RED_BEYOND: 60,
    },
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
    "M4": {
        c.BETTER_WHEN: "More than",
        c.INTERVENTION_LEVEL: "100 points",
        c.BASIS: "Year to date",
        c.PROFILE: "Straight line",
        c.TARGET_PERIOD: "2013/14 Q2",
        "Target Q2": None,
        c.ANNUAL_TARGET: 2000,
    },
}
"""What the items of the small quarter say of their own, by key."""

BESIDES: Mapping[str, Mapping[str, object]] = {
    "Outcomes": {c.THEME_STATEMENT: "We care for all.", c.OUTCOME_LEADS: "Head of Care"},
    "Service areas": {c.FORMERLY: "Roads"},
    "Panels": {c.MEETING_DATE: "20/11/2013"},
}
"""What the first row of these sheets says besides."""

STEPS = [
    {c.KEY: "K2", c.NO: 2, c.MILESTONE: "A step of another", c.DUE: "2013/14 Q3", c.SERVICE_AREA: FINANCE},
    {c.KEY: "K2", c.NO: 3, c.MILESTONE: "A step moved", c.DUE: "2013/14 Q2", c.REVISED_DUE: "2013/14 Q4"}
    | {c.DECISION: "Cabinet, 3/9/2013"},
    {c.KEY: "K2", c.NO: 4, c.MILESTONE: "A step proposed", c.DUE: "2013/14 Q4", c.STATUS: "Proposed"},
]
OVERRIDES = [
    {c.QUARTER: "2013/14 Q2", c.KEY: "K2", c.RAG: "Amber", c.REASON: "The contract isn't signed."}
    | {c.APPROVED_BY: "Cabinet", c.DATE: "14/11/2013"}
]

EARLIER = [
    {c.QUARTER: "2012/13 Q4", c.KEY: "P1", c.PART: "1", c.RAG: "G", c.PERFORMANCE: 0.6, c.TARGET: 0.5, c.REVIEW: "Well"}
] + [
    {c.QUARTER: when, c.KEY: key, c.RAG: "R", c.PERFORMANCE: figure, c.TARGET: 80}
    for when, key, figure in (("2012/13 Q2", "M1", 70), ("2013/14 Q1", "M1", 72), ("2013/14 Q1", "M4", 900))
]


def plan_of_every_column() -> dict[str, list[dict[str, Any]]]:
    """The small quarter's plan with all of that."""
    sheets = {name: [dict(row) for row in rows] for name, rows in PLAN.items()}
    sheets["Settings"] += [{c.SETTING: name, c.VALUE: value} for name, value in SETTINGS.items()]
    for row in (*sheets["Key actions"], *sheets["Measures"]):
        row |= {c.WEIGHT: 2} if row.get(c.PART) else OWN.get(row[c.KEY], {})
    for name, besides in BESIDES.items():
        sheets[name][0] |= besides
    sheets["Milestones"] += STEPS
    return {**sheets, "Earlier quarters": EARLIER, "Overrides": OVERRIDES}


def build_every_column(folder: Path) -> Path:
    """The quarter folder, its returns filled and signed, with a forecast of each item and an officer's rating."""
    build(folder, plan_of_every_column())
    for key, forecast in (("M1", "Red"), ("M2", "Amber"), ("P1", "Green")):
        fill(return_of(folder), "Measures", {c.FORECAST: forecast}, key=key, part="")
    own = {c.OWN_RATING: "Amber", c.REASON_OWN: "The contractor is late.", c.FORECAST: "Blue"}
    fill(return_of(folder, FINANCE), "Key actions", own, key="K3")
    return folder
