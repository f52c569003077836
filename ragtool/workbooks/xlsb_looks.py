"""How fonts and fills of an .xlsb look where that changes what a cell says."""

from __future__ import annotations

from struct import unpack_from

from ragtool.workbooks.inks import TWIPS, WHITE_GROUND, are_near, is_speck
from ragtool.workbooks.runs import HIDDEN, LOWERED, RAISED, STRUCK
from ragtool.workbooks.stored_colours import Colours, tinted

SOLID_FILL = 1
OF_PALETTE, RGB, THEME = 1, 2, 3
MOST_TINT = 32_767
STRIKEOUT, SCRIPTS = 8, {1: RAISED, 2: LOWERED}
"""How fonts say their looks. Source: [MS-XLSB] 2.4.149."""


def look_of_binary_font(content: bytes, colours: Colours) -> str:
    """How a font looks where that changes what a text says; one in white can't be seen beside others."""
    height, marks, _, script = unpack_from("<HHHH", content)
    if marks & STRIKEOUT:
        return STRUCK
    unseen = are_near(colour_of_binary_font(content, colours), WHITE_GROUND) or is_speck(height / TWIPS)
    return SCRIPTS.get(script) or (HIDDEN if unseen else "")


def colour_of_binary_font(content: bytes, colours: Colours) -> str:
    """The colour of a font; an empty text where it isn't known."""
    return binary_colour(content[12:20], colours)


def ground_of_fill(content: bytes, colours: Colours) -> str:
    """The colour of a cell's ground: white where it isn't filled, an empty text where it isn't known.

    Source: [MS-XLSB] 2.4.147.
    """
    pattern = unpack_from("<I", content)[0]
    return binary_colour(content[4:12], colours) if pattern == SOLID_FILL else "" if pattern else WHITE_GROUND


def binary_colour(stored: bytes, colours: Colours) -> str:
    """A colour as six hexadecimal digits; an empty text where it isn't known. Source: [MS-XLSB] 2.5.15 (BrtColor)."""
    kind, number, tint, rgb = unpack_from("<BBh3s", stored)
    if kind >> 1 == RGB:
        return tinted(rgb.hex(), tint / MOST_TINT)
    if kind >> 1 == THEME:
        return colours.of_theme(number, tint / MOST_TINT)
    return colours.of_palette(number, tint / MOST_TINT) if kind >> 1 == OF_PALETTE else ""
