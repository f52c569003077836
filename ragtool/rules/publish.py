"""Whose rating counts: the rule's, an officer's declared one, or the plan's override."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ragtool.figures import show_day
from ragtool.model import COLOURS, Mark, Rating, Settings
from ragtool.rules.facts import RuleRating
from ragtool.rules.words import closed


@dataclass(frozen=True)
class Published:
    """The rating that is published beside the rule's own.

    `mark` says why they may differ: Declared or Override, None for neither; `note` is then the reason that was given,
    as a sentence. `differs` tells of an own rating that isn't the rule's.
    """

    rating: Rating
    rule: Rating
    why: str
    mark: Mark | None = None
    differs: bool = False
    note: str = ""


@dataclass(frozen=True)
class ApprovedRating:
    """An entry of the plan's Overrides sheet that has all it needs."""

    rating: Rating
    reason: str
    approved_by: str
    on: date


def publish(rated: RuleRating, own: Rating | None, own_reason: str, override: ApprovedRating | None) -> Published:
    """Whose rating counts: the rule's, unless the officer's own is worse and has a reason, or the plan overrides it.

    `differs` marks an own rating that isn't the rule's, better or worse, whatever is published. Source: the rating
    rules, Whose rating counts.
    """
    rule = rated.rating
    differs = own is not None and own not in (rule, counted_as(rule))
    if override:
        approved = f"Approved by {override.approved_by}, {show_day(override.on)}."
        note = f"{Mark.OVERRIDE} to {in_sentence(override.rating)}: {closed(override.reason)} {approved}"
        return Published(override.rating, rule, f"{note} {by_rule(rated)}", Mark.OVERRIDE, differs, note)
    if own and own_reason.strip() and is_worse(own, rule):
        note = f"{Mark.DECLARED} {own.word} by its officer: {closed(own_reason)}"
        return Published(own, rule, f"{note} {by_rule(rated)}", Mark.DECLARED, differs, note)
    return Published(rule, rule, rated.why, None, differs)


def in_sentence(rating: Rating) -> str:
    """A rating within a sentence: a colour with its capital, `not due` without."""
    return rating.word if rating in COLOURS else rating.word.lower()


def by_rule(rated: RuleRating) -> str:
    """What the reason of a declared or overridden rating says of the rule's own."""
    return f"The rule's rating is {in_sentence(rated.rating)}: {rated.why}"


def counted_as(rule: Rating) -> Rating:
    """The rule's rating as an officer's own is held against it: Not due counts as Green."""
    return Rating.GREEN if rule is Rating.NOT_DUE else rule


def is_worse(own: Rating, rule: Rating) -> bool:
    """Whether an own rating is worse than the rule's; never where the rule's is no colour and doesn't count as one."""
    standing = counted_as(rule)
    if own not in COLOURS or standing not in COLOURS:
        return False
    return COLOURS.index(own) > COLOURS.index(standing)


def forecast_worse(published: Rating, forecast: Rating | None) -> str:
    """What is said of an item whose officer expects a worse colour at the year's end than is published now.

    Empty where none is expected, or none is published: a forecast is held against a colour alone. Source: the rating
    rules, Forecast.
    """
    if forecast is None or published not in COLOURS or COLOURS.index(forecast) <= COLOURS.index(published):
        return ""
    return f"{published.word} now, and its officer expects {forecast.word} at the year's end."


def is_escalated(rating: Rating, reds_before: int, settings: Settings) -> bool:
    """Whether a measure is escalated: Red for as many quarters in a row as the setting Escalate after says.

    `reds_before` are the quarters without a break before this one in which it was Red.
    """
    return rating is Rating.RED and reds_before + 1 >= settings.escalate_after
