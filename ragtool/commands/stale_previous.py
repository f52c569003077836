"""What is odd about an earlier report, above all that it is older than the report it came from, as where a late return
came after `next`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ragtool.commands.folder import PREVIOUS, report_name
from ragtool.commands.last_report import last_report
from ragtool.errors import RagtoolError
from ragtool.history.previous import Previous, gap_before, read_previous
from ragtool.history.reported import Reported, ReportedMilestone, Revision
from ragtool.model import Query, Severity
from ragtool.quarters import Quarter

Row = Reported | ReportedMilestone | Revision


@dataclass(frozen=True)
class StalePrevious:
    """The earlier report of `folder`, and the `report` of the same quarter beside it that says something else."""

    folder: Path
    report: Path

    @property
    def problem(self) -> str:
        """What is wrong, as a sentence about previous.xlsx."""
        return f"It is older than {self.report.name} in the folder {self.report.parent.name}, which has changed since."

    @property
    def query(self) -> Query:
        """A query about it; folders are named without their paths, so that a report is the same wherever it is made."""
        what = f'Refresh it with: ragtool next "{self.report.parent.name}" "{self.folder.name}"; the plan is kept.'
        return Query(PREVIOUS, "", "", "", Severity.QUERY, self.problem, what)

    @property
    def query_here(self) -> Query:
        """The same for whoever runs a command, in whatever folder: with the paths."""
        what = f'Refresh it with: ragtool next "{self.report.parent}" "{self.folder}", which keeps the plan.'
        return replace(self.query, what_to_do=what)

    def __str__(self) -> str:
        here = self.query_here
        return f"{self.folder / PREVIOUS}: {here.problem} {here.what_to_do}"


def odd_of_previous(
    folder: Path | None, previous: Previous, organisation: str, quarter: Quarter
) -> tuple[list[Query], StalePrevious | None]:
    """What else is odd about the earlier report of a quarter, and the newer one that it should be, where it is in
    `folder`.

    Raises RagtoolError where it is a later quarter's.
    """
    stale = stale_previous(folder, previous, organisation) if folder else None
    return [*previous.queries, *gap_before(previous, quarter)], stale


def stale_previous(folder: Path, previous: Previous, organisation: str) -> StalePrevious | None:
    """The report that `folder`'s previous.xlsx came from, where it says something else by now; `previous` is as read.

    It is looked for in the folders beside this one, first in the one named after its quarter.
    """
    home = folder.resolve()
    for beside in folders_with_report(home, previous.quarter):
        try:
            report = last_report(beside).path
            if report.read_bytes() == (home / PREVIOUS).read_bytes():
                return None
            now = read_previous(report, organisation)
        except (RagtoolError, OSError):  # another council's, or one that can't be read: nothing is known of it
            continue
        if now.quarter == previous.quarter:
            return StalePrevious(home, report) if told_by(now) != told_by(previous) else None
    return None


def folders_with_report(home: Path, quarter: Quarter) -> Iterable[Path]:
    """The folders beside `home` that have a report of the quarter, the one named after the quarter first."""
    name = report_name(quarter)
    try:
        beside = [each for each in home.parent.iterdir() if each != home and (each / name).is_file()]
    except OSError:  # a folder that may not be listed
        beside = []
    return sorted(beside, key=lambda each: (each.name != quarter.file_name, each.name))


def told_by(report: Previous) -> tuple[object, ...]:
    """All that the next quarter takes from a report, wherever it stands there."""

    def rows(of: Iterable[Row]) -> Iterator[Row]:
        return (replace(row, at=None) for row in of)

    parts = (report.data, report.milestones, report.register, report.revisions)
    return (*(tuple(rows(part)) for part in parts), report.returned)
