"""How fonts and fills of an .xlsb look where that changes what a cell says."""

from __future__ import annotations

from struct import unpack_from

from ragtool.workbooks.inks import OF_THEME, WHITE_GROUND
from ragtool.workbooks.runs import HIDDEN, LOWERED, RAISED, STRUCK

SOLID_FILL, RGB, THEME = 1, 2, 3
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


def colour_of_binary_font(content: bytes) -> str:
    """The colour of a font; an empty text where it isn't known without the theme."""
    kind, theme, tint, rgb = unpack_from("<BBh3s", content, 12)
    if kind >> 1 == RGB:
        return str(rgb.hex())
    return OF_THEME.get(str(theme), "") if kind >> 1 == THEME and not tint else ""


def colour_of_fill(content: bytes) -> str:
    """The colour of a solid fill; an empty text where it is none of its own. Source: [MS-XLSB] 2.4.147."""
    pattern, kind, rgb = unpack_from("<IB3x3s", content)
    return rgb.hex() if pattern == SOLID_FILL and kind >> 1 == RGB else ""


def ground_of_fill(content: bytes) -> str:
    """The colour of a cell's ground: white where it isn't filled, an empty text where it isn't known."""
    return colour_of_fill(content) if unpack_from("<I", content)[0] else WHITE_GROUND
