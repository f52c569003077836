"""How much a workbook may hold: a return little, what ragtool wrote itself as much as it has bytes for."""

import random
from pathlib import Path
from struct import pack

import pytest
from xlsxwriter import Workbook

from messy import changed, record, unzipped, wide, xlsb, xlsx, zipped
from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.bounds import RETURN, Bounds, own_bounds, return_bounds
from ragtool.workbooks.opening import open_book, read_into
from ragtool.workbooks.package import Remarks
from ragtool.workbooks.stored import Filling
from ragtool.workbooks.xls import read_xls, rows_to_hold

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


@pytest.mark.parametrize(("begins", "ends"), [(b"<!--", b"-->"), (b"<?x ", b"?>")])
def test_a_long_remark_is_refused_whatever_stands_in_it(begins: bytes, ends: bytes) -> None:
    """Its tags are none, so the time that the parser takes grows with the square of its length."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    for filler, refused in ((b"<a " * 700_000, True), (b"<a " * 30_000, False)):
        data = changed(xlsx(rows), "xl/worksheets/sheet1.xml", b"<sheetData>", begins + filler + ends + b"<sheetData>")
        filling = Filling()
        if refused:
            with pytest.raises(NotAWorkbook, match="unpacks to far more"):
                read_into(filling, data)
        else:
            read_into(filling, data)
            assert filling.sheets["Entries"].rows


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_remarks_are_counted_however_they_are_cut(size: int, encoding: str) -> None:
    xml = "<a><!-- <b> --><?x <c>?><d/><!--<e>".encode(encoding)
    remarks = Remarks()
    lengths = []
    for at in range(0, len(xml), size):
        remarks.add(xml[at : at + size])
        lengths.append(remarks.length)
    assert remarks.end == b"-->"
    assert lengths[0] == 0
    assert remarks.length >= len("<e>")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.bin", "xl/sharedStrings.bin"])
def test_the_records_of_an_xlsb_are_bounded_for_the_whole_file(part: str) -> None:
    parts = unzipped(xlsb([]))
    string = record(19, b"\0" + wide("x"))
    parts[part] += string * (RETURN.cells + 1) if part.endswith("Strings.bin") else record(1) * (RETURN.events // 2 + 1)
    with pytest.raises(NotAWorkbook, match="unpacks to far more"):
        read_into(Filling(), zipped(parts))


def test_an_xls_of_many_sheets_with_a_cell_far_down_is_refused_from_its_records() -> None:
    begins, far_down = pack("<HH", 0x0809, 0), pack("<HHHHHI", 0x0201, 10, 65535, 0, 0, 0)
    assert rows_to_hold((begins + far_down) * 3) == 3 * 65536
    with pytest.raises(NotAWorkbook, match="unpacks to far more"):
        read_xls((begins + far_down) * 200, Filling())
