"""A return that was made from an earlier plan: what the plan asks for otherwise by now."""

from __future__ import annotations

from collections.abc import Iterator

from ragtool import columns as c
from ragtool.model import item_name
from ragtool.plan.plan import Plan
from ragtool.quarter.locked import changed_in
from ragtool.quarters import Quarter
from ragtool.returns.one_return import Return
from ragtool.returns.template.area_items import AreaItems

MOST_SAID = 5
"""Differences that are told one by one."""

NOTHING_OF_ITS_OWN = "nothing in its rows, but a setting or what other service areas report"


def is_outdated(each: Return, plan: Plan, items: AreaItems, quarter: Quarter) -> bool:
    """Whether a return was made from another plan. What another version's template shows decides, not its digest."""
    if each.template_version != c.TEMPLATE_VERSION:
        return any(differences_in(each, plan, items, quarter))
    return each.fingerprint != plan.fingerprint


def what_differs(each: Return, plan: Plan, items: AreaItems, quarter: Quarter) -> str:
    """What a return has otherwise than the plan, in words: `PI03: Target is 40 there and 60 in the plan`."""
    differences = list(dict.fromkeys(differences_in(each, plan, items, quarter)))
    more = len(differences) - MOST_SAID
    return "; ".join(differences[:MOST_SAID]) + (f"; and {more} more" if more > 0 else "") or NOTHING_OF_ITS_OWN


def differences_in(each: Return, plan: Plan, items: AreaItems, quarter: Quarter) -> Iterator[str]:
    """Rows that one of the two lacks, then the cells in which they differ."""
    asked: dict[object, str] = {("", action.id): item_name(action.key) for action in items.key_actions}
    asked |= {(step.no, step.id): item_name(step.key, no=step.no) for step in items.milestones}
    asked |= {("", measure.id): item_name(measure.key, measure.part) for measure in items.measures}
    there: dict[object, str] = {("", row.id(quarter)): item_name(row.key) for row in each.key_actions if row.key}
    there |= {(row.no, row.id(quarter)): item_name(row.key, no=row.no) for row in each.milestones if row.key}
    there |= {("", row.id(quarter)): item_name(row.key, row.part) for row in each.measures if row.key}
    yield from (f"{name} is in the plan alone" for about, name in asked.items() if about not in there)
    yield from (f"{name} isn't asked for any more" for about, name in there.items() if about not in asked)
    for cell in changed_in(each, plan, items, quarter):
        yield f"{cell.name}: {cell.heading} is {cell.in_return} there and {cell.in_plan} in the plan"
