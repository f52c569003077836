"""Frames whose cells keep their Python types: object columns, None for blank, never NaN."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import pandas as pd

from ragtool import columns as c

Row = dict[str, Any]

LABELLED_BY = ((c.KEY, ""), (c.PART, "part "), (c.NO, "no. "))
"""The columns that say what a row is about, and the word before each."""


def frame(rows: Iterable[Mapping[str, Any]], headings: Collection[str]) -> pd.DataFrame:
    """Rows as a frame with these columns; what a row lacks is None."""
    columns = list(headings)
    return pd.DataFrame([[row.get(heading) for heading in columns] for row in rows], columns=columns, dtype=object)


def records(items: pd.DataFrame) -> list[Row]:
    """A frame's rows as dictionaries by heading.

    Not to_dict("records"): it looks at the type of every value again, which takes half of a large run.
    """
    headings = list(items.columns)
    return [dict(zip(headings, values, strict=True)) for values in items.to_numpy(dtype=object).tolist()]


def objects(values: Iterable[object]) -> pd.Series[Any]:
    """Values as a column of objects, so that None stays None and 1 stays 1."""
    return pd.Series(list(values), dtype=object)


def where(items: pd.DataFrame, keep: Callable[[Row], object]) -> pd.DataFrame:
    """The rows for which `keep` holds, numbered afresh; all columns even where no row is left."""
    return frame([row for row in records(items) if keep(row)], list(items.columns))


def label(row: Row) -> str:
    """What a row is about, as people say it: `K36 no. 3`, `P14 part 2`."""
    return " ".join(f"{before}{row[heading]}" for heading, before in LABELLED_BY if row.get(heading))


def left_merge(left: pd.DataFrame, right: pd.DataFrame, on: list[str]) -> pd.DataFrame:
    """`left` with what `right` has for the same keys; None, not NaN, where it has nothing.

    Raises pandas.errors.MergeError where `right` has a key twice.
    """
    merged = left.merge(right, how="left", on=on, validate="many_to_one")
    filled: pd.DataFrame = merged.astype(object).where(merged.notna(), None)
    return filled


AT = "At"
"""The frame column that holds each row's `Place`."""
