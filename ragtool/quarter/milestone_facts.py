"""What the rules need to know of a milestone, taken from its merged row."""

from __future__ import annotations

from ragtool import columns as c
from ragtool import rules
from ragtool.frames import Row
from ragtool.model import MilestoneStatus, Settings
from ragtool.quarters import Quarter


def milestone_facts(row: Row, quarter: Quarter, settings: Settings) -> rules.MilestoneOutturn:
    """What the rules need of a milestone."""
    status = row[c.STATUS]
    label = f"no. {row[c.NO]}" + (f" (carried from {row[c.CARRIED_FROM]})" if row[c.CARRIED_FROM] else "")
    on = row[c.COMPLETED_ON]
    late = on if on and on > quarter.last_day(settings.financial_year_starts) else None
    complete = None if status is None else status is MilestoneStatus.COMPLETE
    return rules.MilestoneOutturn(label, complete, bool(row[c.QUALITY_CONCERN]), late)
