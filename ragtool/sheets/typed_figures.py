"""Figures that stand as text, as people type them. The forms that are read are listed in docs/returns.md."""

from __future__ import annotations

import re
from decimal import Decimal

from ragtool.figures import CURRENCIES
from ragtool.sheets.unreadable import Unreadable, quoted, visible

SCALES = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
"""What a letter after a typed figure multiplies it by."""

MAGNITUDE = re.compile(
    r"(?<![^\W_])(?:gbp|usd|eur)?(?:k|m|mm|mn|mio|mln|b|bn|tn|(?:mil|thou|thousand|million|billion|000)s?)(?![^\W_])"
)
"""The word of a unit that already says thousands or millions: `homes (000s)`, `(£m)`, `GBP m`, `£ in k`."""

LONGEST_FIGURE = 40
"""Characters of a typed number. Excel keeps 15 digits; what is far longer is a slip or a joke."""

FIGURE = re.compile(
    r"(?P<open>\( ?)?(?P<sign>[-+\u2212])?(?P<currency>[£$€])? ?(?P<bracket>\( ?)?(?P<inner>[-\u2212])?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*"
    r"(?P<scale>k|m|bn)?\s*(?P<percent>%)?(?P<close> ?\))?",
    re.IGNORECASE,
)
"""Brackets stand around all of it, or, as in an accounting format, after the currency's sign."""

LEAVE_EMPTY = "Leave the cell empty, and choose Not available or No newer data in Data status where that is so."
NO_FIGURE = {
    **dict.fromkeys(("n/a", "na", "n.a.", "n.a", "n/k", "tbc", "tba", "tbd", "tbc.", "?", "x", "none"), LEAVE_EMPTY),
    **dict.fromkeys(("-", "--", "–", "—", "…", "...", "not available", "not applicable", "not known"), LEAVE_EMPTY),
    **dict.fromkeys(("unknown", "pending", "awaited", "awaiting data", "to be confirmed", "no data"), LEAVE_EMPTY),
    **dict.fromkeys(("nil", "zero"), "Type 0 if it is zero; leave the cell empty if there is no figure."),
}  # fmt: skip
"""Words that officers type where there is no figure, and what to do in place of each."""

SHOWN_FOR_ZERO = ("-", "--", "–", "—", "nil", "zero")
"""What accounting formats show for 0."""

WORD = re.compile(r"[^\W\d_]+")
SCALE_WORDS = (
    "k", "m", "mn", "mm", "mil", "mio", "mln", "b", "bn", "t", "tn", "hundred", "thousand", "thou", "million", "billion"
)  # fmt: skip
"""Words, without the s of several, that make the figure before them another one."""

NOT_SET_YET = frozenset({"tbc", "tbc.", "to be confirmed"})
"""Words that a plan has where a target is still to be set."""


def is_not_set_yet(typed: str) -> bool:
    """Whether a target's cell says only that there is none yet."""
    return " ".join(visible(typed).split()).casefold() in NOT_SET_YET


def is_no_answer(typed: str) -> bool:
    """Whether a text only says that there is nothing to say, such as TBC."""
    return is_not_set_yet(typed) or typed.strip().casefold() in NO_FIGURE


def typed_figure(typed: str, unit: str) -> Decimal:
    """A figure that stands as text: `4,858,000`, `£100K`, `(12.5)`, `74.4%`."""
    return figure_and_step(typed, unit)[0]


def says_same(shown: str, unit: str, figure: Decimal) -> bool:
    """Whether what a cell shows is `figure`, rounded. Words that change no figure, such as `hrs`, may stand there."""
    if not figure and shown.strip(f"{CURRENCIES} ").casefold() in SHOWN_FOR_ZERO:
        return True
    for seen in (shown, WORD.sub(lambda word: word[0] if changes_figure(word[0], unit) else "", shown).strip()):
        try:
            read, step = figure_and_step(seen, unit)
        except Unreadable:
            continue
        return abs(read - figure) * 2 <= step
    return False


def changes_figure(word: str, unit: str) -> bool:
    """Whether a word beside a figure makes it another one: thousands or millions, but not those of the unit."""
    return word.casefold().rstrip("s") in SCALE_WORDS and word.casefold() not in unit.casefold().split()


def figure_and_step(typed: str, unit: str) -> tuple[Decimal, Decimal]:
    """A figure that stands as text, and what one in its last digit stands for."""
    if typed.casefold() in NO_FIGURE:
        raise Unreadable(f"{quoted(typed)} is no figure.", NO_FIGURE[typed.casefold()])
    alone = without_unit(typed, unit)
    match = FIGURE.fullmatch(alone) if len(alone) <= LONGEST_FIGURE else None
    if not match or not signs_fit(match):
        raise Unreadable(f"{quoted(typed)} is not a figure.", "Type the figure alone, as a number.")
    figure = Decimal(match["number"].replace(",", "").replace(" ", ""))
    step = Decimal(1).scaleb(int(figure.as_tuple().exponent))
    if match["close"] or (match["sign"] or match["inner"] or "+") != "+":
        figure = -figure
    refuse_another_unit(alone, unit, match, figure)
    times = Decimal(scale_of(typed, unit, match)) / (100 if match["percent"] else 1)
    return figure * times, step * times


def scale_of(typed: str, unit: str, match: re.Match[str]) -> int:
    """What a letter after a typed figure multiplies it by, where the unit doesn't say so already."""
    scale, magnitude = (match["scale"] or "").casefold(), unit.casefold().lstrip(f"{CURRENCIES} ")
    if not scale or magnitude == scale:
        return 1
    if MAGNITUDE.search(magnitude):
        raise Unreadable(
            f"{quoted(typed)} may or may not already be in {unit}.", f"Type the figure in {unit}, as a plain number."
        )
    if magnitude.startswith(scale):
        raise Unreadable(
            f"In {quoted(typed)}, {match['scale']} may stand for {unit}, or times {SCALES[scale]:,}.",
            f"Type the figure in {unit}, as a plain number.",
        )
    return SCALES[scale]


def without_unit(typed: str, unit: str) -> str:
    """What was typed without the measure's unit after it: `50 homes`, `5km`. Digits such as 000 may be the figure's."""
    before = typed[: -len(unit)] if unit and typed.casefold().endswith(unit.casefold()) else ""
    if unit == "%" or not before or unit[0].isdigit():
        return typed
    follows = before[-1] == " " or (len(unit) > 1 and unit.isalpha() and before[-1].isdigit())
    return before.rstrip() if follows else typed


def signs_fit(match: re.Match[str]) -> bool:
    """Whether brackets close, and a figure is made negative in one way alone; `(-5)` says minus 5 for certain."""
    brackets = bool(match["open"]) + bool(match["bracket"])
    signs = bool(match["sign"]) + bool(match["inner"])
    return brackets == bool(match["close"]) and signs <= 1 and not (match["sign"] and match["bracket"])


def refuse_another_unit(typed: str, unit: str, match: re.Match[str], figure: Decimal) -> None:
    """Raises Unreadable where a typed `figure` says a unit that isn't the measure's."""
    percent, currency = match["percent"], match["currency"]
    if percent and (currency or match["scale"]):
        raise Unreadable(f"{quoted(typed)} is not a figure.", "Type the figure alone, as a number.")
    if percent and unit != "%":
        raise Unreadable(
            f"{quoted(typed)} is a percentage, but the unit is {unit or 'not %'}.", "Type the figure itself."
        )
    if unit == "%" and not percent and figure:
        share = f"{typed}% or {format((figure * 100).normalize(), 'f')}%, as is meant"
        meant = f"{typed}%" if abs(figure) > 1 else share
        raise Unreadable(f"{quoted(typed)} stands as text without a percent sign.", f"Type it with the sign: {meant}.")
    known = next((sign for sign in CURRENCIES if sign in unit), None)
    if currency and known and currency != known:
        raise Unreadable(
            f"{quoted(typed)} is in {currency}, but the unit is {unit}.",
            f"Type the figure in {unit}, as a plain number.",
        )
