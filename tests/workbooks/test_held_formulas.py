"""Formulas that are put in afterwards: the workbook is byte for byte the one that XlsxWriter writes by itself."""

from datetime import datetime
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from ragtool.workbooks.edit.growing_rows import with_growing_rows
from ragtool.workbooks.edit.held_formulas import HeldFormulas

FORMULAS = (
    '=IF(A1<>"","R & A",IF(A1>=0.5,"<",\'Key actions\'!$A$3))',
    "=SUM(A1:A3)",
    "=A900000000",
    "=SUM(A1:A3)",
)


def workbook(formulas: HeldFormulas) -> bytes:
    """A workbook with each formula in a cell, and in a conditional format of each kind."""
    held = BytesIO()
    with Workbook(held, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2013, 10, 1)})  # else the second in which it is written
        look = book.add_format({"bold": True})
        for page in (book.add_worksheet(), book.add_worksheet()):
            page.write_string(9, 9, "<f>900000000</f>")
            page.write_number(9, 8, 900_000_000)
            for row, formula in enumerate(FORMULAS):
                page.write_formula(row, 0, formulas.hold(formula), None, "result")
                rule = {"type": "formula", "criteria": formulas.hold(formula), "format": look}
                page.conditional_format(row, 1, row, 1, rule)
                rule = {"type": "cell", "criteria": "==", "value": formulas.hold(formula), "format": look}
                page.conditional_format(row, 2, row, 2, rule)
    return with_growing_rows(held.getvalue(), formulas)


def test_formulas_are_stored_as_xlsxwriter_stores_them(monkeypatch: pytest.MonkeyPatch) -> None:
    held = workbook(HeldFormulas())
    monkeypatch.setattr(HeldFormulas, "hold", lambda self, formula: formula)
    assert held == workbook(HeldFormulas())


def test_xlsxwriter_is_given_no_formula_to_look_through() -> None:
    given: list[bytes] = []

    class Seen(HeldFormulas):
        def put_into(self, sheet: bytes) -> bytes:
            given.append(sheet)
            return super().put_into(sheet)

    workbook(Seen())
    assert given
    assert not any(b"SUM" in sheet for sheet in given)
