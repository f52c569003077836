"""A new quarter folder, with a blank plan."""

from __future__ import annotations

from pathlib import Path

from ragtool.commands.folder import PLAN, RETURNS
from ragtool.errors import RagtoolError
from ragtool.plan.plan_workbook import write_plan
from ragtool.workbooks.whole_files import put


def make_folder(folder: Path) -> Path:
    """A quarter folder with a blank plan and an empty returns folder. Raises RagtoolError where a plan is there."""
    plan = folder / PLAN
    if plan.exists():
        raise RagtoolError(f"{plan} is there already and isn't overwritten. Choose another folder.")
    put(plan, write_plan)
    (folder / RETURNS).mkdir(exist_ok=True)
    return plan
