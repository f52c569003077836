"""What Excel tells a person in a cell, and what it lets them type: the kinds of check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ragtool.model import NO, YES

EntryRule = dict[str, Any]
"""The options of XlsxWriter's data_validation."""


FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


LONGEST_MESSAGE = 255
"""Excel's own limit for a message."""


def anything(title: str, prompt: str) -> EntryRule:
    """A cell that takes any text."""
    return {"validate": "any", "input_title": title, "input_message": prompt}


def a_choice(title: str, prompt: str, options: Sequence[str], strict: bool = True) -> EntryRule:
    """A drop-down list; one that isn't strict warns of anything else and takes it."""
    *most, last = options
    either = f"{', '.join(most)} or {last}" if most else last
    return {
        "validate": "list",
        "source": list(options),
        "input_title": title,
        "input_message": prompt,
        "error_title": title,
        "error_message": f"Choose {either} from the list, or leave the cell empty.",
        "error_type": "stop" if strict else "warning",
    }


def a_day(title: str, prompt: str, example: str = "30/09/2013") -> EntryRule:
    """A date."""
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": FIRST_DAY,
        "maximum": LAST_DAY,
        "input_title": title,
        "input_message": prompt,
        "error_title": title,
        "error_message": f"This is not a date. Type day, month and year, such as {example}, or leave the cell empty.",
    }


def a_number(title: str, prompt: str) -> EntryRule:
    """Any number."""
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -1e15,
        "maximum": 1e15,
        "input_title": title,
        "input_message": prompt,
        "error_title": title,
        "error_message": "This is not a number. Type the figure alone, without its unit and without words. "
        "Where there is no figure, leave the cell empty and choose a Data status.",
    }


YES_NO = (YES, NO)
