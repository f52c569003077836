"""The Summary's first screen: titles, tiles that count, everything Red with its owner, who moved, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ragtool import columns as c
from ragtool.figures import show_day
from ragtool.looks import fitting
from ragtool.looks.palette import Properties, look_of_rating
from ragtool.looks.style import INK
from ragtool.looks.table import make_table
from ragtool.model import Rating
from ragtool.report.page_sheet import link_formula
from ragtool.report.sheet_rows import NONE_PROPOSED
from ragtool.report.summary_rows import RED_HEADINGS, SUMMARY_WIDTHS, SummaryRows
from ragtool.results.at_a_glance import Tile, gaps_in_words, moves_in_words, tiles
from ragtool.results.red_items import RED_PARTS, RedItem, red_items, red_parts
from ragtool.results.results import Results

FIRST_POINTS, TILE_POINTS, CHANGE_POINTS = 16, 16, 10
MOST_LINES = 2
"""Lines of a reason and of a resolution: what is longer is cut, and stands whole where the key leads to."""
CUT = " …"
SPARED = 2
"""Points that a row of what is Red does without: on a laptop's first screen each counts."""
RED_TABLE = "WhatIsRed"
WHY = RED_HEADINGS.index(c.WHY)


def write_first_screen(rows: SummaryRows, results: Results, places: Mapping[str, str]) -> None:
    """Writes it, the key of what is Red linked to where `places` says."""
    settings = results.settings
    plan = f"{settings.organisation}: {settings.plan_title}" if settings.plan_title else settings.organisation
    title = f"Performance report, {results.quarter} ({results.standing})"
    rows.write_text(title, 0, FIRST_POINTS, bold=True, font_color=INK)
    rows.write_text(". ".join(filter(None, (plan, *facts(results)))))
    if results.replaces:
        rows.write_text(results.replaces)
    parts = red_parts(results)
    beside = [*gaps_in_words(results), *([(RED_PARTS, parts)] if parts else [])]
    left_over = write_tiles(rows, tiles(results), beside)
    write_red(rows, results, places)
    labelled = [*left_over, *moves_in_words(results)]
    if labelled:
        rows.add(3)
    for label, text in labelled:
        rows.write_labelled(label, text)


def facts(results: Results) -> list[str]:
    """For whom the report is and who made it, as far as the plan says."""
    settings = results.settings
    meeting = settings.meeting_date if isinstance(settings.meeting_date, str) else show_day(settings.meeting_date)
    known = {
        "Committee": settings.committee,
        c.MEETING_DATE: meeting,
        "Report author": settings.report_author,
        "Report reference": settings.report_reference,
        "Contact": settings.contact,
    }
    return [f"{label}: {text}" for label, text in known.items() if text]


def write_tiles(rows: SummaryRows, shown: Sequence[Tile], notes: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """A tile a rating, with the change since last quarter beneath, and beside them what is missing and which parts are
    Red: `notes`, each a label and a text. Gives those that there is no room for.
    """
    rows.add(2)
    height = max(tile_points(tile, wide) for tile, wide in zip(shown, SUMMARY_WIDTHS[1:], strict=False))
    row = rows.add(fitting.line_height(height) + 6)
    beneath = rows.add(fitting.line_height(CHANGE_POINTS) + 2) if any(tile.change for tile in shown) else None
    for column, tile in enumerate(shown, start=1):
        write_tile(rows, row, beneath, column, tile)
    label = 1 + len(shown)
    room = sum(SUMMARY_WIDTHS[label + 1 :])
    beside = [(name, text) for name, text in notes if len(fitting.lines_of(text, room)) == 1]
    for where, (name, text) in zip(filter(None, (row, beneath)), beside, strict=False):
        rows.write_label(where, label, name)
        rows.sheet.write_string(where, label + 1, text, rows.style.plain(text_wrap=False, valign="vcenter"))
    return [note for note in notes if note not in beside[: 2 if beneath else 1]]


def tile_points(tile: Tile, wide: float) -> int:
    """How large a tile's count is: as large as a column so many pixels wide has room for."""
    room = wide - fitting.PADDING
    sizes = range(TILE_POINTS, CHANGE_POINTS, -1)
    return next((size for size in sizes if fitting.text_pixels(tile.text, size, True) <= room), CHANGE_POINTS)


def write_tile(rows: SummaryRows, row: int, beneath: int | None, column: int, tile: Tile) -> None:
    """One tile: its two rows are one box."""
    upper: Properties = {"bottom": 0} if beneath else {}
    made = rows.style.tile(tile.rating, tile_points(tile, SUMMARY_WIDTHS[column]), bold=True, **upper)
    rows.sheet.write_string(row, column, tile.text, made)
    if beneath:
        look = rows.style.tile(tile.rating, CHANGE_POINTS, bold=False, top=0)
        rows.sheet.write_string(beneath, column, tile.change, look)


def write_red(rows: SummaryRows, results: Results, places: Mapping[str, str]) -> None:
    """Everything published Red: whose, why, and what will be done about it by when."""
    red = red_items(results)
    if not red:
        rows.write_section("What is red", ["Nothing is Red."])
        return
    rows.write_heading("What is red")
    row = rows.add(fitting.line_height() + 2)
    make_table(rows.sheet, RED_HEADINGS, row, len(red), RED_TABLE, filters=False)
    for column, heading in enumerate(RED_HEADINGS):
        rows.sheet.write_string(row, column, heading, rows.style.heading(valign="vcenter"))
    for each in red:
        write_red_item(rows, each, places.get(each.item.item.key, ""))


def write_red_item(rows: SummaryRows, red: RedItem, place: str) -> None:
    """One of them, a row."""
    item, planned = red.item, red.item.item
    key = look_of_rating(Rating.RED).signed(planned.key)
    texts = [key, planned.title, "; ".join(planned.officer_leads), planned.area, str(item.travel.short or "")]
    texts += [short_day(red.by_when), item.published.why, (red.resolution or NONE_PROPOSED).replace("\n", " ")]
    texts[WHY:] = [
        fitting.within_lines(text, wide, MOST_LINES, CUT)
        for text, wide in zip(texts[WHY:], SUMMARY_WIDTHS[WHY:], strict=True)
    ]
    row = rows.add(fitting.row_height(zip(texts, SUMMARY_WIDTHS, strict=True)) - SPARED)
    made = rows.style.tile(Rating.RED, align="left", valign="top")
    if place:
        rows.sheet.write_formula(row, 0, link_formula(place, key), made, key)
    else:
        rows.sheet.write_string(row, 0, key, made)
    for column, text in enumerate(texts[1:], start=1):
        rows.sheet.write_string(row, column, text, rows.style.boxed(bold=column == 1))


def short_day(when: date | str | None) -> str:
    """`31 Jan 2014`, or what stands in its place."""
    return f"{when.day} {when:%b %Y}" if isinstance(when, date) else when or ""
