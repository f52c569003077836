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
    """What the checks find: at most one query an item on a sheet, those already asked about its return included.

    One is enough to send an officer to the item's row, and nobody learns to ignore queries; one about a correction or
    a proposal sends nobody to the row of its key on another sheet. That a locked cell was changed is said always.
    """
    asked = {(query.file, query.sheet, query.key) for query in rated.about_returns}
    queries = []
    for check in CHECKS:
        for query in check(rated):
            about = query.file, query.sheet, query.key
            if check is locked_cells_stand or about not in asked:
                asked.add(about)
                queries.append(query)
    return queries
