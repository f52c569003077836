"""A chart's bars have room for all their labels, however long the names are."""

from __future__ import annotations

import io
from html import unescape

import pytest
from xlsxwriter import Workbook

from messy import unzipped
from ragtool.looks import fitting
from ragtool.model import Rating
from ragtool.report.charts import LABEL_GAP, LABEL_LINE, LABELS_SHARE, chart_room, insert_spread_chart
from ragtool.results.spread import Spread

WIDE = 492
LONG = "A fairer borough for every resident, whatever their age or background"


def spread_over(*names: str, finding: str = "Nothing is Red in any theme") -> Spread:
    """A spread over so many names, all of it Green."""
    return Spread("Theme", finding, (Rating.GREEN,), dict.fromkeys(names, (1,)))


@pytest.mark.parametrize(("names", "lines"), [(("Caring", "Growing", "Homes"), 1), (("Caring", LONG, "Homes"), 2)])
def test_a_bar_is_as_high_as_its_label(names: tuple[str, ...], lines: int) -> None:
    room = chart_room(spread_over(*names), WIDE)
    assert max(fitting.line_count(name, room.labels) for name in names) == lines
    assert room.bars == len(names) * (lines * LABEL_LINE + LABEL_GAP)


def test_labels_leave_the_bars_more_than_half_of_the_chart() -> None:
    room = chart_room(spread_over(LONG, "Homes"), WIDE)
    assert room.labels <= WIDE * LABELS_SHARE
    assert room.layout["width"] > 1 / 2


def test_a_long_title_gets_a_second_line() -> None:
    short, long = (chart_room(spread_over("Homes", finding=text), WIDE) for text in ("Nothing is Red", f"In {LONG}"))
    assert long.high - short.high == long.title - short.title > 0


@pytest.mark.parametrize("area", ["Homes!A1", "Homes!$A$1", "'[book.xlsx]Sheet'!A1", "=Homes!A1", "+cmd|' /C calc'!A0"])
def test_no_title_is_taken_for_a_cell(area: str) -> None:
    """Excel would look for it in another sheet, or in another file."""
    held, shown = io.BytesIO(), spread_over("Homes", finding=area)
    with Workbook(held) as book:
        room = chart_room(shown, WIDE)
        insert_spread_chart(book.add_worksheet("Summary"), book, shown, (0, 0), (5, 0, 0), room)
    chart = unescape(unzipped(held.getvalue())["xl/charts/chart1.xml"].decode())
    title = chart.partition("<c:title>")[2].partition("</c:title>")[0]
    assert area.replace("!", "! ") in title
    assert "<c:f>" not in title
