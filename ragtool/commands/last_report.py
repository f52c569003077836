"""The report of a quarter folder that the next quarter goes on from: the last that is final, else the last draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ragtool import columns as c
from ragtool.commands.folder import REPORT_NAME
from ragtool.errors import RagtoolError
from ragtool.model import YES
from ragtool.workbooks.bounds import own_bounds
from ragtool.workbooks.opening import NotAWorkbook, open_book


@dataclass(frozen=True)
class LastReport:
    """A report to go on from; `later_draft` is a version after a final one, which isn't."""

    path: Path
    final: bool
    later_draft: Path | None = None


def last_report(folder: Path) -> LastReport:
    """The report of the latest quarter in `folder`: its last final version, or where none is final, its last version.

    Raises RagtoolError where there is none.
    """
    reports = latest_reports(folder)
    if not reports:
        raise RagtoolError(f'There is no performance report in {folder}. Run: ragtool consolidate "{folder}"')
    newest, *before = reports
    if is_final(newest):
        return LastReport(newest, final=True)
    final = next(filter(is_final, before), None)
    return LastReport(final, final=True, later_draft=newest) if final else LastReport(newest, final=False)


def latest_reports(folder: Path) -> list[Path]:
    """The versions of the report of the latest quarter in `folder`, the newest first; none where there is no report."""
    reports = [(match, path) for path in folder.glob("*.xlsx") if (match := REPORT_NAME.fullmatch(path.name))]
    quarter = max((match["quarter"].upper() for match, _ in reports), default="")
    of_quarter = {int(match["version"] or 1): path for match, path in reports if match["quarter"].upper() == quarter}
    return [of_quarter[version] for version in sorted(of_quarter, reverse=True)]


def is_final(report: Path) -> bool:
    """Whether a report was made with `--final`; a file that can't be read as one is not."""
    return properties_of(report).get(c.Property.FINAL) == YES


def properties_of(path: Path) -> Mapping[str, str]:
    """What ragtool wrote into a workbook's properties; nothing of a file that can't be read as one."""
    try:
        return open_book(path, own_bounds, [c.ReportSheets.SUMMARY]).properties
    except NotAWorkbook:
        return {}
