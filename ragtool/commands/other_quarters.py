"""Returns that stand in the folder of another quarter than their own, as far as the folder says whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ragtool.commands.folder import PREVIOUS, QUERIES, RETURNS, quarter_named
from ragtool.history.previous import Previous
from ragtool.model import Query, Severity
from ragtool.quarters import Quarter
from ragtool.returns.one_return import Return


@dataclass(frozen=True)
class Expected:
    """Which quarter's returns a folder is for: the one it is named after, else the one that most of them are for.

    A quarter up to `reported`, that of its earlier report, can't be meant.
    """

    named: Quarter | None = None
    most: Quarter | None = None
    reported: Quarter | None = None

    @classmethod
    def of(cls, home: Path, previous: Previous | None, returns: Mapping[Quarter, int]) -> Expected:
        """What the quarter folder `home` says, with its earlier report and how many returns it has of each quarter."""
        inside = home.resolve()
        while inside.name in (RETURNS, QUERIES):
            inside = inside.parent
        by_count = sorted(returns, key=lambda quarter: returns[quarter])
        most = by_count[-1] if len(by_count) > 1 and returns[by_count[-2]] < returns[by_count[-1]] else None
        return cls(quarter_named(inside), most, previous.quarter if previous else None)

    def why_not(self, quarter: Quarter) -> str:
        """Why a return for `quarter` doesn't belong here, as a sentence goes on from it; empty where it may."""
        if self.named and self.named.calendar == quarter.calendar:
            return "" if quarter == self.named else f"but the folder is that of {self.named}"
        if self.reported and quarter <= self.reported:
            return f"but {PREVIOUS} is the report of {self.reported} already"
        return f"but most of those beside it are for {self.most}" if self.most and quarter != self.most else ""

    def queries(self, returns: Iterable[Return]) -> Iterator[Query]:
        """Errors about returns that are for another quarter."""
        wanted = self.named or self.most or "the quarter after"
        what = f"Ask for the return for {wanted}, and move this one to its own quarter's folder."
        for each in returns:
            if why := self.why_not(each.quarter):
                problem = f"It is a return for {each.quarter}, {why}."
                yield Query(each.file, "", "", "", Severity.ERROR, problem, what)


def none_of_the_folders(folder: Path, quarter: Quarter, what: str) -> list[Query]:
    """A query where returns are used or written though they are for another quarter than the folder's; it says `what`
    to do.
    """
    why = Expected(named=quarter_named(folder)).why_not(quarter)
    if not why:
        return []
    problem = f"The returns are for {quarter}, {why}."
    return [Query(folder.resolve().name, "", "", "", Severity.QUERY, problem, what)]
