"""How a table of the report is laid out: its headings and their widths, what is printed, and what looks apart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ragtool.looks.palette import Properties
from ragtool.report.sheet_rows import ShownRow


def no_look(row: ShownRow) -> Properties:
    """Every row alike."""
    return {}


@dataclass(frozen=True)
class Layout:
    """How a table looks: its headings with the widest each column may be, in characters, and the columns kept in view.

    A column without anything in it, or with short texts only, gets narrower. The last `screen_only` columns aren't
    printed, and those in `hidden` not even seen, for which a plan has nothing. `row_look` and `cell_looks` change the
    look of a whole row and of one column in a row. `about` says in a line above the table what it holds, `notes` more
    than that, under the second heading's column; a table of which nothing is said begins the sheet. A `compact` one is
    printed on as few pages as letters of `least_points` allow, an `upright` one on upright paper. The sheet of one that
    isn't `shown` is hidden, and takes no page.
    """

    widths: Mapping[str, float]
    frozen: int = 1
    screen_only: int = 0
    hidden: Collection[str] = field(default=(), kw_only=True)
    compact: bool = field(default=False, kw_only=True)
    shown: bool = field(default=True, kw_only=True)
    upright: bool = field(default=False, kw_only=True)
    row_look: Callable[[ShownRow], Properties] = no_look
    cell_looks: Mapping[str, Callable[[ShownRow], Properties]] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    """Where each key leads to, such as `'Report on a page'!C5`."""
    repeats: Callable[[ShownRow, str], bool] | None = None
    """Whether a row says again under a heading what stands on its item's first row."""
    about: str = ""
    notes: tuple[str, ...] = ()
    least_points: int = 0
    """On A4 columns get narrower, as far as their words let them, or wider, to fill the page in letters so many points
    high; where they still have no room, letters are smaller. Where it is 0, larger paper is taken, and the last columns
    aren't printed for which that has no room.
    """

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The headings, in the order in which they are written."""
        return tuple(self.widths)

    @property
    def printed(self) -> list[int]:
        """The columns that are printed."""
        count = len(self.headings) - self.screen_only
        return [number for number, heading in enumerate(self.headings[:count]) if heading not in self.hidden]

    @property
    def has_alike(self) -> bool:
        """Whether empty cells look as their column does."""
        return self.row_look is no_look and not self.cell_looks
