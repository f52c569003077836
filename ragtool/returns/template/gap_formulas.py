"""The conditions under which an entry is missing, as formulas whose cells are named by headings in brackets."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from ragtool import columns as c
from ragtool.model import OWN_COLOURS, Rating
from ragtool.returns.template.preview import ELSEWHERE, is_said
from ragtool.returns.template.return_sheet import column_range, letter

HEADING_OR_TEXT = re.compile(r'"[^"]*"|\[([^]]+)\]')

BETTER_THAN = {
    Rating.AMBER: (Rating.BLUE, Rating.GREEN, Rating.NOT_DUE, ELSEWHERE),
    Rating.RED: (Rating.BLUE, Rating.GREEN, Rating.NOT_DUE, ELSEWHERE, Rating.AMBER),
}
"""The previews than which a declared rating is worse, or may be where another return decides."""


def empty(heading: str) -> str:
    """A condition: the entry is blank."""
    return f'([{heading}]="")'


def given(heading: str) -> str:
    """A condition: something is entered."""
    return f'([{heading}]<>"")'


def says(heading: str, *texts: str) -> str:
    """A condition: the entry is one of these texts. Not every program takes a doubled quote in a formula's text."""
    quoted = (text.replace('"', '"&CHAR(34)&"') for text in texts)
    each = (f'([{heading}]="{text}")' for text in quoted)
    return f"({'+'.join(each)})"


def chose(heading: str, choice: str) -> str:
    """A condition: the entry is this choice, however it is spelled."""
    return is_said(f"[{heading}]", choice)


def differs() -> str:
    """A condition: the own rating, a word or its letter, isn't the preview's. Not due counts as Green."""
    each = (
        # To Excel no comparison equals 0, so one alone is taken from 1.
        f"{says(c.OWN_RATING, rating.word, rating)}*(1-{says(c.RAG_PREVIEW, *standing(rating))})"
        for rating in OWN_COLOURS
    )
    return f"(({'+'.join(each)})>0)"


def standing(rating: Rating) -> tuple[Rating, ...]:
    """The previews that stand for a rating."""
    return (Rating.GREEN, Rating.NOT_DUE) if rating is Rating.GREEN else (rating,)


def declared(*worse: Rating) -> str:
    """A condition: the own rating is one of these, and worse than the preview's."""
    each = (
        f"{says(c.OWN_RATING, rating.word, rating)}*{says(c.RAG_PREVIEW, *BETTER_THAN[rating])}" for rating in worse
    )
    return f"(({'+'.join(each)})>0)"


@lru_cache(1_000)  # nearly all are the same in every return of a plan
def formula_in_row(formula: str, sheet: c.Sheet, cell: str, row: int) -> str:
    """A gap's formula of the cells of one row, each as `cell` says it."""
    return of_cells(formula, lambda name: cell.format(f"${letter(sheet, name)}{row}"))


@lru_cache(1_000)
def formula_of_column(formula: str, sheet: c.Sheet, rows: int) -> str:
    """A gap's formula of whole columns with so many rows."""
    return of_cells(formula, lambda name: column_range(sheet, name, rows))


def of_cells(formula: str, cell: Callable[[str], str]) -> str:
    """A formula with each heading in brackets replaced by its cells; texts in quotes are left as they are."""
    return HEADING_OR_TEXT.sub(lambda match: cell(match[1]) if match[1] else match[0], formula)
