"""The corporate plan once read: settings and one frame a sheet, every value typed, every row knowing its place.

Frames have object columns named by the headings of `columns.PlanSheets`, None where a cell is blank, and a column
`AT` with the row's `Place`. Texts are stripped; keys are written as the plan's first mention writes them.

| column | type |
|---|---|
| Outcome no, Part, No | str (`1`, not 1.0) |
| Portfolio lead, Officer lead, Outcome leads, Panel, Contributing service areas | tuple of str, empty where blank |
| Due, Revised due | Quarter or date |
| Starts, Ends | Quarter |
| targets, ranges, Red beyond | Decimal; a share where Unit is `%` |
| Intervention level (a share), Weight | Decimal |
| Three year target | Decimal or str |
| Better when, Basis, Index method, Status | the enums of `model` |
| Profile | bool: Straight line |
| Reported in | frozenset of quarter numbers, empty for every quarter |

On the Measures frame a part has inherited what it leaves blank, and a measure has Part None.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ragtool import columns as c
from ragtool.frames import frame, records, where
from ragtool.model import ItemStatus, Settings
from ragtool.quarters import Quarter

HAS_PARTS = "Has parts"
"""On the Measures frame: whether a row is a measure that its parts make."""

BY_PARTS = "Rated on its parts"
"""What a return says in place of the target of a measure that its parts make."""


@dataclass(frozen=True)
class Plan:
    """A corporate plan. `fingerprint` changes whenever anything that a return shows changes."""

    file: str
    settings: Settings
    fingerprint: str
    outcomes: pd.DataFrame
    service_areas: pd.DataFrame
    key_actions: pd.DataFrame
    milestones: pd.DataFrame
    measures: pd.DataFrame
    panels: pd.DataFrame
    history: pd.DataFrame
    overrides: pd.DataFrame

    @property
    def areas(self) -> list[str]:
        """The service areas, in the plan's order."""
        return list(self.service_areas[c.SERVICE_AREA])


def in_force(items: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """The key actions or measures that a report of `quarter` shows: not Closed, and not after their Ends."""
    return where(
        items, lambda row: row[c.STATUS] is not ItemStatus.CLOSED and not (row[c.ENDS] and quarter > row[c.ENDS])
    )


def measures_in_force(plan: Plan, quarter: Quarter) -> pd.DataFrame:
    """The measures of the quarter, each followed by its parts; a part lives no longer than its measure."""
    living = in_force(plan.measures, quarter)
    wholes = [row for row in records(living) if row[c.PART] is None]
    parts = [row for row in records(living) if row[c.PART] is not None]
    rows = [row for whole in wholes for row in (whole, *(part for part in parts if part[c.KEY] == whole[c.KEY]))]
    return frame(rows, living.columns)
