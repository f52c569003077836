"""Rows that grow with what is typed: their heights stand as those that a program worked out, and nobody fixed."""

from __future__ import annotations

import io
import re
import zipfile

SHEET_PARTS = "xl/worksheets/"
FIXED = re.compile(rb'(<row [^>]*?) customHeight="1"')
"""The mark by which a program keeps a row as high as it is, whatever is typed there."""


def with_growing_rows(data: bytes) -> bytes:
    """A new workbook, as XlsxWriter makes it, whose rows Excel and others make higher with what is typed.

    Without any height at all LibreOffice would show and print one line of each row.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for part in parts.infolist():
            content = parts.read(part)
            made.writestr(part, FIXED.sub(rb"\1", content) if part.filename.startswith(SHEET_PARTS) else content)
    return held.getvalue()
