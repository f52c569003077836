"""A return that came back as .xlsb: what its cells show and store otherwise is told there too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, Font, PatternFill

from binary_books import as_xlsb
from ragtool import columns as c
from small_quarter import GREEN, Quarter, edit

RAISED, STRUCK, UNSEEN = (
    InlineFont(vertAlign="superscript"),
    InlineFont(strike=True),
    InlineFont(color=Color("FFFFFFFF")),
)


def with_part(before: str, font: InlineFont, part: str, after: str = "") -> CellRichText:
    """A text of which a part has a look of its own."""
    return CellRichText(before, TextBlock(font, part), *([after] if after else []))


def test_a_return_as_xlsb_is_rated_as_it_was(quarter: Quarter) -> None:
    as_xlsb(quarter.highways)
    done = quarter.consolidate()
    assert (done.ratings, done.queries) == (GREEN, [])


@pytest.mark.parametrize(
    ("value", "code", "problem"),
    [
        (with_part("8", RAISED, "4"), "General", "Part of the cell is raised ('4')."),
        (with_part("", STRUCK, "79 ", "80"), "General", "Part of the cell is struck out ('79')."),
        (with_part("80", UNSEEN, "5"), "General", "Part of the cell is hidden ('5')."),
        (0.8, "0%", "The cell shows '80%' but stores 0.8, and the unit is homes, so either may be meant."),
        (80000, "0,", "The cell shows '80' but stores 80000, so either may be meant."),
        (80, '"-"0', "The cell shows '-80' but stores 80, so either may be meant."),
        (datetime(2013, 9, 30), "dd/mm/yyyy", "The cell holds the date 30 September 2013, not a figure."),
    ],
)
def test_a_figure_that_is_not_what_it_shows_is_not_used(quarter: Quarter, value: Any, code: str, problem: str) -> None:
    def pasted(book: Any) -> None:
        book["Measures"]["K3"].value, book["Measures"]["K3"].number_format = value, code

    edit(quarter.highways, pasted)
    as_xlsb(quarter.highways)
    done = quarter.asked()
    assert done.ratings == GREEN | {"M1": "NR"}
    said = {query[c.CELL]: (query[c.SEVERITY], query[c.PROBLEM]) for query in done.queries}
    assert said["K3"] == ("Error", problem)


def test_what_else_a_cell_shows_is_said(quarter: Quarter) -> None:
    def pasted(book: Any) -> None:
        page, steps = book["Measures"], book["Milestones"]
        page["W3"].value = with_part("Up ", STRUCK, "a lot ", "on last year")
        page["W4"].value, page["W4"].font = "Withdrawn", Font(strike=True)
        page["V3"].value, page["V3"].number_format = 41547, "General"
        steps["H4"].value, steps["H4"].fill = None, PatternFill("solid", fgColor="FF00B050")

    edit(quarter.highways, pasted)
    as_xlsb(quarter.highways)
    done = quarter.asked()
    said = {query[c.CELL]: (query[c.SEVERITY], query[c.PROBLEM]) for query in reversed(done.queries)}
    assert said["W3"] == ("Query", "Part of the cell is struck out ('a lot'). It is read as 'Up on last year'.")
    assert said["W4"] == ("Query", "The cell is struck out ('Withdrawn'), so it isn't used.")
    assert said["V3"] == ("Error", "'41547' is not a date. As a date it would be 30/09/2013.")
    assert said["H4"] == ("Query", "Milestones!H4 is filled with the colour of a rating, which isn't read.")
