"""A new quarter folder, with a blank plan or one that is taken from a council's own list."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ragtool import columns as c
from ragtool.commands.at_work import alone_in_new
from ragtool.commands.folder import PLAN, RETURNS, quarter_named
from ragtool.commands.plain_errors import with_plain_errors
from ragtool.errors import RagtoolError
from ragtool.model import Query
from ragtool.plan.lists.list_doubts import Doubts
from ragtool.plan.lists.list_taken import ListTaken, TakenAs, take_lists
from ragtool.plan.plan_reading import read_plan
from ragtool.plan.plan_workbook import write_plan
from ragtool.quarters import first_month_of
from ragtool.workbooks.comma_separated import ENDINGS, open_csv
from ragtool.workbooks.opening import Book, NotAWorkbook, open_book

S = c.PlanSheets


@dataclass(frozen=True)
class NewFolder:
    """The plan that was made. From a list: `lines` say what was taken for what, `counted` how much of each kind, and
    `queries` what is to be looked at, in the list and in the plan.
    """

    plan: Path
    lines: tuple[TakenAs, ...] = ()
    counted: str = ""
    queries: tuple[Query, ...] = ()


@with_plain_errors
def make_folder(folder: Path, from_list: Path | None = None) -> NewFolder:
    """A quarter folder with an empty returns folder and a plan, blank or from a list.

    Raises RagtoolError where a plan is there, or no list can be read.
    """
    plan = folder / PLAN
    taken = read_list(from_list, folder) if from_list else None
    with alone_in_new(folder) as outputs:
        if outputs.look(plan):
            raise RagtoolError(f"{plan} is there already and isn't overwritten. Choose another folder.")
        if taken:
            outputs.write(plan, partial(write_plan, sheets=taken.sheets | {S.FROM_LIST.name: told_in_plan(taken)}))
            queries = [*taken.queries, *doubts_of_plan(outputs.steps[-1].beside)]
            made = NewFolder(plan, tuple(taken.lines), taken.counted, tuple(queries))
        else:
            outputs.write(plan, partial(write_plan, first_month=first_month_of(quarter_named(folder))))
            made = NewFolder(plan)
        outputs.make_folder(folder / RETURNS, folder / RETURNS)
        outputs.put_in()
    return made


def read_list(path: Path, folder: Path) -> ListTaken:
    """A list as the rows of a plan. Raises RagtoolError where the file has none, or can't be read."""
    taken = take_lists(open_list(path), quarter_named(folder))
    if not taken.sheets:
        raise RagtoolError(
            f"No list of measures, key actions or milestones was found in {path}. Give its columns headings such as "
            "Ref, Measure, Service area and Target, and run again.",
            taken.queries,
        )
    return taken


def open_list(path: Path) -> Book:
    """A workbook or text file, read as a stranger's. Raises RagtoolError where it is none."""
    try:
        return open_csv(path) if path.suffix.casefold() in ENDINGS else open_book(path)
    except (NotAWorkbook, csv.Error) as problem:
        why = (
            problem.at_hand
            if isinstance(problem, NotAWorkbook)
            else "It isn't a list of cells in a text file. Save it as .xlsx."
        )
        raise RagtoolError(f"The list {path} can't be used. {why}") from problem


def told_in_plan(taken: ListTaken) -> Sequence[dict[str, object]]:
    """What the plan itself says of where it comes from: what was taken for what, then the doubts."""
    lines: list[dict[str, object]] = [
        {
            c.FILE: taken.file,
            c.SHEET: line.sheet,
            c.CELL: line.cell,
            c.HEADING_IN_LIST: line.heading,
            c.TAKEN_AS: line.taken_as,
        }
        for line in taken.lines
    ]
    doubts: list[dict[str, object]] = [
        {
            c.FILE: query.file,
            c.SHEET: query.sheet,
            c.CELL: query.cell,
            c.HEADING_IN_LIST: query.heading,
            c.PROBLEM: query.problem,
            c.WHAT_TO_DO: query.what_to_do,
        }
        for query in taken.queries
    ]
    return [*lines, *doubts]


def doubts_of_plan(path: Path) -> Sequence[Query]:
    """What `templates` would say of the plan as it is, but for its settings, which no list has; each cause once."""
    try:
        _, queries = read_plan(path)
    except RagtoolError as problem:
        queries = list(problem.queries)
    doubts = Doubts()
    for query in queries:
        if query.sheet != S.SETTINGS.name:
            doubts.add_query(replace(query, file=PLAN))
    return list(doubts.queries())
