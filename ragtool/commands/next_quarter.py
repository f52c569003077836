"""The next quarter's folder: the plan with the proposed milestones added, and this quarter's report beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ragtool import columns as c
from ragtool.commands.folder import PLAN, PREVIOUS, RETURNS
from ragtool.errors import RagtoolError
from ragtool.frames import Row, records
from ragtool.history.previous import read_previous
from ragtool.model import MilestonePlan, fold
from ragtool.plan.plan import Plan
from ragtool.plan.reading import read_plan
from ragtool.quarter.milestones import PROPOSED_FROM
from ragtool.quarters import Quarter, quarter_of, when_text
from ragtool.returns.marked import CannotMark, Value, with_rows
from ragtool.sheets import cells
from ragtool.sheets.tables import find_headings, read_table
from ragtool.workbooks.formats import Format
from ragtool.workbooks.opening import open_book, read_bytes
from ragtool.workbooks.whole_files import put

MILESTONES = c.PlanSheets.MILESTONES
EXCEL = (Format.XLSX, Format.STRICT, Format.XLSM)
"""Formats to which rows can be added."""

REPORT_NAME = re.compile(
    r"(?P<quarter>\d{4}-\d{2} Q[1-4]) performance report(?: v(?P<version>\d+))?\.xlsx", re.IGNORECASE
)


@dataclass(frozen=True)
class NextFolder:
    """The folder that was made; `added` milestones are in its plan as Proposed, `without_date` could not be."""

    folder: Path
    quarter: Quarter
    added: tuple[str, ...]
    without_date: tuple[str, ...]


def make_next(folder: Path, new_folder: Path | None = None) -> NextFolder:
    """Makes the next quarter's folder from the newest report in `folder`.

    Raises RagtoolError where there is no report, or the new folder has a plan already.
    """
    plan, _ = read_plan(folder / PLAN)
    report = newest_report(folder)
    previous = read_previous(report, plan.settings.organisation)
    quarter = previous.quarter.plus(1)
    target = new_folder or folder.resolve().parent / quarter.file_name
    for name in (PLAN, PREVIOUS):
        if (target / name).exists():
            raise RagtoolError(f"{target / name} is there already and isn't overwritten. Name another folder.")
    proposed, without_date = proposals(report, plan)
    new_plan = plan_with(folder / PLAN, proposed)
    put(target / PREVIOUS, lambda beside: beside.write_bytes(read_bytes(report)))
    put(target / PLAN, lambda beside: beside.write_bytes(new_plan))
    (target / RETURNS).mkdir(exist_ok=True)
    return NextFolder(target, quarter, tuple(map(label, proposed)), tuple(without_date))


def newest_report(folder: Path) -> Path:
    """The report of the latest quarter in `folder`, its latest version. Raises RagtoolError where there is none."""
    found = [(match, path) for path in folder.glob("*.xlsx") if (match := REPORT_NAME.fullmatch(path.name))]
    if not found:
        raise RagtoolError(f'There is no performance report in {folder}. Run: ragtool consolidate "{folder}"')
    return max(found, key=lambda each: (each[0]["quarter"], int(each[0]["version"] or 1)))[1]


def proposals(report: Path, plan: Plan) -> tuple[list[Row], list[str]]:
    """The report's proposed milestones that the plan doesn't have yet, numbered, and those without a due date."""
    month = plan.settings.financial_year_starts
    table = read_table(open_book(report), c.ReportSheets.NEXT_QUARTER, {c.DUE: cells.when}, {c.KEY, c.MILESTONE})
    owners = dict(zip(plan.key_actions[c.KEY], plan.key_actions[c.SERVICE_AREA], strict=True))
    planned = {(fold(row[c.KEY]), fold(row[c.MILESTONE])) for row in records(plan.milestones)}
    numbers: dict[tuple[str, Quarter], list[str]] = {}
    for row in records(plan.milestones):
        numbers.setdefault((row[c.KEY], quarter_of(row[c.DUE], month)), []).append(row[c.NO])
    added: list[Row] = []
    without: list[str] = []
    for row in records(table.frame):
        if row[c.FROM] != PROPOSED_FROM or (fold(row[c.KEY]), fold(row[c.MILESTONE])) in planned:
            continue
        if row[c.DUE] is None:
            without.append(f"{row[c.KEY]}: {row[c.MILESTONE]}")
            continue
        taken = numbers.setdefault((row[c.KEY], quarter_of(row[c.DUE], month)), [])
        number = 1 + max((int(no) for no in taken if no.isdecimal()), default=0)
        taken.append(str(number))
        planned.add((fold(row[c.KEY]), fold(row[c.MILESTONE])))
        area = None if row[c.SERVICE_AREA] == owners.get(row[c.KEY]) else row[c.SERVICE_AREA]
        added.append({**row, c.NO: number, c.SERVICE_AREA: area, c.STATUS: MilestonePlan.PROPOSED.value})
    return added, without


def plan_with(plan: Path, proposed: list[Row]) -> bytes:
    """A copy of the plan workbook with the proposed milestones beneath its own.

    Raises RagtoolError where it has no sheet for them, isn't stored as .xlsx, or can't be changed in place.
    """
    data, book = read_bytes(plan), open_book(plan)
    sheet = book.sheet(MILESTONES.name)
    if not proposed:
        return data
    if sheet is None:
        raise RagtoolError(
            f"{plan} has no sheet named {MILESTONES.name} to add milestones to. Add it with its headings."
        )
    if book.format not in EXCEL:
        raise RagtoolError(f"{plan} is stored as {book.format}. Save it in Excel as .xlsx, then run again.")
    heading_row, positions = find_headings(sheet, MILESTONES.headings)
    rows = [
        {columns[0]: plain(row[heading]) for heading, columns in positions.items() if row.get(heading) is not None}
        for row in proposed
    ]
    first = max(sheet.rows, default=heading_row) + 1
    try:
        return with_rows(data, sheet.name, rows, first)
    except Exception as problem:  # in which ways a workbook is odd can't be listed
        why = str(problem) if isinstance(problem, CannotMark) else "it isn't put together as Excel does it"
        raise RagtoolError(
            f"{plan} can't be added to, since {why}. Save it in Excel as a plain .xlsx, then run again."
        ) from problem


def plain(value: object) -> Value:
    """A value as a cell of the plan holds it."""
    return value if isinstance(value, int | date) else str(value)


def label(row: Row) -> str:
    """A proposed milestone as a person reads it."""
    return f"{row[c.KEY]}: {row[c.MILESTONE]} ({when_text(row[c.DUE])})"
