"""Key actions are rated by their milestones."""

from __future__ import annotations

from collections.abc import Sequence

from ragtool.figures import show_day
from ragtool.model import ItemStatus, NoneDue, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.rules.facts import KeyActionCriteria, MilestoneOutturn, RuleRating
from ragtool.rules.words import UNDER_DEVELOPMENT, listed


def rate_key_action(
    action: KeyActionCriteria,
    milestones: Sequence[MilestoneOutturn],
    returned: bool,
    quarter: Quarter,
    settings: Settings,
    previous: Rating | None = None,
) -> RuleRating:
    """A key action's rating by its counted milestones: the first state that fits.

    `returned` says whether its service area sent a return, `previous` its last rating where there is one. Source: the
    RAG definitions for key actions; a key action with none due follows the setting No milestones due.

    >>> complete, late = MilestoneOutturn("no. 1", True), MilestoneOutturn("no. 2", False)
    >>> rate_key_action(KeyActionCriteria(), [complete, late], True, Quarter(2013, 2), Settings()).why
    '1 of 2 milestones overdue: no. 2.'
    """
    if action.status is ItemStatus.UNDER_DEVELOPMENT:
        return RuleRating(Rating.TBC, UNDER_DEVELOPMENT)
    if action.starts and quarter < action.starts:
        return RuleRating(Rating.NOT_DUE, f"Not due yet: it starts in {action.starts}.")
    overdue = [each for each in milestones if each.complete is False]
    unknown = [each for each in milestones if each.complete is None]
    if overdue:
        also = f" No status was returned for {labels(unknown)}." if unknown else ""
        return RuleRating(Rating.RED, f"{so_many(overdue, milestones)} overdue: {labels(overdue)}.{also}")
    if unknown:
        whose = "" if returned else " Its service area sent no return."
        return RuleRating(Rating.NOT_RETURNED, f"No status was returned for {out_of(unknown, milestones)}.{whose}")
    if not milestones:
        if not returned:
            return RuleRating(Rating.NOT_RETURNED, "No milestone is due, and its service area sent no return.")
        return rate_none_due(settings, previous)
    late = "; ".join(f"{each.label} on {show_day(each.late_on)}" for each in milestones if each.late_on)
    after = f" Completed after the quarter's end: {late}." if late else ""
    doubtful = [each for each in milestones if each.quality_concern]
    if doubtful:
        concern = f"with a quality concern about {labels(doubtful)}"
        return RuleRating(Rating.AMBER, f"{so_many(milestones, milestones)} complete, {concern}.{after}")
    return RuleRating(Rating.GREEN, f"{so_many(milestones, milestones)} complete.{after}")


def rate_none_due(settings: Settings, previous: Rating | None) -> RuleRating:
    """A key action with no milestone to count, by the setting No milestones due."""
    match settings.no_milestones_due:
        case NoneDue.GREEN:
            return RuleRating(Rating.GREEN, "No milestone is due, which this plan counts as Green.")
        case NoneDue.PREVIOUS if previous:
            return RuleRating(previous, f"No milestone is due, so the previous rating, {previous.word}, stands.")
        case NoneDue.PREVIOUS:
            return RuleRating(Rating.NOT_DUE, "No milestone is due, and there is no previous rating to stand.")
        case _:
            return RuleRating(Rating.NOT_DUE, "No milestone is due this quarter.")


def so_many(some: Sequence[MilestoneOutturn], milestones: Sequence[MilestoneOutturn]) -> str:
    """How many of the milestones, as a sentence begins: `1 of 5 milestones`, `All 3 milestones`."""
    if len(milestones) == 1:
        return "The only milestone is"
    if len(some) < len(milestones):
        return f"{len(some)} of {len(milestones)} milestones"
    return "Both milestones" if len(some) == 2 else f"All {len(some)} milestones"


def out_of(some: Sequence[MilestoneOutturn], milestones: Sequence[MilestoneOutturn]) -> str:
    """The same as a sentence ends: `2 of 5 milestones: no. 1 and no. 4`."""
    if len(milestones) == 1:
        return f"the only milestone: {labels(some)}"
    if len(some) < len(milestones):
        return f"{len(some)} of {len(milestones)} milestones: {labels(some)}"
    return "either milestone" if len(some) == 2 else f"any of the {len(some)} milestones"


def labels(milestones: Sequence[MilestoneOutturn]) -> str:
    """Milestones as a sentence names them: `no. 1 and no. 4`."""
    return listed([each.label for each in milestones])
