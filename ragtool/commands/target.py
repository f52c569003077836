"""The report that stands where this run's is to go: what of it must be kept, and what the run's own is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import NamedTuple

from ragtool import columns as c
from ragtool.commands.folder import PACK, PANELS, PLAN, PREVIOUS, QUERIES, RETURNS, home_of
from ragtool.commands.last_report import properties_of
from ragtool.errors import RagtoolError
from ragtool.history.previous import Previous, read_previous
from ragtool.model import YES
from ragtool.quarters import Quarter
from ragtool.workbooks.outputs import Outputs
from ragtool.workbooks.whole_files import unique_names


@dataclass(frozen=True)
class Target:
    """Where the report goes. `standing` is the report of the same quarter that it follows, if there is one, `published`
    the last of them that was made with `--final`.

    `keep_as` is where the report in place is kept first, since this run lacks the returns of `lost`; `number` is
    that of its version, from which the panels' reports look for names of their own.
    """

    report: Path
    number: int = 1
    standing: Previous | None = None
    published: Previous | None = None
    keep_as: Path | None = None
    lost: tuple[str, ...] = ()


READ_AS = {
    PLAN: ("the plan", "Name another file with --output."),
    PREVIOUS: ("the last quarter's report", "Let ragtool next put it there, or name another file with --output."),
}
"""What a later run takes a file of a quarter folder for, by its name, and what to do in place of writing it."""


def refuse_returns(folder: Path) -> None:
    """Raises RagtoolError where the folder of a quarter's returns is named in place of the quarter's own."""
    there = folder.resolve()
    home = home_of(there)
    if any(is_same_place(there, each) for each in (home / RETURNS, home / RETURNS / QUERIES)):
        raise RagtoolError(f"{there} holds the returns. Name the quarter folder in its place: {home}.")


def refuse_place(report: Path, returns: Path) -> None:
    """Raises RagtoolError where a later run would read the report as something else: among returns, these or another
    quarter's, and under a name that a quarter folder has for what is read.
    """
    folder = report.parent.resolve()
    homes = [each for each in folder.parents[:2] if (each / PLAN).is_file()]
    of_returns = (returns.resolve(), *(home / RETURNS for home in homes))
    if any(is_same_place(folder, each) for near in of_returns for each in (near, near / QUERIES)):
        raise RagtoolError(
            f"The report can't go to {folder}: a later run would read it there as a return. Name a place "
            "outside the returns with --output."
        )
    for name, (read_as, what) in READ_AS.items():
        if is_same_place(folder / report.name, folder / name):
            raise RagtoolError(f"The report can't be {report}: {name} is {read_as}. {what}")


def is_same_place(one: Path, other: Path) -> bool:
    """Whether two paths are, or on another system would be, the same."""
    return str(one).casefold() == str(other).casefold()


def find_target(
    report: Path, organisation: str, quarter: Quarter, returned: frozenset[str], outputs: Outputs
) -> Target:
    """Where a run that has the returns of `returned` puts its report.

    A final report is never replaced: the run's own is then the next version. Raises RagtoolError where something else
    than a report of this quarter stands there.
    """
    if report.suffix.lower() != ".xlsx" and not report.is_dir():
        raise RagtoolError(f"The report is a workbook, so {report} must end in .xlsx. Name it so with --output.")
    published: Previous | None = None
    for number, path in versions(report):
        if not outputs.look(path):
            return Target(path, number, published, published)
        standing = read_standing(path, organisation, quarter)
        if not standing.final:
            lost = sorted(standing.returned - returned)
            keep_as = free_name(path, outputs) if lost else None
            return Target(path, number, standing, published, keep_as, tuple(lost))
        published = standing
    raise AssertionError("there is always a next version")


def versions(report: Path, first: int = 1) -> Iterator[tuple[int, Path]]:
    """The report's own name, then ` v2`, ` v3` and so on, or from the version `first` on."""
    for number in count(first):
        yield number, report.with_name(f"{report.stem} v{number}{report.suffix}") if number > 1 else report


class Besides(NamedTuple):
    """Where what stands beside the report goes: the committee pack (None: none is written) and the panels' reports."""

    pack: Path | None
    panels: tuple[Path, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """All of them."""
        return (*([self.pack] if self.pack else []), *self.panels)


def find_besides(target: Target, quarter: Quarter, pack: bool, panels: Sequence[str], outputs: Outputs) -> Besides:
    """The first version, from the report's own on, of which nothing is to be kept, nor is the report's own place."""
    folder, name = target.report.parent, quarter.file_name
    packs = [folder / f"{name} {PACK}.xlsx"] if pack else []
    named = [folder / PANELS / f"{name} {panel}.xlsx" for panel in unique_names(panels)]
    for number in count(target.number):
        paths = [next(versions(path, number))[1] for path in (*packs, *named)]
        if not any(is_same_place(path, target.report) or is_kept(path, outputs) for path in paths):
            return Besides(paths[0] if pack else None, tuple(paths[len(packs) :]))
    raise AssertionError("there is always a next version")


def is_kept(path: Path, outputs: Outputs) -> bool:
    """Whether a workbook was written with a final report, or is a report itself, which somebody called so; or its PDF
    stands there without it, which may be a final's.
    """
    if outputs.look(path):
        properties = properties_of(path) if path.is_file() else {}
        return properties.get(c.Property.FINAL) == YES or c.Property.QUARTER in properties
    return outputs.look(printed_as(path))


def printed_as(path: Path) -> Path:
    """Where the PDF of a workbook stands."""
    return path.with_suffix(".pdf")


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


def free_name(path: Path, outputs: Outputs) -> Path:
    """A name for the report that is kept: `... performance report (earlier).xlsx`, numbered where that is taken."""
    number, kept = 1, path.with_name(f"{path.stem} (earlier){path.suffix}")
    while outputs.look(kept):
        number += 1
        kept = path.with_name(f"{path.stem} (earlier {number}){path.suffix}")
    return kept
