"""The quarters so far as a sheet of letters, with each year's review, direction and trend."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

import pandas as pd

from ragtool import columns as c
from ragtool.frames import Row, frame, records
from ragtool.history.earlier import Item, Names, by_name, follow, item
from ragtool.history.quarters_so_far import KEY_ACTION
from ragtool.history.revision import field_name
from ragtool.looks.style import REVISED
from ragtool.model import fold
from ragtool.plan.plan import Plan
from ragtool.quarters import Quarter, quarters_of
from ragtool.results.results import NO_REPORT, NOTES, SHARED

NEW, OK, CHANGED, CLOSED = "New", "OK", "Revised", "Closed"
"""What a year's review says of an item, against the next year's plan."""


def history_table(
    data: pd.DataFrame,
    plan: Plan,
    quarter: Quarter,
    directions: Mapping[Item, str],
    revised: Collection[tuple[Quarter, str]],
) -> pd.DataFrame:
    """A row an item ever reported: its letters by quarter, reviews, direction and trend.

    `directions` are this quarter's by item; `revised` are the quarters and folded keys that were corrected. An item
    whose key changed stands under its present key, with the quarters of its old one.
    """
    whole = [row for row in records(data) if row[c.PART] is None and row[c.QUARTER] <= quarter]
    reported = {row[c.QUARTER] for row in whole} | {quarter}
    years = range(min(reported).year, quarter.year + 1)
    said = {
        (item(row[c.KEY], row[c.PART]), row[c.QUARTER].year): row[c.REVIEW]
        for row in records(plan.history)
        if row[c.REVIEW]
    }
    rows: list[Row] = []
    told: set[tuple[Quarter, str]] = set()
    for id_, key, cells in items_of(frame(whole, data.columns), plan, quarter):
        last = cells[max(cells)]
        about = {c.KEY: key, c.KIND: last[c.KIND], c.DESCRIPTION: last[c.DESCRIPTION]}
        letters = {
            str(each): letter(cells.get(each), each, reported, quarter, revised)
            for year in years
            for each in quarters_of(year)
        }
        reviews, notes = reviews_of(cells, id_, years, {each.year for each in reported}, said)
        shared = {each for each, row in cells.items() if (each, fold(row[c.KEY])) in told}
        told |= {(each, fold(row[c.KEY])) for each, row in cells.items()}
        trend = tuple(against_target(cells.get(each)) for year in years for each in quarters_of(year))
        beside = {
            c.DIRECTION: directions.get(id_),
            c.TREND: trend,
            NOTES: notes,
            SHARED: {str(each) for each in shared},
        }
        rows.append({**about, **letters, **reviews, **beside})
    rows.sort(key=lambda row: row[c.KIND] != KEY_ACTION)
    columns = [label for year in years for label in (*map(str, quarters_of(year)), review_label(year))]
    return frame(rows, (c.KEY, c.DESCRIPTION, c.KIND, *columns, c.DIRECTION, c.TREND, NOTES, SHARED))


def items_of(whole: pd.DataFrame, plan: Plan, quarter: Quarter) -> Iterator[tuple[Item, str, dict[Quarter, Row]]]:
    """Each item with the key to show and its rows by quarter: the plan's in its order, then those it no longer has.

    Where the plan has given an old item's key to another, the old one is shown with its last quarter.
    """
    by_key, names = by_name(whole, quarter.plus(1)), Names.of(plan)
    current = {item(key, None): key for key in (*plan.key_actions[c.KEY], *plan.measures[c.KEY])}
    told: set[int] = set()
    for id_, key in current.items():
        if found := follow(by_key, id_, names):
            told |= {id(row) for row in found}
            yield id_, key, {row[c.QUARTER]: row for row in found}
    for id_ in by_key:
        while rest := [row for row in by_key[id_] if id(row) not in told]:
            found = follow({**by_key, id_: rest}, id_, Names())
            found = [row for row in found if id(row) not in told]
            told |= {id(row) for row in found}
            key = rest[-1][c.KEY]
            shown = f"{key} (until {rest[-1][c.QUARTER]})" if id_ in current else key
            yield item(shown, None), shown, {row[c.QUARTER]: row for row in found}


def review_label(year: int) -> str:
    """The column label of a year's review: `2013/14 Review`."""
    return f"{Quarter(year, 1).financial_year} {c.REVIEW}"


def letter(
    row: Row | None, each: Quarter, reported: set[Quarter], quarter: Quarter, revised: Collection[tuple[Quarter, str]]
) -> str | None:
    """A cell: the rating, starred where it was revised, or a dash for a quarter without a report of its own."""
    if row is not None:
        star = REVISED if (each, fold(row[c.KEY])) in revised else ""
        return f"{row[c.RAG]}{star}" if row[c.RAG] else None
    return NO_REPORT if each < quarter and each not in reported else None


def reviews_of(
    cells: Mapping[Quarter, Row],
    id_: Item,
    years: range,
    reported: Collection[int],
    said: Mapping[tuple[Item, int], str],
) -> tuple[dict[str, str | None], dict[str, str]]:
    """An item's review of each year by its column, with notes: the plan's own, else how the next year's plan differs.

    A year is reviewed once a later one is reported.
    """
    reviews: dict[str, str | None] = {}
    notes: dict[str, str] = {}
    for year in years:
        this = [cells[each] for each in quarters_of(year) if each in cells]
        following = min((other for other in reported if other > year), default=None)
        after = [cells[each] for each in quarters_of(following or year) if each in cells]
        keys = [id_, *(item(row[c.KEY], None) for row in this)]
        own = next((said[key, year] for key in keys if (key, year) in said), None)
        found, note = review(this, after) if following and year in reported else (None, "")
        reviews[review_label(year)] = own or found
        if note:
            notes[review_label(year)] = note
    return reviews, notes


def review(this: Sequence[Row], after: Sequence[Row]) -> tuple[str | None, str]:
    """How an item came out of a year, against the next year's plan, and what changed; None where it was in neither."""
    if not this:
        return (NEW if after else None), ""
    if not after:
        return CLOSED, ""
    last, first = this[-1], after[0]
    changes = [
        f"{field_name(heading)} was: {last[heading]}"
        for heading in (c.DESCRIPTION, c.UNIT, c.BETTER_WHEN, c.BASIS)
        if last.get(heading) and fold(str(last[heading])) != fold(str(first.get(heading) or ""))
    ]
    renamed = [f"Key was: {last[c.KEY]}"] if fold(last[c.KEY]) != fold(first[c.KEY]) else []
    return (CHANGED if changes else OK), "\n".join((*renamed, *changes))


def against_target(row: Row | None) -> float | None:
    """Performance against target for the trend: 1 is on target, more is better."""
    if row is None or row[c.SHORTFALL] is None:
        return None
    return float(1 - Fraction(row[c.SHORTFALL]))
