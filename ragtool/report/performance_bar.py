"""Performance against target as a bar of characters, which prints and is no picture to lose.

Left of the target is worse, right of it better; the mark is the intervention level, and the bar is drawn to the scale
of it: `  ¦ ▐█│` is a little more than a third of the way to the level. An arrow says that the bar goes on.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ragtool.figures import Level, Points
from ragtool.looks.palette import QUIET, RATING_LOOKS, Properties
from ragtool.model import Rating
from ragtool.rules.levels import size_of

TARGET_MARK, LEVEL_MARK = "│", "¦"
CELLS = 4
"""Characters from the target to the level, and as many to the other side; each is drawn in halves."""
FULL, RIGHT_HALF, LEFT_HALF, ON_LEFT, ON_RIGHT = "█", "▐", "▌", "◄", "►"
BAR_IN_WORDS = (
    f"from the target ({TARGET_MARK}) to the left where worse, to the right where better; "
    f"{LEVEL_MARK} is the intervention level, {ON_LEFT} and {ON_RIGHT} say that it goes on"
)
"""What a bar's signs mean, for the line above a table that has some."""
PIXELS = 104
"""What a bar needs in its font."""
BAR_LOOK: Properties = {"font_name": "Courier New", "text_wrap": False, "align": "left", "indent": 0}
"""A font whose characters are all of one width, on every machine."""


def target_bar(from_target: Fraction | Points | None, level: Level | None, usual: Decimal) -> str | None:
    """The bar of how far a figure is from its target (positive is worse) against its intervention level; none where
    there is no distance. Both are shares, or both points.

    What has no level of its own is drawn to the plan's `usual` one, without a mark.
    """
    missed = Fraction(from_target.size) if isinstance(from_target, Points) else from_target
    own = size_of(level) if level is not None and isinstance(level, Points) == isinstance(from_target, Points) else 0
    scale = own or (0 if isinstance(from_target, Points) else Fraction(usual))
    if missed is None or not scale:
        return None
    halves, beyond = drawn(abs(missed) / scale)
    full, half = divmod(halves, 2)
    mark = LEVEL_MARK if own else " "
    if missed > 0:
        bar = (RIGHT_HALF * half + FULL * full).rjust(CELLS)
        return f"{ON_LEFT if beyond else ' '}{mark}{bar}{TARGET_MARK}"
    bar = FULL * full + LEFT_HALF * half
    return f" {mark}{' ' * CELLS}{TARGET_MARK}{bar}{ON_RIGHT if beyond else ''}"


def drawn(share: Fraction) -> tuple[int, bool]:
    """How many halves of a character show a share of the level, and whether it is beyond it; the least is one."""
    halves = round(share * CELLS * 2)
    return min(CELLS * 2, max(halves, 1 if share else 0)), share > 1


def bar_look(rating: Rating | None) -> Properties:
    """The bar in red where the item is Red."""
    return {"font_color": RATING_LOOKS[Rating.RED].fill if rating is Rating.RED else QUIET}
