"""A panel report's Cover: how the panel's items stand, what is Red, its outcomes, and who is allocated what.

Nothing is merged: a text runs on over empty cells, or takes as many rows as it needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.columns import PanelSheets
from ragtool.figures import show_day
from ragtool.looks import fitting, printing
from ragtool.looks.palette import look_of_rating
from ragtool.looks.style import LINK, PALE, POINTS, Style
from ragtool.looks.table import Content, make_table, write_content
from ragtool.model import Rating
from ragtool.report import page_setup
from ragtool.report.cover_texts import TABLE_WIDTHS, facts_of, outcome_lines, titles_of
from ragtool.report.exception_sheet import none_in_red
from ragtool.report.first_screen import RED_TABLE, TILE_POINTS, tile_points
from ragtool.report.page_sheet import link_formula
from ragtool.report.sheet_rows import NONE_PROPOSED
from ragtool.results.at_a_glance import tiles
from ragtool.results.red_items import RED_PARTS, RedItem, red_items, red_parts
from ragtool.results.results import Results

TEXT_POINTS = 11
GAP = 4.0
"""Points between two parts of the sheet."""
RED_ON_COVER = (c.KEY, c.DESCRIPTION, c.WHY, c.RESOLUTION, c.OFFICER_LEADS, c.BY_WHEN)
OUTCOME_HEADINGS = (c.THEME, c.OUTCOME, c.PANEL_KEY_ACTIONS, c.PANEL_MEASURES, c.OUTCOME_LEADS)
ALLOCATION_HEADINGS = (c.PANEL, c.PANEL_KEY_ACTIONS, c.PANEL_MEASURES)
OUTCOMES, ALLOCATION = "PanelOutcomes", "Allocation"
"""The names of tables; Allocation is the last one on the sheet."""
NOTHING_RED = "Nothing of this panel's is Red."


class CoverSheet:
    """The sheet while it is written, row by row: `heights` are the points of those that are."""

    def __init__(self, sheet: Worksheet, style: Style) -> None:
        self.sheet, self.style = sheet, style
        self.heights: list[float] = []
        for column, wide in enumerate(TABLE_WIDTHS):
            sheet.set_column_pixels(column, column, wide)

    @property
    def row(self) -> int:
        """The row that comes next."""
        return len(self.heights)

    def end_row(self, height: float) -> None:
        """Ends a row, so many points high."""
        self.sheet.set_row(self.row, height)
        self.heights.append(height)

    def write_text(self, text: str, points: int = TEXT_POINTS, heading: bool = False) -> None:
        """A text across the sheet, in a row for each of its lines."""
        look = self.style.title(points) if heading else self.style.plain(font_size=points, text_wrap=False)
        for line in fitting.lines_of(text, sum(TABLE_WIDTHS), points, heading):
            self.sheet.write_string(self.row, 0, line, look)
            self.end_row(fitting.line_height(points) + 1)

    def write_heading(self, text: str) -> None:
        """The heading of a section."""
        self.end_row(GAP)
        self.write_text(text, 12, heading=True)

    def write_headings(self, headings: Sequence[str]) -> None:
        """The headings of a table."""
        for column, heading in enumerate(headings):
            self.sheet.write_string(self.row, column, heading, self.style.heading(valign="vcenter"))
        self.end_row(fitting.row_height(zip(headings, TABLE_WIDTHS, strict=False), bold=True))

    def write_cells(self, cells: Sequence[tuple[Content, Format]], bold: bool = False) -> None:
        """A row of a table, as high as its texts need."""
        for column, (content, look) in enumerate(cells):
            write_content(self.sheet, self.row, column, content, look)
        texts = [(content.text, wide) for (content, _), wide in zip(cells, TABLE_WIDTHS, strict=False)]
        self.end_row(fitting.row_height(texts, bold=bold))


def write_cover(sheet: Worksheet, style: Style, results: Results, places: Mapping[str, str]) -> None:
    """Writes the sheet; what is Red leads to where `places` says that its key stands."""
    cover = CoverSheet(sheet, style)
    for text, points, heading in titles_of(results):
        cover.write_text(text, points, heading)
    write_contents(cover)
    write_cover_tiles(cover, results)
    for text in facts_of(results):
        cover.write_text(text, POINTS)
    write_red_items(cover, results, places)
    write_outcomes(cover, results)
    allocation = cover.row
    write_allocation(cover, results)
    page_setup.set_up_in_parts(sheet, results, printing.page_starts(cover.heights, allocation))
    sheet.print_area(0, 0, cover.row - 1, len(TABLE_WIDTHS) - 1)


def write_contents(cover: CoverSheet) -> None:
    """Where each sheet of the report is, a link each."""
    look = cover.style.plain(font_color=LINK, underline=1, text_wrap=False)
    others = PanelSheets.ORDER[1:]
    for column, name in enumerate(others):
        cover.sheet.write_formula(cover.row, column, link_formula(f"'{name}'!A1", name), look, name)
    cover.end_row(fitting.line_height() + 4)


def write_cover_tiles(cover: CoverSheet, results: Results) -> None:
    """How many are Red, Amber, Green and none of these, a tile each."""
    for column, (tile, wide) in enumerate(zip(tiles(results), TABLE_WIDTHS, strict=False)):
        made = cover.style.tile(tile.rating, tile_points(tile, wide), bold=True)
        cover.sheet.write_string(cover.row, column, tile.text, made)
    cover.end_row(fitting.line_height(TILE_POINTS) + 10)
    cover.end_row(GAP)


def write_red_items(cover: CoverSheet, results: Results, places: Mapping[str, str]) -> None:
    """What is Red: whose, why, what is proposed and by when."""
    red = red_items(results)
    cover.write_heading("What is Red")
    if red:
        make_table(cover.sheet, RED_ON_COVER, cover.row, len(red), RED_TABLE, filters=False)
        cover.write_headings(RED_ON_COVER)
    else:
        cover.write_text(NOTHING_RED)
    for each in red:
        cover.write_cells(red_cells(cover.style, each, places.get(each.item.item.key, "")))
    if parts := red_parts(results):
        cover.write_text(f"{RED_PARTS}: {parts}", POINTS)


def red_cells(style: Style, red: RedItem, place: str) -> list[tuple[Content, Format]]:
    """The cells of a Red item; its key looks as its rating does."""
    planned = red.item.item
    key = look_of_rating(Rating.RED).signed(planned.key)
    by_when = show_day(red.by_when) if isinstance(red.by_when, date) else red.by_when or ""
    missing = none_in_red({c.RESOLUTION: red.resolution or NONE_PROPOSED})
    looks = (style.boxed(bold=True), style.boxed(), style.boxed(**missing), style.boxed(), style.boxed())
    texts = [planned.description, red.item.published.why, red.resolution or NONE_PROPOSED]
    texts += ["; ".join(planned.officer_leads), by_when]
    cells = [(Content(text or None, text), look) for text, look in zip(texts, looks, strict=True)]
    return [(Content(key, key, formula=link_formula(place, key) if place else ""), style.tile(Rating.RED)), *cells]


def write_outcomes(cover: CoverSheet, results: Results) -> None:
    """The panel's outcomes, and how its items stand under each."""
    cover.write_heading("This panel's outcomes")
    rows = outcome_lines(results)
    if not rows:
        cover.write_text("This panel is allocated nothing that is reported.")
        return
    make_table(cover.sheet, OUTCOME_HEADINGS, cover.row, len(rows), OUTCOMES, filters=False)
    cover.write_headings(OUTCOME_HEADINGS)
    for row in rows:
        cover.write_cells([(Content(text or None, text), cover.style.boxed()) for text in row])


def write_allocation(cover: CoverSheet, results: Results) -> None:
    """What every panel is allocated, this one's row set off."""
    cover.write_heading("What each panel is allocated")
    make_table(cover.sheet, ALLOCATION_HEADINGS, cover.row, len(results.allocation), ALLOCATION)
    cover.write_headings(ALLOCATION_HEADINGS)
    for share in results.allocation:
        own = share.panel == results.panel
        look = cover.style.boxed(**({"bold": True, "bg_color": PALE} if own else {}))
        keys = (", ".join(share.key_actions), ", ".join(share.measures))
        texts = [share.panel, *(listed or "None" for listed in keys)]
        cover.write_cells([(Content(text, text), look) for text in texts], own)
