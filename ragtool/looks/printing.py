"""How a sheet prints: paper, margins, what stands at every page's head and foot, and where pages end."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xlsxwriter.worksheet import Worksheet

from ragtool.looks.style import FONT, POINTS


class Paper(NamedTuple):
    """A sheet of paper: Excel's number for it, and how wide and high it is as it is held, in inches."""

    number: int
    across: float
    down: float


A4, A3, UPRIGHT_A4 = Paper(9, 11.69, 8.27), Paper(8, 16.54, 11.69), Paper(9, 8.27, 11.69)
INCH = 96
SIDES, TOP, BOTTOM = 0.35, 0.55, 0.5


def printed_width(paper: Paper) -> int:
    """Pixels across the page."""
    return int((paper.across - 2 * SIDES) * INCH)


def printed_height(paper: Paper) -> float:
    """Points down the page."""
    return (paper.down - TOP - BOTTOM) * 72


ROUNDED = 0.05
"""What a scale loses where rows, which are rounded in print, are fitted to a page's height."""
LITTLE = 0.2
"""A last page that would hold less than this share isn't worth a page: the sheet is printed a little smaller."""
STEP, MOST_STEPS = 0.75, 20
"""Points by which rows get higher, step by step, until the last page holds more; and how often."""
LEAST_POINTS = 8
"""What the letters of the pack and the panels' reports, of 10 points on the sheet, are printed in at the least."""
SMALLEST_POINTS = 7
"""The same of sheets that are worked with on screen, which take larger paper before they are printed smaller."""
SURE_WIDTH = 0.94
"""The share of the page's width that is sure to be enough: LibreOffice takes the letters that Excel counts columns by
for 7.44 pixels wide where Excel takes 7.
"""
PARTED_SCALE = 81
"""Per cent at which a sheet is printed that has page breaks of its own: what is 10 points high is 8 on paper."""
UNSURE = 12
"""Points that are left of such a page, for rows are rounded in print."""
LONGEST = 45
"""Characters in a part of a header: more would run into the next part, or past the 255 that Excel takes in all."""
ON_ITS_OWN = {"margin": 0.3, "scale_with_doc": False}
"""A header that stays readable where the sheet is printed smaller."""


@dataclass(frozen=True)
class PageSetup:
    """How a sheet stands on paper: its header (left, centre, right) and the left and centre of its footer, each as
    `part` makes it; the page number stands at the foot's right. `pages` are how many it is wide and high, 0 for any.
    """

    header: tuple[str, str, str]
    footer: tuple[str, str]
    paper: Paper = A4
    pages: tuple[int, int] = (1, 0)
    options: Mapping[str, object] = field(default_factory=dict)
    points: int = 10
    """The size of the page number; the other parts have their own."""


def set_page(sheet: Worksheet, setup: PageSetup) -> None:
    """Sets up a sheet for print."""
    sheet.set_paper(setup.paper.number)
    if setup.paper.across > setup.paper.down:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_margins(left=SIDES, right=SIDES, top=TOP, bottom=BOTTOM)
    sheet.fit_to_pages(*setup.pages)
    left, centre, right = setup.header
    sheet.set_header(f"&L{left}&C{centre}&R{right}", dict(setup.options))
    left, centre = setup.footer
    sheet.set_footer(
        f"&L{left}{f'&C{centre}' if centre else ''}&R{part('Page ', 10, points=setup.points)}&P of &N",
        dict(setup.options),
    )


def least_scale(points: float) -> float:
    """The share at which letters of the usual size are printed so many points high; LibreOffice takes whole ones."""
    return points / POINTS + 0.01


def widest_on(paper: Paper, points: float) -> int:
    """The pixels that columns may be wide in all for their letters to be printed so many points high."""
    return int(printed_width(paper) * SURE_WIDTH / least_scale(points))


def pages_high(
    heights: Sequence[float], wide: int, repeated: int, points: float = SMALLEST_POINTS, paper: Paper = A4
) -> int:
    """On how many pages rows so many points high are to be fitted, one page wide; 0 where they need no fitting.

    They are where a little would be left over for the last page, and letters stay so many points high. `wide` is the
    sheet's width in pixels; its row `repeated`, counted from 0, stands on every page.
    """
    across = min(1.0, printed_width(paper) / wide)
    room = printed_height(paper) / across - heights[repeated]
    pages = (sum(heights) - heights[repeated]) / room
    whole = int(pages)
    fits = pages_at(least_scale(points) + ROUNDED, heights, repeated, paper) <= whole
    return whole if fits and pages - whole < LITTLE else 0


def stretched(heights: Sequence[float], wide: int, repeated: int, paper: Paper = A4) -> list[float]:
    """The heights of the rows, those beneath the repeated one a little higher where a little would be left over for the
    last page, so that it holds more.
    """
    scale, stored = min(1.0, printed_width(paper) / wide), [whole_pixels(height) for height in heights]
    for step in range(MOST_STEPS):
        higher = [height + step * STEP if row > repeated else height for row, height in enumerate(stored)]
        pages = filled_pages(scale, higher, repeated, paper)
        if len(pages) == 1 or pages[-1] >= LITTLE:
            return higher if step else list(heights)
    return list(heights)


def whole_pixels(height: float) -> float:
    """Points of a row as they are stored: in a long table, what is rounded makes some rows more or less on a page."""
    return int(height / 0.75 + 0.5) * 0.75


def fewest_pages_high(
    heights: Sequence[float], wide: int, repeated: int, points: float = LEAST_POINTS, paper: Paper = A4
) -> int:
    """The fewest pages that such rows take, one page wide, where letters stay so many points high; 0 where they fit on
    a page as they are.
    """
    scale = min(1.0, printed_width(paper) / wide)
    pages = pages_at(min(least_scale(points), scale), heights, repeated, paper)
    return pages if sum(heights) > printed_height(paper) / scale else 0


def pages_at(scale: float, heights: Sequence[float], repeated: int, paper: Paper = A4) -> int:
    """On how many pages rows stand at a scale."""
    return len(filled_pages(scale, heights, repeated, paper))


def filled_pages(scale: float, heights: Sequence[float], repeated: int, paper: Paper = A4) -> list[float]:
    """How much of each page rows fill at a scale, as shares."""
    room, pages, used = printed_height(paper) / scale, list[float](), 0.0
    for height in heights:
        if used and used + height > room:
            pages.append(used / room)
            used = heights[repeated]
        used += height
    return [*pages, used / room]


def page_starts(heights: Sequence[float], begins: Collection[int] = (), bound: Collection[int] = ()) -> list[int]:
    """The rows with which pages begin that are printed at `PARTED_SCALE`, the first page apart: those that are to, and
    where a page is full. None where all fits on one page. A row that is `bound` goes with the row above it.
    """
    if sum(heights) <= parted_height():
        return []
    room, starts, used = parted_height() - UNSURE, [0], 0.0
    for row, height in enumerate(heights):
        if row and (row in begins or used + height > room):
            first = row
            while first in bound and first > starts[-1]:
                first -= 1
            starts.append(first if first > starts[-1] else row)
            used = sum(heights[starts[-1] : row])
        used += height
    return starts[1:]


def parted_height() -> float:
    """The points that such a page has for rows."""
    return printed_height(A4) * 100 / PARTED_SCALE


def part(text: str, longest: int, weight: str = "Regular", points: int = 9) -> str:
    """One part of a header, so many points high, shortened where it would be stored in more than `longest` characters.

    An ampersand of the text's own is doubled, for a single one begins a code.
    """
    shown = shortened = text if len(text) <= longest else f"{text[:longest].rstrip()}…"
    while stored_length(shown, points) > longest:
        shortened = shortened[:-1]
        shown = shortened.rstrip() + "…"
    return f'&"{FONT},{weight}"&{points} {escaped_ampersands(shown, points)}' if shown else ""


def stored_length(text: str, points: int) -> int:
    """How many of the 255 characters that Excel takes in all a text so many points high needs in a header."""
    return len(escaped_ampersands(text, points).encode("utf-16-le")) // 2


def escaped_ampersands(text: str, points: int) -> str:
    """A text in which no ampersand begins a code, neither for Excel nor for XlsxWriter, which takes the `&G` of
    `R&&G` for a picture and the `&[Picture]` of `&&[Picture]` too: a size, that of the text, parts them.
    """
    return re.sub(r"&&(?=[G\[])", f"&&&{points}", text.replace("&", "&&"))
