"""Checks of what officers entered: each a function from the rated quarter to queries. None changes a rating."""

from __future__ import annotations

from collections.abc import Sequence

from ragtool.checks.completeness import COMPLETENESS, figures_have_a_period, red_and_amber_have_a_resolution
from ragtool.checks.plausibility import PLAUSIBILITY
from ragtool.model import Query
from ragtool.quarter.rated import Rated

__all__ = ["CHECKS", "Rated", "run_checks"]

CHECKS = (*COMPLETENESS, *PLAUSIBILITY, figures_have_a_period, red_and_amber_have_a_resolution)
"""In the order of their weight. A slip of the hand comes before what else the figure lacks: the figure may not
stand, and may be what makes the item Red."""


def run_checks(rated: Rated, known: Sequence[Query]) -> list[Query]:
    """What the checks find: at most one query an item, those already `known` included.

    One is enough to send an officer to the item, and nobody learns to ignore queries.
    """
    asked = {(query.file, query.key) for query in known}
    found = []
    for check in CHECKS:
        for query in check(rated):
            if (query.file, query.key) not in asked:
                asked.add((query.file, query.key))
                found.append(query)
    return found
