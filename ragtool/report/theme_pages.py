"""How a theme's sheet of the committee pack is parted into pages: every page ends between two items, and begins with
the outcome that its items belong to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ragtool import columns as c
from ragtool.columns import PackSheets
from ragtool.looks import fitting, printing
from ragtool.report.page_rows import CONTINUED
from ragtool.report.theme_rows import Theme, ThemeOutcome, ThemeRow

PACK_WIDTHS = dict(zip(PackSheets.THEME_HEADINGS, (40, 42, 185, 53, 52, 372, 250, 120), strict=True))
"""Pixels; together 6 % less than the page has, for LibreOffice makes columns wider than Excel does."""
PACK_POINTS = 9.0
BAND_POINTS = PACK_POINTS + 1
PACK_SCALE = 89
"""Per cent: what is 9 points high on the sheet is 8 on paper."""
HEADINGS_HIGH = 16.0
"""Points of the headings, which every page repeats."""
WORTH_FILLING = 1 / 5
"""The share of a page that must be left for an outcome to begin on it where it doesn't fit as a whole."""
WORTH_A_PAGE = 1 / 4
"""The share of a page that the last one should hold at the least."""
WORTH_KEEPING = 1 / 2
"""The share of a page that a measure with its parts may take to be kept together."""


@dataclass(frozen=True)
class PackLine:
    """A row of the sheet: an item, or a line of an outcome's name; `on_new_page` where a page ends before it."""

    height: float
    row: ThemeRow | None = None
    text: str = ""
    on_new_page: bool = False


def page_height() -> float:
    """The points that a page has for rows."""
    return printing.printed_height(printing.A4) * 100 / PACK_SCALE


MeasuredBlock = list[tuple[ThemeRow, float]]
"""An item with its parts, each with the height of its row."""


def evenly_on_pages(theme: Theme, above: float) -> list[PackLine]:
    """The rows of all outcomes, parted so that the last page isn't nearly empty, if no more pages are needed."""
    room, blocks = page_height(), measured_blocks(theme)
    lines = list(on_pages(theme, blocks, room, above))
    least = room * WORTH_A_PAGE
    if last_page(lines) >= least:
        return lines
    others = count_pages(lines) - 1
    left = above + height_of(lines) + (others - 1) * HEADINGS_HIGH - least
    tighter = list(on_pages(theme, blocks, left / others, above))
    return tighter if count_pages(tighter) == others + 1 and last_page(tighter) >= least else lines


def measured_blocks(theme: Theme) -> list[list[MeasuredBlock]]:
    """The items of each outcome, measured."""
    return [
        [[(row, item_height(row)) for row in block] for block in kept_together(outcome.rows)]
        for outcome in theme.outcomes
    ]


def count_pages(lines: Sequence[PackLine]) -> int:
    """On how many pages rows stand."""
    return 1 + sum(line.on_new_page for line in lines)


def last_page(lines: Sequence[PackLine]) -> float:
    """How many points high the rows of the last page are; a page that is the only one counts as whole."""
    begins = max((number for number, line in enumerate(lines) if line.on_new_page), default=None)
    return page_height() if begins is None else height_of(lines[begins:])


def on_pages(
    theme: Theme, measured: Sequence[Sequence[MeasuredBlock]], room: float, above: float
) -> Iterator[PackLine]:
    """The rows of all outcomes, whose blocks are `measured`, with a page's end before each that wouldn't fit on its
    page any more; `above` is how high what stands above them on the first page is.

    An outcome begins on a new page where it doesn't fit on what is left of this one and little is left; where a page
    ends within it, the next begins with its name again. A measure stands on one page with its parts, unless they take
    most of one: then the next page says whose parts go on.
    """
    used = above
    for place, (outcome, blocks) in enumerate(zip(theme.outcomes, measured, strict=True)):
        heights = [sum(high for _, high in block) for block in blocks]
        band, left = outcome_band(outcome), room - used
        least, whole = (height_of(band) + height for height in (kept(heights[0], blocks[0], room), sum(heights)))
        if place and (least > left or too_late(whole, left, room)):
            band, used = on_next_page(outcome_band(outcome, theme.name)), HEADINGS_HIGH
        yield from band
        used += height_of(band)
        begins = True
        for block, height in zip(blocks, heights, strict=True):
            for number, (row, high) in enumerate(block):
                needed = high if number else kept(height, block, room)
                if used + needed > room and not begins:
                    again = outcome_band(outcome, theme.name, CONTINUED, block[0][0].whole_name if number else "")
                    yield from on_next_page(again)
                    used = HEADINGS_HIGH + height_of(again)
                yield PackLine(high, row)
                used, begins = used + high, False


def kept_together(rows: Sequence[ThemeRow]) -> list[list[ThemeRow]]:
    """Each item with its parts."""
    blocks: list[list[ThemeRow]] = []
    for row in rows:
        if row.item.part and blocks:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


def kept(height: float, block: Sequence[tuple[ThemeRow, float]], room: float) -> float:
    """How much of a block so many points high is to stand on one page: the whole, or only its first row."""
    return height if height <= room * WORTH_KEEPING else block[0][1]


def too_late(whole: float, left: float, room: float) -> bool:
    """Whether an outcome so many points high had better begin on a new page than on what is left of this one."""
    return whole > left and left < room * WORTH_FILLING


def outcome_band(outcome: ThemeOutcome, theme: str = "", again: str = "", measure: str = "") -> list[PackLine]:
    """The lines that name an outcome: who leads it too or, at the top of a page, its theme, and whose parts go on."""
    leads = "" if again or not outcome.leads else f"({outcome.leads})"
    text = " ".join(filter(None, (f"{theme}:" if theme else "", outcome.name, leads, again)))
    if measure:
        text = f"{text}: {measure} {again}"
    lines = fitting.lines_of(text, sum(PACK_WIDTHS.values()), BAND_POINTS, bold=True)
    return [
        PackLine(fitting.line_height(BAND_POINTS) + (0 if number else 3), None, line)
        for number, line in enumerate(lines)
    ]


def height_of(lines: Sequence[PackLine]) -> float:
    """How high some lines are together."""
    return sum(line.height for line in lines)


def on_next_page(lines: Sequence[PackLine]) -> list[PackLine]:
    """The same lines, the first of them on a new page."""
    return [replace(lines[0], on_new_page=True), *lines[1:]]


def item_height(row: ThemeRow) -> float:
    """How high the row of an item must be for its texts."""
    loud = any(line.loud for line in row.progress)
    texts = (
        (c.KEY, row.item.item.key, True),
        (c.DESCRIPTION, row.name, not row.item.part),
        (c.TREND, row.letters, False),
        (c.PROGRESS, "\n".join(line.whole for line in row.progress), loud),
        (c.COMMENTARY, row.commentary, False),
        (c.OFFICER_LEADS, leads_of(row), False),
    )
    return min(
        fitting.TALLEST, max(fitting.height(text, PACK_WIDTHS[under], PACK_POINTS, bold) for under, text, bold in texts)
    )


def leads_of(row: ThemeRow) -> str:
    """Who leads an item; a part's leads are its measure's, which stands above it."""
    return "" if row.item.part else "; ".join(row.item.item.officer_leads)
