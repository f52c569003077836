"""One sheet of all returns, held against what the plan asks for: the row that counts of each item."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import pandas as pd

from ragtool import columns as c
from ragtool.model import Place, Query, Severity, fold, item_name
from ragtool.plan.plan import Plan, ServiceArea
from ragtool.quarter.row_counts import PASSED_OVER, REFUSED, USED, RowCounts
from ragtool.quarter.row_texts import (
    Asked,
    area_of,
    asked_name,
    by_text,
    mixed_up,
    text_of_another,
    told_apart,
    told_by_text,
    told_query,
)
from ragtool.quarters import Quarter
from ragtool.returns.entries import (
    ItemEntry,
    KeyActionEntry,
    MeasureEntry,
    MilestoneEntry,
    entered_values,
    is_filled,
)
from ragtool.returns.one_return import Return
from ragtool.returns.received import Received
from ragtool.sheets.tables import LONGEST_LABEL

MOST_TWINS = 5
"""Rows that one query names."""

EntryT = TypeVar("EntryT", KeyActionEntry, MilestoneEntry, MeasureEntry)


@dataclass
class SheetEntries:
    """One sheet of all returns, held against what the plan asks for there.

    `expected` is that by identity. A row that is foreign, stands twice with different entries, or is missing is
    queried; `counts` takes what became of each row.
    """

    sheet: c.Sheet
    expected: Mapping[Hashable, Asked]
    plan: Plan
    received: Received
    quarter: Quarter
    queries: list[Query]
    counts: RowCounts

    def chosen(self, rows_of: Callable[[Return], Sequence[EntryT]]) -> dict[Hashable, EntryT]:
        """The row that counts of each identity: only those that the plan expects from that return's service area.

        `rows_of` gives a return's rows of the sheet. Rows about one item are one, in whichever returns of its service
        area they stand.
        """
        own: dict[str, dict[Hashable, Asked]] = {}
        for identity, asked in self.expected.items():
            own.setdefault(area_of(asked), {})[identity] = asked
        meant = by_text(self.expected)
        returns = [
            (
                each,
                [self.under_its_key(row) for row in rows_of(each)],
                dict(pair for area in each.areas for pair in own.get(area, {}).items()),
            )
            for each in self.received.used
        ]
        identities = [[identity_of(row, mine, meant, self.quarter) for row in rows] for _, rows, mine in returns]
        asked_for, missing = self.join(
            [
                [(area_of(mine[identity]) if identity in mine else each.area, identity) for identity in ids]
                for (each, _, mine), ids in zip(returns, identities, strict=True)
            ]
        )
        same: dict[Hashable, list[EntryT]] = {}
        for (each, rows, mine), ids, is_asked in zip(returns, identities, asked_for, strict=True):
            for row, identity, is_mine in zip(rows, ids, is_asked, strict=True):
                if is_mine and not (row.key and row.id(self.quarter) == identity):
                    self.queries.append(told_query(place_of(row), row, mine[identity]))
                if not is_mine:
                    self.refuse(each, row, *why_foreign(row, each, self.expected.get(identity)))
                elif another := text_of_another(row, mine, meant, identity):
                    self.refuse(each, row, *mixed_up(row, another))
                else:
                    same.setdefault(identity, []).append(row)
            self.counts[each.area, REFUSED] += each.unread.get(self.sheet.name, 0)
        for area, lacking in missing.items():
            self.queries += self.missing_rows(area, [self.expected[identity] for identity in lacking])
        return {identity: kept for identity, twins in same.items() if (kept := self.only_one(identity, twins))}

    def join(
        self, rows: Sequence[Sequence[tuple[str, Hashable]]]
    ) -> tuple[list[list[bool]], dict[str, list[Hashable]]]:
        """Which rows of each return the plan asks for, and what it asks for of each service area that no row is about.

        `rows` are each return's: the service area that answers for a row, and its identity.
        """
        asked = pd.Series(
            list(self.expected), index=[join_key(area_of(each), about) for about, each in self.expected.items()]
        )
        held = pd.Index([join_key(area, identity) for of_return in rows for area, identity in of_return])
        flags = iter(held.isin(asked.index).tolist())
        missing: dict[str, list[Hashable]] = {}
        for identity in asked[~asked.index.isin(held)]:
            missing.setdefault(area_of(self.expected[identity]), []).append(identity)
        return [[next(flags) for _ in of_return] for of_return in rows], missing

    def under_its_key(self, row: EntryT) -> EntryT:
        """A row under the key that its item has now, where it was filled in under the one that it had before."""
        now = self.keys_now.get(fold(row.key)) if row.key else None
        return replace(row, key=now) if now else row

    @cached_property
    def keys_now(self) -> dict[str, str]:
        """The key by now of each that the plan says was changed, where none but one item has it or had it."""
        had: dict[str, set[str]] = {}
        for item in self.plan.items:
            had.setdefault(fold(item.key), set()).add(item.key)
            if item.formerly:
                had.setdefault(fold(item.formerly), set()).add(item.key)
        return {then: now for then, keys in had.items() if len(keys) == 1 for now in keys if fold(now) != then}

    def refuse(self, each: Return, row: EntryT, problem: str, what_to_do: str) -> None:
        """Notes a row whose entries aren't used, with why."""
        self.queries.append(foreign(row, problem, what_to_do))
        self.counts[each.area, REFUSED] += 1

    def only_one(self, identity: Hashable, same: Sequence[EntryT]) -> EntryT | None:
        """The row that counts among rows about one item, copies and unfilled ones aside; None where they differ.

        Of copies, one in a return that is signed off is kept.
        """
        area = area_of(self.expected[identity])
        filled = [row for row in same if len(same) == 1 or is_filled(row)] or same
        kept, *others = sorted(filled, key=lambda row: place_of(row).file in self.unsigned)
        if any(entered_values(other) != entered_values(kept) for other in others):
            self.queries += [doubled(row, same) for row in same]
            self.counts[area, REFUSED] += len(same)
            return None
        self.counts[area, USED] += 1
        self.counts[area, PASSED_OVER] += len(same) - 1
        return kept

    @cached_property
    def unsigned(self) -> frozenset[str]:
        """The files of the returns that nobody signed off."""
        return frozenset(each.file for each in self.received.used if not each.is_signed)

    def missing_rows(self, area: str, missing: Sequence[Asked]) -> Iterator[Query]:
        """Errors about what is asked for of a service area and stands in none of its returns."""
        returns = self.received.by_area.get(area, ())
        if not returns or any(self.sheet.name in each.unread for each in returns):
            return
        if names := self.received.names_to_come(self.plan.service_area[area], self.plan):
            yield part_to_come(self.plan.service_area[area], names, self.sheet, missing)
            return
        first = next((each for each in returns if not each.is_former_of(area)), returns[0])
        yield from (missing_row(first, self.sheet, asked) for asked in missing)


def identity_of(
    row: ItemEntry, own: Mapping[Hashable, Asked], meant: Mapping[str, Sequence[Hashable]], quarter: Quarter
) -> Hashable:
    """What a row is about: by its key, or where its return isn't asked for such an item, by its text."""
    identity = row.id(quarter) if row.key else None
    if identity in own:
        return identity
    by_title = told_by_text(row, own, meant)
    return identity if by_title is None else by_title


def join_key(area: str, identity: Hashable) -> str:
    """The text by which rows are joined, of their service area and their identity; a row without a key has none."""
    return "\x1f".join((area, *map(str, identity if isinstance(identity, tuple) else ())))


def place_of(row: ItemEntry) -> Place:
    """Where a row stands in its return."""
    assert row.at is not None
    return row.at


def doubled(row: ItemEntry, same: Sequence[ItemEntry]) -> Query:
    """A query about a row that stands several times with different entries, in one return or in several."""
    here, places = place_of(row), [place_of(other) for other in same if other is not row]
    others = [f"{at.row}" if at.file == here.file else f"{at.row} of {at.file}" for at in places]
    more = f" and {len(others) - MOST_TWINS} more" if len(others) > MOST_TWINS else ""
    rows = f"row{'s' if len(others) > 1 else ''} {', '.join(others[:MOST_TWINS])}{more}"
    problem = f"The row stands here and in {rows} with different entries, so none is used."
    return foreign(row, problem, "Delete the rows that aren't meant.")


def foreign(row: ItemEntry, problem: str, what_to_do: str) -> Query:
    """An Error about a row whose entries aren't used."""
    name = item_name(row.key, row.part, row.no)[:LONGEST_LABEL]
    return place_of(row).query(c.KEY, name, problem, what_to_do, Severity.ERROR)


def why_foreign(row: ItemEntry, each: Return, planned: Asked | None) -> tuple[str, str]:
    """Why a row isn't one that its return is asked for, and what to do."""
    if not row.key:
        return "The row has no key, so it isn't used.", "Type its key as in the template."
    what = "Delete the row, or correct its key."
    if planned is not None:
        owner = area_of(planned)
        what = f"Delete the row, which {owner} fills in, or correct its key."
        return f"{owner} reports this item, not {each.area}, so the row isn't used.", what
    return "The plan asks for no such item this quarter, so the row isn't used.", what


def missing_row(each: Return, sheet: c.Sheet, planned: Asked) -> Query:
    """A row that a return doesn't have: it was deleted there, or came into the plan after the return was made."""
    name = asked_name(planned)
    problem = f"The row of {told_apart(planned)} is missing."
    what = "Copy it back from the template, or type its key and number in a row of its own, and fill it in."
    return Query(each.file, sheet.name, "", name, Severity.ERROR, problem, what)


def part_to_come(area: ServiceArea, names: Sequence[str], sheet: c.Sheet, missing: Sequence[Asked]) -> Query:
    """An Error about rows that may stand in a return that hasn't come, of one that a service area was made of."""
    more = f" and {len(missing) - MOST_TWINS} more" if len(missing) > MOST_TWINS else ""
    rows = f"{', '.join(map(told_apart, missing[:MOST_TWINS]))}{more}"
    problem = (
        f"Of the returns used none is under the name {' or '.join(names)}, and {area.name} lacks these rows of the "
        f"sheet {sheet.name}: {rows}."
    )
    own = "" if area.name in names else f", or for one of {area.name}"
    what = f"Ask for that return{own}, which ragtool templates writes."
    return area.at.query(c.FORMERLY, "", problem, what, Severity.ERROR)
