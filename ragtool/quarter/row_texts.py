"""What a return's row says in words, held against the plan: whom it is about where its key can't tell."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from ragtool import columns as c
from ragtool.model import Place, Query, fold, item_name
from ragtool.plan.due_milestones import milestone_name
from ragtool.quarter.items import ReturnedKeyAction, ReturnedMeasure, ReturnedMilestone
from ragtool.returns.entries import ItemEntry, MeasureEntry, MilestoneEntry

Asked = ReturnedKeyAction | ReturnedMilestone | ReturnedMeasure
"""What a return is asked for."""

AskedT = TypeVar("AskedT", ReturnedKeyAction, ReturnedMilestone, ReturnedMeasure)
"""The same, of one kind."""


def texts(asked: Asked) -> set[str]:
    """What the template may say of an item, folded: a part is called by its own words, or its measure's before them."""
    if isinstance(asked, ReturnedMilestone):
        return {fold(asked.milestone.text)}
    item = asked.item
    if isinstance(asked, ReturnedMeasure) and asked.item.part and asked.item.part_description:
        return {fold(asked.item.part_description), fold(item.description)}
    return {fold(item.title)}


def key_of(asked: Asked) -> str:
    """The key of what a return is asked for."""
    return asked.milestone.key if isinstance(asked, ReturnedMilestone) else asked.item.key


def asked_name(asked: Asked) -> str:
    """What a return is asked for, as people say it."""
    if isinstance(asked, ReturnedMilestone):
        return item_name(asked.milestone.key, None, asked.milestone.no)
    return item_name(asked.item.key, asked.item.part)


def told_apart(asked: Asked) -> str:
    """The same, and of which quarter a carried milestone is: another may have its number."""
    if isinstance(asked, ReturnedMilestone):
        return milestone_name(asked.milestone.key, asked.milestone.no, asked.milestone.carried_from)
    return asked_name(asked)


def area_of(asked: Asked) -> str:
    """The service area that is asked for it."""
    return asked.milestone.area if isinstance(asked, ReturnedMilestone) else asked.item.area


ByText = Mapping[str, Sequence[Hashable]]
"""The identities of what returns are asked for, by what the template says of each, folded."""


def by_text(expected: Mapping[Hashable, Asked]) -> dict[str, list[Hashable]]:
    """An index of what is asked for by its texts."""
    index: dict[str, list[Hashable]] = {}
    for identity, asked in expected.items():
        for text in texts(asked):
            index.setdefault(text, []).append(identity)
    return index


def told_by_text(row: ItemEntry, own: Mapping[Hashable, Asked], meant: ByText) -> Hashable | None:
    """The one item that a row is about by its text, where its key is blank (as beneath merged cells), or its number
    isn't the plan's; None where that isn't certain.
    """
    title = fold(row.title or "")
    identities = meant.get(title, ()) if title else ()
    if len(identities) != 1 or identities[0] not in own:
        return None
    key = key_of(own[identities[0]])
    return identities[0] if not row.key or fold(row.key) == fold(key) else None


def told_query(place: Place, row: ItemEntry, asked: Asked) -> Query:
    """A query about a row that was told by its text."""
    missing = "key" if not row.key else "part" if isinstance(row, MeasureEntry) else "number"
    if (
        isinstance(row, MilestoneEntry)
        and isinstance(asked, ReturnedMilestone)
        and row.key
        and row.no == asked.milestone.no
    ):
        missing = c.CARRIED_FROM
    name = asked_name(asked)
    problem = f"The row's {missing} isn't the plan's; by its text it is {told_apart(asked)}, and is used as that."
    return place.query(c.KEY, name, problem, "Put the key and number back as in the template.")


def text_of_another(row: ItemEntry, own: Mapping[Hashable, Asked], meant: ByText, identity: Hashable) -> Asked | None:
    """Another of the return's items whose text stands in a row, as where a part of the columns was sorted."""
    title = fold(row.title or "")
    if not title or title in texts(own[identity]):
        return None
    return next((own[other] for other in meant.get(title, ()) if other != identity and other in own), None)


def mixed_up(row: ItemEntry, other: Asked) -> tuple[str, str]:
    """What is wrong with a row whose key and text are of different items, and what to do."""
    carried = row.carried_from if isinstance(row, MilestoneEntry) else None
    own = milestone_name(row.key, row.no, carried) if row.no else item_name(row.key, row.part)
    problem = f"The row's key is that of {own}, but its text that of {told_apart(other)}, so it isn't used."
    return problem, "Put key and text back as in the template, and check that the entries stand in the right row."
