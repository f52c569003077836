"""How a workbook that people fill in looks, beyond what it shares with the report: entry cells, the printed page."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ragtool.looks import fitting
from ragtool.looks.palette import WHITE
from ragtool.looks.printing import A4, UPRIGHT_A4, PageSetup, part, printed_width, set_page
from ragtool.looks.style import INK, Style

CREAM = "#FFF8DC"
CREAM_HEADING = "#F2D675"
LOCKED = "#F2F2F2"
MISSING = {"bg_color": "#FBD9C6", "border": 1, "border_color": "#D4351C"}
"""An entry that is still missing: fill and outline, for those who don't see the one or the other."""

DAY = "d mmm yyyy"
TEXT = "@"
"""The format that keeps what is typed as it is typed: `1.10`, `2011`, `- delayed`."""

HEADER_POINTS, UPRIGHT_POINTS, APART = 10, 9, 8
"""The size of a header's letters in points on wide sheets and on upright ones, for they are printed as much smaller as
the sheet, and the pixels between its parts.
"""
MOST_STORED, SHORT = 80, 20
"""Characters of each of a header's longer parts and of its shorter one: Excel takes 255 in all, what says how they look
included.
"""

LEVEL = "0.##%"


def heading(style: Style, entry: bool) -> Format:
    """A heading: dark above what is locked, yellow above what people fill in."""
    if entry:
        return style.boxed(bold=True, bg_color=CREAM_HEADING, valign="vcenter")
    return style.boxed(bold=True, bg_color=INK, font_color=WHITE, valign="vcenter")


def set_form_page(page: Worksheet, left: str, centre: str, right: str, landscape: bool = True, foot: str = "") -> None:
    """Prints a sheet on A4, as wide as the page, with what it is above, `foot` and the page number beneath."""
    paper, points = (A4, HEADER_POINTS) if landscape else (UPRIGHT_A4, UPRIGHT_POINTS)
    wide = printed_width(paper)
    header = (*left_and_centre(left, centre, wide, points, "Bold"), part(right, SHORT, points=points))
    footer = left_and_centre(page.get_name(), foot, wide, points)
    set_page(page, PageSetup(header, footer, paper, points=points))


def left_and_centre(left: str, centre: str, wide: int, points: int, weight: str = "Regular") -> tuple[str, str]:
    """The left and the centre part of a header so many pixels wide, in letters so many points high: each is shortened
    only where it would run into the other.
    """
    bold = weight == "Bold"
    middle = letters_within(centre, wide / 2, points, bold)
    taken = fitting.text_pixels(centre[:middle], points, bold)
    first = letters_within(left, (wide - taken) / 2 - APART, points)
    return part(left, first, points=points), part(centre, middle, weight, points)


def letters_within(text: str, room: float, points: int, bold: bool = False) -> int:
    """How many characters of a text stand in so many pixels, and within what Excel takes."""
    fits = (count for count in range(MOST_STORED, 1, -1) if fitting.text_pixels(text[:count], points, bold) <= room)
    return next(fits, 1)
