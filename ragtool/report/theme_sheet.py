"""A theme's sheet of the committee pack: made to be read on paper, a row an item, its outcomes one after the other.

Every page of it ends between two items, and begins with the outcome that its items belong to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.columns import PackSheets
from ragtool.looks import fitting, printing
from ragtool.looks.palette import WHITE, Properties, theme_colour
from ragtool.looks.style import LINK, PALE, STRONG_LINE, Style
from ragtool.looks.table import Content, cell_place, write_content
from ragtool.model import Rating
from ragtool.report import page_setup
from ragtool.report.performance_bar import BAR_LOOK, LEVEL_MARK, TARGET_MARK, bar_look
from ragtool.report.theme_rows import Line, Theme, ThemeOutcome, ThemeRow
from ragtool.report.trends import write_trends
from ragtool.results.results import Results

WIDTHS = dict(zip(PackSheets.THEME_HEADINGS, (44, 46, 156, 54, 60, 390, 272, 86), strict=True))
"""Pixels."""
TREND_COLUMN = PackSheets.THEME_HEADINGS.index(c.TREND)
PACK_POINTS = 9.0
SCALE = 90
"""Per cent: what is 9 points high on the sheet is 8.1 on paper."""
ABOUT_BARS = (
    f"Bars: from the target ({TARGET_MARK}) to the left is worse, to the right better; {LEVEL_MARK} is the "
    "intervention level."
)
HEADINGS = 3
"""The rows that every page begins with: title, line beneath it, headings."""
WORTH_FILLING = 1 / 5
"""The share of a page that must be left for an outcome to begin on it where it doesn't fit as a whole."""


@dataclass(frozen=True)
class PackLine:
    """A row of the sheet: an outcome's name, or an item; `on_new_page` where a page ends before it."""

    outcome: ThemeOutcome
    row: ThemeRow | None
    height: float
    on_new_page: bool = False
    continued: bool = False


def write_theme(
    sheet: Worksheet, style: Style, results: Results, theme: Theme, number: int, links: Mapping[str, str]
) -> dict[str, str]:
    """Writes the sheet of a theme, the plan's `number`th counted from 0, its keys linked to where `links` says.

    Gives where each key stands.
    """
    colour = theme_colour(results.settings.palette, number)
    for column, wide in enumerate(WIDTHS.values()):
        sheet.set_column_pixels(column, column, wide)
    heights = write_head(sheet, style, results, theme, colour)
    breaks: list[int] = []
    places: dict[str, str] = {}
    trends: dict[int, Sequence[float | None]] = {}
    rows = list(on_pages(theme.outcomes, room_beneath(heights)))
    for number, each in enumerate(rows, start=HEADINGS):  # noqa: PLR1704
        sheet.set_row(number, each.height)
        if each.on_new_page:
            breaks.append(number)
        if each.row:
            write_pack_item(sheet, style, number, each.row, links)
            places.setdefault(each.row.item.item.key, cell_place(sheet.get_name(), number, 1))
            trends[number] = each.row.trend
        else:
            write_outcome(sheet, style, number, each)
    if not rows:
        sheet.write_string(HEADINGS, 0, "Nothing is reported under this theme.", style.plain(text_wrap=False))
    write_trends(sheet, trends, TREND_COLUMN, len(WIDTHS))
    page_setup.set_up(sheet, results)
    sheet.set_print_scale(SCALE)
    sheet.set_h_pagebreaks(breaks)
    sheet.repeat_rows(0, HEADINGS - 1)
    sheet.print_area(0, 0, HEADINGS + max(len(rows), 1) - 1, len(WIDTHS) - 1)
    sheet.freeze_panes(HEADINGS, 2)
    return places


def room_beneath(heights: Sequence[float]) -> float:
    """The points that a page has for items, beneath the rows that it begins with."""
    return printing.printed_height(printing.A4) * 100 / SCALE - sum(heights)


def write_head(sheet: Worksheet, style: Style, results: Results, theme: Theme, colour: str) -> list[float]:
    """The theme in A1, its statement beneath, and the headings; gives their heights."""
    band: Properties = {"bg_color": colour, "font_color": WHITE, "bold": True}
    statement = theme.statement or results.settings.plan_title
    heights = [20.0, 14.0, 16.0]
    for row, height in enumerate(heights):
        sheet.set_row(row, height)
    for column in range(len(WIDTHS)):
        sheet.write_blank(0, column, None, style.plain(**band))
    sheet.write_string(0, 0, theme.name, style.title(14, valign="vcenter", **band))
    line = f"{statement} {results.quarter} ({results.standing}). {ABOUT_BARS}".strip()
    sheet.write_string(1, 0, line, style.plain(text_wrap=False, font_size=PACK_POINTS))
    for column, heading in enumerate(WIDTHS):
        sheet.write_string(2, column, heading, style.heading(font_size=PACK_POINTS, bg_color=colour, valign="vcenter"))
    return heights


def on_pages(outcomes: Sequence[ThemeOutcome], room: float) -> Iterator[PackLine]:
    """The rows of all outcomes, with a page's end before each that wouldn't fit on its page any more.

    An outcome begins on a new page where it doesn't fit on what is left of this one and little is left; where a page
    ends within it, the next begins with its name again.
    """
    used = 0.0
    for outcome in outcomes:
        name = PackLine(outcome, None, band_height(outcome))
        heights = [item_height(row) for row in outcome.rows]
        whole, least = name.height + sum(heights), name.height + heights[0]
        left = room - used
        on_new_page = used > 0 and (least > left or (whole > left and left < room * WORTH_FILLING))
        used = name.height if on_new_page else used + name.height
        yield PackLine(outcome, None, name.height, on_new_page)
        for row, height in zip(outcome.rows, heights, strict=True):
            if used + height > room and used > name.height:
                yield PackLine(outcome, None, name.height, on_new_page=True, continued=True)
                used = name.height
            yield PackLine(outcome, row, height)
            used += height


def band_height(outcome: ThemeOutcome) -> float:
    """How high the row of an outcome's name is."""
    return fitting.row_height([(band_text(outcome, continued=True), sum(WIDTHS.values()))], PACK_POINTS + 1, bold=True)


def band_text(outcome: ThemeOutcome, continued: bool) -> str:
    """The outcome, and who leads it."""
    leads = f" ({outcome.leads})" if outcome.leads else ""
    return f"{outcome.name}{leads}{', continued' if continued else ''}"


def item_height(row: ThemeRow) -> float:
    """How high the row of an item must be for its texts."""
    loud = any(line.loud for line in row.progress)
    texts = (
        (c.DESCRIPTION, row.name, not row.item.part),
        (c.PROGRESS, "\n".join(line.whole for line in row.progress), loud),
        (c.COMMENTARY, row.commentary, False),
        (c.OFFICER_LEADS, leads_of(row), False),
    )
    return min(
        fitting.TALLEST, max(fitting.height(text, WIDTHS[under], PACK_POINTS, bold) for under, text, bold in texts)
    )


def leads_of(row: ThemeRow) -> str:
    """Who leads an item; a part's leads are its measure's, which stands above it."""
    return "" if row.item.part else "; ".join(row.item.item.officer_leads)


def write_outcome(sheet: Worksheet, style: Style, row: int, each: PackLine) -> None:
    """The outcome's name across the sheet."""
    look: Properties = {"bg_color": PALE, "top": 1, "top_color": STRONG_LINE, "text_wrap": False, "valign": "vcenter"}
    for column in range(1, len(WIDTHS)):
        sheet.write_blank(row, column, None, style.plain(**look))
    text = band_text(each.outcome, each.continued)
    sheet.write_string(row, 0, text, style.plain(bold=True, font_size=PACK_POINTS + 1, **look))


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
