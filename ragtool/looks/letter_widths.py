"""How wide the letters of the reports' font are, which neither Excel nor LibreOffice says to a program that writes.

The widths are Calibri's, which Carlito has too, in units of which `EM` are as wide as the font is high.
"""

from __future__ import annotations

EM = 2048
OTHER_LETTER = 1120
"""About the width of any letter that isn't listed, such as one with an accent."""
FIRST_LETTER = " "
OF_LETTERS = """
    463 667 821 1020 1038 1464 1397 452 621 621 1020 1020 511 627 517 791 1038 1038 1038 1038 1038 1038 1038 1038
    1038 1038 548 548 1020 1020 1020 949 1831 1185 1114 1092 1260 1000 941 1292 1276 516 653 1064 861 1751 1322 1356
    1058 1378 1112 941 998 1314 1162 1822 1063 998 959 628 791 628 1020 1020 596 981 1076 866 1076 1019 625 964 1076
    470 490 931 470 1636 1076 1080 1076 1076 714 801 686 1076 925 1464 887 927 809 644 943 644 1020
"""
"""From the blank to the tilde, in the order of their codes."""
OF_BOLD_LETTERS = """
    463 667 898 1020 1038 1493 1443 478 638 638 1020 1020 528 627 547 880 1038 1038 1038 1038 1038 1038 1038 1038
    1038 1038 565 565 1020 1020 1020 949 1840 1241 1148 1084 1291 999 940 1305 1292 546 678 1120 866 1790 1349 1385
    1090 1405 1153 968 1014 1337 1211 1856 1128 1064 979 665 880 665 1020 1020 615 1011 1099 857 1099 1031 648 971
    1099 503 523 983 503 1666 1099 1101 1099 1099 728 817 710 1099 969 1526 941 970 814 704 973 704 1020
"""
"""The same in bold."""
SIGNS = {
    "\N{NO-BREAK SPACE}": (463, 463),
    "\N{EN DASH}": (1020, 1020),
    "—": (1854, 1854),
    "\N{LEFT SINGLE QUOTATION MARK}": (511, 528),
    "\N{RIGHT SINGLE QUOTATION MARK}": (511, 528),
    "“": (857, 891),
    "”": (857, 891),
    "…": (1414, 1457),
    "•": (1020, 1020),
    "·": (517, 548),
    "½": (1375, 1415),
    "↑": (1854, 1854),
    "→": (1854, 1854),
    "↓": (1854, 1854),
}
"""Other signs, usual and in bold."""


class LetterWidths(dict[str, int]):
    """The width of every letter, in bold or not."""

    def __init__(self, bold: bool) -> None:
        listed = enumerate(map(int, (OF_BOLD_LETTERS if bold else OF_LETTERS).split()), ord(FIRST_LETTER))
        super().__init__((chr(code), wide) for code, wide in listed)
        self.update((sign, wide[bold]) for sign, wide in SIGNS.items())

    def __missing__(self, letter: str) -> int:
        return OTHER_LETTER

    def of_line(self, line: str) -> int:
        """The width of a line of text."""
        return sum(map(self.__getitem__, line))


USUAL_LETTERS, BOLD_LETTERS = LetterWidths(bold=False), LetterWidths(bold=True)
