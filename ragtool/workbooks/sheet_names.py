"""What a sheet may be called."""

from __future__ import annotations

from ragtool.workbooks.texts import printable

LONGEST_SHEET_NAME = 31
"""Excel's, in UTF-16."""

NOT_IN_SHEET_NAMES = "[]:*?/\\"


def is_sheet_name(name: str) -> bool:
    """Whether Excel opens a workbook in which a sheet is called so."""
    return (
        0 < len(name.encode("utf-16-le", "surrogatepass")) <= 2 * LONGEST_SHEET_NAME
        and not set(name) & {*NOT_IN_SHEET_NAMES, "\n", "\r", "\t"}
        and name == printable(name).strip("'")
    )
