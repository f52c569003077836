"""What a cell shows of a number by its number format: 4858000 as 4.9m, 0.9 as 0.9%, 5 as -5.

Source: ECMA-376 part 1, 18.8.31 (numFmts).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

from ragtool.figures import exact, show_number
from ragtool.workbooks.number_formats import MOST_FORMATS

TOKEN = re.compile(r'"[^"]*"?|\[[^\]]*\]|[\\_*].|General|E[+-]|,+|.', re.DOTALL | re.IGNORECASE)
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
CURRENCY = re.compile(r"\[\$([^-\]]*)")
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?(E[+-]?\d{1,3})?", re.IGNORECASE)
COMPARED = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}

DIGITS = ("0", "#", "?", "general")
"""The tokens of a number format that stand for digits, in lower case."""

NOT_FOLLOWED = ("/", "@", "e+", "e-")
"""Those of fractions, texts and powers of ten."""

NOT_ZERO = "123456789"
MOST_DIGITS = 40
"""Digits of a number beyond which it isn't written out: no figure has them."""

Tokens = tuple[str, ...]


def as_shown_by(value: float, code: str) -> str:
    """What a cell with the number format `code` shows; an empty text where that is just the number, rounded."""
    seen = shown_by(value, code)
    return "" if seen is None or is_number_alone(seen, exact(value)) else seen.strip() or SHOWS_NOTHING


def shown_by(value: float, code: str) -> str | None:
    """The same, just the number too; None where it can't be told.

    >>> shown_by(4611448, "#,##0"), shown_by(0.468286, '0.0%" worse"'), shown_by(80, "General"), shown_by(80, "@")
    ('4,611,448', '46.8% worse', '80', None)
    """
    number = exact(value)
    if number.adjusted() > MOST_DIGITS:
        return None
    counts, signed = section_of(number, sections(code))
    if not counts.can_be_written:
        return None
    seen = written_out(abs(number), counts.tokens)
    return f"-{seen}" if signed and number < 0 and not is_zero(seen) else seen


def shows_zero(value: float, code: str) -> bool:
    """Whether a cell with the number format `code` shows a number as 0."""
    number = exact(value)
    counts, _ = section_of(number, sections(code))
    return counts.can_be_written and is_zero(written_out(abs(number), counts.tokens))


def is_zero(seen: str) -> bool:
    """Whether what a cell shows is a 0, with whatever decimals."""
    return "0" in seen and not any(digit in seen for digit in NOT_ZERO)


SHOWS_NOTHING = "nothing"
"""What a cell shows whose number format hides its number."""


class Section(NamedTuple):
    """A section of a number format: its tokens, the condition that it is for, and whether a number can be written out
    by it.
    """

    tokens: Tokens
    condition: tuple[str, Decimal] | None
    can_be_written: bool


@lru_cache(MOST_FORMATS)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a number format, which are parted by semicolons."""
    parted: list[list[str]] = [[]]
    for token in TOKEN.findall(code):
        if token == ";":  # noqa: S105 - a part of a format
            parted.append([])
        else:
            parted[-1].append(token)
    return tuple(section(tuple(tokens)) for tokens in parted)


def section(tokens: Tokens) -> Section:
    """A section of a number format from its tokens."""
    match = next(filter(None, map(CONDITION.fullmatch, tokens)), None)
    followed = not any(token.casefold() in NOT_FOLLOWED for token in tokens)
    return Section(tokens, (match[1], Decimal(match[2])) if match else None, followed)


def section_of(number: Decimal, parted: Sequence[Section]) -> tuple[Section, bool]:
    """The section that counts for a number, and whether a minus is put before a negative one."""
    if any(each.condition for each in parted):
        for each in parted[:2]:
            if each.condition is None or COMPARED[each.condition[0]](number, each.condition[1]):
                is_below_zero = each.condition and each.condition[0] in ("<", "<=") and not each.condition[1]
                return each, not is_below_zero
        return parted[-1] if len(parted) < 4 else parted[2], True
    if number < 0 and len(parted) > 1:
        return parted[1], False
    return parted[2] if not number and len(parted) > 2 else parted[0], True


def written_out(number: Decimal, tokens: Tokens) -> str:
    """A number that isn't negative as the section of a number format writes it."""
    pieces = list(map(as_written, tokens))
    places = [at for at, token in enumerate(tokens) if token.casefold() in DIGITS]
    if not places:
        return "".join(pieces)
    point = tokens.index(".") if "." in tokens else places[-1] + 1
    commas = [at for at, token in enumerate(tokens) if token[0] == ","]
    scaling = [at for at in commas if at > places[-1] or at == point - 1]
    scaled = number * 100 ** tokens.count("%") / 1000 ** sum(len(tokens[at]) for at in scaling)
    if tokens[places[0]].casefold() == "general":
        pieces[places[0]] = show_number(scaled).replace(",", "")
        return "".join(pieces)
    before, behind = [at for at in places if at < point], [at for at in places if at > point]
    rounded = show_number(scaled, len(behind))
    whole, _, decimals = (rounded if len(commas) > len(scaling) else rounded.replace(",", "")).partition(".")
    fill_whole(pieces, whole, before, tokens)
    if not before:  # .0 shows 12.5 in full
        pieces[point] = f"{whole.strip('0') and whole}."
    for at, digit in zip(behind, decimals, strict=True):
        pieces[at] = digit
    for at in reversed(behind):
        if tokens[at] != "#" or pieces[at] != "0":
            break
        pieces[at] = ""
    if behind and not pieces[behind[0]]:
        pieces[point] = ""
    return "".join(pieces)


def fill_whole(pieces: list[str], digits: str, places: Sequence[int], tokens: Tokens) -> None:
    """Puts the digits before the decimal point in their places: one in each from the right, the first takes the rest,
    or all where thousands are parted.
    """
    least = sum(tokens[at] == "0" for at in places)
    digits = "" if digits == "0" and not least else digits.zfill(least)
    first = len(digits) if "," in digits else max(len(digits), len(places)) - len(places) + 1
    ones = digits if "," in digits else digits.rjust(len(places))
    for order, at in enumerate(places):
        pieces[at] = (ones[first + order - 1 : first + order] if order else ones[:first]).strip()


def as_written(token: str) -> str:
    """What a token that stands for no digit shows."""
    if token[0] == "[":
        currency = CURRENCY.match(token)
        return currency[1] if currency else ""
    if token[0] == '"':
        return token.strip('"')
    if token[0] == "\\":
        return token[1:]
    return {"_": " ", "*": "", ",": ""}.get(token[0], token)


def is_number_alone(seen: str, number: Decimal) -> bool:
    """Whether what a cell shows is its number, rounded, and nothing else."""
    alone = seen.strip().replace(",", "")
    if not NUMBER.fullmatch(alone):
        return False
    shown = Decimal(alone)
    return abs(shown - number) * 2 <= Decimal(1).scaleb(int(shown.as_tuple().exponent))
