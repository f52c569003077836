"""What a template holds that an officer needn't touch, as digests that tell whether anybody has changed it since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal

from ragtool import columns as c
from ragtool.model import fold
from ragtool.returns.entries import PREFILLED, KeyActionEntry, MeasureEntry, entries_by_heading
from ragtool.workbooks.book import Cell

R = c.ReturnSheets

Held = tuple[str, str | None, str | None, str, object]
"""What a cell holds: its sheet, key, part and heading, and its value."""

SHORT = 8
"""Characters of a row's digest: those of some 3,600 rows stand in one cell."""


def digest_of_cells(cells: Iterable[Held]) -> str:
    """A digest of cells, whatever their order and the blanks in them; empty ones count for nothing."""
    lines = (
        "\x1f".join((sheet, fold(key or ""), fold(part or ""), heading, text))
        for sheet, key, part, heading, value in cells
        if (text := held_text(value))
    )
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def held_text(value: object) -> str:
    """A value as a text that is the same before it is written and once it is read back."""
    if isinstance(value, Cell):
        value = value.fault or value.value
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return format(float(value), ".12g")
    return " ".join(str(value).split())


def prefill_of_rows(key_actions: Iterable[KeyActionEntry], measures: Iterable[MeasureEntry]) -> str:
    """The digest of what stands in a return's rows where a template fills in."""
    rows = [(R.KEY_ACTIONS.name, row) for row in key_actions] + [(R.MEASURES.name, row) for row in measures]
    return digest_of_cells(
        (sheet, row.key, row.part, heading, value)
        for sheet, row in rows
        for heading, value in entries_by_heading(row).items()
        if heading in PREFILLED
    )


def digest_of_last(key: str | None, part: str | None, last_figure: object, last_period: object) -> str:
    """A short digest of the last figure and its period that a measure's row shows, be they blank."""
    values = ((c.KEY, key), (c.LAST_FIGURE, last_figure), (c.LAST_PERIOD, last_period))
    return digest_of_cells((R.MEASURES.name, key, part, heading, value) for heading, value in values)[:SHORT]


def last_changed(measures: Iterable[MeasureEntry], digests: str) -> list[MeasureEntry]:
    """The measures whose last figure or period isn't as their template showed it, which kept these digests; none where
    it kept none.
    """
    shown = set(digests.split())
    rows = measures if shown else ()
    return [row for row in rows if digest_of_last(row.key, row.part, row.last_figure, row.last_period) not in shown]
