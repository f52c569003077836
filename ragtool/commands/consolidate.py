"""The whole run, top to bottom: a folder of returns in, the report and the panels' reports out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ragtool.checks import run_checks
from ragtool.commands.at_work import alone_in, alone_in_new
from ragtool.commands.folder import PLAN, PREVIOUS, RETURNS, OnProgress, home_of, no_progress, quarter_asked
from ragtool.commands.marked_copies import write_copies
from ragtool.commands.other_quarters import none_of_the_folders
from ragtool.commands.pdfs import Pdfs, pdfs_of_earlier_runs, print_pdfs
from ragtool.commands.stale_previous import StalePrevious, stale_previous
from ragtool.commands.target import Besides, Target, find_besides, find_target
from ragtool.errors import RagtoolError
from ragtool.history.previous import Previous, gap_before, read_previous
from ragtool.history.quarters_so_far import fullest
from ragtool.model import Query
from ragtool.plan.plan import Plan
from ragtool.plan.plan_reading import read_plan
from ragtool.plan.quarter_dates import dates_before_the_end
from ragtool.quarter.carrying import asked_again
from ragtool.quarter.rated import rate_quarter
from ragtool.quarters import Quarter
from ragtool.report.pack_workbook import pack_results, write_pack
from ragtool.report.report_workbook import write_panel_report, write_report
from ragtool.results.assemble import assemble
from ragtool.results.panels import panel_results
from ragtool.results.results import Results
from ragtool.results.revisions import all_revisions, plan_changes, reissue_changes
from ragtool.returns.marked import Annotated
from ragtool.returns.received import Received, read_returns
from ragtool.returns.returned_files import return_files
from ragtool.workbooks.bounds import own_bounds
from ragtool.workbooks.opening import read_bytes
from ragtool.workbooks.outputs import Outputs
from ragtool.workbooks.whole_files import these_bytes, write_whole
from ragtool.workers import Run, Workers


@dataclass(frozen=True)
class Request:
    """What to consolidate. Paths left None are those of the quarter folder; `quarter` None is the returns' own."""

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


@dataclass(frozen=True)
class Consolidated:
    """What a run wrote and found. `missing` are the service areas whose return was not received; `stale` tells of an
    earlier report that isn't the newest of its quarter.
    """

    target: Target
    besides: Besides
    pdfs: Pdfs
    copies: tuple[Annotated, ...]
    results: Results
    received: Received
    queries: tuple[Query, ...]
    missing: tuple[str, ...]
    stale: StalePrevious | None = None


def consolidate(request: Request, progress: OnProgress = no_progress) -> Consolidated:
    """Reads the plan and the returns, rates every item and writes the reports, the main one last.

    Raises RagtoolError where nothing can be written; faults in the data are queries, in the report and the outcome.
    """
    returns = request.returns or request.folder / RETURNS
    folders = (request.folder, home_of(returns.resolve()), returns)  # the last two are those of a check
    alone = alone_in_new(request.output.parent, *folders) if request.output else alone_in(*folders)
    with alone as outputs, Workers() as workers:
        outcome = consolidated(request, progress, outputs, workers.run)
        outputs.put_in()
    return outcome


def consolidated(request: Request, progress: OnProgress, outputs: Outputs, run: Run) -> Consolidated:
    """The whole run, its returns and reports shared out by `run`, with all that it writes in `outputs`."""
    if not request.folder.is_dir():
        raise RagtoolError(f"There is no folder {request.folder}. Check the name.")
    plan, plan_queries = read_plan(request.plan or request.folder / PLAN)
    received, quarter = receive(request, plan, progress, run)
    areas = plan.names_of(received.areas)
    target = find_target(report_path(request, quarter), plan.settings.organisation, quarter, areas, outputs)
    previous, previous_queries, stale = find_previous(request, target, plan, quarter)

    rated = rate_quarter(plan, received, previous, quarter)
    asked = asked_again([step.milestone for step in rated.milestones], plan) if previous is None else []
    another = [] if request.quarter else none_of_the_folders(request.folder, quarter)
    dates = dates_before_the_end(plan, quarter)
    queries = [*plan_queries, *dates, *another, *previous_queries, *asked, *rated.queries, *run_checks(rated)]
    if request.strict and queries:
        raise RagtoolError("There are queries, and --strict was asked for, so no report was written:", queries)

    named = previous if previous and previous.quarter == quarter and previous.final else None
    published = target.published or named
    revisions = all_revisions(
        previous.revisions if previous else (),
        published.revisions if published else (),
        rated.revisions,
        plan_changes(rated),
        reissue_changes(rated, published),
    )
    results = assemble(rated, received, previous, revisions, queries, request.final)
    copies = write_copies(request.returns or request.folder / RETURNS, received, rated, queries, outputs, run)
    besides = find_besides(target, quarter, request.pack, plan.panel_names if request.panels else (), outputs)
    written = write_all(target, besides, results, progress, outputs, run)
    pdfs = print_pdfs(written, outputs) if request.pdf else pdfs_of_earlier_runs(besides.paths)
    returned = received.areas
    missing = tuple(area for area in plan.areas if area not in returned)
    return Consolidated(target, besides, pdfs, copies, results, received, tuple(queries), missing, stale)


def receive(request: Request, plan: Plan, progress: OnProgress, run: Run) -> tuple[Received, Quarter]:
    """The returns, and the quarter they are for. Raises RagtoolError where there is none."""
    folder = request.returns or request.folder / RETURNS
    quarter = quarter_asked(request.quarter, plan.settings) if request.quarter else None
    paths = return_files(folder)
    count = iter(range(1, len(paths) + 1))
    received = read_returns(paths, plan, quarter, lambda: progress("Reading returns", next(count), len(paths)), run)
    returns = (*received.used, *received.unfilled)
    if not returns:
        why = "".join(f" {each.file}: {each.why}" for each in (*received.refused, *received.passed_over))
        raise RagtoolError(f"No return in {folder} can be used.{why} Put the filled returns there.", received.queries)
    return received, quarter or returns[0].quarter.written(plan.settings.calendar_years)


def report_path(request: Request, quarter: Quarter) -> Path:
    """Where the report goes when nothing stands there."""
    return request.output or request.folder / f"{quarter.file_name} performance report.xlsx"


def find_previous(
    request: Request, target: Target, plan: Plan, quarter: Quarter
) -> tuple[Previous | None, list[Query], StalePrevious | None]:
    """The earlier report that was named, or the folder's previous.xlsx where there is one, and what is odd about it.

    Where the report in place has quarters that it lacks, the report in place itself, so that they aren't lost. Raises
    RagtoolError where it is a later quarter's.
    """
    path = request.previous or request.folder / PREVIOUS
    in_place = target.published or target.standing
    if request.previous is None and not path.is_file():
        return *fullest(None, in_place, plan, quarter), None
    if path.resolve() == target.report.resolve():
        raise RagtoolError(
            f"{path} is the report that this run writes. Name the last quarter's report with --previous."
        )
    previous = read_previous(path, plan.settings.organisation)
    fuller, lost = fullest(previous, in_place, plan, quarter)
    stale = None if request.previous else stale_previous(request.folder, previous, plan.settings.organisation)
    odd = [stale.query] if stale else []
    return fuller, [*previous.queries, *odd, *gap_before(previous, quarter), *lost], stale


def write_all(
    target: Target, besides: Besides, results: Results, progress: OnProgress, outputs: Outputs, run: Run
) -> dict[Path, Path]:
    """Keeps what would be lost, writes what stands beside the report, and the report, which is put in its place last.

    Gives where each workbook that stands beside the report was written, by its place.
    """
    if target.keep_as:
        outputs.write(target.keep_as, these_bytes(read_bytes(target.report, own_bounds(0).file)))
    packed = [pack_results(results)] if besides.pack else []
    shares = [*packed, *panel_results(results, [share.panel for share in results.panels] if besides.panels else ())]
    written = {path: outputs.beside(path) for path in besides.paths}
    finished = run(put_beside, [(*each, share) for each, share in zip(written.items(), shares, strict=True)])
    outputs.write(target.report, partial(write_report, results))
    for number, _ in enumerate(finished, 1):
        progress("Writing reports", number, len(shares) + 1)
    progress("Writing reports", len(shares) + 1, len(shares) + 1)
    return written


def put_beside(task: tuple[Path, Path, Results]) -> None:
    """Writes a panel's report, or the pack, beside its place."""
    path, beside, results = task
    write_whole(path, beside, partial(write_panel_report if results.panel else write_pack, results))
