"""The register of milestones: the last word on each that was ever reported, which tells the next run what to carry."""

from __future__ import annotations

import pandas as pd

from ragtool import columns as c
from ragtool.frames import Row, frame, records
from ragtool.history.earlier import Names, by_name, follow, item
from ragtool.history.previous import Previous
from ragtool.history.quarters_so_far import FROM_HISTORY, KEY_ACTION
from ragtool.model import fold
from ragtool.plan.milestones import MOVED, REPORTED, WITHDRAWN, due_by, identity
from ragtool.plan.plan import Plan
from ragtool.quarter.milestones import Before, Milestones, status_of, status_word
from ragtool.quarters import Quarter, quarter_of

HEADINGS = c.ReportSheets.REGISTER.headings


def before_quarter(previous: Previous | None, plan: Plan, quarter: Quarter) -> Before | None:
    """What an earlier report says of milestones before `quarter`; None where there is no earlier report.

    Of a report of `quarter` itself, which a re-run replaces, what it found out doesn't count. A milestone that is in
    no report counts from First quarter on, or else from the first quarter reported; where the report has no register,
    since it isn't known then what was complete before, from its own quarter on.
    """
    if previous is None:
        return None
    known = {identity(row[c.KEY], row[c.FIRST_DUE], row[c.NO]): row for row in records(previous.register)}
    for row in records(previous.milestones):
        id_ = identity(row[c.KEY], row[c.FIRST_DUE], row[c.NO])
        decision = {c.DECISION: str(MOVED)} if row[c.STATUS] == MOVED else {}
        said = {heading: value for heading, value in row.items() if value is not None or heading == c.COMPLETED_ON}
        known[id_] = {**dict.fromkeys(HEADINGS), **decision, **known.get(id_, {}), **said}
    rows = [found for row in known.values() if (found := as_before(row, quarter, plan))]
    return Before(
        rows=tuple(rows),
        quarter=min(previous.quarter, quarter.plus(-1)),
        first=(plan.settings.first_quarter or first_reported(previous)) if previous.has_register else previous.quarter,
        keys=keys_then(previous, plan),
    )


def as_before(row: Row, quarter: Quarter, plan: Plan) -> Row | None:
    """A milestone as it stood before `quarter`, whatever a report of `quarter` found; None where it didn't exist."""
    if row[REPORTED] != quarter:
        return row
    due = quarter_of(due_by(row), plan.settings.financial_year_starts)
    if row[c.FIRST_DUE] >= quarter:
        return None
    times = row[c.TIMES_CARRIED] - (1 if due < quarter and row[c.STATUS] not in (MOVED, WITHDRAWN) else 0)
    return {**row, c.STATUS: None, c.COMPLETED_ON: None, c.TIMES_CARRIED: max(0, times), REPORTED: quarter.plus(-1)}


def first_reported(previous: Previous) -> Quarter:
    """The first quarter that was reported with this tool: those before stand in a plan's History sheet."""
    rows = (row for row in records(previous.data) if row[c.KIND] == KEY_ACTION and row[c.WHY] != FROM_HISTORY)
    return min((row[c.QUARTER] for row in rows), default=previous.quarter)


def keys_then(previous: Previous, plan: Plan) -> dict[str, str]:
    """The folded keys that the plan's key actions had in an earlier report, by those that they have now.

    One that the report doesn't have, such as one that ended, had its last key, unless that was another's by then.
    """
    rows, names = by_name(previous.data, previous.quarter.plus(1)), Names.of(plan)
    last = {row[c.KEY]: follow(rows, item(row[c.KEY], None), names)[-1:] for row in records(plan.key_actions)}
    reported = {fold(row[c.KEY]) for about in last.values() for row in about if row[c.QUARTER] == previous.quarter}
    keys = {}
    for planned in records(plan.key_actions):
        about = last[planned[c.KEY]]
        then = fold(about[0][c.KEY] if about else planned[c.FORMERLY] or planned[c.KEY])
        anothers = then in reported and not (about and about[0][c.QUARTER] == previous.quarter)
        keys[fold(planned[c.KEY])] = fold(planned[c.KEY]) if anothers else then
    return keys


def register(planned: Milestones, returned: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """The register after `quarter`: what the returns said of the milestones shown, and the others as they were."""
    shown = [{**row, c.STATUS: status_of(row), c.QUARTER: quarter} for row in records(returned)]
    rows = [*planned.others, *shown]
    rows.sort(key=lambda row: (row[c.FIRST_DUE], fold(row[c.KEY]), number(row[c.NO])))
    return frame(({**row, c.STATUS: status_word(row[c.STATUS])} for row in rows), HEADINGS)


def number(no: str) -> tuple[int, str]:
    """A milestone's number as it sorts: 2 before 10."""
    return (int(no) if no.isdecimal() else 0), no
