"""What a folder held, sorted: the returns that are used, one of each name of a service area, and why others aren't."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from ragtool import columns as c
from ragtool.errors import RagtoolError
from ragtool.model import Query, Severity, as_name, fold
from ragtool.plan.plan import Plan, ServiceArea
from ragtool.plan.quarter_dates import CHECK_OR_LEAVE, date_far_away
from ragtool.quarters import Quarter, first_month_of
from ragtool.returns.entries import Entry, entered_values
from ragtool.returns.one_return import Return
from ragtool.returns.returned_files import FileRead, Files, NotUsed, read_files
from ragtool.returns.whose_return import Refusal, name_as_text
from ragtool.workers import Run, in_turn

S = c.ReturnSheets


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

    @cached_property
    def areas(self) -> frozenset[str]:
        """The service areas whose returns are used."""
        return frozenset(area for each in self.used for area in each.areas)

    @cached_property
    def by_area(self) -> Mapping[str, Sequence[Return]]:
        """The used returns of each service area, those that are signed off first: several where it was made of others,
        or has one under a name that it had.
        """
        returns: dict[str, list[Return]] = {}
        for each in sorted(self.used, key=lambda each: not each.is_signed):
            for area in each.areas:
                returns.setdefault(area, []).append(each)
        return returns

    def names_to_come(self, area: ServiceArea, plan: Plan) -> Sequence[str]:
        """The names under which a return may come that holds what those of a service area lack.

        These are names that it had, unless its own return was made from this plan; where all of those came and one is
        that of an area that stands still, it is its own.
        """
        own = [each for each in self.by_area.get(area.name, ()) if not each.is_former_of(area.name)]
        if any(each.fingerprint == plan.fingerprint for each in own):
            return []
        came = {as_name(each.named) for each in self.used}
        standing = {as_name(name) for name in plan.areas}
        former = [name for name in area.formerly if as_name(name) not in came]
        if own:
            return [name for name in former if as_name(name) not in standing]
        return former or [area.name for name in area.formerly if as_name(name) in standing][:1]

    def came_whole(self, area: ServiceArea, plan: Plan) -> bool:
        """Whether a service area sent its return, under each of the names that it was made of."""
        return area.name in self.by_area and not self.names_to_come(area, plan)

    @property
    def all_queries(self) -> list[Query]:
        """Queries about files, then those about the cells of used returns."""
        return [*self.queries, *(query for each in self.used for query in each.queries)]


def read_returns(
    paths: Iterable[Path],
    plan: Plan | None,
    quarter: Quarter | None,
    progress: Callable[[], None] = lambda: None,
    run: Run = in_turn,
) -> Received:
    """Reads every return; only those of the plan's organisation and areas and, where given, of `quarter` are used.

    Raises RagtoolError where returns of several quarters stand together and no quarter is asked for.
    """
    return sort_files(read_files(paths, plan, progress, run), quarter, plan)


def by_quarter(files: Files) -> Sequence[Files]:
    """The files of each quarter, the earliest first; what is no return, or can't be used, is with the first."""
    quarters = sorted({each.quarter for each in files.values() if isinstance(each, Return)})
    first = quarters[0] if quarters else None
    groups: dict[Quarter | None, dict[Path, FileRead]] = {quarter: {} for quarter in (first, *quarters)}
    for path, each in files.items():
        groups[each.quarter if isinstance(each, Return) else first][path] = each
    return [*groups.values()]


def sort_files(files: Files, quarter: Quarter | None = None, plan: Plan | None = None) -> Received:
    """Which of the files are used: one return of each name of a service area, of `quarter` where it is given, that was
    filled in. The plan says when quarters begin.

    Raises RagtoolError where returns of several quarters stand together and no quarter is asked for.
    """
    read: list[Return] = []
    refused: list[NotUsed] = []
    passed_over: list[NotUsed] = []
    queries: list[Query] = []
    for each in files.values():
        match each:
            case Return():
                read.append(each)
            case Refusal():
                refused.append(NotUsed(each.query.file, each.query.problem, each.area, each.is_return, each.opens))
                queries.append(each.query)
            case NotUsed():
                passed_over.append(each)
    wanted = quarter or only_quarter(read)
    passed_over += [
        NotUsed(each.file, f"It is a return for {each.quarter}, not {wanted}.", each.area)
        for each in read
        if each.quarter != wanted
    ]
    of_quarter = [each for each in read if each.quarter == wanted]
    unfilled = [each for each in of_quarter if not each.is_filled]
    kept, copies, rivals = without_doubles([each for each in of_quarter if each.is_filled])
    passed_over += copies
    for each in unfilled:
        rivals.append((NotUsed(each.file, "It was never filled in.", each.area), what_to_do_unfilled(each, kept)))
    for not_used, what_to_do in rivals:
        refused.append(not_used)
        queries.append(Query(not_used.file, "", "", "", Severity.ERROR, not_used.why, what_to_do))
    queries += (query for each in kept for query in whole_return_queries(each, plan))
    by_name = {name_as_text(path): path for path in files}
    return Received(tuple(kept), tuple(refused), tuple(passed_over), tuple(unfilled), by_name, tuple(queries))


def whole_return_queries(each: Return, plan: Plan | None) -> list[Query]:
    """What is odd about a return that is used all the same: unsigned, signed at another time, or made from another
    version's template.
    """
    odd = []
    if each.template_version != c.TEMPLATE_VERSION:
        version = each.template_version or "none"
        problem = f"It was made from version {version} of the template; this is version {c.TEMPLATE_VERSION}."
        what = "What could be read is used. Fill in a fresh return next time."
        odd.append(Query(each.file, S.ABOUT.name, "", "", Severity.QUERY, problem, what))
    if not each.is_signed:
        problem, what = "Nobody has signed it off, so its figures are provisional.", "Sign it off and send it again."
        signed_at = each.sign_off.signed_at
        odd.append(Query(each.file, S.SIGN_OFF.name, signed_at, "", Severity.QUERY, problem, what, c.ENTRY))
    if isinstance(each.sign_off.on, date):
        dated_at = each.sign_off.dated_at
        starts = plan.settings.financial_year_starts if plan else first_month_of(each.quarter)
        odd += (
            Query(each.file, S.SIGN_OFF.name, dated_at, "", Severity.QUERY, problem, CHECK_OR_LEAVE, c.ENTRY)
            for problem in date_far_away("The date of signing off", each.sign_off.on, each.quarter, starts)
        )
    return odd


def only_quarter(returns: Sequence[Return]) -> Quarter | None:
    """The quarter that all returns carry; None where there is no return."""
    files: dict[Quarter, list[str]] = {}
    for each in sorted(returns, key=lambda each: each.quarter):
        files.setdefault(each.quarter, []).append(each.file)
    if len(files) > 1:
        named = "; ".join(f"{quarter} ({', '.join(names)})" for quarter, names in files.items())
        raise RagtoolError(f"The returns are of different quarters: {named}. Say which one is meant with --quarter.")
    return next(iter(files), None)


def without_doubles(returns: Sequence[Return]) -> tuple[list[Return], list[NotUsed], list[tuple[NotUsed, str]]]:
    """One return of each name of a service area: those kept, copies with the same entries, and rivals that differ, none
    of it used. Of copies, one that is signed off is kept.
    """
    kept: list[Return] = []
    copies: list[NotUsed] = []
    rivals: list[tuple[NotUsed, str]] = []
    by_name: dict[tuple[str, str], list[Return]] = {}
    for each in returns:
        by_name.setdefault((each.area, as_name(each.named)), []).append(each)
    for (area, _), returned in by_name.items():
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
            cells = f"{'; '.join(differing[:10])}{more}"
            problem = f"{each.named or area} has {has}, {' and '.join(others)}; they differ in {cells}."
            what = "Neither is used: remove the one that isn't meant, then run again."
            if len(same) > 2:
                what = "None of them is used: remove those that aren't meant, then run again."
            rivals.append((NotUsed(each.file, problem, area), what))
    return kept, copies, rivals


def what_to_do_unfilled(unfilled: Return, used: Sequence[Return]) -> str:
    """What to do with a return that nobody filled in, where others of its service area may be used."""
    named = as_name(unfilled.named)
    for each in used:
        if set(each.areas) >= set(unfilled.areas) and (
            as_name(each.named) == named or not each.is_former_of(unfilled.area)
        ):
            return f"{each.file} is used for {unfilled.area}: remove this one."
    parts = [each.file for each in used if unfilled.area in each.areas]
    if parts and not unfilled.is_former_of(unfilled.area):
        is_used = f"{' and '.join(parts)} {'is' if len(parts) == 1 else 'are'} used for {unfilled.area}"
        return f"{is_used}: fill in here what isn't there, and send it again, or remove this one."
    return "Fill it in and send it again."


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
                differing += [f"{name}, {cell_of(mine, h)}" for h in entered if entered[h] != in_theirs[h]]
            elif (row := mine or yours) and any(value is not None for value in entered_values(row).values()):
                differing.append(f"{name}, {cell_of(row, c.KEY)}" + ("" if mine else f" of {other.file}"))
    return differing


def cell_of(row: Entry, heading: str) -> str:
    """The cell of a row under a heading."""
    return row.at.where(heading) if row.at else ""


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
