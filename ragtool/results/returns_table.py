"""The returns received and those to chase: the report's Returns sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

import pandas as pd

from ragtool import columns as c
from ragtool.frames import Row, frame, records, where
from ragtool.model import Query, Settings, yes_or_no
from ragtool.plan.plan import HAS_PARTS
from ragtool.quarter.merge import counted
from ragtool.quarter.rated import Rated
from ragtool.quarter.row_counts import PASSED_OVER, REFUSED, USED, RowCounts
from ragtool.quarters import Quarter, when_text
from ragtool.returns.received import Received


def returns_table(rated: Rated, received: Received, queries: Sequence[Query], counts: RowCounts) -> pd.DataFrame:
    """One row a service area: its return, how much of it was filled, what became of its rows, and whom to chase.

    Beneath them, a row for each file that isn't used, with the reason under Chase: every file found stands here once.
    """
    plan, quarter = rated.plan, rated.quarter
    by_area = {each.area: each for each in received.used}
    single = where(rated.measures, lambda row: not row[HAS_PARTS])
    rows: list[Row] = []
    for area in records(plan.service_areas):
        name = area[c.SERVICE_AREA]
        fates = [counts[name, fate] for fate in (USED, REFUSED, PASSED_OVER)]
        row: Row = {
            c.SERVICE_AREA: name,
            c.RECEIVED: yes_or_no(name in by_area),
            c.MILESTONES_FILLED: share_filled(counted(rated.milestones), name, c.STATUS),
            c.MEASURES_FILLED: share_filled(single, name, c.PERFORMANCE),
            **dict(zip(ROWS, (sum(fates), *fates), strict=True)),
        }
        if each := by_area.get(name):
            row |= {
                c.FILE: each.file,
                c.SIGNED_OFF_BY: each.sign_off[c.SignOff.SIGNED_OFF_BY],
                c.SIGNED_OFF_ON: each.sign_off[c.SignOff.DATE],
                c.QUERIES: sum(query.file == each.file for query in queries),
                c.CHASE: None if each.is_signed else "Provisional: not signed off",
                c.SHA256: each.sha256,
            }
        else:
            row[c.CHASE] = mail_to(area, plan.settings, quarter)
        rows.append(row)
    for fate, files in ((REFUSED, received.refused), (PASSED_OVER, received.passed_over)):
        rows += [{c.FILE: f.file, c.CHASE: f"{fate.capitalize()}: {f.why}"} for f in files]
    return frame(rows, (*c.ReportSheets.RETURNS.headings, *ROWS))


ADDRESS = re.compile(r"[^\s;,<>]+@[^\s;,<>]+")
NO_EMAIL = "Not received; the plan has no email for it"

ROWS = (c.ROWS_FOUND, c.ROWS_USED, c.ROWS_REFUSED, c.ROWS_PASSED_OVER)
"""What became of the rows of a return: the last three make the first."""


def share_filled(items: pd.DataFrame, area: str, heading: str) -> str:
    """How many of a service area's rows were filled: `5 of 7`."""
    mine = [row[heading] for row in records(items) if row[c.SERVICE_AREA] == area]
    return f"{sum(value is not None for value in mine)} of {len(mine)}"


def mail_to(area: Row, settings: Settings, quarter: Quarter) -> str:
    """A ready message to the head of a service area whose return is missing, or to several people."""
    addresses = ",".join(quote(found, safe="@") for found in ADDRESS.findall(area[c.EMAIL] or ""))
    if not addresses:
        return NO_EMAIL
    subject = f"{quarter} performance return: {area[c.SERVICE_AREA]}"
    deadline = settings.return_deadline
    by = f" It was due by {when_text(deadline) if isinstance(deadline, date) else deadline}." if deadline else ""
    body = f"The {quarter} performance return of {area[c.SERVICE_AREA]} has not been received.{by} Please send it."
    return f"mailto:{addresses}?subject={quote(subject)}&body={quote(body)}"
