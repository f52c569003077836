"""What a heading of a council's own list means: a column of the plan, a quarter and a year."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ragtool import columns as c
from ragtool.plan.lists.list_words import ASIDE, NEVER_NEAR, NOT_PART_OF_A_PHRASE, QUARTER_ALONE, WORDS
from ragtool.sheets.plain_values import as_heading

LONGEST_HEADING = 120
"""Characters of a heading: what is longer is a note."""

YEAR = re.compile(r"(?<![\d/])((?:19|20)?\d{2})\s?[/\-\u2013]\s?((?:20)?\d{2})(?![\d/])|(?<![\d/])(20\d{2})(?![\d/])")
QUARTER = re.compile(
    r"\b(?:q|qtr|quarter|qu)\s?\.?\s?([1-4])\b|\b([1-4])(?:st|nd|rd|th)?\s?(?:quarter|qtr)\b"
    r"|\b(first|second|third|fourth)\s(?:quarter|qtr)\b"
)
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
WORD = re.compile(r"[^\W_]+")
EVEN_SO = ("us", "ss", "is")
"""How words end whose s isn't that of several."""

SHORT_FOR = {"tgt": "target", "nr": "no", "num": "number", "desc": "description", "descr": "description",
             "resp": "responsible", "perf": "performance", "ctte": "committee", "cttee": "committee", "svc": "service",
             "freq": "frequency", "tol": "tolerance", "cllr": "councillor", "ind": "indicator",
             "mgr": "manager"}  # fmt: skip
"""Words as headings shorten them."""

CLOSE = 0.86
"""How alike a mistyped heading must be to one that is known."""

RANKS_OF_PLAN = 0
"""A heading that is the plan's own comes before every other."""


class Meaning(NamedTuple):
    """What a heading may mean: each field with its rank, the quarter and the year that it names. `near` is the phrase
    that it was taken for where it isn't one that is known, `words` what is left of the heading besides.
    """

    fields: Mapping[str, int]
    quarter: int | None = None
    year: str = ""
    near: str = ""
    words: frozenset[str] = frozenset()


def meaning_of(heading: str, guess: bool = False) -> Meaning:
    """What a heading means; with `guess`, one that isn't known is held against those that are."""
    return meaning(as_heading(heading)[: LONGEST_HEADING + 1], guess)


@lru_cache(10_000)
def meaning(heading: str, guess: bool) -> Meaning:
    """What a heading means, in lower case and on one line."""
    if len(heading) > LONGEST_HEADING:
        return Meaning({})
    quarter, rest = quarter_in(heading)
    year, rest = year_in(rest)
    words = phrase(rest)
    if not words:
        return Meaning({QUARTER_ALONE: 1} if quarter else {}, quarter, year)
    if fields := PHRASES.get(words):
        return Meaning(fields, quarter, year, words=words)
    if guess and (near := nearest(words)):
        return Meaning(PHRASES[near], quarter, year, " ".join(sorted(near)))
    return Meaning({}, quarter, year)


def quarter_in(heading: str) -> tuple[int | None, str]:
    """The quarter that a heading names, and the rest of it."""
    match = QUARTER.search(heading)
    if not match:
        return None, heading
    return ORDINALS.get(match[3]) or int(match[1] or match[2]), f"{heading[: match.start()]} {heading[match.end() :]}"


def year_in(heading: str) -> tuple[str, str]:
    """The financial or calendar year that a heading names, as `2013/14` or `2014`, and the rest of it."""
    for match in YEAR.finditer(heading):
        rest = f"{heading[: match.start()]} {heading[match.end() :]}"
        if match[3]:
            return match[3], rest
        first, second = int(match[1]) % 100, int(match[2]) % 100
        if (first + 1) % 100 == second:
            return f"20{first:02}/{second:02}", rest
    return "", heading


def phrase(text: str) -> frozenset[str]:
    """The words of a heading as they are compared."""
    words = [
        singular(word) for word in WORD.findall(text.replace("(s)", "").replace("#", " no ").replace("n\u00b0", " no "))
    ]
    return frozenset(word for word in words if word not in NOT_PART_OF_A_PHRASE) or frozenset(words)


def singular(word: str) -> str:
    """A word without the s of several, in full."""
    one = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(EVEN_SO) else word
    return SHORT_FOR.get(one, one)


def phrases() -> Iterator[tuple[frozenset[str], str, int]]:
    """Every phrase that is known, as its words, with its field and rank."""
    sheets = c.PlanSheets
    for sheet in (sheets.OUTCOMES, sheets.SERVICE_AREAS, sheets.KEY_ACTIONS, sheets.MILESTONES, sheets.MEASURES):
        for heading in sheet.headings:
            yield phrase(as_heading(heading)), heading, RANKS_OF_PLAN
    for field, ranks in WORDS.items():
        for rank, listed in enumerate(ranks, 1):
            for each in listed.split(";"):
                yield phrase(as_heading(each)), field, rank


def by_phrase() -> dict[frozenset[str], dict[str, int]]:
    """The fields of each phrase, with the best rank that it has there."""
    known: dict[frozenset[str], dict[str, int]] = {}
    for words, field, rank in phrases():
        fields = known.setdefault(words, {})
        fields[field] = min(rank, fields.get(field, rank))
    return known


PHRASES = by_phrase()
SPELLED = {" ".join(sorted(words)): words for words in PHRASES}


def nearest(words: frozenset[str]) -> frozenset[str] | None:
    """The known phrase that a heading is mistyped from, or else the longest of which it has all the words."""
    if len(words) > 12:
        return None
    for close in difflib.get_close_matches(" ".join(sorted(words)), SPELLED, 3, CLOSE):
        typed, meant = words - SPELLED[close], SPELLED[close] - words
        if sorted(word[0] for word in typed) == sorted(word[0] for word in meant):  # lead isn't head mistyped
            return SPELLED[close]
    if words & NEVER_NEAR:
        return None
    within = [known for known in PHRASES if known < words and ASIDE not in PHRASES[known]]
    longest = max(map(len, within), default=0)
    best = [known for known in within if len(known) == longest]
    fields = {frozenset(PHRASES[known]) for known in best}
    return min(best, key=sorted) if len(fields) == 1 and (longest > 1 or len(words) <= 4) else None
