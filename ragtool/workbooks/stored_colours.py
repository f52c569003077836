"""Colours as a workbook stores them: of their own, of its theme, or of the old palette, perhaps lighter or darker.

Source: ECMA-376 part 1, 18.8.19 (fgColor), 18.8.27 (indexedColors) and 20.1.6.2 (clrScheme).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from colorsys import hls_to_rgb, rgb_to_hls
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

HEXADECIMAL = re.compile(r"(?:[0-9A-F]{2})?([0-9A-F]{6})", re.IGNORECASE)


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


def of_theme(theme: Sequence[str], number: int, tint: float = 0) -> str:
    """A colour of the theme by its number, made lighter or darker; an empty text where there is none."""
    match = HEXADECIMAL.fullmatch(theme[number]) if 0 <= number < len(theme) else None
    return tinted(match[1], tint) if match else ""


def of_palette(number: int) -> str:
    """A colour of the old palette by its number; an empty text where that is the system's, or none."""
    return COLOR_INDEX[number][2:] if 0 <= number < len(COLOR_INDEX) else ""


def tinted(colour: str, tint: float) -> str:
    """A colour made lighter by a tint above 0, darker by one below it."""
    if not -1 <= tint <= 1 or not tint:
        return colour
    hue, light, saturation = rgb_to_hls(*(part / 255 for part in bytes.fromhex(colour)))
    light = light * (1 + tint) if tint < 0 else light + (1 - light) * tint
    return "".join(f"{round(part * 255):02X}" for part in hls_to_rgb(hue, light, saturation))


def stored_colour(element: Element, theme: Sequence[str]) -> str:
    """A colour of Open XML as six hexadecimal digits; an empty text where it isn't known."""
    if match := HEXADECIMAL.fullmatch(element.get("rgb", "")):
        return match[1]
    number = element.get("theme", "")
    if number.isdecimal():
        try:
            return of_theme(theme, int(number), float(element.get("tint") or "0"))
        except ValueError:  # the file says no number there
            return ""
    indexed = element.get("indexed", "")
    return of_palette(int(indexed)) if indexed.isdecimal() else ""


def font_colour(font: Element, theme: Sequence[str]) -> str:
    """The colour of a font; an empty text where it has none of its own, or one that isn't known."""
    return next((stored_colour(each, theme) for each in font if element_name(each.tag) == "color"), "")


def ground_colour(fill: Element, theme: Sequence[str]) -> str:
    """The colour of a cell's ground: white where it isn't filled, an empty text where it isn't known."""
    for pattern in fill:
        if element_name(pattern.tag) == "patternFill" and pattern.get("patternType", "none") == "none":
            return WHITE_GROUND
        if pattern.get("patternType") == "solid":
            return next((stored_colour(each, theme) for each in pattern if element_name(each.tag) == "fgColor"), "")
    return ""
