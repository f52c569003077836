"""The quarters before this one: what was last reported of an item, under every key that it has had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ragtool.history.reported import Reported
from ragtool.model import COLOURS, ItemId, Rating, fold, item_id
from ragtool.plan.plan import Plan
from ragtool.quarters import Quarter

ByItem = Mapping[ItemId, Sequence[Reported]]
"""Rows under the names they had then, the oldest first."""


@dataclass(frozen=True)
class Names:
    """What a plan calls its items: each item's old key, from Formerly, and its title."""

    formerly: Mapping[ItemId, str] = field(default_factory=dict)
    titles: Mapping[ItemId, str] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> Names:
        """The names of the plan's key actions, measures and parts."""
        return cls(
            {item.id: item.formerly for item in plan.items if item.formerly},
            {item.id: item.description for item in plan.items},
        )


def follow(rows: ByItem, item: ItemId, names: Names) -> list[Reported]:
    """An item's rows, the oldest first, through every key that it has had.

    A key may have been given to another item since, as where a plan numbers its items anew: so the rows are followed
    back from the newest, and where an older row isn't the item's own, those of its old key are its own.
    """
    own, old, title = item, old_name(names.formerly, item), names.titles.get(item)
    followed: list[Reported] = []
    left = list(rows.get(own, ()))
    while left or old:
        under_old = [*rows_under(rows, old, item[1])] if old and old != own else []
        under_old = [row for row in under_old if not followed or row.quarter < followed[-1].quarter]
        if not followed:
            under_old = without_others(rows, under_old, title)
        formerly = formerly_in(rows, own, left[-1]) if left else ""
        if not left or (old and was_called(under_old, left[-1], title, bool(followed), formerly == old[0])):
            left, own, old = under_old, old or own, None
            continue
        followed.append(left.pop())
        old, title = (formerly, item[1]) if formerly else old, followed[-1].description
    return followed[::-1]


def without_others(rows: ByItem, under_old: list[Reported], title: str | None) -> list[Reported]:
    """The rows under an old key but for those of another item, which the plan that took it away has given it to."""
    for count in range(len(under_old), 1, -1):
        newest, before = under_old[count - 1], under_old[count - 2]
        given = formerly_in(rows, newest.item, newest)
        if not given or not nearer(title, before, newest):
            return under_old[:count]
    return under_old[:1]


def nearer(title: str | None, one: Reported, other: Reported) -> bool:
    """Whether a title is more like that of one row than that of another."""
    first, second = (
        SequenceMatcher(None, fold(title or ""), fold(row.description or ""), autojunk=False).ratio()
        for row in (one, other)
    )
    return first > second


def was_called(
    under_old: Sequence[Reported], row: Reported, title: str | None, reported: bool, same_plan: bool
) -> bool:
    """Whether an item had its old key when the row under its own was another item's.

    It had where its old key was reported since then, or stood beside that row, or stood last for a title more like its.
    `reported` says whether a newer row of the item is known, before which all rows under its old key are its own;
    `same_plan` whether the row names the same old key, as it does too where two items change their keys every year.
    """
    beside = under_old[-1] if under_old and under_old[-1].quarter == row.quarter else None
    if same_plan:
        return bool(beside and nearer(title, beside, row))
    since = [then for then in under_old if then.quarter > row.quarter]
    if since and (reported or nearer(title, since[-1], row)):
        return True
    until = under_old[: len(under_old) - len(since)]
    if not until or title == row.description:
        return False
    return until[-1].quarter == row.quarter or nearer(title, until[-1], row)


def rows_under(rows: ByItem, old: ItemId, part: str) -> Sequence[Reported]:
    """The rows under an old key; a part may have been a whole measure."""
    return rows.get(old) or (rows.get((old[0], ""), ()) if part else ())


def old_name(formerly: Mapping[ItemId, str], item: ItemId) -> ItemId | None:
    """An item's old name; a part has its measure's old key unless it has one of its own."""
    key = formerly.get(item) or formerly.get((item[0], ""))
    return (fold(key), item[1]) if key else None


def formerly_in(rows: ByItem, item: ItemId, row: Reported) -> str:
    """The old key, folded, that the plan of a row's quarter gave its item or the measure that it is a part of."""
    whole = at(rows, (item[0], ""), row.quarter) if item[1] else None
    return fold(row.formerly or (whole.formerly if whole else None) or "")


def at(rows: ByItem, item: ItemId, quarter: Quarter) -> Reported | None:
    """The row that stands under a name in one quarter."""
    return next((row for row in rows.get(item, ()) if row.quarter == quarter), None)


def by_name(data: Iterable[Reported], before: Quarter) -> dict[ItemId, list[Reported]]:
    """The rows for quarters before `before` under the names they had then, the oldest first."""
    rows: dict[ItemId, list[Reported]] = {}
    for row in sorted(data, key=lambda row: row.quarter.ordinal):
        if row.quarter < before:
            rows.setdefault(row.item, []).append(row)
    return rows


@dataclass(frozen=True)
class Earlier:
    """What was reported for quarters before the one reported, by item, the oldest first."""

    rows: ByItem
    names: Names = field(default_factory=Names)
    followed: dict[ItemId, list[Reported]] = field(default_factory=dict, repr=False, compare=False)
    """Each item's rows once they were asked for."""

    @classmethod
    def of(cls, data: Iterable[Reported], quarter: Quarter, plan: Plan) -> Earlier:
        """The rows of `data` for quarters before `quarter`; an item's old key, in Formerly, leads to it."""
        return cls(by_name(data, quarter), Names.of(plan))

    def about(self, key: str, part: str | None = None) -> list[Reported]:
        """All earlier rows about an item, the oldest first; where its key changed, those of its old key before them."""
        item = item_id(key, part)
        if item not in self.followed:
            self.followed[item] = follow(self.rows, item, self.names)
        return self.followed[item]

    def last_figure(self, key: str, part: str | None) -> Reported | None:
        """The last row with a figure."""
        return next((row for row in reversed(self.about(key, part)) if row.performance is not None), None)

    def in_quarter(self, key: str, part: str | None, quarter: Quarter) -> Reported | None:
        """The row of one quarter."""
        return next((row for row in self.about(key, part) if row.quarter == quarter), None)

    def last_rating(self, key: str) -> Reported | None:
        """The last row whose published rating is a colour."""
        return next((row for row in reversed(self.about(key)) if row.rating in COLOURS), None)

    def reds_in_a_row(self, key: str, quarter: Quarter) -> int:
        """How many quarters up to the one before `quarter` were Red without a break; quarters not due don't count."""
        return reds_at_the_end([row for row in self.about(key) if row.quarter < quarter], quarter)


def reds_at_the_end(rows: Sequence[Reported], quarter: Quarter) -> int:
    """How many of an item's rows, the oldest first, are Red without a break up to the quarter before `quarter`."""
    count, expected = 0, quarter.plus(-1)
    for row in reversed(rows):
        if row.quarter != expected:
            break
        expected = expected.plus(-1)
        if row.rating is Rating.NOT_DUE:
            continue
        if row.rating is not Rating.RED:
            break
        count += 1
    return count
