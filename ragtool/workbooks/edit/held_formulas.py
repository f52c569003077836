"""Formulas that are put into a new workbook once XlsxWriter has written it.

It looks through each formula for some hundred and fifty functions that Excel has got since 2010, none of which is in
ours: that takes as long as writing all the rest of a return.
"""

from __future__ import annotations

import re

from ragtool.workbooks.texts import escaped

FIRST_STAND_IN = 900_000_000
"""The number that is written in place of the first formula. XlsxWriter looks no number through in a conditional format,
and shortly in a cell.
"""

STAND_IN = re.compile(rb"(<f>|<formula>)(9[0-9]{8})(?=</)")


class HeldFormulas:
    """The formulas of one workbook, each with a number that is written in its place."""

    def __init__(self) -> None:
        self.numbers: dict[str, str] = {}
        self.stored: dict[bytes, bytes] = {}

    def hold(self, formula: str) -> str:
        """What XlsxWriter is to write in place of a formula, of a cell or a conditional format."""
        if formula not in self.numbers:
            self.numbers[formula] = number = str(FIRST_STAND_IN + len(self.numbers))
            self.stored[number.encode()] = escaped(formula.removeprefix("=")).encode()
        return self.numbers[formula]

    def put_into(self, sheet: bytes) -> bytes:
        """A sheet's part with the formulas in their places."""
        return STAND_IN.sub(lambda place: place[1] + self.stored[place[2]], sheet)
