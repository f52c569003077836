"""The Summary's first screen: titles, tiles that count, everything Red with its owner, who moved, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.report.red_table import RED_TABLE, WHAT_IS_RED, red_rows
from ragtool.report.tiles import write_tiles
from ragtool.report.written_rows import BESIDE_THE_LABEL, CellsOfRow, WrittenRows
from ragtool.results.about_report import about_report
from ragtool.results.at_a_glance import gaps_in_words, moves_in_words, tiles
from ragtool.results.red_items import RED_PARTS, red_items, red_parts
from ragtool.results.results import Results

RED_HEADINGS = (c.KEY, c.DESCRIPTION, c.OFFICER_LEADS, c.SERVICE_AREA, c.DIRECTION, c.BY_WHEN, c.WHY, c.RESOLUTION)
"""Those of the table of what is Red, whose columns all else on the sheet stands in."""
SUMMARY_WIDTHS = (66, 244, 142, 124, 76, 74, 249, 249)
"""Pixels; together what a laptop's screen shows and a page of A4 prints."""
FIRST_POINTS, FIRST_TILE = 16, 1
"""The size of the title, and the column of the first tile."""
MOST_LINES = 2
"""Lines of a reason and of a resolution: what is longer is cut, and stands whole where the key leads to."""
SPARED = 2
"""Points that a row of what is Red does without: on a laptop's first screen each counts."""
FIRST_SCREEN = 560 * 0.75
"""Points down a laptop's first screen."""
HEAD_OF_RED = 35
"""Points that the title of what is Red and its headings take."""
FEW_LETTERS = 250
"""Letters of the names of who moved, so that those of what is Red have room beneath them."""


def write_first_screen(rows: WrittenRows, results: Results, places: Mapping[str, str]) -> None:
    """Writes it, the key of what is Red linked to where `places` says."""
    rows.write_title(f"Performance report, {results.quarter} ({results.standing})", FIRST_POINTS)
    rows.write_text(". ".join(about_report(results)))
    if results.replaces:
        rows.write_text(results.replaces)
    parts = red_parts(results)
    beside = [*gaps_in_words(results), *([(RED_PARTS, parts)] if parts else [])]
    shown = tiles(results)
    rows.add(2)
    left_over = write_notes_beside(rows, write_tiles(rows, shown, FIRST_TILE), FIRST_TILE + len(shown), beside)
    red = red_rows(rows, red_items(results), RED_HEADINGS, places, MOST_LINES)
    moves = list(moves_in_words(results))
    if not fits_first_screen(rows, red, [*left_over, *moves]):
        write_all_labelled(rows, moves_in_words(results, FEW_LETTERS))
        moves = []
    if red:
        rows.write_parted_table(WHAT_IS_RED, RED_HEADINGS, red, RED_TABLE, SPARED)
    else:
        rows.write_section(WHAT_IS_RED, ["Nothing is Red."])
    write_all_labelled(rows, [*left_over, *moves])


def fits_first_screen(rows: WrittenRows, red: Sequence[CellsOfRow], labelled: Sequence[tuple[str, str]]) -> bool:
    """Whether a laptop's first screen shows all that is Red and the labelled texts beneath it."""
    room = sum(rows.widths[BESIDE_THE_LABEL:])
    lines = sum(len(fitting.lines_of(text, room)) for _, text in labelled)
    table = HEAD_OF_RED + sum(rows.row_height(cells) - SPARED for cells in red)
    return sum(rows.heights) + table + lines * fitting.line_height() <= FIRST_SCREEN


def write_all_labelled(rows: WrittenRows, labelled: Iterable[tuple[str, str]]) -> None:
    """Texts, each with its label before it, beneath a little room."""
    for number, (label, text) in enumerate(labelled):
        if number == 0:
            rows.add(3)
        rows.write_labelled(label, text)


def write_notes_beside(
    rows: WrittenRows, beside: Sequence[int], first: int, notes: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """What is missing and which parts are Red, `notes`, each a label and a text, in the rows of the tiles from a column
    on. Gives those that there is no room for.
    """
    room = sum(rows.widths[first + 1 :])
    fit = [(label, text) for label, text in notes if len(fitting.lines_of(text, room)) == 1][: len(beside)]
    for row, (label, text) in zip(beside, fit, strict=False):
        rows.write_label(row, first, label, indent=1)
        rows.sheet.write_string(row, first + 1, text, rows.style.plain(text_wrap=False, valign="vcenter"))
    return [note for note in notes if note not in fit]
