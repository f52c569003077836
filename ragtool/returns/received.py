"""The returns of a folder: each workbook read on its own, so that a bad one never stops the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ragtool import columns as c
from ragtool.errors import RagtoolError
from ragtool.frames import AT, Row, records
from ragtool.model import Query, Severity, fold
from ragtool.plan.plan import Plan
from ragtool.quarters import Quarter
from ragtool.returns.reading import Refusal, Return, entered, name_of, read_return
from ragtool.workbooks.formats import EXTENSIONS, is_ole2, is_zip
from ragtool.workbooks.opening import NotAWorkbook, open_book, read_bytes

S = c.ReturnSheets


class SeveralQuarters(RagtoolError):
    """Returns of several quarters stand together: the names of each one's files."""

    def __init__(self, message: str, files: Mapping[Quarter, frozenset[str]]) -> None:
        super().__init__(message)
        self.files = files


@dataclass(frozen=True)
class NotUsed:
    """A file that isn't used, why, and the service area whose return it is, where that is known."""

    file: str
    why: str
    area: str = ""


@dataclass(frozen=True)
class Received:
    """What a folder held: every file is in exactly one of `used`, `refused` and `passed_over`.

    `unfilled` are the returns among the refused that nobody filled in; `paths` leads to every file by its name.
    """

    used: tuple[Return, ...] = ()
    refused: tuple[NotUsed, ...] = ()
    passed_over: tuple[NotUsed, ...] = ()
    unfilled: tuple[Return, ...] = ()
    paths: Mapping[str, Path] = field(default_factory=dict)
    queries: tuple[Query, ...] = ()

    @property
    def found(self) -> int:
        """How many files there were."""
        return len(self.used) + len(self.refused) + len(self.passed_over)

    @property
    def areas(self) -> frozenset[str]:
        """The service areas whose returns are used."""
        return frozenset(each.area for each in self.used)

    @property
    def all_queries(self) -> list[Query]:
        """Queries about files, then those about the cells of used returns."""
        return [*self.queries, *(query for each in self.used for query in each.queries)]

    def table(self, sheet: c.Sheet) -> list[tuple[Return, pd.DataFrame]]:
        """One sheet of every used return."""
        return [(each, each.tables[sheet.name]) for each in self.used]


def return_files(folder: Path) -> list[Path]:
    """The files of the returns folder, by name; subfolders are ignored. Raises RagtoolError where there is none."""
    if not folder.is_dir():
        raise RagtoolError(f"There is no folder {folder}. Make the returns with: ragtool templates.")
    try:
        files = [path for path in folder.iterdir() if path.is_file()]
    except OSError as problem:
        why = problem.strerror or problem
        raise RagtoolError(
            f"{folder} can't be read ({why}). Check the folder or network drive, and run again."
        ) from None
    return sorted(files, key=lambda path: (path.name.casefold(), path.name))


def read_returns(
    paths: Iterable[Path], plan: Plan | None, quarter: Quarter | None, progress: Callable[[], None] = lambda: None
) -> Received:
    """Reads every return; only those of the plan's organisation and areas and, where given, of `quarter` are used.

    `progress` is called once a file. Raises SeveralQuarters where returns of several quarters stand together and no
    quarter is asked for.
    """
    read: list[Return] = []
    refused: list[NotUsed] = []
    passed_over: list[NotUsed] = []
    queries: list[Query] = []
    files = list(paths)
    for path in files:
        if stranger := why_no_return(path):
            passed_over.append(NotUsed(name_of(path), stranger))
        else:
            try:
                read.append(read_return(path, plan))
            except Refusal as refusal:
                refused.append(NotUsed(refusal.query.file, refusal.query.problem, refusal.area))
                queries.append(refusal.query)
        progress()
    wanted = quarter or only_quarter(read)
    for each in read:
        if each.quarter != wanted:
            passed_over.append(NotUsed(each.file, f"It is a return for {each.quarter}, not {wanted}.", each.area))
    of_quarter = [each for each in read if each.quarter == wanted]
    unfilled = [each for each in of_quarter if not each.is_filled]
    kept, copies, rivals = without_doubles([each for each in of_quarter if each.is_filled])
    passed_over += copies
    filled = {each.area: each.file for each in kept}
    for each in unfilled:
        instead = filled.get(each.area)
        what = f"{instead} is used for {each.area}: remove this one." if instead else "Fill it in and send it again."
        rivals.append((NotUsed(each.file, "It was never filled in.", each.area), what))
    for not_used, what_to_do in rivals:
        refused.append(not_used)
        queries.append(Query(not_used.file, "", "", "", Severity.ERROR, not_used.why, what_to_do))
    queries += (query for each in kept for query in whole_return_queries(each))
    by_name = {name_of(path): path for path in files}
    return Received(tuple(kept), tuple(refused), tuple(passed_over), tuple(unfilled), by_name, tuple(queries))


def whole_return_queries(each: Return) -> list[Query]:
    """What is odd about a return that is used all the same: unsigned, or made from another version's template."""
    found = []
    if each.template_version != c.TEMPLATE_VERSION:
        version = each.template_version or "none"
        problem = f"It was made from version {version} of the template; this is version {c.TEMPLATE_VERSION}."
        what = "What could be read is used. Fill in a fresh return next time."
        found.append(Query(each.file, S.ABOUT.name, "", "", Severity.QUERY, problem, what))
    if not each.is_signed:
        problem, what = "Nobody has signed it off, so its figures are provisional.", "Sign it off and send it again."
        found.append(Query(each.file, S.SIGN_OFF.name, each.signed_at, "", Severity.QUERY, problem, what))
    return found


def why_no_return(path: Path) -> str:
    """Why a file is passed over, or an empty text. One whose name isn't a workbook's may be one all the same."""
    if path.name.startswith("~$"):
        return "It is a lock file that Excel keeps while a workbook is open."
    if path.name.startswith("."):
        return "It is a hidden file of the operating system."
    if path.suffix.casefold() in EXTENSIONS:
        return ""
    try:
        data = read_bytes(path)
        if not (is_zip(data) or is_ole2(data)):
            return "It is not a workbook."
        return "" if open_book(path).sheet(S.ABOUT.name) else "It is a workbook, but no return made by ragtool."
    except NotAWorkbook as fault:
        return f"It is not a workbook. {fault}"
    except RagtoolError:
        return "It is not a workbook by its name, and it can't be opened."


def only_quarter(returns: Sequence[Return]) -> Quarter | None:
    """The quarter that all returns carry; None where there is no return."""
    quarters = sorted({each.quarter for each in returns})
    if len(quarters) > 1:
        named = "; ".join(
            f"{quarter} ({', '.join(each.file for each in returns if each.quarter == quarter)})" for quarter in quarters
        )
        raise SeveralQuarters(
            f"The returns are of different quarters: {named}. Say which one is meant with --quarter.",
            {quarter: frozenset(each.file for each in returns if each.quarter == quarter) for quarter in quarters},
        )
    return quarters[0] if quarters else None


def without_doubles(returns: Sequence[Return]) -> tuple[list[Return], list[NotUsed], list[tuple[NotUsed, str]]]:
    """One return a service area: those kept, copies with the same entries, and rivals that differ, none of it used.

    Of copies, one that is signed off is kept.
    """
    kept: list[Return] = []
    copies: list[NotUsed] = []
    rivals: list[tuple[NotUsed, str]] = []
    for area in dict.fromkeys(each.area for each in returns):
        same = sorted((each for each in returns if each.area == area), key=lambda each: not each.is_signed)
        differing = list(dict.fromkeys(cell for other in same[1:] for cell in differences(same[0], other)))
        if not differing:
            kept.append(same[0])
            copies += [
                NotUsed(r.file, f"It is a copy of {same[0].file}, with the same entries.", area) for r in same[1:]
            ]
            continue
        for each in same:
            others = [other.file for other in same if other is not each]
            has = "another return" if len(others) == 1 else "other returns"
            more = f" and {len(differing) - 10} more" if len(differing) > 10 else ""
            cells = f"{', '.join(differing[:10])}{more}"
            problem = f"{area} has {has}, {' and '.join(others)}; they differ in {cells}."
            what = (
                "Neither is used: remove the one that isn't meant, then run again."
                if len(others) == 1
                else "None of them is used: remove those that aren't meant, then run again."
            )
            rivals.append((NotUsed(each.file, problem, area), what))
    return kept, copies, rivals


def differences(one: Return, other: Return) -> list[str]:
    """The cells in which two returns for one service area differ, as the first names them; their order is all one."""
    found = []
    for name, headings in c.ENTRY_HEADINGS.items():
        if name == S.SIGN_OFF.name:
            continue
        if one.unread.get(name, 0) != other.unread.get(name, 0):
            found.append(name)
        ours, theirs = rows_by_item(one, name), rows_by_item(other, name)
        for about in dict.fromkeys([*ours, *theirs]):
            mine, yours = ours.get(about), theirs.get(about)
            if mine is None or yours is None:
                row = mine or yours or {}
                if any(row.get(heading) is not None for heading in headings):
                    found.append(f"{name}!{row[AT].cell(c.KEY)}" + ("" if mine else f" of {other.file}"))
            else:
                found += [
                    f"{name}!{mine[AT].cell(h)}" for h in headings if entered(mine.get(h)) != entered(yours.get(h))
                ]
    return found


def rows_by_item(each: Return, sheet: str) -> dict[tuple[object, ...], Row]:
    """A sheet's rows by what they are about; rows about the same thing are told apart by their order."""
    rows: dict[tuple[object, ...], Row] = {}
    twins: Counter[tuple[object, ...]] = Counter()
    for row in records(each.tables[sheet]):
        about = tuple(fold(str(row.get(heading) or "")) for heading in (c.KEY, c.PART, c.NO, c.CARRIED_FROM, c.QUARTER))
        rows[*about, twins[about]] = row
        twins[about] += 1
    return rows
