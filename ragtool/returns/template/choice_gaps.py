"""Words that are none of a cell's choices: they come in by pasting, since whoever types is offered the list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from ragtool import columns as c
from ragtool.model import COLOURS, OWN_COLOURS, DataStatus, MilestoneStatus, Rating
from ragtool.returns.template.gap_formulas import given, says
from ragtool.returns.template.gaps import Gap, Texts
from ragtool.sheets.cells import NO_SAID, SAME_CHOICE, YES_SAID

R = c.ReturnSheets

NO_CHOICE = "Cells that hold words which are none of their choices"


def as_read(ratings: Sequence[Rating]) -> tuple[str, ...]:
    """Ratings as they are read: words and letters."""
    return tuple(text for rating in ratings for text in (rating.word, rating.value))


CHOICES = (
    (R.MILESTONES, c.STATUS, (*MilestoneStatus, *SAME_CHOICE)),
    (R.MILESTONES, c.QUALITY_CONCERN, (*YES_SAID, *NO_SAID)),
    (R.MEASURES, c.DATA_STATUS, tuple(DataStatus)),
    (R.KEY_ACTIONS, c.OWN_RATING, as_read(OWN_COLOURS)),
    (R.MEASURES, c.OWN_RATING, as_read(OWN_COLOURS)),
    (R.KEY_ACTIONS, c.FORECAST, as_read(COLOURS)),
    (R.MEASURES, c.FORECAST, as_read(COLOURS)),
)
"""The cells that decide what is published, and what is read there."""


def other_words(columns: Collection[str]) -> Iterator[Gap]:
    """An entry that isn't read as a choice; `columns` are those that not every return has."""
    for sheet, heading, choices in CHOICES:
        if heading != c.FORECAST or c.FORECAST in columns:
            formula = f"{given(heading)}*(1-{says(heading, *choices)})"
            yield Gap(NO_CHOICE, sheet, heading, formula, is_no_choice(heading, choices))


def is_no_choice(heading: str, choices: Collection[str]) -> Callable[[Texts], bool]:
    """Whether a row's cell under `heading` holds another text than these."""
    known = {"", *(choice.casefold() for choice in choices)}
    return lambda row: row[heading].casefold() not in known
