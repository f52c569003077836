"""The look of each cell of a table of the report: its column's, its row's, its own and that of its rating."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.format import Format

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.palette import QUIET, Properties, rating_properties
from ragtool.looks.style import LINK, Style
from ragtool.looks.table import Content
from ragtool.report import performance_bar
from ragtool.report.contents import EMPTY, RATING_HEADINGS, SHOWN_FIGURES
from ragtool.report.sheet_rows import ShownRow
from ragtool.report.table_layout import Layout

COUNTS = (
    *(c.PANEL_KEY_ACTIONS, c.PANEL_MEASURES, c.RED, c.AMBER, c.GREEN, c.OTHER),
    *(c.OF_THESE_COMPLETE, c.OF_THESE_ON_HOLD),
    *(c.QUERIES, c.ROWS_FOUND, c.ROWS_USED, c.ROWS_REFUSED, c.ROWS_PASSED_OVER),
)
"""Columns that count: at the right of their cells, numbers would stand at the text beside them."""
LOOKS: dict[str, Properties] = {
    c.KEY: {"bold": True},
    **{key: {"align": "center"} for key in (c.PART, c.NO, c.TIMES_CARRIED, *COUNTS)},
    **{key: {"align": "right", "indent": 1} for key in SHOWN_FIGURES},
    c.AGAINST_TARGET: performance_bar.BAR_LOOK,
}
"""Columns that look the same on every sheet."""
Pairs = tuple[tuple[str, Any], ...]
QUIETLY: Properties = {"font_color": QUIET, "bold": False}
"""How what a row says again looks."""


def column_looks(
    rows: Sequence[ShownRow],
    columns: Sequence[Sequence[Content]],
    widths: Sequence[int],
    layout: Layout,
    style: Style,
) -> list[list[Format]]:
    """The look of each cell, column by column: its row's, its own, and that of its rating; in a column each is made
    once.
    """
    of_rows = [as_pairs(layout.row_look(row)) for row in rows]
    return [
        looks_under(heading, rows, of_rows, column, wide, layout, style)
        for heading, column, wide in zip(layout.headings, columns, widths, strict=True)
    ]


def looks_under(
    heading: str,
    rows: Sequence[ShownRow],
    of_rows: Sequence[Pairs],
    column: Sequence[Content],
    wide: int,
    layout: Layout,
    style: Style,
) -> list[Format]:
    """The look of each cell under a heading, in a column of so many pixels."""
    cell_look, own, empty = layout.cell_looks.get(heading), of_rows, empty_look(heading, layout, style)
    if cell_look:
        own = [as_pairs(dict(look) | cell_look(row)) for row, look in zip(rows, of_rows, strict=True)]
    made: dict[tuple[object, ...], Format] = {}
    looks = []
    for each, look in zip(column, own, strict=True):
        if empty and each is EMPTY:
            looks.append(empty)
            continue
        kind = each.rating, each.number_format, bool(each.link), is_cut(each, wide), each.quiet, each.whole, look
        if kind not in made:
            made[kind] = style.boxed(**look_under(heading, dict(look), each, wide))
        looks.append(made[kind])
    return looks


def empty_look(heading: str, layout: Layout, style: Style) -> Format | None:
    """The look of a column's empty cells, but for their lines, which a rule draws; None where each has its own look."""
    return style.plain(**LOOKS.get(heading, {})) if layout.has_alike else None


def as_pairs(look: Properties) -> Pairs:
    """A look as something to look it up by; most cells have none of their own."""
    return tuple(look.items()) if look else ()


def is_cut(each: Content, wide: int) -> bool:
    """Whether a quiet text would run out of its column of so many pixels, over an empty cell beside it.

    The alignment that cuts it off would write a text twice that has room for that.
    """
    room = wide - fitting.PADDING
    return each.quiet and not each.whole and isinstance(each.value, str) and fitting.text_pixels(each.value) > room


def look_under(heading: str, own: Properties, each: Content, wide: int) -> Properties:
    """The look of a cell under a heading, in a column of so many pixels."""
    look = LOOKS.get(heading, {}) | own
    if each.rating:
        look |= rating_properties(each.rating)
    if each.quiet:
        look |= QUIETLY | {"text_wrap": each.whole}
        look |= {"align": "center"} if heading in RATING_HEADINGS else {"align": "fill"} if is_cut(each, wide) else {}
    if each.link:
        look |= {"font_color": LINK, "underline": 1}
    return look | {"num_format": each.number_format} if each.number_format else look
