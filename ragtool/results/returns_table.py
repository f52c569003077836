"""The returns received and those to chase: the report's Returns sheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar
from urllib.parse import quote

from ragtool.model import ItemStatus, Query, Settings
from ragtool.plan.plan import ServiceArea
from ragtool.quarter.items import RatedMeasure
from ragtool.quarter.rated import RatedQuarter
from ragtool.quarter.row_counts import PASSED_OVER, REFUSED, USED, RowCounts
from ragtool.quarters import Quarter, when_text
from ragtool.results.results import ReturnStatus, RowFates
from ragtool.returns.one_return import Return
from ragtool.returns.received import Received

ValueT = TypeVar("ValueT")

ADDRESS = re.compile(r"[^\s;,<>]+@[^\s;,<>]+")
NO_EMAIL = "Not received; the plan has no email for it"


def returns_table(rated: RatedQuarter, received: Received, queries: Sequence[Query]) -> tuple[ReturnStatus, ...]:
    """One row a service area: its return, how much of it was filled, what became of its rows, and whom to chase.

    Beneath them, a row for each file that isn't used, with the reason under Chase: every file found stands here once.
    """
    milestones = share_filled((step.milestone.area, step.entry.status is not None) for step in rated.asked)
    measures = share_filled((row.item.area, row.figure is not None) for row in rated.measures if is_asked(row))
    asked = Counter(query.file for query in queries)
    parts = received_in_part(rated, received)
    rows = []
    for area in rated.plan.service_areas:
        filled = (milestones.get(area.name, NOTHING), measures.get(area.name, NOTHING))
        returns = received.by_area.get(area.name)
        if returns:
            fates = row_fates(area.name, rated.rows)
            row = received_row(area.name, returns, fates, filled, sum(asked[each.file] for each in returns))
            if area.name in parts:
                names = " or ".join(received.names_to_come(area, rated.plan))
                row = replace(row, chase=f"Received in part: no return under the name {names}")
            rows.append(row)
        else:
            chase = mail_to(area, rated.plan.settings, rated.quarter)
            rows.append(
                ReturnStatus(
                    area=area.name,
                    received=False,
                    milestones=filled[0],
                    measures=filled[1],
                    chase=chase,
                    rows=row_fates(area.name, rated.rows),
                )
            )
    for fate, files in ((REFUSED, received.refused), (PASSED_OVER, received.passed_over)):
        rows += [ReturnStatus(file=file.file, chase=f"{fate.capitalize()}: {file.why}") for file in files]
    return tuple(rows)


def received_in_part(rated: RatedQuarter, received: Received) -> list[str]:
    """The service areas with a return, of whose items some stand in none, since they were another area's."""
    returned = received.areas
    return list(
        dict.fromkeys(each.item.area for each in rated.items if not each.returned and each.item.area in returned)
    )


def is_asked(row: RatedMeasure) -> bool:
    """Whether a figure is asked for: not of a measure that its parts make, nor of one that is under development."""
    asked = row.item.status is not ItemStatus.UNDER_DEVELOPMENT or row.figure is not None
    return asked and not row.item.has_parts


NOTHING = "0 of 0"


def received_row(
    area: str, returns: Sequence[Return], rows: RowFates, filled: tuple[str, str], queries: int
) -> ReturnStatus:
    """The row of a service area whose return is used, or those under the names that it was made of."""
    return ReturnStatus(
        area=area,
        file=in_one_cell([each.file for each in returns]),
        received=True,
        signed_off_by=in_one_cell([each.sign_off.signed_off_by for each in returns]),
        signed_off_on=in_one_cell([each.sign_off.on for each in returns]),
        milestones=filled[0],
        measures=filled[1],
        queries=queries,
        chase=None if all(each.is_signed for each in returns) else "Provisional: not signed off",
        sha256=in_one_cell([each.sha256 for each in returns]),
        rows=rows,
    )


def in_one_cell(values: Sequence[ValueT]) -> ValueT | str | None:
    """What stands in one cell for several returns: a value that all have, else all of them in the returns' order."""
    if len(set(values)) == 1:
        return values[0]
    return "; ".join(when_text(value) if isinstance(value, date) else str(value or "–") for value in values)


def row_fates(area: str, counts: RowCounts) -> RowFates:
    """What became of the rows of a service area's return."""
    return RowFates(*(counts[area, fate] for fate in (USED, REFUSED, PASSED_OVER)))


def share_filled(rows: Iterable[tuple[str, bool]]) -> dict[str, str]:
    """How many of each service area's rows were filled: `5 of 7`."""
    filled: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for area, is_filled in rows:
        filled[area] += is_filled
        asked[area] += 1
    return {area: f"{filled[area]} of {count}" for area, count in asked.items()}


def mail_to(area: ServiceArea, settings: Settings, quarter: Quarter) -> str:
    """A ready message to the head of a service area whose return is missing, or to several people."""
    addresses = ",".join(quote(address, safe="@") for address in ADDRESS.findall(area.email or ""))
    if not addresses:
        return NO_EMAIL
    subject = f"{quarter} performance return: {area.name}"
    deadline = settings.return_deadline
    by = f" It was due by {when_text(deadline) if isinstance(deadline, date) else deadline}." if deadline else ""
    body = f"The {quarter} performance return of {area.name} has not been received.{by} Please send it."
    return f"mailto:{addresses}?subject={quote(subject)}&body={quote(body)}"
