"""This quarter's rows of the Data sheet."""

from __future__ import annotations

import pandas as pd

from ragtool import columns as c
from ragtool.frames import Row, frame, records
from ragtool.history.earlier import description
from ragtool.history.quarters_so_far import DATA, KEY_ACTION, MEASURE
from ragtool.model import Place
from ragtool.quarter.merge import ENTERED_AT
from ragtool.quarters import Quarter


def quarter_rows(key_actions: pd.DataFrame, measures: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """This quarter's rows of the Data sheet, from the rated items, each measure with the level that it was rated by."""
    rows: list[Row] = []
    for kind, items in ((KEY_ACTION, key_actions), (MEASURE, measures)):
        for row in records(items):
            kept = {heading: row.get(heading) for heading in DATA}
            if kind == MEASURE:
                kept[c.SOURCE] = source_of(row)
            panels = "; ".join(row[c.PANEL]) or None
            rows.append({**kept, c.QUARTER: quarter, c.KIND: kind, c.DESCRIPTION: description(row), c.PANEL: panels})
    return frame(rows, DATA)


def source_of(row: Row) -> str | None:
    """The cell that a measure's figure was typed in; None where it wasn't this quarter."""
    place: Place | None = row[ENTERED_AT]
    return place.source(c.PERFORMANCE) if place and row[c.PERFORMANCE] is not None else None


def add_quarter(earlier: pd.DataFrame, rows: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """All quarters with this one's rows at the end, in place of any that a re-run finds of it already."""
    kept = [row for row in records(earlier) if row[c.QUARTER] != quarter]
    kept.sort(key=lambda row: row[c.QUARTER])
    return frame([*kept, *records(rows)], dict.fromkeys((*rows.columns, *earlier.columns)))
