"""One return: its identification, its sheets as typed rows, its sign-off, and every value that can't be read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ragtool import columns as c
from ragtool.model import Query, Severity, as_name
from ragtool.quarters import Quarter
from ragtool.returns.digests import prefill_of_rows
from ragtool.returns.entries import (
    KINDS,
    AnyEntry,
    CorrectionEntry,
    Entry,
    KeyActionEntry,
    MeasureEntry,
    MilestoneEntry,
    ProposalEntry,
    SignOffEntry,
    is_filled,
)
from ragtool.returns.found_sheets import FoundSheets, extra_columns
from ragtool.returns.not_read import not_read
from ragtool.returns.own_spellings import rows_taken_otherwise
from ragtool.returns.sign_off import read_sign_off
from ragtool.returns.whose_return import FILL_IN_ANEW, Owner, Refusal, book_of, check_owner, identification, refusal
from ragtool.sheets import date_cells
from ragtool.sheets.tables import read_table
from ragtool.sheets.typed_figures import is_no_answer
from ragtool.sheets.typed_rows import readers_of, typed
from ragtool.sheets.unreadable import quoted
from ragtool.workbooks.opening import Book

S = c.ReturnSheets

IDENTITY = {
    S.KEY_ACTIONS.name: {c.KEY},
    S.MILESTONES.name: {c.KEY, c.NO, c.STATUS, c.CARRIED_FROM},
    S.MEASURES.name: {c.KEY, c.PART, c.PERFORMANCE, c.DATA_STATUS},
    S.NEXT.name: {c.KEY, c.MILESTONE, c.DUE},
    S.REVISIONS.name: {c.KEY, c.QUARTER, c.REVISED_PERFORMANCE},
}
"""Headings without which a sheet can't be used."""

LATER = {c.BASIS, c.INTERVENTION_LEVEL, c.LAST_FIGURE, c.LAST_PERIOD}
"""Locked columns that templates didn't always have."""

KEPT = 20_000
"""Cells of a return up to which it is kept in memory for its copy; one with more is read again."""

MOST_ROWS = 5_000
"""Filled rows of a return, of which each beyond the template's is a query: far more would take minutes to say."""


@dataclass(frozen=True)
class Return:
    """One service area's return. `named` is whose it says it is, by a name that the area has or had; `areas` is whose
    rows it may hold: that area's, those of all that it was split into too. `filled_in` tells what its template did, and
    `last_figures` which it showed, a row each: digests, empty in returns that were made before there were any.

    `otherwise` are the rows, by sheet, with an entry that the return's formulas take otherwise than it is read.
    `unread` are sheets that are missing, or lack a heading without which they can't be used: how many rows each has.
    """

    file: str
    sha256: str
    organisation: str
    areas: tuple[str, ...]
    quarter: Quarter
    fingerprint: str
    template_version: str
    key_actions: tuple[KeyActionEntry, ...] = ()
    milestones: tuple[MilestoneEntry, ...] = ()
    measures: tuple[MeasureEntry, ...] = ()
    proposals: tuple[ProposalEntry, ...] = ()
    corrections: tuple[CorrectionEntry, ...] = ()
    sign_off: SignOffEntry = field(default_factory=SignOffEntry)
    queries: tuple[Query, ...] = ()
    unread: Mapping[str, int] = field(default_factory=dict)
    named: str = ""
    filled_in: str = ""
    last_figures: str = ""
    otherwise: frozenset[tuple[str, int]] = frozenset()
    book: Book | None = field(default=None, repr=False, compare=False)

    @property
    def area(self) -> str:
        """The service area that answers for what none of its rows tells, such as a row that is no area's."""
        return self.areas[0]

    def is_former_of(self, area: str) -> bool:
        """Whether it is under a name that one of its service areas had, and may hold a part of its rows alone."""
        return as_name(self.named) not in ("", as_name(area))

    @property
    def by_sheet(self) -> dict[str, tuple[Entry, ...]]:
        """The rows by the name of their sheet."""
        rows = (self.key_actions, self.milestones, self.measures, self.proposals, self.corrections)
        return dict(zip(KINDS, rows, strict=True))

    def takes_otherwise(self, row: Entry) -> bool:
        """Whether the return's formulas take an entry of a row otherwise than it is read."""
        return row.at is not None and (row.at.sheet, row.at.row) in self.otherwise

    @property
    def is_filled(self) -> bool:
        """Whether it counts as filled in: an officer entered something, or there was nothing to enter."""
        return self.has_entries or not (self.milestones or self.measures)

    @property
    def has_entries(self) -> bool:
        """Whether an officer entered anything, were it only what can't be read, or changed what was filled in."""
        if self.filled_in and prefill_of_rows(self.key_actions, self.measures) != self.filled_in:
            return True
        if self.unread or any(query.severity is Severity.ERROR and query.key for query in self.queries):
            return True
        rows = (row for rows in self.by_sheet.values() for row in rows)
        signed = any(value is not None for value in self.sign_off.by_field.values())
        return signed or any(map(is_filled, rows))

    @property
    def is_signed(self) -> bool:
        """Whether somebody signed it off."""
        name = self.sign_off.signed_off_by
        return bool(name) and not is_no_answer(str(name))


def read_return(path: Path, owner: Owner | None) -> Return:
    """One return. Raises Refusal where it can't be used at all."""
    book = book_of(path)
    about = identification(book)
    areas = check_owner(book, about, owner)
    try:
        quarter = Quarter.parse(about[c.About.QUARTER])
    except ValueError:
        raise refusal(book, "Its hidden sheet names no quarter.", FILL_IN_ANEW, areas[0]) from None
    found_sheets = FoundSheets(book)
    if (rows := filled_rows(found_sheets)) > MOST_ROWS:
        raise too_long(book, rows, areas[0])
    queries: list[Query] = []
    if book.wrong_extension:
        problem = f"Its name ends in {quoted(path.suffix) if path.suffix else 'no format'}, but it holds {book.format}."
        queries.append(Query(book.name, "", "", "", Severity.QUERY, problem, "Save it as .xlsx in Excel next time."))
    unread: dict[str, int] = {}
    sheets = ReturnRows(found_sheets, queries, unread, quarter.calendar)
    return Return(
        file=book.name,
        sha256=book.sha256,
        organisation=about[c.About.ORGANISATION],
        areas=areas,
        named=about[c.About.SERVICE_AREA],
        quarter=quarter,
        fingerprint=about[c.About.PLAN_FINGERPRINT],
        template_version=about[c.About.TEMPLATE_VERSION],
        filled_in=about[c.About.FILLED_IN],
        last_figures=about[c.About.LAST_FIGURES],
        key_actions=sheets.of(S.KEY_ACTIONS, KeyActionEntry),
        milestones=sheets.of(S.MILESTONES, MilestoneEntry),
        measures=sheets.of(S.MEASURES, MeasureEntry),
        proposals=sheets.of(S.NEXT, ProposalEntry),
        corrections=sheets.of(S.REVISIONS, CorrectionEntry),
        sign_off=read_sign_off(found_sheets, queries),
        queries=(*queries, *not_read(found_sheets)),
        unread=unread,
        otherwise=frozenset(rows_taken_otherwise(found_sheets)),
        book=book if cell_count(book) <= KEPT else None,
    )


@dataclass
class ReturnRows:
    """A return's sheets as they are read: `queries` takes what is wrong, `unread` the sheets that can't be used."""

    sheets: FoundSheets
    queries: list[Query]
    unread: dict[str, int]
    calendar: bool
    """Whether the financial years of its plan are calendar years."""

    def of(self, sheet: c.Sheet, kind: type[AnyEntry]) -> tuple[AnyEntry, ...]:
        """The rows of a sheet; none where it lacks a heading without which it can't be used."""
        worksheet, odd = self.sheets.find(sheet)
        sheet = c.with_asked_columns(sheet, c.AT_TIMES)
        readers = date_cells.in_years(readers_of(kind), self.calendar)
        headings = tuple(heading for heading in sheet.headings if heading in readers)
        essential = IDENTITY[sheet.name]
        named = c.Sheet(worksheet.name if worksheet else sheet.name, headings)
        table = read_table(self.sheets.book, named, readers, essential, {*LATER, *c.AT_TIMES})
        usable = essential <= table.present
        self.queries += odd
        self.queries += [query for query in table.queries if usable or not query.key]
        self.queries += extra_columns(self.sheets.book, worksheet, sheet.headings) if worksheet else ()
        if not usable:
            self.unread[sheet.name] = len(table.rows)
            return ()
        refused = {query.cell for query in table.queries if query.severity is Severity.ERROR}
        return tuple(with_unread(row, refused) for row in typed(kind, table.rows))


def with_unread(row: AnyEntry, refused: Collection[str]) -> AnyEntry:
    """A row that knows which of its cells are among those that were refused."""
    headings = row.at.letters if row.at and refused else ()
    unread = frozenset(heading for heading in headings if row.at and row.at.cell(heading) in refused)
    return replace(row, unread=unread) if unread else row


def cell_count(book: Book) -> int:
    """How many cells a workbook has."""
    return sum(len(cells) for sheet in book.sheets.values() for cells in sheet.rows.values())


def filled_rows(sheets: FoundSheets) -> int:
    """How many rows of the template's own sheets hold something."""
    return sum(len(worksheet.rows) for sheet in S.TABLES if (worksheet := sheets.find(sheet)[0]))


def too_long(book: Book, rows: int, area: str) -> Refusal:
    """The refusal of a return with more filled rows than any needs."""
    problem = f"Its sheets have {rows:,} filled rows; no return needs more than {MOST_ROWS:,}."
    what = "Delete what was pasted or filled down beneath the tables, and send it again."
    return Refusal(Query(book.name, "", "", "", Severity.ERROR, problem, what), area)
