"""Colours as a workbook stores them: of their own, of its theme, or of its palette, perhaps lighter or darker.

Source: ECMA-376 part 1, 18.8.19 (fgColor), 18.8.27 (indexedColors) and 20.1.6.2 (clrScheme).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from typing import NamedTuple
from xml.etree.ElementTree import Element

from openpyxl.styles.colors import COLOR_INDEX

from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.inks import BLACK_INK, WHITE_GROUND
from ragtool.workbooks.package import Package
from ragtool.workbooks.records import records
from ragtool.workbooks.vocabulary import SCHEMAS, STRICT, element_name

SCHEMES = tuple(f"{{{start}drawingml/{year}main}}clrScheme" for start, year in ((SCHEMAS, "2006/"), (STRICT, "")))

COLOURS_OF_THEME = 12
NO_THEME = (WHITE_GROUND, BLACK_INK)
"""The colours of a theme that are the same in nearly every workbook: what stands where, counted from 0."""

PALETTE = (*(colour[2:] for colour in COLOR_INDEX), BLACK_INK, WHITE_GROUND)
"""The old palette, which is a workbook's own unless it has another, and the system's colours of fonts and grounds."""

OF_ITS_OWN = "indexedColors"
"""The element in which a workbook lists its own palette."""

HEXADECIMAL = re.compile(r"(?:[0-9A-F]{2})?([0-9A-F]{6})", re.IGNORECASE)


class Colours(NamedTuple):
    """What a workbook's styles refer to by number: the colours of its theme, and those of its palette."""

    theme: Sequence[str] = NO_THEME
    palette: Sequence[str] = PALETTE

    def of_theme(self, number: int, tint: float = 0) -> str:
        """A colour of the theme, made lighter or darker; an empty text where there is none."""
        return numbered_colour(self.theme, number, tint)

    def of_palette(self, number: int, tint: float = 0) -> str:
        """A colour of the palette, made lighter or darker; an empty text where there is none."""
        return numbered_colour(self.palette, number, tint)


def own_palette(package: Package, part: str) -> Sequence[str]:
    """The palette of the workbook whose styles are in `part`: the old one, but for what it has of its own."""
    if part not in package or OF_ITS_OWN.encode() not in package.read(part).replace(
        b"\0", b""
    ):  # each other byte of UTF-16
        return PALETTE
    lists = (element for name, element in records(package, part, lists=("colors",)) if name == "colors")
    own = [each.get("rgb", "") for element in lists if element_name(element.tag) == OF_ITS_OWN for each in element]
    return with_own(own)


def with_own(own: Sequence[str]) -> Sequence[str]:
    """The old palette, whose first colours are a workbook's own."""
    return (*own[: len(COLOR_INDEX)], *PALETTE[min(len(own), len(COLOR_INDEX)) :])


def colours_of_the_theme(package: Package, part: str) -> Sequence[str]:
    """The colours of a workbook's theme, as its styles count them: light before dark, unlike in the theme itself. Those
    of every theme where it has none that can be read: no value depends on it.
    """
    try:
        themes = [element for _, element in records(package, part)] if part in package else []
    except NotAWorkbook:
        return NO_THEME
    schemes = (scheme for element in themes for name in SCHEMES for scheme in element.iter(name))
    named = list(next(schemes, ()))[:COLOURS_OF_THEME]
    held = [str(colour.get("lastClr") or colour.get("val")) for each in named for colour in list(each)[:1]]
    return (held[1], held[0], held[3], held[2], *held[4:]) if len(held) == COLOURS_OF_THEME else NO_THEME


def numbered_colour(listed: Sequence[str], number: int, tint: float) -> str:
    """A colour of a list by its number, made lighter or darker; an empty text where there is none."""
    match = HEXADECIMAL.fullmatch(listed[number]) if 0 <= number < len(listed) else None
    return tinted(match[1], tint) if match else ""


def tinted(colour: str, tint: float) -> str:
    """A colour made lighter by a tint above 0, darker by one below it."""
    if not -1 <= tint <= 1 or not tint:
        return colour
    hue, light, saturation = rgb_to_hls(*(part / 255 for part in bytes.fromhex(colour)))
    light = light * (1 + tint) if tint < 0 else light + (1 - light) * tint
    return "".join(f"{round(part * 255):02X}" for part in hls_to_rgb(hue, light, saturation))


def stored_colour(element: Element, colours: Colours) -> str:
    """A colour of Open XML as six hexadecimal digits; an empty text where it isn't known."""
    number, indexed = element.get("theme", ""), element.get("indexed", "")
    try:
        tint = float(element.get("tint") or "0")
        if match := HEXADECIMAL.fullmatch(element.get("rgb", "")):
            return tinted(match[1], tint)
        return colours.of_theme(int(number), tint) if number else colours.of_palette(int(indexed or "-1"), tint)
    except ValueError:  # the file says no number there
        return ""


def font_colour(font: Element, colours: Colours) -> str:
    """The colour of a font; an empty text where it has none of its own, or one that isn't known."""
    return next((stored_colour(each, colours) for each in font if element_name(each.tag) == "color"), "")


def ground_colour(fill: Element, colours: Colours) -> str:
    """The colour of a cell's ground: white where it isn't filled, an empty text where it isn't known."""
    for pattern in fill:
        if element_name(pattern.tag) == "patternFill" and pattern.get("patternType", "none") == "none":
            return WHITE_GROUND
        if pattern.get("patternType") == "solid":
            return next((stored_colour(each, colours) for each in pattern if element_name(each.tag) == "fgColor"), "")
    return ""
