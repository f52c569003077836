"""How much a workbook may hold: no file makes ragtool run out of time or memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """What one file may hold: its bytes, the bytes that it unpacks to (pictures and all), starts and ends of elements
    over all the parts that are read, filled cells and rows, and the characters of the texts in them.
    """

    file: int = 50_000_000
    unpacked: int = 250_000_000
    events: int = 3_500_000
    cells: int = 400_000
    rows: int = 100_000
    characters: int = 16_000_000


BoundsOf = Callable[[int], Bounds]
"""What a file may hold, given how many bytes it has."""

RETURN = Bounds()
"""A return is below a million bytes, pictures make it ten at most, and it has some thousands of cells. A million rows
that hold nothing but a format unpack to 60 MB.
"""


def return_bounds(size: int) -> Bounds:
    """What officers send is all bounded alike."""
    return RETURN


def own_bounds(size: int) -> Bounds:
    """A plan, and a report that ragtool wrote, may be of any size: what they may hold grows with their bytes.

    Measured on reports of 12 to 2,000 returns: a cell has 7 bytes of the file, a byte unpacks to 11 and has one start
    or end of an element. A file that holds many times more is none that a spreadsheet program wrote.
    """
    return Bounds(
        file=2_000_000_000,
        unpacked=max(RETURN.unpacked, 50 * size),
        events=max(RETURN.events, 5 * size),
        cells=max(RETURN.cells, size),
        rows=max(RETURN.rows, size // 5),
        characters=max(RETURN.characters, 20 * size),
    )
