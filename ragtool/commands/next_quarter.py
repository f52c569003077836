"""The next quarter's folder: the plan with the proposed milestones added and this quarter's dates emptied, and this
quarter's report beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ragtool import columns as c
from ragtool.commands.at_work import alone_in, alone_in_new
from ragtool.commands.folder import PLAN, PREVIOUS, RETURNS, must_be_folder
from ragtool.commands.last_report import LastReport, is_final, last_report
from ragtool.commands.next_plan import Proposed, make_next_plan
from ragtool.commands.plain_errors import with_plain_errors
from ragtool.errors import RagtoolError
from ragtool.figures import number_in_digits
from ragtool.history.previous import Previous, read_previous
from ragtool.model import fold
from ragtool.plan.plan import Plan
from ragtool.plan.plan_reading import read_plan
from ragtool.plan.quarter_dates import quarter_dates
from ragtool.quarters import Quarter, quarter_of
from ragtool.results.assemble import PROPOSED
from ragtool.sheets import date_cells
from ragtool.sheets.tables import read_table
from ragtool.workbooks.bounds import own_bounds
from ragtool.workbooks.opening import open_book, read_bytes
from ragtool.workbooks.outputs import Outputs
from ragtool.workbooks.whole_files import these_bytes


@dataclass(frozen=True)
class NextFolder:
    """The folder that was made from `report`; `added` milestones are in its plan as Proposed, `without_date` could not
    be; `emptied` are the dates of this quarter that aren't in it.

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
    emptied: tuple[str, ...] = ()


@with_plain_errors
def make_next(folder: Path, new_folder: Path | None = None) -> NextFolder:
    """Makes the next quarter's folder from the last report in `folder`; one that was made before is refreshed.

    Raises RagtoolError where there is no report, or something else stands in the new folder.
    """
    must_be_folder(folder)
    with alone_in(folder) as inputs:  # nothing is put in there, but they are read more than once
        inputs.look(folder / PLAN)
        plan, _ = read_plan(folder / PLAN)
        last = last_report(folder)
        inputs.look(last.path)
        previous = read_previous(last.path, plan.settings.organisation)
        quarter = previous.quarter.plus(1).written(plan.settings.calendar_years)
        target = new_folder or folder.resolve().parent / quarter.file_name
        if target.resolve() == folder.resolve():
            raise there_already(target / PLAN)
        with alone_in_new(target) as outputs:
            if was_made_before(target, previous, plan):
                made = refreshed(target, quarter, last, outputs)
            else:
                made = begun(folder / PLAN, plan, target, quarter, last, outputs)
            inputs.look_again()
            outputs.put_in()
        return made


def begun(path: Path, plan: Plan, target: Path, quarter: Quarter, last: LastReport, outputs: Outputs) -> NextFolder:
    """Writes the plan that was read at `path`, with what is proposed, and the report into a folder that has neither.

    A report alone that is this very one was put there by a run that was ended before it had written the plan.
    """
    report = read_bytes(last.path, own_bounds(0).file)
    half = outputs.look(target / PREVIOUS) and (target / PREVIOUS).read_bytes() == report
    for name in (PLAN, PREVIOUS):
        if outputs.look(target / name) and not (half and name == PREVIOUS):
            raise there_already(target / name)
    proposed, without_date = proposals(last.path, plan)
    dates = list(quarter_dates(plan))
    new_plan = make_next_plan(path, proposed, dates)
    outputs.make_folder(target / RETURNS, target / RETURNS)
    if not half:
        outputs.write(target / PREVIOUS, these_bytes(report))
    outputs.write(target / PLAN, these_bytes(new_plan))
    return NextFolder(
        target,
        quarter,
        last,
        added=tuple(map(str, proposed)),
        without_date=tuple(without_date),
        emptied=tuple(map(str, dates)),
    )


def there_already(path: Path) -> RagtoolError:
    """That a file of the new folder is there and isn't overwritten."""
    return RagtoolError(f"{path} is there already and isn't overwritten. Name another folder.")


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


def refreshed(target: Path, quarter: Quarter, last: LastReport, outputs: Outputs) -> NextFolder:
    """Writes a report over an earlier version of it; what is proposed in it alone is named, not added.

    Raises RagtoolError where the version in place is final and the other isn't.
    """
    outputs.look(target / PREVIOUS)
    if is_final(target / PREVIOUS) and not last.final:
        raise RagtoolError(
            f"{target / PREVIOUS} is a final report, so it isn't replaced by {last.path}, which is a draft. Make that "
            f'final with ragtool consolidate "{last.path.parent}" --final, then run ragtool next again.'
        )
    report = read_bytes(last.path, own_bounds(0).file)
    there, _ = read_plan(target / PLAN)
    before, without_before = proposals(target / PREVIOUS, there)
    now, without_date = proposals(last.path, there)
    known = {fold(f"{each.key} {each.text}") for each in before}
    outputs.write(target / PREVIOUS, these_bytes(report))
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
    table = read_table(book, c.ReportSheets.NEXT_QUARTER, {c.DUE: date_cells.when}, {c.KEY, c.MILESTONE})
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
