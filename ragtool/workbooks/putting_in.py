"""Files put in their places together: all of them or none, whatever fails and whenever the run is ended.

What stands in a place is kept aside until all are in. A journal says what is to be put in.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ragtool.errors import RagtoolError
from ragtool.workbooks.journal import BACK, Journal
from ragtool.workbooks.steps import EARLIER, Step
from ragtool.workbooks.whole_files import PREFIX


def put_all_in(steps: Sequence[Step], journal: Journal | None) -> None:
    """Puts all in, in this order, and clears away what stands beside them. Raises RagtoolError where one can't be put
    in: then all are as they were. The journal has been written; a run without one isn't finished where it is killed.
    """
    try:
        for step in steps:
            step.do()
    except BaseException as problem:
        put_back(steps, journal, problem)
        raise
    clear(steps, journal)


def put_back(steps: Sequence[Step], journal: Journal | None, problem: BaseException) -> None:
    """Puts all back as they were. Raises RagtoolError where that can't be done either."""
    try:
        if journal:
            journal.turn_back()
        for step in reversed(steps):
            step.undo()
    except (OSError, RagtoolError):
        why = str(problem) if isinstance(problem, RagtoolError) else f"Not all could be written ({problem})."
        what = (
            "when the drive can be written to, run again, which puts them right."
            if journal
            else f"what stood there is beside them, in files whose names begin with {PREFIX} and end with {EARLIER}."
        )
        raise RagtoolError(f"{why} Not all outputs could be put back as they were: {what}") from None
    clear(steps, journal)


def clear(steps: Iterable[Step], journal: Journal | None) -> None:
    """Removes the journal, then what stands beside the outputs."""
    if journal:
        journal.erase()
    for step in steps:
        step.clear()


def finish(journal: Journal) -> None:
    """Finishes what a run that was ended had begun, so that all its outputs are in or none. No other run may be at work
    in its homes. Raises RagtoolError where that can't be done yet.

    Where one of its folders isn't there, it is finished in the others and the journal stays.
    """
    with uninterrupted():
        back = journal.way == BACK
        for step in journal.steps:
            step.undo() if back else step.finish()
        if not journal.is_out_of_reach:
            clear(journal.steps, journal)


def clear_away(folder: Path, keep: Sequence[str]) -> None:
    """Removes what runs that were ended left in a folder, but for what has a name that begins as one of `keep`."""
    for left in folder.glob(f"{PREFIX}*"):
        if not left.name.startswith(tuple(keep)):
            with suppress(OSError):
                left.unlink()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Lets Ctrl-C wait until this is at its end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    if asked:
        raise KeyboardInterrupt
