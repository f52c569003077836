"""A table of the report: what its columns hold, how wide they are and how it prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import fitting, printing
from ragtool.looks.style import LINES, Style
from ragtool.looks.table import (
    Content,
    Heading,
    TableLook,
    cell_place,
    heights_of_rows,
    table_name,
    write_table,
)
from ragtool.report import page_setup
from ragtool.report.column_widths import column_width, cut_short, fitted_widths
from ragtool.report.contents import column_contents
from ragtool.report.sheet_rows import ShownRow
from ragtool.report.sheet_title import write_title
from ragtool.report.table_layout import Layout
from ragtool.report.table_looks import column_looks, empty_look
from ragtool.results.results import Results

BESIDE_NOTES = 105
"""Pixels of the first column beside notes: the way back stands above it."""


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
    a4 = printing.UPRIGHT_A4 if layout.upright else printing.A4
    if layout.least_points:
        room = printing.widest_on(a4, layout.least_points)
        wide = fitted_widths(wide, columns, layout.headings, layout.printed, room)
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
    if layout.shown:
        sheet.print_area(0, 0, top + max(1, len(rows)), on_paper[-1])
    else:
        sheet.hide()  # with a print area LibreOffice prints it all the same
    hidden = [layout.headings.index(heading) for heading in layout.hidden]
    for column in hidden:
        sheet.set_column_pixels(column, column, wide[column], None, {"hidden": True})
    printed = sum(wide[column] for column in on_paper)
    fits = layout.least_points or printed <= printing.widest_on(a4, least)
    paper = a4 if fits else printing.A3
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
