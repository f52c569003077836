"""Whether a font can be seen on the ground of its cell: what is white on white says nothing to whoever looks at it."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ragtool.workbooks.vocabulary import element_name

WHITE_GROUND, BLACK_INK = "FFFFFF", "000000"

OF_THEME = {"0": WHITE_GROUND, "1": BLACK_INK}
INDEXED = {"0": BLACK_INK, "1": WHITE_GROUND, "8": BLACK_INK, "9": WHITE_GROUND}
"""The colours of a theme and of the old palette that are the same in nearly every workbook."""

HEXADECIMAL = re.compile(r"(?:[0-9A-F]{2})?([0-9A-F]{6})", re.IGNORECASE)

NEAR = 40
"""How far each of a colour's three parts may be from the ground's, of 255, and nobody sees it: white on cream."""


class Ink(NamedTuple):
    """What a cell's font and fill make of what stands there: `unseen` where they are alike; `pale` where the ground is
    such that white can't be seen on it.
    """

    unseen: bool = False
    pale: bool = False


def ink_on(font: str, ground: str) -> Ink:
    """How a font of one colour is seen on a ground of another; an empty text for one that isn't known."""
    return Ink(bool(font) and are_near(font, ground), are_near(WHITE_GROUND, ground))


def are_near(one: str, other: str) -> bool:
    """Whether two colours can't be told apart."""
    first, second = HEXADECIMAL.fullmatch(one), HEXADECIMAL.fullmatch(other)
    if first is None or second is None:
        return False
    parts = zip(bytes.fromhex(first[1]), bytes.fromhex(second[1]), strict=True)
    return all(abs(part - beside) <= NEAR for part, beside in parts)


def stored_colour(element: Element) -> str:
    """A colour of Open XML as six hexadecimal digits; an empty text where it isn't known without the theme."""
    if element.get("tint", "0") != "0":
        return ""
    theme, indexed = OF_THEME.get(element.get("theme", ""), ""), INDEXED.get(element.get("indexed", ""), "")
    match = HEXADECIMAL.fullmatch(element.get("rgb", ""))
    return match[1] if match else theme or indexed


def font_colour(font: Element) -> str:
    """The colour of a font; an empty text where it has none of its own, or one that isn't known."""
    return next((stored_colour(each) for each in font if element_name(each.tag) == "color"), "")


def ground_colour(fill: Element) -> str:
    """The colour of a cell's ground: white where it isn't filled, an empty text where it isn't known."""
    for pattern in fill:
        if element_name(pattern.tag) == "patternFill" and pattern.get("patternType", "none") == "none":
            return WHITE_GROUND
        if pattern.get("patternType") == "solid":
            return next((stored_colour(each) for each in pattern if element_name(each.tag) == "fgColor"), "")
    return ""
