"""How a workbook that people fill in looks, beyond what it shares with the report: entry cells, the printed page."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ragtool.looks.palette import WHITE
from ragtool.looks.printing import LONGEST, PageSetup, part, set_page
from ragtool.looks.style import INK, Style

CREAM = "#FFF8DC"
CREAM_HEADING = "#F2D675"
LOCKED = "#F2F2F2"
MISSING = {"bg_color": "#FBD9C6", "border": 1, "border_color": "#D4351C"}
"""An entry that is still missing: fill and outline, for those who don't see the one or the other."""

DAY = "d mmm yyyy"
TEXT = "@"
"""The format that keeps what is typed as it is typed: `1.10`, `2011`, `- delayed`."""

LEVEL = "0.##%"


def heading(style: Style, entry: bool) -> Format:
    """A heading: dark above what is locked, yellow above what people fill in."""
    if entry:
        return style.boxed(bold=True, bg_color=CREAM_HEADING, valign="vcenter")
    return style.boxed(bold=True, bg_color=INK, font_color=WHITE, valign="vcenter")


def set_form_page(page: Worksheet, left: str, centre: str, right: str, landscape: bool = True, foot: str = "") -> None:
    """Prints a sheet on A4, as wide as the page, with what it is above, `foot` and the page number beneath."""
    room = LONGEST if landscape else LONGEST * 2 // 3
    header = (part(left, room), part(centre, room, "Bold"), part(right, 20))
    set_page(page, PageSetup(header, (part(page.get_name(), 40), part(foot, 40)), landscape, top=0.75))
