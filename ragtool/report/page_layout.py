"""Where everything stands on the report on a page: pure arithmetic, so that any plan fills one landscape A4 page.

The grid is as wide as the page and a theme's outcomes share its width equally, however many they are. Where a plan
needs more room than one page has at full size, the sheet is laid out larger (`stretch`) in the page's proportions and
printed smaller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import ceil, lcm

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.printing import PRINTED_HEIGHT, PRINTED_WIDTH
from ragtool.model import Kind, Rating
from ragtool.results.results import PageItem, Results

WIDTH, HEIGHT = PRINTED_WIDTH - 15, PRINTED_HEIGHT - 20
"""The page less what Excel and LibreOffice round differently."""
LABEL = 78
"""Pixels of the column that says what a row holds."""
FINEST = 120
"""Columns at most: an outcome and a cell are spans of them."""
MOST_IN_LINE = 20
"""Outcomes beside each other; a theme that has more gets several bands."""
FEWEST = 4
"""Cells abreast even where an outcome has fewer, so that one alone isn't as wide as the page."""
STEP, MOST = 0.04, 4.0
CELL_HEIGHT, ROOMY_HEIGHT = 15.5, 26.0
CELL_PADDING = 8
NARROWEST = 50
"""Pixels of a cell where there is none to be measured."""
THEME_POINTS, NAME_POINTS, LEADS_POINTS = 12, 10, 9


@dataclass(frozen=True)
class GridItem:
    """A key action or measure in the grid; no rating: it is named only."""

    key: str
    rating: Rating | None
    marked: bool

    @property
    def text(self) -> str:
        """`K41 R*`: the key, the rating's letters, and a sign where the rating isn't the rule's."""
        return f"{self.key} {self.rating}{'*' if self.marked else ''}" if self.rating else self.key


@dataclass(frozen=True)
class OutcomeBlock:
    """An outcome with what is done for it."""

    name: str
    leads: str
    key_actions: list[GridItem]
    measures: list[GridItem]

    @property
    def items(self) -> list[GridItem]:
        """Key actions and measures alike."""
        return self.key_actions + self.measures

    @cached_property
    def widest(self) -> float:
        """The pixels that its widest cell needs; measured once, for the page is laid out many times."""
        return max((fitting.text_pixels(item.text, bold=True) for item in self.items), default=0.0)


@dataclass(frozen=True)
class Band:
    """A theme with its outcomes, or as many of them as stand beside each other."""

    theme: str
    outcomes: Sequence[OutcomeBlock]


@dataclass(frozen=True)
class Span:
    """Columns of the sheet, both ends included."""

    first: int
    last: int

    def share(self, number: int, of: int) -> Span:
        """The `number`th (from 0) of equal shares."""
        size = self.last - self.first + 1
        return Span(self.first + round(number * size / of), self.first + round((number + 1) * size / of) - 1)


@dataclass(frozen=True)
class PageLayout:
    """The grid's columns, each so many pixels wide, and how many cells stand abreast in an outcome of each theme."""

    stretch: float
    columns: int
    column_width: int
    abreast: tuple[int, ...]
    cell_height: float

    @property
    def grid(self) -> Span:
        """The columns right of the labels."""
        return Span(1, self.columns)

    def wide(self, span: Span) -> int:
        """A span's width in pixels."""
        return (span.last - span.first + 1) * self.column_width


def bands_of(results: Results) -> list[Band]:
    """The themes in the plan's order; an item whose outcome isn't in the plan gets an outcome without a name."""
    items: dict[tuple[str, str], list[PageItem]] = {}
    for item in results.page:
        items.setdefault((item.theme, item.outcome_no), []).append(item)
    by_theme: dict[str, list[OutcomeBlock]] = {}
    statements = {outcome.theme: outcome.theme_statement for outcome in reversed(results.outcomes)}
    for outcome in results.outcomes:
        name = " ".join(part for part in (outcome.number, outcome.title) if part)
        mine = items.pop((outcome.theme, outcome.number), [])
        by_theme.setdefault(outcome.theme, []).append(block_of(name, "; ".join(outcome.leads), mine))
    for (theme, number), stray in items.items():
        by_theme.setdefault(theme, []).append(block_of(number, "", stray))
    return [
        Band(": ".join(text for text in (theme, statements.get(theme)) if text), line)
        for theme, shown in by_theme.items()
        for line in in_lines(shown)
    ]


def in_lines(outcomes: Sequence[OutcomeBlock]) -> list[Sequence[OutcomeBlock]]:
    """The outcomes of a theme in the fewest lines that have room for their names, each of nearly as many."""
    count = ceil(len(outcomes) / MOST_IN_LINE)
    ends = [round(number * len(outcomes) / count) for number in range(count + 1)]
    return [outcomes[first:end] for first, end in pairwise(ends)]


def block_of(name: str, leads: str, items: Sequence[PageItem]) -> OutcomeBlock:
    """An outcome with its items, key actions and measures apart."""
    cells: dict[Kind, list[GridItem]] = {kind: [] for kind in Kind}
    for item in items:
        cells[item.kind].append(GridItem(item.key, item.rating, item.marked))
    return OutcomeBlock(name, leads, cells[Kind.KEY_ACTION], cells[Kind.MEASURE])


def fit(bands: Sequence[Band], other_height: float) -> PageLayout:
    """The layout with the largest print in which all bands, and `other_height` points besides, are one page."""
    stretch = 1.0
    while True:
        layout = stretched(bands, stretch)
        spare = HEIGHT * stretch - other_height - sum(map(sum, heights(bands, layout)))
        if (spare >= 0 and words_fit(bands, layout)) or stretch >= MOST:
            return roomier(bands, layout, spare)
        stretch += STEP


def stretched(bands: Sequence[Band], stretch: float) -> PageLayout:
    """The layout at a given size, whether or not it fits."""
    wide = int(WIDTH * stretch) - LABEL
    widest = max((outcome.widest for band in bands for outcome in band.outcomes), default=0.0)
    cell = (widest or NARROWEST) + CELL_PADDING
    abreast = tuple(max(1, min(max(FEWEST, most(band)), int(wide // len(band.outcomes) // cell))) for band in bands)
    columns = lcm(*(len(band.outcomes) * across for band, across in zip(bands, abreast, strict=True)))
    columns = columns if columns <= FINEST else FINEST
    return PageLayout(stretch, columns, wide // columns, abreast, CELL_HEIGHT)


def most(band: Band) -> int:
    """The most cells of a kind that any outcome of a theme has."""
    return max(max(len(outcome.key_actions), len(outcome.measures)) for outcome in band.outcomes)


def words_fit(bands: Sequence[Band], layout: PageLayout) -> bool:
    """Whether no word of an outcome's name is broken, and every cell's text fits its cell."""
    for band, abreast in zip(bands, layout.abreast, strict=True):
        for number, outcome in enumerate(band.outcomes):
            span = layout.grid.share(number, len(band.outcomes))
            narrowest = min(layout.wide(span.share(cell, abreast)) for cell in range(abreast))
            if outcome.widest + 4 > narrowest:
                return False
            if fitting.word_pixels(outcome.name, NAME_POINTS, bold=True) + fitting.PADDING > layout.wide(span):
                return False
    return True


def heights(bands: Sequence[Band], layout: PageLayout) -> list[list[float]]:
    """The heights of each band's rows: theme, outcomes, key actions, measures, leads."""
    return [
        [height for _, height in band_rows(band, abreast, layout)]
        for band, abreast in zip(bands, layout.abreast, strict=True)
    ]


def band_rows(band: Band, abreast: int, layout: PageLayout) -> list[tuple[str, float]]:
    """What each row of a band holds, and how high it is."""
    count = len(band.outcomes)
    spans = [layout.wide(layout.grid.share(number, count)) for number in range(count)]
    whole = LABEL + layout.wide(layout.grid)
    rows = [(c.THEME, fitting.height(band.theme, whole, THEME_POINTS, bold=True) + 2)]
    names = zip((outcome.name for outcome in band.outcomes), spans, strict=True)
    rows.append((c.OUTCOME, fitting.row_height(names, NAME_POINTS, bold=True)))
    for kind, cells in (
        (c.KEY_ACTION, [outcome.key_actions for outcome in band.outcomes]),
        (c.MEASURE, [outcome.measures for outcome in band.outcomes]),
    ):
        rows += [(kind, layout.cell_height)] * ceil(max(map(len, cells)) / abreast)
    if any(outcome.leads for outcome in band.outcomes):
        leads = zip((outcome.leads for outcome in band.outcomes), spans, strict=True)
        rows.append((c.OUTCOME_LEADS, fitting.row_height(leads, LEADS_POINTS)))
    return rows


def roomier(bands: Sequence[Band], layout: PageLayout, spare: float) -> PageLayout:
    """The layout with higher cells where the page has room to spare."""
    rows = sum(
        kind in (c.KEY_ACTION, c.MEASURE)
        for band, across in zip(bands, layout.abreast, strict=True)
        for kind, _ in band_rows(band, across, layout)
    )
    extra = max(0.0, spare) / rows if rows else 0.0
    return replace(layout, cell_height=min(ROOMY_HEIGHT, CELL_HEIGHT + int(extra * 2) / 2))
