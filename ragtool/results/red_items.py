"""What is published Red: whose it is, why, what is proposed and by when. The Summary and a panel's Cover show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ragtool.model import Rating
from ragtool.quarter.items import RatedItem, ReturnedMilestone
from ragtool.results.results import Results


@dataclass(frozen=True)
class RedItem:
    """A Red item, or a Red part of a measure that isn't Red, with what is proposed and by when it will be done."""

    item: RatedItem
    resolution: str
    by_when: date | str | None

    @property
    def name(self) -> str:
        """Its key, with its part where it is one."""
        key = self.item.item.key
        return f"{key} part {self.item.part}" if self.item.part else key


def red_items(results: Results) -> list[RedItem]:
    """Everything Red, in the plan's order; a part where its measure isn't Red itself."""
    milestones = counted_milestones(results.milestones)
    whole = {item.item.key: item for item in results.items if not item.part}
    red = []
    for item in results.items:
        key, measure = item.item.key, whole.get(item.item.key)
        if item.rating is Rating.RED and not (item.part and measure and measure.rating is Rating.RED):
            mine = milestones.get(key, [])
            of_measure = measure.entry.resolution if measure else None
            red.append(RedItem(item, resolutions(item, mine) or of_measure or "", agreed_by(item, mine)))
    return red


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
