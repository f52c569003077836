"""Whether a font can be seen on the ground of its cell: what is white on white says nothing to whoever looks at it."""

from __future__ import annotations

import re
from typing import NamedTuple

WHITE_GROUND, BLACK_INK = "FFFFFF", "000000"

HEXADECIMAL = re.compile(r"(?:[0-9A-F]{2})?([0-9A-F]{6})", re.IGNORECASE)

NEAR = 36
"""How far each of a colour's three parts may be from the ground's, of 255, and nobody sees it: white on cream, and not
Excel's lightest greys on white."""

DARK = 160
"""How bright a ground may be, of 255, for white to be seen on it: bright yellow is 226, the usual blue 142."""

WEIGHTS = (0.299, 0.587, 0.114)
"""What red, green and blue add to how bright a colour is. Source: ITU-R BT.601."""

SMALLEST = 3
"""Points of a font below which nobody sees what stands beside a larger one."""

TWIPS = 20
"""Of which a point has so many."""


class Ink(NamedTuple):
    """What a cell's font and fill make of what stands there: `unseen` where they are alike; `pale` where the ground is
    such that white can't be seen on it, `dark` where it is known that it can.
    """

    unseen: bool = False
    pale: bool = False
    dark: bool = False


def ink_on(font: str, ground: str) -> Ink:
    """How a font of one colour is seen on a ground of another; an empty text for one that isn't known."""
    pale = are_near(WHITE_GROUND, ground)
    return Ink(bool(font) and are_near(font, ground), pale, is_dark(ground))


def is_dark(ground: str) -> bool:
    """Whether a ground is known to be so dark that white can be seen on it."""
    match = HEXADECIMAL.fullmatch(ground)
    if match is None:
        return False
    return sum(part * weight for part, weight in zip(bytes.fromhex(match[1]), WEIGHTS, strict=True)) <= DARK


def is_speck(points: str | float) -> bool:
    """Whether a font is too small to be seen beside others; one whose size isn't known is none."""
    try:
        return 0 < float(points) < SMALLEST
    except ValueError:
        return False


def are_near(one: str, other: str) -> bool:
    """Whether two colours can't be told apart."""
    first, second = HEXADECIMAL.fullmatch(one), HEXADECIMAL.fullmatch(other)
    if first is None or second is None:
        return False
    parts = zip(bytes.fromhex(first[1]), bytes.fromhex(second[1]), strict=True)
    return all(abs(part - beside) <= NEAR for part, beside in parts)
