"""Where the lists stand on a sheet: rows of headings, in one line or two, and the rows beneath them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from openpyxl.utils import get_column_letter

from ragtool import columns as c
from ragtool.figures import show_day
from ragtool.plan.lists.heading_meanings import LONGEST_HEADING, Meaning, meaning_of
from ragtool.plan.lists.list_words import ASIDE, WHAT_IT_IS_ABOUT
from ragtool.plan.unread_columns import note_of
from ragtool.sheets.cells import text
from ragtool.sheets.unreadable import Unreadable
from ragtool.workbooks.opening import Cell, SheetCells

NEARLY_ALL = 0.8
"""The share of a column's cells that must be codes, for it to be one of keys, or figures, for one of targets."""

FEWEST = 2
"""Columns of a plan that a row of headings names at least."""

FEWEST_AGAIN = 3
"""And one that stands beneath another list: more, since it might be a row of that."""

NEAR_THE_TOP = 15
"""Rows that hold anything among which mistyped headings are looked for."""

MOST_COLUMNS = 200
"""Columns of a list that are looked at."""

NAMES = frozenset((c.MEASURE, c.KEY_ACTION, c.MILESTONE, WHAT_IT_IS_ABOUT))
"""What a heading means that stands over others and only says what the rows are."""


@dataclass(frozen=True)
class HeadedColumn:
    """A column of a list: its number, its heading, the cell that says it, and what that may mean. `lower` is the second
    line of a heading whose first only says what the rows are, or the one of two lines that is no day.
    """

    number: int
    heading: str
    cell: str
    meaning: Meaning
    lower: str = ""

    def guessed(self) -> HeadedColumn:
        """The column, with what its heading is most like where that isn't known."""
        if ASIDE in self.meaning.fields:
            return self
        alone = meaning_of(self.lower, guess=True)
        return replace(self, meaning=alone if self.lower and alone.fields else meaning_of(self.heading, guess=True))

    def is_of(self, year: str) -> bool:
        """Whether the heading names this year or none; where `year` is blank, which isn't known, it may name any."""
        return self.meaning.year in (year, "") or not year

    @property
    def letter(self) -> str:
        """The column's letter."""
        return get_column_letter(self.number)


@dataclass(frozen=True)
class ListPlace:
    """A list on a sheet: its headings, and the numbers of the rows beneath them that hold anything. `above` is what
    stands over the headings, by row and column letter.
    """

    sheet: SheetCells
    headings_at: tuple[int, ...]
    columns: tuple[HeadedColumn, ...]
    rows: tuple[int, ...]
    above: Mapping[tuple[int, str], str] = field(default_factory=dict)

    @cached_property
    def names(self) -> Mapping[int, str]:
        """What each column is called, by its number: its heading, with its letter where another has the same."""
        times = Counter(note_of(each.heading).casefold() for each in self.columns)
        return {
            each.number: f"{each.heading} ({each.letter})"
            if times[note_of(each.heading).casefold()] > 1
            else each.heading
            for each in self.columns
        }

    def cells_of(self, column: HeadedColumn) -> list[Cell]:
        """What stands in a column."""
        rows = (self.sheet.rows[number] for number in self.rows)
        return [cells[column.number] for cells in rows if column.number in cells]

    def letters_unheaded(self) -> list[str]:
        """The letters of the columns that have no heading though something stands in them."""
        filled = {number for row in self.rows for number in self.sheet.rows[row]}
        return [get_column_letter(number) for number in sorted(filled - {each.number for each in self.columns})]


def lists_on(sheet: SheetCells) -> list[ListPlace]:
    """The lists of a sheet, from its top; headings that are repeated within one begin none."""
    return lists_headed(sheet, guess=False) or lists_headed(sheet, guess=True)


def lists_headed(sheet: SheetCells, guess: bool) -> list[ListPlace]:
    """The lists beneath headings that are known; with `guess`, the one whose headings near the top are mistyped."""
    numbers = list(sheet.rows)
    starts: list[tuple[tuple[int, ...], tuple[HeadedColumn, ...]]] = []
    beneath = 0
    for place, number in enumerate(numbers):
        if guess and (starts or place == NEAR_THE_TOP):
            break
        if number <= beneath or not is_row_of_headings(sheet, number, FEWEST_AGAIN if starts else FEWEST, guess):
            continue
        before = numbers[place - 1] if place and numbers[place - 1] > beneath else None
        after = numbers[place + 1] if place + 1 < len(numbers) else None
        rows = best_of(sheet, number, before, after)
        columns = tuple(headed_columns(sheet, rows, guess))
        beneath = rows[-1]
        if not starts or [each.heading for each in columns] != [each.heading for each in starts[-1][1]]:
            starts.append((rows, columns))
    if not starts:
        return []
    ends = [rows[0] for rows, _ in starts[1:]] + [numbers[-1] + 1]
    above = dict(titles(sheet, starts[0][0][0]))
    return [
        ListPlace(sheet, rows, columns, tuple(between(numbers, rows[-1], end)), above)
        for (rows, columns), end in zip(starts, ends, strict=True)
    ]


def between(numbers: Sequence[int], after: int, before: int) -> Sequence[int]:
    """The numbers after one and before another, of numbers in ascending order."""
    return numbers[bisect_right(numbers, after) : bisect_left(numbers, before)]


def is_row_of_headings(sheet: SheetCells, number: int, fewest: int, guess: bool) -> bool:
    """Whether a row names so many columns of a plan, and they are most of what it says."""
    texts = heading_texts(sheet, number)
    meant = [meaning_of(each, guess) for each in texts.values()]
    fields = {field for each in meant for field in each.fields if field != ASIDE}
    known = sum(bool(each.fields or each.quarter or each.year) for each in meant)
    own = sum(any(field != ASIDE for field in each.fields) for each in meant)
    return own >= fewest and len(fields) >= fewest and known * 5 >= len(texts) * 2


def best_of(sheet: SheetCells, number: int, before: int | None, after: int | None) -> tuple[int, ...]:
    """The row of headings alone, or with the one above or beneath it where that makes more of them known."""
    pairs = [(before, number), (number, after)]
    choices: list[tuple[int, ...]] = [(number,)]
    choices += [(top, low) for top, low in pairs if top is not None and low is not None and low == top + 1]
    return max(choices, key=lambda rows: how_much_is_known(sheet, rows))


def how_much_is_known(sheet: SheetCells, rows: tuple[int, ...]) -> int:
    """How many different columns headings name: of two rows, none where the second isn't all texts or all days. One of
    days alone is no row of a list, so it counts for the two.
    """
    lower = [cell for row in rows[1:] for cell in sheet.rows[row].values()]
    days_alone = bool(lower) and all(isinstance(cell.value, date) for cell in lower)
    if not (days_alone or all(map(is_text, lower))):
        return 0
    columns = list(headed_columns(sheet, rows))
    known = {(*each.meaning.fields, each.meaning.quarter, each.meaning.year) for each in columns if each.meaning.fields}
    return len(known) + days_alone


def is_text(cell: Cell) -> bool:
    """Whether a cell holds words, or a year."""
    return isinstance(cell.value, str) or (isinstance(cell.value, int) and 1990 < cell.value < 2100)


def headed_columns(sheet: SheetCells, rows: tuple[int, ...], guess: bool = False) -> Iterator[HeadedColumn]:
    """The columns of a row of headings, or of two: what stands over several columns belongs to each of them."""
    texts = [heading_texts(sheet, row) for row in rows]
    above, beneath = days_in(sheet, rows[0]), days_in(sheet, rows[-1])
    low = beneath | texts[-1]
    top = spread_over(sheet, rows[0], above | texts[0], low) if len(rows) > 1 else {}
    for column in sorted({*top, *low}):
        heading = " ".join(each for each in (top.get(column, ""), low.get(column, "")) if each)
        row = rows[-1] if column in low else rows[0]
        meant, lower = meaning_of(heading, guess), ""
        if not meant.fields and column in low and NAMES.intersection(meaning_of(top.get(column, "")).fields):
            meant, lower = meaning_of(low[column], guess), low[column]  # Unit beneath Indicator
        beside = (low if top.get(column) in above.values() else top if column in beneath else {}).get(column, "")
        if (of_day := meaning_of(beside, guess)).fields:
            meant, lower = of_day, beside
            if c.ANNUAL_TARGET in of_day.fields:  # which isn't the year's
                meant = of_day._replace(fields={**of_day.fields, ASIDE: 1})
        yield HeadedColumn(column, heading, f"{get_column_letter(column)}{row}", meant, lower)


def spread_over(sheet: SheetCells, row: int, top: Mapping[int, str], low: Mapping[int, str]) -> dict[int, str]:
    """The upper headings, each over all columns that it is merged over, or that have a lower heading alone."""
    wide = dict(top)
    for first, last, left, right in sheet.merged:
        if first <= row <= last and left in top:
            wide |= dict.fromkeys(range(left, min(right, left + MOST_COLUMNS) + 1), top[left])
    for column in sorted(low):
        if column not in wide and column - 1 in wide and column - 1 in low:
            wide[column] = wide[column - 1]
    return wide


def heading_texts(sheet: SheetCells, number: int) -> dict[int, str]:
    """What the cells of a row say, by column, on one line; what no heading says is left out."""
    texts = {}
    for column, cell in list(sheet.rows.get(number, {}).items())[:MOST_COLUMNS]:
        try:
            said = " ".join(text(cell).split()) if is_text(cell) else ""
        except Unreadable:
            continue
        if said and len(said) <= LONGEST_HEADING:
            texts[column] = said
    return texts


def days_in(sheet: SheetCells, number: int) -> dict[int, str]:
    """The days in a row, by column: what stands under one is of that month or quarter, and has no other heading."""
    cells = list(sheet.rows.get(number, {}).items())[:MOST_COLUMNS]
    return {column: show_day(cell.value) for column, cell in cells if isinstance(cell.value, date)}


def titles(sheet: SheetCells, number: int) -> Iterator[tuple[tuple[int, str], str]]:
    """What stands above a row of headings, with its row and column letter."""
    for row in sheet.rows:
        if row >= number:
            return
        yield from (((row, get_column_letter(column)), said) for column, said in heading_texts(sheet, row).items())
