"""What a panel report's Cover says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ragtool.figures import how_many
from ragtool.model import Kind, Rating
from ragtool.results.at_a_glance import moves_in_words
from ragtool.results.history_counts import in_colours, quarters_in_words
from ragtool.results.key_action_texts import taken_out
from ragtool.results.results import Results
from ragtool.results.sentences import unsigned_returns

QUARTERS_TOLD = 2
"""This quarter and the one before: the Quarterly history has them all."""


def remit_of(results: Results) -> str | None:
    """What the panel looks at, if the plan says."""
    return next((share.remit for share in results.panels if share.panel == results.panel), None)


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
