"""What officers type, and what is made of it."""

from __future__ import annotations

import time
from datetime import date, datetime
from decimal import Decimal

import pytest

from ragtool.figures import number_in_digits
from ragtool.quarters import Quarter
from ragtool.sheets import cells, date_cells, figure_cells
from ragtool.sheets.tables import HEADING_ROWS, find_headings
from ragtool.sheets.unreadable import Unreadable, has_heaped_marks, visible
from ragtool.workbooks.book import Cell, PartLook, SheetCells


@pytest.mark.parametrize(
    ("value", "unit", "figure"),
    [
        (80, "", "80"),
        (0, "", "0"),
        (0.1 + 0.2, "", "0.3"),
        (0.744, "%", "0.744"),
        (1, "%", "1"),
        (-1, "%", "-1"),
        ("4,858,000", "", "4858000"),
        ("4\u00a0858\u00a0000", "", "4858000"),
        ("£1,250.50", "", "1250.5"),
        ("4.6m", "", "4600000"),
        ("£100K", "", "100000"),
        ("2bn", "", "2000000000"),
        ("£4.6m", "£m", "4.6"),
        ("4.6m", "m", "4.6"),
        *(("4.6k", unit, "4600") for unit in ("m²", "min", "t", "£/head", "m3")),
        ("(12.5)", "", "-12.5"),
        ("\u221212.5", "", "-12.5"),
        ("-£5", "", "-5"),
        (" 50 ", "", "50"),
        ("50 Homes", "homes", "50"),
        ("74.4%", "%", "0.744"),
        ("74.4 %", "%", "0.744"),
    ],
)
def test_a_figure_is_read(value, unit, figure):
    assert figure_cells.figure(Cell(value), unit) == Decimal(figure)


@pytest.mark.parametrize(
    ("stored", "shown", "unit", "plan", "same"),
    [
        (4.6, "£4.6m", "£m", False, True),
        (4.6, "£4.6 million", "£ million", False, True),
        (4.6, "4.6 million", "visitors", False, False),
        (4.858, "4.858m", "visitors", False, False),
        (4858000, "4.9m", "visitors", False, True),
        (4858000, "4.7m", "visitors", False, False),
        (50, "50m", "m", False, True),
        (5, "5 hrs", "hours", False, True),
        (5, "5000", "homes", False, False),
        (85, "$85", "£", False, False),
        (0, "-", "homes", False, True),
        (0, "nothing", "homes", False, False),
        (80, "80%", "%", True, True),
        (0.8, "80%", "%", True, False),
        (5, "(5)", "homes", False, False),
        (-5, "(5)", "homes", False, True),
    ],
)
def test_a_figure_counts_only_where_the_cell_shows_it(stored, shown, unit, plan, same):
    cell = Cell(stored, shown=shown)
    if same:
        assert figure_cells.figure(cell, unit, plan) == (Decimal(stored) / 100 if plan else Decimal(str(stored)))
    else:
        with pytest.raises(Unreadable, match="but stores"):
            figure_cells.figure(cell, unit, plan)


def test_a_percentage_is_no_figure_in_another_unit():
    assert figure_cells.figure(Cell(0.744, percent=True), "%") == Decimal("0.744")
    assert figure_cells.number(Cell(0.5, percent=True)) == Decimal("0.5")  # a weight
    with pytest.raises(Unreadable, match=r"shows '50%' but stores 0\.5, and the unit isn't %"):
        figure_cells.figure(Cell(0.5, percent=True), "")


def test_a_level_that_is_shown_as_another_is_refused():
    with pytest.raises(Unreadable, match=r"shows '0\.15%' but stores 0\.15"):
        figure_cells.level(Cell(0.15, shown="0.15%"))


def test_a_text_is_what_the_cell_shows():
    assert cells.text(Cell(7, shown="K007")) == "K007"


@pytest.mark.parametrize(
    "read", [cells.yes_no, cells.rating, cells.own_rating, date_cells.day, date_cells.quarter, figure_cells.number]
)
def test_an_entry_of_two_looks_is_refused(read):
    with pytest.raises(Unreadable, match=r"Part of the cell is struck out \('48'\) and part is raised \('4'\)."):
        read(Cell("56⁴", looks=(PartLook("struck out", "48"), PartLook("raised", "4"))))


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("74.4", "%", "'74.4' stands as text without a percent sign."),
        ("74.4%", "homes", "'74.4%' is a percentage, but the unit is homes."),
        ("4.6m", "£000", "'4.6m' may or may not already be in £000."),
        ("4.6m", "thousands", "'4.6m' may or may not already be in thousands."),
        ("£100K", "£ millions", "'£100K' may or may not already be in £ millions."),
        *(
            ("38.5m", unit, f"'38.5m' may or may not already be in {unit}.")
            for unit in ("(£m)", "GBP m", "GBPm", "£ (m)", "Cost £m", "US$m", "£ in m", "m £", "£b", "£ (M)")
        ),
        *(
            ("4.6k", unit, f"'4.6k' may or may not already be in {unit}.")
            for unit in ("homes (k)", "Income (£k)", "£ m p.a.", "£mn", "£mil", "£ mils", "£ mio")
        ),
        ("12k", "homes (000s)", "'12k' may or may not already be in homes (000s)."),
        ("12,34", "", "'12,34' is not a figure."),
        ("1.234.567", "", "'1.234.567' is not a figure."),
        ("about 50", "", "'about 50' is not a figure."),
        ("1e5", "", "'1e5' is not a figure."),
        ("(5", "", "'(5' is not a figure."),
        ("-£-5", "", "'-£-5' is not a figure."),
        (1.5, "%", "'1.5' stands in a cell that isn't formatted as a percentage, so it may mean 1.5 % or 150 %."),
        ("n/a", "", "'n/a' is no figure."),
        ("TBC", "", "'TBC' is no figure."),
        ("-", "", "'-' is no figure."),
        ("nil", "", "'nil' is no figure."),
        (True, "", "The cell holds a tick (True), not a figure."),
        (datetime(2014, 2, 28), "", "The cell holds the date 28 February 2014, not a figure."),
    ],
)
def test_what_is_no_figure_or_could_be_two_is_refused_with_what_was_found(value, unit, said):
    with pytest.raises(Unreadable) as refused:
        figure_cells.figure(Cell(value), unit)
    assert refused.value.problem == said
    assert refused.value.what_to_do.endswith(".")


@pytest.mark.parametrize("fault", ["#REF!", "#DIV/0!", "#N/A"])
def test_an_error_value_is_named_and_never_blank(fault):
    with pytest.raises(Unreadable) as refused:
        figure_cells.figure(Cell(fault, fault=fault), "")
    assert refused.value.problem == f"The cell shows the error {fault}."


def test_in_the_plan_a_bare_number_is_so_many_per_cent():
    assert figure_cells.figure(Cell(80), "%", bare_percent=True) == Decimal("0.8")
    assert figure_cells.figure(Cell(0.8, percent=True), "%", bare_percent=True) == Decimal("0.8")


@pytest.mark.parametrize(
    "value",
    [
        datetime(2014, 2, 28),
        date(2014, 2, 28),
        "28/02/2014",
        "28/2/14",
        "28-02-2014",
        "28.02.2014",
        "28 February 2014",
        "28th Feb 14",
        "Friday 28 Feb 2014",
        "28-Feb-2014",
        "2014-02-28",
    ],
)
def test_a_date_is_read(value):
    assert date_cells.day(Cell(value)) == date(2014, 2, 28)


@pytest.mark.parametrize("value", ["31/02/2014", "12/13/2026", "Feb 2014", "28/02", 41698, "28/02/0014", "soon"])
def test_what_is_no_date_or_could_be_two_is_refused(value):
    with pytest.raises(Unreadable, match="is not a date"):
        date_cells.day(Cell(value))


@pytest.mark.parametrize(
    ("cell", "share"),
    [(Cell("15 %"), "0.15"), (Cell(0.15), "0.15"), (Cell(0.15, percent=True), "0.15"), (Cell(1, percent=True), "1")],
)
def test_a_level_is_a_share(cell, share):
    assert figure_cells.level(cell) == Decimal(share)


@pytest.mark.parametrize("value", [15, 1, "15"])
def test_a_level_that_may_be_a_percentage_or_a_share_is_refused(value):
    with pytest.raises(Unreadable, match="or a share"):
        figure_cells.level(Cell(value))


@pytest.mark.parametrize(
    ("read", "what"),
    [
        (figure_cells.level, "Type a share with its sign, such as 5 %."),
        (
            figure_cells.level_or_points,
            "Type a share with its sign, such as 5 %, or a distance in its unit, such as 5 points.",
        ),
    ],
)
def test_words_for_a_level_are_told_how_one_is_typed(read, what):
    with pytest.raises(Unreadable, match="'five' is not a figure") as fault:
        read(Cell("five"))
    assert fault.value.what_to_do == what


def test_a_level_below_0_is_told_as_its_cell_shows_it():
    with pytest.raises(Unreadable, match=r"^'-5 %' is below 0"):
        figure_cells.level(Cell(-0.05, percent=True))


@pytest.mark.parametrize("value", [-0.1, "-5 %", Decimal("-0.05")])
@pytest.mark.parametrize("read", [figure_cells.level, figure_cells.level_or_points])
def test_a_level_is_not_below_0(read, value):
    with pytest.raises(Unreadable, match="is below 0, which no level can be"):
        read(Cell(float(value) if isinstance(value, Decimal) else value))


@pytest.mark.parametrize("text", ["2013/14 Q2", "2013-14 Q2", "Q2 2013/14", "q2 2013/2014", "2013/14 Quarter 2"])
def test_a_quarter_is_read_in_its_forms(text):
    assert date_cells.quarter(Cell(text)) == Quarter(2013, 2)


@pytest.mark.parametrize("text", ["2013/15 Q2", "2013/14 Q5", "Q2", "2013"])
def test_what_names_no_quarter_is_refused(text):
    with pytest.raises(Unreadable, match="is not a quarter"):
        date_cells.quarter(Cell(text))


def test_text_is_tidied_and_whole_numbers_are_as_people_write_them():
    assert cells.text(Cell("  two\u00a0 words ")) == "two words"
    assert cells.text(Cell(1.0)) == "1"
    assert cells.names(Cell("Leader;  Finance ;")) == ("Leader", "Finance")


@pytest.mark.parametrize(("value", "yes"), [("Yes", True), ("y", True), (True, True), ("no", False), ("N", False)])
def test_yes_and_no_are_read_as_people_write_them(value, yes):
    assert cells.yes_no(Cell(value)) is yes


def test_a_tick_where_a_preview_reads_yes_or_no_is_refused_as_the_preview_takes_it_for_neither():
    assert cells.yes_no_in_words(Cell("true")) is True
    with pytest.raises(Unreadable, match=r"The cell holds a tick \(FALSE\), which the preview can't read."):
        cells.yes_no_in_words(Cell(False))


def test_nought_is_a_whole_number_and_less_is_none():
    assert figure_cells.whole(Cell(0)) == 0
    with pytest.raises(Unreadable, match="is not a whole number"):
        figure_cells.whole(Cell(-1))


@pytest.mark.parametrize(("row", "where"), [(HEADING_ROWS, HEADING_ROWS), (HEADING_ROWS + 1, 0)])
def test_headings_are_looked_for_so_far_down(row, where):
    sheet = SheetCells("Measures", {1: {1: Cell("A title")}, row: {1: Cell("Key"), 2: Cell("Performance")}})
    assert find_headings(sheet, ["Key", "Performance"])[0] == where


def test_numbers_that_people_type_have_bounds() -> None:
    for reader, typed in (
        (figure_cells.few_decimals, 1000),
        (figure_cells.whole, 10**9),
        (cells.key_or_number, "1" * 5000),
    ):
        with pytest.raises(Unreadable):
            reader(Cell(typed))
    for typed in ("9999/00 Q4", "0000/01 Q1", "1899/00 Q1"):
        with pytest.raises(ValueError, match=typed):
            Quarter.parse(typed)
    assert number_in_digits("12") == 12
    assert number_in_digits("1" * 5000) is None


def test_marks_heaped_on_a_letter_cost_no_time() -> None:
    """The time that unicodedata takes for them grows with the square of their number; usual accents are composed."""
    heaped = "a" + "\u0301\u0316" * 16_000
    begun = time.process_time()
    assert cells.text(Cell(heaped)) == heaped
    assert time.process_time() - begun < 0.2
    assert cells.text(Cell("e\u0301" * 1000)) == "é" * 1000
    assert has_heaped_marks("x" * 500 + "\u0301" * 31)
    assert not has_heaped_marks("x" * 500 + "\u0301" * 30)
    assert not has_heaped_marks(("\u0301" * 30 + "x") * 500)


def test_a_long_text_is_made_visible_once() -> None:
    """A cell is asked for its text again and again: three hundred of them once took twenty seconds."""
    text = "e\u0301\u200b" * 1_000
    assert visible(text) == "é" * 1_000
    assert visible(text) is visible(text)


def test_a_figure_of_ragtool_s_own_report_is_the_stored_one_whatever_unit_stands_beside_it() -> None:
    assert figure_cells.stored_number(Cell(5310, shown="£5,310k")) == 5310
