"""The commands: the only place that prints, shows progress or exits.

Each command imports what it runs when it is called, so that help and a mistyped word are answered at once.
It is long because nothing else may print or exit: one function a command, with nothing to follow between them.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

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
    from ragtool.commands.new import NewFolder
    from ragtool.model import Query
    from ragtool.returns.marked import Annotated

CLEAN, TO_CHASE, FAILED, STOPPED = 0, 1, 2, 130
"""Exit statuses: clean; done, with queries or missing returns to chase; could not be done; stopped with Ctrl-C."""

WHOLE = "No output is half done: each is as it was, or new and whole."
"""What holds whenever a run ends."""

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
            calendar = 'Where financial years start in January it is "2019 Q1".'
            self.fail(f"'{value}' is not a quarter. Write it as \"2013/14 Q2\". {calendar}", param, ctx)


def main(arguments: Sequence[str] | None = None, stopped: Sequence[int] = ()) -> None:
    """Runs a command and exits with its status; whatever goes wrong is a sentence, never a traceback.

    `stopped` has the signals that came while the commands were loaded.
    """
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        prepare_streams()
        collect_seldom()
        status = run(arguments, stopped)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done but for the end of the process
    except KeyboardInterrupt:  # once more, while the first was answered
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        status = STOPPED
    for stream in (sys.stdout, sys.stderr):
        if not takes_text(stream):  # what it didn't take isn't tried again when the process ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            status = max(status, FAILED)
    if status == STOPPED:
        stop()
    sys.exit(status)


def stop() -> NoReturn:
    """Ends a run that Ctrl-C has stopped, without another word."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    exec("")  # noqa: S102 - where Ctrl-C met code made from text, as in a dataclass, Python would end by the signal but for this
    sys.exit(STOPPED)


def prepare_streams() -> None:
    """Makes all that is to be said fit the streams, and keeps the numbers of closed ones from the files of the run."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it gets the lowest number that is free
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A cp1252 console can't show every letter of a plan: better a question mark than a failed run.
            stream.reconfigure(errors="replace")
    sys.unraisablehook = pass_over


def pass_over(unraisable: sys.UnraisableHookArgs) -> None:
    """What goes wrong where Python can't raise it, as while a file is closed, isn't shown; Ctrl-C comes once more."""
    if unraisable.exc_type is KeyboardInterrupt:
        threading.Timer(0.01, signal.raise_signal, [signal.SIGINT]).start()


def takes_text(stream: TextIO | None) -> bool:
    """Whether a stream takes all that was written to it; one that is closed has nothing to take."""
    try:
        if stream and not stream.closed:
            stream.flush()
    except OSError:
        return False
    return True


class CannotTell(Exception):
    """A stream doesn't take what a command has to say, which is after all that it writes."""


def echo(text: str = "", err: bool = False) -> None:
    """Says something on stdout or stderr."""
    try:
        click.echo(text, err=err)
    except OSError as problem:
        raise CannotTell(problem.strerror or problem) from None


def say(sentence: str) -> None:
    """Says on stderr why a run ends; where that is closed nobody can be told."""
    with suppress(CannotTell):
        echo(sentence, err=True)


def run(arguments: Sequence[str] | None = None, stopped: Sequence[int] = ()) -> int:
    """Runs a command and returns its exit status."""
    try:
        if stopped:
            raise KeyboardInterrupt
        status: int | None = commands.main(arguments, prog_name="ragtool", standalone_mode=False)
        return status or CLEAN
    except RagtoolError as problem:
        say(f"{problem}{with_quotes(arguments)}")
        for query in problem.queries:
            say(f"  {query}")
    except click.ClickException as problem:
        message = f"{problem.format_message().removesuffix('.')}.{with_quotes(arguments)}"
        say(f"{message} For help: ragtool --help")
    except (KeyboardInterrupt, click.Abort):
        say(f"Stopped. {WHOLE} Run the command again.")
        return STOPPED
    except MemoryError:
        say(f"There is not enough memory. {WHOLE} Close other programs and run again.")
    except OSError as problem:
        why = problem.strerror or problem
        say(f"{problem.filename or 'A file'} can't be used ({why}). {WHOLE} Check the disk or drive and run again.")
    except CannotTell as problem:
        say(f"The command is done, but what it has to say can't be shown ({problem}).")
    except Exception as problem:  # noqa: BLE001 - the last net: a sentence, and no traceback
        say(
            f"ragtool met a fault of its own ({type(problem).__name__}: {problem}). {WHOLE} Please report it, with the "
            "files if you can."
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
        if not (sys.stderr and sys.stderr.isatty()):
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
@click.option("--from", "from_list", type=FOLDER, help="A list of your own measures or actions, taken into the plan.")
def new(folder: Path, from_list: Path | None) -> int:
    """Make a quarter folder with an annotated plan, blank or from a list of your own, and an empty returns folder."""
    from ragtool.commands.folder import quarter_named
    from ragtool.commands.new import make_folder

    made = make_folder(folder, from_list)
    quarter = quarter_named(folder) or "2013/14 Q2"
    if from_list:
        tell_taken(made)
    to_do = f"Look through {made.plan} and fill in its Settings" if from_list else f"Fill in {made.plan}"
    echo(f'{to_do}, then run: ragtool templates "{folder}" --quarter "{quarter}"')
    return TO_CHASE if made.queries else CLEAN


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
        echo(str(query), err=True)
    for path in made.written:
        echo(f"Written: {path}")
    for path in made.anew:
        echo(f"Made anew: {path}")
    for each in made.kept:
        echo(f"Kept as it is: {each.path}")
        if each.differs:
            filled = "" if each.untouched else " It is filled, so tell its officer; the plan's values count."
            echo(f"{each.path.name} is of an earlier plan. What differs: {each.differs}.{filled}", err=True)
    for path, areas in made.former.items():
        echo(f"{path.name} is under a name that was changed since: its rows count as those of {' and '.join(areas)}.")
    if made.to_refresh:
        them = "it" if made.to_refresh == 1 else "them"
        echo(
            f"{how_many(made.to_refresh, 'return')} of an earlier plan can be made anew, since nobody has filled "
            f'{them}: ragtool templates "{folder}" --quarter "{quarter}" --refresh',
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
        echo(f"{file}: {number_of_queries(queries)}")
        tell_queries(queries)
        echo()
    tell_copies(checked.copies)
    for line in checked.lines:
        echo(line)
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
@click.option("--no-pack", is_flag=True, help="Write no committee pack.")
@click.option("--pdf", is_flag=True, help="Print the committee pack and the panel reports with LibreOffice.")
@click.option("--strict", is_flag=True, help="Write no report where there is any query.")
def consolidate_command(no_panels: bool, no_pack: bool, **options: Any) -> int:
    """Merge the returns in FOLDER, rate every item, and write the report, the committee pack and panel reports."""
    from ragtool.commands.consolidate import Request, consolidate

    outcome = consolidate(Request(panels=not no_panels, pack=not no_pack, **options), Progress())
    tell(outcome)
    return TO_CHASE if outcome.queries or outcome.missing or outcome.pdfs.remark else CLEAN


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
        echo(f"Refreshed: {made.folder / PREVIOUS}. The plan beside it is kept as it is.")
    for milestone in made.to_add:
        echo(f"Proposed since, so add it to {made.folder / PLAN} if it is agreed: {milestone}", err=True)
    for milestone in made.added:
        echo(f"Proposed: {milestone}")
    for milestone in made.without_date:
        echo(f"Left out, since it has no due date: {milestone}", err=True)
    for emptied in made.emptied:
        echo(f"Emptied in the new plan, since it is of the quarter before: {emptied}")
    if not made.refreshed:
        dates = " and type the new dates" if made.emptied else ""
        echo(
            f"Set what is agreed to Active{dates} in {made.folder / PLAN}, then run: "
            f'ragtool templates "{made.folder}" --quarter "{made.quarter}"'
        )
    return TO_CHASE if made.without_date or made.to_add else CLEAN


def tell(outcome: Consolidated) -> None:
    """What a run found and wrote, the workbook to open last."""
    for sentence in (*outcome.results.overview, *outcome.results.reconciliation):
        echo(sentence)
    if outcome.queries:
        echo(f"{number_of_queries(outcome.queries)} to look at, on the report's Queries sheet.")
    if outcome.stale:
        echo(str(outcome.stale))
    tell_copies(outcome.copies)
    if outcome.besides.pack:
        echo(f"Committee pack: {outcome.besides.pack}")
    for path in outcome.besides.panels:
        echo(f"Panel report: {path}")
    for path in outcome.pdfs.made:
        echo(f"PDF: {path}")
    for path in outcome.pdfs.earlier:
        echo(f"Of an earlier run, so it may show other figures: {path}. To make it anew, run with --pdf.", err=True)
    if outcome.pdfs.remark:
        echo(outcome.pdfs.remark, err=True)
    if outcome.target.keep_as:
        lost = ", ".join(outcome.target.lost)
        echo(f"This run lacks returns that the report in place had ({lost}), so that is kept: {outcome.target.keep_as}")
    echo(f"Open this workbook: {outcome.target.report}")


def tell_taken(made: NewFolder) -> None:
    """What of a list was taken for what, and what is to be looked at."""
    for line in made.lines:
        if line.heading:
            echo(f"  '{line.heading}' is {'kept' if line.aside else 'taken'} as {line.taken_as}.")
        else:
            echo(f"{f'Sheet {line.sheet}: ' if line.sheet else ''}{line.taken_as}")
    tell_queries(made.queries)
    echo(
        f"Taken: {made.counted}. {number_of_queries(made.queries)} to look at. The plan's last sheet says all this too."
    )


def tell_last_report(last: LastReport) -> None:
    """Which report the next quarter goes on from, and what of it isn't final."""
    echo(f"Taken as the previous report: {last.path} ({'final' if last.final else 'a draft'}).")
    if last.later_draft:
        echo(
            f"{last.later_draft} is later, but a draft, so it isn't taken. If it is to be published, make it final "
            f'with ragtool consolidate "{last.path.parent}" --final, then run ragtool next again.'
        )


def tell_copies(copies: Sequence[Annotated]) -> None:
    """Where the marked copies are, and what is to be said of them."""
    for each in copies:
        if each.copy:
            echo(f"Copy to correct: {each.copy}")
        if each.remark:
            echo(each.remark)


def tell_clean(checked: Checked) -> None:
    """That nothing is to be corrected, in how many returns for which quarter, and what comes next."""
    from ragtool.rules.words import listed

    quarters = listed([str(quarter) for quarter in sorted(checked.quarters)])
    echo(f"Nothing to correct in {how_many(checked.returns, 'return')} for {quarters}.")
    for home in checked.homes:
        echo(f'When all returns are in, run: ragtool consolidate "{home}"')
    if not checked.homes:
        echo("There is no plan beside them: put them into their quarter's folder to check them against it.")


def number_of_queries(queries: Sequence[Query]) -> str:
    """How many queries there are: `1 query`, `3 queries`."""
    return f"{len(queries)} {'query' if len(queries) == 1 else 'queries'}"


def tell_queries(queries: Sequence[Query]) -> None:
    """Every query on its own line."""
    for query in queries:
        echo(f"{query.severity}: {query}")
