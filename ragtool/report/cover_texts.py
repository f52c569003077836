"""What a panel report's Cover says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ragtool import columns as c
from ragtool.figures import how_many, show_day
from ragtool.looks.palette import look_of_rating
from ragtool.model import Kind, Rating
from ragtool.report.key_action_sheet import counted_milestones, resolutions
from ragtool.results.at_a_glance import moves_in_words
from ragtool.results.history_counts import in_colours, quarters_in_words
from ragtool.results.key_action_texts import taken_out
from ragtool.results.results import Results
from ragtool.results.sentences import unsigned_returns

TABLE_WIDTHS = (150, 250, 300, 270, 165, 100)
"""Pixels."""
QUARTERS_TOLD = 2
"""This quarter and the one before: the Quarterly history has them all."""


class RedRow(NamedTuple):
    """A Red item, or a Red part of a measure that isn't."""

    key: str
    signed_key: str
    name: str
    why: str
    resolution: str
    leads: str
    by_when: str


def titles_of(results: Results) -> Iterator[tuple[str, int, bool]]:
    """The texts at the top: text, points, and whether it is a title. The panel's name comes first."""
    settings, panel = results.settings, results.panel
    own = next((share for share in results.panels), None)
    remit, meets = (own.remit, own.meeting_date) if own else (None, None)
    meeting = show_day(meets) if isinstance(meets, date) else meets
    yield panel, 20, True
    yield f"{settings.organisation}: performance in {results.quarter} ({results.standing})", 14, True
    facts = (
        f"{settings.plan_title}.",
        f"Report author: {settings.report_author}." if settings.report_author else "",
        f"Report reference: {settings.report_reference}." if settings.report_reference else "",
    )
    yield " ".join(filter(None, facts)), 11, False
    yield f"Committee: {panel}", 11, False
    if meeting:
        yield f"{c.MEETING_DATE}: {meeting}", 11, False
    if remit:
        yield f"Remit: {remit}", 11, False


def facts_of(results: Results) -> Iterator[str]:
    """What the panel is allocated, what got better or worse, what is provisional, and the last quarters."""
    actions = how_many(len(results.key_actions), "key action")
    measures = how_many(sum(not measure.part for measure in results.measures), "measure")
    yield f"{actions} and {measures}: only these are rated here."
    yield from (f"{label}: {text}" for label, text in moves_in_words(results))
    yield from taken_out(results.key_actions)
    if unsigned := unsigned_returns([*results.items, *results.milestones]):
        yield unsigned
    yield from [*quarters_in_words(results.history)][-QUARTERS_TOLD:]


def red_rows(results: Results) -> list[RedRow]:
    """Everything Red, in the plan's order; a part where its measure isn't Red itself."""
    milestones = counted_milestones(results.milestones)
    red = {item.item.key for item in results.items if item.part is None and item.rating is Rating.RED}
    of_measure = {each.item.key: each.entry.resolution for each in results.measures if each.part is None}
    rows = []
    for item in results.items:
        key = item.item.key
        if item.rating is not Rating.RED or (item.part is not None and key in red):
            continue
        resolution = resolutions(item, milestones.get(key, ())) or of_measure.get(key)
        overdue = [step for step in milestones.get(key, ()) if step.is_overdue]
        dates = [step.entry.revised_date for step in overdue if step.entry.revised_date]
        by_when = item.by_when or max(dates, default=None)
        rows.append(
            RedRow(
                key,
                look_of_rating(Rating.RED).signed(f"{key} part {item.part}" if item.part else key),
                item.item.description,
                item.published.why,
                resolution or "",
                "; ".join(item.item.officer_leads),
                show_day(by_when) if isinstance(by_when, date) else by_when or "",
            )
        )
    return rows


def outcome_lines(results: Results) -> list[tuple[str, str, str, str, str]]:
    """The outcomes that the panel has items under: theme, outcome, how both kinds of items stand, and who leads."""
    counts: dict[tuple[str, str], dict[Kind, Counter[Rating]]] = {}
    for item in results.items:
        if item.part is None:
            under = counts.setdefault((item.item.theme, item.item.outcome_no), {})
            under.setdefault(item.item.kind, Counter())[item.rating] += 1
    names = {
        (each.theme, each.number): (" ".join(filter(None, (each.number, each.title))), "; ".join(each.leads))
        for each in results.outcomes
    }
    order = [*names, *(stray for stray in counts if stray not in names)]
    return [
        (place[0], names.get(place, (place[1], ""))[0], *in_words_by_kind(counts[place]), names.get(place, ("", ""))[1])
        for place in order
        if place in counts
    ]


def in_words_by_kind(counts: dict[Kind, Counter[Rating]]) -> tuple[str, str]:
    """`1 Red, 3 Green` of the key actions, and of the measures."""
    action, measure = (in_colours(counts[kind]) if kind in counts else "" for kind in Kind)
    return action, measure
