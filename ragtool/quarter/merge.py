"""The plan and the returns brought together, by key and part or milestone number and never by position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ragtool import columns as c
from ragtool.frames import AT, Row, frame, label, left_merge, objects, records, where
from ragtool.history.earlier import item
from ragtool.model import Place, Query, Severity
from ragtool.plan.milestones import COUNTED, FIRST_DUE, STATE, identity
from ragtool.plan.plan import Plan, in_force, measures_in_force
from ragtool.quarter.proposals import proposal_queries
from ragtool.quarter.row_counts import PASSED_OVER, REFUSED, USED, RowCounts
from ragtool.quarter.row_texts import mixed_up, text_of_another, told_by_text, told_query
from ragtool.quarters import Quarter
from ragtool.returns.reading import PREFILLED, Return, entered
from ragtool.returns.received import Received
from ragtool.sheets import cells
from ragtool.sheets.cells import Unreadable
from ragtool.sheets.tables import LONGEST_LABEL
from ragtool.workbooks.opening import Cell

S = c.ReturnSheets

MOST_TWINS = 5
"""Rows about the same item that one query names beside its own."""

ID = "Identity"
ENTERED_AT = "Entered at"
"""The `Place` of the row that an officer filled; None where no return has it."""
RETURNED = "Returned"
"""Whether the return that should hold the row was received."""


@dataclass(frozen=True)
class Merged:
    """The plan's items in force, each with its officer's entries; None where nothing was entered."""

    key_actions: pd.DataFrame
    milestones: pd.DataFrame
    measures: pd.DataFrame
    queries: tuple[Query, ...]
    rows: RowCounts


def merge(plan: Plan, milestones: pd.DataFrame, received: Received, quarter: Quarter) -> Merged:
    """Every key action, milestone and measure of the quarter with what its own service area returned for it."""
    areas = {each.area.casefold() for each in received.used}
    queries: list[Query] = []
    rows: RowCounts = Counter()

    def with_entries(items: pd.DataFrame, sheet: c.Sheet, ids: list[Hashable], identify: Identify) -> pd.DataFrame:
        owned = items.copy()
        owned[ID] = objects(ids)
        owned[RETURNED] = objects(area.casefold() in areas for area in items[c.SERVICE_AREA])
        asked = where(owned, lambda row: row.get(STATE, COUNTED) == COUNTED)
        expected = {row[ID]: row for row in records(asked)}
        entered = entries(received, sheet, identify, expected, queries, rows)
        return fill(owned, entered, c.ENTRY_HEADINGS[sheet.name])

    actions = in_force(plan.key_actions, quarter)
    measures = measures_in_force(plan, quarter)
    merged_actions = with_entries(
        actions, S.KEY_ACTIONS, [item(key, None) for key in actions[c.KEY]], lambda row: item(row[c.KEY], None)
    )
    merged_milestones = with_entries(
        milestones,
        S.MILESTONES,
        [identity(row[c.KEY], row[FIRST_DUE], row[c.NO]) for row in records(milestones)],
        lambda row: identity(row[c.KEY], row[c.CARRIED_FROM] or quarter, row[c.NO] or ""),
    )
    merged_measures = with_entries(
        measures,
        S.MEASURES,
        [item(row[c.KEY], row[c.PART]) for row in records(measures)],
        lambda row: item(row[c.KEY], row[c.PART]),
    )
    figures = read_figures(merged_measures, queries)
    queries += proposal_queries(plan, received, rows)
    return Merged(merged_actions, merged_milestones, figures, tuple(queries), rows)


Identify = Callable[[Row], Hashable]


def entries(
    received: Received,
    sheet: c.Sheet,
    identify: Identify,
    expected: Mapping[Hashable, Row],
    queries: list[Query],
    counts: RowCounts,
) -> pd.DataFrame:
    """One sheet of all returns as rows by `ID`: only the rows that the plan expects from that return's service area.

    A row that is foreign, stands twice with different entries, or is missing is queried; `counts` takes what became
    of each row.
    """
    rows: dict[Hashable, Row] = {}
    for each, table in received.table(sheet):
        own = {id_: row for id_, row in expected.items() if row[c.SERVICE_AREA].casefold() == each.area.casefold()}
        found: dict[Hashable, list[Row]] = {}
        for row in records(table):
            id_ = identify(row) if row[c.KEY] else None
            if id_ not in own and (meant := told_by_text(row, sheet, own, expected)) is not None:
                id_ = meant
                queries.append(told_query(row, own[id_]))
            if id_ in own and (other := text_of_another(row, sheet, own, id_)):
                queries.append(foreign(row, *mixed_up(row, other)))
                found.setdefault(id_, [])
                counts[each.area, REFUSED] += 1
            elif id_ in own:
                found.setdefault(id_, []).append(row)
            else:
                queries.append(foreign(row, *why_foreign(row, each, expected.get(id_))))
                counts[each.area, REFUSED] += 1
        counts[each.area, REFUSED] += each.unread.get(sheet.name, 0)
        for id_, same in found.items():
            if not same:
                continue
            chosen = only_one(same, sheet)
            if chosen is None:
                queries += [doubled(row, same) for row in same]
                counts[each.area, REFUSED] += len(same)
            else:
                rows[id_] = chosen
                counts[each.area, USED] += 1
                counts[each.area, PASSED_OVER] += len(same) - 1
        if sheet.name not in each.unread:
            queries += [missing_row(each, sheet, own[id_]) for id_ in own if id_ not in found]
    headings = c.ENTRY_HEADINGS[sheet.name]
    listed = [{ID: id_, ENTERED_AT: row[AT], **{h: row[h] for h in headings}} for id_, row in rows.items()]
    return frame(listed, (ID, ENTERED_AT, *headings))


def only_one(same: Sequence[Row], sheet: c.Sheet) -> Row | None:
    """The row that counts among rows about one item, copies and unfilled ones aside; None where they differ."""
    headings = c.ENTRY_HEADINGS[sheet.name]
    filled = [row for row in same if any(row[h] is not None for h in headings if h not in PREFILLED)]
    rows = filled or list(same)
    differ = any(entered(row[heading]) != entered(rows[0][heading]) for row in rows[1:] for heading in headings)
    return None if differ else rows[0]


def doubled(row: Row, same: Sequence[Row]) -> Query:
    """A query about a row that stands several times with different entries."""
    others = [other[AT].cell(c.KEY) for other in same if other is not row]
    more = f" and {len(others) - MOST_TWINS} more" if len(others) > MOST_TWINS else ""
    problem = (
        f"The row stands here and in {', '.join(others[:MOST_TWINS])}{more} with different entries, so none is used."
    )
    return foreign(row, problem, "Delete the rows that aren't meant.")


def foreign(row: Row, problem: str, what_to_do: str) -> Query:
    """An Error about a row whose entries aren't used."""
    place: Place = row[AT]
    return place.query(c.KEY, label(row)[:LONGEST_LABEL], problem, what_to_do, Severity.ERROR)


def why_foreign(row: Row, each: Return, planned: Row | None) -> tuple[str, str]:
    """Why a row isn't one that its return is asked for, and what to do."""
    if not row[c.KEY]:
        return "The row has no key, so it isn't used.", "Type its key as in the template."
    what = "Delete the row, or correct its key."
    if planned is not None:
        owner = planned[c.SERVICE_AREA]
        what = f"Delete the row, which {owner} fills in, or correct its key."
        return f"{owner} reports this item, not {each.area}, so the row isn't used.", what
    return "The plan asks for no such item this quarter, so the row isn't used.", what


def missing_row(each: Return, sheet: c.Sheet, planned: Row) -> Query:
    """A row that a return doesn't have: it was deleted there, or came into the plan after the return was made."""
    problem = f"The row of {label(planned)} is missing."
    what = "Copy it back from the template, or type its key and number in a row of its own, and fill it in."
    return Query(each.file, sheet.name, "", label(planned), Severity.ERROR, problem, what)


def fill(items: pd.DataFrame, entered: pd.DataFrame, headings: tuple[str, ...]) -> pd.DataFrame:
    """Items with their entries; where the plan knows an entry and the officer left it blank, the plan's stands."""
    known = {heading: items[heading] for heading in headings if heading in items}
    merged = left_merge(items.drop(columns=list(known)), entered, [ID])
    for heading, given in known.items():
        merged[heading] = objects(
            mine if mine is not None else plans for mine, plans in zip(merged[heading], given, strict=True)
        )
    return merged


def read_figures(measures: pd.DataFrame, queries: list[Query]) -> pd.DataFrame:
    """The performance column as figures in each row's unit; what can't be read is None with an Error."""
    return measures.assign(**{c.PERFORMANCE: objects(read_figure(row, queries) for row in records(measures))})


def read_figure(row: Row, queries: list[Query]) -> object:
    """One figure in its row's unit; None where nothing was typed, or, with an Error, where it can't be read."""
    cell = row[c.PERFORMANCE]
    if not isinstance(cell, Cell):
        return cell
    try:
        return cells.figure(cell, row[c.UNIT] or "")
    except Unreadable as fault:
        place: Place = row[ENTERED_AT]
        queries.append(place.query(c.PERFORMANCE, label(row), fault.problem, fault.what_to_do, Severity.ERROR))
        return None


def counted(milestones: pd.DataFrame) -> pd.DataFrame:
    """The milestones that count in the quarter."""
    return where(milestones, lambda row: row[STATE] == COUNTED)
