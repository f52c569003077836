"""A quarter folder: what stands in it, and under which names."""

from __future__ import annotations

from collections.abc import Callable

PLAN, PREVIOUS, RETURNS, PANELS = "corporate_plan.xlsx", "previous.xlsx", "returns", "panels"
"""The files and folders of a quarter folder."""


Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and of how many."""
