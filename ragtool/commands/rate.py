"""A quarter rated: plan, returns and earlier quarters brought together, every item rated, everything odd queried."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ragtool.checks import run_checks
from ragtool.frames import Row
from ragtool.history.earlier import Earlier
from ragtool.history.previous import Previous
from ragtool.history.quarters_so_far import late_overrides, merge_earlier
from ragtool.model import Query
from ragtool.plan.plan import Plan
from ragtool.quarter.corrections import correct
from ragtool.quarter.data_rows import add_quarter, quarter_rows
from ragtool.quarter.locked import changed_cells
from ragtool.quarter.merge import merge
from ragtool.quarter.milestones import plan_milestones
from ragtool.quarter.rated import Rated
from ragtool.quarter.rating import rate_key_actions, rate_measures
from ragtool.quarter.register import before_quarter, register
from ragtool.quarter.row_counts import RowCounts
from ragtool.quarters import Quarter
from ragtool.returns.received import Received


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
