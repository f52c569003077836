"""What is to be said beside a rating: why an own one isn't the rule's, and what will be done about a poor one."""

from __future__ import annotations

from collections.abc import Iterator

from ragtool import columns as c
from ragtool import rules
from ragtool.checks.base import ask
from ragtool.model import ItemId, MilestoneStatus, Query, RatedBy, Rating
from ragtool.plan.plan import parts_by_key
from ragtool.quarter.items import RatedItem
from ragtool.quarter.rated import RatedQuarter
from ragtool.returns.template.preview_indexes import fixed_index_rating


def red_and_amber_have_a_resolution(rated: RatedQuarter) -> Iterator[Query]:
    """A Red or Amber item needs a proposed resolution, of parts only a Red one; milestones that are overdue, or about
    which there is a quality concern, have their own.
    """
    of_milestones, elsewhere = with_resolutions_of_their_own(rated), decided_elsewhere(rated)
    for row in rated.items:
        own, rating = row.entry.own_rating, rating_without_override(row)
        if row.entry.resolution:
            continue
        if is_poor(rating, row.part) and row.item.key not in of_milestones:
            problem = f"It is {rating.word} with no proposed resolution."
            yield from ask(row, c.RESOLUTION, problem, "Say what will be done.")
        elif own and is_poor(own, row.part) and row.item.id in elsewhere:
            problem = f"The own rating is {own.word} with no proposed resolution."
            yield from ask(row, c.RESOLUTION, problem, "Say what will be done.")


def overrides_have_a_resolution(rated: RatedQuarter) -> Iterator[Query]:
    """An item that the plan alone makes Red or Amber needs a proposed resolution, for which its manager must ask."""
    of_milestones = with_resolutions_of_their_own(rated)
    overrides = {each.key: each for each in rated.plan.overrides if each.quarter == rated.quarter and each.approved}
    for row in rated.items:
        each = None if row.part else overrides.get(row.item.key)
        worse = is_poor(row.rating, None) and not is_poor(rating_without_override(row), None)
        if each and worse and not row.entry.resolution and row.item.key not in of_milestones:
            problem = f"It is overridden to {row.rating.word} with no proposed resolution."
            what = f"Ask {row.item.area} to say what will be done, under {c.RESOLUTION} of its return."
            yield each.at.query(c.RAG, row.item.key, problem, what)


def with_resolutions_of_their_own(rated: RatedQuarter) -> frozenset[str]:
    """The keys of which a milestone says what will be done: it is overdue, or there is a quality concern about it."""
    return frozenset(step.milestone.key for step in rated.counted if step.is_overdue or step.entry.quality_concern)


def is_poor(rating: Rating, part: str | None) -> bool:
    """Whether a rating calls for a resolution: of a part, only Red does."""
    return rating is Rating.RED or (rating is Rating.AMBER and not part)


def rating_without_override(row: RatedItem) -> Rating:
    """The rating that a return makes: its officer can't know what the plan overrides it to."""
    own, rule = row.entry.own_rating, row.published.rule
    declared = own and (row.entry.own_reason or "").strip() and rules.is_worse(own, rule)
    return own if own and declared else rule


def own_ratings_have_a_reason(rated: RatedQuarter) -> Iterator[Query]:
    """An own rating that differs from the rule's needs a reason, and one of which its return can't tell that."""
    elsewhere = decided_elsewhere(rated)
    for row in rated.items:
        own, rule = row.entry.own_rating, row.published.rule
        if not own or row.entry.own_reason or not (row.published.differs or row.item.id in elsewhere):
            continue
        problem = f"The own rating {own.word} differs from the rule's {rule.word} and has no reason."
        if not row.published.differs:
            problem = (
                f"The own rating {own.word} has no reason, and its return can't show the rule's beside it, which rests "
                "on other service areas' returns too."
            )
        yield from ask(row, c.REASON_OWN, problem, "Give one, or clear the own rating.")


def decided_elsewhere(rated: RatedQuarter) -> frozenset[ItemId]:
    """The items of which a return can't show the rating, since other service areas return some of what decides it."""
    quarter, settings = rated.quarter, rated.plan.settings
    leads = {row.item.key: row.item.area for row in rated.key_actions}
    others, unanswered = set(), set()
    for step in rated.counted:
        key = step.milestone.key
        if step.milestone.area != leads.get(key):
            others.add(key)
        elif step.entry.status is not MilestoneStatus.COMPLETE:
            unanswered.add(key)
    no_status = [rules.MilestoneOutturn("", None)]
    shared = [
        row.item.id
        for row in rated.key_actions
        if row.item.key in others - unanswered
        and row.item.rated_by is RatedBy.MILESTONES
        and rules.rate_key_action(row.item, no_status, True, quarter, settings).rating is Rating.NOT_RETURNED
    ]
    parts = parts_by_key([row.item for row in rated.measures])
    scattered = [
        row.item.id
        for row in rated.wholes
        if any(part.area != row.item.area for part in parts.get(row.item.key, ()))
        and fixed_index_rating(row.item, parts[row.item.key], quarter, settings) is None
    ]
    return frozenset((*shared, *scattered))
