"""The one palette: how a rating looks wherever it stands, and the colours of the themes.

Loud is what calls for action. Red is filled, framed heavily and has a sign, Amber the same a little less; Green and
Blue are pale, and what isn't rated has no fill at all. So the page still tells them apart in grey, and to who sees
fewer colours; `tests/looks` computes it. A rating's cell always holds its letters and nothing else: the sign comes
by its number format, so that other programs read `R`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ragtool.looks.colours import READABLE, contrast, unlikeness
from ragtool.model import Rating

Properties = dict[str, Any]
"""The properties of XlsxWriter's formats."""

WHITE, BLACK = "#FFFFFF", "#000000"
QUIET = "#595959"
"""Grey that can still be read on white."""
THIN, MEDIUM, DOTTED, THICK = 1, 2, 4, 5
"""Excel's kinds of border."""
EDGES = ("left", "right", "top", "bottom")


class RatingLook(NamedTuple):
    """Fill (empty: none), text, sign (empty: none), and the frame with its colour."""

    fill: str
    ink: str
    sign: str
    frame: int
    frame_colour: str

    @property
    def ground(self) -> str:
        """The colour beneath the text: white where there is no fill."""
        return self.fill or WHITE

    def signed(self, text: str) -> str:
        """A text with the sign before it: `■ 7 Red`."""
        return f"{self.sign} {text}" if self.sign else text


RATING_LOOKS: Mapping[Rating, RatingLook] = {
    Rating.RED: RatingLook("#D4351C", WHITE, "■", THICK, BLACK),
    Rating.AMBER: RatingLook("#FFAA00", BLACK, "▲", MEDIUM, "#6B4400"),
    Rating.GREEN: RatingLook("#D8EEE2", "#0B5D33", "", THIN, "#8DBFA3"),
    Rating.BLUE: RatingLook("#BFD7F1", "#003078", "", THIN, "#1D70B8"),
}
"""The ratings that are colours."""

UNRATED = RatingLook("", QUIET, "", DOTTED, "#8C8C8C")
"""What isn't rated: to be confirmed, not returned, not due and the like."""

THEME_COLOURS = ("#1F3864", "#5B2C6F", "#0B5563", "#5C3A21", "#6B1F4E", "#3F4A1D", "#3B3B6D", "#404040")
"""The themes' bands where a plan has no colours of its own; none looks like a rating."""

TOO_ALIKE = 35.0
"""An unlikeness below which a band would be taken for a rating."""


def look_of_rating(rating: Rating | None) -> RatingLook:
    """How a rating looks."""
    return RATING_LOOKS.get(rating, UNRATED) if rating else UNRATED


def rating_properties(rating: Rating | None) -> Properties:
    """A rating's cell: fill, text, sign and frame. What is loud has a frame that no line of its table breaks."""
    look = look_of_rating(rating)
    properties = coloured(look) | {"align": "center", "text_wrap": False}
    if look.sign:
        edges = dict.fromkeys(EDGES, look.frame) | {f"{edge}_color": look.frame_colour for edge in EDGES}
        return properties | sign_format(look) | edges
    return properties | {"border": look.frame, "border_color": look.frame_colour}


def conditional_properties(rating: Rating | None) -> Properties:
    """The same as far as a conditional format can give it: Excel draws no heavy lines there."""
    look = look_of_rating(rating)
    return coloured(look) | sign_format(look) | {"border": min(look.frame, THIN), "border_color": look.frame_colour}


def coloured(look: RatingLook) -> Properties:
    """Fill and text."""
    fill = {"bg_color": look.fill} if look.fill else {}
    return fill | {"font_color": look.ink, "bold": bool(look.sign)}


def sign_format(look: RatingLook) -> Properties:
    """The number format that shows the sign before the letters which the cell holds."""
    return {"num_format": f'"{look.sign} "@'} if look.sign else {}


def theme_colour(own: Sequence[str], number: int) -> str:
    """The band of a plan's theme, counted from 0: of the plan's `own` colours where it has any."""
    colours = own or THEME_COLOURS
    return colours[number % len(colours)]


def fault_of_theme_colour(colour: str) -> str:
    """Why a colour can't be a band with white text, as a sentence; empty where it can."""
    if (readable := contrast(colour, WHITE)) < READABLE:
        return f"White text can't be read on {colour}: its contrast is {readable:.1f} and has to be {READABLE} or more."
    for rating, look in RATING_LOOKS.items():
        if unlikeness(colour, look.fill) < TOO_ALIKE:
            return f"{colour} looks like the colour of a {rating.word} rating."
    return ""
