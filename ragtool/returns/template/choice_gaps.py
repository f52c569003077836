"""Words that are none of a cell's choices: they come in by pasting, since whoever types is offered the list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from ragtool import columns as c
from ragtool.model import COLOURS, NO, OWN_COLOURS, YES, DataStatus, MilestoneStatus, Rating
from ragtool.returns.template.gap_formulas import given, says
from ragtool.returns.template.gaps import Gap, Texts
from ragtool.sheets.cells import spellings

R = c.ReturnSheets

NO_CHOICE = "Cells that hold words which are none of their choices"


def as_read(ratings: Sequence[Rating]) -> tuple[str, ...]:
    """Ratings as they are read: words and letters."""
    return tuple(text for rating in ratings for text in (rating.word, rating.value))


def spelled(choices: Iterable[str]) -> tuple[str, ...]:
    """Choices as they are read."""
    return tuple(text for choice in choices for text in spellings(choice))


CHOICES = (
    (R.MILESTONES, c.STATUS, spelled(MilestoneStatus)),
    (R.MILESTONES, c.QUALITY_CONCERN, spelled((YES, NO))),
    (R.MEASURES, c.DATA_STATUS, spelled(DataStatus)),
    (R.KEY_ACTIONS, c.OWN_RATING, as_read(OWN_COLOURS)),
    (R.MEASURES, c.OWN_RATING, as_read(OWN_COLOURS)),
    (R.KEY_ACTIONS, c.FORECAST, as_read(COLOURS)),
    (R.MEASURES, c.FORECAST, as_read(COLOURS)),
)
"""The cells that decide what is published, and what is read there."""


def other_words(columns: Collection[str]) -> Iterator[Gap]:
    """An entry that a preview takes for none of the choices; `columns` are those that not every return has."""
    for sheet, heading, choices in CHOICES:
        if heading != c.FORECAST or c.FORECAST in columns:
            formula = f"{given(heading)}*(1-{says(heading, *choices)})"
            # As it is stored: previews that count down a column take no blanks away around a word.
            yield Gap(NO_CHOICE, sheet, heading, formula, is_no_choice(heading, choices), stored=True)


def is_no_choice(heading: str, choices: Collection[str]) -> Callable[[Texts], bool]:
    """Whether a row's cell under `heading` holds another text than these."""
    known = {"", *(choice.casefold() for choice in choices)}
    return lambda row: row[heading].casefold() not in known
