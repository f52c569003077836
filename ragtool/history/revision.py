"""A row of the Revisions sheet: what was reported, what it is now, why, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ragtool import columns as c
from ragtool.figures import exact, show
from ragtool.frames import Row
from ragtool.model import Rating, yes_or_no
from ragtool.quarters import Quarter, when_text

RERUN = "run again after"
"""How the Source of a Revisions row begins that tells what differs from the quarter's own report in place."""


def field_name(heading: str) -> str:
    """What a column of the Data sheet is called where it is said to have changed: a description is an item's title."""
    return "Title" if heading == c.DESCRIPTION else heading


def revision(about: Mapping[str, Any], field: str, was: object, now: object, reason: object, source: str) -> Row:
    """A Revisions row about an item in a quarter; figures are shown in the unit of `about`."""
    return {
        c.QUARTER: about[c.QUARTER],
        c.KEY: about[c.KEY],
        c.PART: about.get(c.PART),
        c.FIELD: field,
        c.WAS: shown(was, about),
        c.NOW: shown(now, about),
        c.REASON: reason,
        c.SOURCE: source,
    }


def shown(value: object, about: Mapping[str, Any]) -> str:
    """A value as the Revisions sheet shows it."""
    if value is None or value == "":
        return "blank"
    if isinstance(value, Rating):
        return value.word
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, Quarter | date):
        return when_text(value)
    return show(value, about.get(c.UNIT) or "") if isinstance(value, Decimal) else str(value)


def same(one: object, other: object) -> bool:
    """Whether two values of the Data sheet are one: figures as far as a workbook holds their digits."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return exact(float(one)) == exact(float(other))
    return one == other
