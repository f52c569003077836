"""Reports of earlier versions of this tool, which told in sentences what stands in columns of its own since."""

from __future__ import annotations

from dataclasses import replace

from ragtool.history.reported import CORRECTED, Reported, Revision
from ragtool.model import DataStatus, ItemStatus, Mark, Origin

RULE_SAYS = "The rule's rating is "
OVERRIDDEN = "Override to "
FROM_HISTORY = "From the plan's History sheet."
UNDER_DEVELOPMENT_THEN = "Under development, so not rated yet."
LAST_FIGURE_THEN = "(the last figure, for "
RUN_AGAIN = "run again after"
IN_A_RETURN = ", Revisions!"


def with_columns(row: Reported) -> Reported:
    """A row of an older report's Data with the columns that its report didn't have, as its Why told them."""
    why = (row.why or "").removeprefix(CORRECTED)
    note = why.partition(RULE_SAYS)[0].strip() if RULE_SAYS in why else ""
    marks: list[Mark] = []
    if note.startswith(OVERRIDDEN):
        marks.append(Mark.OVERRIDE)
    elif row.rating is not row.rule_rating and note:
        marks.append(Mark.DECLARED)
    if (row.why or "").startswith(CORRECTED):
        marks.append(Mark.REVISED)
    return replace(
        row,
        marks=tuple(marks),
        note=note or None,
        origin=Origin.PLAN if why == FROM_HISTORY else Origin.REPORT,
        status=ItemStatus.UNDER_DEVELOPMENT if UNDER_DEVELOPMENT_THEN in why else None,
        data_status=DataStatus.NO_NEWER if LAST_FIGURE_THEN in why else None,
    )


def with_origin(row: Revision) -> Revision:
    """A row of an older report's Revisions with its origin, as its Source told it."""
    source = row.source or ""
    if source.startswith(RUN_AGAIN):
        return replace(row, origin=Origin.RERUN)
    return replace(row, origin=Origin.RETURN if IN_A_RETURN in source else Origin.PLAN)
