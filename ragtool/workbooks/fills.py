"""Colours with which cells are filled, told as the colours of ratings: people rate by a fill alone."""

from __future__ import annotations

import re
from colorsys import rgb_to_hls
from functools import lru_cache

COLOUR = re.compile(r"(?:[0-9A-F]{2})?([0-9A-F]{2})([0-9A-F]{2})([0-9A-F]{2})", re.IGNORECASE)

HUES = (("Red", 0, 18), ("Amber", 18, 54), ("Green", 75, 170), ("Red", 340, 361))
"""Ratings by the hues of their colours in degrees. Yellow, between amber and green, marks a cell and rates nothing."""

LEAST_SATURATION, DARKEST, PALEST = 0.3, 0.12, 0.9
"""Greys, blacks and tints, such as that of entry cells, rate nothing."""

MARKED = re.compile(r"(FF)?FFCF[0-9A-F]{2}", re.IGNORECASE)
"""The fills of cells in question in a marked copy."""


@lru_cache(1000)
def rating_of_fill(colour: str) -> str:
    """The rating that a colour, six or eight hexadecimal digits, may stand for; an empty text where it is none."""
    match = COLOUR.fullmatch(colour)
    if match is None or MARKED.fullmatch(colour):
        return ""
    hue, light, saturation = rgb_to_hls(*(int(part, 16) / 255 for part in match.groups()))
    if saturation < LEAST_SATURATION or not DARKEST <= light <= PALEST:
        return ""
    return next((rating for rating, first, end in HUES if first <= hue * 360 < end), "")
