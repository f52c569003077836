"""The report that stands where this run's is to go: what of it must be kept, and what the run's own is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ragtool.errors import RagtoolError
from ragtool.history.previous import Previous, read_previous
from ragtool.quarters import Quarter


@dataclass(frozen=True)
class Target:
    """Where the report goes. `standing` is the report of the same quarter that it follows, if there is one, `published`
    the last of them that was made with `--final`.

    `keep_as` is where the report in place is kept first, since this run lacks the returns of `lost`; `version` is
    what panel reports add to their names (` v2`) so that those of a final report stay.
    """

    report: Path
    version: str = ""
    standing: Previous | None = None
    published: Previous | None = None
    keep_as: Path | None = None
    lost: tuple[str, ...] = ()


def find_target(report: Path, organisation: str, quarter: Quarter, returned: frozenset[str]) -> Target:
    """Where a run that has the returns of `returned` puts its report.

    A final report is never replaced: the run's own is then the next version. Raises RagtoolError where something else
    than a report of this quarter stands there.
    """
    if report.suffix.lower() != ".xlsx" and not report.is_dir():
        raise RagtoolError(f"The report is a workbook, so {report} must end in .xlsx. Name it so with --output.")
    published: Previous | None = None
    for number, path in versions(report):
        version = f" v{number}" if number > 1 else ""
        if not path.exists():
            return Target(path, version, published, published)
        standing = read_standing(path, organisation, quarter)
        if not standing.final:
            lost = sorted(standing.returned - returned)
            keep_as = free_name(path) if lost else None
            return Target(path, version, standing, published, keep_as, tuple(lost))
        published = standing
    raise AssertionError("there is always a next version")


def versions(report: Path) -> Iterator[tuple[int, Path]]:
    """The report's own name, then ` v2`, ` v3` and so on."""
    yield 1, report
    number = 2
    while True:
        yield number, report.with_name(f"{report.stem} v{number}{report.suffix}")
        number += 1


def read_standing(path: Path, organisation: str, quarter: Quarter) -> Previous:
    """The report at `path`, which must be this quarter's."""
    if path.is_dir():
        raise RagtoolError(f"{path} is a folder, and the report is to go there. Move it away, or use --output.")
    try:
        standing = read_previous(path, organisation)
    except RagtoolError as problem:
        raise RagtoolError(f"{problem} It stands where the report is to go: move it away, or use --output.") from None
    if standing.quarter != quarter:
        raise RagtoolError(
            f"{path} is the report of {standing.quarter} and isn't replaced by that of {quarter}. Use --output."
        )
    return standing


def free_name(path: Path) -> Path:
    """A name for the report that is kept: `... performance report (earlier).xlsx`, numbered where that is taken."""
    number, kept = 1, path.with_name(f"{path.stem} (earlier){path.suffix}")
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.stem} (earlier {number}){path.suffix}")
    return kept
