"""How a command ends."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

CLEAN, TO_CHASE, FAILED, STOPPED = 0, 1, 2, 130
"""Exit statuses: clean; done, with queries or missing returns to chase; could not be done; stopped with Ctrl-C."""


class Ended(NamedTuple):
    """The exit status of a command, and the workbook or folder that is looked at next, where there is one."""

    status: int = CLEAN
    to_open: Path | None = None
