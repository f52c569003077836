"""What a new workbook has that XlsxWriter can't write: rows that grow with what is typed, whose heights stand as those
that a program worked out, and nobody fixed.
"""

from __future__ import annotations

import io
import re
import zipfile

from ragtool.workbooks.edit.held_formulas import HeldFormulas

SHEET_PARTS = "xl/worksheets/"
FIXED = re.compile(rb'(<row [^>]*?) customHeight="1"')
"""The mark by which a program keeps a row as high as it is, whatever is typed there."""


def with_growing_rows(data: bytes, formulas: HeldFormulas | None = None) -> bytes:
    """A new workbook, as XlsxWriter makes it, with its `formulas`, if any were held back.

    Its rows are made higher with what is typed by Excel and others.
    Without any height at all LibreOffice would show and print one line of each row.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename.startswith(SHEET_PARTS):
                content = FIXED.sub(rb"\1", content)
                content = formulas.put_into(content) if formulas else content
            made.writestr(part, content)
    return held.getvalue()
