"""A quarter's items as they were rated."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ragtool.history.earlier import Earlier
from ragtool.plan.plan import Plan
from ragtool.quarter.locked import Changed
from ragtool.quarters import Quarter


@dataclass(frozen=True)
class Rated:
    """What the checks look at: the quarter's items as they were rated, and the quarters before.

    `changed` are the locked cells of returns that no longer say what the plan says.
    """

    plan: Plan
    quarter: Quarter
    key_actions: pd.DataFrame
    milestones: pd.DataFrame
    measures: pd.DataFrame
    earlier: Earlier
    changed: tuple[Changed, ...] = ()
