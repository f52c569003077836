"""A quarter folder: what stands in it, and under which names."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Callable, Sequence
from pathlib import Path

from ragtool.errors import RagtoolError
from ragtool.model import Settings
from ragtool.quarters import Quarter
from ragtool.sheets.unreadable import quoted

PLAN, PREVIOUS, RETURNS, PANELS = "corporate_plan.xlsx", "previous.xlsx", "returns", "panels"
"""The files and folders of a quarter folder."""

REPORT, PACK = "performance report", "committee pack"
"""What the report and the committee's workbook are called, after their quarter."""

REPORT_NAME = re.compile(
    rf"(?P<quarter>\d{{4}}(?:-\d{{2}})? Q[1-4]) {REPORT}(?: v(?P<version>\d+))?\.xlsx", re.IGNORECASE
)
"""The name of a report and of its later versions; not of one that was kept as an earlier one."""

QUERIES = "queries"
"""The folder of the marked copies, inside the returns folder."""

OnProgress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and of how many."""


def no_progress(task: str, count: int, of: int) -> None:
    """Tells nobody."""


def report_name(quarter: Quarter) -> str:
    """The file name of a quarter's report, in its first version."""
    return f"{quarter.file_name} {REPORT}.xlsx"


def home_of(folder: Path) -> Path:
    """The quarter folder of a folder that holds returns, or corrected copies of them: where the plan stands."""
    near = (folder, *folder.parents[: 2 if folder.name.casefold() == QUERIES else 1])
    return next((each for each in near if (each / PLAN).is_file()), folder)


def quarter_named(folder: Path) -> Quarter | None:
    """The quarter that a folder is named after, such as `2013-14 Q2`, if it is one."""
    try:
        return Quarter.parse(folder.resolve().name)
    except ValueError:
        return None


def must_be_folder(folder: Path) -> None:
    """Raises RagtoolError where a quarter folder isn't there, or a file was named in its place."""
    if folder.is_file():
        home = home_of(folder.resolve().parent)
        named = f" in its place: {home}" if (home / PLAN).is_file() else ""
        raise RagtoolError(f"{folder} is a file, not a folder. Name the quarter folder{named}.")
    if not folder.is_dir():
        raise RagtoolError(f"There is no folder {folder}. Check the name.")


def path_given(path: Path | str | None) -> Path | None:
    """A path, as it is or as it is written; None where none is named."""
    return None if path is None else Path(path)


def quarter_given(quarter: Quarter | str) -> Quarter:
    """A quarter, as it is or as it is written. Raises RagtoolError on what is none."""
    try:
        return quarter if isinstance(quarter, Quarter) else Quarter.parse(quarter)
    except ValueError:
        calendar = 'Where financial years start in January it is "2019 Q1".'
        raise RagtoolError(f'{quoted(str(quarter))} is not a quarter. Write it as "2013/14 Q2". {calendar}') from None


def quarter_asked(quarter: Quarter, settings: Settings) -> Quarter:
    """The quarter that a command was asked for. Raises RagtoolError where it isn't written as the plan's quarters are:
    in years that start in another month it would be another quarter.
    """
    written = quarter.written(settings.calendar_years)
    if written.calendar != quarter.calendar:
        starts = month_name[settings.financial_year_starts]
        raise RagtoolError(
            f"The plan's financial years start in {starts}, so {quarter} is none of its quarters. Write it as "
            f'"{written}", or name the one that you mean.'
        )
    return quarter


MOST_WORDS = 12
"""Of a name that was typed without quotes: a command line may name hundreds of files."""


def unquoted_name(words: Sequence[str]) -> str:
    """The name with blanks, of a file, a folder or a quarter, that several words of a command line make together; empty
    where none do. A word that has a blank itself had its quotes.
    """
    for first in range(len(words)):
        for last in range(min(len(words), first + MOST_WORDS), first + 1, -1):
            parts = words[first:last]
            typed = not any(word.startswith("-") or " " in word for word in parts)
            if typed and (is_there(" ".join(parts)) or is_quarter(parts)):
                return " ".join(parts)
    return ""


def is_there(name: str) -> bool:
    """Whether a file or folder has this name."""
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # no name that the system could hold
        return False


def is_quarter(words: Sequence[str]) -> bool:
    """Whether words make a quarter, or the name of a quarter's folder, which may not be there yet."""
    first, *others = words
    for beginning in (first, Path(first).name):
        try:
            Quarter.parse(" ".join([beginning, *others]))
        except ValueError:
            continue
        return True
    return False
