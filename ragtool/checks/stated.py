"""Commentaries that say how far a figure is from its target: `25 % over target`.

Read only where it is certain that they speak of this figure and this target now. A forecast, another period, another
place, a rounded-off `about` or `more than`, a target of another kind: none of these is compared with anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ragtool.model import Better

PERCENTAGE = r"(?P<figure>\d+(?:\.\d+)?)\s*(?:%|per\s?cent|percent)"
TARGET = r"(?:(?:the|its|our|this\s+quarter['’]s|the\s+quarter['’]s|the\s+quarterly|quarterly)\s+)?target"
WAY = r"better\s+than|worse\s+than|above|below|over|under|short\s+of|ahead\s+of|behind|higher\s+than|lower\s+than"
VERB = r"exceed(?:s|ed|ing)?|beats?|beaten|beating|miss(?:es|ed|ing)?"

STATED = (
    re.compile(rf"{PERCENTAGE}\s+(?P<way>{WAY})\s+{TARGET}\b", re.IGNORECASE),
    re.compile(rf"\b(?P<way>{VERB})\s+{TARGET}\s+by\s+{PERCENTAGE}(?!\s*points?\b)", re.IGNORECASE),
)

BOUNDARY = re.compile(r"[,;:()–—]|\b(?:and|but|while|whereas|although|though)\b", re.IGNORECASE)
"""Where a clause ends, inside a sentence."""

SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")

ROUNDED_OFF = re.compile(
    r"(?:\b(?:than|over|under|least|most|to|within|around|about|approximately|approx\.?|roughly|nearly|almost|some|circa|"
    r"not|or|between\s+[\d.]+\s*%?\s*and)|[~<>≥≤–-]|\bc\.)\s*$",
    re.IGNORECASE,
)
"""What stands before a percentage that isn't meant exactly."""

NOT_YET = re.compile(
    r"\b(?:will|would|should|could|can|may|might|expect\w*|forecast\w*|project(?:ed|s|ion)|predict\w*|anticipat\w*|"
    r"estimat\w*|likely|aim\w*|hope\w*|if|unless|without|assum\w*|plan(?:ned)?\s+to|due\s+to\s+be|going\s+to|not|never|"
    r"\w+n['’]t)\b",
    re.IGNORECASE,
)
"""What makes of a sentence a forecast, a condition or a denial."""

OF_ANOTHER = re.compile(
    r"\b(?:last|previous\w*|prior|earlier|ago|before|then|once|until|next|forecast|projected|expected|annual\w*|"
    r"q[1-4]|quarters?\s+(?:[1-4]|one|two|three|four)|(?:first|second|third|fourth)\s+quarter|(?:19|20)\d\d|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|year[\s-]*end|"
    r"nationally|regionally|locally|elsewhere|other|others|average|areas?|wards?|region|locality|teams?|"
    r"counts?|tolerated?|triggers?|allowed)\b",
    re.IGNORECASE,
)
"""What says that a clause speaks of another time or place than the figure, or of a rule."""

OPENING = re.compile(
    r"\s*(?:in|at|on|last|during|for|by|over|since|across|nationally|regionally|elsewhere)\b[^,]*,", re.IGNORECASE
)
"""A time or place that opens a sentence holds for the whole of it."""

FOLLOWS = re.compile(
    r"\s*(?:$|[^\w\s]|(?:of|and|but|with|which|that|because|due|as|since|so|this|after|while|though|although|owing|"
    r"thanks|following|despite|overall|now|again|already|is|was|(?:for|in|at\s+the\s+end\s+of)\s+(?:the|this)\s+"
    r"(?:quarter|half|period|year))\b)",
    re.IGNORECASE,
)
"""What may follow the word target; `target establishment` is another thing."""

UPWARD = ("above", "over", "higher", "exceed")
DOWNWARD = ("below", "under", "lower")
BETTER = ("better", "ahead", "beat")


@dataclass(frozen=True)
class Stated:
    """A distance from the target in an officer's words: how much, and which way."""

    words: str
    figure: Decimal
    way: str

    @property
    def places(self) -> int:
        """The decimals that were written."""
        return max(0, -int(self.figure.as_tuple().exponent))

    def fits(self, distance: Fraction, better: Better | None) -> bool:
        """Whether a signed distance above the target, in per cent, is the one stated, rounded up or down.

        Of a measure that is better when lower, `above target` may mean either way.
        """
        if abs(abs(distance) - Fraction(self.figure)) >= Fraction(1, 10**self.places):
            return False
        upward = self.way.startswith(UPWARD)
        lower = better in (Better.LOWER, Better.LESS_THAN)
        if lower and (upward or self.way.startswith(DOWNWARD)):
            return True
        if not upward and not self.way.startswith(DOWNWARD):
            upward = self.way.startswith(BETTER) != lower
        return distance == 0 or (distance > 0) == upward


def stated_in(text: str, *now: str) -> list[Stated]:
    """The distances from the target that a commentary states for certain.

    `now` are names of the figure's own period, which may stand beside the percentage.
    """
    for name in now:
        text = re.sub(rf"\b{re.escape(name)}\b", "now", text, flags=re.IGNORECASE)
    return [
        Stated(match.group(), Decimal(match["figure"]), match["way"].casefold())
        for sentence in SENTENCE.split(text)
        for pattern in STATED
        for match in pattern.finditer(sentence)
        if is_certain(sentence, match)
    ]


def is_certain(sentence: str, match: re.Match[str]) -> bool:
    """Whether a percentage is this figure's distance from this target, meant exactly."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    comes_first = match.start("figure") < match.start("way")
    if comes_first and (ROUNDED_OFF.search(before) or not FOLLOWS.match(after)):
        return False
    opening = OPENING.match(before)
    clause = f"{opening.group() if opening else ''} {BOUNDARY.split(before)[-1]} {BOUNDARY.split(after)[0]}"
    return not (NOT_YET.search(before) or OF_ANOTHER.search(clause))
