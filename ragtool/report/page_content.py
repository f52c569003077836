"""What the report on a page says: its title, the legend that counts, the themes with their outcomes and items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ragtool.looks import fitting
from ragtool.looks.palette import RATING_LOOKS, look_of_rating
from ragtool.model import Kind, Rating
from ragtool.results.results import PageItem, Results

ALWAYS_COUNTED = (Rating.RED, Rating.AMBER, Rating.GREEN)
"""In the legend also where nothing has them: that nothing is Red is news only to who knows that it could be."""
NOT_RATED = "not rated"
MARKED = "* declared by its officer or overridden, not the rule's rating: see Why."
NAMED_ONLY = "Keys without letters are not allocated to this panel."
ARROWS = "↑ better, ↓ worse than last reported."


@dataclass(frozen=True)
class OutcomeBlock:
    """An outcome with what is done for it."""

    name: str
    leads: str
    key_actions: tuple[PageItem, ...]
    measures: tuple[PageItem, ...]

    @property
    def items(self) -> tuple[PageItem, ...]:
        """Key actions and measures alike."""
        return self.key_actions + self.measures

    def of_kind(self, kind: Kind) -> tuple[PageItem, ...]:
        """Those of one kind."""
        return self.key_actions if kind is Kind.KEY_ACTION else self.measures


@dataclass(frozen=True)
class Band:
    """A theme with its outcomes."""

    theme: str
    outcomes: tuple[OutcomeBlock, ...]


@dataclass(frozen=True)
class LegendEntry:
    """How many items have a rating; None counts all that aren't rated."""

    rating: Rating | None
    text: str


@dataclass(frozen=True)
class PageContent:
    """All that stands on the page."""

    title: str
    vision: str
    legend: tuple[LegendEntry, ...]
    bands: tuple[Band, ...]
    notes: str

    @property
    def items(self) -> list[PageItem]:
        """Every item, in the order of the grid."""
        return [item for band in self.bands for outcome in band.outcomes for item in outcome.items]

    @cached_property
    def widest_cell(self) -> float:
        """The pixels that the widest text of a single cell needs."""
        texts = [item_text(item) for item in self.items] + [entry.text for entry in self.legend]
        return max((fitting.text_pixels(text, bold=True) for text in texts), default=0.0)


def page_content(results: Results) -> PageContent:
    """What the page of a report, or of a panel's report, says."""
    plan = f"{results.settings.organisation} {results.settings.plan_title}".strip()
    title = ", ".join(filter(None, (f"{plan}: report on a page", results.panel, str(results.quarter))))
    bands = bands_of(results)
    return PageContent(title, results.settings.vision, legend_of(results.page), bands, notes_on(results.page))


def item_text(item: PageItem) -> str:
    """`■ K41 R* ↓`: sign, key, the rating's letters, a star where the rating isn't the rule's, and the arrow."""
    if item.rating is None:
        return item.key
    letters = f"{item.rating}{'*' if item.marked else ''}"
    return look_of_rating(item.rating).signed(" ".join(filter(None, (item.key, letters, item.arrow))))


def legend_of(items: Sequence[PageItem]) -> tuple[LegendEntry, ...]:
    """The colours with their numbers, worst first, what is on hold where anything is, and all else together."""
    counts = Counter(item.rating for item in items if item.rating)
    apart = (*RATING_LOOKS, Rating.ON_HOLD)
    entries = [
        LegendEntry(rating, look_of_rating(rating).signed(f"{counts[rating]} {rating.word}"))
        for rating in apart
        if rating in ALWAYS_COUNTED or counts[rating]
    ]
    others = counts.total() - sum(counts[rating] for rating in apart)
    return (*entries, LegendEntry(None, f"{others} {NOT_RATED}"))


def notes_on(items: Sequence[PageItem]) -> str:
    """What the grid's letters and signs mean, where it has them."""
    used = {item.rating for item in items}
    others = [f"{rating} {rating.word.lower()}" for rating in Rating if rating in used and rating not in RATING_LOOKS]
    notes = [f"{', '.join(others)}."] if others else []
    notes += [ARROWS] if any(item.arrow for item in items) else []
    notes += [MARKED] if any(item.marked and item.rating for item in items) else []
    return " ".join([*notes, NAMED_ONLY] if None in used else notes)


def bands_of(results: Results) -> tuple[Band, ...]:
    """The themes in the plan's order; an item whose outcome isn't in the plan gets an outcome without a name."""
    items: dict[tuple[str, str], list[PageItem]] = {}
    for item in results.page:
        items.setdefault((item.theme, item.outcome_no), []).append(item)
    by_theme: dict[str, list[OutcomeBlock]] = {}
    statements = {outcome.theme: outcome.theme_statement for outcome in reversed(results.outcomes)}
    for outcome in results.outcomes:
        name = " ".join(part for part in (outcome.number, outcome.title) if part)
        mine = items.pop((outcome.theme, outcome.number), [])
        by_theme.setdefault(outcome.theme, []).append(block_of(name, "; ".join(outcome.leads), mine))
    for (theme, number), stray in items.items():
        by_theme.setdefault(theme, []).append(block_of(number, "", stray))
    return tuple(
        Band(": ".join(text for text in (theme, statements.get(theme)) if text), tuple(shown))
        for theme, shown in by_theme.items()
    )


def block_of(name: str, leads: str, items: Sequence[PageItem]) -> OutcomeBlock:
    """An outcome with its items, key actions and measures apart."""
    key_actions, measures = (tuple(item for item in items if item.kind is kind) for kind in Kind)
    return OutcomeBlock(name, leads, key_actions, measures)
