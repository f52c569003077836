"""What commands give as pandas frames, for notebooks: the columns of a report's sheets with lasting dtypes.

| frame | columns | dtype |
|---|---|---|
| ratings | those of Data | see `ragtool.results.data_table` |
| queries | File, Sheet, Cell, Key, Problem, What to do | string |
| | Severity (Error, Query) | category |
| returns | Service area, File, Milestones, Measures (`5 of 7`), Chase, SHA-256 | string |
| | Received | boolean |
| | Signed off by, Signed off on (a date, or the text that was typed) | object |
| | Queries, Rows found, Rows used, Rows refused, Rows passed over | Int64 |
| counts | Kind (Key action, Measure), RAG (letters) | category |
| | Count (as published), Rule count | Int64 |

What is blank is missing (`pd.NA` or None). `counts` has a row for each kind and every state, also where none has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ragtool import columns as c
from ragtool.model import Kind, Query, Rating, Severity
from ragtool.quarter.items import RatedItem
from ragtool.report.sheet_rows import query_row, return_row
from ragtool.results.results import ReturnStatus

COUNT, RULE_COUNT = "Count", "Rule count"
"""How many items are published with a rating, and how many have it by the rule."""

RETURN_TEXTS = (c.SERVICE_AREA, c.FILE, c.MILESTONES_FILLED, c.MEASURES_FILLED, c.CHASE, c.SHA256)
RETURN_COUNTS = (c.QUERIES, c.ROWS_FOUND, c.ROWS_USED, c.ROWS_REFUSED, c.ROWS_PASSED_OVER)


def query_frame(queries: Iterable[Query]) -> pd.DataFrame:
    """Queries as a frame, with the columns of the Queries sheet."""
    severity = pd.CategoricalDtype([each.value for each in Severity])
    dtypes = dict.fromkeys(c.ReportSheets.QUERIES.headings, "string") | {c.SEVERITY: severity}
    return framed([query_row(query) for query in queries], dtypes)


def return_frame(returns: Iterable[ReturnStatus]) -> pd.DataFrame:
    """Returns as a frame, with the columns of the Returns sheet and what became of their rows."""
    dtypes = dict.fromkeys((*c.ReportSheets.RETURNS.headings, *RETURN_COUNTS), "object")
    dtypes |= dict.fromkeys(RETURN_TEXTS, "string") | dict.fromkeys(RETURN_COUNTS, "Int64") | {c.RECEIVED: "boolean"}
    return framed([return_row(row) for row in returns], dtypes)


def count_frame(items: Sequence[RatedItem]) -> pd.DataFrame:
    """How many key actions and measures have each rating, parts not counted."""
    wholes = [item for item in items if item.part is None]
    published = Counter((item.item.kind, item.published.rating) for item in wholes)
    by_rule = Counter((item.item.kind, item.published.rule) for item in wholes)
    states = [(kind, rating) for kind in Kind for rating in Rating]
    rows = [
        {c.KIND: kind.value, c.RAG: rating.value, COUNT: published[kind, rating], RULE_COUNT: by_rule[kind, rating]}
        for kind, rating in states
    ]
    kinds, letters = (pd.CategoricalDtype([each.value for each in words]) for words in (Kind, Rating))
    return framed(rows, {c.KIND: kinds, c.RAG: letters, COUNT: "Int64", RULE_COUNT: "Int64"})


def framed(rows: Sequence[Mapping[str, Any]], dtypes: Mapping[str, Any]) -> pd.DataFrame:
    """Rows as a frame of these columns, whose dtypes don't hang on what is in them; an empty text is missing."""
    columns = {heading: [row.get(heading) for row in rows] for heading in dtypes}
    return pd.DataFrame(
        {
            heading: pd.Series([None if value == "" else value for value in columns[heading]], dtype=dtype)
            for heading, dtype in dtypes.items()
        }
    )
