"""How much room a text takes: neither Excel nor LibreOffice fits a row or column that a program wrote.

Widths are in pixels at 96 to the inch, heights in points. They err on the large side, for no text may be cut off
in print, where every program breaks lines a little differently.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import ceil

from xlsxwriter.utility import xl_pixel_width

from ragtool.looks.style import POINTS

PADDING = 6
"""Pixels of a column that its text can't use."""
INDENT = 9
"""Pixels that a text or figure set in by one takes besides."""
MARGIN = 1.03
BOLD = 1.03
WIDEST_LETTER = 15
"""Pixels that no letter of Calibri exceeds at 11 points, bold or not: a text that fits by it needn't be measured."""
FOR_A_WORD = 1.35
"""How much wider than it may be otherwise a column gets, rather than break a word."""
USUAL_HEIGHT = 15.0
"""Points of a row that isn't told otherwise."""
TALLEST = 409.0
"""Excel's tallest row, in points."""
BETWEEN = re.compile(r" (?=%)|(?<=%) (?=worse|better)")
"""The blanks between a figure, its sign and whether that is worse or better."""


@lru_cache(maxsize=50_000)
def text_pixels(text: str, points: float = POINTS, bold: bool = False) -> float:
    """How wide a line of text is; XlsxWriter knows the widths of Calibri's letters at 11 points."""
    return float(xl_pixel_width(text)) * points / 11 * (BOLD if bold else 1) * MARGIN


def pixels(width: float) -> int:
    """How wide a column of so many characters is."""
    return int(width * 7 + 5)


def characters(wide: float) -> float:
    """The column width, in characters, of so many pixels."""
    return max(0.0, (wide - 5) / 7)


def word_pixels(text: str, points: float = POINTS, bold: bool = False) -> float:
    """How wide the longest word is: what a column must hold at least."""
    return max((text_pixels(word, points, bold) for word in words_of(text)), default=0)


def words_of(text: str) -> list[str]:
    """The words between which a line may end: at a blank or a new line, but at no no-break space."""
    return text.replace("\n", " ").split(" ")


def unbroken(text: str) -> str:
    """A text in which no line ends between a figure and its sign, nor between them and what they say: `18 % worse`."""
    return BETWEEN.sub("\N{NO-BREAK SPACE}", text)


def line_count(text: str, wide: float, points: float = POINTS, bold: bool = False) -> int:
    """How many lines a text takes in a cell so many pixels wide; a word that is too long is broken."""
    room = max(1.0, wide - PADDING)
    if len(text) * WIDEST_LETTER * points / 11 <= room and "\n" not in text:
        return 1
    return broken(text, room, points, bold)


@lru_cache(maxsize=50_000)
def broken(text: str, room: float, points: float, bold: bool) -> int:
    """How many lines a text takes where so many pixels are left for it."""
    return sum(wrapped(line, room, points, bold) for line in text.split("\n"))


def wrapped(line: str, room: float, points: float, bold: bool) -> int:
    """How many lines one paragraph takes."""
    blank, used, lines = text_pixels(" ", points, bold), 0.0, 1
    for word in words_of(line):
        wide = text_pixels(word, points, bold)
        if used and used + blank + wide > room:
            lines, used = lines + 1, 0.0
        if wide > room:
            extra = ceil(wide / room) - 1
            lines, used = lines + extra, wide - extra * room
        else:
            used += wide + (blank if used else 0)
    return lines


def within_lines(text: str, wide: float, most: int, more: str) -> str:
    """A text that takes no more than so many lines of a cell: where it would, it ends between two words with `more`,
    which says that it goes on. A word is never cut.
    """
    if len(text) < most or line_count(text, wide) <= most:
        return text
    ends = [blank.start() for blank in re.finditer(r"[ \n]+", text) if blank.start()]
    if not ends:
        return text
    fit = bisect_right(ends, most, key=lambda end: line_count(text[:end] + more, wide))
    return text[: ends[max(0, fit - 1)]] + more


@lru_cache(maxsize=50_000)
def lines_of(text: str, wide: float, points: float = POINTS, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text so many pixels wide at most, for cells that neither wrap nor are merged: each in a row of its
    own. A word that is too long stands whole on a line.
    """
    room, lines = wide - PADDING, [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and text_pixels(longer, points, bold) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


def line_height(points: float = POINTS) -> float:
    """The height of a line."""
    return points * 1.28


def height(text: str, wide: float, points: float = POINTS, bold: bool = False) -> float:
    """How high a cell must be for its text."""
    return line_count(text, wide, points, bold) * line_height(points) + 3


def row_height(cells: Iterable[tuple[str, float]], points: float = POINTS, bold: bool = False) -> float:
    """How high a row must be for its (text, width in pixels) cells."""
    most = max([line_count(text, wide, points, bold) for text, wide in cells], default=1)
    return min(TALLEST, most * line_height(points) + 3)


def row_heights(columns: Iterable[tuple[Sequence[str], float]]) -> list[float]:
    """How high each row of a table must be, from the texts of its columns and their widths in pixels."""
    lines: list[list[int]] = []
    for texts, wide in columns:
        counts = {text: line_count(text, wide) for text in dict.fromkeys(texts)}
        lines.append([counts[text] for text in texts])
    return [min(TALLEST, max(row) * line_height() + 3) for row in zip(*lines, strict=True)]
