"""What one service area's return asks for: its key actions, milestones and measures, in the plan's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ragtool.plan.due_milestones import DueMilestone
from ragtool.plan.plan import KeyAction, Measure, Plan, in_force, measures_in_force, parts_by_key
from ragtool.quarters import Quarter

NO_LONGER_PLANNED = "(no longer in the plan)"
"""What stands for the title of a key action that a new plan leaves out while a milestone of it isn't complete."""


@dataclass(frozen=True)
class AreaItems:
    """What the return of `area` asks for.

    `titles` are those of all key actions in force, by key; `parts` those of all measures, by key; `areas` says which
    service areas answer for milestones of a key action. Of the milestones of the keys `at_rest` nothing is asked.
    """

    area: str
    key_actions: tuple[KeyAction, ...]
    milestones: tuple[DueMilestone, ...]
    measures: tuple[Measure, ...]
    titles: Mapping[str, str]
    parts: Mapping[str, list[Measure]]
    areas: Mapping[str, set[str]]
    at_rest: frozenset[str] = frozenset()

    def parts_of(self, measure: Measure) -> list[Measure]:
        """The parts that make a measure, whichever service area returns them."""
        return self.parts.get(measure.key, []) if measure.has_parts else []

    def is_shared(self, action: KeyAction) -> bool:
        """Whether others of a key action's milestones stand in another service area's return."""
        return bool(self.areas.get(action.key, set()) - {self.area})


def items_by_area(plan: Plan, quarter: Quarter, milestones: Iterable[DueMilestone]) -> dict[str, AreaItems]:
    """What the return of each of the plan's service areas asks for. `milestones` are those counted in the quarter."""
    actions, measures = in_force(plan.key_actions, quarter), measures_in_force(plan, quarter)
    order = {action.key: place for place, action in enumerate(actions)}
    own_actions: dict[str, list[KeyAction]] = {}
    own_steps: dict[str, list[DueMilestone]] = {}
    own_measures: dict[str, list[Measure]] = {}
    areas: dict[str, set[str]] = {}
    for action in actions:
        own_actions.setdefault(action.area, []).append(action)
    for step in sorted(milestones, key=lambda step: order.get(step.key, len(order))):
        own_steps.setdefault(step.area, []).append(step)
        areas.setdefault(step.key, set()).add(step.area)
    for measure in measures:
        own_measures.setdefault(measure.area, []).append(measure)
    at_rest = frozenset(action.key for action in actions if action.at_rest)
    titles, parts = {action.key: action.title for action in actions}, parts_by_key(measures)
    return {
        area: AreaItems(
            area=area,
            key_actions=tuple(own_actions.get(area, ())),
            milestones=tuple(own_steps.get(area, ())),
            measures=tuple(own_measures.get(area, ())),
            titles=titles,
            parts=parts,
            areas=areas,
            at_rest=at_rest,
        )
        for area in plan.areas
    }
