"""How the ratings are spread over quarters, themes and service areas: what the Summary's charts show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ragtool import columns as c
from ragtool.figures import how_many
from ragtool.model import Rating
from ragtool.results.at_a_glance import ALWAYS_TOLD, TOLD_WHERE_ANY, change_in_words
from ragtool.results.history_counts import counts_by_quarter, quarters_compare
from ragtool.results.results import Results
from ragtool.rules.words import listed

MOST_NAMED = 3
"""Names in a chart's title: of more, only how many they are is told."""


@dataclass(frozen=True)
class Spread:
    """Counts by rating (None: all else) of each quarter, theme or service area, and what they show, as a title."""

    heading: str
    finding: str
    ratings: tuple[Rating | None, ...]
    counts: Mapping[str, tuple[int, ...]]


def spreads(results: Results) -> list[Spread]:
    """By quarter, where there is more than one, by theme and by service area, each where it parts the items."""
    by_quarter: dict[str, Counter[Rating]] = {
        period: sum(by_kind.values(), Counter()) for period, by_kind in counts_by_quarter(results.history).items()
    }
    whole = [item for item in results.items if not item.part]
    by_theme: dict[str, Counter[Rating]] = {}
    by_area: dict[str, Counter[Rating]] = {}
    for item in whole:
        by_theme.setdefault(item.item.theme, Counter())[item.rating] += 1
        by_area.setdefault(item.item.area, Counter())[item.rating] += 1
    known = (
        (c.QUARTER, by_quarter, over_time(results, by_quarter)),
        (c.THEME, by_theme, most_red(by_theme, "theme")),
        (c.SERVICE_AREA, by_area, most_red(by_area, "service area")),
    )
    return [spread(heading, counts, finding) for heading, counts, finding in known if len(counts) > 1]


def spread(heading: str, counts: Mapping[str, Counter[Rating]], finding: str) -> Spread:
    """The counts, Blue and On hold apart where there are any."""
    own = (*ALWAYS_TOLD, *(rating for rating in TOLD_WHERE_ANY if any(each[rating] for each in counts.values())))
    rows = {
        name: (*(each[rating] for rating in own), each.total() - sum(each[rating] for rating in own))
        for name, each in counts.items()
    }
    return Spread(heading, finding, (*own, None), rows)


def over_time(results: Results, by_quarter: Mapping[str, Counter[Rating]]) -> str:
    """`8 of 67 items are Red in 2013/14 Q2 (+2 since Q1)`."""
    now, last = by_quarter.get(str(results.quarter), Counter()), results.quarter.plus(-1)
    red, before = now[Rating.RED], by_quarter.get(str(last), Counter())
    compares = quarters_compare(results.history, str(results.quarter), str(last))
    change = f" ({change_in_words(red - before[Rating.RED], last.number)})" if compares else ""
    verb = "is" if red == 1 else "are"
    return f"{red} of {how_many(now.total(), 'item')} {verb} Red in {results.quarter}{change}"


def most_red(counts: Mapping[str, Counter[Rating]], what: str) -> str:
    """`Most that is Red is in Caring (4 of 8)`."""
    red = {name: each[Rating.RED] for name, each in counts.items() if each[Rating.RED]}
    if not red:
        return f"Nothing is Red in any {what}"
    most, total = max(red.values()), sum(red.values())
    names = [name for name, count in red.items() if count == most]
    if len(red) == 1:
        return f"All that is Red ({total}) is in the {what} {names[0]}"
    where = listed(names) if len(names) <= MOST_NAMED else how_many(len(names), what)
    return f"Most that is Red is in {where} ({most} of {total}{' each' if len(names) > 1 else ''})"


def in_sentences(shown: Spread, words: Iterable[str]) -> str:
    """The counts for who doesn't see the chart, such as `Caring: 4 Red, 12 Green.` for each bar."""
    names = list(words)
    return " ".join(
        f"{name}: {', '.join(f'{n} {word}' for n, word in zip(row, names, strict=True) if n) or 'nothing'}."
        for name, row in shown.counts.items()
    )
