"""What is Red, as the Summary and a panel's Cover show it: whose, why, and what will be done about it by when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from xlsxwriter.format import Format

from ragtool import columns as c
from ragtool.figures import short_day
from ragtool.looks import fitting
from ragtool.looks.palette import look_of_rating
from ragtool.looks.table import Content
from ragtool.model import Rating
from ragtool.report.exception_sheet import none_in_red
from ragtool.report.page_sheet import link_formula
from ragtool.report.sheet_rows import NONE_PROPOSED
from ragtool.report.written_rows import CellsOfRow, WrittenRows
from ragtool.results.red_items import RedItem
from ragtool.rules.words import IS_BETTER

RED_TABLE, WHAT_IS_RED = "WhatIsRed", "What is Red"
CUT = "\N{NO-BREAK SPACE}…"
"""How a text that is cut ends: on the line of its last word."""
WHICH_WAY = re.compile(rf" \(\w+ {IS_BETTER}\)|; \w+ {IS_BETTER}(?=\))")
"""What a reason does without before it is cut: which way is better, where it says that the figure is worse."""
CLAUSE_END, WORTH_KEEPING_UP_TO = re.compile(r"[,;](?= )|\.(?= [A-Z])"), 2 / 3
"""Where a text that is cut had better end, if that leaves so much of what there is room for."""
MAY_BE_CUT = {c.WHY: 0, c.RESOLUTION: 0, c.DESCRIPTION: 1}
"""What stands whole where the key leads to, and how many lines more than usual it has here."""


def red_rows(
    rows: WrittenRows, red: Sequence[RedItem], headings: Sequence[str], places: Mapping[str, str], most_lines: int = 0
) -> list[CellsOfRow]:
    """The rows of what is published Red, its keys linked to where `places` says.

    Reasons and resolutions have `most_lines` at the most, names one more, or as many as they need where that is 0.
    """
    return [
        [
            red_cell(rows, each, heading, places.get(each.item.item.key, ""), wide, most_lines)
            for heading, wide in zip(headings, rows.widths, strict=False)
        ]
        for each in red
    ]


def red_cell(
    rows: WrittenRows, red: RedItem, heading: str, place: str, wide: int, most_lines: int
) -> tuple[Content, Format]:
    """What stands under a heading in the row of a Red item, and its look."""
    text = red_texts(red)[heading]
    if heading == c.KEY:
        formula = link_formula(place, text) if place else ""
        return Content(text, text, formula=formula), rows.style.tile(Rating.RED, align="left", valign="top")
    look = none_in_red({c.RESOLUTION: text}) if heading == c.RESOLUTION else {}
    if most_lines and heading in MAY_BE_CUT:
        text = in_few_lines(text.replace("\n", " "), wide, most_lines + MAY_BE_CUT[heading])
    return Content(text or None, text), rows.style.boxed(**{"bold": heading == c.DESCRIPTION} | look)


def in_few_lines(text: str, wide: int, most: int) -> str:
    """A text that takes so many lines at the most: a longer one is cut, a reason once it says only what tells most."""
    if fitting.line_count(text, wide) <= most:
        return text
    return at_a_clause(fitting.within_lines(fitting.unbroken(WHICH_WAY.sub("", text)), wide, most, CUT))


def at_a_clause(text: str) -> str:
    """A text that was cut, cut where a clause of it ends, rather than within: `18 % worse …`."""
    shown = text.removesuffix(CUT)
    ends = [end.start() for end in CLAUSE_END.finditer(shown)]
    if shown == text or not ends or ends[-1] < len(shown) * WORTH_KEEPING_UP_TO:
        return text
    return shown[: ends[-1]] + CUT


def red_texts(red: RedItem) -> dict[str, str]:
    """What there is to say of a Red item, by headings."""
    item, planned = red.item, red.item.item
    return {
        c.KEY: look_of_rating(Rating.RED).signed(planned.key),
        c.DESCRIPTION: planned.description,
        c.OFFICER_LEADS: "; ".join(planned.officer_leads),
        c.SERVICE_AREA: planned.area,
        c.DIRECTION: str(item.travel.short or ""),
        c.BY_WHEN: short_day(red.by_when),
        c.WHY: item.published.why,
        c.RESOLUTION: red.resolution or NONE_PROPOSED,
    }
