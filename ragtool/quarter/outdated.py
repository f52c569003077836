"""A return that was made from an earlier plan or report: what the plan asks for, or was reported, otherwise by now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ragtool import columns as c
from ragtool.history.earlier import Earlier
from ragtool.model import item_name
from ragtool.plan.due_milestones import milestone_name
from ragtool.plan.plan import Plan
from ragtool.quarter.locked import changed_in, other_last_figures
from ragtool.quarters import Quarter
from ragtool.returns.digests import last_changed
from ragtool.returns.one_return import Return
from ragtool.returns.template.area_items import AreaItems
from ragtool.returns.template.prefill import last_figures_of_items
from ragtool.returns.template.return_rows import measure_rows

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
    return told_briefly(differences_in(each, plan, items, quarter)) or NOTHING_OF_ITS_OWN


def reported_since(each: Return, plan: Plan, items: AreaItems, quarter: Quarter, earlier: Earlier) -> str:
    """What of the quarters before a return shows otherwise than it was reported by now, in words; empty where nothing,
    as for last figures in returns of versions that kept no digest of them.
    """
    differences = [] if is_outdated(each, plan, items, quarter) else list(carried_otherwise(each, items, quarter))
    now = last_figures_of_items(measure_rows(items, quarter, plan.settings, earlier))
    if each.last_figures and each.last_figures != now:
        changed = last_changed(each.measures, each.last_figures)  # by its officer, which a query tells
        as_shown = [row for row in each.measures if row not in changed]
        others = other_last_figures(as_shown, plan, items, quarter, earlier)
        differences += [
            f"{cell.name}: {cell.heading} is {cell.in_return} there and {cell.in_plan} by now" for cell in others
        ]
    return told_briefly(differences)


def shows_a_report(each: Return, plan: Plan, items: AreaItems, quarter: Quarter, earlier: Earlier) -> bool:
    """Whether a return shows what an earlier report told, of which `earlier` has nothing: what it lacks it can't tell
    otherwise.
    """
    known = {row.item.id for row in measure_rows(items, quarter, plan.settings, earlier) if row.last}
    figures = (row for row in each.measures if row.key and row.last_figure is not None)
    untold = any(row.id(quarter) not in known for row in figures)
    return untold or any(carried_otherwise(each, items, quarter))


def carried_otherwise(each: Return, items: AreaItems, quarter: Quarter) -> Iterator[str]:
    """The milestones that are carried forward in a return or by now, and not in both."""
    asked = {
        (step.no, step.id): milestone_name(step.key, step.no, step.carried_from)
        for step in items.milestones
        if step.carried_from
    }
    rows = [row for row in each.milestones if row.key and row.carried_from]
    there = {(row.no, row.id(quarter)): milestone_name(row.key, row.no, row.carried_from) for row in rows}
    yield from (f"{name} is carried forward by now" for about, name in asked.items() if about not in there)
    yield from (f"{name} isn't carried forward any more" for about, name in there.items() if about not in asked)


def told_briefly(differences: Iterable[str]) -> str:
    """The first differences, and how many more there are."""
    each = list(dict.fromkeys(differences))
    more = len(each) - MOST_SAID
    return "; ".join(each[:MOST_SAID]) + (f"; and {more} more" if more > 0 else "")


def differences_in(each: Return, plan: Plan, items: AreaItems, quarter: Quarter) -> Iterator[str]:
    """Rows that one of the two lacks, then the cells in which they differ."""
    asked: dict[object, str] = {("", action.id): item_name(action.key) for action in items.key_actions}
    asked |= {(step.no, step.id): milestone_name(step.key, step.no, step.carried_from) for step in items.milestones}
    asked |= {("", measure.id): item_name(measure.key, measure.part) for measure in items.measures}
    there: dict[object, str] = {("", row.id(quarter)): item_name(row.key) for row in each.key_actions if row.key}
    there |= {
        (row.no, row.id(quarter)): milestone_name(row.key, row.no, row.carried_from)
        for row in each.milestones
        if row.key
    }
    there |= {("", row.id(quarter)): item_name(row.key, row.part) for row in each.measures if row.key}
    yield from (f"{name} is in the plan alone" for about, name in asked.items() if about not in there)
    yield from (f"{name} isn't asked for any more" for about, name in there.items() if about not in asked)
    for cell in changed_in(each, plan, items, quarter):
        yield f"{cell.name}: {cell.heading} is {cell.in_return} there and {cell.in_plan} in the plan"
