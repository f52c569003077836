"""How much a workbook may hold: a return little, what ragtool wrote itself as much as it has bytes for."""

import random
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.bounds import RETURN, Bounds, own_bounds, return_bounds
from ragtool.workbooks.opening import open_book

ROWS, COLUMNS = 4_100, 100


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More cells than any return has, which differ as those of a report do."""
    path, dice = tmp_path_factory.mktemp("large") / "report.xlsx", random.Random(1)
    with Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet, other = workbook.add_worksheet("Data"), workbook.add_worksheet("Other")
        for row in range(ROWS):
            for column in range(COLUMNS):
                sheet.write_number(row, column, dice.randrange(1000))
        other.write_string(0, 0, "small")
    return path


def test_a_report_is_read_that_has_more_cells_than_any_return(large):
    rows = open_book(large, own_bounds, ["Data"]).sheets["Data"].rows
    assert sum(len(row) for row in rows.values()) == ROWS * COLUMNS > RETURN.cells


def test_what_holds_more_cells_than_its_bounds_is_refused(large):
    with pytest.raises(NotAWorkbook, match="more than 100,000 filled rows, 1,000 cells"):
        open_book(large, lambda size: Bounds(cells=1_000))


def test_only_the_sheets_that_are_asked_for_are_read(large):
    book = open_book(large, return_bounds, [" other "])
    assert {name: sheet.rows[1][1].value for name, sheet in book.sheets.items()} == {"Other": "small"}
    assert not open_book(large, return_bounds, ["Neither"]).sheets


@pytest.mark.parametrize("bounds", [Bounds(unpacked=10_000), Bounds(events=1_000)])
def test_what_unpacks_to_more_than_its_bounds_is_refused(large, bounds):
    with pytest.raises(NotAWorkbook, match="unpacks to far more"):
        open_book(large, lambda size: bounds)


def test_small_files_are_bounded_alike():
    """A bomb is a small file, whatever it calls itself."""
    assert own_bounds(20_000) == Bounds(file=own_bounds(0).file)
    assert own_bounds(10**9).cells > 10**8
