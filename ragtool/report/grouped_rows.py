"""The rows of key actions and measures: in the plan's order, grouped by theme and outcome."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from ragtool import columns as c
from ragtool.looks.palette import Properties, theme_colour
from ragtool.looks.style import STRONG_LINE
from ragtool.quarter.items import RatedKeyAction, RatedMeasure
from ragtool.report.sheet_rows import ShownRow
from ragtool.results.results import Results

GROUP = "group"
"""What a row's `Group` stands under; it is no heading."""

Rated = TypeVar("Rated", RatedKeyAction, RatedMeasure)


class Group(NamedTuple):
    """Where a row stands: the colour of its theme, whether its outcome begins with it, and whether its item does."""

    colour: str
    begins_outcome: bool
    begins_item: bool


def in_plan_order(items: Iterable[Rated], results: Results) -> list[Rated]:
    """Items by theme and outcome as the plan has them, in its order within each; parts stay with their measure."""
    themes = {theme: number for number, theme in enumerate(themes_of(results))}
    outcomes = {(each.theme, each.number): number for number, each in enumerate(results.outcomes)}
    places: dict[str, tuple[int, int, int]] = {}
    listed = list(items)
    for number, item in enumerate(listed):
        planned = item.item
        theme, outcome = planned.theme, (planned.theme, planned.outcome_no)
        place = themes.get(theme, len(themes)), outcomes.get(outcome, len(outcomes)), number
        places.setdefault(planned.key, place)
    return sorted(listed, key=lambda item: places[item.item.key])


def themes_of(results: Results) -> list[str]:
    """The plan's themes, in its order."""
    return list(dict.fromkeys(each.theme for each in results.outcomes))


def grouped(items: Sequence[tuple[Rated, Sequence[dict[str, Any]]]], results: Results) -> list[dict[str, Any]]:
    """The rows of items, each item with its own, with their groups."""
    themes, before = themes_of(results), None
    rows: list[dict[str, Any]] = []
    for item, own in items:
        planned = item.item
        number = themes.index(planned.theme) if planned.theme in themes else len(themes)
        colour, outcome = theme_colour(results.settings.palette, number), (planned.theme, planned.outcome_no)
        for place, row in enumerate(own):
            first = place == 0 and planned.part is None
            rows.append({**row, GROUP: Group(colour, first and outcome != before, first)})
        before = before if planned.part else outcome
    return rows


def group_look(row: ShownRow) -> Properties:
    """A line above each item, a heavy one in its theme's colour above each outcome."""
    group: Group = row[GROUP]
    if group.begins_outcome:
        return {"top": 2, "top_color": group.colour}
    return {"top": 1, "top_color": STRONG_LINE} if group.begins_item else {}


def theme_look(row: ShownRow) -> Properties:
    """The theme in its colour, which runs down the sheet's left edge."""
    colour = row[GROUP].colour
    edge: Properties = {"left": 5, "left_color": colour}
    return edge | ({"font_color": colour, "bold": True} if row[GROUP].begins_outcome else {})


def repeats_outcome(row: ShownRow, heading: str) -> bool:
    """Whether a row says its theme or outcome again, which may be long: it stands whole where the outcome begins."""
    return heading in (c.THEME, c.OUTCOME) and not row[GROUP].begins_outcome
