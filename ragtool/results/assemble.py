"""Everything a report shows, put together from the rated quarter."""

from __future__ import annotations

from collections.abc import Sequence

from ragtool.history.previous import Previous
from ragtool.history.reported import Revision
from ragtool.model import Kind, MilestonePlan, MilestoneStatus, Query, RatedBy, fold
from ragtool.plan.plan import Plan, in_force
from ragtool.quarter.items import RatedItem, RatedMeasure
from ragtool.quarter.rated import RatedQuarter
from ragtool.quarter.register import keys_then
from ragtool.quarters import Quarter, quarter_of
from ragtool.results import sentences
from ragtool.results.data_table import data_table
from ragtool.results.exceptions import exceptions
from ragtool.results.history_table import REVIEWS_IN_WORDS, quarterly_history
from ragtool.results.key_action_texts import key_action_states
from ragtool.results.own_rules import measure_states
from ragtool.results.panels import panel_shares
from ragtool.results.results import GlossaryRow, LastMilestone, NextMilestone, PageItem, Results
from ragtool.results.returns_table import returns_table
from ragtool.results.revisions import corrected_ratings, version_in_words
from ragtool.returns.received import Received

FROM_PLAN, CARRIED, PROPOSED = "plan", "carried forward", "proposed"
"""Where a milestone of the coming quarter comes from."""


def assemble(
    rated: RatedQuarter,
    received: Received,
    previous: Previous | None,
    revisions: tuple[Revision, ...],
    queries: Sequence[Query],
    final: bool,
    version: int = 1,
    reissued: Sequence[Revision] = (),
) -> Results:
    """The whole report of one quarter; `reissued` are those of the revisions that this version's figures made."""
    plan, quarter = rated.plan, rated.quarter
    directions = {item.id: item.travel.words for item in rated.items}
    rated_by = {action.rated_by for action in plan.key_actions}
    states = {
        Kind.KEY_ACTION: key_action_states(plan.settings, rated_by),
        Kind.MEASURE: sentences.STATES[Kind.MEASURE] | measure_states(plan.settings, plan.measures),
    }
    by_officers = [action.item.key for action in rated.key_actions if action.item.rated_by is RatedBy.OFFICER]
    shares = panel_shares(plan, rated.items)
    history = quarterly_history(rated.data, plan, quarter, directions, corrected_ratings(revisions))
    rules = sentences.rules_in_words(plan.settings, by_officers, [row.item for row in rated.measures])
    year = data_table([row for row in rated.data if row.quarter.year == quarter.year], sentences.COUNTED)
    return Results(
        settings=plan.settings,
        quarter=quarter,
        outcomes=plan.outcomes,
        key_actions=rated.key_actions,
        milestones=rated.milestones,
        measures=rated.measures,
        page=tuple(page_item(item) for item in rated.items if item.part is None),
        glossary=glossary(plan),
        rules=(*rules, REVIEWS_IN_WORDS) if history.has_reviews else rules,
        history=history,
        panels=shares,
        data=rated.data,
        next_quarter=what_comes_next(rated, received),
        milestones_last_quarter=last_quarter(previous, plan, quarter),
        overview=sentences.overview(rated, received),
        direction_counts=sentences.direction_counts(rated),
        reconciliation=sentences.reconciliation(received, rated.rows),
        exceptions=exceptions(rated),
        returns=returns_table(rated, received, queries),
        queries=tuple(queries),
        revisions=revisions,
        register=rated.register,
        counts=sentences.count_tables(year, quarter, states),
        allocation=shares,
        final=final,
        version=version,
        replaces=version_in_words(version, reissued) if version > 1 else "",
    )


def what_comes_next(rated: RatedQuarter, received: Received) -> tuple[NextMilestone, ...]:
    """Milestones of the coming quarter: the plan's, those carried forward, and those that service areas propose, these
    of later quarters too.

    What is proposed and stands in the plan already, for the same quarter, is the plan's.
    """
    plan, coming = rated.plan, rated.quarter.plus(1)
    month = plan.settings.financial_year_starts
    living = {action.key for action in in_force(plan.key_actions, coming)}
    rows: list[NextMilestone] = []
    planned: set[tuple[str, str]] = set()
    for step in plan.milestones:
        active = step.status is MilestonePlan.ACTIVE and step.key in living
        if active and quarter_of(step.due_by, month) == coming:
            rows.append(NextMilestone(step.key, step.text, step.due_by, plan.area_of(step), FROM_PLAN))
            planned.add((fold(step.key), fold(step.text)))
    for returned in rated.counted:
        if returned.entry.status is not MilestoneStatus.COMPLETE and returned.milestone.key in living:
            due = returned.milestone
            rows.append(NextMilestone(due.key, due.text, due.due_by, due.area, CARRIED))
    spelled = {fold(action.key): action.key for action in plan.key_actions}
    leads = {action.key: action.area for action in plan.key_actions}
    for each in received.used:
        for proposal in each.proposals:
            key = spelled.get(fold(proposal.key or ""))
            if not key or not proposal.title:
                continue
            again = (fold(key), fold(proposal.title)) in planned
            if not (again and proposal.due and quarter_of(proposal.due, month) == coming):
                area = leads[key] if leads[key] in each.areas else each.area
                rows.append(NextMilestone(key, proposal.title, proposal.due, area, PROPOSED))
    order = {action.key: number for number, action in enumerate(plan.key_actions)}
    return tuple(sorted(dict.fromkeys(rows), key=lambda row: order.get(row.key, len(order))))


def page_item(item: RatedItem) -> PageItem:
    """An item's cell of the report on a page."""
    planned, travel = item.item, item.travel
    return PageItem(
        theme=planned.theme,
        outcome_no=planned.outcome_no,
        kind=planned.kind,
        key=planned.key,
        rating=item.rating,
        marked=item.published.mark is not None,
        name=planned.title,
        arrow=travel.short.arrow if travel.short else "",
        direction=travel.words,
        figure=item.figure_beside_why if isinstance(item, RatedMeasure) else "",
        why=item.published.why,
        forecast=item.entry.forecast,
    )


def glossary(plan: Plan) -> tuple[GlossaryRow, ...]:
    """Every key of the plan and what it stands for."""
    return tuple(GlossaryRow(item.key, item.title, item.kind) for item in plan.items if item.part is None)


def last_quarter(previous: Previous | None, plan: Plan, quarter: Quarter) -> tuple[LastMilestone, ...]:
    """The milestones that last quarter's report showed, under the keys that their key actions have now."""
    if previous is None or previous.quarter != quarter.plus(-1):
        return ()
    by_key: dict[str, list[LastMilestone]] = {}
    then = keys_then(previous, plan)
    for row in previous.milestones:
        by_key.setdefault(fold(row.key), []).append(LastMilestone(row.key, row.no, row.text, row.status))
    return tuple(
        LastMilestone(action.key, step.no, step.text, step.status)
        for action in plan.key_actions
        for step in by_key.get(then[fold(action.key)], ())
    )
