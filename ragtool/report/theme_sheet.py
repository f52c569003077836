"""A theme's sheet of the committee pack: made to be read on paper, a row an item, its outcomes one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.palette import Properties, theme_colour
from ragtool.looks.style import LINK, PALE, STRONG_LINE, Style
from ragtool.looks.table import Content, cell_place, make_table, write_content
from ragtool.model import Rating
from ragtool.report import page_setup
from ragtool.report.page_rows import TITLE_POINTS
from ragtool.report.performance_bar import BAR_IN_WORDS, BAR_LOOK, bar_look
from ragtool.report.theme_pages import (
    BAND_POINTS,
    HEADINGS_HIGH,
    PACK_POINTS,
    PACK_SCALE,
    PACK_WIDTHS,
    evenly_on_pages,
    leads_of,
)
from ragtool.report.theme_rows import Line, Theme, ThemeRow
from ragtool.report.trends import write_trends
from ragtool.results.results import Results

TREND_COLUMN = list(PACK_WIDTHS).index(c.TREND)
TITLE_HIGH = 20.0
ABOUT_BARS = f"Bars: {BAR_IN_WORDS}."


def write_theme(
    sheet: Worksheet, style: Style, results: Results, theme: Theme, number: int, links: Mapping[str, str]
) -> dict[str, str]:
    """Writes the sheet of a theme, the plan's `number`th counted from 0, its keys linked to where `links` says.

    Gives where each key stands.
    """
    colour = theme_colour(results.settings.palette, number)
    for column, wide in enumerate(PACK_WIDTHS.values()):
        sheet.set_column_pixels(column, column, wide)
    heights = write_head(sheet, style, results, theme, colour)
    top = len(heights) - 1
    breaks: list[int] = []
    places: dict[str, str] = {}
    trends: dict[int, Sequence[float | None]] = {}
    rows = evenly_on_pages(theme, sum(heights))
    make_table(sheet, list(PACK_WIDTHS), top, len(rows), f"{c.THEME}{number + 1}", filters=False)
    write_pack_headings(sheet, style, top, colour)
    for row, each in enumerate(rows, start=top + 1):
        sheet.set_row(row, each.height)
        if each.on_new_page:
            breaks.append(row)
        if each.row:
            write_pack_item(sheet, style, row, each.row, links)
            places.setdefault(each.row.item.item.key, cell_place(sheet.get_name(), row, 1))
            trends[row] = each.row.trend
        else:
            write_outcome(sheet, style, row, each.text)
    if not rows:
        sheet.write_string(top + 1, 0, "Nothing is reported under this theme.", style.plain(text_wrap=False))
    write_trends(sheet, trends, TREND_COLUMN, len(PACK_WIDTHS), float(results.settings.intervention_level))
    page_setup.set_up(sheet, results)
    sheet.set_print_scale(PACK_SCALE)
    sheet.set_h_pagebreaks(breaks)
    sheet.repeat_rows(top)
    sheet.print_area(0, 0, top + max(len(rows), 1), len(PACK_WIDTHS) - 1)
    sheet.freeze_panes(top + 1, 2)
    return places


def write_head(sheet: Worksheet, style: Style, results: Results, theme: Theme, colour: str) -> list[float]:
    """The theme in A1 and its statement beneath; gives the heights of these rows and of the headings."""
    statement = theme.statement or results.settings.plan_title
    about, room = f"{statement} {results.quarter} ({results.standing}).", sum(PACK_WIDTHS.values())
    lines = fitting.lines_of(f"{about} {ABOUT_BARS}", room, PACK_POINTS)
    if len(lines) > 1:  # what is said of the bars begins a line: else a word of it would stand alone
        lines = tuple(line for text in (about, ABOUT_BARS) for line in fitting.lines_of(text, room, PACK_POINTS))
    heights = [TITLE_HIGH, *(fitting.line_height(PACK_POINTS) + 1 for _ in lines), HEADINGS_HIGH]
    for row, height in enumerate(heights):
        sheet.set_row(row, height)
    band = style.band(colour, TITLE_POINTS)
    for column in range(1, len(PACK_WIDTHS)):
        sheet.write_blank(0, column, None, band)
    sheet.write_string(0, 0, theme.name, band)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line, style.plain(text_wrap=False, font_size=PACK_POINTS))
    return heights


def write_pack_headings(sheet: Worksheet, style: Style, row: int, colour: str) -> None:
    """The headings, in the theme's colour."""
    look = style.heading(font_size=PACK_POINTS, bg_color=colour, valign="vcenter")
    for column, heading in enumerate(PACK_WIDTHS):
        sheet.write_string(row, column, heading, look)


def write_outcome(sheet: Worksheet, style: Style, row: int, text: str) -> None:
    """The outcome's name across the sheet."""
    look: Properties = {"bg_color": PALE, "top": 1, "top_color": STRONG_LINE, "text_wrap": False, "valign": "vcenter"}
    for column in range(1, len(PACK_WIDTHS)):
        sheet.write_blank(row, column, None, style.plain(**look))
    sheet.write_string(row, 0, text, style.plain(bold=True, font_size=BAND_POINTS, **look))


def write_pack_item(sheet: Worksheet, style: Style, row: int, each: ThemeRow, links: Mapping[str, str]) -> None:
    """An item's row, its key linked to the report on a page."""
    item = each.item
    small: Properties = {"font_size": PACK_POINTS}
    sheet.write_string(row, 0, str(item.rating), style.rating(item.rating, valign="vcenter"))
    key, link = item.item.key, "" if item.part else links.get(item.item.key, "")
    look: Properties = {"font_color": LINK, "underline": 1} if link else {}
    write_content(sheet, row, 1, Content(key, key, link=link), style.boxed(bold=True, **small, **look))
    sheet.write_string(row, 2, each.name, style.boxed(bold=not item.part, indent=1 if item.part else 0, **small))
    arrow = item.travel.short.arrow if item.travel.short else ""
    sheet.write_string(row, 3, arrow, style.boxed(align="center", bold=True, font_size=PACK_POINTS + 1))
    sheet.write_string(row, TREND_COLUMN, each.letters, style.boxed(align="center", **small))
    write_lines(sheet, style, (row, 5), each.progress)
    sheet.write_string(row, 6, each.commentary, style.boxed(**small))
    sheet.write_string(row, 7, leads_of(each), style.boxed(**small))


def bar_run(line: Line) -> Properties:
    """How the bar before a line looks: as on Measures."""
    return bar_look(Rating.RED if line.loud else None) | {"font_name": BAR_LOOK["font_name"], "font_size": PACK_POINTS}


def write_lines(sheet: Worksheet, style: Style, cell: tuple[int, int], lines: Sequence[Line]) -> None:
    """The lines of a cell, what is loud in bold."""
    box = style.boxed(font_size=PACK_POINTS)
    texts = [f"{line.text}\n" for line in lines[:-1]] + [line.text for line in lines[-1:]]
    if not any(line.bar for line in lines) and (len(lines) == 1 or not any(line.loud for line in lines)):
        loud = bool(lines) and lines[0].loud
        sheet.write_string(*cell, "".join(texts), style.boxed(font_size=PACK_POINTS, bold=True) if loud else box)
        return
    runs: list[object] = []
    for line, text in zip(lines, texts, strict=True):
        if line.bar:
            runs += [style.run(**bar_run(line)), f"{line.bar}  "]
        runs += [style.run(bold=line.loud, font_size=PACK_POINTS), text]
    sheet.write_rich_string(*cell, *runs, box)
