"""The whole run, top to bottom: a folder of returns in, the report and the panels' reports out."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

from ragtool.commands.at_work import alone_in, alone_in_new
from ragtool.commands.folder import PLAN, REPORT, OnProgress, home_of, no_progress, path_given, quarter_given
from ragtool.commands.last_report import latest_reports
from ragtool.commands.marked_copies import write_copies
from ragtool.commands.pdfs import Pdfs, pdfs_of_earlier_runs, print_pdfs
from ragtool.commands.plain_errors import with_plain_errors
from ragtool.commands.rate import Ready, Request, rate_folder
from ragtool.commands.target import Besides, Target, find_besides, refuse_place, refuse_returns
from ragtool.errors import RagtoolError
from ragtool.quarters import Quarter
from ragtool.report.pack_workbook import pack_results, write_pack
from ragtool.report.report_workbook import write_panel_report, write_report
from ragtool.results.panels import panel_results
from ragtool.results.results import Results
from ragtool.returns.marked import Annotated
from ragtool.workbooks.bounds import own_bounds
from ragtool.workbooks.opening import read_bytes
from ragtool.workbooks.outputs import Outputs
from ragtool.workbooks.whole_files import these_bytes, write_whole
from ragtool.workers import Run, Workers


@dataclass(frozen=True)
class Consolidated(Ready):
    """A quarter rated, and what was written of it."""

    besides: Besides
    pdfs: Pdfs
    copies: tuple[Annotated, ...]

    @property
    def report(self) -> Path:
        """The report."""
        return self.target.report

    @property
    def quarter_folder(self) -> Path | None:
        """The folder that holds the report beside its plan, from which `next` goes on; None where none does."""
        home = self.report.parent
        return home if (home / PLAN).is_file() and self.report in latest_reports(home) else None

    @property
    def files(self) -> tuple[Path, ...]:
        """All that was written, the report first."""
        kept = [self.target.keep_as] if self.target.keep_as else []
        copies = [each.copy for each in self.copies if each.copy]
        return (self.report, *self.besides.paths, *self.pdfs.made, *copies, *kept)


@with_plain_errors
def consolidate(
    folder: Path | str,
    *,
    plan: Path | str | None = None,
    returns: Path | str | None = None,
    previous: Path | str | None = None,
    output: Path | str | None = None,
    quarter: Quarter | str | None = None,
    final: bool = False,
    panels: bool = True,
    pack: bool = True,
    strict: bool = False,
    pdf: bool = False,
    progress: OnProgress = no_progress,
) -> Consolidated:
    """Reads the plan and the returns, rates every item and writes the reports, the main one last.

    Paths left out are those of the quarter folder; the quarter is the returns' own where none is named. Raises
    RagtoolError where nothing can be written; faults in the data are queries, in the report and the outcome.
    """
    request = Request(
        Path(folder),
        plan=path_given(plan),
        returns=path_given(returns),
        previous=path_given(previous),
        output=path_given(output),
        quarter=None if quarter is None else quarter_given(quarter),
        final=final,
        panels=panels,
        pack=pack,
        strict=strict,
        pdf=pdf,
    )
    if request.output or request.plan_file.is_file():  # without a plan that is what is said
        if request.returns is None:
            refuse_returns(request.folder)
        refuse_place(request.output or request.folder / REPORT, request.returns_folder)
    of_check = (home_of(request.returns_folder.resolve()), request.returns_folder)
    places = (request.folder, *of_check)
    alone = alone_in_new(request.output.parent, *places) if request.output else alone_in(*places)
    with alone as outputs, Workers() as workers:
        workers.prepare(put_beside, about_how_many(request))
        outcome = consolidated(request, progress, outputs, workers.run)
        outputs.put_in()
    return outcome


def about_how_many(request: Request) -> int:
    """The files of the returns folder, not looked at yet; none where the run can't begin, which is said later."""
    try:
        return len(list(request.returns_folder.iterdir())) if request.plan_file.is_file() else 0
    except OSError:
        return 0


def consolidated(request: Request, progress: OnProgress, outputs: Outputs, run: Run) -> Consolidated:
    """The whole run, its returns and reports shared out by `run`, with all that it writes in `outputs`."""
    ready = rate_folder(request, progress, outputs, run)
    if request.strict and ready.asked:
        raise RagtoolError("There are queries, and --strict was asked for, so no report was written:", ready.asked)
    copies = write_copies(request.returns_folder, ready.received, ready.rated, ready.asked, outputs, run)
    panels = ready.plan.panel_names if request.panels else ()
    besides = find_besides(ready.target, ready.quarter, request.pack, panels, outputs)
    written = write_all(ready.target, besides, ready.results, progress, outputs, run)
    pdfs = print_pdfs(written, progress, outputs) if request.pdf else pdfs_of_earlier_runs(besides.paths)
    as_rated = {field.name: getattr(ready, field.name) for field in fields(ready)}
    return Consolidated(**as_rated, besides=besides, pdfs=pdfs, copies=copies)


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
