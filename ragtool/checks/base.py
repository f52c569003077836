"""What every check is, and how it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ragtool.model import Query, item_name
from ragtool.quarter.items import RatedItem, ReturnedMilestone
from ragtool.quarter.rated import RatedQuarter

Check = Callable[[RatedQuarter], Iterator[Query]]


def ask(about: RatedItem | ReturnedMilestone, heading: str, problem: str, what_to_do: str) -> Iterator[Query]:
    """A query about an officer's cell; none where no return has the row."""
    if about.entry.at is not None:
        yield about.entry.at.query(heading, name_of(about), problem, what_to_do)


def name_of(about: RatedItem | ReturnedMilestone) -> str:
    """An item or milestone as people say it."""
    if isinstance(about, ReturnedMilestone):
        return item_name(about.milestone.key, None, about.milestone.no)
    return item_name(about.item.key, about.part)
