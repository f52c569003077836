"""Texts of several looks: what a text says whose parts are raised, lowered, struck out or hidden.

A footnote's raised number joined to a figure is another figure: 56 with a raised 4 isn't 564.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from ragtool.workbooks.book import Cell, PartLook
from ragtool.workbooks.number_formats import Shape
from ragtool.workbooks.stored import CHARACTERS_OF_STEP, text_cell
from ragtool.workbooks.texts import printable

RAISED, LOWERED, STRUCK, HIDDEN = "raised", "lowered", "struck out", "hidden"
"""How a part of a text may look; all else, bold or coloured, doesn't change what it says."""

WHITE_INK = "white"
"""How a font looks that is hidden but on a ground on which white is seen."""

STEPS_OF_RUN = 4
"""What a run costs beside its characters."""

UNSEEN = (STRUCK, HIDDEN)

SIGNS = {
    RAISED: str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    LOWERED: str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
"""Characters that are raised or lowered by themselves."""

ORDINALS = ("st", "nd", "rd", "th")
"""What people raise after a day, which says the same as it stands."""


class TextRun(NamedTuple):
    """A piece of a text and how it looks; None where it looks as its cell says."""

    text: str
    look: str | None = None


Runs = tuple[TextRun, ...]
Text = str | Runs
"""A text of one look, which is its cell's, or of several."""


def text_of(runs: Sequence[TextRun]) -> Text:
    """A text from its runs; plain where all of them look as their cell."""
    return "".join(run.text for run in runs) if all(run.look is None for run in runs) else tuple(runs)


def steps_of_text(text: Text) -> int:
    """The steps that making a cell of a text takes, which may be one for many cells."""
    if isinstance(text, str):
        return len(text) // CHARACTERS_OF_STEP
    return STEPS_OF_RUN * len(text) + sum(len(run.text) for run in text) // CHARACTERS_OF_STEP


def any_text_cell(text: Text, as_shown: Shape) -> Cell | None:
    """The cell of a text of one look or several; None where it is blank."""
    cell = text_cell(text, as_shown) if isinstance(text, str) else seen_cell(text, as_shown)
    if cell is None or (as_shown.no_text and not cell.looks):
        return cell and cell_left_out(cell, HIDDEN)
    return cell_of_look(cell, as_shown) if isinstance(text, str) else cell


def cell_of_look(cell: Cell, as_shown: Shape) -> Cell:
    """A cell of one look, whatever it holds, where it is struck out or nobody can see it."""
    if as_shown.look == STRUCK:
        return cell_left_out(cell, STRUCK)
    return cell_left_out(cell, HIDDEN) if as_shown.ink.unseen else cell


def cell_left_out(cell: Cell, look: str) -> Cell:
    """A cell that doesn't count since all of it looks so; a text is left out as a whole."""
    looks = (PartLook(look, str(cell.value).strip()),)
    return cell._replace(value="" if isinstance(cell.value, str) and not cell.fault else cell.value, looks=looks)


def seen_cell(runs: Runs, as_shown: Shape) -> Cell | None:
    """The cell of a text of several looks; None where it is blank."""
    pieces = pieces_of(runs, as_shown)
    texts: list[str] = []
    looks: list[PartLook] = []
    for look, text in pieces:
        part = text.strip()
        if look and part and part not in ORDINALS:
            looks.append(PartLook(look, part))
            text = "" if look in UNSEEN else in_its_place(look, text)
        texts.append(text)
    value = "".join(texts)
    return Cell(value if value.strip() else "", looks=tuple(looks)) if value.strip() or looks else None


def pieces_of(runs: Runs, as_shown: Shape) -> list[tuple[str, str]]:
    """The text in pieces of one look each. What stands alone is neither raised nor lowered, and hidden only on a ground
    on which it can't be seen; nor is hidden what is white on a ground that isn't, or, where that isn't known, as white
    as the cell's own font where that can be seen.
    """
    own_look = HIDDEN if as_shown.ink.unseen and as_shown.look != STRUCK else as_shown.look
    never_plain = UNSEEN if as_shown.ink.pale or as_shown.ink.unseen else (STRUCK,)
    white = "" if as_shown.ink.dark else HIDDEN
    own_look = white if own_look == WHITE_INK else own_look
    looks = [own_look if run.look is None else white if run.look == WHITE_INK else run.look for run in runs]
    standing = {look for look, run in zip(looks, runs, strict=True) if run.text.strip() and look not in never_plain}
    plain = {own_look} - {*never_plain} if own_look == HIDDEN else set()
    plain |= standing if len(standing) == 1 else set()
    seen = [("" if look in plain else look, run.text) for look, run in zip(looks, runs, strict=True)]
    return [
        (look, printable("".join(text for _, text in same))) for look, same in groupby(seen, key=lambda piece: piece[0])
    ]


def in_its_place(look: str, text: str) -> str:
    """A raised or lowered text as characters that are so by themselves, or else in brackets."""
    signs = SIGNS[look]
    return text.translate(signs) if all(ord(sign) in signs for sign in text.strip()) else f"({text.strip()})"
