"""Texts: the characters that a workbook may hold, and how Open XML writes those that XML can't."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A character that XML can't hold, as Open XML writes it. Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring)."""

UNDERSCORE = "_x005F_"
"""How an underscore is written where `_x0041_` is meant as it stands. Source: ECMA-376 part 1, 22.9.2.19."""

UNPRINTABLE = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
"""Characters that no workbook may hold, so that none could be written to a report."""


def printable(value: str) -> str:
    """The text with single line ends, without the characters that no workbook may hold."""
    if value.isprintable():
        return value
    return value.replace("\r\n", "\n").replace("\r", "\n").translate(UNPRINTABLE)


def unescaped(value: str) -> str:
    """A text of Open XML with its `_x000D_` escapes as the characters they stand for."""
    if "_x" not in value:
        return value
    plain = ESCAPE.sub(lambda match: chr(int(match[1], 16)), value)
    # Halves of a character beyond the first 65,536, each escaped on its own, belong together.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def escaped(value: str) -> str:
    """A text as an element of Open XML holds it."""
    return escape(ESCAPE.sub(lambda match: UNDERSCORE + match[0][1:], printable(value)))
