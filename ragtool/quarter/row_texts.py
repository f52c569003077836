"""What a return's row says in words, held against the plan: who it is about where its key can't tell."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from ragtool import columns as c
from ragtool.frames import AT, Row, label
from ragtool.model import Place, Query, fold

S = c.ReturnSheets

TEXT = {S.KEY_ACTIONS: c.KEY_ACTION, S.MILESTONES: c.MILESTONE, S.MEASURES: c.MEASURE}
"""The locked column of each sheet that says in words what a row is about."""

Items = Mapping[Hashable, Row]
"""The plan's items by identity."""


def texts(row: Row, sheet: c.Sheet) -> set[str]:
    """What the template may say of an item, folded: a part is called by its own words, or its measure's before them."""
    title = row.get(TEXT[sheet]) or ""
    words = row.get(c.PART_DESCRIPTION) if row.get(c.PART) else None
    return {fold(title)} if not words else {fold(words), fold(f"{title}: {words}")}


def told_by_text(row: Row, sheet: c.Sheet, own: Items, expected: Items) -> Hashable | None:
    """The one item that a row is about by its text, where its key is blank (as beneath merged cells), or its number
    isn't the plan's; None where that isn't certain.
    """
    said = fold(row.get(TEXT[sheet]) or "")
    if not said:
        return None
    meant = [id_ for id_, item in expected.items() if said in texts(item, sheet)]
    if len(meant) != 1 or meant[0] not in own:
        return None
    key = own[meant[0]][c.KEY]
    return meant[0] if not row[c.KEY] or fold(row[c.KEY]) == fold(key) else None


def told_query(row: Row, item: Row) -> Query:
    """A query about a row that was told by its text."""
    place: Place = row[AT]
    missing = "key" if not row[c.KEY] else "part" if c.PART in row else "number"
    problem = f"The row's {missing} isn't the plan's; by its text it is {label(item)}, and is used as that."
    return place.query(c.KEY, label(item), problem, "Put the key and number back as in the template.")


def text_of_another(row: Row, sheet: c.Sheet, own: Items, id_: Hashable) -> Row | None:
    """Another of the return's items whose text stands in a row, as where a part of the columns was sorted."""
    said = fold(row.get(TEXT[sheet]) or "")
    if not said or said in texts(own[id_], sheet):
        return None
    return next((item for other, item in own.items() if other != id_ and said in texts(item, sheet)), None)


def mixed_up(row: Row, other: Row) -> tuple[str, str]:
    """What is wrong with a row whose key and text are of different items, and what to do."""
    problem = f"The row's key is that of {label(row)}, but its text that of {label(other)}, so it isn't used."
    return problem, "Put key and text back as in the template, and check that the entries stand in the right row."
