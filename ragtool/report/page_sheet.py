"""The report on a page: themes, their outcomes, and a coloured cell for every key action and measure."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.palette import QUIET, WHITE, Properties, theme_colour
from ragtool.looks.style import INK, LINE, PALE, STRONG_LINE, Style
from ragtool.model import Rating
from ragtool.report import page_layout, page_setup
from ragtool.report.page_layout import LABEL, Band, GridItem, OutcomeBlock, PageLayout, Span
from ragtool.results.results import Results

LABELS = {kind: f"{kind}s" for kind in (c.OUTCOME, c.KEY_ACTION, c.MEASURE)} | {c.OUTCOME_LEADS: c.OUTCOME_LEADS}
TITLE_POINTS = 14
GAP = 5.0
LEGEND_ABREAST = 5
ALWAYS_TOLD = (Rating.RED, Rating.AMBER, Rating.GREEN)
"""In the legend also where nothing has them: that nothing is Red is news only to who knows that it could be."""

MARKED = "* Declared by its officer or overridden, not the rule's rating: see Why."
NAMED_ONLY = "No colour: not allocated to this panel."


def write_page(sheet: Worksheet, style: Style, results: Results) -> None:
    """Writes the grid. Its cells are no links: LibreOffice would print them blue on their colours."""
    bands = page_layout.bands_of(results)
    items = [item for band in bands for outcome in band.outcomes for item in outcome.items]
    plan = f"{results.settings.organisation} {results.settings.plan_title}".strip()
    title = f"{plan}: report on a page, {results.quarter}"
    legend = legend_texts(items)
    above = fitting.height(title, page_layout.WIDTH, TITLE_POINTS, bold=True)
    above += fitting.height(results.settings.vision, page_layout.WIDTH)
    below = GAP * (len(bands) + 1) + 16 * (ceil(len(legend) / LEGEND_ABREAST) + 1)
    layout = page_layout.fit(bands, above + below)
    sheet.set_column_pixels(0, 0, LABEL)
    sheet.set_column_pixels(1, layout.columns, layout.column_width)
    page = PageGrid(sheet, style, layout)
    page.line(title, TITLE_POINTS, bold=True, font_color=INK)
    if results.settings.vision:
        page.line(results.settings.vision, 10, italic=True)
    for number, band in enumerate(bands):
        page.gap()
        page.band(band, layout.abreast[number], theme_colour(results.settings.palette, number))
    page.gap()
    page.legend(legend, notes_on(items))
    page_setup.set_up(sheet, results, pages_high=1)
    sheet.print_area(0, 0, page.row - 1, layout.columns)


def legend_texts(items: Sequence[GridItem]) -> list[Rating]:
    """Red, Amber and Green, and whatever else stands in the grid, worst first."""
    used = {*ALWAYS_TOLD, *(item.rating for item in items)}
    return [rating for rating in Rating if rating in used]


def notes_on(items: Sequence[GridItem]) -> str:
    """What the grid's other signs mean, where it has them."""
    notes = [MARKED] if any(item.marked and item.rating for item in items) else []
    return " ".join([*notes, NAMED_ONLY] if any(item.rating is None for item in items) else notes)


class PageGrid:
    """The sheet as it is filled from the top; `row` is the next free one."""

    def __init__(self, sheet: Worksheet, style: Style, layout: PageLayout) -> None:
        self.sheet, self.style, self.layout = sheet, style, layout
        self.row = 0

    def put(self, row: int, span: Span, text: str, made: Format, last_row: int | None = None) -> None:
        """A text in a span of columns, merged only where there is more than one cell."""
        if span.first < span.last or (last_row or row) > row:
            self.sheet.merge_range(row, span.first, last_row or row, span.last, text, made)
        elif text:
            self.sheet.write_string(row, span.first, text, made)
        else:
            self.sheet.write_blank(row, span.first, None, made)

    def gap(self) -> None:
        """A narrow empty row."""
        self.sheet.set_row(self.row, GAP)
        self.row += 1

    def line(self, text: str, points: int, **look: object) -> None:
        """A text across the page."""
        span = Span(0, self.layout.columns)
        wide = LABEL + self.layout.wide(self.layout.grid)
        self.sheet.set_row(self.row, fitting.row_height([(text, wide)], points, bool(look.get("bold"))))
        self.put(self.row, span, text, self.style.plain(font_size=points, valign="vcenter", **look))
        self.row += 1

    def band(self, band: Band, abreast: int, colour: str) -> None:
        """A theme: its heading, and beneath it a column an outcome."""
        rows = page_layout.band_rows(band, abreast, self.layout)
        for number, (_, height) in enumerate(rows):
            self.sheet.set_row(self.row + number, height)
        heading = {"bold": True, "font_color": WHITE, "bg_color": colour, "font_size": page_layout.THEME_POINTS}
        self.put(self.row, Span(0, self.layout.columns), band.theme, self.style.plain(valign="vcenter", **heading))
        kinds = [kind for kind, _ in rows]
        for kind in dict.fromkeys(kinds[1:]):
            first, count = self.row + kinds.index(kind), kinds.count(kind)
            label = self.style.boxed(font_size=9, bold=True, bg_color=PALE, valign="vcenter")
            self.put(first, Span(0, 0), LABELS[kind], label, first + count - 1)
            for number, outcome in enumerate(band.outcomes):
                span = self.layout.grid.share(number, len(band.outcomes))
                self.block(kind, outcome, span, range(first, first + count), abreast)
        self.row += len(rows)

    def block(self, kind: str, outcome: OutcomeBlock, span: Span, rows: range, abreast: int) -> None:
        """What one outcome has in the rows of one kind."""
        edge: Properties = {"left": 2, "left_color": STRONG_LINE}
        if kind == c.OUTCOME:
            name = self.style.boxed(bold=True, font_size=page_layout.NAME_POINTS, bg_color=PALE, **edge)
            self.put(rows[0], span, outcome.name, name)
        elif kind == c.OUTCOME_LEADS:
            leads = self.style.boxed(font_size=page_layout.LEADS_POINTS, **edge)
            self.put(rows[0], span, outcome.leads, leads)
        else:
            items = outcome.key_actions if kind == c.KEY_ACTION else outcome.measures
            spans = [span.share(across, abreast) for across in range(abreast)]
            for slot in range(len(rows) * abreast):
                item = items[slot] if slot < len(items) else None
                across = slot % abreast
                self.cell(rows[slot // abreast], spans[across], item, edge if across == 0 else {})

    def cell(self, row: int, span: Span, item: GridItem | None, edge: Properties) -> None:
        """One key action or measure, or an empty place."""
        if item is None:
            self.put(row, span, "", self.style.plain(**edge))
            return
        look: Properties = {"align": "center", "valign": "vcenter", "text_wrap": False} | edge
        if item.rating:
            made = self.style.rating(item.rating, border_color=WHITE, **look)
        else:
            made = self.style.boxed(font_color=QUIET, border_color=LINE, **look)
        self.put(row, span, item.text, made)

    def legend(self, ratings: Sequence[Rating], notes: str) -> None:
        """What the letters and signs in the grid mean."""
        abreast = min(LEGEND_ABREAST, self.layout.columns)
        for number, rating in enumerate(ratings):
            row, across = self.row + number // abreast, number % abreast
            if across == 0:
                self.sheet.set_row(row, 15)
                self.put(row, Span(0, 0), "Legend" if number == 0 else "", self.style.plain(bold=True, font_size=9))
            made = self.style.rating(rating, valign="vcenter", border_color=WHITE)
            self.put(row, self.layout.grid.share(across, abreast), f"{rating} {rating.word}", made)
        self.row += ceil(len(ratings) / abreast)
        if notes:
            self.line(notes, 9)
