"""What may be missing from the rows that officers write from scratch: proposed milestones and corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ragtool import columns as c
from ragtool.returns.template.gap_formulas import empty, given
from ragtool.returns.template.gaps import Gap, Texts

R = c.ReturnSheets

HALF_WRITTEN = "Next milestones and Revisions in whose row a cell is blank that needs an entry"

NEEDED = {
    R.NEXT: (c.KEY, c.MILESTONE, c.DUE),
    R.REVISIONS: (c.KEY, c.QUARTER, c.REVISED_PERFORMANCE, c.REASON),
}
"""What a row needs once anything is written in it. Only a measure with parts needs a part."""


def half_written() -> Iterator[Gap]:
    """A blank cell in a row that is begun, of each that such a row needs."""
    for sheet, needed in NEEDED.items():
        for heading in needed:
            begun = "+".join(given(other) for other in sheet.headings if other != heading)
            formula = f"{empty(heading)}*(({begun})>0)"
            yield Gap(HALF_WRITTEN, sheet, heading, formula, is_left_blank(heading, sheet.headings))


def is_left_blank(heading: str, headings: Sequence[str]) -> Callable[[Texts], bool]:
    """Whether a row's cell under `heading` is blank and another isn't."""
    return lambda row: not row[heading] and any(row[other] for other in headings)
