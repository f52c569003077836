"""Which columns of a list say what was achieved in quarters that are over, or its rating: they begin the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ragtool import columns as c
from ragtool.plan.lists.heading_meanings import phrase
from ragtool.plan.lists.heading_rows import HeadedColumn
from ragtool.plan.lists.list_words import ACHIEVED, QUARTER_ALONE, RATED
from ragtool.quarters import Quarter

ACHIEVEMENTS = frozenset(phrase(each) for each in ACHIEVED.split(";"))
RATINGS = frozenset(phrase(each) for each in RATED.split(";"))

Past = tuple[Quarter, str]
"""A quarter that is over, and the heading on Earlier quarters of what a column says of it."""


def quarters_over(columns: Sequence[HeadedColumn], now: Quarter | None, alone: bool) -> dict[int, Past]:
    """The columns of what was achieved, or how it was rated, in a quarter before `now` (None: not known), by their
    numbers.

    Such a heading names the quarter and its year; with `alone`, what was achieved may name nothing else. Of two columns
    that say the same of one quarter the first is.
    """
    over: dict[Past, int] = {}
    for each in columns:
        meant = each.meaning
        achieved = meant.words in ACHIEVEMENTS or (alone and names_alone(each))
        if meant.quarter and meant.year and (achieved or meant.words in RATINGS):
            when = Quarter.parse(f"{meant.year} Q{meant.quarter}")
            if when.calendar is (now.calendar if now else False) and (now is None or when < now):
                over.setdefault((when, c.PERFORMANCE if achieved else c.RAG), each.number)
    return {number: past for past, number in over.items()}


def past_doubted(columns: Sequence[HeadedColumn], past: Mapping[int, Past]) -> Iterator[tuple[HeadedColumn, str, str]]:
    """Columns headed with a quarter that is over and nothing else, which may not be what was achieved in it."""
    for each in columns:
        if each.number in past and names_alone(each):
            problem = "The heading names a quarter that is over, so its figures are taken as what was achieved in it."
            yield each, problem, f"If they aren't, delete those rows of the plan's {c.PlanSheets.EARLIER.name}."


def names_alone(column: HeadedColumn) -> bool:
    """Whether a heading names a quarter and nothing else."""
    return QUARTER_ALONE in column.meaning.fields
