"""The returns with queries, each as a copy of the officer's own workbook with every query marked where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from ragtool import columns as c
from ragtool.commands.folder import QUERIES
from ragtool.model import Query, yes_or_no
from ragtool.quarter.items import RatedMeasure, ReturnedMilestone
from ragtool.quarter.rated import RatedQuarter
from ragtool.returns.entries import Entry, entries_by_heading
from ragtool.returns.marked import Annotated, annotate_returns
from ragtool.returns.one_return import Return
from ragtool.returns.received import Received
from ragtool.returns.template.area_items import AreaItems, items_by_area
from ragtool.returns.template.return_rows import Entered, Entries
from ragtool.returns.template.template import write_return
from ragtool.sheets.typed_rows import values_of
from ragtool.workbooks.book import Book
from ragtool.workbooks.outputs import Outputs
from ragtool.workbooks.whole_files import Writer
from ragtool.workers import Run, in_turn

S = c.ReturnSheets

NO_FILE = ""
"""The file of a row that no return has; what the plan says of it stands in a fresh template all the same."""


def write_copies(
    returns: Path,
    received: Received,
    rated: RatedQuarter | None,
    queries: Sequence[Query],
    outputs: Outputs,
    run: Run = in_turn,
) -> tuple[Annotated, ...]:
    """Writes a marked copy of each return with queries, to go to the folder `queries` in `returns` with `outputs`.

    A workbook that can't be marked as it is, such as an .ods, becomes a fresh template filled with what was read of
    it; that needs the plan, in `rated`. What is no return has nothing to
    correct, nor has one that nobody touched.
    """
    refill = Refilling(received, rated) if rated else no_refill
    books: dict[str, Book | None] = {each.file: each.book for each in (*received.used, *received.unfilled) if each.book}
    books |= {each.file: None for each in received.refused if not each.opens}
    none = {each.file for each in received.refused if not each.is_return}
    none |= {each.file for each in received.unfilled if not each.queries}
    paths = {file: path for file, path in received.paths.items() if file not in none}
    return tuple(annotate_returns(paths, queries, returns / QUERIES, refill, outputs, books, run))


def no_refill(file: str) -> Writer | None:
    """Without a plan there is no template to fill."""
    return None


class Refilling:
    """Writes fresh templates filled with what was read of returns."""

    def __init__(self, received: Received, rated: RatedQuarter) -> None:
        self.rated = rated
        self.used = {each.file: each for each in received.used}

    def __call__(self, file: str) -> Writer | None:
        """What writes the template of a return, by its file's name; None where that isn't used."""
        each = self.used.get(file)
        if each is None:
            return None
        own, earlier = self.items_of(each), self.rated.earlier
        fixed = partial(write_return, plan=self.rated.plan, quarter=each.quarter, items=own, earlier=earlier)
        return partial(fixed, entries=self.entries_of(each))

    @cached_property
    def items(self) -> dict[str, AreaItems]:
        """What each return asks for."""
        return items_by_area(self.rated.plan, self.rated.quarter, [step.milestone for step in self.rated.counted])

    def items_of(self, each: Return) -> AreaItems:
        """What a return asks for; of a service area that had its name, what is in it of that."""
        own = self.items[each.area]
        if each.areas == (each.area,) and not each.is_former_of(each.area):
            return own
        asked = [self.items[area] for area in each.areas]
        ids = {row.id(each.quarter) for rows in (each.key_actions, each.milestones, each.measures) for row in rows}
        if not each.is_former_of(each.area):
            ids |= {item.id for items in (own.key_actions, own.milestones, own.measures) for item in items}
        return replace(
            own,
            area=each.named,
            key_actions=tuple(action for items in asked for action in items.key_actions if action.id in ids),
            milestones=tuple(step for items in asked for step in items.milestones if step.id in ids),
            measures=tuple(measure for items in asked for measure in items.measures if measure.id in ids),
            areas={
                key: {each.named if area in each.areas else area for area in areas} for key, areas in own.areas.items()
            },
        )

    @cached_property
    def by_sheet(self) -> dict[str, dict[str, list[Entered]]]:
        """What was read of the items' entries, by sheet and the file that they stand in."""
        rows: dict[str, dict[str, list[Entered]]] = {name: {} for name in (S.KEY_ACTIONS.name, S.MILESTONES.name)}
        rows[S.MEASURES.name] = {}
        for action in self.rated.key_actions:
            entries = {**entries_by_heading(action.entry), c.KEY: action.item.key}
            rows[S.KEY_ACTIONS.name].setdefault(file_of(action.entry), []).append(entries)
        for step in self.rated.milestones:
            rows[S.MILESTONES.name].setdefault(file_of(step.entry), []).append(milestone_entries(step))
        for measure in self.rated.measures:
            rows[S.MEASURES.name].setdefault(file_of(measure.entry), []).append(measure_entries(measure))
        return rows

    def entries_of(self, each: Return) -> Entries:
        """What was read of a return's entries, by sheet, as its template takes them."""
        return {
            **{name: [*rows.get(each.file, []), *rows.get(NO_FILE, [])] for name, rows in self.by_sheet.items()},
            S.NEXT.name: [values_of(row) for row in each.proposals],
            S.REVISIONS.name: [
                {**values_of(row), c.REVISED_PERFORMANCE: row.performance.value if row.performance else None}
                for row in each.corrections
            ],
            S.SIGN_OFF.name: [{c.FIELD: field, c.ENTRY: entry} for field, entry in each.sign_off.by_field.items()],
        }


def file_of(entry: Entry) -> str:
    """The file that a row stands in; none where no return has it."""
    return entry.at.file if entry.at else NO_FILE


def milestone_entries(step: ReturnedMilestone) -> dict[str, object]:
    """A milestone's entries, under what identifies its row."""
    milestone, concern = step.milestone, step.entry.quality_concern
    return {
        **entries_by_heading(step.entry),
        c.KEY: milestone.key,
        c.NO: milestone.no,
        c.CARRIED_FROM: milestone.carried_from,
        c.QUALITY_CONCERN: None if concern is None else yes_or_no(concern),
    }


def measure_entries(measure: RatedMeasure) -> dict[str, object]:
    """A measure's entries, under what identifies its row; a figure that was let stand isn't an entry."""
    return {
        **entries_by_heading(measure.entry),
        c.KEY: measure.item.key,
        c.PART: measure.part,
        c.PERFORMANCE: None if measure.stands else measure.figure,
    }
