"""How a sheet prints: landscape on A4, A3 where it is wide, its place in the report at every page's head and foot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ragtool.looks.style import FONT
from ragtool.results.results import Results

A4, A3 = 9, 8
SIZES = {A4: (11.69, 8.27), A3: (16.54, 11.69)}
"""Landscape, in inches."""
INCH = 96
SIDES, TOP, BOTTOM = 0.35, 0.65, 0.6


SURE_TO_FIT = 90
"""Per cent of the page's width; printers and programs differ, and no column may get a page of its own."""


def printed_width(paper: int) -> int:
    """Pixels across the page."""
    return int((SIZES[paper][0] - 2 * SIDES) * INCH)


def printed_height(paper: int) -> float:
    """Points down the page."""
    return (SIZES[paper][1] - TOP - BOTTOM) * 72


PRINTED_WIDTH, PRINTED_HEIGHT = printed_width(A4), printed_height(A4)
LITTLE = 0.2
"""A last page that would hold less than this share isn't worth a page: the sheet is printed a little smaller."""
WIDEST_ON_A4 = int(PRINTED_WIDTH * 1.2)
"""Pixels: a wider table would print too small to read on A4."""
LONGEST = 45
"""Characters in a part of a header: more would run into the next part, or past the 255 that Excel takes in all."""
ON_ITS_OWN = {"margin": 0.3, "scale_with_doc": False}
"""A header that stays readable where the sheet is printed smaller."""


def set_up(sheet: Worksheet, results: Results, pages_high: int = 0, paper: int = A4) -> None:
    """Landscape, one page wide and `pages_high` high (0: as many as it needs), with header and footer."""
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.set_margins(left=SIDES, right=SIDES, top=TOP, bottom=BOTTOM)
    sheet.fit_to_pages(1, pages_high)
    sheet.hide_gridlines(2)
    settings = results.settings
    marking = part(settings.handling_marking, 40, "Bold")
    sheet.set_header(
        f"&L{part(settings.organisation, LONGEST)}&C{marking}&R{part(str(results.quarter), 20)}", ON_ITS_OWN
    )
    sheet.set_footer(
        f"&L{part(settings.plan_title, LONGEST)}&C{part(sheet.get_name(), 40)}&R{part('Page ', 10)}&P of &N",
        ON_ITS_OWN,
    )


def pages_high(heights: Sequence[float], wide: int, repeated: int, paper: int = A4) -> int:
    """On how many pages rows so many points high are to be fitted, one page wide; 0 where they need no fitting.

    `wide` is the sheet's width in pixels; its first `repeated` rows stand on every page.
    """
    across = min(1.0, printed_width(paper) / wide)
    room = printed_height(paper) / across - sum(heights[:repeated])
    pages = sum(heights[repeated:]) / room
    whole = int(pages)
    return whole if whole and pages - whole < LITTLE else 0


def scale_across(wide: int) -> int:
    """The print scale, in per cent, at which so many pixels surely fit across a page of A4."""
    return min(100, int(SURE_TO_FIT * printed_width(A4) / wide))


def keep_together(sheet: Worksheet, heights: Sequence[float], first: int, repeated: int, scale: int) -> None:
    """Prints a sheet on A4 at a scale, with a new page before row `first` where the rows from there on would be parted.

    Excel knows no such breaks where it fits a sheet to the page.
    """
    sheet.set_print_scale(scale)
    if breaks_within(heights, first, repeated, scale):
        sheet.set_h_pagebreaks([first])


def breaks_within(heights: Sequence[float], first: int, repeated: int, scale: int) -> bool:
    """Whether a page of A4 would end among the rows from `first` on, at a print scale in per cent.

    `heights` are the rows' in points; the first `repeated` stand on every page.
    """
    room, used = printed_height(A4) * 100 / scale, 0.0
    for row, high in enumerate(heights):
        if used + high > room:
            if row > first:
                return True
            used = sum(heights[:repeated])
        used += high
    return False


def part(text: str, longest: int, weight: str = "Regular") -> str:
    """One part of a header; an ampersand of the text's own is doubled, for a single one begins a code."""
    shown = text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
    doubled = shown.replace("&", "&&")
    return f'&"{FONT},{weight}"&9 {doubled}' if doubled else ""


def properties(results: Results, title: str) -> dict[str, Any]:
    """The document's properties. The date is the quarter's last day: the clock would change the bytes of every run."""
    settings = results.settings
    last_day = results.quarter.last_day(settings.financial_year_starts)
    return {
        "title": f"{settings.plan_title}: {title}, {results.quarter}",
        "subject": f"Performance in {results.quarter}",
        "author": settings.report_author,
        "company": settings.organisation,
        "category": settings.handling_marking,
        "created": datetime.combine(last_day, time()),
    }
