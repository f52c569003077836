"""How fonts and fills of an .xlsb look where that changes what a cell says."""

from __future__ import annotations

from collections.abc import Sequence
from struct import unpack_from

from ragtool.workbooks.inks import WHITE_GROUND
from ragtool.workbooks.runs import HIDDEN, LOWERED, RAISED, STRUCK
from ragtool.workbooks.stored_colours import of_palette, of_theme

SOLID_FILL = 1
PALETTE, RGB, THEME = 1, 2, 3
MOST_TINT = 32_767
STRIKEOUT, SCRIPTS = 8, {1: RAISED, 2: LOWERED}
RGB_WHITE, THEME_WHITE = b"\xff\xff\xff", (THEME, 0)
"""How fonts say their looks, and white as a colour of its own and as the theme's. Source: [MS-XLSB] 2.4.149."""


def look_of_binary_font(content: bytes) -> str:
    """How a font looks where that changes what a text says."""
    _, marks, _, script, kind, colour, rgb = unpack_from("<HHHH4xBB2x3s", content)
    if marks & STRIKEOUT:
        return STRUCK
    white = rgb == RGB_WHITE if kind >> 1 == RGB else (kind >> 1, colour) == THEME_WHITE
    return SCRIPTS.get(script) or (HIDDEN if white else "")


def colour_of_binary_font(content: bytes, theme: Sequence[str]) -> str:
    """The colour of a font; an empty text where it isn't known."""
    return binary_colour(content[12:20], theme)


def ground_of_fill(content: bytes, theme: Sequence[str]) -> str:
    """The colour of a cell's ground: white where it isn't filled, an empty text where it isn't known.

    Source: [MS-XLSB] 2.4.147.
    """
    pattern = unpack_from("<I", content)[0]
    return binary_colour(content[4:12], theme) if pattern == SOLID_FILL else "" if pattern else WHITE_GROUND


def binary_colour(stored: bytes, theme: Sequence[str]) -> str:
    """A colour as six hexadecimal digits; an empty text where it isn't known. Source: [MS-XLSB] 2.5.15 (BrtColor)."""
    kind, number, tint, rgb = unpack_from("<BBh3s", stored)
    if kind >> 1 == RGB:
        return str(rgb.hex())
    if kind >> 1 == THEME:
        return of_theme(theme, number, tint / MOST_TINT)
    return of_palette(number) if kind >> 1 == PALETTE else ""
