"""A quarter folder read and rated: what `consolidate` does before it writes, and all that `rate` does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from ragtool.checks import run_checks
from ragtool.commands.earlier_report import EarlierReport, earlier_path, earlier_report
from ragtool.commands.folder import (
    PLAN,
    RETURNS,
    OnProgress,
    must_be_folder,
    no_progress,
    path_given,
    quarter_asked,
    quarter_given,
    report_name,
)
from ragtool.commands.frames import count_frame, query_frame, return_frame
from ragtool.commands.other_quarters import none_of_the_folders
from ragtool.commands.plain_errors import with_plain_errors
from ragtool.commands.stale_previous import StalePrevious
from ragtool.commands.target import Target, find_target
from ragtool.errors import RagtoolError
from ragtool.history.quarters_so_far import fullest
from ragtool.model import Query
from ragtool.plan.plan import Plan
from ragtool.plan.plan_reading import read_plan
from ragtool.plan.quarter_dates import dates_in_doubt
from ragtool.quarter.carrying import asked_again
from ragtool.quarter.rated import RatedQuarter, rate_quarter
from ragtool.quarters import Quarter
from ragtool.results.assemble import assemble
from ragtool.results.data_table import data_table
from ragtool.results.results import Results
from ragtool.results.revisions import all_revisions, plan_changes, reissue_changes
from ragtool.returns.received import Received, read_returns
from ragtool.returns.returned_files import return_files
from ragtool.workbooks.outputs import Outputs
from ragtool.workers import Run, Workers

RETURNS_TO_MOVE = "Ask for that quarter's returns, or move these to their own folder."
"""What to do where returns are for another quarter than their folder."""


@dataclass(frozen=True)
class Request:
    """What to rate, and what to write of it. Paths left None are those of the quarter folder; `quarter` None is the
    returns' own.
    """

    folder: Path
    plan: Path | None = None
    returns: Path | None = None
    previous: Path | None = None
    output: Path | None = None
    quarter: Quarter | None = None
    final: bool = False
    panels: bool = True
    pack: bool = True
    strict: bool = False
    pdf: bool = False

    @property
    def plan_file(self) -> Path:
        """Where the plan is."""
        return self.plan or self.folder / PLAN

    @property
    def returns_folder(self) -> Path:
        """Where the returns are."""
        return self.returns or self.folder / RETURNS


@dataclass(frozen=True)
class RatedFolder:
    """A quarter as its report tells it.

    `asked` are its queries and `inputs` all that was read. Of the returns `expected`, those of `missing` service areas
    were not received. `stale` tells of an earlier report that isn't the newest of its quarter.

    The frames have the columns and dtypes that docs/api.md lists.
    """

    results: Results
    received: Received
    asked: tuple[Query, ...]
    expected: int
    missing: tuple[str, ...]
    inputs: tuple[Path, ...]
    stale: StalePrevious | None

    @property
    def quarter(self) -> Quarter:
        """The quarter that was rated."""
        return self.results.quarter

    @cached_property
    def ratings(self) -> pd.DataFrame:
        """The Data sheet: every key action, measure and part in every quarter so far."""
        return data_table(self.results.data)

    @cached_property
    def queries(self) -> pd.DataFrame:
        """The Queries sheet."""
        return query_frame(self.asked)

    @cached_property
    def returns(self) -> pd.DataFrame:
        """The Returns sheet."""
        return return_frame(self.results.returns)

    @cached_property
    def counts(self) -> pd.DataFrame:
        """How many key actions and measures have each rating this quarter, as published and by the rule."""
        return count_frame(self.results.items)


@dataclass(frozen=True)
class Ready(RatedFolder):
    """A quarter that is rated and can be written: its plan, what the rules made of it, and where its report goes."""

    plan: Plan
    rated: RatedQuarter
    target: Target


@with_plain_errors
def rate(
    folder: Path | str,
    *,
    plan: Path | str | None = None,
    returns: Path | str | None = None,
    previous: Path | str | None = None,
    quarter: Quarter | str | None = None,
    progress: OnProgress = no_progress,
) -> RatedFolder:
    """Rates a quarter folder without writing anything.

    Paths left out are those of the folder; the quarter is the returns' own where none is named. Raises RagtoolError
    where it can't be rated; faults in the data are queries.
    """
    request = Request(
        Path(folder),
        plan=path_given(plan),
        returns=path_given(returns),
        previous=path_given(previous),
        quarter=None if quarter is None else quarter_given(quarter),
    )
    with Workers() as workers:
        return rate_folder(request, progress, Outputs(), workers.run)


def rate_folder(request: Request, progress: OnProgress, outputs: Outputs, run: Run) -> Ready:
    """A quarter folder rated, its returns shared out by `run`; `outputs` look where its report would go."""
    must_be_folder(request.folder)
    plan, plan_queries = read_plan(request.plan_file)
    received, quarter = receive(request, plan, progress, run)
    areas = plan.names_of(received.areas)
    target = find_target(report_path(request, quarter), plan.settings.organisation, quarter, areas, outputs)
    earlier = find_previous(request, target, plan, quarter)
    previous, earlier_file = earlier.report, earlier_path(request.folder, request.previous)

    rated = rate_quarter(plan, received, previous, quarter)
    unanswered = [step.milestone for step in rated.milestones if step.status is None]
    again = asked_again(unanswered, plan) if previous is None else []
    another = [] if request.quarter else none_of_the_folders(request.folder, quarter, RETURNS_TO_MOVE)
    dates = dates_in_doubt(plan, quarter)
    queries = [*plan_queries, *dates, *another, *earlier.odd, *again, *rated.queries, *run_checks(rated)]

    named = previous if previous and previous.quarter == quarter and previous.final else None
    published = target.published or named
    reissued = reissue_changes(rated, published)
    revisions = all_revisions(
        previous.revisions if previous else (),
        published.revisions if published else (),
        rated.revisions,
        plan_changes(rated),
        reissued,
    )
    results = assemble(rated, received, previous, revisions, queries, request.final, target.number, reissued)
    return Ready(
        results=results,
        received=received,
        asked=tuple(queries),
        expected=len(plan.areas),
        missing=tuple(area for area in plan.areas if area not in received.areas),
        inputs=(request.plan_file, *([earlier_file] if earlier_file else []), *received.paths.values()),
        stale=earlier.stale,
        plan=plan,
        rated=rated,
        target=target,
    )


def receive(request: Request, plan: Plan, progress: OnProgress, run: Run) -> tuple[Received, Quarter]:
    """The returns, and the quarter they are for. Raises RagtoolError where there is none."""
    folder = request.returns_folder
    quarter = quarter_asked(request.quarter, plan.settings) if request.quarter else None
    paths = return_files(folder)
    if not paths:
        raise RagtoolError(f"There are no returns in {folder} yet. Put the filled returns there.")
    count = iter(range(1, len(paths) + 1))
    received = read_returns(paths, plan, quarter, lambda: progress("Reading returns", next(count), len(paths)), run)
    returns = (*received.used, *received.unfilled)
    if not returns:
        why = "".join(f" {each.file}: {each.why}" for each in (*received.refused, *received.passed_over))
        raise RagtoolError(f"No return in {folder} can be used.{why} Put the filled returns there.", received.queries)
    return received, quarter or returns[0].quarter.written(plan.settings.calendar_years)


def report_path(request: Request, quarter: Quarter) -> Path:
    """Where the report goes when nothing stands there."""
    return request.output or request.folder / report_name(quarter)


def find_previous(request: Request, target: Target, plan: Plan, quarter: Quarter) -> EarlierReport:
    """The earlier report of the quarter that is rated.

    Where the report in place has quarters that it lacks, the report in place itself, so that they aren't lost. Raises
    RagtoolError where it is what this run writes.
    """
    path = earlier_path(request.folder, request.previous)
    if path and path.resolve() == target.report.resolve():
        raise RagtoolError(
            f"{path} is the report that this run writes. Name the last quarter's report with --previous."
        )
    earlier = earlier_report(request.folder, request.previous, plan, quarter)
    fuller, lost = fullest(earlier.report, target.published or target.standing, plan, quarter)
    return replace(earlier, report=fuller, queries=(*earlier.queries, *lost))
