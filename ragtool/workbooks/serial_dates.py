"""Days and times as workbooks store them: days since the end of 1899, or since 1904 where old Macs made them.

Source: ECMA-376 part 1, 18.17.4.1 (date conversion for serial values).
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

EPOCH, MAC_EPOCH = datetime(1899, 12, 30), datetime(1904, 1, 1)

LEAP_DAY_THAT_NEVER_WAS = 60
"""29 February 1900, as Excel counts: the days before it are one nearer to the epoch."""

MILLISECONDS = 86_400_000
"""Those of a day, to which a time is rounded."""


def moment(serial: float, mac_dates: bool = False) -> datetime | time:
    """A stored number as a day with its time; less than a day is a time. Raises OverflowError beyond the year 9999."""
    days, part = divmod(serial, 1)
    clock = timedelta(milliseconds=round(part * MILLISECONDS))
    if days == 0 and clock < timedelta(days=1):
        return (datetime.min + clock).time()
    if mac_dates:
        return MAC_EPOCH + timedelta(days=days) + clock
    return EPOCH + timedelta(days=days + (0 < serial < LEAP_DAY_THAT_NEVER_WAS)) + clock
