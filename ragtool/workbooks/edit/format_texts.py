"""The formats of a workbook as texts, which are the same however a program numbers and orders them when it saves."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from openpyxl.styles.numbers import builtin_format_code

from ragtool.workbooks.edit.edits import Element, elements

SWITCHES = ("b", "i", "strike")
OTHER_LOOKS = ("u", "vertAlign")
USUAL_LINE = "single"
OFF = ("0", "false", "none", "baseline")
BLACK_OR_UNSAID: tuple[Mapping[str, str], ...] = (
    {},
    {"theme": "1"},
    {"indexed": "64"},
    {"indexed": "8"},
    {"auto": "1"},
    {"rgb": "FF000000"},
)
"""How programs store the colour of a font to which nobody gave one."""

DEEPEST_IN_LIST = 5
"""A colour of a gradient lies four deep in the list of fills."""

LONGEST_LOOK = 1_000

PLAIN_CODE = "General"
PLAIN_LOOK = f"{PLAIN_CODE}||"
"""The text of the format that shows a value as it is, in black on white."""


def format_texts(data: bytes) -> list[str]:
    """What each format of a styles part looks like: its number format, font and fill, as far as people choose them, and
    where it leaves its cells open in a locked sheet, or hides their formulas, that too.
    """
    codes: dict[str, str] = {}
    fonts: list[list[str]] = []
    fills: list[list[str]] = []
    formats: list[Mapping[str, str]] = []
    guards: list[str] = []
    for element in elements(data):
        within = list_around(element)
        depth = len(within)
        listed = within[0] if within else ""
        if listed == "numFmts" and depth == 1:
            codes[element.attributes.get("numFmtId", "")] = element.attributes.get("formatCode", "")
        elif listed == "cellXfs" and depth == 1:
            formats.append(element.attributes)
            guards.append("")
        elif listed == "cellXfs" and element.name == "protection":
            guards[-1] = guard_text(element.attributes)
        elif listed == "fonts" and depth == 1:
            fonts.append([])
        elif listed == "fonts" and depth == 2 and (said_look := look_text(element)):
            fonts[-1].append(said_look)
        elif listed == "fills" and depth == 1:
            fills.append([])
        elif listed == "fills" and depth > 1:
            fills[-1] += fill_text(element)
    codes = {number: bounded_text(code) for number, code in codes.items()}
    shown_fonts = [bounded_text(" ".join(sorted(each))) for each in fonts]
    shown_fills = [bounded_text(" ".join(each)) for each in fills]
    return [
        f"{number_format_text(each.get('numFmtId', '0'), codes)}|{text_at(shown_fonts, each.get('fontId'))}|"
        f"{text_at(shown_fills, each.get('fillId'))}{guard}"
        for each, guard in zip(formats, guards, strict=True)
    ]


def bounded_text(text: str) -> str:
    """A text, or its digest where it is longer than any program's: each cell has the text of its format."""
    return text if len(text) <= LONGEST_LOOK else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def list_around(element: Element) -> list[str]:
    """The names of the elements around one, from the styles' list that it is in; empty for the root, its lists, and
    what lies deeper than any format.
    """
    names: list[str] = []
    above = element.parent
    while above is not None and above.parent is not None:
        if len(names) == DEEPEST_IN_LIST:
            return []
        names.append(above.name)
        above = above.parent
    return names[::-1]


def look_text(element: Element) -> str:
    """What a property of a font says of how a text looks; nothing where it looks as usual."""
    value = element.attributes.get("val")
    if element.name in SWITCHES:
        return "" if value in OFF else element.name
    if element.name in OTHER_LOOKS:
        return "" if value in OFF else f"{element.name} {value or USUAL_LINE}"
    colour = {name: each for name, each in element.attributes.items() if not (name == "tint" and float(each) == 0)}
    return colour_text(colour) if element.name == "color" and colour not in BLACK_OR_UNSAID else ""


def fill_text(element: Element) -> list[str]:
    """What an element of a fill says of it; nothing where it is none."""
    kind = element.attributes.get("patternType", "none")
    if element.name == "patternFill":
        return [] if kind == "none" else [kind]
    if element.name in ("fgColor", "color"):
        return [colour_text(element.attributes)]
    return []


def guard_text(attributes: Mapping[str, str]) -> str:
    """What of a format is otherwise than a cell's usual guard, which is locked with its formula to be seen."""
    is_open, is_hidden = attributes.get("locked", "1") in OFF, attributes.get("hidden", "0") not in OFF
    return "|open" * is_open + "|hidden" * is_hidden


def colour_text(attributes: Mapping[str, str]) -> str:
    """A colour as it is stored."""
    return ",".join(f"{name}={value.upper()}" for name, value in sorted(attributes.items()))


def number_format_text(number: str, codes: Mapping[str, str]) -> str:
    r"""A number format by its number, without the signs that say that others stand for themselves: `d\ mmm`, `"m"`."""
    builtin = builtin_format_code(int(number)) if number.isascii() and number.isdecimal() else None
    written = codes.get(number) or builtin or PLAIN_CODE
    return written.replace("\\", "").replace('"', "")


def text_at(texts: Sequence[str], place: str | None) -> str:
    """The text at a place of a list; that of what isn't there is empty."""
    number = int(place or "0")
    return texts[number] if 0 <= number < len(texts) else ""
