"""The Sign-off sheet of a return: who filled it in, and who answers for it."""

from __future__ import annotations

from ragtool import columns as c
from ragtool.model import Query
from ragtool.returns.entries import SignOffEntry
from ragtool.returns.found_sheets import FoundSheets
from ragtool.sheets import date_cells
from ragtool.sheets.tables import read_table

S = c.ReturnSheets


def read_sign_off(sheets: FoundSheets, queries: list[Query]) -> SignOffEntry:
    """The entries of the Sign-off sheet, the date as a date where it is one."""
    worksheet, odd = sheets.find(S.SIGN_OFF)
    sheet = c.Sheet(worksheet.name if worksheet else S.SIGN_OFF.name, S.SIGN_OFF.headings)
    table = read_table(sheets.book, sheet, {c.ENTRY: date_cells.day_or_text}, set(S.SIGN_OFF.headings))
    queries += [*odd, *table.queries]
    rows = {(row[c.FIELD] or "").casefold().rstrip(":"): row for row in table.rows}
    named = (rows.get(name.casefold()) for name in c.SignOff.ALL)
    completed_by, job_title, signed_off_by, on, comments = (row[c.ENTRY] if row else None for row in named)
    signed, dated = (rows.get(name.casefold()) for name in (c.SignOff.SIGNED_OFF_BY, c.SignOff.DATE))
    signed_at = signed.at.cell(c.ENTRY) if signed else SignOffEntry.signed_at
    dated_at = dated.at.cell(c.ENTRY) if dated else SignOffEntry.dated_at
    return SignOffEntry(completed_by, job_title, signed_off_by, on, comments, signed_at, dated_at)
