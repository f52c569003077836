"""Milestones that service areas propose for the coming quarters: what can't be taken up is said, never dropped."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from ragtool import columns as c
from ragtool.model import Query, Severity, fold
from ragtool.plan.plan import Plan
from ragtool.plan.quarter_dates import LONGEST_AHEAD, is_of_another_age
from ragtool.quarter.row_counts import REFUSED, USED, RowCounts
from ragtool.quarters import Quarter, quarter_of, when_text
from ragtool.returns.entries import ProposalEntry
from ragtool.returns.received import Received
from ragtool.sheets.tables import LONGEST_LABEL
from ragtool.sheets.unreadable import quoted

NEXT = c.ReturnSheets.NEXT


def proposal_queries(plan: Plan, received: Received, quarter: Quarter, counts: RowCounts) -> Iterator[Query]:
    """What is wrong with the rows of the Next milestones sheets; `counts` takes what became of each."""
    keys = {fold(action.key) for action in plan.key_actions}
    unread = {(query.file, query.sheet, query.cell) for query in received.all_queries}
    for each in received.used:
        counts[each.area, REFUSED] += each.unread.get(NEXT.name, 0)
        for row in each.proposals:
            assert row.at is not None
            heading, problem, what = fault(row, keys, quarter, plan.settings.financial_year_starts)
            counts[each.area, REFUSED if problem and heading != c.DUE else USED] += 1
            if problem and (each.file, row.at.sheet, row.at.cell(heading)) not in unread:
                severity = Severity.QUERY if heading == c.DUE else Severity.ERROR
                yield row.at.query(heading, (row.key or "")[:LONGEST_LABEL], problem, what, severity)


def fault(row: ProposalEntry, keys: AbstractSet[str], quarter: Quarter, first_month: int) -> tuple[str, str, str]:
    """The heading of the cell that is wrong, why, and what to do; empty texts where nothing is. A milestone is proposed
    for a quarter after the one that is reported.
    """
    if not row.key:
        return c.KEY, "The proposed milestone has no key, so it isn't used.", "Choose the key of its key action."
    if fold(row.key) not in keys:
        problem = f"The plan has no key action {quoted(row.key)}, so the proposed milestone isn't used."
        return c.KEY, problem, "Choose the key of its key action."
    if not row.title:
        return c.MILESTONE, "A milestone is proposed without saying which, so it isn't used.", "Say what will be done."
    if not row.due:
        problem = "The proposed milestone has no due date, so it can't be added to the next plan."
        return c.DUE, problem, "Choose the quarter in which it is due."
    if quarter_of(row.due, first_month) <= quarter:
        problem = f"The proposed milestone is due by {when_text(row.due)}, which is in no coming quarter."
        return c.DUE, problem, "Choose the quarter in which it will be due."
    if is_of_another_age(row.due, quarter, first_month):
        problem = f"The proposed milestone is due by {when_text(row.due)}, more than {LONGEST_AHEAD} years ahead."
        return c.DUE, problem, "Check the year; if it is right, leave it as it is."
    return c.KEY, "", ""
