"""What may be missing from one plan's returns: what every return asks for, and what this plan asks for besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ragtool import columns as c
from ragtool.model import COLOURS, ItemStatus, RatedBy, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.returns.template.gaps import Gap, empty, gaps_in, says
from ragtool.returns.template.preview_key_actions import fixed_key_action_rating
from ragtool.returns.template.return_rows import KeyActionRow, own_colour

R = c.ReturnSheets

NO_OWN_RATING = "Key actions that you rate yourself, without an own rating"
NO_REASON_OWN = "Own ratings of Amber or Red without a reason, for key actions that you rate yourself"
NO_FORECAST = "Key actions and measures without a forecast"


def gaps_asked(settings: Settings, actions: Sequence[KeyActionRow], quarter: Quarter) -> tuple[Gap, ...]:
    """What may be missing from a return of this plan: by what it asks for, and whom it has rate their key actions."""
    officers = [
        action.item.key
        for action in actions
        if action.item.rated_by is RatedBy.OFFICER and not fixed_key_action_rating(action.item, quarter, settings)
    ]
    *usual, signed, late = gaps_in(quarter.last_day(settings.financial_year_starts))
    usual += officers_gaps(officers) if officers else ()
    if not settings.ask_for_a_forecast:
        return (*usual, signed, late)
    sheets = {sheet: c.with_forecast(sheet) for sheet in (R.KEY_ACTIONS, R.MEASURES)}
    delivered = [action.item.key for action in actions if action.item.status is ItemStatus.COMPLETE]
    gaps = (*usual, no_forecast(R.KEY_ACTIONS, delivered), no_forecast(R.MEASURES), signed, late)
    return tuple(replace(gap, sheet=sheets.get(gap.sheet, gap.sheet)) for gap in gaps)


def officers_gaps(keys: Sequence[str]) -> Iterator[Gap]:
    """What may be missing of the key actions, by their keys, that their officers rate."""
    known = frozenset(keys)
    needing_one = (Rating.AMBER, Rating.RED)
    worse = [text for rating in needing_one for text in (rating.word, rating)]
    yield Gap(
        NO_OWN_RATING,
        R.KEY_ACTIONS,
        c.OWN_RATING,
        f"{says(c.KEY, *keys)}*{empty(c.OWN_RATING)}",
        lambda row: row[c.KEY] in known and not row[c.OWN_RATING],
    )
    yield Gap(
        NO_REASON_OWN,
        R.KEY_ACTIONS,
        c.REASON_OWN,
        f"{says(c.KEY, *keys)}*{says(c.OWN_RATING, *worse)}*{empty(c.REASON_OWN)}",
        lambda row: row[c.KEY] in known and own_colour(row[c.OWN_RATING]) in needing_one and not row[c.REASON_OWN],
    )


def no_forecast(sheet: c.Sheet, delivered: Sequence[str] = ()) -> Gap:
    """A forecast that is missing: of what has a colour, or will have one once returned. None is asked of parts, and of
    the key actions that were `delivered` in an earlier quarter.
    """
    rated = (*COLOURS, Rating.NOT_RETURNED)
    whole = f"*{empty(c.PART)}" if c.PART in sheet.headings else ""
    whole += f"*(1-{says(c.KEY, *delivered)})" if delivered else ""
    return Gap(
        NO_FORECAST,
        sheet,
        c.FORECAST,
        f"{says(c.RAG_PREVIEW, *rated)}{whole}*{empty(c.FORECAST)}",
        lambda row: (
            row[c.RAG_PREVIEW] in rated and not row.get(c.PART) and row[c.KEY] not in delivered and not row[c.FORECAST]
        ),
    )
