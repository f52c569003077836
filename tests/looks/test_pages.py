"""The pack of the 2013/14 sample takes no more pages than the published report did, as LibreOffice prints it too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from look_checks import CHECKS_OF_PRINT, WrittenBook, no_page_is_nearly_empty
from on_paper import OnPaper

from ragtool.workbooks.printed import find_libreoffice, print_workbooks

PUBLISHED = 18
"""Pages of the report to Cabinet."""


@pytest.fixture
def pack(sample_2013: Path) -> Path:
    """The sample's committee pack."""
    return sample_2013 / "2013-14 Q2 committee pack.xlsx"


@pytest.fixture(scope="module")
def written(sample_2013: Path) -> WrittenBook:
    """The same, opened once."""
    return WrittenBook(sample_2013 / "2013-14 Q2 committee pack.xlsx")


def test_it_takes_as_many_pages_as_the_published_report(written: WrittenBook) -> None:
    pages = {sheet.title: len(OnPaper(sheet).pages) for sheet in written.sheets}
    assert sum(pages.values()) <= PUBLISHED, pages


def test_its_pages_can_be_read(written: WrittenBook) -> None:
    assert [fault for check in (*CHECKS_OF_PRINT, no_page_is_nearly_empty) for fault in check(written)] == []


@pytest.mark.skipif(not find_libreoffice(), reason="LibreOffice isn't installed, and it is what prints")
def test_libreoffice_prints_it_on_as_many_pages(pack: Path) -> None:
    libreoffice = find_libreoffice()
    assert libreoffice
    (printed,) = print_workbooks(libreoffice, [pack])
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= PUBLISHED


def test_a_panels_measures_need_no_page_for_every_few(sample_2015: Path) -> None:
    """16 rows of measures and parts, and a third of them with texts beside."""
    report = WrittenBook(sample_2015 / "panels" / "2015-16 Q2 Caring Plymouth.xlsx")
    assert len(OnPaper(report.book["Measures"]).pages) <= 2
