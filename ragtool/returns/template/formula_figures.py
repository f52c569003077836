"""Figures as a return's formulas write them, and hold what was typed against them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

TOLERANCE = "0.0000000000001"
"""What binary arithmetic may add to a share. Two shares of real figures are further apart."""

SMALLEST = "0.000000001"
PAST_0 = {">=": f">-{SMALLEST}", ">": f">={SMALLEST}", "<=": f"<{SMALLEST}", "<": f"<=-{SMALLEST}"}
"""A comparison with 0, by its sign, that takes a figure smaller than `SMALLEST` in size as 0: an officer's formula
leaves 7.3E-12 of it. Source: the rating rules, Exactness.
"""

FORMULA_DIGITS = Context(prec=60)


@dataclass(frozen=True)
class Limit:
    """A comparison with the figure, `>=68`, and the formula of the rating that it gives."""

    comparison: str
    rating: str


def chosen(limits: list[Limit], figure: str, otherwise: str) -> str:
    """The first rating whose limit a figure passes."""
    formula = otherwise
    for limit in reversed(limits):
        formula = f"IF({figure}{limit.comparison},{limit.rating},{formula})"
    return formula


def bound(value: Decimal, above: bool, at_it: bool, rating: str) -> Limit:
    """A rating's limit: figures above it (or below it) have the rating, and those `at_it` too where that is so.

    Excel reads 15 digits of a constant. A longer one is rounded to the side on which no figure of 15 digits changes
    its rating.
    """
    up = above is at_it
    sign = (">" if above else "<") + ("=" if at_it else "")
    return Limit(f"{sign}{constant(value, ROUND_CEILING if up else ROUND_FLOOR)}" if value else PAST_0[sign], rating)


def outside(aim: Decimal, above: bool) -> str:
    """The comparison of a figure that lies outside a range, on the worse side of this end of it."""
    sign = "<" if above else ">"
    return f"{sign}{exactly(aim)}" if aim else PAST_0[sign]


def moved_by(aim: Decimal, share: Decimal, above: bool) -> Decimal:
    """The figure that is better than `aim` by a share of it; worse, for a share below 0."""
    distance = FORMULA_DIGITS.multiply(abs(aim), share)
    return FORMULA_DIGITS.add(aim, distance) if above else FORMULA_DIGITS.subtract(aim, distance)


def decimal(value: Fraction) -> Decimal:
    """A share or figure with the digits that a cell holds."""
    return Context(prec=15, rounding=ROUND_HALF_EVEN).divide(Decimal(value.numerator), Decimal(value.denominator))


def constant(value: Decimal, rounding: str) -> str:
    """A number as a formula writes it."""
    return exactly(Context(prec=15, rounding=rounding).plus(value))


def exactly(value: Decimal) -> str:
    """All digits of a number, without an exponent where it isn't needed."""
    plain = format(value.normalize(FORMULA_DIGITS), "f")
    return plain if len(plain) <= 25 else format(value.normalize(FORMULA_DIGITS), "E")
