"""What the plan workbook's cells hold: text such as `80%` or `2013-10-18` as the number or date that it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from ragtool import columns as c
from ragtool.figures import plain_unit, show_number
from ragtool.looks.forms import DAY, TEXT
from ragtool.model import fold, yes_or_no
from ragtool.plan.unread_columns import is_own_heading
from ragtool.quarters import Quarter

S = c.PlanSheets
Rows = Sequence[Mapping[str, object]]

GROUPED_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
PERCENT = re.compile(rf"({GROUPED_NUMBER.pattern})\s*%")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

FIGURE_COLUMNS = {
    S.MEASURES.name: (
        *c.TARGET_QUARTERS,
        c.ANNUAL_TARGET,
        c.RANGE_LOW,
        c.RANGE_HIGH,
        c.STRETCH_TARGET,
        c.RED_BEYOND,
        c.RED_BELOW,
        c.RED_ABOVE,
        c.BENCHMARK,
        c.THREE_YEAR_TARGET,
    ),
    S.EARLIER.name: (c.PERFORMANCE, c.TARGET),
}
"""Columns in the unit of the row's measure."""

NUMBERS = {S.MEASURES.name: (c.DECIMALS, c.WEIGHT)}
SHARES = {S.MEASURES.name: (c.INTERVENTION_LEVEL, c.GREEN_WITHIN)}
DAYS = {
    S.KEY_ACTIONS.name: (c.STARTS, c.ENDS),
    S.MILESTONES.name: (c.DUE, c.REVISED_DUE),
    S.MEASURES.name: (c.STARTS, c.ENDS),
    S.PANELS.name: (c.MEETING_DATE,),
    S.OVERRIDES.name: (c.DATE,),
}
SETTING_SHARES = (
    "Intervention level", "Direction tolerance", "Green within", "Blue beyond", "Milestones for Green",
    "Milestones for Amber",
)  # fmt: skip
SETTING_DAYS = (c.MEETING_DATE, "Return deadline")
SETTING_NUMBERS = ("Escalate after",)


@dataclass(frozen=True)
class StoredValue:
    """A cell's content as it is stored, and its number format. `text` is what it looks like, for the row's height."""

    value: str | float | date | None
    number_format: str = "General"

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else ""


def sheet_values(sheet: c.Sheet, rows: Rows, measures: Rows) -> Iterator[dict[str, StoredValue]]:
    """A sheet's rows as stored; `measures` are those of the Measures sheet, which say each figure's unit."""
    units = {
        (fold(as_typed(row.get(c.KEY))), fold(as_typed(row.get(c.PART)))): as_typed(row.get(c.UNIT)) for row in measures
    }
    headings = (*sheet.headings, *own_headings(rows))
    for row in rows:
        key = fold(as_typed(row.get(c.KEY)))
        unit = units.get((key, fold(as_typed(row.get(c.PART))))) or units.get((key, ""), "")
        yield {heading: cell_value(sheet.name, heading, row, plain_unit(unit) == "%") for heading in headings}


def own_headings(rows: Rows) -> tuple[str, ...]:
    """The headings of the manager's own columns, which begin with Note."""
    notes = (heading for row in rows for heading in row if is_own_heading(heading))
    return tuple(dict.fromkeys(notes))


def cell_value(sheet: str, heading: str, row: Mapping[str, object], percent: bool) -> StoredValue:
    """One cell's content, by what its column holds."""
    given = row.get(heading)
    if isinstance(given, StoredValue):
        return given
    if sheet == S.SETTINGS.name:
        return settings_value(as_typed(row.get(c.SETTING)), given) if heading == c.VALUE else text_value(given)
    if heading in FIGURE_COLUMNS.get(sheet, ()):
        return figure_value(given, percent)
    if heading in SHARES.get(sheet, ()):
        return level_value(given)
    if heading in NUMBERS.get(sheet, ()):
        return figure_value(given, False)
    if heading in DAYS.get(sheet, ()):
        return day_value(given)
    if heading == c.REPORTED_IN and isinstance(given, frozenset):
        return text_value(";".join(f"Q{quarter}" for quarter in sorted(given)))
    if heading == c.PROFILE and isinstance(given, bool):
        return text_value("Straight line" if given else None)
    return text_value(given)


def settings_value(name: str, given: object) -> StoredValue:
    """The value of a setting: a share, a date, a number or a text."""
    if name in SETTING_SHARES:
        return level_value(given)
    if name in SETTING_DAYS:
        return day_value(given)
    return figure_value(given, False) if name in SETTING_NUMBERS else text_value(given)


def figure_value(given: object, percent: bool) -> StoredValue:
    """A figure; words stay words. In a `%` row a number is a share, and a text with its sign is so many per cent."""
    if isinstance(given, str):
        if match := PERCENT.fullmatch(given.strip()):
            return share_value(Decimal(match[1].replace(",", "")) / 100)
        if not GROUPED_NUMBER.fullmatch(given.strip()):
            return text_value(given)
        # A bare 80 in a % row is 80 %, and is stored as the share that it means.
        typed = Decimal(given.strip().replace(",", ""))
        return share_value(typed / 100) if percent else number_value(typed)
    if isinstance(given, int | float | Decimal) and not isinstance(given, bool):
        exact = Decimal(repr(given)) if isinstance(given, float) else Decimal(given)
        return share_value(exact) if percent else number_value(exact)
    return text_value(given)


def level_value(given: object) -> StoredValue:
    """A level such as `15 %` or 0.15; a bare 15, which may be either, stays as it is and is queried when read."""
    if isinstance(given, str) and GROUPED_NUMBER.fullmatch(given.strip()):
        given = Decimal(given.strip().replace(",", ""))
    if isinstance(given, int | float | Decimal) and not isinstance(given, bool) and given >= 1:
        return figure_value(given, False)
    return figure_value(given, True)


def share_value(share: Decimal) -> StoredValue:
    """A share, shown in per cent with all its decimals."""
    return StoredValue(float(share), f"0{'.' if decimals(share * 100) else ''}{'0' * decimals(share * 100)}%")


def number_value(figure: Decimal) -> StoredValue:
    """A number, shown with all its decimals."""
    return StoredValue(float(figure), f"#,##0{'.' if decimals(figure) else ''}{'0' * decimals(figure)}")


def decimals(figure: Decimal) -> int:
    """How many decimals a figure has."""
    return len(show_number(figure).partition(".")[2])


def day_value(given: object) -> StoredValue:
    """A date, where it is one; a quarter or other words as text."""
    if isinstance(given, str) and ISO_DAY.fullmatch(given.strip()):
        return StoredValue(date.fromisoformat(given.strip()), DAY)
    if isinstance(given, datetime):
        return StoredValue(given.date(), DAY)
    return StoredValue(given, DAY) if isinstance(given, date) else text_value(given)


def text_value(given: object) -> StoredValue:
    """A text, kept as it is typed; blank where there is none."""
    shown = as_typed(given)
    return StoredValue(shown, TEXT) if shown else StoredValue(None)


def as_typed(given: object) -> str:
    """A value as the manager would type it."""
    match given:
        case None:
            return ""
        case bool():
            return yes_or_no(given)
        case Enum():
            return str(given.value)
        case tuple():
            return "; ".join(str(each) for each in given)
        case Quarter() | str() | int() | Decimal() | float():
            return str(given).strip()
        case _:
            return str(given)
