"""An earlier report: the quarters in its Data sheet, its milestones, its revisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ragtool import columns as c
from ragtool.errors import RagtoolError
from ragtool.history.edited_sheets import edited, shown_otherwise
from ragtool.history.older_reports import with_columns, with_origin
from ragtool.history.previous_milestones import registered_milestones, shown_milestones
from ragtool.history.reported import CORRECTED, Reported, ReportedMilestone, Revision
from ragtool.model import YES, Mark, Query, Severity
from ragtool.quarters import Quarter
from ragtool.sheets import cells, figure_cells
from ragtool.sheets.tables import SheetRow, read_table
from ragtool.sheets.typed_rows import readers_of, typed
from ragtool.sheets.unreadable import Unreadable
from ragtool.workbooks.bounds import own_bounds
from ragtool.workbooks.custom_properties import LONGEST_WRITTEN
from ragtool.workbooks.opening import Book, Cell, NotAWorkbook, open_book

S = c.ReportSheets

READ = (*S.FOR_THE_NEXT_RUN, S.RETURNS)
"""The sheets of a report that the next run needs."""

OWN = {c.QUARTER: "quarter", c.KIND: "kind", c.KEY: "key"}
"""What a row of Data must say of itself."""


def as_it_stands(cell: Cell) -> object:
    """A value of a column that this version doesn't know."""
    value = cell.value
    return value.date() if isinstance(value, datetime) else value


@dataclass(frozen=True)
class Previous:
    """An earlier report. `quarter` is the report's own.

    `register` has the last word on every milestone ever reported, where the report `has_register`; `milestones` are
    those that it showed. `returned` are the service areas whose returns it had, `final` tells that nothing replaces it.
    """

    file: str
    quarter: Quarter
    data: tuple[Reported, ...]
    milestones: tuple[ReportedMilestone, ...]
    register: tuple[ReportedMilestone, ...]
    has_register: bool
    revisions: tuple[Revision, ...]
    returned: frozenset[str]
    final: bool
    queries: tuple[Query, ...]


def read_previous(path: Path, organisation: str) -> Previous:
    """The report at `path`. Raises RagtoolError where it is none, or another organisation's."""
    if not path.is_file():
        raise RagtoolError(f"There is no earlier report at {path}. Check the name given with --previous.")
    try:
        book = open_book(path, own_bounds, [sheet.name for sheet in READ])
    except NotAWorkbook as fault:
        raise RagtoolError(f"The earlier report {path} can't be used. {fault.at_hand}") from fault
    if book.sheet(S.DATA.name) is None:
        raise RagtoolError(f"{path} has no sheet named Data, so it is no report made by ragtool. Name another file.")
    whose = book.properties.get(c.Property.ORGANISATION, organisation)
    if organisation and whose[:LONGEST_WRITTEN].casefold() != organisation[:LONGEST_WRITTEN].casefold():
        raise RagtoolError(f"{path} is a report of {whose}, not {organisation}. Name another file.")
    data, queries = read_data(book)
    quarters = [*(row.quarter for row in data), *own_quarter(book)]
    if not quarters:
        raise RagtoolError(f"The sheet Data of {path} has no rows that can be read. Name another file.")
    quarter = max(quarters)
    milestones, odd_milestones = shown_milestones(book, quarter)
    register, odd_register = registered_milestones(book)
    returns = read_table(book, S.RETURNS, {c.RECEIVED: cells.yes_no}, {c.SERVICE_AREA, c.RECEIVED})
    return Previous(
        file=path.name,
        quarter=quarter,
        data=data,
        milestones=milestones,
        register=register,
        has_register=book.sheet(S.REGISTER.name) is not None,
        revisions=read_revisions(book),
        returned=frozenset(row[c.SERVICE_AREA] for row in returns.rows if row[c.RECEIVED]),
        final=book.properties.get(c.Property.FINAL) == YES,
        queries=(*queries, *odd_milestones, *odd_register, *edited(book)),
    )


def read_data(book: Book) -> tuple[tuple[Reported, ...], list[Query]]:
    """The rows of a report's Data sheet, with the columns that this version doesn't know, and what is wrong there."""
    readers = readers_of(Reported)
    unknown = other_headings(book)
    sheet = c.Sheet(S.DATA.name, (*readers, *unknown))
    essential = {c.QUARTER, c.KIND, c.KEY, c.PART, c.RAG}
    table = read_table(book, sheet, {**readers, **dict.fromkeys(unknown, as_it_stands)}, essential)
    queries = [query for query in table.queries if query.severity is Severity.ERROR]
    queries += shown_otherwise(book, [each for each, read in readers.items() if read is figure_cells.stored_number])
    kept: list[SheetRow] = []
    for row in table.rows:
        lacking = {heading: name for heading, name in OWN.items() if row[heading] is None}
        for heading, name in lacking.items():
            problem = f"The row has no {name} that can be read, so it isn't kept."
            queries.append(row.at.query(heading, row[c.KEY] or "", problem, "Take the report as ragtool wrote it."))
        if not lacking:
            kept.append(row)
    rows: Iterable[Reported] = typed(Reported, kept)
    if unknown:
        rows = [
            replace(each, others={heading: row[heading] for heading in unknown})
            for each, row in zip(rows, kept, strict=True)
        ]
    if c.ORIGIN not in table.present:
        rows = map(with_columns, rows)
    return tuple(map(without_prefix, rows)), queries


def without_prefix(row: Reported) -> Reported:
    """A row with its Why as it was before a report said that it was corrected."""
    return replace(row, why=row.why.removeprefix(CORRECTED)) if row.why and Mark.REVISED in row.marks else row


def read_revisions(book: Book) -> tuple[Revision, ...]:
    """The rows of a report's Revisions sheet."""
    table = read_table(book, S.REVISIONS, readers_of(Revision), {c.QUARTER, c.KEY})
    rows = typed(Revision, table.rows)
    return rows if c.ORIGIN in table.present else tuple(map(with_origin, rows))


def own_quarter(book: Book) -> list[Quarter]:
    """The quarter that a report says it is of; none where it doesn't."""
    try:
        return [Quarter.parse(book.properties.get(c.Property.QUARTER, ""))]
    except ValueError:
        return []


def gap_before(previous: Previous, quarter: Quarter) -> list[Query]:
    """A query where quarters lie between a report and this quarter. Raises RagtoolError where it is a later one's."""
    if previous.quarter > quarter:
        raise RagtoolError(
            f"{previous.file} is the report of {previous.quarter}, later than {quarter}. Name an earlier report."
        )
    between = quarter.ordinal - previous.quarter.ordinal - 1
    if between < 1:
        return []
    which = f"{previous.quarter.plus(1)}" if between == 1 else f"{previous.quarter.plus(1)} to {quarter.plus(-1)}"
    problem = f"It is the report of {previous.quarter}, so {which} is missing from the history."
    what = "Name the last quarter's report, if there is one."
    return [Query(previous.file, S.DATA.name, "", "", Severity.QUERY, problem, what)]


def other_headings(book: Book) -> list[str]:
    """Headings of the Data sheet that this version doesn't know; their columns are kept. Case makes none another."""
    sheet = book.sheet(S.DATA.name)
    heading_row = sheet.rows.get(1, {}) if sheet else {}
    known = {heading.casefold() for heading in readers_of(Reported)}
    unknown = []
    for cell in heading_row.values():
        try:
            name = cells.text(cell)
        except Unreadable:
            continue
        if name.casefold() not in known:
            known.add(name.casefold())
            unknown.append(name)
    return unknown
