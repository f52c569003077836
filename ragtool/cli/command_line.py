"""The commands as they are typed. Each imports what it runs when it is called, so that help is answered at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

import ragtool
from ragtool.cli.as_json import checked_as_json, consolidated_as_json
from ragtool.cli.progress import Progress
from ragtool.cli.saying import Voice, can_ask, echo, say
from ragtool.cli.statuses import CLEAN, FAILED, TO_CHASE, Ended
from ragtool.cli.summary import after_templates
from ragtool.cli.telling import tell, tell_checked, tell_last_report, tell_taken
from ragtool.commands.folder import PLAN, RETURNS, is_there, quarter_given
from ragtool.errors import RagtoolError
from ragtool.figures import how_many
from ragtool.quarters import Quarter
from ragtool.sheets.unreadable import quoted

SAY_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Say what was found as one JSON object on stdout.")
KEEP_QUIET = click.option("--quiet", is_flag=True, help="Say only what must be chased.")


class QuarterType(click.ParamType[Quarter]):
    """A quarter typed on the command line."""

    name = "quarter"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Quarter:
        try:
            return quarter_given(value)
        except RagtoolError as problem:
            self.fail(str(problem), param, ctx)


LONGEST_NAME = 255
"""Characters of a file's or folder's name that any usual system takes. What a longer one is told differs by system and
by version of Python: some say only that it isn't there.
"""


class TypedPath(click.Path):
    """A file or folder typed on the command line; an empty one, as of a shell's name for nothing, is no folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("The name of the file or folder is empty. Type it between the quotes.", param, ctx)
        if any(len(name) > LONGEST_NAME for name in Path(value).parts):
            self.fail(f"{quoted(str(value))} is too long for a file or folder. Check what was typed.", param, ctx)
        return super().convert(value, param, ctx)


FOLDER = TypedPath(path_type=Path)


class ToldWhole(click.Command):
    """A command that the list of commands tells in its whole first sentence."""

    def get_short_help_str(self, limit: int = 0) -> str:
        return " ".join((self.help or "").split("\n\n")[0].split())


class CommandsOrAsking(click.Group):
    """The commands; where files or folders are named instead of one, somebody asks what to do with them."""

    command_class = ToldWhole

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            unquoted = " ".join(args)
            named = [unquoted] if is_there(unquoted) else args
            if all(map(is_there, named)):
                return ask_command.name, ask_command, named
        return super().resolve_command(ctx, args)


@click.group(
    cls=CommandsOrAsking,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="With no command, or with a folder instead of one, ragtool asks what to do.",
)
@click.version_option(ragtool.__version__, prog_name="ragtool")
@click.pass_context
def commands(ctx: click.Context) -> Ended | None:
    """Quarterly performance reports for councils: returns in Excel in, the RAG-rated report in Excel out."""
    return None if ctx.invoked_subcommand else ask_about(ctx, ())


@click.command(name="ask", hidden=True)
@click.argument("paths", type=FOLDER, nargs=-1)
@click.pass_context
def ask_command(ctx: click.Context, paths: Sequence[Path]) -> Ended:
    """Asks what to do with files or folders, as where they are dropped on ragtool."""
    return ask_about(ctx, paths)


def ask_about(ctx: click.Context, paths: Sequence[Path]) -> Ended:
    """Asks what to do, where somebody can be asked; else says how a command is typed."""
    if can_ask():
        from ragtool.cli.asking import ask_what_to_do

        return ask_what_to_do(paths)
    if paths:
        ctx.fail(f'What is to be done with {paths[0]}? Say so, for instance: ragtool check "{paths[0]}"')
    say(ctx.get_help())
    say("No command was named, and nobody can be asked here. Name one of these, for instance: ragtool check FOLDER")
    return Ended(FAILED)


@commands.command()
@click.argument("folder", type=FOLDER, default=Path())
def demo(folder: Path) -> Ended:
    """Write the sample quarter into FOLDER, consolidate it, and name the workbook to open."""
    from ragtool.commands.demo import copy_sample

    with Progress() as progress:
        outcome = ragtool.consolidate(copy_sample(folder), progress=progress)
    tell(outcome, Voice())
    return Ended(CLEAN, outcome.report)


@commands.command()
@click.argument("folder", type=FOLDER)
@click.option("--from", "from_list", type=FOLDER, help="A list of your own measures or actions, taken into the plan.")
def new(folder: Path, from_list: Path | None) -> Ended:
    """Make a quarter folder with an annotated plan, blank or from a list of your own, and an empty returns folder."""
    from ragtool.commands.folder import quarter_named
    from ragtool.commands.new import make_folder

    made = make_folder(folder, from_list)
    quarter = quarter_named(folder)
    if from_list:
        tell_taken(made)
    to_do = f"Look through {made.plan} and fill in its Settings" if from_list else f"Fill in {made.plan}"
    if quarter:
        echo(f'{to_do}, then run: ragtool templates "{folder}" --quarter "{quarter}"')
    else:
        reported = 'with --quarter and the quarter to report, written as "2026/27 Q2" is'
        echo(f'{to_do}, then run ragtool templates "{folder}" {reported}.')
    return Ended(TO_CHASE if made.queries else CLEAN, made.plan)


@commands.command()
@click.argument("folder", type=FOLDER)
@click.option("--quarter", type=QuarterType(), help='The quarter to report, such as "2013/14 Q2"; else the folder\'s.')
@click.option("--previous", type=FOLDER, help="Last quarter's report, for milestones to carry forward.")
@click.option(
    "--refresh", is_flag=True, help="Make anew the returns of an earlier plan or report that nobody has filled."
)
def templates(folder: Path, quarter: Quarter | None, previous: Path | None, refresh: bool) -> Ended:
    """Write one pre-filled return for each service area into FOLDER/returns; never overwrite one that was filled."""
    with Progress() as progress:
        made = ragtool.write_templates(folder, quarter, previous=previous, refresh=refresh, progress=progress)
    for query in made.asked:
        echo(str(query), err=True)
    for path in made.written:
        echo(f"Written: {path}")
    for path in made.anew:
        echo(f"Made anew: {path}")
    for each in made.kept:
        echo(f"Kept as it is: {each.path}")
        filled = "" if each.untouched else " It is filled, so tell its officer; "
        if each.differs:
            counts = filled and f"{filled}the plan's values count."
            echo(f"{each.path.name} is of an earlier plan. What differs: {each.differs}.{counts}", err=True)
        if each.reported:
            counts = filled and f"{filled}what is reported by now counts."
            echo(f"{each.path.name} is of an earlier report. What differs: {each.reported}.{counts}", err=True)
        if each.others:
            theirs = " and ".join(each.others)
            echo(f"{each.path.name} holds rows that are those of {theirs} by now: they count as theirs.")
    for path, areas in made.former.items():
        echo(f"{path.name} is under a name that was changed since: its rows count as those of {' and '.join(areas)}.")
    if made.to_refresh:
        named = f' --quarter "{quarter}"' if quarter else ""
        named += f' --previous "{previous}"' if previous else ""
        them = "it" if made.to_refresh == 1 else "them"
        echo(
            f"{how_many(made.to_refresh, 'return')} of an earlier plan or report can be made anew, since nobody has "
            f'filled {them}: ragtool templates "{folder}"{named} --refresh',
            err=True,
        )
    elif made.written or made.anew:
        echo(after_templates(folder))
    to_chase = made.asked or any(each.is_old for each in made.kept)
    return Ended(TO_CHASE if to_chase else CLEAN, folder / RETURNS)


@commands.command(name="check")
@click.argument("paths", type=FOLDER, nargs=-1, required=True)
@SAY_AS_JSON
@KEEP_QUIET
def check_command(paths: tuple[Path, ...], as_json: bool, quiet: bool) -> Ended:
    """Check returns, or folders of them, and report every query."""
    with Progress(quiet) as progress:
        checked = ragtool.check(*paths, progress=progress)
    tell_checked(checked, Voice(as_json, quiet))
    ended = Ended(TO_CHASE if checked.asked else CLEAN, next((path.parent for path in checked.files), None))
    if as_json:
        echo(checked_as_json(checked, ended.status))
    return ended


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
@SAY_AS_JSON
@KEEP_QUIET
def consolidate_command(no_panels: bool, no_pack: bool, as_json: bool, quiet: bool, **options: Any) -> Ended:
    """Merge the returns in FOLDER, rate every item, and write the report, the committee pack and panel reports."""
    with Progress(quiet) as progress:
        outcome = ragtool.consolidate(panels=not no_panels, pack=not no_pack, progress=progress, **options)
    tell(outcome, Voice(as_json, quiet))
    to_chase = outcome.asked or outcome.missing or outcome.pdfs.remark
    ended = Ended(TO_CHASE if to_chase else CLEAN, outcome.report)
    if as_json:
        echo(consolidated_as_json(outcome, ended.status))
    return ended


@commands.command(name="next")
@click.argument("folder", type=FOLDER)
@click.argument("new_folder", type=FOLDER, required=False)
def next_command(folder: Path, new_folder: Path | None) -> Ended:
    """Make the next quarter's folder: the plan with the proposed milestones, and this report as previous.xlsx.

    Again after a late return, it refreshes previous.xlsx there and keeps the plan.
    """
    from ragtool.commands.folder import PREVIOUS
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
        to_do = ["set what is agreed to Active"] * bool(made.added) + ["type the new dates"] * bool(made.emptied)
        besides = f": {' and '.join(to_do)}" if to_do else ""
        echo(
            f"Look through {made.folder / PLAN}{besides}, then run: "
            f'ragtool templates "{made.folder}" --quarter "{made.quarter}"'
        )
    return Ended(TO_CHASE if made.without_date or made.to_add else CLEAN, made.folder / PLAN)
