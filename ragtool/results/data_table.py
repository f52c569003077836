"""Reported quarters as one long frame, a row for each key action, measure and part in a quarter.

| columns | dtype |
|---|---|
| Quarter (`2013/14 Q2`), Kind, RAG, Rule RAG (letters), Better when, Basis, Status, Data status, Origin | category |
| Key, Part, Description, Service area, Panel, Period, Target period, Unit, Mark | string |
| Why, Source, Formerly, Reason | string |
| Performance, Target, Range low, Range high, Red ..., Stretch target, Benchmark, the year's targets | object: Decimal |
| Intervention level, Green within | object: Decimal, a share, or the text `5 points` |
| Shortfall | object: Fraction, positive is worse |
| Escalated | boolean |
| Quarter starts | object: date |

Figures are exact, in the row's Unit, shares where that is `%`. What is blank is missing (`pd.NA` or None).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from ragtool import columns as c
from ragtool.figures import Points
from ragtool.history.reported import Reported
from ragtool.quarters import Quarter
from ragtool.sheets.typed_rows import columns_of

CHOICES = (c.QUARTER, c.KIND, c.RAG, c.RULE_RAG, c.BETTER_WHEN, c.BASIS, c.STATUS, c.DATA_STATUS, c.ORIGIN, c.FORECAST)
TEXTS = (c.KEY, c.PART, c.DESCRIPTION, c.SERVICE_AREA, c.PANEL, c.PERIOD, c.TARGET_PERIOD, c.UNIT, c.MARK, c.WHY) + (
    c.SOURCE,
    c.FORMERLY,
    c.REASON,
)
DTYPES = {
    **dict.fromkeys(CHOICES, "category"),
    **dict.fromkeys(TEXTS, "string"),
    c.ESCALATED: "boolean",
}
"""The dtype of each column that isn't of exact figures."""


def data_table(rows: Sequence[Reported], only: Collection[str] = ()) -> pd.DataFrame:
    """The rows of the Data sheet as a frame, with all its columns or `only` some."""
    return pd.DataFrame(
        {
            each.heading: pd.Series([as_held(getattr(row, each.field)) for row in rows], dtype=dtype_of(each.heading))
            for each in columns_of(Reported)
            if not only or each.heading in only
        }
    )


def dtype_of(heading: str) -> str:
    """The dtype of a column: exact figures stay the objects that they are."""
    return DTYPES.get(heading, "object")


def as_held(value: object) -> object:
    """A value as the frame holds it: quarters, marks and levels in points as their texts."""
    if value is None:
        return None
    if isinstance(value, tuple):
        return "; ".join(map(str, value)) or None
    return str(value) if isinstance(value, Quarter | Points | str) else value
