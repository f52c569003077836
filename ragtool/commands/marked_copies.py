"""The returns with queries, each as a copy of the officer's own workbook with every query marked where it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

from ragtool import columns as c
from ragtool.model import Query, yes_or_no
from ragtool.quarter.items import RatedMeasure, ReturnedMilestone
from ragtool.quarter.rated import RatedQuarter
from ragtool.returns.entries import ENTRY_FIELDS, Entry
from ragtool.returns.marked import Annotated, annotate_returns
from ragtool.returns.reading import Return
from ragtool.returns.received import Received
from ragtool.returns.template.area_items import AreaItems, items_by_area
from ragtool.returns.template.rows import Entries
from ragtool.returns.template.template import write_return
from ragtool.sheets.rows import values_of
from ragtool.workbooks.whole_files import Writer

S = c.ReturnSheets

QUERIES = "queries"
"""The folder of the copies, inside the returns folder."""


def write_copies(
    returns: Path, received: Received, rated: RatedQuarter | None, queries: Sequence[Query]
) -> tuple[Annotated, ...]:
    """Writes a marked copy of each return with queries to the folder `queries` in `returns`.

    A workbook that can't be marked as it is, such as an .ods, becomes a fresh template filled with what was read of
    it; that needs the plan, in `rated`.
    """
    used = {each.file: each for each in received.used}

    @cache
    def asked() -> dict[str, AreaItems]:
        assert rated is not None
        return items_by_area(rated.plan, rated.quarter, [step.milestone for step in rated.counted])

    def refill(file: str) -> Writer | None:
        each = used.get(file)
        if each is None or rated is None:
            return None
        fixed = partial(write_return, plan=rated.plan, quarter=each.quarter, items=asked()[each.area])
        return partial(fixed, entries=entries_of(each, rated), earlier=rated.earlier)

    return tuple(annotate_returns(received.paths, queries, returns / QUERIES, refill))


def entries_of(each: Return, rated: RatedQuarter) -> Entries:
    """What was read of a return's entries, by sheet, as its template takes them."""
    area = each.area
    return {
        S.KEY_ACTIONS.name: [
            {**entries_by_heading(action.entry), c.KEY: action.item.key}
            for action in rated.key_actions
            if action.item.area == area
        ],
        S.MILESTONES.name: [milestone_entries(step) for step in rated.milestones if step.milestone.area == area],
        S.MEASURES.name: [measure_entries(measure) for measure in rated.measures if measure.item.area == area],
        S.NEXT.name: [values_of(row) for row in each.proposals],
        S.REVISIONS.name: [
            {**values_of(row), c.REVISED_PERFORMANCE: row.performance.value if row.performance else None}
            for row in each.corrections
        ],
        S.SIGN_OFF.name: [{c.FIELD: field, c.ENTRY: entry} for field, entry in each.sign_off.by_field.items()],
    }


def entries_by_heading(entry: Entry) -> dict[str, object]:
    """A row's entries by heading."""
    return {heading: getattr(entry, field) for heading, field in ENTRY_FIELDS[type(entry)].items()}


def milestone_entries(step: ReturnedMilestone) -> dict[str, object]:
    """A milestone's entries, under what identifies its row."""
    milestone, concern = step.milestone, step.entry.quality_concern
    return {
        **entries_by_heading(step.entry),
        c.KEY: milestone.key,
        c.NO: milestone.no,
        c.CARRIED_FROM: milestone.carried_from,
        c.QUALITY_CONCERN: None if concern is None else yes_or_no(concern),
    }


def measure_entries(measure: RatedMeasure) -> dict[str, object]:
    """A measure's entries, under what identifies its row; a figure that was let stand isn't an entry."""
    return {
        **entries_by_heading(measure.entry),
        c.KEY: measure.item.key,
        c.PART: measure.part,
        c.PERFORMANCE: None if measure.stands else measure.figure,
    }
