"""Where everything stands on the report on a page: pure arithmetic, so that any plan fills one landscape page.

The grid's columns are all as wide as the widest item's cell needs, and a theme's outcomes share them equally, however
many they are. A plan that needs more room is printed smaller, down to the least that can be read; then it takes larger
paper, then more pages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import lcm
from typing import NamedTuple

from ragtool.looks.printing import A3, A4, SURE_WIDTH, Paper, printed_height, printed_width
from ragtool.looks.style import POINTS
from ragtool.report.page_content import PageContent
from ragtool.report.page_rows import (
    CELL_HEIGHT,
    CELL_PADDING,
    CONTINUED,
    ITEM_ROWS,
    LABEL,
    GridRow,
    RowKind,
    blocks_of,
    head_rows,
    theme_rows,
)

NARROWEST = 50
"""Pixels of a column of a page without an item."""
ROOMY_HEIGHT = 24.0
"""Points of an item's cell at the most."""
UNSURE_HEIGHT = 20
"""The points of the page's height that rows may lose where they are rounded."""
STEP = 0.02
EVEN, WORTH = 0.75, 0.1
"""Columns that all outcomes share equally are worth having so many fewer than there is room for, and so much smaller
print.
"""


class PrintLimits(NamedTuple):
    """The papers that a page may take, smaller first, and the points under which nothing may be printed."""

    papers: tuple[Paper, ...]
    least_points: float


ON_ONE_PAGE = PrintLimits((A4, A3), 7)
"""The report's page is handed round by itself; larger paper is better than a second page."""
ON_A4 = PrintLimits((A4,), 8)
"""In what is printed as a whole, all pages are A4."""


@dataclass(frozen=True)
class PageLayout:
    """The rows of the page, its columns right of the labels, each so many pixels wide, and how it prints: at which
    scale, on which paper, the rows before which a new page begins, and how small nothing may be printed.
    """

    rows: tuple[GridRow, ...]
    columns: int
    column_width: int
    scale: float
    paper: Paper
    breaks: tuple[int, ...] = ()
    least_points: float = 0

    @property
    def spare(self) -> float:
        """The points that the rows leave of one page."""
        return page_room(self.paper, self.scale)[1] - sum(row.height for row in self.rows)

    @property
    def places(self) -> dict[str, tuple[int, int]]:
        """Each item's row and column, by its key."""
        cells = ((number, cell) for number, row in enumerate(self.rows) for cell in row.cells)
        return {cell.item.key: (number, cell.column) for number, cell in cells if cell.item}


def fit(page: PageContent, limits: PrintLimits) -> PageLayout:
    """The layout with the largest print that is one page; else that with the fewest pages of the largest paper."""
    scales = scales_down_to(limits.least_points / POINTS)
    for paper in limits.papers:
        if layout := largest(page, scales, paper):
            return replace(roomier(layout), least_points=limits.least_points)
    return replace(fewest_pages(page, scales, limits.papers[-1]), least_points=limits.least_points)


def largest(page: PageContent, scales: Sequence[float], paper: Paper) -> PageLayout | None:
    """The layout with the largest print that is one page of a paper; a little smaller where outcomes are then alike."""

    def at(scale: float, even: bool) -> PageLayout:
        alike, most = columns_at(page, scale, paper)
        return laid_out(page, alike if even else most, scale, paper)

    alike = first_of(scales, lambda scale: at(scale, True).spare >= 0)
    any_way = first_of(scales, lambda scale: at(scale, False).spare >= 0)
    if alike and (any_way is None or alike >= any_way - WORTH):
        return at(alike, True)
    return at(any_way, False) if any_way else None


def fewest_pages(page: PageContent, scales: Sequence[float], paper: Paper) -> PageLayout:
    """The layout with the fewest pages of a paper, and of those the one with the largest print."""

    def at(scale: float) -> PageLayout:
        layouts = (laid_out(page, columns, scale, paper) for columns in dict.fromkeys(columns_at(page, scale, paper)))
        return min((paged(page, layout) for layout in layouts), key=lambda layout: len(layout.breaks))

    fewest = len(at(scales[-1]).breaks)
    return at(first_of(scales, lambda scale: len(at(scale).breaks) <= fewest) or scales[-1])


def first_of(scales: Sequence[float], holds: Callable[[float], bool]) -> float | None:
    """The largest scale at which something holds that holds at all smaller ones too; None where it does at none."""
    number = bisect_left(scales, True, key=holds)
    return scales[number] if number < len(scales) else None


def scales_down_to(least: float) -> list[float]:
    """The scales at which a page may be printed, the largest first."""
    return [round(1 - step * STEP, 2) for step in range(int((1 - least) / STEP + 1e-9) + 1)]


def page_room(paper: Paper, scale: float) -> tuple[float, float]:
    """The pixels across and the points down a page that is printed at a scale."""
    return printed_width(paper) * SURE_WIDTH / scale, (printed_height(paper) - UNSURE_HEIGHT) / scale


def columns_at(page: PageContent, scale: float, paper: Paper) -> tuple[int, int]:
    """How many columns all outcomes share equally, where that isn't much less than there is room for, and the most."""
    most = max(1, int(width_at(paper, scale) // ((page.widest_cell or NARROWEST) + CELL_PADDING)))
    equal = lcm(*(len(band.outcomes) for band in page.bands))
    even = most // equal * equal
    return even if even >= EVEN * most else most, most


def width_at(paper: Paper, scale: float) -> int:
    """The pixels for the columns beside the labels."""
    return int(page_room(paper, scale)[0]) - LABEL


def laid_out(page: PageContent, columns: int, scale: float, paper: Paper) -> PageLayout:
    """The layout with so many columns, whether or not it fits."""
    wide = width_at(paper, scale) // columns
    rows = [*head_rows(page, columns, wide)]
    for block in blocks_of(page, columns, wide):
        rows += block
    return PageLayout(tuple(rows), columns, wide, scale, paper)


def roomier(layout: PageLayout) -> PageLayout:
    """The layout with higher cells where the page has room to spare."""
    kinds = set(ITEM_ROWS.values())
    count = sum(row.kind in kinds for row in layout.rows)
    high = min(ROOMY_HEIGHT, CELL_HEIGHT + int(2 * layout.spare / count) / 2) if count else CELL_HEIGHT
    rows = tuple(replace(row, height=high) if row.kind in kinds else row for row in layout.rows)
    return replace(layout, rows=rows)


def paged(page: PageContent, layout: PageLayout) -> PageLayout:
    """The layout over as many pages as it needs: none ends within a block, and none begins in an unnamed theme."""
    room = page_room(layout.paper, layout.scale)[1]
    rows = [*head_rows(page, layout.columns, layout.column_width)]
    repeated = rows[0].height
    used, breaks = sum(row.height for row in rows), []
    for block in blocks_of(page, layout.columns, layout.column_width):
        high = sum(row.height for row in block)
        if used + high > room and used > repeated:
            number = block[-1].theme
            if RowKind.THEME not in {row.kind for row in block}:
                again = f"{page.bands[number].theme} {CONTINUED}"
                block = (*theme_rows(again, number, layout.columns, layout.column_width), *block)
            breaks.append(len(rows))
            used, high = repeated, sum(row.height for row in block)
        rows += block
        used += high
    return replace(layout, rows=tuple(rows), breaks=tuple(breaks))
