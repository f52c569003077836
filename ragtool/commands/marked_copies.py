"""The returns with queries, each as a copy of the officer's own workbook with every query marked where it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from ragtool import columns as c
from ragtool.commands.rate import RatedQuarter
from ragtool.frames import frame, records
from ragtool.model import DataStatus, Query, yes_or_no
from ragtool.quarter.merge import counted
from ragtool.returns.marked import Annotated, annotate_returns
from ragtool.returns.reading import Return
from ragtool.returns.received import Received
from ragtool.returns.template.template import write_return
from ragtool.workbooks.opening import Cell
from ragtool.workbooks.whole_files import Writer

S = c.ReturnSheets

QUERIES = "queries"
"""The folder of the copies, inside the returns folder."""


def write_copies(
    returns: Path, received: Received, done: RatedQuarter | None, queries: Sequence[Query]
) -> tuple[Annotated, ...]:
    """Writes a marked copy of each return with queries to the folder `queries` in `returns`.

    A workbook that can't be marked as it is, such as an .ods, becomes a fresh template filled with what was read of
    it; that needs the plan, in `done`.
    """
    used = {each.file: each for each in received.used}

    def refill(file: str) -> Writer | None:
        each = used.get(file)
        if each is None or done is None:
            return None
        plan, earlier, milestones = done.rated.plan, done.rated.earlier, counted(done.rated.milestones)
        fixed = partial(write_return, plan=plan, area=each.area, quarter=each.quarter, milestones=milestones)
        return partial(fixed, entries=entries_of(each, done), earlier=earlier)

    return tuple(annotate_returns(received.paths, queries, returns / QUERIES, refill))


def entries_of(each: Return, done: RatedQuarter) -> dict[str, pd.DataFrame]:
    """What was read of a return's entries, by sheet, as its template takes them."""
    rated = done.rated
    figures = [
        {**row, c.PERFORMANCE: None} if row[c.DATA_STATUS] is DataStatus.NO_NEWER else row
        for row in records(rated.measures)
    ]
    milestones = [
        {**row, c.QUALITY_CONCERN: None if (concern := row[c.QUALITY_CONCERN]) is None else yes_or_no(concern)}
        for row in records(rated.milestones)
    ]
    corrections = [
        {**row, c.REVISED_PERFORMANCE: cell.value if isinstance(cell := row[c.REVISED_PERFORMANCE], Cell) else None}
        for row in records(each.tables[S.REVISIONS.name])
    ]
    signed = [{c.FIELD: name, c.ENTRY: entry} for name, entry in each.sign_off.items()]
    return {
        S.KEY_ACTIONS.name: rated.key_actions,
        S.MILESTONES.name: frame(milestones, list(rated.milestones.columns)),
        S.MEASURES.name: frame(figures, list(rated.measures.columns)),
        S.NEXT.name: each.tables[S.NEXT.name],
        S.REVISIONS.name: frame(corrections, S.REVISIONS.headings),
        S.SIGN_OFF.name: frame(signed, S.SIGN_OFF.headings),
    }
