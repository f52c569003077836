"""How far apart two colours are: for the eye, for a black-and-white printer, and for who sees fewer colours.

Colours are written `#1F3864`; inside, they are red, green and blue from 0 to 1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

HEX = re.compile(r"#[0-9A-F]{6}", re.IGNORECASE)
READABLE = 4.5
"""The least contrast of a text with its ground. Source: WCAG 2.1, 1.4.3."""
TOLD_APART = 1.5
"""The least contrast of two fills that stand side by side in grey."""

Rows = Sequence[Sequence[float]]


class Sight(StrEnum):
    """The ways of seeing colours that lack one of the three kinds of cone."""

    PROTANOPIA = "protanopia"
    DEUTERANOPIA = "deuteranopia"
    TRITANOPIA = "tritanopia"


SEEN: dict[Sight, Rows] = {
    Sight.PROTANOPIA: (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    Sight.DEUTERANOPIA: (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    Sight.TRITANOPIA: (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What becomes of linear light. Source: Machado, Oliveira and Fernandes 2009, at full severity."""

LUMINANCE = (0.2126, 0.7152, 0.0722)
GREY = (0.299, 0.587, 0.114)
"""The weights of red, green and blue: in the light that they give, and in the grey that a printer makes of them
(Recommendation ITU-R BT.601).
"""

TO_XYZ: Rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
DAYLIGHT = (0.95047, 1.0, 1.08883)
"""From linear light to CIE XYZ, and the white point D65. Source: IEC 61966-2-1."""


def is_colour(text: str) -> bool:
    """Whether a text is a colour as it is written here."""
    return HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """How much lighter the lighter of two colours is, from 1 to 21, as WCAG 2.1 counts it."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def in_grey(colour: str) -> str:
    """A colour as a black-and-white printer gives it."""
    level = weighted(channels_of(colour), GREY)
    return in_hex((level, level, level))


def as_seen_with(sight: Sight, colour: str) -> str:
    """A colour as it looks to someone who sees so."""
    light = [linear(channel) for channel in channels_of(colour)]
    return in_hex([encoded(weighted(light, row)) for row in SEEN[sight]])


def unlikeness(one: str, other: str) -> float:
    """How different two colours look: 2 can just be told side by side, 100 is black beside white.

    The distance of two points in the colour space CIE L*a*b* (1976).
    """
    points = zip(in_lab(one), in_lab(other), strict=True)
    return float(sum((here - there) ** 2 for here, there in points) ** 0.5)


@lru_cache(1000)
def luminance(colour: str) -> float:
    """The light that a colour gives, from 0 to 1. Source: WCAG 2.1, relative luminance."""
    return weighted([linear(channel) for channel in channels_of(colour)], LUMINANCE)


@lru_cache(1000)
def in_lab(colour: str) -> tuple[float, float, float]:
    """A colour's lightness, and how far it is towards red (or green) and yellow (or blue)."""
    light = [linear(channel) for channel in channels_of(colour)]
    parts = [weighted(light, row) / white for row, white in zip(TO_XYZ, DAYLIGHT, strict=True)]
    x, y, z = (part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in parts)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def channels_of(colour: str) -> list[float]:
    """Red, green and blue of a written colour."""
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def in_hex(channels: Sequence[float]) -> str:
    """A colour as it is written."""
    return "#" + "".join(f"{round(min(1.0, max(0.0, channel)) * 255):02X}" for channel in channels)


def weighted(values: Sequence[float], weights: Sequence[float]) -> float:
    """The sum of three values, each times its weight."""
    return sum(value * weight for value, weight in zip(values, weights, strict=True))


def linear(channel: float) -> float:
    """The light of a channel. Source: IEC 61966-2-1, sRGB."""
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def encoded(light: float) -> float:
    """The channel of so much light."""
    light = min(1.0, max(0.0, light))
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
