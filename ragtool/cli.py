"""The commands: the only place that prints, shows progress or exits.

Each command imports what it runs when it is called, so that help and a mistyped word are answered at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ragtool import __version__
from ragtool.errors import RagtoolError
from ragtool.figures import how_many
from ragtool.quarters import Quarter
from ragtool.workers import collect_seldom

if TYPE_CHECKING:
    from ragtool.commands.check import Checked
    from ragtool.commands.consolidate import Consolidated
    from ragtool.commands.last_report import LastReport
    from ragtool.model import Query
    from ragtool.returns.marked import Annotated

CLEAN, TO_CHASE, FAILED = 0, 1, 2
"""Exit statuses: clean; done, with queries or missing returns to chase; could not be done."""

FOLDER = click.Path(path_type=Path)


class QuarterType(click.ParamType[Quarter]):
    """A quarter typed on the command line."""

    name = "quarter"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Quarter:
        if isinstance(value, Quarter):
            return value
        try:
            return Quarter.parse(value)
        except ValueError:
            self.fail(f"'{value}' is not a quarter. Write it as \"2013/14 Q2\".", param, ctx)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command and exits with its status; whatever goes wrong is a sentence, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A cp1252 console can't show every letter of a plan: better a question mark than a failed run.
            stream.reconfigure(errors="replace")
    collect_seldom()
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit status."""
    try:
        status: int | None = commands.main(arguments, prog_name="ragtool", standalone_mode=False)
        return status or CLEAN
    except RagtoolError as problem:
        click.echo(f"{problem}{with_quotes(arguments)}", err=True)
        for query in problem.queries:
            click.echo(f"  {query}", err=True)
    except click.ClickException as problem:
        message = f"{problem.format_message().removesuffix('.')}.{with_quotes(arguments)}"
        click.echo(f"{message} For help: ragtool --help", err=True)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped. Nothing that was there before was changed.", err=True)
    except MemoryError:
        click.echo("There is not enough memory. Close other programs and run again.", err=True)
    except OSError as problem:
        click.echo(f"{problem.filename or 'A file'} can't be used ({problem.strerror or problem}).", err=True)
    except Exception as problem:
        click.echo(
            f"ragtool met a fault of its own ({type(problem).__name__}: {problem}). Nothing that was there before was "
            "changed. Please report it, with the files if you can.",
            err=True,
        )
    return FAILED


def with_quotes(arguments: Sequence[str] | None) -> str:
    """What to add where a name with blanks was typed without quotes, so that it came as several words."""
    from ragtool.commands.folder import unquoted_name

    _, *words = sys.argv if arguments is None else ["ragtool", *arguments]
    name = unquoted_name(words[1:])  # after the command's own
    return f' "{name}" has blanks: put quotes round it.' if name else ""


class Progress:
    """A progress bar a task, on a terminal only; quiet when piped."""

    def __init__(self) -> None:
        self.bar: Any = None
        self.task = ""

    def __call__(self, task: str, count: int, of: int) -> None:
        if not sys.stderr.isatty():
            return
        if task != self.task:
            self.task = task
            self.bar = click.progressbar(length=of, label=task, file=sys.stderr, show_pos=True, show_eta=False)
            self.bar.render_progress()
        self.bar.update(1)
        if count == of:
            self.bar.render_finish()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ragtool")
def commands() -> None:
    """Quarterly performance reports for councils: returns in Excel in, the RAG-rated report in Excel out."""


@commands.command()
@click.argument("folder", type=FOLDER, default=Path())
def demo(folder: Path) -> int:
    """Write the sample quarter into FOLDER, consolidate it, and name the workbook to open."""
    from ragtool.commands.consolidate import Request, consolidate
    from ragtool.commands.demo import copy_sample

    outcome = consolidate(Request(copy_sample(folder)), Progress())
    tell(outcome)
    return CLEAN


@commands.command()
@click.argument("folder", type=FOLDER)
def new(folder: Path) -> int:
    """Make a quarter folder with a blank, annotated plan and an empty returns folder."""
    from ragtool.commands.folder import quarter_named
    from ragtool.commands.new import make_folder

    plan = make_folder(folder)
    quarter = quarter_named(folder) or "2013/14 Q2"
    click.echo(f'Fill in {plan}, then run: ragtool templates "{folder}" --quarter "{quarter}"')
    return CLEAN


@commands.command()
@click.argument("folder", type=FOLDER)
@click.option("--quarter", type=QuarterType(), required=True, help='The quarter to report, such as "2013/14 Q2".')
@click.option("--previous", type=FOLDER, help="Last quarter's report, for milestones to carry forward.")
@click.option("--refresh", is_flag=True, help="Make anew the returns of an earlier plan that nobody has filled.")
def templates(folder: Path, quarter: Quarter, previous: Path | None, refresh: bool) -> int:
    """Write one pre-filled return for each service area into FOLDER/returns; never overwrite one that was filled."""
    from ragtool.commands.templates import make_returns

    made = make_returns(folder, quarter, previous, refresh, Progress())
    for query in made.queries:
        click.echo(str(query), err=True)
    for path in made.written:
        click.echo(f"Written: {path}")
    for path in made.anew:
        click.echo(f"Made anew: {path}")
    for each in made.kept:
        click.echo(f"Kept as it is: {each.path}")
        if each.differs:
            filled = "" if each.untouched else " It is filled, so tell its officer; the plan's values count."
            click.echo(f"{each.path.name} is of an earlier plan. What differs: {each.differs}.{filled}", err=True)
    if made.to_refresh:
        click.echo(
            f"{how_many(made.to_refresh, 'return')} of an earlier plan can be made anew, since nobody has filled them: "
            f'ragtool templates "{folder}" --quarter "{quarter}" --refresh',
            err=True,
        )
    return TO_CHASE if made.queries or any(each.differs for each in made.kept) else CLEAN


@commands.command()
@click.argument("paths", type=FOLDER, nargs=-1, required=True)
def check(paths: tuple[Path, ...]) -> int:
    """Check returns, or folders of them, and report every query."""
    from ragtool.commands.check import check_returns

    checked = check_returns(paths, Progress())
    for file, queries in checked.by_file.items():
        click.echo(f"{file}: {number_of_queries(queries)}")
        tell_queries(queries)
        click.echo()
    tell_copies(checked.copies)
    for line in checked.lines:
        click.echo(line)
    if checked.queries:
        return TO_CHASE
    tell_clean(checked)
    return CLEAN


@commands.command(name="consolidate")
@click.argument("folder", type=FOLDER)
@click.option("--plan", type=FOLDER, help="The plan, where it isn't FOLDER/corporate_plan.xlsx.")
@click.option("--returns", type=FOLDER, help="The returns, where they aren't in FOLDER/returns.")
@click.option("--previous", type=FOLDER, help="Last quarter's report, where it isn't FOLDER/previous.xlsx.")
@click.option("--output", type=FOLDER, help="The report to write, where it isn't in FOLDER under its usual name.")
@click.option("--quarter", type=QuarterType(), help="The quarter; returns of other quarters are passed over.")
@click.option("--final", is_flag=True, help="Mark the report as final: no later run replaces it.")
@click.option("--no-panels", is_flag=True, help="Write no panel reports.")
@click.option("--strict", is_flag=True, help="Write no report where there is any query.")
def consolidate_command(no_panels: bool, **options: Any) -> int:
    """Merge the returns in FOLDER, rate every item, and write the report and the panels' reports."""
    from ragtool.commands.consolidate import Request, consolidate

    outcome = consolidate(Request(panels=not no_panels, **options), Progress())
    tell(outcome)
    return TO_CHASE if outcome.queries or outcome.missing else CLEAN


@commands.command(name="next")
@click.argument("folder", type=FOLDER)
@click.argument("new_folder", type=FOLDER, required=False)
def next_command(folder: Path, new_folder: Path | None) -> int:
    """Make the next quarter's folder: the plan with the proposed milestones, and this report as previous.xlsx.

    Again after a late return, it refreshes previous.xlsx there and keeps the plan.
    """
    from ragtool.commands.folder import PLAN, PREVIOUS
    from ragtool.commands.next_quarter import make_next

    made = make_next(folder, new_folder)
    tell_last_report(made.report)
    if made.refreshed:
        click.echo(f"Refreshed: {made.folder / PREVIOUS}. The plan beside it is kept as it is.")
    for milestone in made.to_add:
        click.echo(f"Proposed since, so add it to {made.folder / PLAN} if it is agreed: {milestone}", err=True)
    for milestone in made.added:
        click.echo(f"Proposed: {milestone}")
    for milestone in made.without_date:
        click.echo(f"Left out, since it has no due date: {milestone}", err=True)
    for emptied in made.emptied:
        click.echo(f"Emptied in the new plan, since it is of the quarter before: {emptied}")
    if not made.refreshed:
        dates = " and type the new dates" if made.emptied else ""
        click.echo(
            f"Set what is agreed to Active{dates} in {made.folder / PLAN}, then run: "
            f'ragtool templates "{made.folder}" --quarter "{made.quarter}"'
        )
    return TO_CHASE if made.without_date or made.to_add else CLEAN


def tell(outcome: Consolidated) -> None:
    """What a run found and wrote, the workbook to open last."""
    for sentence in (*outcome.results.overview, *outcome.results.reconciliation):
        click.echo(sentence)
    if outcome.queries:
        click.echo(f"{number_of_queries(outcome.queries)} to look at, on the report's Queries sheet.")
    if outcome.stale:
        click.echo(str(outcome.stale))
    tell_copies(outcome.copies)
    for path in outcome.panel_reports:
        click.echo(f"Panel report: {path}")
    if outcome.target.keep_as:
        lost = ", ".join(outcome.target.lost)
        click.echo(
            f"This run lacks returns that the report in place had ({lost}), so that is kept: {outcome.target.keep_as}"
        )
    click.echo(f"Open this workbook: {outcome.target.report}")


def tell_last_report(last: LastReport) -> None:
    """Which report the next quarter goes on from, and what of it isn't final."""
    click.echo(f"Taken as the previous report: {last.path} ({'final' if last.final else 'a draft'}).")
    if last.later_draft:
        click.echo(
            f"{last.later_draft} is later, but a draft, so it isn't taken. If it is to be published, make it final "
            f'with ragtool consolidate "{last.path.parent}" --final, then run ragtool next again.'
        )


def tell_copies(copies: Sequence[Annotated]) -> None:
    """Where the marked copies are, and what is to be said of them."""
    for each in copies:
        if each.copy:
            click.echo(f"Copy to correct: {each.copy}")
        if each.remark:
            click.echo(each.remark)


def tell_clean(checked: Checked) -> None:
    """That nothing is to be corrected, in how many returns for which quarter, and what comes next."""
    from ragtool.rules.words import listed

    quarters = listed([str(quarter) for quarter in sorted(checked.quarters)])
    click.echo(f"Nothing to correct in {how_many(checked.returns, 'return')} for {quarters}.")
    for home in checked.homes:
        click.echo(f'When all returns are in, run: ragtool consolidate "{home}"')
    if not checked.homes:
        click.echo("There is no plan beside them: put them into their quarter's folder to check them against it.")


def number_of_queries(queries: Sequence[Query]) -> str:
    """How many queries there are: `1 query`, `3 queries`."""
    return f"{len(queries)} {'query' if len(queries) == 1 else 'queries'}"


def tell_queries(queries: Sequence[Query]) -> None:
    """Every query on its own line."""
    for query in queries:
        click.echo(f"{query.severity}: {query}")
