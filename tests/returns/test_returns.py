"""What officers type in a return's cells, and what is made of it: the forms that docs/returns.md lists, and others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ragtool.model import DataStatus, MilestoneStatus
from ragtool.sheets import cells, date_cells, figure_cells
from ragtool.sheets.typed_figures import is_no_answer
from ragtool.sheets.unreadable import Unreadable
from ragtool.workbooks.opening import Cell


@pytest.mark.parametrize(
    ("typed", "unit", "figure"),
    [
        ("1\u202f280", "homes", "1280"),
        ("\u202a85\u200b\u202c", "homes", "85"),
        ("\uff18\uff15", "homes", "85"),
        ("85 homes", "homes", "85"),
        ("1.5k", "homes", "1500"),
        ("(12.5)", "homes", "-12.5"),
        ("£85", "£", "85"),
        ("£85", "", "85"),
        ("4.6m", "m", "4.6"),
        ("£4.6m", "£m", "4.6"),
        ("4.6m", "£", "4600000"),
        ("+5", "", "5"),
        ("74.4\u00a0%", "%", "0.744"),
        ("-0.5%", "%", "-0.005"),
        ("0", "%", "0"),
        ("£ 1,250.50", "£", "1250.50"),
        ("-£ 1,250", "£", "-1250"),
        ("£(1,250)", "£", "-1250"),
        ("£ ( 1,250 )", "£", "-1250"),
        ("( £1,250 )", "£", "-1250"),
        ("5km", "km", "5"),
        ("50Homes", "homes", "50"),
        ("4 000", "000", "4000"),
    ],
)
def test_a_typed_figure_is_read(typed: str, unit: str, figure: str) -> None:
    assert figure_cells.figure(Cell(typed), unit) == Decimal(figure)


@pytest.mark.parametrize(
    ("typed", "unit", "problem", "what_to_do"),
    [
        ("5m", "minutes", "In '5m', m may stand for minutes, or times 1,000,000.", "Type the figure in minutes,"),
        ("3M", "months", "In '3M', M may stand for months, or times 1,000,000.", "Type the figure in months,"),
        ("5k", "km", "In '5k', k may stand for km, or times 1,000.", "Type the figure in km, as a plain number."),
        ("$85", "£", "'$85' is in $, but the unit is £.", "Type the figure in £, as a plain number."),
        ("£74.4%", "%", "'£74.4%' is not a figure.", "Type the figure alone, as a number."),
        ("4m%", "%", "'4m%' is not a figure.", "Type the figure alone, as a number."),
        (
            "0.75",
            "%",
            "'0.75' stands as text without a percent sign.",
            "Type it with the sign: 0.75% or 75%, as is meant.",
        ),
        ("74.4", "%", "'74.4' stands as text without a percent sign.", "Type it with the sign: 74.4%."),
        (
            "-0.0475",
            "%",
            "'-0.0475' stands as text without a percent sign.",
            "Type it with the sign: -0.0475% or -4.75%, as is meant.",
        ),
        ("9" * 41, "", f"'{'9' * 41}' is not a figure.", "Type the figure alone, as a number."),
        ("word " * 100, "", f"'{('word ' * 16).strip()}…' is not a figure.", "Type the figure alone, as a number."),
        ("-£(5)", "£", "'-£(5)' is not a figure.", "Type the figure alone, as a number."),
        ("(£(5)", "£", "'(£(5)' is not a figure.", "Type the figure alone, as a number."),
        ("(5", "", "'(5' is not a figure.", "Type the figure alone, as a number."),
        ("80/85", "", "'80/85' is not a figure.", "Type the figure alone, as a number."),
        ("awaiting data", "", "'awaiting data' is no figure.", "Leave the cell empty, and choose Not available"),
        ("tbd", "", "'tbd' is no figure.", "Leave the cell empty, and choose Not available"),
    ],
)
def test_a_typed_figure_that_is_none_or_could_be_two_is_refused(
    typed: str, unit: str, problem: str, what_to_do: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        figure_cells.figure(Cell(typed), unit)
    assert refused.value.problem == problem
    assert refused.value.what_to_do.startswith(what_to_do)


def test_a_number_in_a_percentage_cell_is_what_is_stored_and_elsewhere_above_1_it_could_be_two() -> None:
    assert figure_cells.figure(Cell(0.744), "%") == Decimal("0.744")
    assert figure_cells.figure(Cell(1.05, percent=True), "%") == Decimal("1.05")
    with pytest.raises(Unreadable, match=r"it may mean 74\.4 % or 7440 %"):
        figure_cells.figure(Cell(74.4), "%")


@pytest.mark.parametrize(
    "typed",
    [
        "30.9.13",
        "30-9-13",
        "Mon 30th Sept 2013",
        "30 September, 2013",
        "2013-09-30 00:00:00",
        "2013-09-30T00:00:00Z",
        "30/09/2013 00:00",
        "\u200e30/09/2013\u200f",
        "30/Sep/2013",
        "30Sep13",
        "30 Sep. 2013",
        "30th of September 2013.",
        "30 / 09 / 2013",
        "30\u201109\u20132013",
        "2013/09/30",
        "30/09/2013 2:30 pm",
    ],
)
def test_a_typed_date_is_read(typed: str) -> None:
    assert date_cells.day(Cell(typed)) == date(2013, 9, 30)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("September", "'September' is not a date."),
        ("30/09", "'30/09' is not a date."),
        (41547, "'41547' is not a date. As a date it would be 30/09/2013."),
        (12, "'12' is not a date."),
        (True, "'True' is not a date."),
    ],
)
def test_what_is_no_date_is_refused(typed: str | int, problem: str) -> None:
    with pytest.raises(Unreadable) as refused:
        date_cells.day(Cell(typed))
    assert refused.value.problem == problem


@pytest.mark.parametrize("typed", ["Complete", " complete", "COMPLETE.", "Completed", "com\u200bplete"])
def test_a_status_is_read_however_it_is_written(typed: str) -> None:
    assert cells.choice(MilestoneStatus)(Cell(typed)) is MilestoneStatus.COMPLETE


@pytest.mark.parametrize("typed", ["Done", "Partly complete", "Not complete", "C", "100%", "Yes"])
def test_a_status_that_is_none_of_the_choices_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable, match="is not one of the choices"):
        cells.choice(MilestoneStatus)(Cell(typed))


def test_a_word_for_nothing_is_no_choice_and_no_name() -> None:
    with pytest.raises(Unreadable):
        cells.choice(DataStatus)(Cell("n/a"))
    assert is_no_answer(" TBC ")
    assert not is_no_answer("T. B. Clarke")


def test_texts_lose_what_nobody_sees_and_keep_what_joins_letters() -> None:
    assert cells.text(Cell("\ufeffCafe\u0301 \u200b\u00adone")) == "Café one"
    family = "👩\u200d👧"
    assert cells.text(Cell(family)) == family
