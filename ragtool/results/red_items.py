"""What is published Red: whose it is, why, what is proposed and by when. The Summary and a panel's Cover show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ragtool.model import Rating
from ragtool.quarter.items import RatedItem, ReturnedMilestone
from ragtool.results.results import Results
from ragtool.rules.words import listed

RED_PARTS = "Red parts"
"""The label of those of measures that aren't Red."""


@dataclass(frozen=True)
class RedItem:
    """A Red key action or measure with what is proposed and by when it will be done."""

    item: RatedItem
    resolution: str
    by_when: date | str | None


def red_items(results: Results) -> list[RedItem]:
    """The Red key actions and measures in the plan's order, as many as are counted Red: parts count in no number."""
    milestones = counted_milestones(results.milestones)
    red = []
    for item in results.items:
        if item.rating is Rating.RED and not item.part:
            mine = milestones.get(item.item.key, [])
            red.append(RedItem(item, resolutions(item, mine) or "", agreed_by(item, mine)))
    return red


def red_parts(results: Results) -> str:
    """The Red parts of measures that aren't Red, if any: `P1 part 2, of a measure that isn't Red.`."""
    red = {item.item.key for item in results.measures if not item.part and item.rating is Rating.RED}
    parts = [item for item in results.measures if item.part and item.rating is Rating.RED and item.item.key not in red]
    named = listed([f"{item.item.key} part {item.part}" for item in parts])
    measures = len({item.item.key for item in parts})
    whose = "a measure that isn't Red" if measures == 1 else "measures that aren't Red"
    return f"{named}, of {whose}." if parts else ""


def agreed_by(item: RatedItem, milestones: Iterable[ReturnedMilestone]) -> date | str | None:
    """By when what is proposed will have happened: the latest of the new dates of what is overdue."""
    dates = [step.entry.revised_date for step in milestones if step.is_overdue and step.entry.revised_date]
    return item.by_when or max(dates, default=None)


def resolutions(item: RatedItem, milestones: Iterable[ReturnedMilestone]) -> str | None:
    """What is proposed for an item and for these of its milestones, each once, a line each."""
    texts = (item.entry.resolution, *(step.entry.resolution for step in milestones))
    return "\n".join(dict.fromkeys(text for text in texts if text)) or None


def counted_milestones(milestones: Iterable[ReturnedMilestone]) -> dict[str, list[ReturnedMilestone]]:
    """Each key action's counted milestones."""
    by_key: dict[str, list[ReturnedMilestone]] = {}
    for step in milestones:
        if step.milestone.counts:
            by_key.setdefault(step.milestone.key, []).append(step)
    return by_key
