"""What a committee asks first: how many of each rating and since when, who got better or worse, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ragtool.figures import how_many
from ragtool.history.direction import Direction
from ragtool.looks.palette import look_of_rating
from ragtool.model import COLOURS, DataStatus, Rating
from ragtool.quarter.items import RatedItem, RatedMeasure
from ragtool.results.history_counts import counts_by_quarter, quarters_compare
from ragtool.results.results import Results
from ragtool.results.sentences import unsigned_returns
from ragtool.rules.publish import in_sentence
from ragtool.rules.words import listed

ALWAYS_TOLD = (Rating.RED, Rating.AMBER, Rating.GREEN)
"""Ratings with a tile also where nothing has them."""
TOLD_WHERE_ANY = (Rating.BLUE, Rating.ON_HOLD)
THE_REST = "not rated"
LACKING = (Rating.NOT_RETURNED, Rating.NOT_AVAILABLE)
"""The ratings of what is missing."""
MOST_LETTERS = 750
"""Letters of names in one text: some five lines of the Summary. More than these would be a page that nobody reads."""


class Tile(NamedTuple):
    """How many items have a rating (None: all that has no tile of its own), and the change since last quarter."""

    rating: Rating | None
    text: str
    change: str


def tiles(results: Results) -> list[Tile]:
    """The ratings with their numbers, the worst first; without a change where last quarter doesn't compare."""
    now = Counter(item.rating for item in results.page if item.rating)
    last = results.quarter.plus(-1)
    by_kind = counts_by_quarter(results.history).get(str(last), {})
    compares = quarters_compare(results.history, str(results.quarter), str(last))
    before: Counter[Rating] = sum(by_kind.values(), Counter())
    own = [*ALWAYS_TOLD, *(rating for rating in TOLD_WHERE_ANY if now[rating])]
    made = []
    for rating in [*own, None]:
        here, then = (counts[rating] if rating else sum_without(counts, own) for counts in (now, before))
        text = look_of_rating(rating).signed(f"{here} {rating.word if rating else THE_REST}")
        made.append(Tile(rating, text, change_in_words(here - then, last.number) if compares else ""))
    return made


def sum_without(counts: Counter[Rating], own: Iterable[Rating]) -> int:
    """How many have none of these ratings."""
    return counts.total() - sum(counts[rating] for rating in own)


def change_in_words(change: int, number: int) -> str:
    """`+2 since Q1`, or `as in Q1`."""
    return f"{change:+d} since Q{number}".replace("-", "\N{MINUS SIGN}") if change else f"as in Q{number}"


def moves_in_words(results: Results, most_letters: int = MOST_LETTERS) -> Iterator[tuple[str, str]]:
    """Who got worse, then who got better, than last reported: a label and the names, the worst rating first. Names of
    more than `most_letters` make way for keys.
    """
    order = [*reversed(COLOURS), *(rating for rating in Rating if rating not in COLOURS)]
    for way in (Direction.WORSE, Direction.BETTER):
        moved: dict[Rating, list[RatedItem]] = {rating: [] for rating in order}
        for item in results.items:
            if item.travel.short is way and not item.part:
                moved[item.rating].append(item)
        if count := sum(map(len, moved.values())):
            names = " ".join(names_or_keys({rating: mine for rating, mine in moved.items() if mine}, most_letters))
            yield str(way), f"{how_many(count, 'item')} since last reported. {names}"


def names_or_keys(by_rating: Mapping[Rating, Sequence[RatedItem]], most_letters: int) -> list[str]:
    """What stands under each rating, such as `Amber: K41 Framework in place; P3 Visitors.`.

    Where all names were too many letters, the keys alone stand under the last ratings first, and under as many as it
    takes. What is Red stands by its key, for it is named with all that is Red.
    """
    keys = {rating: f"{rating.word}: {keys_of(items)}." for rating, items in by_rating.items()}
    names = {rating: f"{rating.word}: {'; '.join(map(key_and_title, items))}." for rating, items in by_rating.items()}
    order = [rating for rating in by_rating if rating is not Rating.RED]
    for count in range(len(order), -1, -1):
        texts = [(names if rating in order[:count] else keys)[rating] for rating in by_rating]
        if sum(map(len, texts)) <= most_letters:
            break
    return texts


def key_and_title(item: RatedItem) -> str:
    """`P32 Pupils feeling safe`."""
    return f"{item.item.key} {item.item.title}"


def named_or_by_key(items: Sequence[RatedItem]) -> str:
    """`P32 Pupils feeling safe; P33 Offers made`; the keys alone where the names are too many letters."""
    names = "; ".join(map(key_and_title, items))
    return names if len(names) <= MOST_LETTERS else keys_of(items)


def keys_of(items: Sequence[RatedItem]) -> str:
    """`P1, P2 and P3`."""
    return listed([item.item.key for item in items])


def missing_in_words(items: Sequence[RatedItem]) -> str:
    """`P32 Pupils feeling safe (NA).`; where they are many, their keys by what they lack."""
    names = f"{'; '.join(f'{key_and_title(item)} ({item.rating})' for item in items)}."
    if len(names) <= MOST_LETTERS:
        return names
    by_rating = {rating: [item for item in items if item.rating is rating] for rating in LACKING}
    counted = [f"{len(mine)} {in_sentence(rating)}: {keys_of(mine)}." for rating, mine in by_rating.items() if mine]
    return " ".join(counted)


def gaps_in_words(results: Results) -> Iterator[tuple[str, str]]:
    """What is missing, unsigned or provisional, each with its label; nothing where all is there."""
    whole = [item for item in results.items if not item.part]
    missing = [item for item in whole if item.rating in LACKING]
    if missing:
        yield "Missing", missing_in_words(missing)
    if unsigned := unsigned_returns([*results.items, *results.milestones]):
        yield "Unsigned", unsigned
    provisional = [
        item.item.key
        for item in whole
        if isinstance(item, RatedMeasure) and not item.provisional and item.data_status is DataStatus.PROVISIONAL
    ]
    if provisional:
        yield "Provisional", f"The figures of {', '.join(provisional)}."
