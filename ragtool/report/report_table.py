"""A table of the report: what its columns hold, how wide they are and how it prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import fitting, printing
from ragtool.looks.style import Properties, Style, rating_properties
from ragtool.looks.table import Content, Heading, TableLook, write_table
from ragtool.report import page_setup
from ragtool.report.contents import content
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
    table = [[content(heading, row) for heading in layout.headings] for row in rows]
    widths = column_widths(table, layout.widths)
    headings = [Heading(heading, style.heading(), wide) for heading, wide in zip(layout.headings, widths, strict=True)]
    looks = CellLooks(layout, style)
    cells = [looks.formatted(row, shown) for row, shown in zip(rows, table, strict=True)]
    heights = write_table(sheet, headings, cells, TableLook(layout.frozen, BUTTON))
    sheet.autofilter(0, 0, max(1, len(rows)), len(layout.headings) - 1)
    sheet.print_area(0, 0, len(rows), len(layout.headings) - 1 - layout.screen_only)
    printed = sum(widths[: len(widths) - layout.screen_only])
    paper = printing.A4 if printed <= printing.WIDEST_ON_A4 else printing.A3
    page_setup.set_up(sheet, results, printing.pages_high(heights, printed, 1, paper), paper)
    return heights


class CellLooks:
    """The looks of a table's cells, each made once: by the row's look, its column, and what the cell alone has."""

    def __init__(self, layout: Layout, style: Style) -> None:
        self.layout, self.style = layout, style
        self.made: dict[tuple[object, ...], list[dict[tuple[object, ...], Format]]] = {}

    def formatted(self, row: ShownRow, shown: Sequence[Content]) -> list[tuple[Content, Format]]:
        """A row's cells, each with its look: its column's, its row's, its own, and that of its rating."""
        row_look = self.layout.row_look(row)
        by_column = self.made.setdefault(tuple(row_look.items()), [{} for _ in shown])
        cells = []
        for heading, each, made in zip(self.layout.headings, shown, by_column, strict=True):
            cell_look = self.layout.cell_looks.get(heading)
            own = cell_look(row) if cell_look else {}
            name = (each.rating, each.number_format, *own.items())
            if name not in made:
                made[name] = self.look(heading, row_look | own, each)
            cells.append((each, made[name]))
        return cells

    def look(self, heading: str, own: Properties, each: Content) -> Format:
        """The look of a cell under a heading."""
        look = LOOKS.get(heading, {}) | own
        if each.rating:
            look |= rating_properties(each.rating)
        if each.number_format:
            look |= {"num_format": each.number_format}
        return self.style.boxed(**look)


def column_widths(table: Sequence[Sequence[Content]], widest: Mapping[str, float]) -> list[int]:
    """Each column's width in pixels: what its texts need up to `widest`; numbers and headings always fit."""
    return [
        column_width([cells[number] for cells in table], heading, width)
        for number, (heading, width) in enumerate(widest.items())
    ]


def column_width(cells: Sequence[Content], heading: str, widest: float) -> int:
    """One column's width in pixels."""
    least = fitting.word_pixels(heading, bold=True)
    while fitting.line_count(heading, least + fitting.PADDING, bold=True) > HEADING_LINES:
        least += 5
    texts = dict.fromkeys(shown.text for shown in cells)
    numbers = dict.fromkeys(shown.text for shown in cells if shown.number_format)
    unbroken = max(map(fitting.text_pixels, numbers), default=0)
    whole = max((fitting.text_pixels(line, bold=True) for text in texts for line in text.split("\n")), default=0)
    wide = ceil(max(least, unbroken, min(whole, fitting.pixels(widest) - fitting.PADDING)) + fitting.PADDING)
    longest = max(texts, key=len, default="")
    while fitting.height(longest, wide) > fitting.TALLEST and wide < fitting.pixels(WIDEST):
        wide = int(wide * 1.25)
    return wide
