"""The pack of the 2013/14 sample takes no more pages than the published report did, as LibreOffice prints it too."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from look_checks import CHECKS_OF_PRINT, WrittenBook, no_page_is_nearly_empty
from on_paper import OnPaper

from make_samples import CHECKOUT
from ragtool.cli import run
from ragtool.workbooks.printed import find_libreoffice, print_workbooks

PUBLISHED = 18
"""Pages of the report to Cabinet."""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's committee pack."""
    copy = tmp_path_factory.mktemp("sample") / "2013-14 Q2"
    shutil.copytree(CHECKOUT / "samples" / copy.name, copy)
    assert run(["consolidate", str(copy)]) == 1
    return copy / "2013-14 Q2 committee pack.xlsx"


def test_it_takes_as_many_pages_as_the_published_report(pack: Path) -> None:
    pages = {sheet.title: len(OnPaper(sheet).pages) for sheet in WrittenBook(pack).sheets}
    assert sum(pages.values()) <= PUBLISHED, pages


def test_its_pages_can_be_read(pack: Path) -> None:
    written = WrittenBook(pack)
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
