"""A quarter rated: plan, returns and earlier quarters brought together, every item rated, everything odd queried."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ragtool.checks import Rated, run_checks
from ragtool.corrections import correct
from ragtool.earlier import Earlier
from ragtool.frames import Row
from ragtool.history import add_quarter, late_overrides, merge_earlier, quarter_rows
from ragtool.merge import merge
from ragtool.milestones import plan_milestones
from ragtool.model import Query
from ragtool.plan import Plan
from ragtool.quarters import Quarter
from ragtool.rating import rate_key_actions, rate_measures
from ragtool.read.previous import Previous
from ragtool.read.received import Received
from ragtool.register import before_quarter, register
from ragtool.returns.locked import changed_cells
from ragtool.row_counts import RowCounts


@dataclass(frozen=True)
class RatedQuarter:
    """What a quarter comes to. `data` are all quarters so far, `rows` says what became of the returns' rows.

    `register` has the last row of every milestone so far. `revisions` are the Revisions rows of the returns'
    corrections to earlier quarters and of the plan's decisions about milestones.
    """

    rated: Rated
    data: pd.DataFrame
    register: pd.DataFrame
    revisions: list[Row]
    rows: RowCounts
    queries: tuple[Query, ...]


def rate_quarter(plan: Plan, received: Received, previous: Previous | None, quarter: Quarter) -> RatedQuarter:
    """Corrects the earlier quarters, merges the returns with the plan, rates every item and checks what was entered."""
    before, history_queries = merge_earlier(plan, previous, quarter)
    before, corrections, correction_queries, corrected = correct(before, received, plan, quarter)
    earlier = Earlier.of(before, quarter, plan)
    planned = plan_milestones(plan, quarter, before_quarter(previous, plan, quarter))
    changed = changed_cells(plan, received, planned.shown, quarter)
    merged = merge(plan, planned.shown, received, quarter)
    key_actions = rate_key_actions(merged, plan, quarter, earlier)
    measures = rate_measures(merged, plan, quarter, earlier)
    rated = Rated(plan, quarter, key_actions, merged.milestones, measures, earlier, tuple(changed))
    data = add_quarter(before, quarter_rows(key_actions, measures, quarter), quarter)
    revisions = [*corrections, *planned.revisions]
    found = [*received.all_queries, *merged.queries, *correction_queries]
    late = late_overrides(plan, earlier, quarter)
    queries = (*history_queries, *late, *planned.queries, *found, *run_checks(rated, found))
    rows = merged.rows + corrected
    return RatedQuarter(rated, data, register(planned, merged.milestones, quarter), revisions, rows, queries)
