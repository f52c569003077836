"""Milestones that service areas propose for the coming quarters: what can't be taken up is said, never dropped."""

from __future__ import annotations

from collections.abc import Iterator

from ragtool import columns as c
from ragtool.frames import AT, Row, records
from ragtool.model import Place, Query, Severity, fold
from ragtool.plan.plan import Plan
from ragtool.quarter.row_counts import REFUSED, USED, RowCounts
from ragtool.returns.received import Received
from ragtool.sheets.tables import LONGEST_LABEL
from ragtool.sheets.unreadable import quoted

NEXT = c.ReturnSheets.NEXT


def proposal_queries(plan: Plan, received: Received, counts: RowCounts) -> Iterator[Query]:
    """What is wrong with the rows of the Next milestones sheets; `counts` takes what became of each."""
    keys = {fold(key) for key in plan.key_actions[c.KEY]}
    unread = {(query.file, query.sheet, query.cell) for query in received.all_queries}
    for each, table in received.table(NEXT):
        counts[each.area, REFUSED] += each.unread.get(NEXT.name, 0)
        for row in records(table):
            place: Place = row[AT]
            heading, problem, what = fault(row, keys)
            counts[each.area, REFUSED if problem and heading != c.DUE else USED] += 1
            if problem and (each.file, place.sheet, place.cell(heading)) not in unread:
                severity = Severity.QUERY if heading == c.DUE else Severity.ERROR
                yield place.query(heading, (row[c.KEY] or "")[:LONGEST_LABEL], problem, what, severity)


def fault(row: Row, keys: set[str]) -> tuple[str, str, str]:
    """The heading of the cell that is wrong, why, and what to do; empty texts where nothing is."""
    if not row[c.KEY]:
        return c.KEY, "The proposed milestone has no key, so it isn't used.", "Choose the key of its key action."
    if fold(row[c.KEY]) not in keys:
        problem = f"The plan has no key action {quoted(row[c.KEY])}, so the proposed milestone isn't used."
        return c.KEY, problem, "Choose the key of its key action."
    if not row[c.MILESTONE]:
        return c.MILESTONE, "A milestone is proposed without saying which, so it isn't used.", "Say what will be done."
    if not row[c.DUE]:
        problem = "The proposed milestone has no due date, so it can't be added to the next plan."
        return c.DUE, problem, "Choose the quarter in which it is due."
    return c.KEY, "", ""
