"""What a template fills in for its officers, and shows them of the quarters before, as digests."""

from __future__ import annotations

from collections.abc import Iterable

from ragtool import columns as c
from ragtool.quarters import Quarter
from ragtool.returns.digests import digest_of_cells, digest_of_last
from ragtool.returns.template.area_items import AreaItems
from ragtool.returns.template.return_cells import last_cells
from ragtool.returns.template.return_rows import MeasureRow, answers_known, prefilled

R = c.ReturnSheets


def prefill_of_items(items: AreaItems, quarter: Quarter) -> str:
    """The digest of what the template that asks for `items` fills in."""
    return digest_of_cells(
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


def last_figures_of_items(measures: Iterable[MeasureRow]) -> str:
    """The digests of the last figures that a template shows, one a row."""
    return " ".join(
        digest_of_last(row.item.key, row.item.part, *(cell.value for cell in last_cells(row).values()))
        for row in measures
    )
