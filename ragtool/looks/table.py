"""How every table is written, of the report, the returns and the plan: cells, widths, heights, panes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ragtool.looks import fitting
from ragtool.model import Rating

WORD = re.compile(r"\w+")
BUTTON, UNDER_HEADINGS = 18, 7
"""Pixels of a filter button, which is as high as a line, and points of room under the headings."""


class Content(NamedTuple):
    """What a cell is to hold: its value (None: blank), the text that a reader sees, its number format, its rating.

    What is `quiet` stands in another row already and needs no room; it is shown `whole` where it has some all the same.
    With a `formula`, `value` is the result that stands until the workbook is calculated; with a `link`, a text leads to
    that place of the workbook, such as `'Report on a page'!C5`.
    """

    value: str | int | float | date | None = None
    text: str = ""
    number_format: str = ""
    rating: Rating | None = None
    formula: str = ""
    link: str = ""
    quiet: bool = False
    whole: bool = False

    def again(self) -> Content:
        """The same where a row repeats it: no rating and no link, and no room of its own."""
        return Content(self.value, "", self.number_format, quiet=self.value is not None)


class Heading(NamedTuple):
    """A column's heading and its look, the column's width in pixels, and the look of its empty cells if it has one."""

    text: str
    look: Format
    wide: int
    below: Format | None = None


@dataclass(frozen=True)
class TableLook:
    """How a table stands on its sheet: the columns that stay in view, and the least height of a row, so that there is
    room to write.

    Its headings stand in row `top`, counted from 0, and stay in view with what is above unless it `scrolls`. With a
    `name` it is a table of Excel's own, which `filters`. `heights` are those of the rows where they are known already.
    """

    frozen: int = 1
    least_height: float = 0
    top: int = 0
    scrolls: bool = False
    name: str = ""
    filters: bool = True
    heights: Sequence[float] = ()


def write_table(
    sheet: Worksheet,
    headings: Sequence[Heading],
    rows: Sequence[Sequence[tuple[Content, Format]]],
    look: TableLook,
) -> list[float]:
    """Writes headings and the rows beneath, each as high as its texts need; gives the height of every row of these.

    An empty cell that looks as all those of its column do isn't written: in a long table most are.
    """
    below = [heading.below for heading in headings]
    if look.name:
        make_table(sheet, [heading.text for heading in headings], look.top, len(rows), look.name, filters=look.filters)
    for column, heading in enumerate(headings):
        sheet.set_column_pixels(column, column, heading.wide, heading.below)
        sheet.write_string(look.top, column, heading.text, heading.look)
    for row, cells in enumerate(rows, start=look.top + 1):
        for column, (content, made) in enumerate(cells):
            if content.value is not None or content.formula or made is not below[column]:
                write_content(sheet, row, column, content, made)
    titles = ((heading.text, heading.wide) for heading in headings)
    heights = [heading_height(titles, buttons=bool(look.name) and look.filters)]
    columns = zip(*([content for content, _ in cells] for cells in rows), strict=True)
    own = look.heights or heights_of_rows(list(columns), [heading.wide for heading in headings])
    heights += (max(look.least_height, high) for high in own)
    for row, height in enumerate(heights, start=look.top):
        sheet.set_row(row, height)
    sheet.freeze_panes(0 if look.scrolls else look.top + 1, look.frozen)
    sheet.repeat_rows(look.top)
    return heights


def heights_of_rows(columns: Iterable[Sequence[Content]], widths: Iterable[float]) -> list[float]:
    """How high the rows of a table are, from what its columns hold and their widths in pixels."""
    return fitting.row_heights(
        ([content.text for content in column], wide) for column, wide in zip(columns, widths, strict=False)
    )


def heading_height(titles: Iterable[tuple[str, float]], buttons: bool) -> float:
    """The height of a row of headings, each in a column so many pixels wide, with room where filter buttons stand."""
    most = max((heading_lines(text, wide, buttons) for text, wide in titles), default=1)
    return most * fitting.line_height() + UNDER_HEADINGS


def heading_lines(text: str, wide: float, button: bool = True) -> int:
    """How many lines a heading takes in so many pixels.

    A filter button covers the lower right corner of its cell: where the last line would reach there, it has one more.
    """
    last = fitting.lines_of(text, wide, bold=True)[-1]
    covered = button and fitting.text_pixels(last, bold=True) + BUTTON > wide - fitting.PADDING
    return fitting.line_count(text, wide, bold=True) + covered


def make_table(
    sheet: Worksheet,
    headings: Sequence[str],
    top: int,
    rows: int,
    name: str,
    column: int = 0,
    filters: bool = True,
) -> None:
    """Makes the headings in row `top`, from a column on, and so many rows beneath a table of Excel's own; an empty one
    has a blank row.

    Its cells keep the look that they are written with, so it has no style.
    """
    columns = [{"header": heading} for heading in headings]
    options = {"name": name, "columns": columns, "style": None, "autofilter": filters}
    sheet.add_table(top, column, top + max(1, rows), column + len(headings) - 1, options)
    # XlsxWriter holds for every cell which table it is in, to refuse another there: in long tables more than it holds
    # of their texts. Ours stand apart from each other.
    getattr(sheet, "table_cells", {}).clear()


def table_name(sheet: str) -> str:
    """What a sheet's table is called: `KeyActions` on Key actions."""
    return "".join(word[:1].upper() + word[1:] for word in WORD.findall(sheet))


def cell_place(sheet: str, row: int, column: int) -> str:
    """A cell as links name it: `'Key actions'!G5`. Rows and columns count from 0."""
    return f"{quote_sheetname(sheet)}!{xl_rowcol_to_cell(row, column)}"


def sheet_of(place: str) -> str:
    """The sheet of such a place."""
    return place.rpartition("!")[0].strip("'").replace("''", "'")


def write_content(sheet: Worksheet, row: int, column: int, content: Content, look: Format) -> None:
    """Writes one cell. Text is written as text, whatever it begins with."""
    value = content.value
    if content.formula:
        sheet.write_formula(row, column, content.formula, look, "" if value is None else value)
    elif value is None:
        sheet.write_blank(row, column, None, look)
    elif content.link:
        sheet.write_url(
            row, column, f"internal:{content.link}", look, content.text, f"{content.text} on {sheet_of(content.link)}"
        )
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look)
    else:
        sheet.write_number(row, column, value, look)
