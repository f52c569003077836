"""Key actions are rated by their milestones, or by their officer."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ragtool.figures import share, show_day
from ragtool.model import ItemStatus, NoneDue, RatedBy, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.rules.facts import KeyActionCriteria, MilestoneOutturn, OwnRating, RuleRating
from ragtool.rules.words import UNDER_DEVELOPMENT, closed, listed, percent


def rate_key_action(
    action: KeyActionCriteria,
    milestones: Sequence[MilestoneOutturn],
    returned: bool,
    quarter: Quarter,
    settings: Settings,
    previous: Rating | None = None,
    own: OwnRating | None = None,
) -> RuleRating:
    """A key action's rating: the first state that fits, then by its counted milestones, or by its officer's `own`.

    `returned` says whether its service area sent a return, `previous` its last rating where there is one. Source: the
    RAG definitions for key actions; a key action with none due follows the setting No milestones due.

    >>> complete, late = MilestoneOutturn("no. 1", True), MilestoneOutturn("no. 2", False)
    >>> rate_key_action(KeyActionCriteria(), [complete, late], True, Quarter(2013, 2), Settings()).why
    '1 of 2 milestones overdue: no. 2.'
    """
    if action.status is ItemStatus.UNDER_DEVELOPMENT:
        return RuleRating(Rating.TBC, UNDER_DEVELOPMENT)
    if action.status is ItemStatus.ON_HOLD:
        return RuleRating(Rating.ON_HOLD, "On hold, so not rated; its milestones are carried forward.")
    if action.status is ItemStatus.COMPLETE:
        return RuleRating(settings.complete_shows_as, "Complete: delivered in an earlier quarter.")
    if action.starts and quarter < action.starts:
        return RuleRating(Rating.NOT_DUE, f"Not due yet: it starts in {action.starts}.")
    if action.rated_by is RatedBy.OFFICER:
        return rate_by_officer(own or OwnRating(), returned)
    unknown = [each for each in milestones if each.complete is None]
    if any(each.complete is False for each in milestones):
        return rate_by_share(milestones, settings)
    if unknown:
        whose = "" if returned else " Its service area sent no return."
        return RuleRating(Rating.NOT_RETURNED, f"No status was returned for {out_of(unknown, milestones)}.{whose}")
    if not milestones:
        if not returned:
            return RuleRating(Rating.NOT_RETURNED, "No milestone is due, and its service area sent no return.")
        return rate_none_due(settings, previous)
    after = completed_late(milestones)
    doubtful = [each for each in milestones if each.quality_concern]
    if doubtful:
        concern = f"with a quality concern about {labels(doubtful)}"
        return RuleRating(Rating.AMBER, f"{so_many(milestones, milestones)} complete, {concern}.{after}")
    if unread := concerns_unread(milestones):
        return RuleRating(Rating.NOT_RETURNED, f"{so_many(milestones, milestones)} complete, but {unread}")
    return RuleRating(Rating.GREEN, f"{so_many(milestones, milestones)} complete.{after}")


def rate_by_officer(own: OwnRating, returned: bool) -> RuleRating:
    """A key action that its officer rates: the own rating that its own service area gave, and nothing in its place.

    Red and Amber are published without a reason too, with a query. Source: the rating rules, Key actions.
    """
    if own.rating is None:
        absent = "" if returned else " Its service area sent no return."
        return RuleRating(Rating.NOT_RETURNED, f"Its officer gave no rating.{absent}")
    said = f"Rated {own.rating.word} by its officer"
    if own.reason.strip():
        return RuleRating(own.rating, f"{said}: {closed(own.reason)}")
    return RuleRating(own.rating, f"{said}, without a reason." if needs_reason(own.rating) else f"{said}.")


def needs_reason(rating: Rating) -> bool:
    """Whether an officer who gives this rating has to say why."""
    return rating in (Rating.AMBER, Rating.RED)


def rate_by_share(milestones: Sequence[MilestoneOutturn], settings: Settings) -> RuleRating:
    """A key action with a milestone Overdue, by the share of its milestones that are Complete.

    While some have no status, it is Red only where it would be Red even if all of those were Complete. Source: the
    rating rules, Key actions, the settings Milestones for Green and Milestones for Amber.
    """
    overdue = [each for each in milestones if each.complete is False]
    unknown = [each for each in milestones if each.complete is None]
    complete = sum(each.complete is True for each in milestones)
    green, amber = settings.milestones_for_green, settings.milestones_for_amber
    late = f"{so_many(overdue, milestones)} overdue: {labels(overdue)}."
    at_most = Fraction(complete + len(unknown), len(milestones))
    stands = f"{complete + len(unknown)} of {len(milestones)} ({share(at_most, green, amber)})"
    least, colour = (green, Rating.GREEN) if green <= amber else (amber, Rating.AMBER)
    if at_most < Fraction(least):
        also = f" No status was returned for {labels(unknown)}." if unknown else ""
        by = f" Complete{' at most' if unknown else ''}: {stands}, less than the {percent(least)} for {colour.word}."
        return RuleRating(Rating.RED, f"{late}{also}{by if least < 1 else ''}")
    if unknown:
        why = f"No status was returned for {out_of(unknown, milestones)}. {late} Complete at most: {stands}."
        return RuleRating(Rating.NOT_RETURNED, why)
    doubtful = [each for each in milestones if each.quality_concern and each.complete]
    if at_most < Fraction(green):
        enough, rating = f"the {percent(amber)} for Amber, less than the {percent(green)} for Green", Rating.AMBER
    elif doubtful:
        enough = f"the {percent(green)} for Green, but with a quality concern about {labels(doubtful)}"
        rating = Rating.AMBER
    elif unread := concerns_unread(milestones):
        return RuleRating(Rating.NOT_RETURNED, f"{late} Complete: {stands}, but {unread}")
    else:
        enough, rating = f"the {percent(green)} for Green", Rating.GREEN
    return RuleRating(rating, f"{late} Complete: {stands}, at least {enough}.{completed_late(milestones)}")


def concerns_unread(milestones: Sequence[MilestoneOutturn]) -> str:
    """What is said of Complete milestones whose quality concern can't be read: with one, Green is Amber."""
    unread = [each for each in milestones if each.complete and each.quality_concern is None]
    return f"whether there is a quality concern about {labels(unread)} can't be read." if unread else ""


def any_overdue_is_red(settings: Settings) -> bool:
    """Whether a single milestone Overdue makes a key action Red, however many are Complete."""
    return min(settings.milestones_for_green, settings.milestones_for_amber) >= 1


def completed_late(milestones: Sequence[MilestoneOutturn]) -> str:
    """What is said of milestones that were completed after the quarter's end, as a sentence that follows another."""
    after_the_end = [each for each in milestones if each.complete and each.late_on]
    late = "; ".join(f"{each.label} on {show_day(each.late_on)}" for each in after_the_end)
    return f" Completed after the quarter's end: {late}." if late else ""


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
