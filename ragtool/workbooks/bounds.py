"""How much a workbook may hold: no file makes ragtool run out of time or memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ragtool.workbooks.book import NotAWorkbook

AGAIN = "Open it in Excel, save it as .xlsx and send it again."

BOMB = f"The file unpacks to far more than any return or plan, so it isn't opened. {AGAIN}"


@dataclass(frozen=True)
class Bounds:
    """What one file may hold: its bytes, the bytes that it unpacks to (pictures and all), filled cells and rows, and
    the characters of the texts in them; and the steps of work that reading it may take, over all its parts.
    """

    file: int = 50_000_000
    unpacked: int = 250_000_000
    steps: int = 3_500_000
    cells: int = 200_000
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
        steps=max(RETURN.steps, 5 * size),
        cells=max(RETURN.cells, size),
        rows=max(RETURN.rows, size // 5),
        characters=max(RETURN.characters, 20 * size),
    )


class Work:
    """The steps that are left for reading one file. They are counted and never timed, so that a file is read, or
    refused, alike on every machine; each takes about a microsecond: the start or end of an element, half a record.
    """

    def __init__(self, bounds: Bounds = RETURN) -> None:
        self.left = bounds.steps

    def take(self, steps: int) -> None:
        """Takes steps. Raises NotAWorkbook where so many aren't left."""
        self.left -= steps
        if self.left < 0:
            raise NotAWorkbook(BOMB)
