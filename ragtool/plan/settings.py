"""The plan's Settings sheet."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from ragtool import columns as c
from ragtool.figures import show
from ragtool.looks.colours import is_colour
from ragtool.looks.palette import fault_of_theme_colour
from ragtool.model import COLOURS, IndexMethod, NoneDue, Place, Query, Rating, Settings, Severity
from ragtool.plan.unread_columns import unread_columns
from ragtool.sheets import cells, date_cells, figure_cells
from ragtool.sheets.tables import read_table, text_of_looks
from ragtool.sheets.unreadable import Unreadable, quoted
from ragtool.workbooks.opening import Book, Cell


def month(cell: Cell) -> int:
    """A month by its name, as the one in which financial years start."""
    wanted = cells.text(cells.sound(cell)).casefold()
    for number in range(1, 13):
        if wanted in (calendar.month_name[number].casefold(), calendar.month_abbr[number].casefold()):
            return number
    raise Unreadable(f"'{cells.text(cell)}' is not a month.", "Type a month's name, such as April.")


def level_or_off(cell: Cell) -> Decimal | None:
    """A share, or None for `off`."""
    return None if cells.text(cell).casefold() == "off" else figure_cells.level(cell)


def amber_or_red(cell: Cell) -> Rating:
    """What a shortfall exactly at the intervention level is."""
    rating = cells.rating(cell)
    if rating not in (Rating.AMBER, Rating.RED):
        raise Unreadable(f"'{cells.text(cell)}' is neither Amber nor Red.", "Type Amber or Red.")
    return rating


def theme_colours(cell: Cell) -> tuple[str, ...]:
    """Colours of bands with white text, parted by `;`."""
    colours = cells.names(cells.sound(cell))
    for colour in colours:
        if not is_colour(colour):
            what = "Type each colour as # and six digits or letters from A to F, such as #1F3864, parted by ;"
            raise Unreadable(f"{quoted(colour)} is not a colour.", what)
        if fault := fault_of_theme_colour(colour):
            raise Unreadable(fault, "Choose a darker one, unlike those of Red, Amber and Green.")
    return tuple(colour.upper() for colour in colours)


def share_of_milestones(cell: Cell) -> Decimal:
    """A share of a key action's milestones: all of them at most."""
    wanted = figure_cells.level(cell)
    if wanted > 1:
        raise Unreadable(f"{show(wanted, '%')} is more than all milestones.", "Type 100 % or less.")
    return wanted


def green_or_blue(cell: Cell) -> Rating:
    """What a key action that was delivered in an earlier quarter shows as."""
    shown_as = cells.rating(cell)
    if shown_as not in (Rating.GREEN, Rating.BLUE):
        raise Unreadable(f"'{cells.text(cell)}' is neither Green nor Blue.", "Type Green or Blue.")
    return shown_as


def at_least_one(cell: Cell) -> int:
    """A number of quarters."""
    number = figure_cells.whole(cell)
    if number < 1:
        raise Unreadable("0 quarters in a row can't be counted.", "Type 1 or more.")
    return number


READERS: Mapping[str, cells.Reader] = {
    "meeting_date": date_cells.day_or_text,
    "return_deadline": date_cells.day_or_text,
    "first_quarter": date_cells.quarter,
    "financial_year_starts": month,
    "intervention_level": figure_cells.level,
    "at_the_intervention_level": amber_or_red,
    "index_method": cells.choice(IndexMethod),
    "no_milestones_due": cells.choice(NoneDue),
    "direction_tolerance": figure_cells.level,
    "escalate_after": at_least_one,
    "green_within": figure_cells.level,
    "amber_needs_improvement": cells.yes_no,
    "blue_beyond": level_or_off,
    "palette": theme_colours,
    "milestones_for_green": share_of_milestones,
    "milestones_for_amber": share_of_milestones,
    "complete_shows_as": green_or_blue,
    "ask_for_a_forecast": cells.yes_no,
}
"""How each setting reads, by its field of `Settings`; text where none is named."""


def setting_name(field: str) -> str:
    """A field of `Settings` as the sheet writes it: colours have a capital wherever they stand."""
    first, *others = field.split("_")
    colours = {rating.word.casefold(): rating.word for rating in COLOURS}
    return " ".join([first.capitalize(), *(colours.get(word, word) for word in others)])


SETTING_NAMES = {field.name: setting_name(field.name) for field in fields(Settings)}
"""Each setting as the sheet writes it, by its field of `Settings`."""


def read_settings(book: Book) -> tuple[Settings, dict[str, Place], list[Query]]:
    """The settings, and the row of each that is given; an absent one takes its default, an unknown or unreadable one is
    a query.
    """
    table = read_table(book, c.PlanSheets.SETTINGS, {c.VALUE: cells.as_stored}, {c.SETTING, c.VALUE})
    queries = [*table.queries, *unread_columns(book, c.PlanSheets.SETTINGS, table.queries)]
    known = {name.casefold(): field for field, name in SETTING_NAMES.items()}
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for row in table.rows:
        name, cell, at = row[c.SETTING], row[c.VALUE], row.at
        field = known.get(name.casefold()) if name else None
        if field is None:
            if name or cell:
                what = f"Correct its name or delete the row. The settings are: {', '.join(SETTING_NAMES.values())}."
                queries.append(at.query(c.SETTING, "", f"'{name or ''}' is not a setting, so it isn't used.", what))
        elif field in values:
            queries.append(
                at.query(c.SETTING, "", f"'{name}' is set twice.", "Delete one of the two rows.", Severity.ERROR)
            )
        elif cell is not None:
            try:
                values[field] = READERS.get(field, cells.text)(cell)
                places[field] = at
                if cell.looks:
                    queries.append(at.query(c.VALUE, "", *text_of_looks(cell, str(values[field]))))
            except Unreadable as fault:
                queries.append(at.query(c.VALUE, "", f"{name}: {fault.problem}", fault.what_to_do, Severity.ERROR))
    settings = Settings(**values)
    first = settings.first_quarter
    if first and first.calendar != settings.calendar_years:
        name, written = SETTING_NAMES["first_quarter"], first.written(settings.calendar_years)
        starts = calendar.month_name[settings.financial_year_starts]
        problem = (
            f"{name}: '{first}' is no quarter of a plan whose financial years start in {starts}; {written} is used."
        )
        queries.append(places["first_quarter"].query(c.VALUE, "", problem, "Type the quarter that is meant."))
        settings = replace(settings, first_quarter=written)
    return settings, places, queries
