"""An earlier report: the quarters in its Data sheet, its milestones, its revisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pandas as pd

from ragtool import columns as c
from ragtool.columns import Property
from ragtool.errors import RagtoolError
from ragtool.figures import exact
from ragtool.frames import AT, frame, records
from ragtool.model import YES, Basis, Better, MilestoneStatus, Query, Severity
from ragtool.plan.milestones import FIRST_DUE, MOVED, REPORTED, WITHDRAWN
from ragtool.quarters import Quarter
from ragtool.sheets import cells
from ragtool.sheets.cells import Unreadable
from ragtool.sheets.tables import read_table
from ragtool.workbooks.digest import digest
from ragtool.workbooks.opening import Book, Cell, NotAWorkbook, open_book

S = c.ReportSheets


MOST_PARTS = 10**7
"""The largest denominator that a stored shortfall is recognised by: figures and targets seldom have more digits."""


def shortfall(cell: Cell) -> Fraction:
    """A shortfall, as a share: the simple fraction whose decimals the cell holds, such as a third, if there is one."""
    stored = cells.number(cell)
    simple = Fraction(stored).limit_denominator(MOST_PARTS)
    return simple if exact(float(simple)) == stored else Fraction(stored)


def as_it_stands(cell: Cell) -> object:
    """A value of a column that this version doesn't know."""
    value = cell.value
    return value.date() if isinstance(value, datetime) else value


def milestone_status(cell: Cell) -> str:
    """What a report says of a milestone: a return's status, moved, withdrawn, or not returned."""
    said = cells.text(cell)
    if said in (MOVED, WITHDRAWN):
        return said
    try:
        return MilestoneStatus(said)
    except ValueError:
        return ""


DATA_READERS: Mapping[str, cells.Reader] = {
    c.QUARTER: cells.quarter,
    c.RAG: cells.rating,
    c.RULE_RAG: cells.rating,
    c.PERFORMANCE: cells.number,
    c.TARGET: cells.number,
    c.SHORTFALL: shortfall,
    c.BETTER_WHEN: cells.choice(Better),
    c.BASIS: cells.choice(Basis),
    c.RANGE_LOW: cells.number,
    c.RANGE_HIGH: cells.number,
    c.INTERVENTION_LEVEL: cells.level,
    c.RED_BEYOND: cells.number,
    c.ESCALATED: cells.yes_no,
    c.FORMERLY: cells.text,
    **dict.fromkeys(c.YEARS_TARGETS, cells.number),
}

MILESTONE_READERS: Mapping[str, cells.Reader] = {
    c.DUE: cells.when,
    c.REVISED_DUE: cells.when,
    c.STATUS: milestone_status,
    c.COMPLETED_ON: cells.day,
    c.CARRIED_FROM: cells.quarter,
    c.TIMES_CARRIED: cells.whole,
    c.QUALITY_CONCERN: cells.yes_no,
    c.REVISED_DATE: cells.day,
    FIRST_DUE: cells.quarter,
    REPORTED: cells.quarter,
}


@dataclass(frozen=True)
class Previous:
    """An earlier report. `data` keeps columns that this version doesn't know; `quarter` is the report's own.

    `register` has the last row of every milestone ever reported, where the report `has_register`. `returned` are the
    service areas whose returns it had, `final` whether it was made with --final.
    """

    file: str
    quarter: Quarter
    data: pd.DataFrame
    milestones: pd.DataFrame
    register: pd.DataFrame
    has_register: bool
    revisions: pd.DataFrame
    returned: frozenset[str]
    final: bool
    queries: tuple[Query, ...]


def read_previous(path: Path, organisation: str) -> Previous:
    """The report at `path`. Raises RagtoolError where it is none, or another organisation's."""
    if not path.is_file():
        raise RagtoolError(f"There is no earlier report at {path}. Check the name given with --previous.")
    try:
        book = open_book(path)
    except NotAWorkbook as fault:
        raise RagtoolError(f"The earlier report {path} can't be used. {fault}") from fault
    if book.sheet(S.DATA.name) is None:
        raise RagtoolError(f"{path} has no sheet named Data, so it is no report made by ragtool. Name another file.")
    whose = book.properties.get(Property.ORGANISATION, organisation)
    if organisation and whose.casefold() != organisation.casefold():
        raise RagtoolError(f"{path} is a report of {whose}, not {organisation}. Name another file.")
    data_sheet = c.Sheet(S.DATA.name, tuple(dict.fromkeys((*S.DATA.headings, *other_headings(book)))))
    unknown = dict.fromkeys(data_sheet.headings[len(S.DATA.headings) :], as_it_stands)
    data = read_table(book, data_sheet, {**unknown, **DATA_READERS}, {c.QUARTER, c.KIND, c.KEY, c.PART, c.RAG})
    rows = [row for row in records(data.frame) if row[c.QUARTER] and row[c.KEY]]
    quarters = [*(row[c.QUARTER] for row in rows), *own_quarter(book)]
    if not quarters:
        raise RagtoolError(f"The sheet Data of {path} has no rows that can be read. Name another file.")
    quarter = max(quarters)
    queries = [query for query in data.queries if query.severity is Severity.ERROR]
    for row in records(data.frame):
        for heading in (c.QUARTER, c.KEY):
            if row[heading] is None:
                problem = f"The row has no {heading.lower()} that can be read, so it isn't kept."
                queries.append(
                    row[AT].query(heading, row[c.KEY] or "", problem, "Take the report as ragtool wrote it.")
                )
    if book.properties.get(Property.DATA_DIGEST, data_digest(book)) != data_digest(book):
        problem = "The sheet Data was edited since ragtool wrote it; it is used as it stands."
        what = "Correct earlier figures in a return's Revisions sheet; take the report as ragtool wrote it."
        queries.append(Query(book.name, S.DATA.name, "", "", Severity.QUERY, problem, what))
    revisions = read_table(book, S.REVISIONS, {c.QUARTER: cells.quarter}, {c.QUARTER, c.KEY})
    returns = read_table(book, S.RETURNS, {c.RECEIVED: cells.yes_no}, {c.SERVICE_AREA, c.RECEIVED})
    return Previous(
        file=path.name,
        quarter=quarter,
        data=frame(rows, data_sheet.headings),
        milestones=reported_milestones(book, quarter),
        register=registered_milestones(book),
        has_register=book.sheet(S.REGISTER.name) is not None,
        revisions=revisions.frame,
        returned=frozenset(row[c.SERVICE_AREA] for row in records(returns.frame) if row[c.RECEIVED]),
        final=book.properties.get(Property.FINAL) == YES,
        queries=tuple(queries),
    )


def own_quarter(book: Book) -> list[Quarter]:
    """The quarter that a report says it is of; none where it doesn't."""
    try:
        return [Quarter.parse(book.properties.get(Property.QUARTER, ""))]
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


def reported_milestones(book: Book, quarter: Quarter) -> pd.DataFrame:
    """The Milestones sheet of a report of `quarter`, each milestone with the quarter it was first due in."""
    table = read_table(book, S.MILESTONES, MILESTONE_READERS, {c.KEY, c.NO, c.DUE, c.STATUS, c.CARRIED_FROM})
    rows = [row for row in records(table.frame) if row[c.KEY] and row[c.NO] and row[c.DUE]]
    for row in rows:
        row[FIRST_DUE] = row[c.CARRIED_FROM] or quarter
        row[REPORTED] = quarter
        row[c.TIMES_CARRIED] = row[c.TIMES_CARRIED] or 0
    return frame(rows, (*S.MILESTONES.headings, FIRST_DUE, REPORTED))


def registered_milestones(book: Book) -> pd.DataFrame:
    """The register of a report: the last row of every milestone that was ever reported."""
    identity = {c.KEY, c.NO, FIRST_DUE, c.DUE, REPORTED}
    table = read_table(book, S.REGISTER, MILESTONE_READERS, identity)
    rows = [row for row in records(table.frame) if all(row[heading] for heading in identity)]
    return frame(({**row, c.TIMES_CARRIED: row[c.TIMES_CARRIED] or 0} for row in rows), S.REGISTER.headings)


def data_digest(book: Book) -> str:
    """The digest of a report's Data sheet."""
    sheet = book.sheet(S.DATA.name)
    rows = sheet.rows if sheet else {}
    return digest(cell.value for number, cells_ in rows.items() if number > 1 for cell in cells_.values())


def other_headings(book: Book) -> list[str]:
    """Headings of the Data sheet that this version doesn't know; their columns are kept."""
    sheet = book.sheet(S.DATA.name)
    heading_row = sheet.rows.get(1, {}) if sheet else {}
    known = {heading.casefold() for heading in S.DATA.headings}
    found = []
    for cell in heading_row.values():
        try:
            name = cells.text(cell)
        except Unreadable:
            continue
        if name.casefold() not in known:
            found.append(name)
    return found
