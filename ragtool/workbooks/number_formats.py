"""What kind of number format a cell has: one that shows a date, a percentage, or the number with signs of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format

from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.bounds import BOMB
from ragtool.workbooks.inks import Ink

EAST_ASIAN_DATES = {*range(27, 37), *range(50, 59)}
"""Built-in formats that are dates where Excel speaks an East Asian language; other languages never write them."""

LONGEST_FORMAT = 255
MOST_FORMATS = 2_000
"""Characters of a number format, and number formats of a workbook, beyond which none is looked at: Excel's own limits
are lower, and the time that a pattern takes grows with the square of a format's length.
"""

LITERAL = re.compile(r'"[^"]*"?|\[[^\]]*\]|[\\_*].')
"""Parts of a number format that are shown as they stand: quoted, in brackets, or after a backslash, `_` or `*`."""

SECTIONS = 4
"""A number format's sections, the last of them for texts."""

ANY_INK = Ink()

PLAIN_FORMAT = re.compile(r"General|@|(#,##)?0(\.[0#?]+)?%?", re.IGNORECASE)
"""Formats that show a number as it is, rounded."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a cell's format makes of its value.

    `code` is the number format; `own_signs` tells that it may show something else than the number, rounded. `look` is
    how the cell's font looks where that changes what the cell says: struck out, raised ... `ink` tells whether it can
    be seen on the cell's ground, `no_text` that the format shows no text, as `;;;` does, or another in its place.
    """

    date: bool = False
    duration: bool = False
    percent: bool = False
    code: str = "General"
    own_signs: bool = False
    look: str = ""
    ink: Ink = ANY_INK
    no_text: bool = False


@lru_cache(MOST_FORMATS)
def shape(number_format: str, look: str = "", ink: Ink = ANY_INK) -> Shape:
    """What `number_format` makes of a number: `0.0%` a percentage, `dd/mm/yyyy` a date, `[h]:mm` a duration."""
    number_format = number_format[:LONGEST_FORMAT] or "General"
    written = LITERAL.sub("x", number_format).split(";")
    no_text = len(written) == SECTIONS and "@" not in written[-1] and "general" not in written[-1].casefold()
    if is_timedelta_format(number_format):
        return Shape(duration=True, look=look, ink=ink, no_text=no_text)
    if is_date_format(number_format):
        return Shape(date=True, look=look, ink=ink, no_text=no_text)
    percent = "%" in LITERAL.sub("", number_format)
    own_signs = not PLAIN_FORMAT.fullmatch(number_format)
    return Shape(False, False, percent, number_format, own_signs, look, ink, no_text)


StyleLook = tuple[int, str, Ink]
"""What counts of a cell style: the id of its number format, the look of its font, and how that is seen."""


def shapes(formats: Iterable[StyleLook], custom: Mapping[int, str]) -> list[Shape]:
    """The shape of each cell style, and the workbook's own formats by id.

    Raises NotAWorkbook where there are more formats than any workbook has.
    """
    known: dict[StyleLook, Shape] = {}
    styles = list(formats)
    for style in styles:
        if style not in known:
            if len(known) > MOST_FORMATS:
                raise NotAWorkbook(BOMB)
            number, look, ink = style
            builtin = "yyyy-mm-dd" if number in EAST_ASIAN_DATES else builtin_format_code(number)
            known[style] = shape(custom.get(number, builtin or "General"), look, ink)
    return [known[style] for style in styles]
