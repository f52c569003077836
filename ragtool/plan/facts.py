"""What the rules need to know, taken from merged rows."""

from __future__ import annotations

from ragtool import columns as c
from ragtool import rules
from ragtool.frames import Row
from ragtool.model import Better


def measure_facts(row: Row) -> rules.Criteria:
    """What the rules need of a measure or part."""
    return rules.Criteria(
        status=row[c.STATUS],
        starts=row[c.STARTS],
        reported_in=row[c.REPORTED_IN],
        better=row[c.BETTER_WHEN] or Better.HIGHER,
        basis=row[c.BASIS],
        straight_line=row[c.PROFILE],
        targets=tuple(row[heading] for heading in c.TARGET_QUARTERS),
        annual=row[c.ANNUAL_TARGET],
        low=row[c.RANGE_LOW],
        high=row[c.RANGE_HIGH],
        level=row[c.INTERVENTION_LEVEL],
        red_beyond=row[c.RED_BEYOND],
        method=row[c.INDEX_METHOD],
        weight=row[c.WEIGHT],
        unit=row[c.UNIT] or "",
        decimals=row[c.DECIMALS],
    )
