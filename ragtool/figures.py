"""Figures as exact decimals, and as people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

CURRENCIES = "£$€"
EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
"""Holds every number that a cell can hold, the longest having some 300 digits."""

ONE_ADDS_S = (
    *("second", "minute", "hour", "day", "week", "month", "quarter", "year", "pound", "point", "tonne", "mile"),
    *("visit", "visitor", "home", "job", "case", "call", "crime", "incident", "complaint", "application", "request"),
    *("household", "adult", "pupil", "patient", "carer", "resident", "member", "event", "place", "item", "offer"),
)
ONE_OF = {f"{one}s": one for one in ONE_ADDS_S} | {"people": "person", "children": "child", "families": "family"}
ONE_OF |= {"enquiries": "enquiry", "properties": "property", "vacancies": "vacancy"}
"""Words for several and for one. Any other unit, such as `ms` or `Gbps`, is said of one as it is of several."""

PLURAL = re.compile(
    rf"^((?:(?!of |per |a |for )[a-z-]+ )*?)({'|'.join(ONE_OF)})(?= per | a | of | for |$)", re.IGNORECASE
)
"""One of these words, where a unit's name ends."""

LONGEST_PER_CENT = 60
"""Characters in which people say per cent, signs and blanks included."""

PER_CENT = re.compile(r"%|%?(?:per|p)cent(?:age)?s?%?|%?pct%?|%age")
"""What says per cent in a unit, by its letters and signs alone: `Percentage`, `per-cent`, `pct.`, `% (percent)`."""


def exact(number: float | Decimal) -> Decimal:
    """The decimal that was typed: Excel keeps at most 15 significant digits of it.

    Source: the rating rules, Exactness.

    >>> exact(0.1 + 0.2)
    Decimal('0.3')
    """
    if isinstance(number, float):
        return Decimal(format(number, ".15g"))
    return Decimal(number)


def show(figure: Decimal, unit: str = "", decimals: int | None = None) -> str:
    """A figure as an officer writes it, with its unit, thousands separators and, where given, fixed decimals.

    A figure in `%` is a share: 0.744 is shown as 74.4 %. A currency stands before its figure.

    >>> show(Decimal("0.744"), "%"), show(Decimal(4858000), "visitors"), show(Decimal("4.6"), "£m", 2)
    ('74.4 %', '4,858,000 visitors', '£4.60m')
    """
    if unit == "%":
        return f"{show_number(figure * 100, decimals)} %"
    text = show_number(abs(figure), decimals)
    sign = "-" if figure < 0 and text.strip("0.,") else ""
    if leads(unit):
        return f"{sign}{unit[0]}{text}{unit[1:]}"
    return f"{sign}{text} {one_of(unit) if text == '1' else unit}".rstrip()


def one_of(unit: str) -> str:
    """A unit as it is said of one, where it is one of a few common words: `day` for `days`.

    >>> one_of("days"), one_of("working days per case"), one_of("People"), one_of("Gbps"), one_of("£000s")
    ('day', 'working day per case', 'Person', 'Gbps', '£000s')
    """
    return PLURAL.sub(lambda match: f"{match[1]}{match[2][0]}{ONE_OF[match[2].lower()][1:]}", unit, count=1)


def plain_unit(typed: str) -> str:
    """A unit as it is kept: whatever says per cent, in words or with its sign, is `%`.

    >>> plain_unit("Per cent (%)"), plain_unit("percentage points")
    ('%', 'percentage points')
    """
    if len(typed) > LONGEST_PER_CENT:
        return typed
    letters = "".join(each for each in unicodedata.normalize("NFKC", typed.casefold()) if each.isalpha() or each == "%")
    return "%" if PER_CENT.fullmatch(letters) else typed


def leads(unit: str) -> bool:
    """Whether a unit's first sign is a currency that stands before its figure.

    Not that of `£000s`: 46 of those would read as £46000s.
    """
    return unit[:1] in tuple(CURRENCIES) and unit[1:].lstrip()[:1] not in tuple("0123456789'’")


def show_number(figure: Decimal, decimals: int | None = None) -> str:
    """A bare number with thousands separators; all its decimals where `decimals` is None.

    >>> show_number(Decimal("1234.50")), show_number(Decimal("1234.5"), 2)
    ('1,234.5', '1,234.50')
    """
    if decimals is None:
        text = format(figure, ",f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = format(figure.quantize(Decimal(1).scaleb(-decimals), context=EXACT), ",f")
    return text if text.strip("-0.,") else text.lstrip("-")


def show_apart(figures: Sequence[Decimal], unit: str, decimals: int | None) -> list[str]:
    """Several figures shown alike, with all their decimals where rounding would make different ones look equal.

    A unit in words is said once, with the first: `4,858,000 visitors` and `5,000,000`.
    """
    rounded = [show(figure, unit, decimals) for figure in figures]
    if len(set(rounded)) < len(set(figures)):
        decimals = None
    first, *others = figures
    return [show(first, unit, decimals), *(show(other, repeated(unit), decimals) for other in others)]


def repeated(unit: str) -> str:
    """The unit of a second figure beside a first: `%` and currencies again, words no more."""
    return unit if unit == "%" or leads(unit) else ""


def share(fraction: Fraction | Decimal, *apart_from: Fraction | Decimal) -> str:
    """A share in per cent to one decimal; more only where it would otherwise look equal to, or past, `apart_from`.

    >>> share(Fraction(29, 366)), share(Fraction(15, 100)), share(Fraction(15001, 100000), Fraction(15, 100))
    ('7.9 %', '15 %', '15.001 %')
    """
    exactly = Fraction(fraction) * 100
    limits = [Fraction(limit) * 100 for limit in apart_from]
    for decimals in range(1, MOST_DECIMALS + 1):
        rounded = round_half_up(exactly, decimals)
        same_side = all(side(Fraction(rounded), limit) == side(exactly, limit) for limit in limits)
        if same_side and (rounded or not exactly):
            return f"{show_number(rounded)} %"
    if not round_half_up(exactly, MOST_DECIMALS):
        return f"less than {show_number(Decimal(1).scaleb(-MOST_DECIMALS))} %"
    nearest = min(limits, key=lambda limit: abs(exactly - limit))
    return f"a hair {'over' if exactly > nearest else 'under'} {show_number(round_half_up(nearest, MOST_DECIMALS))} %"


MOST_DECIMALS = 18
"""Two shares of figures of 15 digits that still look equal at so many decimals are said to differ by a hair."""


def side(figure: Fraction, limit: Fraction) -> int:
    """Whether a figure lies over a limit (1), under it (-1) or at it (0)."""
    return (figure > limit) - (figure < limit)


def round_half_up(fraction: Fraction, decimals: int) -> Decimal:
    """A fraction as a decimal of so many places, halves rounded away from zero."""
    scaled = abs(fraction) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if fraction >= 0 else -whole).scaleb(-decimals, context=EXACT)


@dataclass(frozen=True)
class Points:
    """A distance in a measure's own unit, as a plan types it: `5 points` are percentage points where that is `%`."""

    size: Decimal

    def __str__(self) -> str:
        return f"{show_number(self.size)} point{'' if self.size == 1 else 's'}"


@dataclass(frozen=True)
class PercentagePoints(Points):
    """Points that are said to be of a percentage: `5 pp`, `5 percentage points`; no others fit another unit."""


def in_decimals(fraction: Fraction) -> Decimal:
    """A fraction with every digit that a cell could ask for; a third ends after 400 of them."""
    return EXACT.divide(Decimal(fraction.numerator), Decimal(fraction.denominator))


Level = Decimal | Points
"""How far a figure may miss: a share of its target, or points of its own unit."""


def how_many(count: int, name: str) -> str:
    """A count with what is counted: `1 measure`, `9 measures`."""
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def show_day(when: date | None) -> str:
    """A date as people write it: `4 October 2013`."""
    return f"{when.day} {when:%B %Y}" if when else ""


def short_day(when: date | str | None) -> str:
    """A date where there is little room, `4 Oct 2013`, or what stands in its place."""
    return f"{when.day} {when:%b %Y}" if isinstance(when, date) else when or ""


LONGEST_NUMBER = 15
"""Digits that Excel keeps of a number: a text of more isn't one."""


def number_in_digits(text: str) -> int | None:
    """The whole number that a text writes out in digits; None where it is none, or longer than any that Excel keeps."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None
