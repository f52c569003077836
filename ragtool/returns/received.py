"""The returns of a folder: each workbook read on its own, so that a bad one never stops the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ragtool import columns as c
from ragtool.errors import RagtoolError
from ragtool.model import Query, Severity, fold
from ragtool.plan.plan import Plan
from ragtool.quarters import Quarter
from ragtool.returns.entries import Entry, entered_values
from ragtool.returns.found_sheets import about_sheet
from ragtool.returns.one_return import Owner, Refusal, Return, name_as_text, read_return
from ragtool.workbooks.formats import EXTENSIONS
from ragtool.workbooks.opening import NotAWorkbook, open_book
from ragtool.workers import Run, in_turn

S = c.ReturnSheets


class SeveralQuarters(RagtoolError):
    """Returns of several quarters stand together: the names of each one's files."""

    def __init__(self, message: str, files: Mapping[Quarter, frozenset[str]]) -> None:
        super().__init__(message)
        self.files = files


@dataclass(frozen=True)
class NotUsed:
    """A file that isn't used, why, and the service area whose return it is, where that is known and it `is_return`."""

    file: str
    why: str
    area: str = ""
    is_return: bool = True


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
    def file_count(self) -> int:
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
    paths: Iterable[Path],
    plan: Plan | None,
    quarter: Quarter | None,
    progress: Callable[[], None] = lambda: None,
    run: Run = in_turn,
) -> Received:
    """Reads every return; only those of the plan's organisation and areas and, where given, of `quarter` are used.

    `progress` is called once a file; `run` reads them. Raises SeveralQuarters where returns of several quarters stand
    together and no quarter is asked for.
    """
    read: list[Return] = []
    refused: list[NotUsed] = []
    passed_over: list[NotUsed] = []
    queries: list[Query] = []
    files = list(paths)
    for each in run(partial(read_file, owner=Owner.of(plan) if plan else None), files):
        match each:
            case Return():
                read.append(each)
            case Refusal():
                refused.append(NotUsed(each.query.file, each.query.problem, each.area, each.is_return))
                queries.append(each.query)
            case NotUsed():
                passed_over.append(each)
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
    by_name = {name_as_text(path): path for path in files}
    return Received(tuple(kept), tuple(refused), tuple(passed_over), tuple(unfilled), by_name, tuple(queries))


def read_file(path: Path, owner: Owner | None) -> Return | Refusal | NotUsed:
    """What a file is: a return, one that can't be used, or none."""
    if stranger := why_no_return(path):
        return NotUsed(name_as_text(path), stranger)
    try:
        return read_return(path, owner)
    except Refusal as refusal:
        return refusal


def whole_return_queries(each: Return) -> list[Query]:
    """What is odd about a return that is used all the same: unsigned, or made from another version's template."""
    odd = []
    if each.template_version != c.TEMPLATE_VERSION:
        version = each.template_version or "none"
        problem = f"It was made from version {version} of the template; this is version {c.TEMPLATE_VERSION}."
        what = "What could be read is used. Fill in a fresh return next time."
        odd.append(Query(each.file, S.ABOUT.name, "", "", Severity.QUERY, problem, what))
    if not each.is_signed:
        problem, what = "Nobody has signed it off, so its figures are provisional.", "Sign it off and send it again."
        odd.append(Query(each.file, S.SIGN_OFF.name, each.sign_off.signed_at, "", Severity.QUERY, problem, what))
    return odd


def why_no_return(path: Path) -> str:
    """Why a file is passed over, or an empty text. One whose name isn't a workbook's may be one all the same."""
    if path.name.startswith("~$"):
        return "It is a lock file that Excel keeps while a workbook is open."
    if path.name.startswith("."):
        return "It is a hidden file of the operating system."
    if path.suffix.casefold() in EXTENSIONS:
        return ""
    try:
        return "" if about_sheet(open_book(path)) else "It is a workbook, but no return made by ragtool."
    except NotAWorkbook as fault:
        return f"It is not a workbook. {fault}"
    except RagtoolError:
        return "It is not a workbook by its name, and it can't be opened."


def only_quarter(returns: Sequence[Return]) -> Quarter | None:
    """The quarter that all returns carry; None where there is no return."""
    files: dict[Quarter, list[str]] = {}
    for each in sorted(returns, key=lambda each: each.quarter):
        files.setdefault(each.quarter, []).append(each.file)
    if len(files) > 1:
        named = "; ".join(f"{quarter} ({', '.join(names)})" for quarter, names in files.items())
        raise SeveralQuarters(
            f"The returns are of different quarters: {named}. Say which one is meant with --quarter.",
            {quarter: frozenset(names) for quarter, names in files.items()},
        )
    return next(iter(files), None)


def without_doubles(returns: Sequence[Return]) -> tuple[list[Return], list[NotUsed], list[tuple[NotUsed, str]]]:
    """One return a service area: those kept, copies with the same entries, and rivals that differ, none of it used.

    Of copies, one that is signed off is kept.
    """
    kept: list[Return] = []
    copies: list[NotUsed] = []
    rivals: list[tuple[NotUsed, str]] = []
    by_area: dict[str, list[Return]] = {}
    for each in returns:
        by_area.setdefault(each.area, []).append(each)
    for area, returned in by_area.items():
        same = sorted(returned, key=lambda each: not each.is_signed)
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
    differing = []
    for name in one.by_sheet:
        if one.unread.get(name, 0) != other.unread.get(name, 0):
            differing.append(name)
        ours, theirs = rows_by_item(one, name), rows_by_item(other, name)
        for about in dict.fromkeys([*ours, *theirs]):
            mine, yours = ours.get(about), theirs.get(about)
            if mine is not None and yours is not None:
                entered, in_theirs = entered_values(mine), entered_values(yours)
                differing += [f"{name}!{cell_of(mine, h)}" for h in entered if entered[h] != in_theirs[h]]
            elif (row := mine or yours) and any(value is not None for value in entered_values(row).values()):
                differing.append(f"{name}!{cell_of(row, c.KEY)}" + ("" if mine else f" of {other.file}"))
    return differing


def cell_of(row: Entry, heading: str) -> str:
    """The cell of a row under a heading."""
    return row.at.cell(heading) if row.at else ""


def rows_by_item(each: Return, sheet: str) -> dict[tuple[object, ...], Entry]:
    """A sheet's rows by what they are about; rows about the same thing are told apart by their order."""
    rows: dict[tuple[object, ...], Entry] = {}
    twins: Counter[tuple[object, ...]] = Counter()
    for row in each.by_sheet[sheet]:
        identity = (row.key, row.part, row.no, getattr(row, "carried_from", None), getattr(row, "quarter", None))
        about = tuple(fold(str(value or "")) for value in identity)
        rows[*about, twins[about]] = row
        twins[about] += 1
    return rows
