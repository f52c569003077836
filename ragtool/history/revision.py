"""How a change of what was reported is told: what it was, what it is now, why, and who says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ragtool import columns as c
from ragtool.figures import exact, show
from ragtool.history.reported import Reported, Revision
from ragtool.model import Origin, Rating, yes_or_no
from ragtool.quarters import Quarter, when_text

BLANK = "blank"
"""How a value is told that isn't there."""


def field_name(heading: str) -> str:
    """What a column of the Data sheet is called where it is said to have changed: a description is an item's title."""
    return "Title" if heading == c.DESCRIPTION else heading


def revision(
    then: Reported,
    field: str,
    was: object,
    now: object,
    source: str,
    origin: Origin,
    reason: str | None = None,
    quarter: Quarter | None = None,
) -> Revision:
    """A change of an item in the quarter of a row, or in `quarter`; figures are shown in the row's unit."""
    unit = then.unit or ""
    return Revision(
        quarter=quarter or then.quarter,
        key=then.key,
        part=then.part,
        field=field,
        was=shown_value(was, unit),
        now=shown_value(now, unit),
        reason=reason,
        source=source,
        origin=origin,
    )


def shown_value(value: object, unit: str = "") -> str:
    """A value as the Revisions sheet shows it."""
    if value is None or value == "":
        return BLANK
    if isinstance(value, Rating):
        return value.word
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, Quarter | date):
        return when_text(value)
    return show(value, unit) if isinstance(value, Decimal) else str(value)


def same(one: object, other: object) -> bool:
    """Whether two values of the Data sheet are one: figures as far as a workbook holds their digits."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return exact(float(one)) == exact(float(other))
    return one == other
