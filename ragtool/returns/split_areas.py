"""A service area that was carved out of another which keeps its name: whose rows the other's return holds."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ragtool.plan.due_milestones import milestone_id
from ragtool.plan.plan import Plan
from ragtool.quarters import quarter_of
from ragtool.returns.entries import ItemEntry
from ragtool.returns.one_return import Return


@dataclass(frozen=True)
class SplitAreas:
    """The service areas that a plan carved out of others. One that was has its rows in a return under the other's name
    where that was made before, and in none that was made since.
    """

    plan: Plan

    @cached_property
    def area_of_row(self) -> Mapping[Hashable, str]:
        """The service area that has each key action, milestone and measure of the plan, by what a row says it is."""
        month = self.plan.settings.financial_year_starts
        return {
            **{item.id: item.area for item in self.plan.items},
            **{
                milestone_id(step.key, quarter_of(step.due, month), step.no): self.plan.area_of(step)
                for step in self.plan.milestones
            },
        }

    def held_by(self, each: Return) -> Return:
        """A return without the service areas of whose items it has no row, where its own still has its name."""
        if len(each.areas) < 2 or each.is_former_of(each.area):
            return each
        rows: tuple[ItemEntry, ...] = (*each.key_actions, *each.milestones, *each.measures)
        held = {self.area_of_row.get(row.id(each.quarter)) for row in rows}
        return replace(each, areas=tuple(area for area in each.areas if area == each.area or area in held))
