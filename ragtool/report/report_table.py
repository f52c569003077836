"""A table of the report: what its columns hold, how wide they are and how it prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from operator import attrgetter

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import fitting, printing
from ragtool.looks.style import Properties, Style, rating_properties
from ragtool.looks.table import Content, Heading, TableLook, write_table
from ragtool.report import page_setup
from ragtool.report.contents import column_contents
from ragtool.report.sheet_rows import ShownRow
from ragtool.results.results import Results

WIDEST = 120.0
"""Characters; a text that would make its row too tall for Excel widens its column up to this."""
BUTTON = 14
"""Points under a heading for the filter button, which would cover its text."""
SHOWN_FIGURES = (c.PERFORMANCE, c.TARGET, c.SHORTFALL, c.INTERVENTION_LEVEL, c.THREE_YEAR_TARGET) + (
    c.RANGE_LOW,
    c.RANGE_HIGH,
    c.RED_BEYOND,
    c.RED_BELOW,
    c.RED_ABOVE,
    c.GREEN_WITHIN,
    c.STRETCH_TARGET,
    c.BENCHMARK,
    *c.YEARS_TARGETS,
)
HEADING_LINES = 3
LOOKS: dict[str, Properties] = {
    c.KEY: {"bold": True},
    **{key: {"align": "center"} for key in (c.PART, c.NO, c.TIMES_CARRIED)},
    **{key: {"align": "right", "indent": 1} for key in SHOWN_FIGURES},
}
"""Columns that look the same on every sheet."""


def no_look(row: ShownRow) -> Properties:
    """Every row alike."""
    return {}


@dataclass(frozen=True)
class Layout:
    """How a table looks: its headings with the widest each column may be, in characters, and the columns kept in view.

    A column without anything in it, or with short texts only, gets narrower. The last `screen_only` columns aren't
    printed. `row_look` and `cell_looks` change the look of a whole row and of one column in a row.
    """

    widths: Mapping[str, float]
    frozen: int = 1
    screen_only: int = 0
    row_look: Callable[[ShownRow], Properties] = no_look
    cell_looks: Mapping[str, Callable[[ShownRow], Properties]] = field(default_factory=dict)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The headings, in the order in which they are written."""
        return tuple(self.widths)


def write_report_table(
    sheet: Worksheet, style: Style, results: Results, rows: Sequence[ShownRow], layout: Layout
) -> list[float]:
    """Writes headings and rows (by heading), and sets up filter, panes and print. Nothing is written beneath.

    Gives the height of every row, in points.
    """
    return write_columns(sheet, style, results, rows, columns_of_contents(rows, layout.headings), layout)


def columns_of_contents(rows: Sequence[ShownRow], headings: Sequence[str]) -> list[list[Content]]:
    """What a table holds, column by column."""
    return [column_contents(heading, rows) for heading in headings]


def write_columns(
    sheet: Worksheet,
    style: Style,
    results: Results,
    rows: Sequence[ShownRow],
    columns: Sequence[Sequence[Content]],
    layout: Layout,
) -> list[float]:
    """The same, where what the columns hold is known already."""
    wide = [column_width(*each) for each in zip(columns, layout.headings, layout.widths.values(), strict=True)]
    headings = [Heading(heading, style.heading(), each) for heading, each in zip(layout.headings, wide, strict=True)]
    looks = column_looks(rows, columns, layout, style)
    cells = [list(zip(*each, strict=True)) for each in zip(columns, looks, strict=True)]
    heights = write_table(sheet, headings, list(zip(*cells, strict=True)), TableLook(layout.frozen, BUTTON))
    sheet.autofilter(0, 0, max(1, len(rows)), len(layout.headings) - 1)
    sheet.print_area(0, 0, len(rows), len(layout.headings) - 1 - layout.screen_only)
    printed = sum(wide[: len(wide) - layout.screen_only])
    paper = printing.A4 if printed <= printing.WIDEST_ON_A4 else printing.A3
    page_setup.set_up(sheet, results, printing.pages_high(heights, printed, 1, paper), paper)
    return heights


def column_looks(
    rows: Sequence[ShownRow], columns: Sequence[Sequence[Content]], layout: Layout, style: Style
) -> list[list[Format]]:
    """The look of each cell, column by column: its row's, its own, and that of its rating; in a column each is made
    once.
    """
    alike = [layout.row_look(row) for row in rows]
    looks = []
    for heading, column in zip(layout.headings, columns, strict=True):
        cell_look, own = layout.cell_looks.get(heading), alike
        if cell_look:
            own = [look | cell_look(row) for row, look in zip(rows, alike, strict=True)]
        kinds = map(attrgetter("rating", "number_format"), column)
        names = list(zip(kinds, map(as_pairs, own), strict=True))
        each_once = dict(zip(names, zip(column, own, strict=True), strict=True))
        made = {name: style.boxed(**look_under(heading, look, each)) for name, (each, look) in each_once.items()}
        looks.append([made[name] for name in names])
    return looks


def as_pairs(look: Properties) -> tuple[object, ...]:
    """A look as something to look it up by; most cells have none of their own."""
    return tuple(look.items()) if look else ()


def look_under(heading: str, own: Properties, each: Content) -> Properties:
    """The look of a cell under a heading."""
    look = LOOKS.get(heading, {}) | own
    if each.rating:
        look |= rating_properties(each.rating)
    return look | {"num_format": each.number_format} if each.number_format else look


def column_width(cells: Sequence[Content], heading: str, widest: float) -> int:
    """One column's width in pixels."""
    least = fitting.word_pixels(heading, bold=True)
    while fitting.line_count(heading, least + fitting.PADDING, bold=True) > HEADING_LINES:
        least += 5
    cells = list(dict.fromkeys(cells))
    numbers = max((fitting.text_pixels(shown.text) for shown in cells if shown.number_format), default=0)
    whole = max((fitting.text_pixels(line, bold=True) for shown in cells for line in shown.text.split("\n")), default=0)
    wide = ceil(max(least, numbers, min(whole, fitting.pixels(widest) - fitting.PADDING)) + fitting.PADDING)
    longest = max((shown.text for shown in cells), key=len, default="")
    while fitting.height(longest, wide) > fitting.TALLEST and wide < fitting.pixels(WIDEST):
        wide = int(wide * 1.25)
    return wide
