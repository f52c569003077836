"""The rating rules: figures in, a rating and its reason out. No workbook, no path, no clock.

Everything that decides a colour stands here. Sources: the Q2 2013/14 report to Cabinet (scope, RAG definitions,
overview paragraph), set out in docs/rules.md. Comparisons are exact: figures are decimals as typed, shares are
fractions, and nothing is rounded before it is compared.
"""

from ragtool.rules.facts import (
    Criteria,
    Figure,
    Improvement,
    KeyActionCriteria,
    MilestoneOutturn,
    OwnRating,
    RatedPart,
    RuleRating,
)
from ragtool.rules.indexes import rate_index
from ragtool.rules.key_actions import rate_key_action
from ragtool.rules.measures import is_met, rate_measure, shortfall, stretch_for, target_for
from ragtool.rules.publish import (
    ApprovedRating,
    Published,
    by_rule,
    forecast_worse,
    is_escalated,
    is_worse,
    publish,
)
from ragtool.rules.words import LAST_FIGURE, UNDER_DEVELOPMENT, percent, worse

__all__ = [
    "LAST_FIGURE",
    "UNDER_DEVELOPMENT",
    "ApprovedRating",
    "Criteria",
    "Figure",
    "Improvement",
    "KeyActionCriteria",
    "MilestoneOutturn",
    "OwnRating",
    "Published",
    "RatedPart",
    "RuleRating",
    "by_rule",
    "forecast_worse",
    "is_escalated",
    "is_met",
    "is_worse",
    "percent",
    "publish",
    "rate_index",
    "rate_key_action",
    "rate_measure",
    "shortfall",
    "stretch_for",
    "target_for",
    "worse",
]
