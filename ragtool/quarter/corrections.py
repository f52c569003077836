"""Earlier quarters' figures corrected by this quarter's returns: which corrections are taken, and which not and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ragtool import columns as c
from ragtool.history.reported import Reported, ReportedId, Revision
from ragtool.history.revision import same
from ragtool.model import DataStatus, Kind, Query, Severity, as_name, fold
from ragtool.plan.plan import Plan
from ragtool.quarter.corrected_quarters import Applied, CorrectedQuarters
from ragtool.quarter.row_counts import REFUSED, USED, RowCounts
from ragtool.quarters import Quarter
from ragtool.returns.entries import CorrectionEntry
from ragtool.returns.marked.figure_formats import what_to_type
from ragtool.returns.received import Received
from ragtool.sheets import figure_cells
from ragtool.sheets.unreadable import Unreadable

REVISIONS = c.ReturnSheets.REVISIONS


@dataclass(frozen=True)
class Corrected:
    """The earlier quarters once corrected, what changed in them, queries, and what became of each correction."""

    data: tuple[Reported, ...]
    revisions: tuple[Revision, ...]
    queries: tuple[Query, ...]
    rows: RowCounts


def correct(data: Sequence[Reported], received: Received, plan: Plan, quarter: Quarter) -> Corrected:
    """Applies the returns' corrections to the earlier quarters.

    A measure that its parts make is rated again with them. An overridden rating stays as it was published, and so does
    a declared one as long as it is worse than the rule's.
    """
    quarters = CorrectedQuarters(data, plan, quarter)
    queries: list[Query] = []
    rows: RowCounts = Counter()
    taken: dict[ReportedId, Applied] = {}
    changing: list[Applied] = []
    wanted = [(each, entry) for each in received.used for entry in each.corrections]
    wanted.sort(key=lambda one: one[1].quarter or quarter)  # an earlier year decides what has improved since
    for each, entry in wanted:
        applied = one_correction(entry, quarters, each.areas)
        if isinstance(applied, Query):
            queries.append(applied)
            rows[each.area, REFUSED] += 1
            continue
        first = taken.setdefault(applied.before.id, applied)
        if not same(first.figure, applied.figure):
            place = first.place
            where = f"{place.file}, {place.sheet}, {place.where(c.KEY)}"
            problem = f"It is corrected twice, here and in {where}; the first is used."
            what = "Delete the row that isn't meant."
            queries.append(applied.place.query(c.KEY, entry.key or "", problem, what, Severity.ERROR))
            rows[each.area, REFUSED] += 1
            continue
        if not same(applied.before.performance, applied.figure):
            changing.append(applied)
            quarters.apply(applied)
        rows[each.area, USED] += 1
    quarters.escalate_again()
    queries += (query for applied in changing for query in let_stand_since(applied, quarters))
    for each in received.used:
        rows[each.area, REFUSED] += each.unread.get(REVISIONS.name, 0)
    return Corrected(tuple(quarters.rows), tuple(quarters.changes), tuple(queries), rows)


def one_correction(entry: CorrectionEntry, quarters: CorrectedQuarters, areas: Sequence[str]) -> Applied | Query:
    """A correction with its figure and the row that it is about, or an Error that says why it can't be taken."""
    place, key = entry.at, entry.key or ""
    assert place is not None
    before = quarters.find(entry) if entry.key else None
    if refused := why_not(entry, before, quarters, areas):
        return place.query(refused.heading, key, refused.problem, refused.what_to_do, Severity.ERROR)
    assert before is not None
    assert entry.performance is not None
    try:
        return Applied(place, entry, before, figure_cells.figure(entry.performance, before.unit or ""))
    except Unreadable as fault:
        what = what_to_type(entry.performance, fault)
        return place.query(c.REVISED_PERFORMANCE, key, fault.problem, what, Severity.ERROR)


@dataclass(frozen=True)
class CorrectionRefused:
    """Why a correction can't be taken, under which heading, and what to do about it."""

    heading: str
    problem: str
    what_to_do: str = "Correct the row; until then the earlier figure stands."


def why_not(
    entry: CorrectionEntry, before: Reported | None, quarters: CorrectedQuarters, areas: Sequence[str]
) -> CorrectionRefused | None:
    """Why a correction can't be taken; None where it can."""
    if entry.key is None:
        return CorrectionRefused(c.KEY, "The correction has no key.")
    key, when, now = entry.key, entry.quarter, quarters.planned(entry.key, entry.part)
    if when is None:
        return CorrectionRefused(c.QUARTER, "The correction names no quarter.")
    if when >= quarters.quarter:
        problem = f"{when} is not an earlier quarter: this quarter's figure belongs on the sheet Measures."
        return CorrectionRefused(c.QUARTER, problem, "Type it there and delete the row, or correct the quarter.")
    if before is None:
        problem = f"No earlier report has {key}{f' part {entry.part}' if entry.part else ''} in {when}."
        return CorrectionRefused(c.KEY, problem, "Correct the key, the part or the quarter, or delete the row.")
    if before.kind is Kind.KEY_ACTION:
        problem = f"{key} is a key action; only a measure's figure can be corrected."
        return CorrectionRefused(
            c.KEY, problem, "Delete the row, and tell the plan's manager, who can override a rating."
        )
    if quarters.parts_of(before):
        return CorrectionRefused(c.PART, f"{key} is rated by its parts: say which part the figure is for.")
    heirs = quarters.plan.areas_called.get(as_name(before.area or ""), ())
    named = (before.area, *heirs, now.area if now else None)
    owners = {owner.casefold(): owner for owner in named if owner}
    if owners and not any(area.casefold() in owners for area in areas):
        whose = " or ".join(owners.values())
        problem = f"{whose} reports this figure, not {' or '.join(areas)}."
        return CorrectionRefused(c.KEY, problem, f"Delete the row, and ask {whose} to correct the figure.")
    if entry.performance is None:
        return CorrectionRefused(c.REVISED_PERFORMANCE, "The correction gives no revised figure.")
    if not entry.reason:
        return CorrectionRefused(c.REASON, "The correction has no reason.")
    return None


def let_stand_since(applied: Applied, quarters: CorrectedQuarters) -> Iterator[Query]:
    """Queries about later quarters that let a figure stand which is corrected now, and still have it as it was.

    A correction is of the quarter that it names: what was published of another isn't changed by it.
    """
    before, key = applied.before, applied.entry.key or ""
    period = fold(before.period or str(before.quarter))
    for row in quarters.earlier.about(key, applied.entry.part):
        stood = row.data_status is DataStatus.NO_NEWER and fold(row.period or "") == period
        if row.quarter > before.quarter and stood and same(row.performance, before.performance):
            problem = f"{row.quarter} let this figure stand, and still has it as it was."
            what = f"If it was wrong there too, correct {row.quarter} in a row of its own."
            yield applied.place.query(c.QUARTER, key, problem, what)
