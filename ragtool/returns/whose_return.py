"""Whose return a workbook is, by its hidden sheet, and why one can't be used at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ragtool import columns as c
from ragtool.errors import RagtoolError
from ragtool.model import Query, Severity, as_name
from ragtool.plan.plan import Plan
from ragtool.returns.found_sheets import about_sheet
from ragtool.sheets.tables import read_table
from ragtool.workbooks.opening import Book, NotAWorkbook, open_book

S = c.ReturnSheets

NOT_IN_THE_PLAN = (
    "Add the service area to the plan, or write this name under Formerly beside the area that was called so, or remove "
    "the return."
)
"""What to do about a return whose service area the plan doesn't know."""

FILL_IN_ANEW = "Fill in a fresh return from the templates."
"""What to do about one whose hidden sheet doesn't say whose it is, or of which quarter."""


@dataclass
class Refusal(Exception):
    """A return that can't be used, why, and whose it is, as far as that is known; or a workbook that `is_return` tells
    to be none, or a file that no reader `opens`.
    """

    query: Query
    area: str = ""
    is_return: bool = True
    opens: bool = True


@dataclass(frozen=True)
class Owner:
    """Whose returns are expected: the organisation, and its service areas by each name that they have or had."""

    organisation: str
    areas: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, plan: Plan) -> Owner:
        """The organisation and service areas of a plan."""
        return cls(plan.settings.organisation, plan.areas_called)


def book_of(path: Path) -> Book:
    """The workbook at `path`, under a name that every output can hold. Raises Refusal where it is none."""
    name = name_as_text(path)
    try:
        return replace(open_book(path), name=name)
    except NotAWorkbook as fault:
        message = str(fault)
    except RagtoolError as fault:
        message = str(fault).replace(str(path), "It")
    what, _, to_do = message.partition(". ")
    raise Refusal(Query(name, "", "", "", Severity.ERROR, f"{what}.", to_do), opens=False)


def name_as_text(path: Path) -> str:
    """A file's name as text; what no output could hold, such as letters in another encoding, is a question mark."""
    name = path.name.encode("utf-8", "replace").decode()
    return "".join("?" if ord(character) < 32 else character for character in name)


def check_owner(book: Book, about: Mapping[str, str], owner: Owner | None) -> tuple[str, ...]:
    """The service area of a return, or those that it was split into. Raises Refusal where the plan knows none."""
    area = about[c.About.SERVICE_AREA]
    if owner is None:
        return (area,)
    organisation = owner.organisation
    if organisation and as_name(about[c.About.ORGANISATION]) != as_name(organisation):
        problem = f"It is a return of {about[c.About.ORGANISATION] or 'no named organisation'}, not {organisation}."
        named = about[c.About.ORGANISATION]
        raise refusal(book, problem, "Send it to them, or remove it from the folder." if named else FILL_IN_ANEW)
    if as_name(area) not in owner.areas:
        problem = f"The plan has no service area {area or 'for it: its hidden sheet names none'}."
        raise refusal(book, problem, NOT_IN_THE_PLAN if area else FILL_IN_ANEW, area)
    return tuple(owner.areas[as_name(area)])


def refusal(book: Book, problem: str, what_to_do: str, area: str = "") -> Refusal:
    """The refusal of a return for what its hidden sheet says."""
    return Refusal(Query(book.name, S.ABOUT.name, "", "", Severity.ERROR, problem, what_to_do), area)


def identification(book: Book) -> dict[str, str]:
    """The fields of the hidden identification sheet. Raises Refusal where there is none."""
    worksheet = about_sheet(book)
    if worksheet is None:
        none = refusal(
            book,
            "It has no identification sheet, so it is no return made by ragtool.",
            "Fill in the return that came from the templates, and send that.",
        )
        raise replace(none, is_return=False)
    rows = read_table(book, c.Sheet(worksheet.name, S.ABOUT.headings), {}, set(S.ABOUT.headings)).rows
    fields = {(row[c.FIELD] or "").casefold(): row[c.VALUE] or "" for row in rows}
    return {name: fields.get(name.casefold(), "") for name in c.About.ALL}
