"""What an officer's cell shows and what it stores: where they differ nothing is used, and where a part is struck out or
raised it is said.
"""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from ragtool import columns as c
from small_quarter import GREEN, Quarter, edit, type_in

RAISED, STRUCK = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
PASTED = "Type the figure in full; where the cell then shows it otherwise, type an apostrophe before it."


def parted(before: str, font: InlineFont, part: str, after: str = "") -> CellRichText:
    """A text of which a part has a look of its own."""
    return CellRichText(before, TextBlock(font, part), *([after] if after else []))


def test_a_raised_footnote_number_never_joins_a_figure(quarter: Quarter) -> None:
    def footnote(book: Any) -> None:
        book["Measures"]["K3"].value = parted("8", RAISED, "4")

    edit(quarter.highways, footnote)
    done = quarter.asked()
    assert done.ratings == GREEN | {"M1": "NR"}
    query = next(each for each in done.queries if each[c.CELL] == "K3")
    assert (query[c.SEVERITY], query[c.PROBLEM]) == ("Error", "Part of the cell is raised ('4').")
    assert query[c.WHAT_TO_DO] == "Type the figure alone."


def test_what_is_struck_out_of_a_text_is_left_out_and_said(quarter: Quarter) -> None:
    def struck(book: Any) -> None:
        page = book["Measures"]
        page["W3"].value = parted("Up ", STRUCK, "a lot ", "on last year")
        page["W4"].value, page["W4"].font = "Withdrawn", Font(strike=True)
        page["W5"].value = parted("25%", RAISED, "3", " more")

    edit(quarter.highways, struck)
    done = quarter.consolidate()
    rows = {(row[c.KEY], row[c.PART]): row[c.HIGHLIGHT] for row in done.table("Measures")}
    assert (rows["M1", None], rows["M2", None], rows["P1", None]) == ("Up on last year", None, "25%³ more")
    said = {query[c.CELL]: (query[c.SEVERITY], query[c.PROBLEM]) for query in done.queries}
    assert said == {
        "W3": ("Query", "Part of the cell is struck out ('a lot'). It is read as 'Up on last year'."),
        "W4": ("Query", "The cell is struck out ('Withdrawn'), so it isn't used."),
        "W5": ("Query", "Part of the cell is raised ('3'). It is read as '25%³ more'."),
    }


def test_a_struck_out_choice_figure_or_date_is_not_used(quarter: Quarter) -> None:
    def struck(book: Any) -> None:
        for cell in (book["Milestones"]["H3"], book["Measures"]["K3"]):
            cell.font = Font(strike=True)

    edit(quarter.highways, struck)
    done = quarter.asked()
    assert done.ratings == GREEN | {"K1": "NR", "M1": "NR"}
    assert {(query[c.CELL], query[c.SEVERITY], query[c.PROBLEM]) for query in done.queries} == {
        ("H3", "Error", "The cell is struck out ('Complete'), so it isn't used."),
        ("K3", "Error", "The cell is struck out ('80'), so it isn't used."),
    }


def test_a_row_that_is_struck_out_is_said_once(quarter: Quarter) -> None:
    def struck(book: Any) -> None:
        for cell in book["Measures"][3]:
            cell.font = Font(strike=True)

    edit(quarter.highways, struck)
    done = quarter.asked()
    assert done.ratings == GREEN | {"M1": "NR"}
    assert "The whole row is struck out, so it isn't used." in [query[c.PROBLEM] for query in done.queries]


@pytest.mark.parametrize(
    ("cell", "stored", "code", "problem"),
    [
        ("K3", 0.8, "0%", "The cell shows '80%' but stores 0.8, and the unit is homes, so either may be meant."),
        ("K3", 0.08, '0.00"k"', "The cell shows '0.08k' but stores 0.08, so either may be meant."),
        ("K3", 80000, "0,", "The cell shows '80' but stores 80000, so either may be meant."),
        ("K3", 80, '"-"0', "The cell shows '-80' but stores 80, so either may be meant."),
        ("K3", -80, "0;0", "The cell shows '80' but stores -80, so either may be meant."),
        ("K3", 80, ";;;", "The cell shows 'nothing' but stores 80, so either may be meant."),
        ("K4", 0.9, '0.0"%"', "The cell shows '0.9%' but stores 0.9, so either may be meant."),
        ("K4", 75, '0"%"', "The cell shows '75%' but stores 75, so either may be meant."),
    ],
)
def test_a_figure_that_is_shown_as_another_is_not_used(
    quarter: Quarter, cell: str, stored: float, code: str, problem: str
) -> None:
    type_in(quarter.highways, "Measures", cell, stored, code)
    done = quarter.asked()
    assert done.ratings == GREEN | {"M1" if cell == "K3" else "M2": "NR"}
    query = next(each for each in done.queries if each[c.CELL] == cell)
    assert (query[c.SEVERITY], query[c.PROBLEM], query[c.WHAT_TO_DO]) == ("Error", problem, PASTED)


@pytest.mark.parametrize(
    ("stored", "code"),
    [(80, '0 "homes"'), (80, "#,##0_);(#,##0)"), (80, "000"), (80000, '0.0,"k"'), (80, '0" new ones"'), (80, "+0;-0")],
)
def test_a_number_format_that_says_the_same_does_no_harm(quarter: Quarter, stored: float, code: str) -> None:
    type_in(quarter.highways, "Measures", "K3", stored, code)
    done = quarter.asked()
    assert (done.figure("M1"), [q for q in done.queries if q[c.SEVERITY] == "Error"]) == (stored, [])


def test_a_picture_or_a_word_for_a_value_to_come_is_no_text_of_the_officer_s(quarter: Quarter) -> None:
    def pasted(book: Any) -> None:
        typed_in = (("K3", "Loading..."), ("W4", "Loading..."), ("W5", '=DISPIMG("ID_1",1)'), ("T3", "#BUSY!"))
        for cell, typed in (*typed_in, ("U3", "########"), ("W3", "Err:508"), ("W6", "Calculating…")):
            book["Measures"][cell].value, book["Measures"][cell].data_type = typed, "s"

    edit(quarter.highways, pasted)
    done = quarter.asked()
    assert {(query[c.CELL], query[c.SEVERITY], query[c.PROBLEM]) for query in done.queries} == {
        ("K3", "Error", "The cell holds only a word for a value that is still to come ('Loading...')."),
        ("W4", "Error", "The cell holds only a word for a value that is still to come ('Loading...')."),
        ("W5", "Error", "The cell holds a picture, which isn't read ('=DISPIMG(\"ID_1\",1)')."),
        ("T3", "Error", "The cell shows the error #BUSY!."),
        ("U3", "Error", "The cell holds only the signs that stand for a value in a narrow column ('########')."),
        ("W3", "Error", "The cell holds the error Err:508."),
        ("W6", "Error", "The cell holds only a word for a value that is still to come ('Calculating…')."),
    }


def test_what_nobody_can_see_is_not_used(quarter: Quarter) -> None:
    def hidden(book: Any) -> None:
        for sheet, at in (("Milestones", "H3"), ("Measures", "K3"), ("Measures", "W3")):
            book[sheet][at].font = Font(color="FFFFFFFF")
        book["Measures"]["W3"].value = "Not for print"
        book["Measures"]["W4"].value, book["Measures"]["W4"].number_format = "Nor this", ";;;"

    edit(quarter.highways, hidden)
    done = quarter.consolidate()
    assert done.ratings == GREEN | {"K1": "NR", "M1": "NR"}
    assert [row[c.HIGHLIGHT] for row in done.table("Measures") if row[c.KEY] in ("M1", "M2")] == [None, None]
    shown = "in a colour and a format that show it."
    empty = "Empty the cell, or give it a colour and a format that show it."
    assert {(query[c.CELL], query[c.SEVERITY], query[c.PROBLEM], query[c.WHAT_TO_DO]) for query in done.queries} == {
        ("H3", "Error", "The cell is hidden ('Complete'), so it isn't used.", f"Type the entry alone, {shown}"),
        ("K3", "Error", "The cell is hidden ('80'), so it isn't used.", f"Type the figure alone, {shown}"),
        ("W3", "Query", "The cell is hidden ('Not for print'), so it isn't used.", empty),
        ("W4", "Query", "The cell is hidden ('Nor this'), so it isn't used.", empty),
    }
