"""What may be missing from one plan's returns: what every return asks for, and what this plan asks for besides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from ragtool import columns as c
from ragtool.model import COLOURS, ItemStatus, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.returns.template.area_items import AreaItems
from ragtool.returns.template.choice_gaps import other_words
from ragtool.returns.template.gap_formulas import empty, says
from ragtool.returns.template.gaps import NO_STATUS, Gap, gaps_in
from ragtool.returns.template.preview import ELSEWHERE
from ragtool.returns.template.return_rows import own_colour
from ragtool.returns.template.written_gaps import half_written

R = c.ReturnSheets

NO_OWN_RATING = "Key actions that you rate yourself, without an own rating"
NO_REASON_OWN = "Own ratings of Amber or Red without a reason, for key actions that you rate yourself"
NO_RESOLUTION_OWN = "Own ratings of Amber or Red without a proposed resolution, for key actions that you rate yourself"
NO_FORECAST = "Key actions and measures without a forecast"


def gaps_asked(
    settings: Settings, items: AreaItems, quarter: Quarter, rated_by_you: Sequence[str], columns: Collection[str]
) -> tuple[Gap, ...]:
    """What may be missing from a return of this plan: by what it asks for, and the key actions that its officers rate,
    `rated_by_you`; `columns` are those that not every return has.
    """
    *usual, signed, late = gaps_in(quarter.last_day(settings.financial_year_starts))
    at_rest = [step.key for step in items.milestones if step.key in items.at_rest]
    usual = [without_keys(gap, at_rest) if at_rest and gap.what == NO_STATUS else gap for gap in usual]
    usual += officers_gaps(rated_by_you) if rated_by_you else ()
    if c.FORECAST in columns:
        delivered = [action.key for action in items.key_actions if action.status is ItemStatus.COMPLETE]
        usual += (no_forecast(R.KEY_ACTIONS, delivered), no_forecast(R.MEASURES))
    usual += (*other_words(columns), *half_written())
    return tuple(replace(gap, sheet=c.with_asked_columns(gap.sheet, columns)) for gap in (*usual, signed, late))


def without_keys(gap: Gap, keys: Iterable[str]) -> Gap:
    """The same gap, but not in rows about these keys."""
    left_out = frozenset(keys)
    return replace(
        gap,
        formula=f"{gap.formula}*(1-{says(c.KEY, *sorted(left_out))})",
        missing=lambda row: row[c.KEY] not in left_out and gap.missing(row),
    )


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
    yield Gap(
        NO_RESOLUTION_OWN,
        R.KEY_ACTIONS,
        c.RESOLUTION,
        # A milestone that is overdue says in its own row what will be done.
        f"{says(c.KEY, *keys)}*{says(c.OWN_RATING, *worse)}*{none(c.OVERDUE)}*{empty(c.RESOLUTION)}",
        lambda row: (
            row[c.KEY] in known
            and own_colour(row[c.OWN_RATING]) in needing_one
            and row[c.OVERDUE] == "0"
            and not row[c.RESOLUTION]
        ),
    )


def none(heading: str) -> str:
    """A condition: the cell holds a count of 0, be it taken as a number or as a text."""
    return f'([{heading}]&""="0")'


def no_forecast(sheet: c.Sheet, delivered: Sequence[str] = ()) -> Gap:
    """A forecast that is missing: of what has a colour, or will have one once returned, by others too. None is asked of
    parts, and of the key actions that were `delivered` in an earlier quarter.
    """
    rated = (*COLOURS, Rating.NOT_RETURNED, ELSEWHERE)
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
