"""Returns checked before they are sent or consolidated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ragtool.annotated_copies import write_copies
from ragtool.errors import RagtoolError
from ragtool.model import Query
from ragtool.pipeline import PLAN, PREVIOUS, RETURNS, Progress
from ragtool.plan import Plan
from ragtool.rated_quarter import rate_quarter
from ragtool.read.plan import read_plan
from ragtool.read.plan_of_return import plan_of, without_earlier
from ragtool.read.previous import Previous, read_previous
from ragtool.read.received import Received, SeveralQuarters, read_returns, return_files
from ragtool.read.returns import name_of
from ragtool.returns.annotate import Annotated
from ragtool.summary import reconciliation


@dataclass(frozen=True)
class Checked:
    """What was found: every query, the marked copies, and lines that say which files were read."""

    queries: tuple[Query, ...]
    copies: tuple[Annotated, ...]
    lines: tuple[str, ...]


def check_returns(paths: Iterable[Path], progress: Progress) -> Checked:
    """Checks returns, each with the plan of its quarter folder where there is one.

    A path is a return, a folder of returns, or a quarter folder. Raises RagtoolError where one doesn't exist.
    """
    return together([check_path(path, progress) for path in paths])


def check_path(path: Path, progress: Progress) -> Checked:
    """Checks the returns of one path, each quarter's on their own."""
    returns, home = files_of(path)
    if not returns:
        raise RagtoolError(f"There are no returns in {path}. Name the quarter folder, or the returns themselves.")
    plan = read_plan(home / PLAN) if (home / PLAN).is_file() else None
    try:
        return check_quarter(returns, home, plan, progress)
    except SeveralQuarters as several:
        _, *others = several.files.values()
        later = frozenset().union(*others)
        groups = [[each for each in returns if name_of(each) not in later]]
        groups += [[each for each in returns if name_of(each) in names] for names in others]
    return together([check_quarter(group, home, plan, progress) for group in groups])


def together(checked: Sequence[Checked]) -> Checked:
    """What several checks found, as one; what is wrong with the plan is said once."""
    queries = dict.fromkeys(query for each in checked for query in each.queries)
    copies = (copy for each in checked for copy in each.copies)
    return Checked(tuple(queries), tuple(copies), tuple(line for each in checked for line in each.lines))


def check_quarter(
    returns: Sequence[Path], home: Path, plan: tuple[Plan, list[Query]] | None, progress: Progress
) -> Checked:
    """Checks returns of one quarter, against the plan where there is one."""
    done = iter(range(1, len(returns) + 1))
    received = read_returns(
        returns, plan[0] if plan else None, None, lambda: progress("Checking", next(done), len(returns))
    )
    queries, rated = received.all_queries, None
    if plan and received.used:
        rated = rate_quarter(plan[0], received, find_earlier(home, plan[0]), received.used[0].quarter)
        queries = [*plan[1], *rated.queries]
    elif received.used:
        alone = [
            rate_quarter(plan_of(each), Received(used=(without_earlier(each),)), None, each.quarter)
            for each in received.used
        ]
        queries = [*received.queries, *(query for each in alone for query in each.queries)]
    copies = write_copies(returns[0].parent, received, rated, queries)
    return Checked(tuple(queries), copies, reconciliation(received, rated.rows if rated else None))


def find_earlier(home: Path, plan: Plan) -> Previous | None:
    """The earlier report of a quarter folder, where it has one."""
    path = home / PREVIOUS
    return read_previous(path, plan.settings.organisation) if path.is_file() else None


def files_of(path: Path) -> tuple[list[Path], Path]:
    """The returns that a path names, and the quarter folder they belong to."""
    if path.is_file():
        folder = path.resolve().parent
        return [path], folder.parent if folder.name.casefold() == RETURNS else folder
    if not path.is_dir():
        raise RagtoolError(f"There is no file or folder {path}. Check the name.")
    if (path / RETURNS).is_dir():
        return return_files(path / RETURNS), path
    if (path / PLAN).is_file():
        raise RagtoolError(f"There are no returns in {path}: there is no folder {RETURNS} beside its plan.")
    return return_files(path), path.resolve().parent
