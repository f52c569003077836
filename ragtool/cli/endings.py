"""How a command is run and ends: whatever goes wrong is a sentence and a status, never a traceback."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn

import click

from ragtool.cli.as_json import failure_as_json
from ragtool.cli.command_line import commands
from ragtool.cli.saying import CannotTell, drop_untaken, echo, fit_streams, say
from ragtool.cli.statuses import FAILED, STOPPED, Ended
from ragtool.commands.folder import unquoted_name
from ragtool.commands.plain_errors import WHOLE, system_refusal
from ragtool.errors import RagtoolError
from ragtool.model import Query
from ragtool.workers import collect_seldom


def main(arguments: Sequence[str] | None = None, stopped: Sequence[int] = ()) -> None:
    """Runs a command and exits with its status. `stopped` has the signals that came while the commands were loaded."""
    status = STOPPED
    try:
        fit_streams()
        sys.unraisablehook = pass_over
        collect_seldom()
        status = run(arguments, stopped, answer_ctrl_c)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:  # once more, while the first was answered, or when all is done but for the process's end
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if drop_untaken():
        status = max(status, FAILED)
    if status == STOPPED:
        stop()
    sys.exit(status)


def answer_ctrl_c() -> None:
    """Lets Ctrl-C stop what is done from now on; until then it was held back."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def stop() -> NoReturn:
    """Ends a run that Ctrl-C has stopped, without another word."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    exec("")  # noqa: S102 - where Ctrl-C met code made from text, as in a dataclass, Python would end by the signal but for this
    sys.exit(STOPPED)


def pass_over(unraisable: sys.UnraisableHookArgs) -> None:
    """What goes wrong where Python can't raise it, as while a file is closed, isn't shown; Ctrl-C comes once more."""
    if unraisable.exc_type is KeyboardInterrupt:
        threading.Timer(0.01, signal.raise_signal, [signal.SIGINT]).start()


def run(
    arguments: Sequence[str] | None = None, stopped: Sequence[int] = (), begin: Callable[[], None] = lambda: None
) -> int:
    """Runs a command and returns its exit status."""
    return end(arguments, stopped, begin).status


def end(
    arguments: Sequence[str] | None = None, stopped: Sequence[int] = (), begin: Callable[[], None] = lambda: None
) -> Ended:
    """Runs a command to its end, and says how it ended. `begin` is called where whatever happens is answered."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        begin()
        if stopped:
            raise KeyboardInterrupt
        ended: Ended | int = commands.main(arguments, prog_name="ragtool", standalone_mode=False)
        return ended if isinstance(ended, Ended) else Ended(ended)  # click's own, --help and --version, end with a 0
    except RagtoolError as problem:
        return failed(words, f"{problem}{with_quotes(words)}", queries=problem.queries)
    except click.ClickException as problem:
        message = sentence_of(problem)
        stop_mark = "" if message.endswith((".", "?")) else "."
        return failed(words, f"{message}{stop_mark}{with_quotes(words)} For help: {asked_of(problem)} --help")
    except (KeyboardInterrupt, click.Abort):
        return failed(words, f"Stopped. {WHOLE} Run the command again.", STOPPED)
    except MemoryError:
        return failed(words, f"There is not enough memory. {WHOLE} Close other programs and run again.")
    except OSError as problem:
        return failed(words, system_refusal(problem) if problem.filename else cannot_show(problem))
    except CannotTell as problem:
        return failed(words, f"The command is done, but what it has to say can't be shown ({problem}).")
    except Exception as problem:  # noqa: BLE001 - the last net: a sentence, and no traceback
        fault = f"ragtool met a fault of its own ({type(problem).__name__}: {problem})."
        return failed(words, f"{fault} {WHOLE} Please report it, with the files if you can.")


def failed(words: Sequence[str], why: str, status: int = FAILED, queries: Sequence[Query] = ()) -> Ended:
    """Says why a command could not be done, to programs too where it was typed with --json."""
    for line in (why, *(f"  {query}" for query in queries)):
        say(line)
    if "--json" in words:
        with suppress(CannotTell):
            echo(failure_as_json(words, status, why, queries))
    return Ended(status)


def cannot_show(problem: OSError) -> str:
    """That stdout doesn't take the help, the version or a question, which click says itself."""
    return f"What was asked for can't be shown ({problem.strerror or problem}). Ask for it in a window."


def sentence_of(problem: click.ClickException) -> str:
    """What is wrong with what was typed."""
    if isinstance(problem, click.MissingParameter):
        return f'Nothing was named. Name the quarter folder, such as: {asked_of(problem)} "2026-27 Q2".'
    return problem.format_message()


def asked_of(problem: click.ClickException) -> str:
    """The command whose help says how it is typed, as it is typed itself; nobody types a hidden one."""
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    return "ragtool" if context is None or context.command.hidden else context.command_path


def with_quotes(words: Sequence[str]) -> str:
    """What to add where a name with blanks was typed without quotes, so that it came as several words."""
    name = unquoted_name(words[1:])  # after the command's own
    return f' "{name}" has blanks: put quotes round it.' if name else ""
