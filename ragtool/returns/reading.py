"""One return: its identification, its sheets as typed frames, its sign-off, and every value that can't be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from ragtool import columns as c
from ragtool.errors import RagtoolError
from ragtool.frames import AT, records
from ragtool.model import DataStatus, MilestoneStatus, Query, Severity, fold
from ragtool.plan.plan import Plan
from ragtool.plan.settings import day_or_text
from ragtool.quarters import Quarter
from ragtool.returns.found_sheets import extra_columns, find_sheet
from ragtool.sheets import cells
from ragtool.sheets.tables import Table, read_table
from ragtool.sheets.typed_figures import is_no_answer
from ragtool.sheets.unreadable import quoted, visible
from ragtool.workbooks.opening import Book, Cell, NotAWorkbook, open_book

S = c.ReturnSheets


def preview(cell: Cell) -> str:
    """The preview's letters as last calculated; a formula, so no fault of the officer's where it has no result."""
    return "" if cell.fault else cells.text(cell)


READERS: Mapping[str, Mapping[str, cells.Reader]] = {
    S.KEY_ACTIONS.name: {c.OWN_RATING: cells.own_rating, c.RAG_PREVIEW: preview},
    S.MILESTONES.name: {
        c.CARRIED_FROM: cells.quarter,
        c.STATUS: cells.choice(MilestoneStatus),
        c.COMPLETED_ON: cells.day,
        c.QUALITY_CONCERN: cells.yes_no,
        c.REVISED_DATE: cells.day,
    },
    S.MEASURES.name: {
        c.PERFORMANCE: lambda cell: cell,
        c.DATA_AS_AT: day_or_text,
        c.DATA_STATUS: cells.choice(DataStatus),
        c.OWN_RATING: cells.own_rating,
        c.RAG_PREVIEW: preview,
        c.BY_WHEN: day_or_text,
    },
    S.NEXT.name: {c.DUE: cells.when},
    S.REVISIONS.name: {c.QUARTER: cells.quarter, c.REVISED_PERFORMANCE: lambda cell: cell},
}
"""How each column of a return reads; text where none is named. A figure reads once its unit is known."""

IDENTITY = {
    S.KEY_ACTIONS.name: {c.KEY},
    S.MILESTONES.name: {c.KEY, c.NO, c.STATUS, c.CARRIED_FROM},
    S.MEASURES.name: {c.KEY, c.PART, c.PERFORMANCE, c.DATA_STATUS},
    S.NEXT.name: {c.KEY, c.MILESTONE, c.DUE},
    S.REVISIONS.name: {c.KEY, c.QUARTER, c.REVISED_PERFORMANCE},
}
"""Headings without which a sheet can't be used."""

PREFILLED = {c.PERIOD, c.DATA_SOURCE, c.ACTION_PLAN, c.BUSINESS_PLAN}
"""Entries that the template may have filled in from the plan."""

UNREAD = {c.MILESTONES_DUE, c.COMPLETE, c.OVERDUE, c.SHORTFALL}
"""Columns that only help the officer; nothing in them is an entry."""


MOST_ROWS = 5_000
"""Filled rows of a return, of which each one beyond the template's is a query: far more are a slip of the mouse, and
would take minutes to say.
"""


@dataclass(frozen=True)
class Return:
    """One service area's return. `tables` are its sheets by name, each row knowing its place (`AT`).

    `unread` are sheets that are missing, or lack a heading without which they can't be used: how many rows each has.
    `signed_at` is the cell in which it is signed off.
    """

    file: str
    sha256: str
    organisation: str
    area: str
    quarter: Quarter
    fingerprint: str
    template_version: str
    tables: Mapping[str, pd.DataFrame]
    sign_off: Mapping[str, object]
    queries: tuple[Query, ...]
    unread: Mapping[str, int] = field(default_factory=dict)
    signed_at: str = "B4"

    @property
    def is_filled(self) -> bool:
        """Whether an officer entered anything that the template doesn't fill in, were it only what can't be read."""
        if self.unread or any(query.severity is Severity.ERROR and query.key for query in self.queries):
            return True
        entered = (
            row.get(heading)
            for name, table in self.tables.items()
            for row in records(table)
            for heading in set(c.ENTRY_HEADINGS[name]) - PREFILLED
        )
        asked = any(len(self.tables[sheet.name]) for sheet in (S.MILESTONES, S.MEASURES))
        return not asked or any(value is not None for value in (*entered, *self.sign_off.values()))

    @property
    def is_signed(self) -> bool:
        """Whether somebody signed it off."""
        name = self.sign_off[c.SignOff.SIGNED_OFF_BY]
        return bool(name) and not is_no_answer(str(name))


def entered(value: object) -> object:
    """What was typed, as it is compared with other cells: a number format may stay behind when rows are sorted."""
    return (value.value, value.fault) if isinstance(value, Cell) else value


@dataclass
class Refusal(Exception):
    """A return that can't be used, why, and whose it is, as far as that is known."""

    query: Query
    area: str = ""


def read_return(path: Path, plan: Plan | None) -> Return:
    """One return. Raises Refusal where it can't be used at all."""
    book = book_of(path)
    about = identification(book)
    area = check_owner(book, about, plan)
    try:
        quarter = Quarter.parse(about[c.About.QUARTER])
    except ValueError:
        raise refusal(
            book, "Its hidden sheet names no quarter.", "Fill in a fresh return from the templates.", area
        ) from None
    if (rows := filled_rows(book)) > MOST_ROWS:
        raise too_long(book, rows, area)
    queries: list[Query] = []
    if book.wrong_extension:
        problem = f"Its name ends in {quoted(path.suffix) if path.suffix else 'no format'}, but it holds {book.format}."
        queries.append(Query(book.name, "", "", "", Severity.QUERY, problem, "Save it as .xlsx in Excel next time."))
    tables: dict[str, pd.DataFrame] = {}
    unread: dict[str, int] = {}
    for sheet in S.TABLES[:-1]:
        found, odd = find_sheet(book, sheet)
        shown = c.Sheet(found.name if found else sheet.name, tuple(h for h in sheet.headings if h not in UNREAD))
        table = read_table(book, shown, READERS[sheet.name], IDENTITY[sheet.name])
        usable = IDENTITY[sheet.name] <= table.present
        tables[sheet.name] = table.frame if usable else table.frame.iloc[:0]
        if not usable:
            unread[sheet.name] = len(table.frame)
        queries += [*odd, *told(table, usable), *(extra_columns(book, found, sheet.headings) if found else ())]
    sign_off, signed_at = read_sign_off(book, queries)
    return Return(
        file=book.name,
        sha256=book.sha256,
        organisation=about[c.About.ORGANISATION],
        area=area,
        quarter=quarter,
        fingerprint=about[c.About.PLAN_FINGERPRINT],
        template_version=about[c.About.TEMPLATE_VERSION],
        tables=tables,
        sign_off=sign_off,
        queries=tuple(queries),
        unread=unread,
        signed_at=signed_at,
    )


def filled_rows(book: Book) -> int:
    """How many rows of the template's own sheets hold something."""
    return sum(len(found.rows) for sheet in S.TABLES if (found := find_sheet(book, sheet)[0]))


def too_long(book: Book, rows: int, area: str) -> Refusal:
    """The refusal of a return with more filled rows than any needs."""
    problem = f"Its sheets have {rows:,} filled rows; no return needs more than {MOST_ROWS:,}."
    what = "Delete what was pasted or filled down beneath the tables, and send it again."
    return Refusal(Query(book.name, "", "", "", Severity.ERROR, problem, what), area)


def book_of(path: Path) -> Book:
    """The workbook at `path`, under a name that every output can hold. Raises Refusal where it is none."""
    name = name_of(path)
    try:
        return replace(open_book(path), name=name)
    except NotAWorkbook as fault:
        said = str(fault)
    except RagtoolError as fault:
        said = str(fault).replace(str(path), "It")
    what, _, to_do = said.partition(". ")
    raise Refusal(Query(name, "", "", "", Severity.ERROR, f"{what}.", to_do))


def name_of(path: Path) -> str:
    """A file's name as text; what no output could hold, such as letters in another encoding, is a question mark."""
    name = path.name.encode("utf-8", "replace").decode()
    return "".join("?" if ord(character) < 32 else character for character in name)


def check_owner(book: Book, about: Mapping[str, str], plan: Plan | None) -> str:
    """The service area that a return is of, as the plan spells it. Raises Refusal where the plan doesn't know it."""
    area = about[c.About.SERVICE_AREA]
    if plan is None:
        return area
    organisation = plan.settings.organisation
    if organisation and as_name(about[c.About.ORGANISATION]) != as_name(organisation):
        problem = f"It is a return of {about[c.About.ORGANISATION] or 'no named organisation'}, not {organisation}."
        raise refusal(book, problem, "Send it to them, or remove it from the folder.")
    spelled = {as_name(known): known for known in plan.areas}
    if as_name(area) not in spelled:
        problem = f"The plan has no service area {area or 'for it: its hidden sheet names none'}."
        raise refusal(book, problem, "Add the service area to the plan, or remove the return.", area)
    return spelled[as_name(area)]


def as_name(typed: str) -> str:
    """A name as it is compared: case, blanks and the shape of quotes and dashes don't matter."""
    return fold(visible(typed).translate(SHAPES))


SHAPES = str.maketrans("\u2018\u2019\u02bc\u201c\u201d\u2010\u2011\u2012\u2013\u2014", "'''\"\"-----")
"""Quotes and dashes that programs put in the place of those on the keyboard."""


def told(table: Table, usable: bool) -> list[Query]:
    """What is to be said of a sheet; of one that can't be used, that alone."""
    return [query for query in table.queries if usable or not query.key]


def refusal(book: Book, problem: str, what_to_do: str, area: str = "") -> Refusal:
    """The refusal of a return for what its hidden sheet says."""
    return Refusal(Query(book.name, S.ABOUT.name, "", "", Severity.ERROR, problem, what_to_do), area)


def identification(book: Book) -> dict[str, str]:
    """The fields of the hidden identification sheet. Raises Refusal where there is none."""
    if book.sheet(S.ABOUT.name) is None:
        raise refusal(
            book,
            "It has no identification sheet, so it is no return made by ragtool.",
            "Fill in the return that came from the templates, and send that.",
        )
    rows = records(read_table(book, S.ABOUT, {}, set(S.ABOUT.headings)).frame)
    fields = {(row[c.FIELD] or "").casefold(): row[c.VALUE] or "" for row in rows}
    return {name: fields.get(name.casefold(), "") for name in c.About.ALL}


def read_sign_off(book: Book, queries: list[Query]) -> tuple[dict[str, object], str]:
    """The entries of the Sign-off sheet by field, the date as a date where it is one, and the cell that is signed."""
    found, odd = find_sheet(book, S.SIGN_OFF)
    sheet = c.Sheet(found.name if found else S.SIGN_OFF.name, S.SIGN_OFF.headings)
    table = read_table(book, sheet, {c.ENTRY: day_or_text}, set(S.SIGN_OFF.headings))
    queries += [*odd, *table.queries]
    rows = {(row[c.FIELD] or "").casefold().rstrip(":"): row for row in records(table.frame)}
    entries = {name: rows.get(name.casefold(), {}).get(c.ENTRY) for name in c.SignOff.ALL}
    signed = rows.get(c.SignOff.SIGNED_OFF_BY.casefold())
    return entries, signed[AT].cell(c.ENTRY) if signed else "B4"
