"""How wide a table's columns are: as their texts need, and no wider."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.palette import look_of_rating
from ragtool.looks.table import Content
from ragtool.report import performance_bar

FIXED = {c.AGAINST_TARGET: performance_bar.PIXELS}
"""Pixels of columns whose text isn't in the report's font."""
WIDEST = 120.0
"""Characters; a text that would make its row too tall for Excel widens its column up to this."""
GOES_ON = " … (cut here: it stands whole where it was entered)"
HEADING_LINES = 3
FRAME = 10
"""Pixels that the frame of a rating takes, and its sign beyond a usual letter."""


def column_width(cells: Sequence[Content], heading: str, widest: float) -> int:
    """One column's width in pixels."""
    if heading in FIXED:
        return FIXED[heading]
    least = fitting.word_pixels(heading, bold=True)
    while fitting.line_count(heading, least + fitting.PADDING, bold=True) > HEADING_LINES:
        least += 5
    cells = list(dict.fromkeys(cells))
    numbers = max((fitting.text_pixels(shown.text) for shown in cells if shown.number_format), default=0)
    lines = [line for shown in cells for line in look_of_rating(shown.rating).signed(shown.text).split("\n")]
    whole = max((fitting.text_pixels(line, bold=True) for line in lines), default=0)
    whole += FRAME if any(shown.rating for shown in cells) else 0
    words = max((fitting.word_pixels(line) for line in lines), default=0)
    least = max(least, min(words, fitting.pixels(widest) * fitting.FOR_A_WORD))
    wide = ceil(max(least, numbers, min(whole, fitting.pixels(widest) - fitting.PADDING)) + fitting.PADDING)
    return tall_enough(cells, wide)


def tall_enough(column: Sequence[Content], wide: int) -> int:
    """A column's width, or as much more as its longest text needs for a row that Excel can show."""
    longest = max((shown.text for shown in column), key=len, default="")
    while fitting.height(longest, wide) > fitting.TALLEST and wide < fitting.pixels(WIDEST):
        wide = int(wide * 1.25)
    return wide


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

    Where that is less, each column of texts that wrap gives up the same share of what its words can spare; where it is
    more, each gets the same share of what its longest text lacks.
    """
    spare, lacking = dict.fromkeys(range(len(widths)), 0), dict.fromkeys(range(len(widths)), 0)
    for number in printed:
        if headings[number] not in FIXED and wraps(columns[number]):
            spare[number] = max(0, widths[number] - least_width(columns[number], headings[number]))
            lacking[number] = min(widths[number], lacking_width(columns[number], widths[number]))
    excess = sum(widths[number] for number in printed) - room
    change, shares = (-min(excess, sum(spare.values())), spare) if excess > 0 else (-excess, lacking)
    change, whole = min(change, sum(shares.values())), sum(shares.values())
    return [wide + floor(change * shares[number] / whole) if whole else wide for number, wide in enumerate(widths)]


def wraps(column: Sequence[Content]) -> bool:
    """Whether a column has a text of more than a word, and no numbers, which can't wrap."""
    return any(" " in each.text for each in column) and not any(each.number_format for each in column)


def lacking_width(column: Sequence[Content], wide: int) -> int:
    """The pixels by which a column is too narrow for its longest text to stand in one line."""
    lines = {line for each in column for line in each.text.split("\n")}
    return max(0, ceil(max(map(fitting.text_pixels, lines), default=0)) + fitting.PADDING - wide)


def least_width(column: Sequence[Content], heading: str) -> int:
    """The pixels that a column can't do without: for its longest word or number, which doesn't wrap, and so that a row
    that Excel can show has room for its longest text.
    """
    texts = {(each.text, bool(each.number_format)) for each in column}
    words = (fitting.text_pixels(text) if number else fitting.word_pixels(text) for text, number in texts)
    return tall_enough(column, ceil(max([*words, fitting.word_pixels(heading, bold=True)]) + fitting.PADDING))
