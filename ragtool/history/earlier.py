"""The quarters before this one: what was last reported of an item, and how it compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

import pandas as pd

from ragtool import columns as c
from ragtool.frames import Row, records
from ragtool.model import COLOURS, Rating, fold
from ragtool.plan.plan import Plan
from ragtool.quarters import Quarter

Item = tuple[str, str]


def item(key: str, part: str | None) -> Item:
    """Who a row is about, whatever case and blanks its key is written with."""
    return fold(key), fold(part or "")


@dataclass(frozen=True)
class Names:
    """What a plan calls its items: each item's old key, from Formerly, and its title."""

    formerly: Mapping[Item, str] = field(default_factory=dict)
    titles: Mapping[Item, str] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> Names:
        """The names of the plan's key actions, measures and parts."""
        rows = [*records(plan.key_actions), *records(plan.measures)]
        return cls(
            {item(row[c.KEY], row.get(c.PART)): row[c.FORMERLY] for row in rows if row.get(c.FORMERLY)},
            {item(row[c.KEY], row.get(c.PART)): description(row) or "" for row in rows},
        )


def description(row: Row) -> str | None:
    """An item's title; a part's own description beside its measure's."""
    title: str | None = row.get(c.KEY_ACTION) or row.get(c.MEASURE)
    if row.get(c.PART) and row.get(c.PART_DESCRIPTION):
        return f"{title}: {row[c.PART_DESCRIPTION]}"
    return title


def follow(rows: Mapping[Item, Sequence[Row]], id_: Item, names: Names) -> list[Row]:
    """An item's rows, the oldest first, through every key that it has had. `rows` are by item, the oldest first.

    A key may have been given to another item since, as where a plan numbers its items anew: so the rows are followed
    back from the newest, and where an older row isn't the item's own, those of its old key are its own.
    """
    own, old, title = id_, old_name(names.formerly, id_), names.titles.get(id_)
    found: list[Row] = []
    left = list(rows.get(own, ()))
    while left or old:
        under_old = [*rows_under(rows, old, id_[1])] if old and old != own else []
        under_old = [row for row in under_old if not found or row[c.QUARTER] < found[-1][c.QUARTER]]
        if not found:
            under_old = without_others(rows, under_old, title)
        said = formerly_in(rows, own, left[-1]) if left else ""
        if not left or (old and was_called(under_old, left[-1], title, bool(found), said == old[0])):
            left, own, old = under_old, old or own, None
            continue
        found.append(left.pop())
        old, title = (said, id_[1]) if said else old, found[-1].get(c.DESCRIPTION)
    return found[::-1]


def without_others(rows: Mapping[Item, Sequence[Row]], under_old: list[Row], title: str | None) -> list[Row]:
    """The rows under an old key but for those of another item, which the plan that took it away has given it to."""
    for count in range(len(under_old), 1, -1):
        newest, before = under_old[count - 1], under_old[count - 2]
        given = formerly_in(rows, item(newest[c.KEY], newest[c.PART]), newest)
        if not given or not nearer(title, before, newest):
            return under_old[:count]
    return under_old[:1]


def nearer(title: str | None, one: Row, other: Row) -> bool:
    """Whether a title is more like that of one row than that of another."""
    first, second = (
        SequenceMatcher(None, fold(title or ""), fold(row.get(c.DESCRIPTION) or ""), autojunk=False).ratio()
        for row in (one, other)
    )
    return first > second


def was_called(under_old: Sequence[Row], row: Row, title: str | None, reported: bool, same_plan: bool) -> bool:
    """Whether an item had its old key when the row under its own was another item's.

    It had where its old key was reported since then, or stood beside that row, or stood last for a title more like its.
    `reported` says whether a newer row of the item is known, before which all rows under its old key are its own;
    `same_plan` whether the row names the same old key, as it does too where two items change their keys every year.
    """
    beside = under_old[-1] if under_old and under_old[-1][c.QUARTER] == row[c.QUARTER] else None
    if same_plan:
        return bool(beside and nearer(title, beside, row))
    since = [then for then in under_old if then[c.QUARTER] > row[c.QUARTER]]
    if since and (reported or nearer(title, since[-1], row)):
        return True
    until = under_old[: len(under_old) - len(since)]
    if not until or title == row.get(c.DESCRIPTION):
        return False
    return bool(until[-1][c.QUARTER] == row[c.QUARTER] or nearer(title, until[-1], row))


def rows_under(rows: Mapping[Item, Sequence[Row]], old: Item, part: str) -> Sequence[Row]:
    """The rows under an old key; a part may have been a whole measure."""
    return rows.get(old) or (rows.get((old[0], ""), ()) if part else ())


def old_name(formerly: Mapping[Item, str], id_: Item) -> Item | None:
    """An item's old name; a part has its measure's old key unless it has one of its own."""
    key = formerly.get(id_) or formerly.get((id_[0], ""))
    return (fold(key), id_[1]) if key else None


def formerly_in(rows: Mapping[Item, Sequence[Row]], id_: Item, row: Row) -> str:
    """The old key, folded, that the plan of a row's quarter gave its item or the measure that it is a part of."""
    whole = at(rows, (id_[0], ""), row[c.QUARTER]) if id_[1] else None
    return fold(row.get(c.FORMERLY) or (whole or {}).get(c.FORMERLY) or "")


def at(rows: Mapping[Item, Sequence[Row]], id_: Item, quarter: Quarter) -> Row | None:
    """The row that stands under a name in one quarter."""
    return next((row for row in rows.get(id_, ()) if row[c.QUARTER] == quarter), None)


def by_name(data: pd.DataFrame, before: Quarter) -> dict[Item, list[Row]]:
    """The rows for quarters before `before` under the names they had then, the oldest first."""
    rows: dict[Item, list[Row]] = {}
    for row in sorted(records(data), key=lambda row: row[c.QUARTER]):
        if row[c.QUARTER] < before:
            rows.setdefault(item(row[c.KEY], row[c.PART]), []).append(row)
    return rows


@dataclass(frozen=True)
class Earlier:
    """Rows of the report's Data sheet for quarters before the one reported, by item, the oldest first."""

    rows: dict[Item, list[Row]]
    names: Names = field(default_factory=Names)

    @classmethod
    def of(cls, data: pd.DataFrame, quarter: Quarter, plan: Plan) -> Earlier:
        """The rows of `data` for quarters before `quarter`; an item's old key, in Formerly, leads to it."""
        return cls(by_name(data, quarter), Names.of(plan))

    def about(self, key: str, part: str | None = None) -> list[Row]:
        """All earlier rows about an item, the oldest first; where its key changed, those of its old key before them."""
        return follow(self.rows, item(key, part), self.names)

    def last_figure(self, key: str, part: str | None, period: str | None = None) -> Row | None:
        """The last row with a figure, of another period than `period` where one is given."""
        figures = (row for row in reversed(self.about(key, part)) if row[c.PERFORMANCE] is not None)
        return next((row for row in figures if period is None or row[c.PERIOD] != period), None)

    def in_quarter(self, key: str, part: str | None, quarter: Quarter) -> Row | None:
        """The row of one quarter."""
        return next((row for row in self.about(key, part) if row[c.QUARTER] == quarter), None)

    def last_rating(self, key: str) -> Row | None:
        """The last row whose published rating is a colour."""
        return next((row for row in reversed(self.about(key)) if row[c.RAG] in COLOURS), None)

    def reds_in_a_row(self, key: str, quarter: Quarter) -> int:
        """How many quarters up to the one before `quarter` were Red without a break; quarters not due don't count."""
        return reds_at_the_end([row for row in self.about(key) if row[c.QUARTER] < quarter], quarter)


def reds_at_the_end(rows: Sequence[Row], quarter: Quarter) -> int:
    """How many of an item's rows, the oldest first, are Red without a break up to the quarter before `quarter`."""
    count, expected = 0, quarter.plus(-1)
    for row in reversed(rows):
        if row[c.QUARTER] != expected:
            break
        expected = expected.plus(-1)
        if row[c.RAG] is Rating.NOT_DUE:
            continue
        if row[c.RAG] is not Rating.RED:
            break
        count += 1
    return count
