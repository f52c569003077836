"""What officers leave in a return that isn't read is said, once for each kind."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Color, PatternFill

from messy import unzipped, zipped
from ragtool import columns as c
from ragtool.returns import found_sheets
from ragtool.returns.not_read import says_colour
from ragtool.workbooks.book import Cell, SheetCells
from small_quarter import GREEN, Quarter, edit

RED, GREEN_FILL = PatternFill("solid", fgColor="FFFF0000"), PatternFill("solid", fgColor="FF00B050")


def said(quarter: Quarter) -> list[tuple[str, str, str, str]]:
    done = quarter.asked()
    assert done.ratings == GREEN
    return [(query[c.SHEET], query[c.CELL], query[c.SEVERITY], query[c.PROBLEM]) for query in done.queries]


def test_comments_are_said_once(quarter: Quarter) -> None:
    def comments(book: Any) -> None:
        for cell, text in (("K3", "Audit found double counting: use 72."), ("U4", "Weekly meetings")):
            book["Measures"][cell].comment = Comment(text, "Officer")

    edit(quarter.highways, comments)
    first = "Comments stand at Measures!K3 and Measures!U4, and aren't read; the first says"
    assert said(quarter) == [("Measures", "K3", "Query", f"{first} 'Audit found double counting: use 72.'.")]


def test_the_notes_of_a_marked_copy_are_not_asked_about_when_it_comes_back(quarter: Quarter) -> None:
    edit(quarter.highways, lambda book: setattr(book["Measures"]["K3"], "value", None))
    quarter.check()
    copy = quarter.highways.parent / "queries" / quarter.highways.name
    edit(copy, lambda book: setattr(book["Measures"]["K3"], "value", 80))
    copy.replace(quarter.highways)
    assert said(quarter) == []


def test_a_rating_given_by_fill_alone_is_said_once(quarter: Quarter) -> None:
    def filled(book: Any) -> None:
        book["Milestones"]["H3"].fill = book["Measures"]["S3"].fill = RED
        book["Milestones"]["H4"].fill = book["Measures"]["W4"].fill = book["Measures"]["S41"].fill = GREEN_FILL

    edit(quarter.highways, filled)
    assert f"{quarter.highways.name}, Milestones, row 3, Status (cell H3): " in quarter.check().out
    problem = "Milestones!H3 and Measures!S3 are filled with the colour of a rating, which isn't read."
    assert said(quarter) == [("Milestones", "H3", "Query", problem)]


def test_merged_entries_are_said(quarter: Quarter) -> None:
    edit(quarter.highways, lambda book: book["Measures"].merge_cells("W3:W4"))
    edit(quarter.highways, lambda book: setattr(book["Measures"]["W3"], "value", "Both went well"))
    problem = "Measures!W3:W4 is merged over several rows, so what is typed counts for the first alone."
    assert said(quarter) == [("Measures", "W3", "Query", problem)]


def test_a_row_coloured_on_what_names_it_is_said_once_unless_its_rating_says_so(quarter: Quarter) -> None:
    def filled(book: Any) -> None:
        for cell in ("A3", "B3", "D3"):
            book["Milestones"][cell].fill = RED
        book["Milestones"]["D4"].fill = book["Measures"]["C3"].fill = GREEN_FILL
        book["Measures"]["S3"].value = "Green"
        for cell in ("A4", "C4", "K4"):
            book["Measures"][cell].fill = RED

    edit(quarter.highways, filled)
    problem = "Milestones!A3 and Measures!K4 are filled with the colour of a rating, which isn't read."
    assert said(quarter) == [("Milestones", "A3", "Query", problem)]


def test_a_colour_says_what_a_status_says_in_any_of_its_spellings() -> None:
    coloured = [
        ("Green", "Completed"),
        ("Green", "complete."),
        ("Red", " over  due"),
        ("Amber", "Over-due"),
        ("Red", "R"),
    ]
    assert all(says_colour(Cell(typed), colour) for colour, typed in coloured)
    otherwise = [("Red", "Completed"), ("Green", "over due"), ("Green", "In progress"), ("Green", "Not complete")]
    assert not any(says_colour(Cell(typed), colour) for colour, typed in otherwise)


@pytest.mark.parametrize(
    ("colour", "rates"),
    [
        (Color(theme=5), True),
        (Color(theme=5, tint=0.4), True),
        (Color(theme=9, tint=-0.25), True),
        (Color(indexed=10), True),
        (Color(theme=4), False),
        (Color(theme=0, tint=-0.25), False),
        (Color(theme=9, tint=0.8), False),
    ],
)
def test_a_colour_of_the_theme_or_of_the_old_palette_rates_as_well(
    quarter: Quarter, colour: Color, rates: bool
) -> None:
    """Excel's theme has a red, number 5, an orange, 9, and a blue, 4; a pale tint rates nothing."""
    edit(quarter.highways, lambda book: setattr(book["Milestones"]["H3"], "fill", PatternFill("solid", fgColor=colour)))
    problem = "Milestones!H3 is filled with the colour of a rating, which isn't read."
    assert [told for _, _, _, told in said(quarter)] == ([problem] if rates else [])


def test_a_sheet_that_somebody_added_and_filled_is_said_and_an_empty_one_is_not(quarter: Quarter) -> None:
    def sheets(book: Any) -> None:
        book.create_sheet("Empty")
        book.create_sheet("Workings").append(["Missed bins by week", 12])

    edit(quarter.highways, sheets)
    problem = "The sheet 'Workings' isn't read: the template has none such."
    assert [(sheet, told) for sheet, _, _, told in said(quarter)] == [("Workings", problem)]


def test_the_sheets_of_a_marked_copy_are_none_of_the_officers(quarter: Quarter) -> None:
    edit(quarter.highways, lambda book: book.create_sheet("Workings").append(["Missed bins by week", 12]))
    quarter.check(quarter.highways)
    copy = quarter.highways.parent / "queries" / quarter.highways.name
    edit(copy, lambda book: book.remove(book["Workings"]))
    assert quarter.check(copy).status == 0


def test_what_stands_beside_the_template_s_cells_is_said_once(quarter: Quarter) -> None:
    def notes(book: Any) -> None:
        book["Guidance"]["H3"] = "Use 72 for M1"
        book["Measures"]["K1"] = "All provisional"
        book["Sign-off"]["C5"] = "subject to audit"
        book["Sign-off"]["A12"], book["Sign-off"]["B12"] = "Note", "M1 is wrong"

    edit(quarter.highways, notes)
    stands = "What stands at Guidance!H3, Measures!K1, Sign-off!C5, Sign-off!A12 and Sign-off!B12 isn't read"
    assert said(quarter) == [("Guidance", "H3", "Query", f"{stands}; the first says 'Use 72 for M1'.")]


@pytest.mark.parametrize("column", ["A", "B", "C"])
@pytest.mark.parametrize("beneath", [1, 3])
def test_a_note_beneath_guidance_or_beside_it_is_said(quarter: Quarter, column: str, beneath: int) -> None:
    at: list[str] = []

    def note(book: Any) -> None:
        page = book["Guidance"]
        at.append(f"{column}{page.max_row + beneath if column != 'C' else beneath + 4}")
        page[at[0]] = "The figure is an estimate"

    edit(quarter.highways, note)
    problem = f"What stands at Guidance!{at[0]} isn't read: 'The figure is an estimate'."
    assert said(quarter) == [("Guidance", at[0], "Query", problem)]


def test_one_note_beside_them_is_quoted(quarter: Quarter) -> None:
    edit(quarter.highways, lambda book: setattr(book["Milestones"]["H1"], "value", "Ask Finance"))
    assert said(quarter) == [
        ("Milestones", "H1", "Query", "What stands at Milestones!H1 isn't read: 'Ask Finance'."),
    ]


def test_every_added_sheet_is_held_against_the_templates_once(
    quarter: Quarter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are, and however often a sheet of the template is asked for: thousands took seconds."""

    def copies(book: Any) -> None:
        for _ in range(6):
            book.copy_worksheet(book["Measures"])

    edit(quarter.highways, copies)
    held: list[str] = []
    likeness = found_sheets.likeness

    def counted(worksheet: SheetCells, sheet: c.Sheet) -> float:
        held.append(worksheet.name)
        return likeness(worksheet, sheet)

    monkeypatch.setattr(found_sheets, "likeness", counted)
    done = quarter.check(quarter.highways)
    assert done.out.count("It is a second sheet like Measures; it isn't read.") == 6
    assert Counter(held) == dict.fromkeys(held, len(c.ReturnSheets.TABLES))
    assert len(set(held)) == 6


def test_a_comment_that_stands_at_no_cell_stops_nothing(quarter: Quarter) -> None:
    edit(quarter.highways, lambda book: setattr(book["Measures"]["C3"], "comment", Comment("Why?", "Officer")))
    parts = unzipped(quarter.highways.read_bytes())
    for name, content in parts.items():
        if "comments" in name and b"Why?" in content:
            parts[name] = content.replace(b'ref="C3"', b"")
    quarter.highways.write_bytes(zipped(parts))
    assert "Why?" in quarter.check().out
