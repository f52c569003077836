"""Each check of looks finds the fault that it is for, in a workbook with every one of them."""

from __future__ import annotations

import pytest
from look_checks import CHECKS, CHECKS_OF_PRINT, CHECKS_OF_REPORTS, Check, WrittenBook
from xlsxwriter import Workbook

from ragtool import columns as c
from ragtool.report.red_table import RED_TABLE


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> WrittenBook:
    """A workbook with every fault."""
    path = tmp_path_factory.mktemp("bad") / "bad.xlsx"
    with Workbook(str(path)) as book:
        first, second = book.add_worksheet("First"), book.add_worksheet("Second")
        wrapped = book.add_format({"text_wrap": True})
        first.write("A2", "pale on white", book.add_format({"font_color": "#CCCCCC"}))
        first.write("A3", "R", book.add_format({"bg_color": "#00703C", "font_color": "#FFFFFF"}))
        first.write("A4", "G", book.add_format({"bg_color": "#D4351C", "font_color": "#FFFFFF"}))
        first.merge_range("C1:D1", "merged", wrapped)
        first.write_formula("A5", '=HYPERLINK("#Third!A1","here")', value="here")
        first.set_row(5, 12)
        first.write("A6", "a text that needs many lines in so narrow a column " * 3, wrapped)
        first.write("A7", "a text that runs on over its neighbour")
        first.write("B7", "neighbour")
        first.write("B8", 123456, book.add_format({"num_format": '#,##0" households"', "indent": 1}))
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=First!$A$1:$A$2"})
        first.insert_chart("F1", chart)
        second.write_row("A1", ["Key", "Value"])
        second.autofilter("A1:B9")
        second.activate()
        second.set_selection("B4")
        for row in range(1, 34):
            second.write(row, 0, "x")
        second.print_area("A1:B34")
        second.fit_to_pages(1, 0)
        second.set_landscape()
        second.set_paper(9)
        second.set_margins(top=0.75, bottom=0.75)
        quiet = book.add_format({"font_color": "#595959", "font_size": 10})
        for row, text in enumerate(["R", "R", "A text that takes two lines", "A text that takes two lines"]):
            first.write(20 + row, 12, text, quiet)
        first.set_row(23, 60)
        first.write("T1", -0.2)
        first.add_sparkline("U1", {"range": "First!T1:T1", "type": "column", "max": 0.2, "min": -0.2})
        parted = book.add_worksheet("Parted")
        parted.add_table("A1:B90", {"columns": [{"header": "One"}, {"header": "Other"}]})
        parted.write("B90", "last")
        parted.set_row(0, 60)
        summary = book.add_worksheet("Summary")
        summary.set_row(0, 400)
        summary.add_table("A2:B9", {"name": RED_TABLE, "columns": [{"header": "Key"}, {"header": "Why"}]})
        third = book.add_worksheet("Wide")
        third.write("A1", "small", book.add_format({"font_size": 7}))
        third.set_paper(9)
        third.set_print_scale(80)
        third.set_column_pixels("A:M", 200)
        third.print_area("A1:M2")
        figures = book.add_worksheet("Figures")
        headings = [{"header": heading} for heading in (c.WHY, c.PERFORMANCE, c.PERIOD, c.DATA_STATUS)]
        figures.add_table("A1:D2", {"columns": headings, "data": [["Not rated yet.", 7, "2013/14 Q2", "Final"]]})
        figures.print_area("A1:A2")
    return WrittenBook(path)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("check", [*CHECKS, *CHECKS_OF_REPORTS, *CHECKS_OF_PRINT], ids=lambda check: check.__name__)
def test_a_fault_is_seen(bad: WrittenBook, check: Check) -> None:
    assert list(check(bad))
