"""The committee pack and the PDFs, as consolidate puts them beside the report."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ragtool.commands.pdfs import NOT_INSTALLED
from ragtool.workbooks.printed import find_libreoffice
from small_quarter import CHILDREN, return_of

PACK, PANEL = "2013-14 Q2 committee pack", "2013-14 Q2 Safer"


def outputs(folder: Path) -> set[str]:
    """The names of what stands beside the report."""
    return {path.name for path in (*folder.glob("*pack*"), *folder.glob("panels/*"))}


def test_a_final_reports_pack_is_never_replaced(quarter):
    quarter.run("consolidate", quarter.folder, "--final")
    pack = quarter.folder / f"{PACK}.xlsx"
    final = pack.read_bytes()
    return_of(quarter.folder, CHILDREN).unlink()
    quarter.run("consolidate", quarter.folder, "--final")
    quarter.run("consolidate", quarter.folder, "--output", quarter.folder / "other.xlsx")
    assert pack.read_bytes() == final
    assert {f"{PACK}.xlsx", f"{PACK} v2.xlsx", f"{PACK} v3.xlsx"} <= outputs(quarter.folder)


def test_without_libreoffice_a_sentence_says_so_and_the_rest_is_written(quarter, monkeypatch):
    monkeypatch.setattr("ragtool.commands.pdfs.find_libreoffice", lambda: None)
    ran = quarter.run("consolidate", quarter.folder, "--pdf")
    assert (ran.status, ran.err.strip()) == (1, NOT_INSTALLED)
    assert outputs(quarter.folder) == {f"{PACK}.xlsx", f"{PANEL}.xlsx"}


def test_a_libreoffice_that_prints_nothing_stops_the_run(quarter, monkeypatch, tmp_path):
    broken = shutil.which("true")
    if not broken:
        pytest.skip("there is no program here that ends at once, to stand for a LibreOffice that prints nothing")
    monkeypatch.setattr("ragtool.commands.pdfs.find_libreoffice", lambda: Path(broken))
    ran = quarter.run("consolidate", quarter.folder, "--pdf")
    assert (ran.status, "could not print" in ran.err) == (2, True)
    assert outputs(quarter.folder) == set()


@pytest.mark.skipif(not find_libreoffice(), reason="LibreOffice isn't installed, and it is what prints")
def test_pack_and_panel_reports_are_printed_and_old_pdfs_named(quarter):
    ran = quarter.run("consolidate", quarter.folder, "--pdf")
    pdfs = {f"{PACK}.pdf", f"{PANEL}.pdf"}
    assert outputs(quarter.folder) == pdfs | {f"{PACK}.xlsx", f"{PANEL}.xlsx"}
    assert all(path.read_bytes().startswith(b"%PDF") for path in quarter.folder.rglob("*.pdf"))
    assert f"PDF: {quarter.folder / f'{PACK}.pdf'}" in ran.out
    again = quarter.run("consolidate", quarter.folder)
    assert f"{quarter.folder / f'{PACK}.pdf'}. To make it anew, run with --pdf." in again.err


def test_libreoffice_is_found_where_its_installer_puts_it_on_windows(monkeypatch, tmp_path):
    program = tmp_path / "LibreOffice" / "program" / "soffice.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert find_libreoffice() == program
