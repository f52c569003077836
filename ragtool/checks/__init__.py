"""Checks of what officers entered: each a function from the rated quarter to queries. None changes a rating."""

from __future__ import annotations

from ragtool.checks.completeness import (
    COMPLETENESS,
    figures_have_a_period,
    forecasts_are_given,
    locked_cells_stand,
)
from ragtool.checks.dates import DATE_CHECKS
from ragtool.checks.own_ratings import overrides_have_a_resolution, red_and_amber_have_a_resolution
from ragtool.checks.plausibility import PLAUSIBILITY
from ragtool.model import Query
from ragtool.quarter.rated import RatedQuarter

__all__ = ["CHECKS", "run_checks"]

CHECKS = (
    *COMPLETENESS,
    *DATE_CHECKS,
    *PLAUSIBILITY,
    figures_have_a_period,
    red_and_amber_have_a_resolution,
    overrides_have_a_resolution,
    forecasts_are_given,
)
"""In the order of their weight. A slip of the hand comes before what else the figure lacks: the figure may not
stand, and may be what makes the item Red."""


def run_checks(rated: RatedQuarter) -> list[Query]:
    """What the checks find: at most one query an item, those already asked about its return included.

    One is enough to send an officer to the item, and nobody learns to ignore queries. That a locked cell was changed is
    said always.
    """
    asked = {(query.file, query.key) for query in rated.about_returns}
    queries = []
    for check in CHECKS:
        for query in check(rated):
            if check is locked_cells_stand or (query.file, query.key) not in asked:
                asked.add((query.file, query.key))
                queries.append(query)
    return queries
