"""How wide a table's columns are: as their texts need, and no wider."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from math import ceil, floor

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.palette import look_of_rating
from ragtool.looks.table import Content, heading_lines
from ragtool.report import performance_bar
from ragtool.report.contents import SHOWN_FIGURES

FIXED = {c.AGAINST_TARGET: performance_bar.PIXELS}
"""Pixels of columns whose text isn't in the report's font."""
KEPT = {c.DIRECTION}
"""Columns that don't get narrower to fit a page: each comparison has two lines there, and would soon have three."""
LONG, MOST_LINES, LINE_STEPS = 0.9, 40, 8
"""The share of texts that are shorter than a long one; to how many lines columns get narrower, and in which steps."""
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
    cells, most = list(dict.fromkeys(cells)), fitting.pixels(widest) - fitting.PADDING
    numbers = max((number_pixels(shown.text, heading) for shown in cells if shown.number_format), default=0)
    lines = {line for shown in cells for line in look_of_rating(shown.rating).signed(shown.text).split("\n")}
    frame = FRAME if any(shown.rating for shown in cells) else 0
    whole: float = most  # as most columns of texts are, which needn't be measured to the last
    if not any(fitting.text_pixels(line, bold=True) + frame >= most for line in lines):
        whole = max((fitting.text_pixels(line, bold=True) for line in lines), default=0) + frame
    words = max(map(fitting.text_pixels, {word for line in lines for word in fitting.words_of(line)}), default=0)
    least = max(least, min(words, fitting.pixels(widest) * fitting.FOR_A_WORD))
    return tall_enough(cells, ceil(max(least, numbers, whole) + fitting.PADDING))


def number_pixels(text: str, heading: str) -> float:
    """The pixels of a number under a heading: one that has no room is shown as `###`."""
    return fitting.text_pixels(text) + (fitting.INDENT if heading in SHOWN_FIGURES else 0)


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
    texts = [shown.text for shown in column] or [""]
    longest, most_lines = max(texts, key=len), max(texts, key=lambda text: text.count("\n"))
    tallest = max(longest, most_lines, key=lambda text: fitting.height(text, wide))
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

    Where that is less, those of texts that wrap get narrower, so that their long texts have alike many lines, and none
    gets too many for a row if there is room; where it is more, each gets the same share of what its longest text lacks.
    """
    wrapping = [number for number in printed if headings[number] not in FIXED and wraps(columns[number])]
    excess = sum(widths[number] for number in printed) - room
    if excess > 0:
        least = {
            number: min(widths[number], least_width(columns[number], headings[number]))
            for number in wrapping
            if headings[number] not in KEPT
        }
        left = sum(widths[number] for number in least) - excess
        seen = {number: min(widths[number], tall_enough(columns[number], wide)) for number, wide in least.items()}
        narrow = narrowed(widths, columns, seen if sum(seen.values()) <= left else least, left)
        return [narrow.get(number, wide) for number, wide in enumerate(widths)]
    lacking = {number: min(widths[number], lacking_width(columns[number], widths[number])) for number in wrapping}
    whole = sum(lacking.values())
    change = min(-excess, whole)
    return [
        wide + floor(change * lacking.get(number, 0) / whole) if whole else wide for number, wide in enumerate(widths)
    ]


def narrowed(
    widths: Sequence[int], columns: Sequence[Sequence[Content]], least: Mapping[int, int], room: int
) -> dict[int, int]:
    """The widths of the columns that `least` says the least of, in so many pixels together, or as near to it as that
    allows: a row is as high as its highest cell, so that all are to need alike many lines.
    """
    long = {number: long_text(columns[number]) for number in least}

    def at(lines: float) -> dict[int, int]:
        return {
            number: max(narrowest, min(widths[number], ceil(long[number] / lines) + fitting.PADDING))
            for number, narrowest in least.items()
        }

    steps = [step / LINE_STEPS for step in range(LINE_STEPS, LINE_STEPS * MOST_LINES)]
    fits = bisect_left(steps, True, key=lambda lines: sum(at(lines).values()) <= room)
    return at(steps[fits]) if fits < len(steps) else dict(least)


def long_text(column: Sequence[Content]) -> float:
    """The pixels that one of a column's longer texts takes in one line: of ten that are there, nine are shorter."""
    pixels = sorted(sum(map(fitting.text_pixels, each.text.split("\n"))) for each in column if each.text)
    return pixels[int(LONG * (len(pixels) - 1))] if pixels else 0.0


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
    words = (number_pixels(text, heading) if number else fitting.word_pixels(text) for text, number in texts)
    return ceil(max([*words, heading_pixels(heading)]) + fitting.PADDING)
