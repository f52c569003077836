"""What a plan's rows can't do without: cells that are blank, rows that are none of the plan's, missing columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ragtool import columns as c
from ragtool.model import Query, Severity, item_name
from ragtool.sheets.tables import SheetRow, Table

S = c.PlanSheets

NEEDED = {
    S.OUTCOMES.name: (c.THEME, c.OUTCOME_NO, c.OUTCOME),
    S.SERVICE_AREAS.name: (c.SERVICE_AREA,),
    S.KEY_ACTIONS.name: (c.KEY, c.KEY_ACTION, c.THEME, c.OUTCOME_NO, c.SERVICE_AREA),
    S.MILESTONES.name: (c.KEY, c.NO, c.MILESTONE, c.DUE),
    S.MEASURES.name: (c.KEY, c.MEASURE, c.THEME, c.OUTCOME_NO, c.SERVICE_AREA),
    S.PANELS.name: (c.PANEL,),
    S.EARLIER.name: (c.QUARTER, c.KEY),
}
"""Cells without which a row says nothing, the first of which says whom it is about."""

RELIED_ON = {
    **NEEDED,
    S.MILESTONES.name: (*NEEDED[S.MILESTONES.name], c.DECISION),
    S.MEASURES.name: (*NEEDED[S.MEASURES.name], c.PART, c.BETTER_WHEN),
    S.OVERRIDES.name: S.OVERRIDES.headings,
}
"""Columns without which the checks would find fault with row after row of a sheet."""

INHERITED = (c.MEASURE, c.THEME, c.OUTCOME_NO, c.SERVICE_AREA)
"""Needed columns that a part may leave blank, since it takes them from its measure."""

TOTAL = re.compile(r"(?:(?:grand|overall|sub)[ -]?)?totals?(?: of)?:?", re.IGNORECASE)
"""What stands in place of a name in a row that adds up those above it."""


def missing_cells(name: str, row: SheetRow) -> list[str]:
    """The headings of a row's needed cells that are blank."""
    inherits = INHERITED if row[c.PART] is not None and row[c.KEY] is not None else ()
    return [heading for heading in NEEDED.get(name, ()) if row[heading] is None and heading not in inherits]


def needed_cells(tables: Mapping[str, Table]) -> Iterator[Query]:
    """Cells without which a row says nothing."""
    for name, table in tables.items():
        for row in table.rows:
            for heading in missing_cells(name, row):
                about = item_name(row[c.KEY], row[c.PART], row[c.NO])
                what = f"Fill in {heading}, or delete the row."
                yield row.at.query(heading, about, f"{heading} is blank.", what, Severity.ERROR)


def without_strays(name: str, table: Table) -> Table:
    """A sheet without the rows that are none of the plan's, such as totals beneath a table, an Error about each.

    Nothing else is said of such a row.
    """
    if not table.present.issuperset(NEEDED.get(name, ())):
        return table
    strays = {row.at.row: query for row in table.rows if (query := stray(name, row))}
    if not strays:
        return table
    queries = [query for query in table.queries if row_number(query) not in strays]
    rows = tuple(row for row in table.rows if row.at.row not in strays)
    return Table(rows, (*queries, *strays.values()), table.present)


def stray(name: str, row: SheetRow) -> Query | None:
    """An Error about a row that is a total, or says not whom it is about and lacks other cells too."""
    needed = NEEDED.get(name, ())
    if not needed:
        return None
    first = row[needed[0]]
    if isinstance(first, str) and TOTAL.fullmatch(first):
        problem, what = f"The row says '{first}', which is no part of the plan.", "Delete the row."
        return row.at.query(needed[0], "", problem, what, Severity.ERROR)
    missing = missing_cells(name, row)
    unnamed = (c.KEY if c.KEY in needed else needed[0]) in missing
    if not unnamed or len(missing) < 2:
        return None
    problem = f"The row has {', '.join(f'no {heading}' for heading in missing)}."
    return row.at.query(missing[0], "", problem, "Fill them in, or delete the row.", Severity.ERROR)


def row_number(query: Query) -> int:
    """The row of the cell that a query is about."""
    return int(re.sub(r"\D", "", query.cell) or 0)
