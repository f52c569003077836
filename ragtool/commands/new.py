"""A new quarter folder, with a blank plan."""

from __future__ import annotations

from pathlib import Path

from ragtool.commands.at_work import alone_in_new
from ragtool.commands.folder import PLAN, RETURNS
from ragtool.errors import RagtoolError
from ragtool.plan.plan_workbook import write_plan


def make_folder(folder: Path) -> Path:
    """A quarter folder with a blank plan and an empty returns folder. Raises RagtoolError where a plan is there."""
    plan = folder / PLAN
    with alone_in_new(folder) as outputs:
        if outputs.look(plan):
            raise RagtoolError(f"{plan} is there already and isn't overwritten. Choose another folder.")
        outputs.write(plan, write_plan)
        outputs.make_folder(folder / RETURNS, folder / RETURNS)
        outputs.put_in()
    return plan
