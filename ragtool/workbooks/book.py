"""What a workbook holds, whatever program and format stored it: sheets of sparse cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

Value = str | int | float | bool | date | datetime | time

NEVER_CALCULATED = "a formula that was never calculated"
UNREADABLE = "a value that can't be read"
PICTURE = "a picture, which isn't read"
NOT_THERE_YET = "only a word for a value that is still to come"
LEFT_OVER = "only what a program leaves where it has no value"
TOO_NARROW = "only the signs that stand for a value in a narrow column"
NO_DATE = "a number that is no date, in a cell formatted as one"
"""Faults, as they go on from "The cell holds"."""


SENT_BY_NOBODY = (
    ("and send it again.", "and run again."),
    ("and send the file again.", "and run again."),
    ("and send each on its own.", "and run again."),
    ("and send that.", "and run again."),
    ("Ask for it to be saved and sent again.", "Put the workbook itself there and run again."),
    ("Ask for it to be sent again.", "Put a whole copy of it there and run again."),
    ("Ask for the workbook itself.", "Put the workbook itself there and run again."),
    ("Ask for a copy without it", "Save a copy without it"),
)
"""What is asked of an officer who sends a return, and what whoever has the file at hand is told in its place."""


class NotAWorkbook(Exception):
    """A file that can't be read as a workbook; the message says what it is and what to do, each a sentence."""

    @property
    def at_hand(self) -> str:
        """The message about a file that nobody sent, such as the plan."""
        message = str(self)
        for asked, instead in SENT_BY_NOBODY:
            message = message.replace(asked, instead)
        return message


class PartLook(NamedTuple):
    """A part of a cell that looks so that it doesn't say what its characters say: how it looks, and the part's text."""

    how: str
    part: str


class Cell(NamedTuple):
    """One filled cell. `fault` names an error value (`#REF!`), or says what the cell holds that is no value.

    `percent` tells that the cell's number format shows a percentage: a stored 0.744 is seen as 74.4 %. `shown` is what
    the format shows of a number where that isn't the number, rounded: 4.9m of 4858000. `looks` are parts that are
    raised, lowered, struck out or hidden; the value is the text without the last two.
    """

    value: Value
    percent: bool = False
    fault: str = ""
    shown: str = ""
    looks: tuple[PartLook, ...] = ()


class Beside(NamedTuple):
    """What stands at a cell and isn't its content: a comment or a text box, with its text."""

    kind: str
    cell: str
    text: str


COMMENT, TEXT_BOX = "comment", "text box"
"""What may stand beside cells, as people call it."""


@dataclass(frozen=True)
class SheetCells:
    """A sheet's filled cells by row and column number, both from 1 and in ascending order of rows.

    `beside` are comments and text boxes; `fills` are the colours of ratings with which cells are filled, blank ones
    too; `merged` are merged cells: first and last row, first and last column; `hidden` tells that nobody sees the
    sheet.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    beside: tuple[Beside, ...] = ()
    fills: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Book:
    """A workbook that was read: its file's name, its sheets, the SHA-256 of its bytes, its custom properties.

    `format` is what the content is, never what the name says: xlsx, strict xlsx, xlsm, xlsb, xls or ods.
    `wrong_extension` tells that the name says otherwise. `foreign` names what leads out of it or does something by
    itself.
    """

    name: str
    sha256: str
    sheets: Mapping[str, SheetCells]
    properties: Mapping[str, str]
    format: str = "xlsx"
    wrong_extension: bool = False
    foreign: tuple[str, ...] = ()

    def sheet(self, name: str) -> SheetCells | None:
        """The sheet of that name, case and surrounding blanks aside; where several are, the one spelled exactly so."""
        alike = (sheet for spelled, sheet in self.sheets.items() if title(spelled) == title(name))
        return self.sheets.get(name) or next(alike, None)


def title(name: str) -> str:
    """A sheet's name as names are compared, case and surrounding blanks aside."""
    return name.strip().casefold()
