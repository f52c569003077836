"""The Exceptions sheet: the worst item first, a row a reason, and in red where nothing is proposed."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.looks import printing
from ragtool.looks.palette import RATING_LOOKS, Properties
from ragtool.looks.style import STRONG_LINE, Style
from ragtool.model import Rating
from ragtool.report.report_table import write_report_table
from ragtool.report.sheet_rows import NONE_PROPOSED, ShownRow, exception_row
from ragtool.report.table_layout import Layout
from ragtool.results.results import Results

WIDTHS = {
    c.REASON: 14,
    c.KEY: 10,
    c.DESCRIPTION: 30,
    c.RAG: 6,
    c.SERVICE_AREA: 20,
    c.OFFICER_LEADS: 20,
    c.DETAIL: 46,
    c.RESOLUTION: 40,
    c.DUE: 12,
    c.REVISED_DATE: 12,
}
IN_VIEW = 2
ABOUT = "What needs attention, the worst item first: a row a reason, an item's rows together."
LATER = "later"
"""Under this, which is no heading, a row says which headings have what its item's row above has."""
SAID_ONCE = (c.KEY, c.DESCRIPTION, c.RAG, c.SERVICE_AREA, c.OFFICER_LEADS, c.RESOLUTION)
"""What an item's rows may have alike."""


def write_exceptions(sheet: Worksheet, style: Style, results: Results) -> None:
    """Writes the sheet."""
    layout = Layout(
        WIDTHS,
        IN_VIEW,
        row_look=item_edge,
        cell_looks={c.RESOLUTION: none_in_red},
        repeats=lambda row, heading: heading in row[LATER],
        about=ABOUT,
        least_points=printing.LEAST_POINTS,
    )
    write_report_table(sheet, style, results, exception_rows(results), layout)


def exception_rows(results: Results) -> list[dict[str, Any]]:
    """The rows, each with the headings under which it says again what the row above says of the same item."""
    rows: list[dict[str, Any]] = []
    for each in results.exceptions:
        row, above = exception_row(each), rows[-1] if rows else {}
        alike = {
            heading for heading in SAID_ONCE if row[heading] == above.get(heading) and row[heading] != NONE_PROPOSED
        }
        rows.append({**row, LATER: frozenset(alike) if row[c.KEY] == above.get(c.KEY) else frozenset()})
    return rows


def item_edge(row: ShownRow) -> Properties:
    """A strong line above each item."""
    return {} if c.KEY in row[LATER] else {"top": 1, "top_color": STRONG_LINE}


def none_in_red(row: ShownRow) -> Properties:
    """What is missing is said in red."""
    return {"font_color": RATING_LOOKS[Rating.RED].fill, "bold": True} if row[c.RESOLUTION] == NONE_PROPOSED else {}
