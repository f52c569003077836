"""A quarter folder: what stands in it, and under which names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ragtool.quarters import Quarter

PLAN, PREVIOUS, RETURNS, PANELS = "corporate_plan.xlsx", "previous.xlsx", "returns", "panels"
"""The files and folders of a quarter folder."""


OnProgress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and of how many."""


def no_progress(task: str, count: int, of: int) -> None:
    """Tells nobody."""


def quarter_named(folder: Path) -> Quarter | None:
    """The quarter that a folder is named after, such as `2013-14 Q2`, if it is one."""
    try:
        return Quarter.parse(folder.resolve().name)
    except ValueError:
        return None
