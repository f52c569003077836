"""How key actions are rated in a plan, in words: each state in the count tables, and the rules in the Glossary."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from ragtool.figures import share
from ragtool.model import ItemStatus, RatedBy, Rating, Settings
from ragtool.quarter.items import RatedKeyAction, ReturnedMilestone
from ragtool.results.revisions import status_word
from ragtool.rules.key_actions import any_overdue_is_red

OR_DECLARED = ", or declared"
"""Said of what is published; by the rule alone nothing is declared."""

KEY_ACTION_STATES = {
    Rating.RED: "Red: a milestone is overdue" + OR_DECLARED,
    Rating.AMBER: "Amber: complete, with a quality concern",
    Rating.GREEN: "Green: all milestones complete",
    Rating.BLUE: "Blue: delivered in an earlier quarter",
    Rating.TBC: "To be confirmed or developed",
    Rating.NOT_DUE: "Not due this quarter",
    Rating.ON_HOLD: "On hold",
    Rating.NOT_RETURNED: "Not returned",
    Rating.NOT_AVAILABLE: "Not available",
    Rating.DATA_ONLY: "Data only",
}
"""What each state of a key action means where the plan sets nothing else, in the order of the count tables."""

OWN = {
    Rating.RED: "Red: by its officer",
    Rating.AMBER: "Amber: by its officer",
    Rating.GREEN: "Green: by its officer",
}
"""The same where officers rate all key actions."""


def key_action_states(settings: Settings, rated_by: Collection[RatedBy]) -> Mapping[Rating, str]:
    """What each state of a key action means in a plan; `rated_by` says what its key actions are rated by."""
    by_milestones = KEY_ACTION_STATES if any_overdue_is_red(settings) else KEY_ACTION_STATES | by_share(settings)
    if RatedBy.OFFICER not in rated_by:
        return by_milestones
    if RatedBy.MILESTONES not in rated_by:
        return KEY_ACTION_STATES | OWN
    return by_milestones | {
        rating: f"{by_milestones[rating].removesuffix(OR_DECLARED)}, or its officer's own" for rating in OWN
    }


def by_share(settings: Settings) -> dict[Rating, str]:
    """What a colour means where the share that is complete decides."""
    green, amber = settings.milestones_for_green, settings.milestones_for_amber
    words = {Rating.RED: f"Red: less than {share(min(green, amber))} complete{OR_DECLARED}"}
    if green < 1:
        words[Rating.AMBER] = "Amber: enough complete, with a quality concern"
        words[Rating.GREEN] = f"Green: {share(green)} or more complete"
    if amber < green:
        words[Rating.AMBER] = f"Amber: {share(amber)} or more complete, or a quality concern"
    return words


def taken_out(key_actions: Sequence[RatedKeyAction]) -> list[str]:
    """A sentence for each way in which the plan has taken key actions out of the quarter's work, naming them."""
    ways = {ItemStatus.COMPLETE: "Delivered in an earlier quarter", ItemStatus.ON_HOLD: "On hold"}
    keys = {way: [each.item.key for each in key_actions if each.item.status is way] for way in ways}
    return [f"{ways[way]}: {', '.join(named)}." for way, named in keys.items() if named]


def progress_word(step: ReturnedMilestone, action: RatedKeyAction) -> str:
    """A milestone's status beside its key action; none where nothing was returned because nothing was asked."""
    return "" if step.status is None and action.item.at_rest else status_word(step.status)


def key_action_rules(settings: Settings, by_officers: Sequence[str]) -> Iterator[str]:
    """How this plan rates key actions, in a few lines; `by_officers` are the keys of those that their officers rate."""
    green, amber = settings.milestones_for_green, settings.milestones_for_amber
    none_due = f"With no milestone due: {settings.no_milestones_due}."
    if any_overdue_is_red(settings):
        yield (
            "Key actions: Red where any milestone is overdue, Amber where all are complete but the quality of one is "
            f"in doubt, Green where all are complete. {none_due}"
        )
    else:
        levels = [f"Green from {share(green)} complete on"] if green < 1 else []
        levels += [f"Amber from {share(amber)} complete on"] if amber < green else []
        yield (
            "Key actions: Green where all milestones are complete; where one is overdue, "
            f"{', '.join(levels)}, and Red below. A doubt about the quality of one that is complete makes Amber of "
            f"Green. {none_due}"
        )
    if by_officers:
        yield f"Rated by their officers, whose own ratings are published: {', '.join(by_officers)}."
    if settings.complete_shows_as is Rating.BLUE:
        yield "A key action that was delivered in an earlier quarter is Blue."
    if settings.ask_for_a_forecast:
        yield "Forecast: the colour that the officer expects at the year's end. It never changes a rating."
