"""Cells of a return that formulas fill, typed over: counts, shortfalls and previews that the entries don't make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ragtool import columns as c
from ragtool.history.earlier import Earlier
from ragtool.model import DataStatus, ItemId, MilestoneStatus, NoneDue, fold, yes_or_no
from ragtool.plan.plan import Plan
from ragtool.quarter.items import ReturnedKeyAction, ReturnedMeasure, ReturnedMilestone
from ragtool.quarters import Quarter
from ragtool.returns.entries import KeyActionEntry, MeasureEntry
from ragtool.returns.one_return import Return
from ragtool.returns.template.area_items import AreaItems
from ragtool.returns.template.return_rows import (
    Entered,
    Entries,
    MeasureRow,
    key_action_rows,
    measure_rows,
    milestone_rows,
    rate_here,
)
from ragtool.sheets import cells
from ragtool.workbooks.book import Cell
from ragtool.workbooks.formats import Format

S = c.ReturnSheets

COUNTS = (c.MILESTONES_DUE, c.COMPLETE, c.OVERDUE)

NONE_KEPT, NONE_IN_XLS = ("",), ("", 0)
"""What a formula's empty text is kept as: LibreOffice writes a 0 of it into an .xls."""

HAIR = 1e-9
"""By how much a program's result may differ from the exact one."""

Row = KeyActionEntry | MeasureEntry
TypedOver = tuple[Row, str, str, object]
"""A row of a return, a heading, what its cell shows, and what its formula makes of the entries."""


@dataclass(frozen=True)
class Formulas:
    """What the formulas of one return make of its entries, and made of the empty template.

    The second is no sign of a hand: a program that doesn't calculate leaves it as it was.
    """

    plan: Plan
    quarter: Quarter
    earlier: Earlier
    items: AreaItems
    entries: Entries

    def typed_over(self, each: Return, unread: frozenset[ItemId]) -> Iterator[TypedOver]:
        """The cells that say something else; `unread` are the measures whose figure couldn't be read.

        What rests on an entry that formulas take otherwise is left alone.
        """
        shown, shown_once = self.previews(self.entries), self.previews(None)
        empties = NONE_IN_XLS if each.file.casefold().endswith(Format.XLS.extension) else NONE_KEPT
        counted = Counter(fold(step.key or "") for step in each.milestones)
        asked = Counter(fold(step.key) for step in self.items.milestones)
        status = Counter((fold(step.key or ""), step.status) for step in each.milestones)
        open_keys = {fold(row.key or "") for row in (*each.key_actions, *each.milestones) if each.takes_otherwise(row)}
        for row in each.key_actions:
            key = fold(row.key or "")
            if key in shown and counted[key] == asked[key] and key not in open_keys:
                complete, overdue = (status[key, each] for each in MilestoneStatus)
                results_now = dict(zip(COUNTS, (asked[key], complete, overdue), strict=True))
                yield from differing_results(
                    row,
                    empties,
                    {**results_now, **self.known_preview(shown[key])},
                    {**dict(zip(COUNTS, (asked[key], 0, 0), strict=True)), **self.known_preview(shown_once[key])},
                )
        unread |= {entry.id(self.quarter) for entry in each.measures if each.takes_otherwise(entry)}
        now, once = (self.measures(entries) for entries in (self.entries, None))
        for entry in each.measures:
            identity = entry.id(self.quarter)
            measure = now.get(identity)
            if measure is None or self.is_open(measure, unread):
                continue
            yield from differing_results(
                entry, empties, results(measure), results(once[identity]), {c.SHORTFALL: measure.share_short}
            )

    def known_preview(self, shown: object) -> dict[str, object]:
        """A key action's preview; nothing where it rests on what was known of earlier quarters when it was made."""
        return {} if self.plan.settings.no_milestones_due is NoneDue.PREVIOUS else {c.RAG_PREVIEW: shown}

    def previews(self, entries: Entries | None) -> dict[str, object]:
        """The previews of the key actions, by folded key."""
        rows = key_action_rows(self.items, milestone_rows(self.items, entries), self.earlier, entries)
        return {fold(row.item.key): rate_here(row, self.quarter, self.plan.settings) for row in rows}

    def measures(self, entries: Entries | None) -> Mapping[ItemId, MeasureRow]:
        """The measures' rows by who they are."""
        rows = measure_rows(self.items, self.quarter, self.plan.settings, self.earlier, entries)
        return {row.item.id: row for row in rows}

    def is_open(self, row: MeasureRow, unread: frozenset[ItemId]) -> bool:
        """Whether it can't be told here what a measure's formulas show."""
        if self.plan.settings.amber_needs_improvement:
            return True
        return any(each in unread for each in (row.item.id, *(part.id for part, _ in row.parts)))


def results(row: MeasureRow) -> dict[str, object]:
    """What a measure's formulas show."""
    return {c.SHORTFALL: row.shortfall, c.RAG_PREVIEW: row.preview}


def differing_results(
    row: Row, empties: Sequence[object], now: Mapping[str, object], *others: Mapping[str, object]
) -> Iterator[TypedOver]:
    """The cells of a row that say neither what their formulas make of the entries, nor what they made before any, nor
    what those of an earlier version make. `others` hold the last two; `empties` are what an empty text is kept as.

    A preview of 0 is no hand's either: what never calculated a formula and keeps no formulas leaves that in each.
    """
    there = row.formula_results
    preview = there[c.RAG_PREVIEW]
    if preview is not None and preview.value == 0:
        return
    for heading, result in now.items():
        cell = there[heading]
        if cell is None or cell.fault:
            continue
        made = [each[heading] for each in (now, *others) if heading in each]
        if not any(same_result(cell, each) or (each is None and cell.value in empties) for each in made):
            yield row, heading, cells.seen(cell), result


def same_result(cell: Cell, result: object) -> bool:
    """Whether a cell holds a formula's result; a text of blanks is none."""
    if isinstance(cell.value, str):
        return cell.value.strip() == ("" if result is None else str(result))
    if result is None or isinstance(result, str) or not isinstance(cell.value, int | float):
        return False
    exactly = float(str(result))
    return abs(cell.value - exactly) <= HAIR * max(1, abs(exactly))


def entered_by_area(
    key_actions: Iterable[ReturnedKeyAction],
    milestones: Iterable[ReturnedMilestone],
    measures: Iterable[ReturnedMeasure],
) -> dict[str, dict[str, list[Entered]]]:
    """What returns entered of that which formulas read, by service area and sheet."""
    entered: dict[str, dict[str, list[Entered]]] = {}
    for action in key_actions:
        row: Entered = {c.KEY: action.item.key, c.OWN_RATING: action.entry.own_rating}
        entered.setdefault(action.item.area, {}).setdefault(S.KEY_ACTIONS.name, []).append(row)
    for step in milestones:
        concern = step.entry.quality_concern
        row = {
            c.KEY: step.milestone.key,
            c.NO: step.milestone.no,
            c.CARRIED_FROM: step.milestone.carried_from,
            c.STATUS: step.entry.status,
            c.QUALITY_CONCERN: None if concern is None else yes_or_no(concern),
        }
        entered.setdefault(step.milestone.area, {}).setdefault(S.MILESTONES.name, []).append(row)
    for each in measures:
        row = {
            c.KEY: each.item.key,
            c.PART: each.item.part,
            c.PERFORMANCE: each.figure,
            c.DATA_STATUS: each.entry.data_status,
        }
        entered.setdefault(each.item.area, {}).setdefault(S.MEASURES.name, []).append(row)
    return entered


def unread_figures(measures: Iterable[ReturnedMeasure]) -> frozenset[ItemId]:
    """The measures with a figure that couldn't be read, or with the last one let stand."""
    return frozenset(
        row.id
        for row in measures
        if (row.entry.performance is not None and row.figure is None) or row.entry.data_status is DataStatus.NO_NEWER
    )
