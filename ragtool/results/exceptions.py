"""What needs attention, each with its evidence: the report's Exceptions sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from ragtool import columns as c
from ragtool.checks.contradictions import CONTRADICTIONS
from ragtool.figures import how_many
from ragtool.frames import Row, frame, records
from ragtool.history.earlier import description
from ragtool.model import MilestoneStatus, Rating
from ragtool.plan.milestones import due_by
from ragtool.quarter.merge import counted
from ragtool.quarter.rated import Rated
from ragtool.rules.publish import DECLARED, OVERRIDE

ESCALATED, RED_PART, OVERDUE, AMBER = "Escalated", "Red part", "Overdue milestone", "Amber"
CONTRADICTION = "Contradiction"
NOT_RETURNED, NOT_AVAILABLE = "Not returned", "Not available"


def exceptions(rated: Rated) -> pd.DataFrame:
    """The exceptions, the gravest reason first, in the plan's order within each."""
    actions, figures = records(rated.key_actions), records(rated.measures)
    ratings = {row[c.KEY]: row[c.RAG] for row in actions}
    leads = {row[c.KEY]: row[c.OFFICER_LEAD] for row in actions}
    wholes = [row for row in figures if row[c.PART] is None]
    parts = [row for row in figures if row[c.PART] is not None]
    rows = [
        *listed(ESCALATED, wholes, lambda row: row[c.ESCALATED]),
        *listed(RED_PART, parts, lambda row: row[c.RAG] is Rating.RED),
        *overdue_milestones(rated.milestones, ratings, leads),
        *listed(AMBER, [*actions, *wholes], lambda row: row[c.RAG] is Rating.AMBER),
        *listed(DECLARED, [*actions, *figures], lambda row: row[c.MARK] == DECLARED),
        *listed(OVERRIDE, [*actions, *figures], lambda row: row[c.MARK] == OVERRIDE),
        *(exception(CONTRADICTION, row, evidence) for find in CONTRADICTIONS for row, evidence in find(rated)),
        *listed(NOT_RETURNED, [*actions, *wholes], lambda row: row[c.RAG] is Rating.NOT_RETURNED),
        *listed(NOT_AVAILABLE, figures, lambda row: row[c.RAG] is Rating.NOT_AVAILABLE),
    ]
    return frame(rows, c.ReportSheets.EXCEPTIONS.headings)


def listed(reason: str, items: list[Row], applies: Callable[[Row], bool]) -> Iterator[Row]:
    """The items to which a reason applies, with why they are rated as they are."""
    for row in items:
        if applies(row):
            yield exception(reason, row, row[c.WHY])


def exception(reason: str, row: Row, detail: str) -> Row:
    """One row of the sheet about a key action, measure or part; a part that has no description is told by its name."""
    unnamed = row.get(c.PART) and not row.get(c.PART_DESCRIPTION)
    return {
        c.REASON: reason,
        c.KEY: row[c.KEY],
        c.DESCRIPTION: description(row) if not unnamed else f"{description(row)}: part {row[c.PART]}",
        c.RAG: row[c.RAG],
        c.SERVICE_AREA: row[c.SERVICE_AREA],
        c.OFFICER_LEADS: "; ".join(row[c.OFFICER_LEAD]),
        c.DETAIL: detail,
        c.RESOLUTION: row[c.RESOLUTION],
        c.DUE: row.get(c.BY_WHEN),
    }


def overdue_milestones(
    milestones: pd.DataFrame, ratings: dict[str, Rating], leads: dict[str, tuple[str, ...]]
) -> Iterator[Row]:
    """Every overdue milestone on its own."""
    for row in records(counted(milestones)):
        if row[c.STATUS] is MilestoneStatus.OVERDUE:
            times = row[c.TIMES_CARRIED]
            often = f", carried forward {how_many(times, 'time')}" if times else ""
            proposed = f"; proposed for {row[c.REVISED_DATE]:%d/%m/%Y}" if row[c.REVISED_DATE] else ""
            yield {
                c.REASON: OVERDUE,
                c.KEY: row[c.KEY],
                c.DESCRIPTION: row[c.MILESTONE],
                c.RAG: ratings.get(row[c.KEY]),
                c.SERVICE_AREA: row[c.SERVICE_AREA],
                c.OFFICER_LEADS: "; ".join(leads.get(row[c.KEY], ())),
                c.DETAIL: f"Milestone no. {row[c.NO]} is overdue{often}{proposed}.",
                c.RESOLUTION: row[c.RESOLUTION],
                c.DUE: due_by(row),
            }
