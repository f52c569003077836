"""What a template fills in for its officers, as a digest that tells whether anybody has changed it since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from ragtool import columns as c
from ragtool.model import fold
from ragtool.quarters import Quarter
from ragtool.returns.entries import PREFILLED, entries_by_heading
from ragtool.returns.one_return import Return
from ragtool.returns.template.area_items import AreaItems
from ragtool.returns.template.return_rows import answers_known, prefilled
from ragtool.returns.template.return_sheet import cell_text

R = c.ReturnSheets

Prefilled = tuple[str, str | None, str | None, str, object]
"""An entry that is filled in: its sheet, key, part and heading, and what stands there."""


def prefill_digest(entries: Iterable[Prefilled]) -> str:
    """A digest of entries, whatever their order and the blanks in them."""
    lines = (
        "\x1f".join((sheet, fold(key or ""), fold(part or ""), heading, " ".join(cell_text(value).split())))
        for sheet, key, part, heading, value in entries
        if cell_text(value).strip()
    )
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def prefill_of_items(items: AreaItems, quarter: Quarter) -> str:
    """The digest of what the template that asks for `items` fills in."""
    return prefill_digest(
        [
            *(
                (R.KEY_ACTIONS.name, action.key, None, heading, value)
                for action in items.key_actions
                for heading, value in answers_known(action).items()
            ),
            *(
                (R.MEASURES.name, measure.key, measure.part, heading, value)
                for measure in items.measures
                for heading, value in prefilled(measure, quarter).items()
            ),
        ]
    )


def prefill_of_return(each: Return) -> str:
    """The digest of what stands where a template fills in."""
    return prefill_digest(
        (sheet, row.key, row.part, heading, value)
        for sheet, rows in ((R.KEY_ACTIONS.name, each.key_actions), (R.MEASURES.name, each.measures))
        for row in rows
        for heading, value in entries_by_heading(row).items()
        if heading in PREFILLED
    )
