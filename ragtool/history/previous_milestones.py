"""What an earlier report says of milestones: those that it shows, and its register of all."""

from __future__ import annotations

from collections.abc import Collection

from ragtool import columns as c
from ragtool.history.reported import ReportedMilestone
from ragtool.model import Query, Severity, item_name
from ragtool.quarters import Quarter
from ragtool.sheets import date_cells
from ragtool.sheets.tables import LONGEST_LABEL, SheetRow, Table, read_table
from ragtool.sheets.typed_rows import readers_of, typed
from ragtool.workbooks.book import Book

S = c.ReportSheets

Kept = tuple[tuple[ReportedMilestone, ...], list[Query]]
"""The milestones of a sheet, and what is wrong there."""


def shown_milestones(book: Book, quarter: Quarter) -> Kept:
    """The Milestones sheet of a report of `quarter`, each milestone with the quarter it was first due in."""
    readers = {**readers_of(ReportedMilestone), c.CARRIED_FROM: date_cells.carried_from}
    table = read_table(book, S.MILESTONES, readers, {c.KEY, c.NO, c.DUE, c.STATUS, c.CARRIED_FROM})
    kept, queries = kept_rows(table, (c.KEY, c.NO, c.DUE))
    own = [
        SheetRow(row.at, {**row.values, c.FIRST_DUE: row[c.CARRIED_FROM] or quarter, c.QUARTER: quarter})
        for row in kept
    ]
    return typed(ReportedMilestone, own), queries


def registered_milestones(book: Book) -> Kept:
    """The register of a report: the last row of every milestone that was ever reported."""
    identity = (c.KEY, c.NO, c.FIRST_DUE, c.DUE, c.QUARTER)
    table = read_table(book, S.REGISTER, readers_of(ReportedMilestone), identity)
    kept, queries = kept_rows(table, identity)
    return typed(ReportedMilestone, kept), queries


def kept_rows(table: Table, identity: Collection[str]) -> tuple[list[SheetRow], list[Query]]:
    """The rows that say who they are, and Errors about what can't be read and about the others."""
    queries = [query for query in table.queries if query.severity is Severity.ERROR]
    kept: list[SheetRow] = []
    for row in table.rows:
        lacking = [heading for heading in identity if row[heading] is None]
        if not lacking:
            kept.append(row)
        elif table.present >= {*identity}:
            name = item_name(row[c.KEY] or "", no=row[c.NO])[:LONGEST_LABEL]
            problem = f"The row has no {lacking[0]} that can be read, so the milestone isn't kept."
            what = "Take the report as ragtool wrote it."
            queries.append(row.at.query(lacking[0], name, problem, what, Severity.ERROR))
    return kept, queries
