"""Tiles that count: how many items are Red, Amber, Green and none of these, with the change since last quarter."""

from __future__ import annotations

from collections.abc import Sequence

from ragtool.looks import fitting
from ragtool.looks.palette import Properties
from ragtool.report.written_rows import WrittenRows
from ragtool.results.at_a_glance import Tile

TILE_POINTS, CHANGE_POINTS = 16, 10


def write_tiles(rows: WrittenRows, shown: Sequence[Tile], first: int = 0) -> list[int]:
    """A tile a rating from column `first` on, the change beneath its count; gives the tiles' rows."""
    wide = rows.widths[first : first + len(shown)]
    height = max(map(tile_points, shown, wide))
    row = rows.add(fitting.line_height(height) + 6)
    beneath = rows.add(fitting.line_height(CHANGE_POINTS) + 2) if any(tile.change for tile in shown) else None
    upper: Properties = {"bottom": 0} if beneath else {}
    for column, (tile, room) in enumerate(zip(shown, wide, strict=True), start=first):
        made = rows.style.tile(tile.rating, tile_points(tile, room), bold=True, **upper)
        rows.sheet.write_string(row, column, tile.text, made)
        if beneath:
            look = rows.style.tile(tile.rating, CHANGE_POINTS, bold=False, top=0)
            rows.sheet.write_string(beneath, column, tile.change, look)
    return [row, beneath] if beneath else [row]


def tile_points(tile: Tile, wide: float) -> int:
    """How large a tile's count is: as large as a column so many pixels wide has room for."""
    room = wide - fitting.PADDING
    sizes = range(TILE_POINTS, CHANGE_POINTS, -1)
    return next((size for size in sizes if fitting.text_pixels(tile.text, size, True) <= room), CHANGE_POINTS)
