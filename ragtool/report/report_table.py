"""A table of the report: what its columns hold, how wide they are and how it prints."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import fitting, printing
from ragtool.looks.palette import QUIET, Properties, rating_properties
from ragtool.looks.style import LINES, LINK, Style
from ragtool.looks.table import (
    Content,
    Heading,
    TableLook,
    cell_place,
    heights_of_rows,
    table_name,
    write_table,
)
from ragtool.report import page_setup, performance_bar
from ragtool.report.column_widths import column_width, cut_short, fitted_widths
from ragtool.report.contents import EMPTY, RATING_HEADINGS, SHOWN_FIGURES, column_contents
from ragtool.report.sheet_rows import ShownRow
from ragtool.report.sheet_title import write_title
from ragtool.results.results import Results

BESIDE_NOTES = 105
"""Pixels of the first column beside notes: the way back stands above it."""
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


def no_look(row: ShownRow) -> Properties:
    """Every row alike."""
    return {}


@dataclass(frozen=True)
class Layout:
    """How a table looks: its headings with the widest each column may be, in characters, and the columns kept in view.

    A column without anything in it, or with short texts only, gets narrower. The last `screen_only` columns aren't
    printed, and those in `hidden` not even seen, for which a plan has nothing. `row_look` and `cell_looks` change the
    look of a whole row and of one column in a row. `about` says in a line above the table what it holds, `notes` more
    than that, under the second heading's column; a table of which nothing is said begins the sheet. A `compact` one is
    printed on as few pages as letters of `least_points` allow.
    """

    widths: Mapping[str, float]
    frozen: int = 1
    screen_only: int = 0
    hidden: Collection[str] = field(default=(), kw_only=True)
    compact: bool = field(default=False, kw_only=True)
    row_look: Callable[[ShownRow], Properties] = no_look
    cell_looks: Mapping[str, Callable[[ShownRow], Properties]] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    """Where each key leads to, such as `'Report on a page'!C5`."""
    repeats: Callable[[ShownRow, str], bool] | None = None
    """Whether a row says again under a heading what stands on its item's first row."""
    about: str = ""
    notes: tuple[str, ...] = ()
    least_points: int = 0
    """On A4 columns get narrower, as far as their words let them, or wider, to fill the page in letters so many points
    high; where they still have no room, letters are smaller. Where it is 0, larger paper is taken, and the last columns
    aren't printed for which that has no room.
    """

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The headings, in the order in which they are written."""
        return tuple(self.widths)

    @property
    def printed(self) -> list[int]:
        """The columns that are printed."""
        count = len(self.headings) - self.screen_only
        return [number for number, heading in enumerate(self.headings[:count]) if heading not in self.hidden]

    @property
    def has_alike(self) -> bool:
        """Whether empty cells look as their column does."""
        return self.row_look is no_look and not self.cell_looks


def write_report_table(
    sheet: Worksheet, style: Style, results: Results, rows: Sequence[ShownRow], layout: Layout
) -> int:
    """Writes title, headings and rows (by heading), and sets up filter, panes and print. Nothing is written beneath.

    Gives the row of the headings, counted from 0.
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
) -> int:
    """The same, where what the columns hold is known already."""
    columns = [
        linked(each, layout.links) if h == c.KEY else each for each, h in zip(columns, layout.headings, strict=True)
    ]
    if layout.repeats:
        columns = said_again(rows, columns, layout.headings, layout.repeats)
    wide = [column_width(*each) for each in zip(columns, layout.headings, layout.widths.values(), strict=True)]
    if layout.least_points:
        wide = fitted_widths(
            wide, columns, layout.headings, layout.printed, printing.widest_on(printing.A4, layout.least_points)
        )
        columns = [cut_short(*each) for each in zip(columns, wide, strict=True)]
    if layout.notes:
        wide[:2] = max(wide[0], BESIDE_NOTES), fitting.pixels(layout.widths[layout.headings[1]])
    high = heights_of_rows(columns, wide)
    if layout.repeats:
        columns = [whole_where_they_fit(*each, high) for each in zip(columns, wide, strict=True)]
    above = write_title(sheet, style, results, layout.about, wide) if layout.about else []
    above += write_notes(sheet, style, layout.notes, len(above), wide)
    headings = [
        Heading(heading, style.heading(), each, empty_look(heading, layout, style))
        for heading, each in zip(layout.headings, wide, strict=True)
    ]
    looks = column_looks(rows, columns, wide, layout, style)
    cells = [list(zip(*each, strict=True)) for each in zip(columns, looks, strict=True)]
    top, name = len(above), table_name(sheet.get_name())
    look = TableLook(layout.frozen, top=top, scrolls=bool(layout.notes), name=name, heights=high)
    heights = [*above, *write_table(sheet, headings, list(zip(*cells, strict=True)), look)]
    if rows and layout.has_alike:
        lines = {"type": "formula", "criteria": f"=LEN(TRIM(A{top + 2}))=0", "format": style.bare(**LINES)}
        sheet.conditional_format(top + 1, 0, top + len(rows), len(layout.headings) - 1, lines)
    least = layout.least_points or printing.SMALLEST_POINTS
    on_paper = layout.printed if layout.least_points else as_many_as_fit(layout.printed, wide, least)
    sheet.print_area(0, 0, top + max(1, len(rows)), on_paper[-1])
    hidden = [layout.headings.index(heading) for heading in layout.hidden]
    for column in hidden:
        sheet.set_column_pixels(column, column, wide[column], None, {"hidden": True})
    printed = sum(wide[column] for column in on_paper)
    fits = layout.least_points or printed <= printing.widest_on(printing.A4, least)
    paper = printing.A4 if fits else printing.A3
    count = printing.fewest_pages_high if layout.compact else printing.pages_high
    pages = count(heights, printed, top, least, paper)
    if not pages:
        for row, height in enumerate(printing.stretched(heights, printed, top, paper)):
            sheet.set_row(row, min(fitting.TALLEST, height))
    page_setup.set_up(sheet, results, pages, paper)
    return top


def as_many_as_fit(printed: Sequence[int], wide: Sequence[int], points: float) -> list[int]:
    """The columns that the largest paper holds of those to be printed, in letters so many points high; at least one."""
    room = printing.widest_on(printing.A3, points)
    across = accumulate(wide[column] for column in printed)
    return [column for column, end in zip(printed, across, strict=True) if end <= room] or list(printed[:1])


def write_notes(
    sheet: Worksheet, style: Style, notes: Sequence[str], first: int, columns: Sequence[int]
) -> list[float]:
    """Sentences above a table from row `first` on, under its second column; gives the rows' heights."""
    heights = [fitting.height(note, columns[1]) for note in notes]
    for row, (note, high) in enumerate(zip(notes, heights, strict=True), start=first):
        sheet.set_row(row, high)
        sheet.write_string(row, 1, note, style.plain())
    return heights


def linked(column: Sequence[Content], links: Mapping[str, str]) -> list[Content]:
    """A column of keys, each of which leads to where it stands elsewhere."""
    return [each._replace(link=links.get(each.text, "")) for each in column]


def said_again(
    rows: Sequence[ShownRow],
    columns: Sequence[Sequence[Content]],
    headings: Sequence[str],
    repeats: Callable[[ShownRow, str], bool],
) -> list[list[Content]]:
    """The columns, quiet where a row repeats another."""
    return [
        [each.again() if repeats(row, heading) else each for row, each in zip(rows, column, strict=True)]
        for heading, column in zip(headings, columns, strict=True)
    ]


def whole_where_they_fit(column: Sequence[Content], wide: int, heights: Sequence[float]) -> list[Content]:
    """A column whose quiet texts are shown whole in the rows that are high enough; elsewhere they are cut."""
    return [
        each._replace(whole=True)
        if each.quiet and isinstance(each.value, str) and fitting.height(each.value, wide) <= high
        else each
        for each, high in zip(column, heights, strict=True)
    ]


def places_of(sheet: Worksheet, rows: Sequence[ShownRow], layout: Layout, top: int) -> dict[str, str]:
    """Where a table with headings in row `top` has the first row of each key, for links that lead there."""
    column = layout.headings.index(c.KEY)
    places: dict[str, str] = {}
    for number, row in enumerate(rows, start=top + 1):
        if key := row.get(c.KEY):
            places.setdefault(key, cell_place(sheet.get_name(), number, column))
    return places


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
