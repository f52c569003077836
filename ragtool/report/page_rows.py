"""The rows of the report on a page, for columns of a given number and width.

No cell is merged and none wraps: a text that is wider than its column runs on over the empty ones beside it, line by
line, each line in a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.model import Kind
from ragtool.report.page_content import Band, LegendEntry, OutcomeBlock, PageContent
from ragtool.results.results import PageItem

LABEL = 92
"""Pixels of the column that says what a row holds."""
CELL_PADDING = 14
TEXT_LINE, CELL_HEIGHT, GAP, BETWEEN_OUTCOMES = 13.5, 16.5, 6.0, 4.0
"""Points of a line of text, of an item's cell at the least, and between themes and outcomes above one another."""
TITLE_POINTS, THEME_POINTS = 14, 12
MOST_LINES = 5
"""Lines of an outcome's name: where more would be needed, fewer outcomes stand side by side."""
CONTINUED = "(continued)"


class RowKind(StrEnum):
    """What a row of the page holds; the text of those that have a label in the first column."""

    TITLE = "title"
    VISION = "vision"
    LEGEND = "legend"
    GAP = "gap"
    THEME = "theme"
    OUTCOME = "outcome"
    KEY_ACTION = f"{Kind.KEY_ACTION}s"
    MEASURE = f"{Kind.MEASURE}s"
    LEADS = c.OUTCOME_LEADS
    NOTES = "notes"


ITEM_ROWS = {Kind.KEY_ACTION: RowKind.KEY_ACTION, Kind.MEASURE: RowKind.MEASURE}


class PageCell(NamedTuple):
    """What stands in a column of a row; an item says itself what its cell shows."""

    column: int
    text: str
    item: PageItem | None = None
    entry: LegendEntry | None = None


@dataclass(frozen=True)
class GridRow:
    """A row of the page. `theme` counts the themes from 0; `edges` are the columns in which outcomes begin."""

    kind: RowKind
    height: float
    cells: tuple[PageCell, ...] = ()
    theme: int = 0
    edges: tuple[int, ...] = ()


Block = tuple[GridRow, ...]
"""Rows that no page parts: outcomes side by side with all that they have, the first of a theme with its heading."""


def head_rows(page: PageContent, columns: int, wide: int) -> Iterator[GridRow]:
    """The title with the legend at its right, or beneath it where there is no room; the vision, and what signs mean."""
    title = PageCell(0, page.title)
    first = columns - len(page.legend) + 1
    beside = fitting.text_pixels(page.title, TITLE_POINTS, bold=True) + CELL_PADDING <= LABEL + (first - 1) * wide
    if beside:
        yield GridRow(RowKind.TITLE, 27, (title, *legend_cells(page.legend, first)))
    else:
        yield GridRow(RowKind.TITLE, 24, (title,))
        for start in range(0, len(page.legend), columns):
            yield GridRow(RowKind.LEGEND, 21, legend_cells(page.legend[start : start + columns], 1))
        yield GridRow(RowKind.GAP, BETWEEN_OUTCOMES)
    yield from text_rows(RowKind.VISION, page.vision, columns, wide)
    yield from text_rows(RowKind.NOTES, page.notes, columns, wide)


def legend_cells(entries: Sequence[LegendEntry], first: int) -> tuple[PageCell, ...]:
    """The legend from a column on."""
    return tuple(PageCell(column, entry.text, entry=entry) for column, entry in enumerate(entries, first))


def text_rows(kind: RowKind, text: str, columns: int, wide: int) -> list[GridRow]:
    """A text across the page, none where it is empty."""
    lines = fitting.lines_of(text, LABEL + columns * wide) if text else ()
    return [GridRow(kind, TEXT_LINE, (PageCell(0, line),)) for line in lines]


def blocks_of(page: PageContent, columns: int, wide: int) -> Iterator[Block]:
    """The themes, each in as many blocks as it takes to set its outcomes side by side."""
    for number, band in enumerate(page.bands):
        heading = (GridRow(RowKind.GAP, GAP), *theme_rows(band.theme, number, columns, wide))
        across = abreast(band, columns, wide)
        for start in range(0, len(band.outcomes), across):
            shelf = band.outcomes[start : start + across]
            yield (*heading, *outcome_rows(shelf, number, across, columns, wide))
            heading = (GridRow(RowKind.GAP, BETWEEN_OUTCOMES),)


def theme_rows(theme: str, number: int, columns: int, wide: int) -> list[GridRow]:
    """A theme's heading, with its statement."""
    lines = fitting.lines_of(theme, LABEL + columns * wide, THEME_POINTS, bold=True)
    high = fitting.line_height(THEME_POINTS) + 1
    return [GridRow(RowKind.THEME, high, (PageCell(0, line),), number) for line in lines]


def abreast(band: Band, columns: int, wide: int) -> int:
    """How many outcomes of a theme stand side by side, so that no word of a name is broken nor a name too high."""
    names = [outcome.name for outcome in band.outcomes]
    least = max(fitting.word_pixels(name, bold=True) for name in names) + CELL_PADDING
    across = max(1, min(len(names), columns // max(1, ceil(least / wide))))
    shelves = ceil(len(names) / across)
    while across > 1 and max(len(name_lines(name, columns // across * wide)) for name in names) > MOST_LINES:
        shelves += 1
        across = ceil(len(names) / shelves)
    return ceil(len(names) / shelves)


def name_lines(name: str, wide: float) -> tuple[str, ...]:
    """The lines of an outcome's name in so many pixels."""
    return fitting.lines_of(name, wide - CELL_PADDING, bold=True)


def outcome_rows(
    outcomes: Sequence[OutcomeBlock], theme: int, across: int, columns: int, wide: int
) -> Iterator[GridRow]:
    """Outcomes side by side: their names, their key actions, their measures and their leads."""
    starts = [1 + round(number * columns / across) for number in range(across + 1)]
    spans = [range(one, two) for one, two in pairwise(starts)][: len(outcomes)]
    edges = tuple(span.start for span in spans)
    names = [name_lines(each.name, len(span) * wide) for each, span in zip(outcomes, spans, strict=True)]
    yield from (GridRow(RowKind.OUTCOME, TEXT_LINE, cells, theme, edges) for cells in beside(names, spans))
    for kind, row_kind in ITEM_ROWS.items():
        columns_of = [each.of_kind(kind) for each in outcomes]
        pairs = list(zip(columns_of, spans, strict=True))
        for line in range(max(ceil(len(items) / len(span)) for items, span in pairs)):
            cells = [
                PageCell(column, "", item)
                for items, span in pairs
                for column, item in zip(span, items[line * len(span) : (line + 1) * len(span)], strict=False)
            ]
            label = (PageCell(0, row_kind),) if line == 0 else ()
            yield GridRow(row_kind, CELL_HEIGHT, (*label, *cells), theme)
    leads = [fitting.lines_of(each.leads, len(span) * wide) for each, span in zip(outcomes, spans, strict=True)]
    if any(map(any, leads)):
        for line, texts in enumerate(beside(leads, spans)):
            label = (PageCell(0, RowKind.LEADS),) if line == 0 else ()
            yield GridRow(RowKind.LEADS, TEXT_LINE, (*label, *texts), theme)


def beside(texts: Sequence[Sequence[str]], spans: Sequence[range]) -> Iterator[tuple[PageCell, ...]]:
    """The lines of texts that stand side by side, row by row."""
    for line in range(max(map(len, texts))):
        pairs = zip(texts, spans, strict=True)
        yield tuple(PageCell(span.start, lines[line]) for lines, span in pairs if line < len(lines) and lines[line])
