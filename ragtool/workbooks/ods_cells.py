"""A cell of an .ods as the cell that it is: its type, its stored value and what it shows."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from ragtool.figures import exact
from ragtool.workbooks.book import NEVER_CALCULATED, UNREADABLE, Cell
from ragtool.workbooks.inks import WHITE_GROUND, are_near, is_speck
from ragtool.workbooks.number_formats import Shape
from ragtool.workbooks.runs import (
    HIDDEN,
    LOWERED,
    RAISED,
    STRUCK,
    TextRun,
    any_text_cell,
    cell_left_out,
    cell_of_look,
    text_of,
)
from ragtool.workbooks.shown_numbers import SHOWS_NOTHING, is_number_alone, is_zero
from ragtool.workbooks.stored import RESIDUE, clock, number_cell

ERROR = re.compile(r"#[A-Z0-9/_]+[!?]?|Err:[0-9]{3}")
"""What a formula in error shows; older versions and Excel store it as a text or a zero."""

DURATION = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?")

NUMBERS = ("float", "percentage", "currency")

PLAIN, PERCENT = Shape(), Shape(percent=True)


def look_of_font(attributes: dict[str, str]) -> str | None:
    """How a font looks where that changes what a text says; None where it doesn't say so itself.

    Source: OpenDocument 1.3 part 3, 20.395, 20.367, 20.338.
    """
    if attributes.get("text:display") == "none":
        return HIDDEN
    line = attributes.get("style:text-line-through-style", attributes.get("style:text-line-through-type"))
    if line not in (None, "none"):
        return STRUCK
    position = attributes.get("style:text-position", "").split()
    if position and position[0] not in ("0%", "0"):
        return LOWERED if position[0] == "sub" or position[0].startswith("-") else RAISED
    size = attributes.get("fo:font-size", "").removesuffix("pt")
    if are_near(attributes.get("fo:color", "").removeprefix("#"), WHITE_GROUND) or is_speck(size):
        return HIDDEN
    return None if line is None and not position else ""


def ods_cell(attributes: dict[str, str], runs: list[TextRun], shows: bool, as_shown: Shape) -> Cell | None:
    """What stands in a cell, from its attributes and the text that it `shows`, were it an empty one.

    Source: OpenDocument 1.3 part 3, 19.389.
    """
    formula = attributes.get("table:formula")
    kind = attributes.get("office:value-type", "")
    text = "".join(run.text for run in runs)
    if attributes.get("calcext:value-type") == "error" or (formula is not None and ERROR.fullmatch(text)):
        return Cell(text, fault=text if text.startswith("#") else f"the error {text}".rstrip())
    if not kind:
        # LibreOffice gives a formula's empty text no type, but a paragraph; one never calculated has neither.
        if formula is not None and not shows:
            return Cell(f"{formula}", fault=NEVER_CALCULATED)
        return any_text_cell(text_of(runs), as_shown)
    if kind == "string":
        stored = attributes.get("office:string-value")
        cell = any_text_cell(stored or text_of(runs), as_shown)
        if cell and stored and shows and not cell.looks and " ".join(stored.split()) not in " ".join(text.split()):
            return cell_left_out(cell, HIDDEN)  # by its number format, which shows something else or nothing
        return cell
    try:
        cell = typed_cell(attributes, kind, text, formula is not None)
    except (ValueError, KeyError, OverflowError):
        return Cell(text, fault=UNREADABLE)
    if shows and not text.strip() and not cell.fault and kind in NUMBERS:
        cell = cell._replace(shown=SHOWS_NOTHING)
    return cell_of_look(cell, as_shown)


def typed_cell(attributes: dict[str, str], kind: str, text: str, calculated: bool) -> Cell:
    """A value that is no text, by its type."""
    if kind == "boolean":
        return Cell({"true": True, "false": False}[attributes["office:boolean-value"]])
    if kind == "float" and text in ("TRUE", "FALSE"):  # as LibreOffice writes some formulas' results
        return Cell(text == "TRUE")
    if kind == "date":
        return Cell(datetime.fromisoformat(attributes["office:date-value"]).replace(tzinfo=None))
    if kind == "time":
        return time_cell(attributes["office:time-value"])
    stored = float(attributes["office:value"])
    if calculated and abs(stored) < RESIDUE and is_zero(text):
        stored = 0.0
    percent = kind == "percentage"
    cell = number_cell(stored, PERCENT if percent else PLAIN, False)
    return cell if cell.fault or shows_number(text, stored, percent) else cell._replace(shown=text.strip())


def shows_number(text: str, number: float, percent: bool) -> bool:
    """Whether a cell shows its number, rounded, and nothing else; programs that show nothing don't tell."""
    alone = text.strip()
    if percent and alone.endswith("%"):
        alone, shown = alone[:-1], exact(number) * 100
    else:
        shown = exact(number)
    with_comma = alone.replace(".", "").replace(",", ".")
    return not alone or is_number_alone(alone, shown) or is_number_alone(with_comma, shown)


def time_cell(stored: str) -> Cell:
    """A time of day; what is longer than a day, or negative, is a duration and so a text."""
    match = DURATION.fullmatch(stored)
    if not match:
        raise ValueError(stored)
    sign, days, hours, minutes, seconds = match.groups()
    duration = timedelta(int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0))
    duration += timedelta(seconds=float((seconds or "0").replace(",", ".")))
    if sign or duration >= timedelta(days=1):
        return Cell(sign + clock(duration))
    return Cell((datetime.min + duration).time())
