"""The next quarter's folder: the plan with the proposed milestones added, and this quarter's report beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copyfile

from ragtool import columns as c
from ragtool.commands.folder import PLAN, PREVIOUS, RETURNS
from ragtool.commands.last_report import LastReport, last_report
from ragtool.errors import RagtoolError
from ragtool.figures import number_in_digits
from ragtool.history.previous import Previous, read_previous
from ragtool.model import MilestonePlan, fold
from ragtool.plan.plan import Plan
from ragtool.plan.plan_reading import read_plan
from ragtool.quarters import Quarter, When, quarter_of, when_text
from ragtool.results.assemble import PROPOSED
from ragtool.returns.marked import AddedValue, CannotMark, with_rows
from ragtool.sheets import cells
from ragtool.sheets.tables import find_headings, read_table
from ragtool.workbooks.bounds import own_bounds
from ragtool.workbooks.formats import Format
from ragtool.workbooks.opening import open_book, read_bytes
from ragtool.workbooks.whole_files import put

MILESTONES = c.PlanSheets.MILESTONES
EXCEL = (Format.XLSX, Format.STRICT, Format.XLSM)
"""Formats to which rows can be added."""


@dataclass(frozen=True)
class Proposed:
    """A proposed milestone as it is added to the plan. `area` None means the key action's own."""

    key: str
    no: int
    text: str
    area: str | None
    due: When

    def __str__(self) -> str:
        return f"{self.key}: {self.text} ({when_text(self.due)})"

    @property
    def cells(self) -> dict[str, AddedValue]:
        """What its row holds, by heading."""
        row: dict[str, AddedValue] = {c.KEY: self.key, c.NO: self.no, c.MILESTONE: self.text}
        row |= {c.DUE: self.due if isinstance(self.due, date) else str(self.due)}
        row |= {c.STATUS: MilestonePlan.PROPOSED.value}
        return row | ({c.SERVICE_AREA: self.area} if self.area else {})


@dataclass(frozen=True)
class NextFolder:
    """The folder that was made from `report`; `added` milestones are in its plan as Proposed, `without_date` could not
    be.

    Where it was there already, its earlier report is `refreshed` alone: its plan is kept, and `to_add` are milestones
    proposed since, which aren't in it.
    """

    folder: Path
    quarter: Quarter
    report: LastReport
    added: tuple[str, ...] = ()
    without_date: tuple[str, ...] = ()
    refreshed: bool = False
    to_add: tuple[str, ...] = ()


def make_next(folder: Path, new_folder: Path | None = None) -> NextFolder:
    """Makes the next quarter's folder from the last report in `folder`; one that was made before is refreshed.

    Raises RagtoolError where there is no report, or something else stands in the new folder.
    """
    plan, _ = read_plan(folder / PLAN)
    last = last_report(folder)
    report = last.path
    previous = read_previous(report, plan.settings.organisation)
    quarter = previous.quarter.plus(1)
    target = new_folder or folder.resolve().parent / quarter.file_name
    if was_made_before(target, previous, plan):
        return refreshed(target, quarter, last)
    for name in (PLAN, PREVIOUS):
        if (target / name).exists():
            raise RagtoolError(f"{target / name} is there already and isn't overwritten. Name another folder.")
    proposed, without_date = proposals(report, plan)
    new_plan = plan_with(folder / PLAN, proposed)
    put(target / PREVIOUS, lambda beside: copyfile(report, beside))
    put(target / PLAN, lambda beside: beside.write_bytes(new_plan))
    (target / RETURNS).mkdir(exist_ok=True)
    return NextFolder(target, quarter, last, tuple(map(str, proposed)), tuple(without_date))


def was_made_before(target: Path, previous: Previous, plan: Plan) -> bool:
    """Whether a folder has a plan of the same organisation, and as its earlier report one of `previous`'s quarter."""
    if not ((target / PLAN).is_file() and (target / PREVIOUS).is_file()):
        return False
    organisation = plan.settings.organisation
    try:
        there, _ = read_plan(target / PLAN)
        same_quarter = read_previous(target / PREVIOUS, organisation).quarter == previous.quarter
    except RagtoolError:
        return False
    return same_quarter and there.settings.organisation == organisation


def refreshed(target: Path, quarter: Quarter, last: LastReport) -> NextFolder:
    """Puts a report in the place of an earlier version of it; what is proposed in it alone is named, not added."""
    there, _ = read_plan(target / PLAN)
    before, without_before = proposals(target / PREVIOUS, there)
    now, without_date = proposals(last.path, there)
    known = {fold(f"{each.key} {each.text}") for each in before}
    put(target / PREVIOUS, lambda beside: copyfile(last.path, beside))
    return NextFolder(
        target,
        quarter,
        last,
        without_date=tuple(each for each in without_date if each not in without_before),
        refreshed=True,
        to_add=tuple(str(each) for each in now if fold(f"{each.key} {each.text}") not in known),
    )


def proposals(report: Path, plan: Plan) -> tuple[list[Proposed], list[str]]:
    """The report's proposed milestones that the plan doesn't have yet, numbered, and those without a due date."""
    month = plan.settings.financial_year_starts
    book = open_book(report, own_bounds, [c.ReportSheets.NEXT_QUARTER.name])
    table = read_table(book, c.ReportSheets.NEXT_QUARTER, {c.DUE: cells.when}, {c.KEY, c.MILESTONE})
    planned = {(fold(step.key), fold(step.text)) for step in plan.milestones}
    numbers: dict[tuple[str, Quarter], list[str]] = {}
    for step in plan.milestones:
        numbers.setdefault((step.key, quarter_of(step.due, month)), []).append(step.no)
    added: list[Proposed] = []
    without: list[str] = []
    for row in table.rows:
        key, text, due = row[c.KEY], row[c.MILESTONE], row[c.DUE]
        if row[c.FROM] != PROPOSED or (fold(key), fold(text)) in planned:
            continue
        if due is None:
            without.append(f"{key}: {text}")
            continue
        taken = numbers.setdefault((key, quarter_of(due, month)), [])
        number = 1 + max((number_in_digits(no) or 0 for no in taken), default=0)
        taken.append(str(number))
        planned.add((fold(key), fold(text)))
        action = plan.key_action.get(key)
        area = None if action and row[c.SERVICE_AREA] == action.area else row[c.SERVICE_AREA]
        added.append(Proposed(key, number, text, area, due))
    return added, without


def plan_with(plan: Path, proposed: Sequence[Proposed]) -> bytes:
    """A copy of the plan workbook with the proposed milestones beneath its own.

    Raises RagtoolError where it has no sheet for them, isn't stored as .xlsx, or can't be changed in place.
    """
    book = open_book(plan, own_bounds, [MILESTONES.name])
    data = read_bytes(plan, own_bounds(0).file)
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
        {positions[heading][0]: value for heading, value in row.cells.items() if heading in positions}
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
