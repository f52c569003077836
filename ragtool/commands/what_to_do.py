"""What may be done with a file or folder that somebody names without a command, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ragtool.commands.folder import PLAN, RETURNS, home_of, is_there, quarter_named
from ragtool.commands.last_report import is_final, latest_reports
from ragtool.quarters import Quarter
from ragtool.returns.returned_files import return_files

CHECK, CONSOLIDATE, TEMPLATES, NEXT, NEW, DEMO = "check", "consolidate", "templates", "next", "new", "demo"


@dataclass(frozen=True)
class Proposal:
    """A command that suits what was named, the paths and options that go with it, and what it does there.

    `asks_quarter` says that it needs to know the quarter: `templates` as an option, `new` for the folder that it makes.
    """

    command: str
    does: str
    paths: tuple[Path, ...]
    options: tuple[str, ...] = ()
    asks_quarter: bool = False

    @property
    def name(self) -> str:
        """The command with its options, without what they are given."""
        return " ".join((self.command, *(option for option in self.options if option.startswith("--"))))

    def arguments(self, quarter: Quarter | None) -> list[str]:
        """The whole command, as it is typed."""
        paths = [path / quarter.file_name if quarter and self.command == NEW else path for path in self.paths]
        asked = ["--quarter", str(quarter)] if quarter and self.command != NEW else []
        return [self.command, *map(str, paths), *self.options, *asked]


def what_suits(paths: Sequence[Path]) -> list[Proposal]:
    """What may be done with what was named: one folder or file, or several files to check."""
    first, *others = paths
    if others:
        return [Proposal(CHECK, "list what is doubtful in these files", tuple(paths))]
    home = home_of(first.resolve().parent if first.is_file() else first)
    planned = (home / PLAN).is_file()
    own = list(for_file(first, planned)) if may_be_return(first) else []
    return [*own, *(for_quarter(home) if planned else [] if own else for_others(first))]


def may_be_return(path: Path) -> bool:
    """Whether something may be a return: a file that is no plan, nor stands beside one as a report does."""
    return path.is_file() and not (path.resolve().parent / PLAN).is_file()


def for_file(path: Path, planned: bool) -> Iterator[Proposal]:
    """What may be done with a file: it is a return or, where no plan is near, a council's own list to make one of."""
    yield Proposal(CHECK, f"list what is doubtful in {path.name}", (path,))
    if not planned:
        does = "make a quarter's folder with a plan of this list"
        yield Proposal(NEW, does, (path.resolve().parent,), ("--from", str(path)), asks_quarter=True)


def for_quarter(folder: Path) -> Iterator[Proposal]:
    """What may be done in a quarter folder, by what stands in it."""
    here = (folder,)
    check = Proposal(CHECK, "list what is doubtful in the returns", here)
    consolidate = Proposal(CONSOLIDATE, "rate everything and write the report", here)
    final = Proposal(CONSOLIDATE, "write the report as final: no later run replaces it", here, ("--final",))
    templates = Proposal(TEMPLATES, "write the returns to fill; those that are there stay", here, asks_quarter=True)
    following = Proposal(NEXT, "make the next quarter's folder", here)
    reports = latest_reports(folder)
    if not (folder / RETURNS).is_dir() or not return_files(folder / RETURNS):
        yield templates
    elif not reports:
        yield from (check, consolidate, templates)
    elif is_final(reports[0]):
        yield from (following, check, consolidate, templates)
    else:
        yield from (consolidate, check, final, following, templates)


def for_others(folder: Path) -> Iterator[Proposal]:
    """What may be done in a folder that has no plan, or that isn't there yet."""
    here = (folder,)
    if any(folder.glob("*.xls*")) or any(folder.glob("*.ods")):
        yield Proposal(CHECK, "list what is doubtful in the returns in it", here)
    inside = folder.is_dir() and not (quarter_named(folder) and not any(map(is_of_somebody, folder.iterdir())))
    yield Proposal(NEW, "make a quarter's folder with a blank plan", here, asks_quarter=inside)
    yield Proposal(DEMO, "write a sample quarter with its report, to look at", here)


def is_of_somebody(path: Path) -> bool:
    """Whether somebody put a file there, and not the system that shows the folder."""
    return not path.name.startswith(".") and path.name.casefold() not in ("desktop.ini", "thumbs.db")


def quarter_folders(folder: Path) -> list[Path]:
    """A folder itself and those in it that have a plan, the latest quarter first."""
    inside = sorted(folder.iterdir(), key=lambda each: each.name.casefold(), reverse=True)
    return [each for each in (folder, *inside) if is_there(str(each / PLAN))]
