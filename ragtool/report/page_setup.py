"""How the report's sheets print: on A4, A3 where wide, with the report's name at every page's head and foot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ragtool.looks.forms import left_and_centre
from ragtool.looks.printing import (
    A4,
    LONGEST,
    ON_ITS_OWN,
    PARTED_SCALE,
    UPRIGHT_A4,
    PageSetup,
    Paper,
    part,
    printed_width,
    set_page,
)
from ragtool.results.results import Results

LONGEST_FOOTER = 66
"""Characters: the longest name of a sheet with the quarter, Draft or Final and version, which may not be cut off."""
HEADER_POINTS = 10
"""LibreOffice prints header and footer as much smaller as the sheet."""


def set_up(
    sheet: Worksheet, results: Results, pages_high: int = 0, paper: Paper = A4, points: int = HEADER_POINTS
) -> None:
    """One page wide and `pages_high` high (0: as many as it needs), with header and footer, so many points high."""
    settings, name = results.settings, f"{sheet.get_name()}, {results.quarter} ({results.standing})"
    marking = part(settings.handling_marking, 40, "Bold", points)
    quarter = part(str(results.quarter), 20, points=points)
    footer = part(settings.plan_title, LONGEST, points=points), part(name, LONGEST_FOOTER, points=points)
    if paper == UPRIGHT_A4:
        footer = left_and_centre(settings.plan_title, name, printed_width(paper), points)
    set_page(
        sheet,
        PageSetup(
            header=(part(settings.organisation, LONGEST, points=points), marking, quarter),
            footer=footer,
            paper=paper,
            pages=(1, pages_high),
            options=ON_ITS_OWN,
            points=points,
        ),
    )
    sheet.hide_gridlines(2)


def set_up_in_parts(sheet: Worksheet, results: Results, starts: Sequence[int]) -> None:
    """The same, with a new page before each of these rows; where there is none, all on one page."""
    set_up(sheet, results, 1)
    if starts:
        sheet.set_print_scale(PARTED_SCALE)
        sheet.set_h_pagebreaks(list(starts))


def document_properties(results: Results, title: str) -> dict[str, Any]:
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
