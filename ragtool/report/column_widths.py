"""How wide a table's columns are: as their texts need, and no wider."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.palette import look_of_rating
from ragtool.looks.table import Content, heading_lines
from ragtool.report import performance_bar

FIXED = {c.AGAINST_TARGET: performance_bar.PIXELS}
"""Pixels of columns whose text isn't in the report's font."""
KEPT = {c.DIRECTION}
"""Columns that don't get narrower to fit a page: each comparison has two lines there, and would soon have three."""
WIDEST = 120.0
"""Characters; a text that would make its row too tall for Excel widens its column up to this."""
GOES_ON = " … (cut here: too long to be printed)"
"""How a text ends that would make its row too tall for Excel, however wide its column may be."""
HEADING_LINES = 2
FRAME = 10
"""Pixels that the frame of a rating takes, and its sign beyond a usual letter."""


def column_width(cells: Sequence[Content], heading: str, widest: float) -> int:
    """One column's width in pixels."""
    if heading in FIXED:
        return FIXED[heading]
    least = heading_pixels(heading)
    cells = list(dict.fromkeys(cells))
    numbers = max((fitting.text_pixels(shown.text) for shown in cells if shown.number_format), default=0)
    lines = [line for shown in cells for line in look_of_rating(shown.rating).signed(shown.text).split("\n")]
    whole = max((fitting.text_pixels(line, bold=True) for line in lines), default=0)
    whole += FRAME if any(shown.rating for shown in cells) else 0
    words = max((fitting.word_pixels(line) for line in lines), default=0)
    least = max(least, min(words, fitting.pixels(widest) * fitting.FOR_A_WORD))
    wide = ceil(max(least, numbers, min(whole, fitting.pixels(widest) - fitting.PADDING)) + fitting.PADDING)
    return tall_enough(cells, wide)


def heading_pixels(heading: str) -> float:
    """The pixels that a heading can't do without: for its longest word, and to stand in few lines with its button."""
    least = fitting.word_pixels(heading, bold=True)
    while heading_lines(heading, least + fitting.PADDING) > HEADING_LINES:
        least += 5
    return least


def tall_enough(column: Sequence[Content], wide: int) -> int:
    """A column's width, or as much more as its tallest text needs for a row that Excel can show, if that makes it lower
    at all: short lines stay as many.
    """
    tallest = max((shown.text for shown in column), key=lambda text: fitting.height(text, wide), default="")
    wider = wide
    while fitting.height(tallest, wider) > fitting.TALLEST and wider < fitting.pixels(WIDEST):
        wider = int(wider * 1.25)
    return wider if fitting.height(tallest, wider) < fitting.height(tallest, wide) else wide


def cut_short(column: Sequence[Content], wide: int) -> list[Content]:
    """What a column so wide holds, a text cut that would be too tall even so."""
    lines = int((fitting.TALLEST - 3) / fitting.line_height())
    texts = {each.text: fitting.within_lines(each.text, wide, lines, GOES_ON) for each in column}
    return [
        each if texts[each.text] == each.text else each._replace(value=texts[each.text], text=texts[each.text])
        for each in column
    ]


def fitted_widths(
    widths: Sequence[int],
    columns: Sequence[Sequence[Content]],
    headings: Sequence[str],
    printed: Sequence[int],
    room: int,
) -> list[int]:
    """The widths of the columns, changed so that those that are `printed` have so many pixels together.

    Where that is less, each column of texts that wrap gives up the same share of what its words can spare, those whose
    texts would then be too tall the last; where it is more, each gets the same share of what its longest text lacks.
    """
    easily, spare, lacking = ([0] * len(widths) for _ in range(3))
    for number in printed:
        column, wide = columns[number], widths[number]
        if headings[number] not in FIXED and wraps(column):
            least = wide if headings[number] in KEPT else min(wide, least_width(column, headings[number]))
            spare[number] = wide - least
            easily[number] = wide - min(wide, tall_enough(column, least))
            lacking[number] = min(wide, lacking_width(column, wide))
    excess = sum(widths[number] for number in printed) - room
    if excess <= 0:
        return changed(widths, lacking, -excess)
    narrower = changed(widths, easily, -excess)
    excess = sum(narrower[number] for number in printed) - room
    left = [each - (wide - now) for each, wide, now in zip(spare, widths, narrower, strict=True)]
    return changed(narrower, left, -excess) if excess > 0 else narrower


def changed(widths: Sequence[int], shares: Sequence[int], change: int) -> list[int]:
    """Widths that are so many pixels more together, or less, as far as their shares in that go."""
    whole = sum(shares)
    change = max(-whole, min(whole, change))
    return [wide + floor(change * share / whole) if whole else wide for wide, share in zip(widths, shares, strict=True)]


def wraps(column: Sequence[Content]) -> bool:
    """Whether a column has a text of more than a word, and no numbers, which can't wrap."""
    return any(" " in each.text for each in column) and not any(each.number_format for each in column)


def lacking_width(column: Sequence[Content], wide: int) -> int:
    """The pixels by which a column is too narrow for its longest text to stand in one line."""
    lines = {line for each in column for line in each.text.split("\n")}
    return max(0, ceil(max(map(fitting.text_pixels, lines), default=0)) + fitting.PADDING - wide)


def least_width(column: Sequence[Content], heading: str) -> int:
    """The pixels that a column can't do without: for its longest word or number, which doesn't wrap."""
    texts = {(each.text, bool(each.number_format)) for each in column}
    words = (fitting.text_pixels(text) if number else fitting.word_pixels(text) for text, number in texts)
    return ceil(max([*words, heading_pixels(heading)]) + fitting.PADDING)
