"""How a sheet comes out on paper: its scale, what its pages hold, and the smallest letters on them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from openpyxl.utils import range_boundaries

from ragtool.looks import fitting
from ragtool.looks.printing import A3, A4

SCALES = [each / 100 for each in range(100, 9, -1)]


def widths_of(sheet: Any) -> dict[int, float]:
    """The width in pixels of each column."""
    wide: dict[int, float] = defaultdict(lambda: 64)
    for dimension in sheet.column_dimensions.values():
        wide |= dict.fromkeys(range(dimension.min, dimension.max + 1), round((dimension.width or 9.14) * 7))
    return wide


def shown_widths(sheet: Any) -> dict[int, float]:
    """The same; a column that is hidden has none."""
    hidden = [each for each in sheet.column_dimensions.values() if each.hidden]
    wide = widths_of(sheet)
    for each in hidden:
        wide |= dict.fromkeys(range(each.min, each.max + 1), 0)
    return wide


@dataclass(frozen=True)
class OnPaper:
    """A sheet as it is printed."""

    sheet: Any

    @cached_property
    def area(self) -> tuple[int, int, int, int]:
        """What is printed: the first column and row, the last column and row."""
        area = str(self.sheet.print_area or self.sheet.dimensions).rpartition("!")[2].replace("$", "")
        left, top, right, bottom = (int(bound or 1) for bound in range_boundaries(area))
        return left, top, right, bottom

    @property
    def paper(self) -> int:
        """The paper's number."""
        return int(self.sheet.page_setup.paperSize or A4.number)

    @cached_property
    def room(self) -> tuple[float, float]:
        """Pixels across and points down a page."""
        _, across, down = A3 if self.paper == A3.number else A4
        if self.sheet.page_setup.orientation == "portrait":
            across, down = down, across
        margins = self.sheet.page_margins
        return (across - margins.left - margins.right) * 96, (down - margins.top - margins.bottom) * 72

    @cached_property
    def wide(self) -> float:
        """Pixels of the columns that are printed."""
        left, _, right, _ = self.area
        return sum(shown_widths(self.sheet)[column] for column in range(left, right + 1))

    @cached_property
    def repeated_wide(self) -> float:
        """Pixels of the columns that stand on every page."""
        left, _, right, _ = range_boundaries(self.sheet.print_title_cols or "A:A")
        count = range(int(left or 1), int(right or 1) + 1) if self.sheet.print_title_cols else ()
        return sum(shown_widths(self.sheet)[column] for column in count)

    @property
    def fitted(self) -> bool:
        """Whether it is fitted to pages, not printed at a scale of its own."""
        setup = self.sheet.sheet_properties.pageSetUpPr
        return bool(setup and setup.fitToPage)

    @cached_property
    def scale(self) -> float:
        """The scale: its own, or the largest at which it fits the width, and the number of pages where that is set."""
        if not self.fitted:
            return (self.sheet.page_setup.scale or 100) / 100
        side_by_side = int(self.sheet.page_setup.fitToWidth or 1)
        across = min(1.0, side_by_side * self.room[0] / (self.wide + (side_by_side - 1) * self.repeated_wide))
        most = int(self.sheet.page_setup.fitToHeight if self.sheet.page_setup.fitToHeight is not None else 1)
        if not most or len(self.pages_at(across)) <= most:
            return across
        return next(scale for scale in SCALES if scale <= across and len(self.pages_at(scale)) <= most)

    @cached_property
    def pages(self) -> list[float]:
        """How much of its pages is filled, as shares, one page's width."""
        return self.pages_at(self.scale)

    @cached_property
    def starts(self) -> list[int]:
        """The first row of each page but the first."""
        return [row for row, _ in self.parted(self.scale)[1:]]

    def pages_at(self, scale: float) -> list[float]:
        """How much of its pages is filled at a scale."""
        return [used for _, used in self.parted(scale)]

    def parted(self, scale: float) -> list[tuple[int, float]]:
        """The first row of each page, and how much of it is filled. Breaks of its own count where it isn't fitted."""
        _, top, _, bottom = self.area
        repeated = [int(row) for row in re.findall(r"\d+", str(self.sheet.print_title_rows or ""))]
        again = sum(self.height(row) for row in range(repeated[0], repeated[-1] + 1)) if repeated else 0.0
        breaks = set() if self.fitted else {each.id + 1 for each in self.sheet.row_breaks.brk}
        room, pages, used, first = self.room[1] / scale, [], 0.0, top
        for row in range(top, bottom + 1):
            if used and (row in breaks or used + self.height(row) > room):
                pages.append((first, used / room))
                used, first = again, row
            used += self.height(row)
        return [*pages, (first, used / room)]

    def height(self, row: int) -> float:
        """Points of a row."""
        return float(self.sheet.row_dimensions[row].height or fitting.USUAL_HEIGHT)

    @cached_property
    def smallest(self) -> tuple[float, str]:
        """The points in which the smallest text of its cells is printed, and where that stands."""
        left, top, right, bottom = self.area
        wide = shown_widths(self.sheet)
        cells = self.sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
        shown = [cell for row in cells for cell in row if cell.value is not None and wide[cell.column]]
        sizes = [(float(cell.font.sz) * self.scale, cell.coordinate) for cell in shown]
        return min(sizes, default=(99.0, ""))

    @property
    def is_a4(self) -> bool:
        """Whether it is printed on A4."""
        return self.paper == A4.number
