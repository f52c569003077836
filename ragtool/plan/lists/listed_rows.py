"""The rows of a list: what stands in each, beneath merged cells and rows that name what follows too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from openpyxl.utils import get_column_letter

from ragtool import columns as c
from ragtool.model import Place, as_name
from ragtool.plan.lists.entry_words import OF_A_THEME, OF_AN_AREA, OF_AN_OUTCOME
from ragtool.plan.lists.heading_meanings import phrase
from ragtool.plan.lists.heading_rows import ListPlace, between
from ragtool.plan.lists.list_columns import ListColumns
from ragtool.plan.lists.list_doubts import Doubts
from ragtool.plan.lists.list_kinds import ITS_NAME
from ragtool.plan.lists.past_quarters import Past
from ragtool.plan.needed_cells import TOTAL
from ragtool.quarters import Quarter
from ragtool.sheets.cells import is_left_out, text
from ragtool.sheets.plain_values import as_heading, is_blank
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.opening import Cell

GROUPED = (c.THEME, c.OUTCOME, c.OUTCOME_NO, c.SERVICE_AREA)
"""What is often written once, for all rows down to the next that has one, within a theme. A panel isn't: an item with
none goes to no panel, and never into another's report.
"""

FEW_COLUMNS = 3
"""Columns that a list has at least where a row that fills one alone stands over others."""


@dataclass(frozen=True)
class ListedRow:
    """A row of a list: its place, whose letters are those of the list's own headings, and its cells by field.

    `own` are the fields that stand in the row itself, not in merged cells or rows above; `others` what stands in
    columns that aren't taken, by what these are called; `headings` what those are called that are, by field. `past` are
    figures of quarters that are over, each with what its column is called, and `by_quarter` milestones, each with the
    quarter in which it is due, by what its column is called. `now` is the quarter of the report (None: not known).
    """

    at: Place
    cells: Mapping[str, Cell]
    own: frozenset[str]
    others: Mapping[str, Cell]
    headings: Mapping[str, str]
    now: Quarter | None
    past: Mapping[Past, tuple[str, Cell]] = field(default_factory=dict)
    by_quarter: Mapping[str, tuple[Quarter, Cell]] = field(default_factory=dict)


@dataclass
class RowsOfList:
    """Reads the rows of one list; what isn't taken, or is taken from another row, is told."""

    file: str
    place: ListPlace
    columns: ListColumns
    doubts: Doubts
    now: Quarter | None
    groups: dict[str, tuple[int, Cell]] = field(default_factory=dict)
    above: dict[str, Cell] = field(default_factory=dict)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    """Cells and what was taken from each for the rows beneath, where that is plain."""

    def __iter__(self) -> Iterator[ListedRow]:
        beneath_merged = self.merged()
        names = {column.number: name for name, column in self.columns.taken.items()}
        waiting: list[int] = []
        for number in self.place.rows:
            cells: Mapping[int, Cell] = {
                column: cell for column, cell in self.place.sheet.rows[number].items() if not is_blank(cell)
            }
            if not cells or self.repeats_headings(number):
                continue
            if self.is_struck(cells):
                self.tell(
                    number,
                    cells,
                    "The whole row is struck out, so it isn't taken.",
                    "Take the line away if it is to count.",
                )
            elif self.is_total(cells):
                self.tell(number, cells, "The row is a total, so it isn't taken.", "Nothing, if it is one.")
            elif self.stands_over(number, cells):
                waiting.append(number)
            else:
                for each in waiting:
                    self.group(each)
                waiting = []
                yield self.row(number, cells, beneath_merged.get(number, {}), names)
        for each in waiting:
            alone = self.place.sheet.rows[each]
            said = quoted(self.said(next(iter(alone.values()))))
            what = "Leave it there if it is a note; else type it into the plan."
            self.tell(each, alone, f"{said} stands beneath the list, so it isn't taken.", what)

    def merged(self) -> dict[int, dict[int, Cell]]:
        """What cells that are merged downwards say in the rows that they cover, by column."""
        rows, numbers = self.place.sheet.rows, self.place.rows
        beneath: dict[int, dict[int, Cell]] = {}
        for top, bottom, left, _ in self.place.sheet.merged:
            cell = rows.get(top, {}).get(left)
            if cell is not None and top < bottom:
                for number in between(numbers, top, bottom + 1):
                    beneath.setdefault(number, {})[left] = cell
        return beneath

    def row(
        self, number: int, cells: Mapping[int, Cell], beneath: Mapping[int, Cell], names: Mapping[int, str]
    ) -> ListedRow:
        """A row with what it takes from merged cells, from rows that stand over it, and from the row above."""
        own = {names[column]: cell for column, cell in cells.items() if column in names}
        under = {names[column]: cell for column, cell in beneath.items() if column in names}
        grouped = {name: cell for name, (_, cell) in self.groups.items()}
        filled = {**grouped, **under, **own}
        at = self.at(number)
        theme = filled.get(c.THEME)
        if theme and as_name(self.said(theme)) != as_name(self.said(self.above.get(c.THEME, theme))):
            self.above.clear()
        for name in GROUPED:
            if name in filled:
                self.above[name] = filled[name]
            elif name in self.columns.taken and name in self.above and self.is_item(own):
                filled[name] = self.above[name]
                problem = f"The cell is blank, and is taken as the one above: {quoted(self.said(self.above[name]))}."
                heading = self.place.names[self.columns.taken[name].number]
                self.doubts.add(
                    at, heading, "", problem, f"See whether that is so; if it isn't, correct {name} in the plan."
                )
        headings = {name: self.place.names[column.number] for name, column in self.columns.taken.items()}
        over = self.columns.past
        past = {over[column]: (self.called(column), cell) for column, cell in cells.items() if column in over}
        due = self.columns.by_quarter
        by_quarter = {self.called(column): (due[column], cell) for column, cell in cells.items() if column in due}
        aside = {column: cell for column, cell in cells.items() if column not in {*names, *over, *due}}
        others = {self.called(column): cell for column, cell in aside.items()}
        return ListedRow(at, filled, frozenset(own), others, headings, self.now, past, by_quarter)

    def is_item(self, own: Mapping[str, Cell]) -> bool:
        """Whether a row says what it is about."""
        return ITS_NAME.get(self.columns.sheet, c.OUTCOME) in own

    def called(self, column: int) -> str:
        """What a column is called; by its letter where it has no heading."""
        return self.place.names.get(column) or f"column {get_column_letter(column)}"

    def at(self, number: int) -> Place:
        """The place of a row, whose letters are those of the list's columns, as they are called."""
        return Place(self.file, self.place.sheet.name, number, self.letters)

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """The letter of each column, by what it is called."""
        return {name: get_column_letter(number) for number, name in self.place.names.items()}

    @cached_property
    def headings(self) -> Mapping[int, str]:
        """The headings, by the numbers of their columns."""
        return {column.number: column.heading for column in self.place.columns}

    def tell(self, number: int, cells: Mapping[int, Cell], problem: str, what: str) -> None:
        """A doubt about a whole row, at its first cell."""
        self.doubts.add(self.at(number), self.place.names.get(min(cells), ""), "", problem, what)

    def said(self, cell: Cell) -> str:
        """What a cell says; nothing where it can't be read."""
        try:
            return " ".join(text(cell).split())
        except Unreadable:
            return ""

    def repeats_headings(self, number: int) -> bool:
        """Whether a row repeats the headings, as where a list is broken for print."""
        cells = self.place.sheet.rows[number]
        said = ((as_heading(self.said(cell)), self.headings.get(column, "")) for column, cell in cells.items())
        return len(cells) > 1 and all(each and each in as_heading(heading) for each, heading in said)

    def is_struck(self, cells: Mapping[int, Cell]) -> bool:
        """Whether all that stands in a row is struck out."""
        return all(is_left_out(cell) for cell in cells.values())

    def is_total(self, cells: Mapping[int, Cell]) -> bool:
        """Whether a row adds up those above it."""
        return TOTAL.fullmatch(self.said(cells[min(cells)])) is not None

    def stands_over(self, number: int, cells: Mapping[int, Cell]) -> bool:
        """Whether a row fills one cell alone, with words, so that it names what follows."""
        if len(cells) > 1 or len(self.place.columns) < FEW_COLUMNS:
            return False
        column, cell = next(iter(cells.items()))
        first = min(each.number for each in self.place.columns)
        part = self.columns.taken.get(c.MILESTONE) or self.columns.taken.get(c.PART_DESCRIPTION)
        is_words = isinstance(cell.value, str) and any(map(str.isalpha, cell.value))
        return is_words and column <= first + 1 and not (part and part.number == column)

    def group(self, number: int) -> None:
        """Takes what a row says as the theme, outcome or service area of the rows beneath it."""
        cell = next(iter(self.place.sheet.rows[number].values()))
        words = phrase(as_heading(self.said(cell)))
        raw = {*as_heading(self.said(cell)).replace(":", " ").split()}
        taken = self.columns.taken
        kinds = ((c.OUTCOME, OF_AN_OUTCOME), (c.THEME, OF_A_THEME), (c.SERVICE_AREA, OF_AN_AREA))
        sure = next((name for name, of in kinds if (words | raw) & of), None)
        name = sure or (c.THEME if c.SERVICE_AREA in taken and c.THEME not in taken else c.SERVICE_AREA)
        self.groups = {each: there for each, there in self.groups.items() if each == name or name != c.THEME}
        self.groups[name] = (number, cell)
        problem = f"{quoted(self.said(cell))} stands over the rows beneath it, and is taken as their {name}."
        if name in taken:
            problem += f" Where {quoted(taken[name].heading)} is filled in, that counts."
        if sure and name not in taken:
            self.remarks.append((f"{get_column_letter(min(self.place.sheet.rows[number]))}{number}", problem))
        else:
            what = f"See whether that is so; if it isn't, correct {name} in the plan."
            self.tell(number, self.place.sheet.rows[number], problem, what)
