"""The earlier report that a quarter goes on from: the one that was named, or the folder's previous.xlsx."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ragtool.commands.folder import PREVIOUS
from ragtool.commands.stale_previous import StalePrevious, odd_of_previous
from ragtool.history.previous import Previous, read_previous
from ragtool.model import Query
from ragtool.plan.plan import Plan
from ragtool.quarters import Quarter


@dataclass(frozen=True)
class EarlierReport:
    """An earlier report as it was read, None where there is none; what else is odd about it, and the newer one that it
    should be.
    """

    report: Previous | None = None
    queries: tuple[Query, ...] = ()
    stale: StalePrevious | None = None

    @property
    def odd(self) -> list[Query]:
        """All that is odd about it, as a report says it."""
        return [*([self.stale.query] if self.stale else []), *self.queries]

    @property
    def odd_here(self) -> list[Query]:
        """The same, as whoever runs a command is told."""
        return [*([self.stale.query_here] if self.stale else []), *self.queries]


def earlier_path(folder: Path, named: Path | None) -> Path | None:
    """Where the earlier report is; None where none is named and the folder has none."""
    path = named or folder / PREVIOUS
    return path if named or path.is_file() else None


def earlier_report(folder: Path, named: Path | None, plan: Plan, quarter: Quarter) -> EarlierReport:
    """The earlier report of a quarter. Raises RagtoolError where it is none, or a later quarter's."""
    path, organisation = earlier_path(folder, named), plan.settings.organisation
    if path is None:
        return EarlierReport()
    report = read_previous(path, organisation)
    odd, stale = odd_of_previous(None if named else folder, report, organisation, quarter)
    return EarlierReport(report, tuple(odd), stale)
