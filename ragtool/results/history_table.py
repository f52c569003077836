"""The quarters so far as letters, a row an item, with each year's review, direction and trend."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ragtool import columns as c
from ragtool.history.earlier import Names, by_name, follow
from ragtool.history.reported import Reported
from ragtool.history.revision import field_name
from ragtool.looks.style import REVISED
from ragtool.model import ItemId, Kind, fold, item_id
from ragtool.plan.plan import Plan
from ragtool.quarters import Quarter, quarters_of
from ragtool.results.results import NO_REPORT, HistoryRow, QuarterlyHistory

NEW, OK, CHANGED, CLOSED = "New", "OK", "Revised", "Closed"
"""What a year's review says of an item, against the next year's plan."""
REVIEWS_IN_WORDS = (
    f"{c.REVIEW}: the plan's own words, else {OK} (the next year's plan has it with the same title and definition), "
    f"{CHANGED} (it has another title or definition: see the note), {CLOSED} (it is no longer reported) or {NEW} (it "
    "wasn't reported in that year)."
)

ITEM, PERIOD, LETTERS = "item", "period", "letters"


@dataclass(frozen=True)
class Followed:
    """An item with the key to show, and its rows by quarter."""

    item: ItemId
    key: str
    rows: Mapping[Quarter, Reported]


def quarterly_history(
    data: Iterable[Reported],
    plan: Plan,
    quarter: Quarter,
    directions: Mapping[ItemId, str],
    revised: Collection[tuple[Quarter | None, str]],
) -> QuarterlyHistory:
    """A row an item ever reported: its letters by quarter, reviews, direction and trend.

    `directions` are this quarter's by item; `revised` are the quarters and folded keys that were corrected. An item
    whose key changed stands under its present key, with the quarters of its old one.
    """
    whole = [row for row in data if row.part is None and row.quarter <= quarter]
    reported = {row.quarter for row in whole} | {quarter}
    years = range(min(reported).year, quarter.year + 1)
    ended = {when.year for when in reported if when.number == 4}
    of_year = {year: quarters_of(year, quarter.calendar) for year in years}
    quarters = [each for year in years for each in of_year[year]]
    written = {(row.id, row.quarter.year): row.review for row in plan.earlier_quarters if row.review}
    items = list(items_of(whole, plan, quarter))
    letters = letters_by_quarter(items, quarters, reported, quarter, revised)
    rows: list[HistoryRow] = []
    seen: set[tuple[Quarter, str]] = set()
    for each, cells in zip(items, letters, strict=True):
        last = each.rows[max(each.rows)]
        reviews, notes = reviews_of(each, of_year, {when.year for when in reported}, ended, written)
        shared = frozenset(str(when) for when, row in each.rows.items() if (when, fold(row.key)) in seen)
        seen |= {(when, fold(row.key)) for when, row in each.rows.items()}
        rows.append(
            HistoryRow(
                key=each.key,
                description=last.description,
                kind=last.kind,
                cells={**cells, **reviews},
                direction=directions.get(each.item),
                trend=tuple(against_target(each.rows.get(when)) for when in quarters),
                notes=notes,
                shared=shared,
            )
        )
    rows.sort(key=lambda row: row.kind is not Kind.KEY_ACTION)
    periods = [label for year in years for label in (*map(str, of_year[year]), review_label(of_year[year]))]
    return QuarterlyHistory(tuple(periods), tuple(rows))


def letters_by_quarter(
    items: Sequence[Followed],
    quarters: Sequence[Quarter],
    reported: Collection[Quarter],
    quarter: Quarter,
    revised: Collection[tuple[Quarter | None, str]],
) -> list[dict[str, str | None]]:
    """Each item's letters by quarter, starred where revised; a dash for a quarter without a report of its own."""
    cells = pd.DataFrame(
        [
            (number, str(when), f"{row.rating}{REVISED if (when, fold(row.key)) in revised else ''}")
            for number, each in enumerate(items)
            for when, row in each.rows.items()
            if row.rating
        ],
        columns=[ITEM, PERIOD, LETTERS],
    )
    names = [str(each) for each in quarters]
    by_quarter = cells.pivot(index=ITEM, columns=PERIOD, values=LETTERS)  # noqa: PD010 - one letter each, never a mean
    table = by_quarter.reindex(index=range(len(items)), columns=names)
    table = table.astype(object)
    silent = [str(each) for each in quarters if each < quarter and each not in reported]
    table[silent] = table[silent].fillna(NO_REPORT)
    filled = table.where(table.notna(), None)
    return [dict(zip(names, row, strict=True)) for row in filled.to_numpy().tolist()]


def items_of(whole: Sequence[Reported], plan: Plan, quarter: Quarter) -> Iterator[Followed]:
    """Each item with the key to show and its rows by quarter: the plan's in its order, then those it no longer has.

    Where the plan has given an old item's key to another, the old one is shown with its last quarter.
    """
    by_key, names = by_name(whole, quarter.plus(1)), Names.of(plan)
    current = {item_id(item.key): item.key for item in plan.items}
    seen: set[int] = set()
    for item, key in current.items():
        if rows := follow(by_key, item, names):
            seen |= {id(row) for row in rows}
            yield Followed(item, key, {row.quarter: row for row in rows})
    for item in by_key:
        while rest := [row for row in by_key[item] if id(row) not in seen]:
            rows = follow({**by_key, item: rest}, item, Names())
            rows = [row for row in rows if id(row) not in seen]
            seen |= {id(row) for row in rows}
            key = rest[-1].key
            shown = f"{key} (until {rest[-1].quarter})" if item in current else key
            yield Followed(item_id(shown), shown, {row.quarter: row for row in rows})


def review_label(year: Sequence[Quarter]) -> str:
    """The column label of the review of a year, by its quarters: `2013/14 Review`."""
    return f"{year[0].financial_year} {c.REVIEW}"


def reviews_of(
    each: Followed,
    of_year: Mapping[int, Sequence[Quarter]],
    reported: Collection[int],
    ended: Collection[int],
    written: Mapping[tuple[ItemId, int], str],
) -> tuple[dict[str, str | None], dict[str, str]]:
    """An item's review of each year by its column, with notes: the plan's own, else how the next year's plan differs.
    `reported` are the years of which anything was, `ended` those of whose fourth quarter.

    A year is reviewed once a later one is reported. Without a fourth quarter it didn't end in what could be reviewed:
    then nothing is said but that an item is no longer reported.
    """
    reviews: dict[str, str | None] = {}
    notes: dict[str, str] = {}
    for year, quarters in of_year.items():
        this = [each.rows[when] for when in quarters if when in each.rows]
        following = min((other for other in reported if other > year), default=None)
        after = [each.rows[when] for when in of_year.get(following or year, ()) if when in each.rows]
        keys = [each.item, *(item_id(row.key) for row in this)]
        own = next((written[key, year] for key in keys if (key, year) in written), None)
        differs, note = review(this, after) if following and year in reported else (None, "")
        if differs != CLOSED and not (
            year in ended if differs == NEW else any(row.quarter.number == 4 for row in this)
        ):
            differs, note = None, ""
        reviews[review_label(quarters)] = own or differs
        if note:
            notes[review_label(quarters)] = note
    return reviews, notes


def review(this: Sequence[Reported], after: Sequence[Reported]) -> tuple[str | None, str]:
    """How an item came out of a year, against the next year's plan, and what changed; None where it was in neither."""
    if not this:
        return (NEW if after else None), ""
    if not after:
        return CLOSED, ""
    last, first = this[-1], after[0]
    compared = (
        (c.DESCRIPTION, last.description, first.description),
        (c.UNIT, last.unit, first.unit),
        (c.BETTER_WHEN, last.better, first.better),
        (c.BASIS, last.basis, first.basis),
    )
    changes = [
        f"{field_name(heading)} was: {was}"
        for heading, was, now in compared
        if was and fold(str(was)) != fold(str(now or ""))
    ]
    renamed = [f"Key was: {last.key}"] if fold(last.key) != fold(first.key) else []
    return (CHANGED if changes else OK), "\n".join((*renamed, *changes))


def against_target(row: Reported | None) -> float | None:
    """Performance against target for the trend: 1 is on target, more is better."""
    return None if row is None or row.shortfall is None else float(1 - row.shortfall)
