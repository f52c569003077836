"""Returns checked before they are sent or consolidated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from ragtool.checks import run_checks
from ragtool.commands.at_work import alone_in
from ragtool.commands.folder import PLAN, PREVIOUS, RETURNS, OnProgress, home_of, no_progress
from ragtool.commands.frames import query_frame
from ragtool.commands.marked_copies import write_copies
from ragtool.commands.other_quarters import Expected
from ragtool.commands.plain_errors import with_plain_errors
from ragtool.commands.stale_previous import odd_of_previous
from ragtool.errors import RagtoolError
from ragtool.history.previous import Previous, read_previous
from ragtool.model import Query, Severity
from ragtool.plan.plan import Plan
from ragtool.plan.plan_reading import read_plan
from ragtool.plan.quarter_dates import dates_in_doubt
from ragtool.quarter.items import RatedItem
from ragtool.quarter.rated import RatedQuarter, rate_quarter
from ragtool.quarter.row_counts import PASSED_OVER, RowCounts
from ragtool.quarters import Quarter
from ragtool.results.sentences import reconciliation
from ragtool.returns.marked import Annotated
from ragtool.returns.one_return import Return
from ragtool.returns.plan_of_return import plan_of, without_earlier
from ragtool.returns.received import Received, by_quarter, sort_files
from ragtool.returns.returned_files import NotUsed, read_files, return_files
from ragtool.workbooks.outputs import Outputs
from ragtool.workers import Run, Workers


@dataclass(frozen=True)
class Checked:
    """What was found: every query (`asked`), the marked copies, lines that say which files were read, how many were
    returns and for which quarters, and the files that were passed over. `items` are what the
    returns entered, as it would be rated, `inputs` all that was read, and `homes` the quarter folders with a plan.
    """

    asked: tuple[Query, ...]
    copies: tuple[Annotated, ...]
    lines: tuple[str, ...]
    returns: int
    passed_over: tuple[NotUsed, ...]
    items: tuple[tuple[Quarter, RatedItem], ...] = ()
    inputs: tuple[Path, ...] = ()
    quarters: frozenset[Quarter] = frozenset()
    homes: tuple[Path, ...] = ()

    @cached_property
    def queries(self) -> pd.DataFrame:
        """The queries, with the columns and dtypes that docs/api.md lists."""
        return query_frame(self.asked)

    @property
    def files(self) -> tuple[Path, ...]:
        """The marked copies that were written."""
        return tuple(each.copy for each in self.copies if each.copy)


@with_plain_errors
def check(*paths: Path | str, progress: OnProgress = no_progress) -> Checked:
    """Checks returns, each with the plan of its quarter folder where there is one.

    A path is a return, a folder of returns, or a quarter folder; returns that stand in one folder are checked together.
    Raises RagtoolError where a path doesn't exist, or nothing named is a return.
    """
    folders: dict[tuple[Path, Path], dict[Path, Path]] = {}
    for path in map(Path, paths):
        returns, home = files_of(path)
        if not returns and (path / PLAN).is_file():
            make = f'Put them into its folder {RETURNS}, or make them with: ragtool templates "{path}"'
            raise RagtoolError(f"There are no returns in {path} yet. {make}")
        if not returns:
            raise RagtoolError(f"There are no returns in {path}. Name the quarter folder, or the returns themselves.")
        for each in returns:
            folders.setdefault((home.resolve(), each.parent.resolve()), {}).setdefault(each.resolve(), each)
    if not folders:
        raise RagtoolError("Nothing was named. Name the quarter folder, or the returns themselves.")
    with alone_in(*(each for both in folders for each in both)) as outputs, Workers() as workers:
        checked = together(
            [
                check_folder(list(named.values()), home, progress, outputs, workers.run)
                for (home, _), named in folders.items()
            ]
        )
        outputs.put_in()
    if not checked.returns:
        why = " ".join(f"Passed over: {each.file}. {each.why}" for each in checked.passed_over)
        raise RagtoolError(f"Nothing named is a return. {why} Name the quarter folder, or the returns themselves.")
    return checked


def check_folder(returns: Sequence[Path], home: Path, progress: OnProgress, outputs: Outputs, run: Run) -> Checked:
    """Checks returns that stand in one folder of the quarter folder `home`, each quarter's on their own."""
    plan = read_plan(home / PLAN) if (home / PLAN).is_file() else None
    count = iter(range(1, len(returns) + 1))
    files = read_files(returns, plan[0] if plan else None, lambda: progress("Checking", next(count), len(returns)), run)
    previous = find_earlier(home, plan[0]) if plan else None
    expected = Expected.of(home, previous, Counter(each.quarter for each in files.values() if isinstance(each, Return)))
    folder, quarters = returns[0].parent, [sort_files(each, plan=plan and plan[0]) for each in by_quarter(files)]
    return together(
        [check_quarter(received, folder, home, plan, previous, expected, outputs, run) for received in quarters]
    )


def together(checked: Sequence[Checked]) -> Checked:
    """What several checks found, as one; what is wrong with the plan is said once."""
    queries = dict.fromkeys(query for each in checked for query in each.asked)
    copies = (copy for each in checked for copy in each.copies)
    lines = (line for each in checked for line in each.lines)
    passed_over = (file for each in checked for file in each.passed_over)
    return Checked(
        asked=tuple(queries),
        copies=tuple(copies),
        lines=tuple(lines),
        returns=sum(each.returns for each in checked),
        passed_over=tuple(passed_over),
        items=tuple(item for each in checked for item in each.items),
        inputs=tuple(dict.fromkeys(path for each in checked for path in each.inputs)),
        quarters=frozenset().union(*(each.quarters for each in checked)),
        homes=tuple(dict.fromkeys(home for each in checked for home in each.homes)),
    )


def check_quarter(
    received: Received,
    folder: Path,
    home: Path,
    plan: tuple[Plan, list[Query]] | None,
    previous: Previous | None,
    expected: Expected,
    outputs: Outputs,
    run: Run,
) -> Checked:
    """Checks returns of one quarter that stand in `folder`, against the plan of the quarter folder `home` where there
    is one. That they are of another quarter than `expected` is told, and they are checked for what they say themselves:
    against the plan of this quarter, nearly every row would be wrong.
    """
    readable = (*received.used, *received.unfilled)
    elsewhere = bool(readable) and bool(expected.why_not(readable[0].quarter))
    dated = plan and readable and not elsewhere
    of_plan = [*plan[1], *(dates_in_doubt(plan[0], readable[0].quarter) if dated else [])] if plan else []
    queries, rated = [*of_plan, *received.all_queries], None
    alone: list[RatedQuarter] = []
    rows: RowCounts = Counter()
    if plan and received.used and not elsewhere:
        rated = rate_quarter(plan[0], received, previous, received.used[0].quarter)
        queries, rows = [*of_plan, *rated.queries, *run_checks(rated)], rated.rows
    elif received.used:
        alone = [
            rate_quarter(plan_of(each), Received(used=(without_earlier(each),)), None, each.quarter)
            for each in received.used
        ]
        queries = [
            *of_plan,
            *received.queries,
            *(query for each in alone for query in (*each.queries, *run_checks(each))),
        ]
        rows = sum((each.rows for each in alone), rows)
        for each in received.used:  # only an earlier report could judge its corrections
            rows[each.area, PASSED_OVER] += len(each.corrections)
    if plan and previous and readable:
        queries = [*odd_of_earlier(home, previous, plan[0], readable[0].quarter, expected), *queries]
    queries = [*expected.queries(readable), *queries]
    return Checked(
        asked=tuple(queries),
        copies=write_copies(folder, received, rated, queries, outputs, run),
        lines=reconciliation(received, rows),
        returns=len(received.used) + len(received.refused),
        passed_over=received.passed_over,
        items=tuple(
            (each.quarter, item) for each in ([rated] if rated else alone) for item in each.items if item.returned
        ),
        inputs=(
            *([home / PLAN] if plan else []),
            *([home / PREVIOUS] if previous else []),
            *received.paths.values(),
        ),
        quarters=frozenset(each.quarter for each in readable),
        homes=(home,) if plan else (),
    )


def find_earlier(home: Path, plan: Plan) -> Previous | None:
    """The earlier report of a quarter folder, where it has one."""
    path = home / PREVIOUS
    return read_previous(path, plan.settings.organisation) if path.is_file() else None


def odd_of_earlier(home: Path, previous: Previous, plan: Plan, quarter: Quarter, expected: Expected) -> list[Query]:
    """What is odd about the earlier report of a quarter folder. That it is a later one's stops no check."""
    if previous.quarter <= quarter:
        odd, stale = odd_of_previous(home, previous, plan.settings.organisation, quarter)
        return [*([stale.query_here] if stale else []), *odd]
    if expected.why_not(quarter):  # the return is told to be the wrong one
        return [*previous.queries]
    problem = f"It is the report of {previous.quarter}, later than {quarter}."
    what = "Put the last quarter's report there."
    return [*previous.queries, Query(previous.file, "", "", "", Severity.ERROR, problem, what)]


def files_of(path: Path) -> tuple[list[Path], Path]:
    """The returns that a path names, and the quarter folder they belong to."""
    if path.is_file():
        return [path], home_of(path.resolve().parent)
    if not path.is_dir():
        raise RagtoolError(f"There is no file or folder {path}. Check the name.")
    if (path / RETURNS).is_dir():
        return return_files(path / RETURNS), path
    if (path / PLAN).is_file():
        return [], path
    return return_files(path), home_of(path.resolve())
