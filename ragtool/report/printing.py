"""How a sheet prints: landscape on A4, A3 where it is wide, its place in the report at every page's head and foot."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ragtool.report.style import FONT
from ragtool.results import Results

A4, A3 = 9, 8
INCH = 96
WIDE, HIGH = 11.69, 8.27
SIDES, TOP, BOTTOM = 0.35, 0.65, 0.6
PRINTED_WIDTH = int((WIDE - 2 * SIDES) * INCH)
"""Pixels across the page."""
PRINTED_HEIGHT = (HIGH - TOP - BOTTOM) * 72
"""Points down the page."""
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
