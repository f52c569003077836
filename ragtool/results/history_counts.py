"""How many items were Red, Amber, Green or something else in each quarter so far, counted in the history's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ragtool import columns as c
from ragtool.looks.style import rating_of
from ragtool.model import COLOURS, Kind, Rating
from ragtool.results.results import QuarterlyHistory

QuarterCounts = dict[str, dict[Kind, Counter[Rating]]]
"""Counts by rating, of each kind of item, by `2013/14 Q1`; without those of which there is no report."""


def counts_by_quarter(history: QuarterlyHistory) -> QuarterCounts:
    """The counts of every quarter shown, the oldest first. What stands in two rows, since an item was split, is one."""
    counts: QuarterCounts = {}
    for period in history.periods:
        for row in history.rows:
            rating = rating_of(row.cells[period] or "")
            if rating and period not in row.shared and not period.endswith(c.REVIEW):
                counts.setdefault(period, {}).setdefault(row.kind, Counter())[rating] += 1
    return counts


def quarters_compare(history: QuarterlyHistory, now: str, before: str) -> bool:
    """Whether the counts of two quarters say how things changed: at least half of the later one's items were rated in
    the earlier one. Else the difference would be mostly of what nobody had reported yet.
    """
    if before not in history.periods or now not in history.periods:
        return False
    counted = [row for row in history.rows if now not in row.shared and rating_of(row.cells[now] or "")]
    in_both = sum(rating_of(row.cells[before] or "") is not None for row in counted)
    return bool(counted) and 2 * in_both >= len(counted)


def quarters_in_words(history: QuarterlyHistory) -> Iterator[str]:
    """A line a quarter, as `2013/14 Q1: key actions 5 Red, 30 Green, 2 other; measures 1 Red, 1 Amber, 9 Green.` is."""
    for period, by_kind in counts_by_quarter(history).items():
        kinds = (f"{kind.lower()}s {in_colours(by_kind[kind])}" for kind in Kind if kind in by_kind)
        yield f"{period}: {'; '.join(kinds)}."


def in_colours(counts: Counter[Rating]) -> str:
    """`5 Red, 30 Green, 1 On hold, 2 other`; the worst first."""
    told = (*reversed(COLOURS), Rating.ON_HOLD)
    words = [f"{counts[rating]} {rating.word}" for rating in told if counts[rating]]
    other = counts.total() - sum(counts[rating] for rating in told)
    return ", ".join([*words, f"{other} {c.OTHER.lower()}"] if other else words)
